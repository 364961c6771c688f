"""The table of what was done to the campaigns, and what came of it, printed at the end of a run.

`tests/conftest.py` registers this: where several processes run the tests, the one that prints runs none itself, and
does not read this folder.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from soak.tally import Tally, size

_TALLY = pytest.StashKey[Tally]()


def tally_of(config: pytest.Config) -> Tally:
    """The sums of this process."""
    return config.stash.setdefault(_TALLY, Tally())


def pytest_sessionfinish(session: pytest.Session) -> None:
    """One of several processes has run its tests: it hands on its sums."""
    handed_on: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if handed_on is not None:
        tally = tally_of(session.config)
        handed_on["soak"] = ({name: dict(row) for name, row in tally.rows.items()}, tally.notes)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """One of several processes has ended; one that broke down has nothing to say."""
    rows, notes = getattr(node, "workeroutput", {}).get("soak", ({}, []))
    tally = tally_of(node.config)
    for name, row in rows.items():
        tally.rows.setdefault(name, Counter()).update(row)
    tally.notes.extend(notes)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """All tests have run."""
    tally = tally_of(config)
    if not (tally.rows or tally.notes):
        return
    terminalreporter.section(f"campaigns under fire, SOAK_SEED={size().seed}")
    for line in tally.table() if size().is_long else [tally.sentence(), *tally.notes]:
        terminalreporter.write_line(line)
