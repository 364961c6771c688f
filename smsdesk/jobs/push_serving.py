"""The push receiver's HTTP: what is answered to whom.

Apart from `push_receiver`, since uvicorn and Starlette take long to import, and most windows receive no pushes.
"""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
import socket
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import cast

import uvicorn
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from smsdesk.domain.words import Words
from smsdesk.jobs.news import Stop, Tell
from smsdesk.jobs.push_door import CONNECTION, MOST_HEADER_BYTES, Door, Limits, PushConnection
from smsdesk.jobs.push_receiver import MOST_BYTES, Where, path
from smsdesk.jobs.push_taking import OK, Taking, Trouble

_MOST_WRONG_BYTES = 64 * 1024
"""So much of a wrong request's body is read, and thrown away, before its answer: a sender must finish to hear it."""

_SECONDS_TO_STOP = 10


def run(where: Where, listening: socket.socket, taking: Taking, stop: Stop, tell: Tell, limits: Limits) -> None:
    """Answer whoever connects to `listening`, until `stop`."""
    door = Door(limits)
    _Server(_config(_App(where, door, taking, tell), door), stop).run(sockets=[listening])


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
