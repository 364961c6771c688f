"""Killed at any point of fetching: all that was handed out is in the store or in a stored answer.

But for the one answer that is on the wire at the moment of the kill: no client can close that gap
(docs/architecture.md). Each of the two, `report` and `mo`, may have one under way.
`SOAK_KILLS` and `SOAK_REPORTS` say how much.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from soak.fetching import fetching
from soak.tally import Tally, size
from soak.test_soak import chance

SIZE = size()
ITEMS = int(os.environ.get("SOAK_REPORTS", "100000" if SIZE.is_long else "20000"))
KILLS = SIZE.kills if SIZE.is_long else 4
LONGEST_S = 2.5 if SIZE.is_long else 1.5

pytestmark = pytest.mark.timeout(300 if not SIZE.is_long else 60 + 20 * SIZE.kills)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_program_killed_while_it_fetches_loses_at_most_the_answers_on_the_wire(
    tmp_path: Path, request: pytest.FixtureRequest, tally: Tally, database: str
) -> None:
    new: Callable[[], str | None] = request.getfixturevalue("postgresql") if database == "postgresql" else lambda: None
    rng = chance("fetching", database)
    kills = pulls = 0
    lost: list[int] = []
    while kills < KILLS:
        with fetching(tmp_path / f"{pulls}", new(), ITEMS, rng) as one:
            before = Counter[int]()
            while kills < KILLS and sum(one.practice.gateway.state()["accounts"][0]["waiting"].values()):
                one.run_and_kill(rng.uniform(0.3, LONGEST_S))
                kills += 1
                after = Counter(answer[0][0] for answer in one.lost())
                assert max((after - before).values(), default=0) <= 1, "more was lost than what was on the wire"
                before = after
            one.finish()
            gone = one.lost()
            assert len(gone) == before.total(), "what was stored is lost"
            assert one.in_raw() == set()
            assert one.stored().total() == ITEMS - sum(map(len, gone))
            lost += map(len, gone)
            pulls += 1
    wire = f"{len(lost)} answers ({sum(lost)} items) were on the wire"
    tally.notes.append(f"{database}: {pulls} pulls of {ITEMS} items, {kills} kills; {wire}, nothing else was lost")
