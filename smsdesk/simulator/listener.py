"""The door: a listening socket that can be closed and opened again while the server runs, and uvicorn behind it.

`uvicorn.Server` is not used: it ticks ten times a second and takes as long to stop, and a listener of asyncio's that is
closed while a connection is coming in forgets that connection (Python 3.11), so that its client waits for ever.
"""

from __future__ import annotations

import asyncio
import os
import socket
from typing import cast

import uvicorn
from starlette.types import ASGIApp
from uvicorn.server import ServerState

from smsdesk.simulator.sockets import OpenProtocol, abort

HOST = "127.0.0.1"
"""The only address that the practice gateway listens on."""

_BACKLOG = 128
_KEEP_ALIVE_S = 75
_PATIENCE_S = 10.0


def bound(port: int) -> socket.socket:
    """A socket bound to the loopback address, not listening yet: connections are refused, and the port is kept.

    Raises:
        OSError: the port is taken.
    """
    # asyncio sets TCP_NODELAY only on sockets that say TCP; without it every answer waits 40 ms for the client's ACK.
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # on Windows this option would let two servers share a port
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((HOST, port))
    except OSError:
        door.close()
        raise
    door.setblocking(False)
    return door


class Listener:
    """Serves `app` on a bound socket. All methods are for the thread of a running selector event loop."""

    def __init__(self, app: ASGIApp, door: socket.socket) -> None:
        self._config = uvicorn.Config(
            app,
            http=OpenProtocol,
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="warning",
            access_log=False,
            proxy_headers=False,
            timeout_keep_alive=_KEEP_ALIVE_S,
        )
        self._config.load()
        self._loop = asyncio.get_running_loop()
        self._state = ServerState()
        self._coming_in: set[asyncio.Task[object]] = set()
        self._port: int = door.getsockname()[1]
        self._door = door
        self._is_open = False

    def open(self) -> None:
        """Listen; nothing happens if it does already.

        Raises:
            OSError: another program listens on the port.
        """
        if not self._is_open:
            self._door.listen(_BACKLOG)
            self._loop.add_reader(self._door, self._accept)
            self._is_open = True

    def close(self) -> None:
        """Refuse connections; idle ones end at once, busy ones when they have answered."""
        if not self._is_open:
            return
        self._is_open = False
        self._loop.remove_reader(self._door)
        self._door.close()
        self._door = bound(self._port)
        for connection in list(self._state.connections):
            connection.shutdown()

    async def stop(self) -> None:
        """Close for good, reset what is still connected, and let the requests under way notice."""
        if self._is_open:
            self._loop.remove_reader(self._door)
        self._door.close()
        if self._coming_in:
            await asyncio.wait(self._coming_in)
        for connection in list(self._state.connections):
            abort(cast("OpenProtocol", connection).transport)
        await asyncio.sleep(0)  # each connection learns that it is lost in the loop's next round
        if self._state.tasks:
            await asyncio.wait(self._state.tasks, timeout=_PATIENCE_S)

    def _accept(self) -> None:
        try:
            connection, _ = self._door.accept()
        except OSError:  # the client has gone again
            return
        connection.setblocking(False)
        task: asyncio.Task[object] = self._loop.create_task(
            self._loop.connect_accepted_socket(self._protocol, connection)
        )
        self._coming_in.add(task)
        task.add_done_callback(self._coming_in.discard)

    def _protocol(self) -> OpenProtocol:
        return OpenProtocol(config=self._config, server_state=self._state, app_state={}, _loop=self._loop)
