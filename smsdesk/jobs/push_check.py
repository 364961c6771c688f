"""The receiver's own test: an empty push to an address, over the socket, and what came of it in a sentence."""

from __future__ import annotations

import socket
import ssl
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from smsdesk.domain.errors import InputProblem
from smsdesk.domain.words import Words
from smsdesk.jobs.push_receiver import path
from smsdesk.jobs.push_taking import EMPTY

_SECONDS = 10.0
_MOST_BYTES = 200


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of it. `status` is None where there was no answer."""

    is_ok: bool
    status: int | None
    words: Words


def public_address(base: str, token: str) -> str:
    """The address to register, where a reverse proxy is reached at `base`.

    Raises:
        InputProblem: `base` is no http(s) address without a path of its own.
    """
    try:
        parts = urlsplit(base.strip().rstrip("/"))
        is_one = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_one = False
    if not is_one or parts.path or parts.query or parts.fragment or parts.username is not None:
        raise InputProblem(_NO_ADDRESS.fill(base=base))
    return f"{parts.scheme}://{parts.netloc}{path(token)}"


def own_address() -> str:
    """The address under which this machine's network knows it. Nothing is sent to find out."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # of documentation; UDP only looks up the way
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def check(url: str, seconds: float = _SECONDS) -> Checked:
    """Push nothing to `url`; no redirects, no proxies of the environment. `seconds` to wait for each step."""
    try:
        status, body = _post(url, seconds)
    except ssl.SSLCertVerificationError as exc:
        return Checked(False, None, _CERTIFICATE.fill(why=exc.verify_message))
    except TimeoutError:
        return Checked(False, None, _SILENT)
    except ConnectionRefusedError:
        return Checked(False, None, _NOBODY)
    except socket.gaierror:
        return Checked(False, None, _UNKNOWN)
    except (OSError, HTTPException, UnicodeError) as exc:
        return Checked(False, None, _LOST.fill(why=getattr(exc, "strerror", None) or type(exc).__name__))
    if status == HTTPStatus.OK and body.strip() == b"OK":
        return Checked(True, status, _WORKS)
    return Checked(False, status, _STATUS.get(status, _OTHER).fill(status=status))


@cache
def _tls() -> ssl.SSLContext:
    import httpx  # noqa: PLC0415 - a tenth of a second, for a button that few ever press

    return httpx.create_ssl_context()


def _post(url: str, seconds: float) -> tuple[int, bytes]:
    # Not by httpx, which logs addresses: this one holds the token.
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme == "https":
        connection: HTTPConnection = HTTPSConnection(host, parts.port, timeout=seconds, context=_tls())
    else:
        connection = HTTPConnection(host, parts.port, timeout=seconds)
    with closing(connection):
        connection.request("POST", parts.path, EMPTY, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        return answer.status, answer.read(_MOST_BYTES)


_NO_ADDRESS = Words(
    "“{base}”不是代理地址，应写成 https://主机名 或 https://主机名:端口，不带路径。",
    "'{base}' is no address of a proxy. Write it as https://host or https://host:port, without a path.",
)
_WORKS = Words("正常：推送地址返回了 OK。", "It works: the push address has answered OK.")
_CERTIFICATE = Words(
    "代理的 TLS 证书未通过验证（{why}），网关也可能拒绝推送。请更换证书。",
    "The proxy's TLS certificate is not valid ({why}); a gateway may refuse it, too. Mend the certificate.",
)
_SILENT = Words(
    "没有应答：连接超时。请检查防火墙、路由器的端口映射和代理是否在运行。",
    "No answer in time. Look at the firewall, the router's port forwarding, and whether the proxy runs.",
)
_NOBODY = Words(
    "没有应答：该地址上没有程序在监听。请检查端口，以及接收（或代理）是否已启动。",
    "No answer: nothing listens at this address. Look at the port, and whether the receiver (or the proxy) runs.",
)
_UNKNOWN = Words(
    "没有应答：找不到这个主机名。请检查拼写和域名解析。", "No answer: this host name is not known. Check it."
)
_LOST = Words("没有应答：连接中断（{why}）。", "No answer: the connection broke ({why}).")
_OTHER = Words(
    "被拒绝：返回的是 HTTP {status}，而不是 OK。请检查代理的设置。",
    "Refused: the answer is HTTP {status} instead of OK. Look at the proxy's settings.",
)
_REDIRECTED = Words(
    "被拒绝：该地址转到了别处（HTTP {status}），而网关不会跟随。请登记转向后的地址（通常是 https://）。",
    "Refused: the address redirects (HTTP {status}), which a gateway does not follow. Use the address that it names.",
)
_FORBIDDEN = Words(
    "被拒绝（HTTP {status}）：代理只放行某些来源。如果只放行了网关，这是正常的。",
    "Refused (HTTP {status}): the proxy lets only some senders in. If these are the gateway's addresses, all is well.",
)
_NOT_HERE = Words(
    "被拒绝（HTTP {status}）：本机不在允许的来源之内，或该地址由别的程序应答，或代理没有原样转发路径。",
    "Refused (HTTP {status}): this machine is not among the allowed senders, or another program answers there, or the "
    "proxy does not pass the path on as it is.",
)
_NOT_PASSED = Words(
    "代理有应答，但连不上接收程序（HTTP {status}）。请检查代理转发到的端口。",
    "The proxy answers, but does not reach the receiver (HTTP {status}). Look at the port that it passes on to.",
)
_BUSY = Words(
    "接收程序暂时无法保存（HTTP {status}），网关会稍后再推送。如果一直如此，请检查代理和数据是否被占用。",
    "Nothing can be stored at the moment (HTTP {status}); the gateway would push again. If it stays so, look at the "
    "proxy, and whether another program holds the data.",
)
_STATUS = {
    **dict.fromkeys((301, 302, 303, 307, 308), _REDIRECTED),
    **dict.fromkeys((401, 403), _FORBIDDEN),
    404: _NOT_HERE,
    **dict.fromkeys((502, 504), _NOT_PASSED),
    503: _BUSY,
}
