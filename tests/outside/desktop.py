"""A desktop of its own: an X server, a window manager, and a D-Bus session.

The accessibility bus (at-spi2-core) is started on it by the first who asks for it, and ends with it.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

_OF_A_SESSION = ("DBUS_", "AT_SPI_", "XDG_", "WAYLAND_", "QT_", "SMSDESK_", "LC_", "LANG", "DISPLAY", "XAUTHORITY")
"""Variables that would let the session of whoever runs the tests in begin so."""


@contextmanager
def desktop(home: Path) -> Iterator[dict[str, str]]:
    """Gives the environment of programs that are to run on the desktop."""
    (home / "run").mkdir(parents=True, mode=0o700)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(_OF_A_SESSION)} | {
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home / "run"),
        "GSETTINGS_BACKEND": "memory",
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
    }
    with ExitStack() as stack:

        def start(*command: str, told: int | None = None) -> None:
            log = home / f"{command[0]}.log"
            stack.enter_context(running(command, environment, log, pass_fds=[] if told is None else [told]))

        def told_by(*command: str) -> str:
            """The line that a program writes into a pipe when it is ready; `{}` stands for the pipe's number."""
            reading, writing = os.pipe()
            with os.fdopen(reading) as pipe:
                start(*(part.format(writing) for part in command), told=writing)
                os.close(writing)
                line = pipe.readline().strip()
            assert line, f"{command[0]} did not start: " + (home / f"{command[0]}.log").read_text()
            return line

        display = told_by("Xvfb", "-displayfd", "{}", "-screen", "0", "1280x800x24", "-nolisten", "tcp")
        environment["DISPLAY"] = f":{display}"
        bus = told_by("dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address={}")
        environment["DBUS_SESSION_BUS_ADDRESS"] = bus
        start("openbox", "--sm-disable", "--startup", f"touch {home / 'managed'}")
        until((home / "managed").exists, "a window manager")
        yield environment


@contextmanager
def running(
    command: Sequence[str], environment: Mapping[str, str], log: Path, pass_fds: Sequence[int] = ()
) -> Iterator[subprocess.Popen[bytes]]:
    """Start a program; at the end it is ended, if it has not ended by itself. What it writes goes into `log`."""
    with log.open("ab") as file:
        process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            pass_fds=pass_fds,
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def until(found: Callable[[], T | None], what: str, seconds: float = 40, otherwise: Callable[[], str] = str) -> T:
    """Wait for something that is true; `otherwise` tells what there is instead."""
    end = time.monotonic() + seconds
    while not (value := found()):
        assert time.monotonic() < end, f"waited in vain for {what}; there is:\n{otherwise()}"
        time.sleep(0.02)
    return value
