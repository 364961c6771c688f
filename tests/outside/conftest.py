"""The program on a desktop of its own, and a screen reader beside it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager

import pytest

from outside.desktop import desktop, running
from outside.screen import Screen

collect_ignore_glob = [] if sys.platform == "linux" else ["test_*.py"]  # other systems have other ways in


@pytest.fixture(scope="package")
def start(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], AbstractContextManager[Screen]]:
    """Starts the practice program in a language, `zh_CN` or `en_US`, and gives what is on the screen."""

    @contextmanager
    def begin(language: str) -> Iterator[Screen]:
        home = tmp_path_factory.mktemp("home")
        command = [sys.executable, "-m", "smsdesk", "--demo", "--data-dir", str(home / "data")]
        with (
            desktop(home / "desktop") as environment,
            running(command, environment | {"LANG": f"{language}.UTF-8"}, home / "smsdesk.log"),
            closing(Screen(environment["DBUS_SESSION_BUS_ADDRESS"])) as screen,
        ):
            screen.find("panel", lambda name: "练习" in name or "practice" in name)  # the store is open,
            screen.find("combo box", "练习网关")  # and its account chosen
            yield screen
        assert "Traceback" not in (home / "smsdesk.log").read_text()

    return begin
