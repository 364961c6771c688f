"""How far long work is, and how long it still takes."""

from __future__ import annotations

from unittest import mock

from pytestqt.qtbot import QtBot

from smsdesk.ui.widgets.progress import Progress


def test_the_time_left_is_told_once_it_can_be_told(qtbot: QtBot) -> None:
    shown = Progress("Adding numbers")
    qtbot.addWidget(shown)
    shown.show()
    assert shown.bar.maximum() == 0, "nobody knows of how much"
    with mock.patch(
        "smsdesk.ui.widgets.progress.time.monotonic", side_effect=[10.0, 10.0, 11.0, 30.0, 50.0, 60.0, 60.0]
    ):
        shown.tell(1, 100)
        shown.tell(2, 100)
        assert shown.left.isHidden(), "too early to be sure"
        shown.tell(25, 100)
        assert shown.left.text() == "about 1 min left"  # 20 s for a quarter
        assert shown.bar.value() == 250
        shown.tell(100, 100)
        assert shown.left.isHidden()
        shown.tell(1, 50)
        assert shown.left.isHidden(), "another part of the work begins anew"


def test_what_is_shown_again_begins_anew(qtbot: QtBot) -> None:
    shown = Progress("Adding numbers")
    qtbot.addWidget(shown)
    shown.show()
    shown.tell(50, 100)
    shown.hide()
    assert shown.bar.maximum() == 0
