"""Everything that goes wrong while a campaign is sent. Each is switched on for one program, and off again after it."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

from smsdesk.gateway.patience import Patience
from smsdesk.store.database import FILE_NAME
from soak.child import CALM
from soak.scene import BATCH, Hindrances, Kill, Scene

Trouble: TypeAlias = Callable[[Scene, random.Random, ExitStack], Hindrances]
"""Switches something on, and leaves the way to switch it off with the stack; returns what the program itself gets."""

DISK_BYTES = 16_000_000
HASTY: Patience = replace(CALM, silence=1.0)
"""For a program whose gateway hangs."""


def _at_gateway(kind: str, most: int = 1, **more: Any) -> Trouble:
    def trouble(scene: Scene, rng: random.Random, stack: ExitStack) -> Hindrances:
        switch = scene.faults.add(kind, scene.action, times=rng.randint(1, most), after=rng.randrange(12), **more)
        stack.callback(switch.off)
        return {"patience": HASTY} if kind == "hang" else {}

    return trouble


def _refused(scene: Scene, rng: random.Random, stack: ExitStack) -> Hindrances:
    """Nobody listens for a while, at the start or on the way."""
    after = rng.randrange(6)
    stack.callback(setattr, scene, "door_closes", False)
    scene.door_closes = True
    switch = scene.faults.add("refuse", after=after, seconds=rng.uniform(0.05, 0.3))
    stack.callback(switch.off)
    return {}


def _reordered(scene: Scene, _rng: random.Random, stack: ExitStack) -> Hindrances:
    stack.callback(scene.faults.add("reordered", scene.action).off)
    return {}


def _fewer(scene: Scene, rng: random.Random, stack: ExitStack) -> Hindrances:
    place, count = rng.randint(1, BATCH), rng.randint(1, BATCH)
    switch = scene.faults.add("missing", scene.action, times=2, after=rng.randrange(12), place=place, count=count)
    stack.callback(switch.off)
    return {}


def _too_many_numbers(scene: Scene, _rng: random.Random, stack: ExitStack) -> Hindrances:
    """The gateway takes smaller requests only, as long as this program runs."""
    customer = scene.practice.gateway.accounts[scene.practice.account]
    stack.callback(setattr, customer, "max_batch", customer.max_batch)
    customer.max_batch = BATCH // 2
    return {}


def _too_many_connections(scene: Scene, _rng: random.Random, stack: ExitStack) -> Hindrances:
    customer = scene.practice.gateway.accounts[scene.practice.account]
    stack.callback(setattr, customer, "max_connections", None)
    customer.max_connections = 1
    stack.callback(scene.faults.add("slow", scene.action, seconds=0.005, times=20).off)
    return {}


def _no_balance(scene: Scene, rng: random.Random, stack: ExitStack) -> Hindrances:
    """The account runs dry in the middle of a batch, and is topped up afterwards."""
    customer = scene.practice.gateway.accounts[scene.practice.account]
    stack.callback(setattr, customer, "balance_li", customer.balance_li)
    customer.balance_li = customer.price_li * rng.randrange(1, 60)
    return {}


def _clock_set_back(_scene: Scene, rng: random.Random, _stack: ExitStack) -> Hindrances:
    return {"clock_back_after": rng.randrange(1, 40)}


def _file_size_limit(scene: Scene, rng: random.Random, _stack: ExitStack) -> Hindrances:
    """A quota: no file of the store may grow any more, or only a little."""
    sizes = [path.stat().st_size for path in scene.store.glob(f"{FILE_NAME}*")]
    return {"most_bytes": max(sizes) + rng.randrange(-50_000, 150_000)}


# -- the store ---------------------------------------------------------------------------------------------


def _beside(work: Callable[[threading.Event], None], stack: ExitStack) -> None:
    """Do something while the program sends; the event tells it that the program has ended."""
    over = threading.Event()
    thread = threading.Thread(target=work, args=(over,))
    thread.start()
    stack.callback(thread.join)
    stack.callback(over.set)


def _wait_for_more(scene: Scene, more: int, over: threading.Event) -> None:
    """Until the gateway has taken so many messages more, or the program has ended."""
    goal = scene.accepted + more
    while scene.accepted < goal and not over.wait(0.002):
        pass


def _store_locked(busy_s: float, held_s: float) -> Trouble:
    def trouble(scene: Scene, rng: random.Random, stack: ExitStack) -> Hindrances:
        more = rng.randrange(60)

        def hold(over: threading.Event) -> None:
            _wait_for_more(scene, more, over)
            with closing(sqlite3.connect(scene.store / FILE_NAME, timeout=5, isolation_level=None)) as other:
                other.execute("BEGIN EXCLUSIVE")
                over.wait(held_s)
                other.execute("ROLLBACK")

        _beside(hold, stack)
        return {"busy_s": busy_s}

    return trouble


def _disk_full(seconds: float) -> Trouble:
    """To the last byte, for some seconds or until the program has given up. Needs a store on a :func:`small_disk`."""

    def trouble(scene: Scene, rng: random.Random, stack: ExitStack) -> Hindrances:
        more, ballast = rng.randrange(60), scene.store / f"ballast-{seconds}"

        def fill(over: threading.Event) -> None:
            _wait_for_more(scene, more, over)
            try:
                with ballast.open("wb", buffering=0) as file:
                    for size in (65536, 4096):
                        while _wrote(file.write, size):
                            pass
                over.wait(seconds)
            finally:
                ballast.unlink()

        _beside(fill, stack)
        return {}

    return trouble


def _wrote(write: Callable[[bytes], object], size: int) -> bool:
    try:
        write(bytes(size))
    except OSError:
        return False
    return True


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """A disk of its own for a folder; False where this user may not mount one."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)


