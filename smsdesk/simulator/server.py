"""`Practice`: the practice gateway as a running server on the loopback address."""

from __future__ import annotations

import asyncio
import random
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from types import TracebackType
from typing import Self

from starlette.applications import Starlette
from starlette.routing import Route

from smsdesk.simulator.control import Control
from smsdesk.simulator.endpoint import SmsEndpoint
from smsdesk.simulator.faults import Faults
from smsdesk.simulator.listener import HOST, Listener, bound
from smsdesk.simulator.model import Account, Settings
from smsdesk.simulator.pusher import Pusher
from smsdesk.simulator.rules import Gateway

_PATIENCE_S = 10.0
_LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789"


class Practice:
    """A practice gateway, served at 127.0.0.1 by a thread of its own. A context manager; all methods are thread-safe.

    Args:
        accounts: the customers; one with the default values if none is given. An empty password is made up from
            `seed`, and stands in `password` afterwards.
        settings: how the gateway behaves; may be changed while it runs.
        port: 0 takes a free one.
        seed: the same seed and the same requests give the same fates, mids and passwords.
        clock: the time now in seconds since 1970 UTC.

    Attributes:
        gateway: the model, with its `accounts`, `settings` and `ledger`; hold `lock` for more than a look.
        faults: what goes wrong.
        lock: held around every call of the model.
    """

    def __init__(
        self,
        *accounts: Account,
        settings: Settings | None = None,
        port: int = 0,
        seed: int = 1,
        clock: Callable[[], float] = time.time,
    ) -> None:
        rng = random.Random(seed)  # noqa: S311 - fates of practice messages, no secrets
        accounts = accounts or (Account(),)
        for account in accounts:
            account.password = account.password or "".join(rng.choices(_LETTERS, k=12))
        self.lock = threading.Lock()
        self.gateway = Gateway(accounts, settings or Settings(), rng, clock)
        self.faults = Faults(self._move_door)
        self._first = accounts[0]
        self._port = port
        self._running: _Running | None = None

    def start(self) -> Self:
        """Listen and serve; returns when requests are answered.

        Raises:
            OSError: the port is taken.
            RuntimeError: it runs already.
        """
        if self._running is not None:
            raise RuntimeError("The practice gateway runs already.")
        self._running = _Running(self.gateway, self.faults, self.lock, bound(self._port))
        self._port = self._running.port
        return self

    def stop(self) -> None:
        """End every connection and the thread. Stopping twice is no error; `start` serves the same state again."""
        running, self._running = self._running, None
        if running is not None:
            running.stop()

    def __enter__(self) -> Self:
        return self if self._running is not None else self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def port(self) -> int:
        """The port; 0 before the first start if none was chosen."""
        return self._port

    @property
    def url(self) -> str:
        """The address to set in an account."""
        return f"http://{HOST}:{self._port}/sms"

    @property
    def control_url(self) -> str:
        """Where the control routes begin: `…/faults`, `…/ledger`, `…/reply`, `…/state`."""
        return f"http://{HOST}:{self._port}/practice"

    @property
    def account(self) -> str:
        """The first customer's account name."""
        return self._first.account

    @property
    def password(self) -> str:
        """The first customer's password."""
        return self._first.password

    @property
    def extno(self) -> str:
        """The first customer's access number."""
        return self._first.extno

    def reply(self, mobile: str, content: str, account: str | None = None) -> str:
        """A handset writes to an account (the first one if None); returns the reply's mid.

        Raises:
            KeyError: there is no such account.
        """
        with self.lock:
            mid = self.gateway.reply(mobile, content, account)
        self._wake()
        return mid

    def set_push(self, url: str | None, account: str | None = None) -> None:
        """Register, change or (None) end the push address of an account (the first one if None).

        Raises:
            ValueError: the address is not on this machine.
            KeyError: there is no such account.
        """
        with self.lock:
            self.gateway.set_push(url, account)
        self._wake()

    def _wake(self) -> None:
        if self._running is not None:
            self._running.wake()

    def _move_door(self) -> None:
        if self._running is not None:
            self._running.move_door()


class _Running:
    """One run of the server: its thread, loop and door."""

    def __init__(self, gateway: Gateway, faults: Faults, lock: threading.Lock, door: socket.socket) -> None:
        self.port: int = door.getsockname()[1]
        self._faults = faults
        self._stopping = asyncio.Event()
        self._pusher = Pusher(gateway, lock)
        self._endpoint = SmsEndpoint(gateway, faults, lock, self._stopping, self._pusher.wake)
        self._control = Control(gateway, faults, lock, self._pusher.wake)
        self._ready: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, args=(door,), name="practice-gateway", daemon=True)
        self._thread.start()
        self._ready.result(_PATIENCE_S)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(_PATIENCE_S)

    def wake(self) -> None:
        self._loop.call_soon_threadsafe(self._pusher.wake)

    def move_door(self) -> None:
        """Close or open the door as the faults say; it has happened when this returns."""
        if threading.current_thread() is self._thread:
            self._move_door()
        else:
            asyncio.run_coroutine_threadsafe(self._move_door_soon(), self._loop).result(_PATIENCE_S)

    def _run(self, door: socket.socket) -> None:
        # A selector loop on Windows too: the door is watched with `add_reader`.
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
            runner.run(self._main(door))

    async def _main(self, door: socket.socket) -> None:
        self._loop = asyncio.get_running_loop()
        self._listener = Listener(self._app(), door)
        pushing = self._loop.create_task(self._pusher.run())
        try:
            self._move_door()
        except OSError as error:  # two may have bound the port; one can listen
            self._ready.set_exception(error)
        else:
            self._ready.set_result(None)
            await self._stopping.wait()
        await self._listener.stop()
        pushing.cancel()
        await asyncio.wait({pushing})

    def _app(self) -> Starlette:
        paths = ("/sms", "/sms/", "/{before:path}/sms", "/{before:path}/sms/")
        return Starlette(routes=[self._control.mount(), *(Route(path, self._endpoint) for path in paths)])

    async def _move_door_soon(self) -> None:
        self._move_door()

    def _move_door(self) -> None:
        switch = self._faults.refusing
        if switch is None:
            self._listener.open()
            return
        self._listener.close()
        if switch.fault.seconds:
            self._loop.call_later(switch.fault.seconds, switch.off)
