"""The table of what was done to the campaigns, and what came of it, printed at the end."""

from __future__ import annotations

import sys

import pytest

from soak.tally import Tally, size

collect_ignore = ["test_soak.py"] if sys.platform == "win32" else []  # no SIGKILL, no fork, no quotas there

_TALLY = pytest.StashKey[Tally]()


@pytest.fixture(scope="session")
def tally(pytestconfig: pytest.Config) -> Tally:
    """Sums over all tests of this folder."""
    return pytestconfig.stash.setdefault(_TALLY, Tally())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Pytest calls this when all tests have run."""
    tally = config.stash.get(_TALLY, None)
    if tally is None or not (tally.rows or tally.notes):
        return
    terminalreporter.section(f"campaigns under fire, SOAK_SEED={size().seed}")
    for line in tally.table() if size().is_long else [tally.sentence(), *tally.notes]:
        terminalreporter.write_line(line)