# -- the table ---------------------------------------------------------------------------------------------

AT_THE_GATEWAY: dict[str, Trouble] = {
    "connection refused": _refused,
    "reset before": _at_gateway("drop_before", 2),
    "reset after": _at_gateway("drop_after", 2),
    "half an answer": _at_gateway("half", 2),
    "not JSON, done": _at_gateway("not_json", 2, done=True),
    "not JSON": _at_gateway("not_json", 4),
    "HTML, done": _at_gateway("html", 2, done=True),
    "HTML": _at_gateway("html", 4),
    "HTTP 500, done": _at_gateway("http", 2, code=500, done=True),
    "HTTP 503": _at_gateway("http", 4, code=503),
    "HTTP 404": _at_gateway("http", 2, code=404),
    "HTTP 403, done": _at_gateway("http", 2, code=403, done=True),
    "hang, done": _at_gateway("hang", done=True),
    "hang": _at_gateway("hang"),
    "STATUS 21": _at_gateway("status", 4, code=21),
    "connections": _too_many_connections,
    "STATUS 102": _too_many_numbers,
    **{f"STATUS {code}": _at_gateway("status", code=code) for code in (2, 3, 7)},
    **{f"STATUS {code}": _at_gateway("status", 6, code=code) for code in (5, 100)},
    **{f"RESULT {code}": _at_gateway("result", code=code, place=BATCH // 2 + 1) for code in (10, 15, 17)},
    "no balance": _no_balance,
    "fewer items": _fewer,
    "reordered": _reordered,
}
AT_THE_PROGRAM: dict[str, Trouble] = {"clock set back": _clock_set_back}
AT_THE_STORE: dict[str, Trouble] = {
    "store locked": _store_locked(15.0, 0.5),
    "locked too long": _store_locked(0.02, 3.0),
    "disk full": _disk_full(3.0),
    "disk full, soon freed": _disk_full(0.03),
    "file size limit": _file_size_limit,
}


# -- kills -------------------------------------------------------------------------------------------------


def kill_after(rng: random.Random) -> Kill:
    """At a random moment: some time after the start, or a moment after the gateway has taken some messages."""
    early, later, more = rng.uniform(0, 0.25), rng.uniform(0, 0.02), rng.randrange(1, 60)
    by_time = rng.random() < 0.3

    def wait(scene: Scene) -> None:
        if by_time:
            time.sleep(early)
            return
        goal, end = scene.accepted + more, time.monotonic() + 2
        while scene.accepted < goal and time.monotonic() < end:
            time.sleep(0.001)
        time.sleep(later)

    return wait
