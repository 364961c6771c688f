"""No message is ever sent twice by us, none is ever lost, and whatever is not certain is shown as such.

Real programs send real campaigns, are killed and hindered, and after each the gateway's ledger and the store are
compared number by number (`comparing`). `SOAK_SEED` in the environment repeats what chance decided.
"""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from smsdesk.domain.campaign import Kind
from soak.scene import Hindrances, Scene, scene
from soak.tally import Tally, size
from soak.troubles import AT_THE_GATEWAY, AT_THE_PROGRAM, AT_THE_STORE, kill_after, small_disk

SIZE = size()
MESSAGES = 350 if SIZE.is_long else 200
ALL_TROUBLES = {**AT_THE_GATEWAY, **AT_THE_PROGRAM, **AT_THE_STORE}

pytestmark = pytest.mark.timeout(120 if not SIZE.is_long else 60 * SIZE.minutes + 5 * SIZE.kills + 600)


def chance(*what: object) -> random.Random:
    """The same for the same test and seed, whatever else runs."""
    return random.Random(f"{SIZE.seed} {what}")


# -- killed


@pytest.mark.parametrize(("kind", "share"), [(Kind.BULK, 0.4), (Kind.P2P, 0.4)], ids=["send", "p2p"])
def test_a_program_killed_again_and_again_sends_nothing_twice_and_loses_nothing(
    tmp_path: Path, tally: Tally, kind: Kind, share: float
) -> None:
    _kill_again_and_again(tmp_path, lambda: None, kind, round(SIZE.kills * share), tally)


def test_so_does_one_on_postgresql(tmp_path: Path, postgresql: Callable[[], str], tally: Tally) -> None:
    _kill_again_and_again(tmp_path, postgresql, Kind.P2P, round(SIZE.kills * 0.2), tally)


def _kill_again_and_again(
    folder: Path, database: Callable[[], str | None], kind: Kind, kills: int, tally: Tally
) -> None:
    rng = chance("kills", kind, kills)
    left = kills
    for number in itertools.count():
        url = database()
        with scene(folder / f"{number}", url, kind, MESSAGES, tally, rng) as one:
            one.trouble = f"kills, {one.action}, {'PostgreSQL' if url else 'SQLite'}"
            one.faults.add("slow", one.action, seconds=0.004)
            while left and not one.is_at_its_end():
                one.send(kill_after(rng))
                left -= 1
            one.finish()
        if not left:
            return


# -- every trouble once


@pytest.mark.parametrize("name", ALL_TROUBLES)
@pytest.mark.parametrize("turn", [0, 1] if SIZE.is_long else [0])
def test_a_trouble_costs_no_message_and_sends_none_twice(tmp_path: Path, tally: Tally, name: str, turn: int) -> None:
    with ExitStack() as stack:
        if name.startswith("disk full") and not stack.enter_context(small_disk(tmp_path / "store")):
            pytest.skip("this user may not mount a small disk")
        kind = list(Kind)[(list(ALL_TROUBLES).index(name) + turn) % 2]  # each other one p2p, and in a long run both
        rng = chance(name, kind)
        one = stack.enter_context(scene(tmp_path / "store", None, kind, 150, tally, rng))
        one.trouble = name
        endure(one, rng, [name])
        one.finish()


def endure(one: Scene, rng: random.Random, names: list[str], *, killed: bool = False) -> None:
    """Let a program send while all of these troubles are there."""

    def hinder(stack: ExitStack) -> Hindrances:
        hindrances: dict[str, object] = {}
        for name in names:
            hindrances |= ALL_TROUBLES[name](one, rng, stack)
        return hindrances

    one.story.append(" + ".join(names))
    one.send(kill_after(rng) if killed else None, hinder)


# -- all at once


def test_any_mixture_of_troubles_and_kills_costs_no_message_and_sends_none_twice(tmp_path: Path, tally: Tally) -> None:
    end = time.monotonic() + 60 * SIZE.minutes
    for number in itertools.count():
        if number >= SIZE.mixes and time.monotonic() >= end:
            return
        _mixture(tmp_path / f"{number}", chance("mixture", number), tally)


def _mixture(folder: Path, rng: random.Random, tally: Tally) -> None:
    with ExitStack() as stack:
        names = list(ALL_TROUBLES)
        if rng.random() < 0.5 or not stack.enter_context(small_disk(folder)):
            names = [name for name in names if not name.startswith("disk full")]
        one = stack.enter_context(scene(folder, None, rng.choice(list(Kind)), MESSAGES, tally, rng))
        one.trouble = "mixtures"
        for _ in range(rng.randint(2, 5)):
            if one.is_at_its_end():
                break
            endure(one, rng, rng.sample(names, rng.randint(1, 4)), killed=rng.random() < 0.4)
        one.finish()
