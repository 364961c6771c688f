"""Ctrl-C and SIGTERM as an event: the first asks the work to stop cleanly, the second ends the program at once.

A signal handler must not set a `threading.Event` itself: it runs between two steps of the main thread, which may hold
the event's own lock just then. So the signal's number goes through a socket to a thread that sets it.
"""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stopping(status: int = 1) -> Iterator[threading.Event]:
    """An event that the first SIGINT or SIGTERM sets; at the second the program exits with `status`.

    What is claimed at such an end is found in doubt at the next start.
    """
    stop = threading.Event()
    ours, signalled = socket.socketpair()
    signalled.setblocking(False)
    watch = threading.Thread(target=_watch, args=(ours, stop, status), name="signals", daemon=True)
    watch.start()
    before = {number: signal.signal(number, _ignore) for number in _SIGNALS}
    wakeup = signal.set_wakeup_fd(signalled.fileno(), warn_on_full_buffer=False)
    try:
        yield stop
    finally:
        signal.set_wakeup_fd(wakeup)
        for number, handler in before.items():
            signal.signal(number, handler)
        signalled.close()
        watch.join()
        ours.close()


def _watch(ours: socket.socket, stop: threading.Event, status: int) -> None:
    while numbers := ours.recv(64):
        for number in numbers:
            if number not in _SIGNALS:
                continue
            if stop.is_set():
                os._exit(status)
            stop.set()


def _ignore(_number: int, _frame: object) -> None:
    """Python's own handler would raise KeyboardInterrupt in the middle of a transaction."""
