"""uvicorn's HTTP/1.1 with the limits that it lacks: of the time for a request, of connections, of wrong requests.

What keeps good pushes coming in while others come to harm: nobody is refused at the door. Where there are too many
connections, the one that has waited longest without naming the right path makes room; so a newcomer always has the time
in which all the others are renewed to say what it wants. A wrong request beyond what a second may have is cut off
without an answer, a right one never is.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from collections import Counter
from dataclasses import dataclass
from typing import Any

import h11
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

CONNECTION = "smsdesk.connection"
"""The key of a request's :class:`PushConnection` in its scope."""

MOST_HEADER_BYTES = 16 * 1024
"""A request's line and header may not be larger."""

_quiet = logging.getLogger(f"{__name__}.quiet")
_quiet.disabled = True  # a line for each piece of garbage would fill the log; what is ours is logged by the receiver

_BAD = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one receiver puts up with."""

    connections: int = 100
    """At the same time. Systems allow a program 256 open files and more."""
    seconds: float = 20.0
    """In which a request must be there whole, from the connection or the answer before: idle time, header and body."""
    wrong_of_one: int = 20
    """Wrong requests of one address that are answered in a second."""
    wrong_of_all: int = 100
    """Of all addresses together."""


class Door:
    """What the connections of one receiver share."""

    def __init__(self, limits: Limits):
        self.limits = limits
        self._second = 0
        self._wrong: Counter[str] = Counter()
        self._all_wrong = 0

    def make_room(self, connections: set[Any]) -> None:
        """One came in: where that is one too many, let go of one that nothing would be lost with."""
        if len(connections) <= self.limits.connections:
            return
        idle = [one for one in connections if not one.is_right and not one.transport.is_closing()]
        if idle:
            min(idle, key=lambda one: (one.was_right, one.waits_since)).cut()

    def is_too_much(self, address: str, now: float) -> bool:
        """Count a wrong request; whether this second has had enough of them. `now` in seconds, of any clock."""
        if int(now) != self._second:
            self._second, self._all_wrong = int(now), 0
            self._wrong.clear()
        self._all_wrong += 1
        if self._all_wrong > self.limits.wrong_of_all:
            return True
        self._wrong[address] += 1
        return self._wrong[address] > self.limits.wrong_of_one


class PushConnection(H11Protocol):
    """One connection. The receiver tells it when its request has named the right path, and when it is there whole."""

    def __init__(self, door: Door, **given: Any):
        super().__init__(**given)
        self.logger = _quiet
        self.is_right = False
        """Whether the request under way has named the right path."""
        self.was_right = False
        """Whether one did before."""
        self.waits_since = 0.0
        self._door = door
        self._deadline: asyncio.TimerHandle | None = None

    @property
    def address(self) -> str:
        """The sender's."""
        return self.client[0] if self.client else ""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Put the connection into the scope of its requests, and give it its time."""
        super().connection_made(transport)
        # asyncio does it for some sockets only; without it an answer waits 40 ms for the sender's ACK
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        served: Any = self.app

        async def with_connection(scope: Scope, receive: Receive, send: Send) -> None:
            await served({**scope, CONNECTION: self}, receive, send)

        self.app = with_connection
        self._wait()
        self._door.make_room(self.connections)

    def right(self) -> None:
        """The request under way has named the right path."""
        self.is_right = self.was_right = True

    def whole(self) -> None:
        """The request is there: what it waits for now is our own work."""
        self._stop_waiting()

    def on_response_complete(self) -> None:
        """Give the next request its time."""
        self.is_right = False
        self._wait()
        super().on_response_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the deadline."""
        self._stop_waiting()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - it would say what is wrong
        """What came is not HTTP."""
        if self.is_too_much():
            self.cut()
            return
        if self.conn.our_state is h11.IDLE:  # else an answer is on its way already
            self.transport.write(_BAD)
        self.transport.close()

    def is_too_much(self) -> bool:
        """Count a wrong request of this sender; whether it gets no answer any more."""
        return self._door.is_too_much(self.address, self.loop.time())

    def shutdown(self) -> None:
        """The receiver ends: what is whole is still answered, for the rest there is no time."""
        if self._deadline is None:
            super().shutdown()
        else:
            self.cut()

    def cut(self) -> None:
        """End the connection without a word."""
        self._stop_waiting()
        self.transport.abort()

    def _wait(self) -> None:
        self._stop_waiting()
        self.waits_since = self.loop.time()
        self._deadline = self.loop.call_later(self._door.limits.seconds, self.cut)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
