"""What the tests of this folder share."""

from __future__ import annotations

import sys

import pytest

from soak.summary import tally_of
from soak.tally import Tally

collect_ignore = ["test_soak.py"] if sys.platform == "win32" else []  # no SIGKILL, no fork, no quotas there


@pytest.fixture(scope="session")
def tally(pytestconfig: pytest.Config) -> Tally:
    """Sums over all tests of this folder, for the table at the end."""
    return tally_of(pytestconfig)
