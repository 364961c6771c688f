"""The address that the gateway pushes reports and replies to (§6), for one account.

The push names no authentication, so the path holds a long random token, which is compared in constant time; a list of
sender addresses may narrow it further. Whoever knows neither learns nothing: every other request gets the same bare
404, and too many of them, or slow ones, are cut off (`push_door`). `OK` is answered only after the body was committed
as it came and its items were brought in (`push_taking`); where either failed, the gateway gets an error and pushes
again.

Behind a reverse proxy all senders have the proxy's address: let the proxy check them. Forwarding headers are ignored,
since anybody can write them.
"""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
import secrets
import socket
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import cast

import uvicorn
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from smsdesk.domain.account import Account
from smsdesk.domain.errors import InputProblem, Problem, StoreProblem
from smsdesk.domain.words import Words
from smsdesk.jobs import receiving
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.news import Stop, Tell
from smsdesk.jobs.push_door import CONNECTION, MOST_HEADER_BYTES, Door, Limits, PushConnection
from smsdesk.jobs.push_taking import OK, Taking, Trouble
from smsdesk.settings import whole

MOST_BYTES = 4 * 1024 * 1024
"""A larger push is refused."""

SHORTEST_TOKEN = 16
"""Characters; one that is made here has 43."""

_TOKEN_FILE = "push-token"  # noqa: S105 - a file's name
_MOST_WRONG_BYTES = 64 * 1024
"""So much of a wrong request's body is read, and thrown away, before its answer: a sender must finish to hear it."""

_SECONDS_TO_STOP = 10
_BACKLOG = 128
_TRY_AGAIN_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Where:
    """Where to listen, and whom to hear. `port` 0 takes a free one; no `allowed` networks: everybody."""

    host: str = "127.0.0.1"
    port: int = 8093
    token: str = field(default="", repr=False)
    allowed: tuple[IPv4Network | IPv6Network, ...] = ()


@dataclass(frozen=True, slots=True)
class Listening:
    """News: pushes are received now. `url` is the address to register with the gateway's administrator."""

    url: str = field(repr=False)
    port: int = 0


@dataclass(frozen=True, slots=True)
class NotListening:
    """News: pushes cannot be received, and why. It is tried again by itself."""

    words: Words


def kept_token(data_dir: Path) -> str:
    """The token of this machine, made the first time: the address that was registered must stay the same."""
    try:
        token = (data_dir / _TOKEN_FILE).read_text(encoding="ascii", errors="replace").strip()
    except FileNotFoundError:
        return new_token(data_dir)
    except OSError as exc:
        raise _not_kept(exc) from exc
    return token if len(token) >= SHORTEST_TOKEN else new_token(data_dir)


def new_token(data_dir: Path) -> str:
    """Make another token: the address that was registered is worth nothing any more."""
    token = secrets.token_urlsafe(32)
    try:
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        whole.write(data_dir / _TOKEN_FILE, token)
    except OSError as exc:
        raise _not_kept(exc) from exc
    return token


def _not_kept(exc: OSError) -> StoreProblem:
    words = Words("无法保存推送令牌：{why}。", "The token of the push address cannot be kept: {why}.")
    return StoreProblem(words.fill(why=exc.strerror or exc))


_NO_ADDRESS = Words("“{address}”不是 IP 地址或网段。", "'{address}' is no IP address or network.")


def networks(addresses: Sequence[str]) -> tuple[IPv4Network | IPv6Network, ...]:
    """Addresses and networks such as `203.0.113.7` and `10.0.0.0/8`.

    Raises:
        InputProblem: one is none.
    """
    found = []
    for address in addresses:
        try:
            found.append(ipaddress.ip_network(address.strip(), strict=False))
        except ValueError:
            raise InputProblem(_NO_ADDRESS.fill(address=address)) from None
    return tuple(found)


def serve(desk: Desk, account: Account, where: Where, stop: Stop, tell: Tell, limits: Limits | None = None) -> None:
    """Receive pushes for `account` until `stop`.

    Tells :class:`Listening` first, then what was pushed as :class:`~smsdesk.jobs.push_taking.Pushed`, about twice a
    second, and each :class:`~smsdesk.jobs.push_taking.Trouble`.

    Raises:
        InputProblem: the token is short or no path segment, or the address cannot be listened on.
        StoreProblem: what an earlier run left cannot be brought in.
    """
    _check_token(where.token)
    receiving.take_in_waiting(desk, account.id)
    with _listening(where) as socket_:
        door, taking = Door(limits or Limits()), Taking(desk, account.id, tell)
        port = socket_.getsockname()[1]
        tell(Listening(address(where.host, port, where.token), port))
        _Server(_config(_App(where, door, taking, tell), door), stop).run(sockets=[socket_])
        taking.tell_now()


