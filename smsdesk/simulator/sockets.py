"""Connections that can be reset or cut for real: uvicorn hides the socket, this brings it to the application."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import struct
from collections.abc import AsyncIterator
from typing import Any

from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

_TRANSPORT = "smsdesk.transport"

_RESET_ON_CLOSE = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)
"""SO_LINGER on, for no time: closing sends RST instead of FIN."""

HTML = b"text/html;charset=utf-8"
"""How gateways label their JSON (edition of 2021)."""


class OpenProtocol(H11Protocol):
    """uvicorn's HTTP/1.1 with the transport put into each request's scope."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Remember the connection for the requests that will come through it."""
        super().connection_made(transport)
        served: Any = self.app

        async def with_transport(scope: Scope, receive: Receive, send: Send) -> None:
            await served({**scope, _TRANSPORT: transport}, receive, send)

        self.app = with_transport


def abort(transport: asyncio.Transport) -> None:
    """Reset a connection: the other side sees 'connection reset by peer', never an orderly end."""
    with contextlib.suppress(OSError):  # some systems refuse the option once the other side has gone
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
    transport.abort()


class Exchange:
    """One request with its connection, and the ways in which it can end."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._transport: asyncio.Transport = scope[_TRANSPORT]
        self._receive = receive
        self._send = send

    async def read_body(self) -> bytes | None:
        """The whole body; None if the client went before its end."""
        body = bytearray()
        while True:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                return None
            body += message.get("body", b"")
            if not message.get("more_body", False):
                return bytes(body)

    async def client_gone(self) -> None:
        """Return when the client has closed the connection."""
        while (await self._receive())["type"] != "http.disconnect":
            pass

    async def answer(self, body: bytes, code: int = 200, content_type: bytes = HTML) -> None:
        """An orderly answer."""
        await self._start(code, content_type, len(body))
        await self._send({"type": "http.response.body", "body": body})

    async def reset(self) -> None:
        """No answer: the connection is reset."""
        abort(self._transport)
        await self.client_gone()

    async def half(self, body: bytes) -> None:
        """The first half of an answer that announced all of it, then the end of the connection."""
        await self._start(200, HTML, len(body))
        await self._send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
        self._transport.close()
        await self.client_gone()

    async def stream(self, chunks: AsyncIterator[bytes], content_type: bytes = HTML) -> None:
        """An answer whose length is not announced."""
        await self._start(200, content_type, None)
        async for chunk in chunks:
            await self._send({"type": "http.response.body", "body": chunk, "more_body": True})
            await asyncio.sleep(0)  # so that a client that has gone is noticed before the next chunk
        await self._send({"type": "http.response.body", "body": b""})

    async def _start(self, code: int, content_type: bytes, length: int | None) -> None:
        headers = [(b"content-type", content_type)]
        if length is not None:
            headers.append((b"content-length", str(length).encode()))
        await self._send({"type": "http.response.start", "status": code, "headers": headers})
