"""The gateway over HTTP: POST only, no retries, no redirects, TLS verified, answers limited to 32 MiB.

A retry would be a second sending: what may be sent again is decided by `jobs.sending`, from the error's type.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from functools import cache
from types import TracebackType
from typing import Self, TypeVar
from urllib.parse import quote_plus, urlsplit

import httpx

from smsdesk import __version__
from smsdesk.domain.account import MOST_CONNECTIONS, Account, Secret
from smsdesk.domain.errors import GatewayProblem
from smsdesk.domain.inbox import Balance, DayFigures, Submitted
from smsdesk.domain.words import Words
from smsdesk.gateway import items, technical, wire
from smsdesk.gateway.errors import AnswerLost, NotSent
from smsdesk.gateway.patience import Patience

_T = TypeVar("_T")

MOST_BYTES = 32 * 1024 * 1024
"""A larger answer is not read on."""


@cache
def _tls() -> ssl.SSLContext:
    """Made once: reading the certificates takes longer than a request, and a poll makes a client each time."""
    return httpx.create_ssl_context()


class GatewayClient:
    """One account's connection to its gateway. May be used by several threads at once."""

    def __init__(self, account: Account, password: Secret, patience: Patience | None = None):
        self.account = account
        self._password = password
        self._patience = patience or Patience()
        self._url: httpx.URL | None = None  # parsed with the first request, so that it says what is wrong with it
        self._http = httpx.Client(
            timeout=httpx.Timeout(self._patience.silence, connect=self._patience.connect),
            limits=httpx.Limits(max_connections=MOST_CONNECTIONS + 4, keepalive_expiry=5.0),
            headers={"User-Agent": f"SMSDesk/{__version__}", "Accept-Encoding": "identity"},
            follow_redirects=False,
            verify=_tls(),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def __repr__(self) -> str:
        return f"GatewayClient({self.account.name!r})"

    def send(self, mobiles: Sequence[str], content: str) -> Submitted:
        """§1: one text to many. Raises NotSent, Refused or AnswerLost, which tell what is known of the messages."""
        fields = wire.send_fields(self.account, self._password, mobiles, content)
        return self._ask(fields, lambda body: wire.decode_submitted(body, mobiles), mobiles)

    def p2p(self, lines: Sequence[tuple[str, str]]) -> Submitted:
        """§2: a text for each number. Raises as :meth:`send`."""
        fields = wire.p2p_fields(self.account, self._password, lines)
        mobiles = [mobile for mobile, _ in lines]
        return self._ask(fields, lambda body: wire.decode_submitted(body, mobiles), mobiles)

    def balance(self) -> Balance:
        """§3. Changes nothing at the gateway, and so may be repeated."""
        return self._ask(wire.balance_fields(self.account, self._password), wire.decode_balance)

    def report(self, size: int) -> bytes:
        """§4, the answer as it came: to be stored before it is parsed with :func:`wire.decode_reports`."""
        return self._ask(wire.report_fields(self.account, self._password, size), bytes)

    def mo(self, size: int) -> bytes:
        """§5, the answer as it came: to be stored before it is parsed with :func:`wire.decode_replies`."""
        return self._ask(wire.mo_fields(self.account, self._password, size), bytes)

    def statis(self, first: date, last: date) -> list[DayFigures]:
        """The gateway's figures a day (later edition). A gateway that raises Refused is taken not to have it."""
        return self._ask(wire.statis_fields(self.account, self._password, first, last), wire.decode_statis)

    def _ask(self, form: wire.Form, decode: Callable[[bytes], _T], mobiles: Sequence[str] = ()) -> _T:
        try:
            return decode(self._post(form))
        except GatewayProblem as problem:
            about = technical.details(self.account, form["action"], mobiles, problem)
            problem.words = problem.words.with_details(about)
            raise

    def reach(self) -> None:
        """Whether anything answers at the address: a request that names nobody and asks for nothing. Raises NotSent."""
        try:
            self._http.head(self.account.url)
        except _BEFORE_REQUEST as exc:
            problem = _problem(exc, self.account.url, b"")
        except httpx.HTTPError:
            return  # it is there; what it makes of such a request is its own affair
        else:
            return
        raise problem

    def _post(self, form: wire.Form) -> bytes:
        body = bytearray()
        try:
            return self._exchange(form, body)
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as exc:
            problem = _problem(exc, self.account.url, bytes(body))
        # Raised here, outside the handler: httpx's exception holds the request, and that the password.
        raise problem

    def _exchange(self, form: wire.Form, body: bytearray) -> bytes:
        end = time.monotonic() + self._patience.whole
        self._url = self._url or httpx.URL(self.account.url)
        request = self._http.build_request("POST", self._url, content=_encode(form), headers=_FORM)
        with closing(self._http.send(request, stream=True)) as answer:
            for piece in answer.iter_raw():
                body += piece
                if len(body) > MOST_BYTES:
                    raise AnswerLost(_TOO_LARGE, bytes(body))
                if time.monotonic() > end:
                    raise AnswerLost(_TIMED_OUT, bytes(body))
            if not answer.is_success:
                held = bytes(body) if items.may_hold_items(body) else b""
                raise AnswerLost(_HTTP.fill(code=answer.status_code), held, answer.status_code)
        return bytes(body)


def _encode(form: wire.Form) -> bytes:
    return "&".join(f"{name}={_quote(value)}" for name, value in form.items()).encode()


def _quote(value: str) -> str:
    """`quote_plus`, which goes through a list of 200 numbers one character at a time."""
    if value.isascii() and value.replace(",", "").isdigit():
        return value.replace(",", "%2C")
    return quote_plus(value)


_FORM = {"Content-Type": "application/x-www-form-urlencoded"}

_UNCERTAIN_ZH = "请求已经发出，是否受理不能确定。"
_UNCERTAIN_EN = "The request had gone out; whether it was taken is not certain."
_TOO_LARGE = Words(
    "网关的应答超过 32 MB，没有继续接收。" + _UNCERTAIN_ZH + "请联系网关管理员。",
    f"The gateway's answer was over 32 MB and was not read on. {_UNCERTAIN_EN} Ask the administrator.",
)
_TIMED_OUT = Words(
    "网关太久没有应答。" + _UNCERTAIN_ZH + "请检查网络，或联系网关管理员。",
    f"The gateway took too long to answer. {_UNCERTAIN_EN} Check the network, or ask the administrator.",
)
_CUT = Words(
    "网关的应答中断了。" + _UNCERTAIN_ZH + "请检查网络。",
    f"The gateway's answer was cut short. {_UNCERTAIN_EN} Check the network.",
)
_HTTP = Words(
    "网关返回 HTTP 错误 {code}。" + _UNCERTAIN_ZH + "请检查网关地址是否正确；仍不行请联系网关管理员。",
    f"The gateway answered with HTTP error {{code}}. {_UNCERTAIN_EN} Check its address; then ask the administrator.",
)
_NO_CONNECTION = Words(
    "连接不上网关 {host}（{cause}），没有发出任何消息。请检查网络和网关地址。",
    "No connection to the gateway {host} ({cause}); nothing was sent. Check the network and the gateway's address.",
)


_BEFORE_REQUEST = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,  # no way through the proxy: a request that went through it fails otherwise
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
    UnicodeError,  # a host that is no name, or a text that cannot be written: noticed before anything is
)


def _problem(exc: Exception, url: str, body: bytes) -> GatewayProblem:
    """What an exception of httpx leaves known. The one place where that is decided."""
    if isinstance(exc, _BEFORE_REQUEST):
        return NotSent(_NO_CONNECTION.fill(host=urlsplit(url).netloc, cause=_cause(exc)))
    if isinstance(exc, httpx.TimeoutException):
        return AnswerLost(_TIMED_OUT, body)
    return AnswerLost(_CUT, body)


def _cause(exc: Exception) -> Words:
    text = str(exc).lower()
    if isinstance(exc, httpx.ConnectTimeout | httpx.PoolTimeout):
        return Words("连接超时", "timed out")
    if isinstance(exc, httpx.ProxyError):
        return Words("代理服务器拒绝转接", "the proxy does not let it through")
    if "certificate" in text or "ssl" in text or "tls" in text:
        return Words("安全证书无法验证", "its certificate could not be verified")
    if "refused" in text:
        return Words("对方拒绝连接", "connection refused")
    if "name" in text or "resolve" in text or "nodename" in text or "getaddrinfo" in text:
        return Words("找不到该主机", "host not found")
    return Words("网络不通", "network unreachable")
