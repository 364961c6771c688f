"""The address that the gateway pushes reports and replies to (§6), for one account.

The push names no authentication, so the path holds a long random token, which is compared in constant time; a list of
sender addresses may narrow it further. Whoever knows neither learns nothing: every other request gets the same bare
404. `OK` is answered only after the body was committed as it came and its items were brought in; where either failed,
the gateway gets an error and pushes again.

Behind a reverse proxy all senders have the proxy's address: let the proxy check them. Forwarding headers are ignored,
since anybody can write them.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
import socket
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from smsdesk.domain.account import Account
from smsdesk.domain.errors import InputProblem, StoreProblem
from smsdesk.domain.words import Words
from smsdesk.jobs import receiving
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.news import Stop, Tell

MOST_BYTES = 4 * 1024 * 1024
"""A larger push is refused."""

SHORTEST_TOKEN = 16
"""Characters; one that is made here has 43."""

_TOKEN_FILE = "push-token"  # noqa: S105 - a file's name
_SECONDS_TO_STOP = 10
_BACKLOG = 128


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

    url: str


def kept_token(data_dir: Path) -> str:
    """The token of this machine, made the first time: the address that was registered must stay the same."""
    path = data_dir / _TOKEN_FILE
    try:
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        if path.exists() and len(token := path.read_text(encoding="ascii", errors="replace").strip()) >= SHORTEST_TOKEN:
            return token
        token = secrets.token_urlsafe(32)
        path.touch(mode=0o600)
        path.write_text(token, encoding="ascii")
    except OSError as exc:
        raise StoreProblem(
            Words("无法保存推送令牌：{why}。", "The token of the push address cannot be kept: {why}.").fill(
                why=exc.strerror or exc
            )
        ) from exc
    return token


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


def serve(desk: Desk, account: Account, where: Where, stop: Stop, tell: Tell) -> None:
    """Receive pushes for `account` until `stop`; tells :class:`Listening` first, then a :class:`Came` for each push.

    Raises:
        InputProblem: the token is short or no path segment, or the address cannot be listened on.
    """
    _check_token(where.token)
    receiving.take_in_waiting(desk, account.id)
    with _listening(where) as door:
        server = uvicorn.Server(
            uvicorn.Config(
                _App(desk, account.id, where, tell).application(),
                ws="none",
                lifespan="off",
                log_config=None,
                log_level="error",
                access_log=False,
                proxy_headers=False,
                server_header=False,
                timeout_graceful_shutdown=_SECONDS_TO_STOP,
            )
        )
        # In a thread of its own, where uvicorn leaves the signals alone: what ends it is `stop`.
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, name="push-receiver")
        thread.start()
        try:
            tell(Listening(_url(where, door.getsockname()[1])))
            stop.wait()
        finally:
            server.should_exit = True
            thread.join()


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


def _url(where: Where, port: int) -> str:
    host = f"[{where.host}]" if ":" in where.host else where.host
    return f"http://{host}:{port}/push/{where.token}"


class _App:
    """The one path there is."""

    def __init__(self, desk: Desk, account_id: int, where: Where, tell: Tell):
        self._desk, self._account_id, self._where, self._tell = desk, account_id, where, tell

    def application(self) -> Starlette:
        everything = Route("/{path:path}", self._answer, methods=["POST", "GET", "PUT", "DELETE", "PATCH", "OPTIONS"])
        return Starlette(routes=[everything], exception_handlers={405: _nothing, 500: _nothing})

    async def _answer(self, request: Request) -> Response:
        if not self._may(request):
            return _bare()
        body = await _body(request)
        if body is None:
            return _bare()
        return await run_in_threadpool(self._take, body)

    def _may(self, request: Request) -> bool:
        given = request.path_params["path"].encode("utf-8", "surrogateescape")
        known = hmac.compare_digest(given, f"push/{self._where.token}".encode())
        return known and request.method == "POST" and self._is_allowed(request.client.host if request.client else "")

    def _is_allowed(self, address: str) -> bool:
        if not self._where.allowed:
            return True
        try:
            sender = ipaddress.ip_address(address)
        except ValueError:
            return False
        sender = getattr(sender, "ipv4_mapped", None) or sender
        return any(sender in network for network in self._where.allowed)

    def _take(self, body: bytes) -> Response:
        """Keep the body, bring in its items, and only then say that it was received."""
        try:
            taken = receiving.take_in(self._desk, receiving.keep(self._desk, self._account_id, receiving.PUSH, body))
        except StoreProblem as exc:
            self._tell(Trouble(exc.words))
            return _bare(503)
        if taken.problem:
            self._tell(Trouble(taken.problem.words))
            return _bare(400)
        self._tell(taken.came)
        return PlainTextResponse("OK")


@dataclass(frozen=True, slots=True)
class Trouble:
    """News: a push could not be taken in. The gateway was told so, and will push again."""

    words: Words


async def _body(request: Request) -> bytes | None:
    """The whole body; None where it is larger than allowed, or its sender has gone."""
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > MOST_BYTES:
                return None
    except ClientDisconnect:
        return None
    return bytes(body)


def _bare(code: int = 404) -> Response:
    return Response(status_code=code)


async def _nothing(_request: Request, _exc: Exception) -> Response:
    return _bare()