def keep_serving(desk: Desk, account: Account, where: Where, stop: Stop, tell: Tell) -> None:
    """As :func:`serve`; where that is not possible, tells :class:`NotListening` and tries again every 30 seconds."""
    while not stop.is_set():
        try:
            serve(desk, account, where, stop, tell)
        except Problem as exc:
            tell(NotListening(exc.words))
            stop.wait(_TRY_AGAIN_SECONDS)


def _config(app: _App, door: Door) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=cast("type[asyncio.Protocol]", partial(PushConnection, door)),
        loop="asyncio",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="error",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        h11_max_incomplete_event_size=MOST_HEADER_BYTES,
        timeout_keep_alive=int(door.limits.seconds) + 1,  # the door's own limit comes first
        timeout_graceful_shutdown=_SECONDS_TO_STOP,
    )


class _Server(uvicorn.Server):
    """Runs in the caller's thread until `stop`, and leaves the signals alone."""

    def __init__(self, config: uvicorn.Config, stop: Stop):
        super().__init__(config)
        self._stop = stop

    def capture_signals(self) -> AbstractContextManager[None]:  # type: ignore[override]
        """None are."""
        return nullcontext()

    async def on_tick(self, counter: int) -> bool:
        """Ten times a second: whether it is over."""
        return await super().on_tick(counter) or self._stop.is_set()


def _check_token(token: str) -> None:
    if len(token) < SHORTEST_TOKEN or not all(c.isascii() and (c.isalnum() or c in "-_.~") for c in token):
        raise InputProblem(
            Words(
                "令牌至少 {n} 个字符，只能用字母、数字和 - _ . ~。",
                "The token must have at least {n} characters, of letters, digits and - _ . ~ only.",
            ).fill(n=SHORTEST_TOKEN)
        )


def _listening(where: Where) -> socket.socket:
    try:
        family = socket.getaddrinfo(where.host, where.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0][0]
        return socket.create_server((where.host, where.port), family=family, backlog=_BACKLOG)
    except (OSError, OverflowError) as exc:
        raise InputProblem(
            Words(
                "无法监听 {host}:{port}：{why}。请换一个端口或地址。",
                "Cannot listen on {host}:{port}: {why}. Choose another port or address.",
            ).fill(host=where.host, port=where.port, why=getattr(exc, "strerror", None) or exc)
        ) from exc


def address(host: str, port: int, token: str) -> str:
    """The address to register with the gateway's administrator."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}{path(token)}"


def path(token: str) -> str:
    """The one path that there is."""
    return f"/push/{token}"


class _App:
    """What is answered to a request."""

    def __init__(self, where: Where, door: Door, taking: Taking, tell: Tell):
        self._where, self._door, self._taking, self._tell = where, door, taking, tell
        self._path = path(where.token).encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection: PushConnection = scope[CONNECTION]
        request = Request(scope, receive)
        if self._is_right(request, connection.address):
            connection.right()
            response = await self._received(request, connection)
        elif connection.is_too_much():
            connection.cut()
            await _body(request, _MOST_WRONG_BYTES)  # learns that the connection has gone
            return
        else:
            await _body(request, _MOST_WRONG_BYTES)
            response = _bare()
        await response(scope, receive, send)

    def _is_right(self, request: Request, sender: str) -> bool:
        is_known = hmac.compare_digest(request.url.path.encode("utf-8", "surrogateescape"), self._path)
        return is_known and request.method == "POST" and self._is_allowed(sender)

    def _is_allowed(self, sender: str) -> bool:
        if not self._where.allowed:
            return True
        try:
            found = ipaddress.ip_address(sender)
        except ValueError:
            return False
        found = getattr(found, "ipv4_mapped", None) or found
        return any(found in network for network in self._where.allowed)

    async def _received(self, request: Request, connection: PushConnection) -> Response:
        body = await _body(request, MOST_BYTES)
        if body is None:
            return _bare()
        if len(body) > MOST_BYTES:
            self._tell(Trouble(_TOO_LARGE))
            return _bare()
        connection.whole()
        code = await self._taking.take(body)
        return PlainTextResponse("OK") if code == OK else _bare(code)


async def _body(request: Request, most: int) -> bytes | None:
    """The body, read on until it is larger than `most` bytes; None where its sender has gone."""
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > most:
                break
    except ClientDisconnect:
        return None
    return bytes(body)


def _bare(code: int = 404) -> Response:
    """An answer that tells nothing. The connection ends with it: of the request there may be more to come."""
    return Response(status_code=code, headers={"connection": "close"})


_TOO_LARGE = Words(
    "网关推送的内容超过 4 MB，没有接收。请网关管理员减少每次推送的条数。",
    "A push was over 4 MB and was refused. Ask the gateway's administrator for fewer items a push.",
)
