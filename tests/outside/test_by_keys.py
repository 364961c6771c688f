"""The same with the keyboard alone, in English; after each step the focus is where a screen reader goes on reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from outside.desktop import until
from outside.screen import Node, Screen, has_row

_SEEN = "I have read this, and want to send all the same"

_FAR = 40
"""More steps of the Tab key than a page has."""


@pytest.fixture(scope="module")
def screen(start: Callable[[str], AbstractContextManager[Screen]]) -> Iterator[Screen]:
    with start("en_US") as screen:
        yield screen


_LIST = """mobile,name
13800013001,Wang
13800010002,Li
13800013003,Liu
"""


def focus_is(screen: Screen, role: str, name: str) -> None:
    """The focus is here, or comes here by itself."""

    def told() -> tuple[str, str]:
        found = screen.focused()
        return found.role, found.name

    until(lambda: told() == (role, name), f"the focus on {role} {name}", otherwise=lambda: str(told()))


def elsewhere(screen: Screen, before: Node) -> Node | None:
    """What has the focus, if that is not what had it before."""
    found = screen.focused()
    return found if found.reference != before.reference else None


def tab_to(screen: Screen, role: str, name: str) -> list[str]:
    """Press Tab until it is there; gives the names on the way."""
    way = [screen.focused()]
    while len(way) < _FAR:
        screen.keys("Tab")
        way.append(until(lambda: elsewhere(screen, way[-1]), f"the Tab key to leave {way[-1]}"))
        if (way[-1].role, way[-1].name) == (role, name):
            return [node.name for node in way]
    raise AssertionError(f"Tab does not come to {role} {name}, only to {way}")


def test_a_campaign_goes_from_the_list_to_its_reports_by_keys_only(screen: Screen, tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text(_LIST)
    focus_is(screen, "page tab list", "Bulk send")
    tab_to(screen, "push button", "Choose files…")
    screen.keys(" ")
    focus_is(screen, "text", "File name:")
    with screen.bus.news("object:announcement") as heard:
        screen.keys(*str(tmp_path / "m.csv"), "Enter")
        focus_is(screen, "push button", "Add files…")
        screen.find("label", "✓ Good: 3")
    assert [message.body[3][1] for message in heard][-1:] == ["Numbers to send to: 3"]

    passed = tab_to(screen, "text", "Text of the message")
    assert "How “m.csv” is read…" in passed
    screen.keys(*"Hello {name}, 20% off. Reply R to stop")
    tab_to(screen, "text", "Name of the campaign")
    screen.keys(*"May")
    tab_to(screen, "push button", "Check and send…")
    screen.keys(" ")
    focus_is(screen, "push button", "Back")
    if screen.found("check box", _SEEN):  # outside the hours for advertising
        tab_to(screen, "check box", _SEEN)
        screen.keys(" ")
    tab_to(screen, "push button", "Send 3 messages")
    screen.keys(" ")
    focus_is(screen, "push button", "Check and send…")

    screen.keys("Ctrl+3")
    focus_is(screen, "page tab list", "Campaigns")
    tab_to(screen, "table", "Campaigns")
    campaigns = screen.focused()
    until(lambda: has_row(screen, campaigns, "May", "✓ Done"), "the campaign to be sent")
    screen.keys("Up")
    screen.find("label", "May")

    screen.keys("Ctrl+4")
    focus_is(screen, "page tab list", "Status reports")
    tab_to(screen, "push button", "Fetch now")
    reports = screen.find("table", "Messages and their status reports")

    def reported() -> bool:
        screen.keys(" ")
        return has_row(screen, reports, "May", "✗ Failed", "MA:0002")

    until(reported, "the report", otherwise=lambda: str(screen.table(reports)[1]))


def test_tab_goes_through_every_page_and_comes_back_to_its_beginning(screen: Screen) -> None:
    for place, page in enumerate(("Bulk send", "Point-to-point", "Campaigns", "Status reports"), 1):
        screen.keys(f"Ctrl+{place}")
        focus_is(screen, "page tab list", page)
        tab_to(screen, "page tab list", page)
