from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from threading import Event

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from smsdesk.domain.errors import InputProblem
from smsdesk.domain.words import Words
from smsdesk.ui.lane import Lane

Tell = Callable[[object], None]


@dataclass(frozen=True)
class News:
    n: int


@pytest.fixture
def told() -> list[Words]:
    return []


@pytest.fixture
def lane(qtbot: QtBot, told: list[Words]) -> Iterator[Lane]:
    made = Lane("test", told.append)
    yield made
    made.close()
    assert made.join(5)


def test_works_run_beside_the_main_thread_and_callbacks_run_on_it(lane: Lane, qtbot: QtBot) -> None:
    threads: dict[str, int] = {}

    def work(_stop: Event, tell: Tell) -> str:
        threads["work"] = threading.get_ident()
        tell(News(1))
        return "done"

    lane.run(
        work,
        on_done=lambda _result: threads.update(done=threading.get_ident()),
        on_event=lambda _news: threads.update(event=threading.get_ident()),
    )
    qtbot.waitUntil(lambda: "done" in threads)
    assert threads["done"] == threads["event"] == threading.get_ident()
    assert threads["work"] != threading.get_ident()


def number(n: int, _stop: Event, _tell: Tell) -> int:
    return n


def test_works_run_one_after_another_in_order(lane: Lane, qtbot: QtBot) -> None:
    done: list[int] = []
    for n in range(20):
        lane.run(partial(number, n), on_done=done.append)
    qtbot.waitUntil(lambda: len(done) == 20)
    assert done == list(range(20))


def test_five_thousand_pieces_of_news_arrive_whole(lane: Lane, qtbot: QtBot) -> None:
    # PySide6 6.12.0 aborts after some 580 emits from Python, and Signal(int) would deliver 2**40 as 0.
    came: list[News] = []

    def work(_stop: Event, tell: Tell) -> int:
        for n in range(5_000):
            tell(News(2**40 + n))
        return 2**40

    done: list[int] = []
    lane.run(work, on_done=done.append, on_event=came.append)
    qtbot.waitUntil(lambda: bool(done), timeout=20_000)
    assert done == [2**40]
    assert [news.n - 2**40 for news in came] == list(range(5_000))


def test_a_problem_comes_as_its_sentence(lane: Lane, qtbot: QtBot) -> None:
    def work(_stop: Event, _tell: Tell) -> None:
        raise InputProblem(Words("不对", "wrong"))

    heard: list[Words] = []
    lane.run(work, on_error=heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [Words("不对", "wrong")]


def test_a_problem_that_nobody_takes_on_goes_to_the_lanes_own_handler(
    lane: Lane, qtbot: QtBot, told: list[Words]
) -> None:
    def work(_stop: Event, _tell: Tell) -> None:
        raise InputProblem(Words("不对", "wrong"))

    lane.run(work)
    qtbot.waitUntil(lambda: bool(told))
    assert told == [Words("不对", "wrong")]


@pytest.mark.expects_log
def test_a_fault_of_ours_is_logged_told_in_a_sentence_and_ends_nothing(
    lane: Lane, qtbot: QtBot, told: list[Words], caplog: pytest.LogCaptureFixture
) -> None:
    lane.run(lambda _stop, _tell: 1 // 0)
    done: list[int] = []
    lane.run(lambda _stop, _tell: 7, on_done=done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert "fault of the program" in told[0].en
    assert "ZeroDivisionError" in caplog.text


def test_cancel_reaches_a_work_that_waits_and_leaves_out_one_that_has_not_begun(lane: Lane, qtbot: QtBot) -> None:
    begun = Event()
    heard: list[str] = []

    def wait(stop: Event, _tell: Tell) -> str:
        begun.set()
        return "stopped" if stop.wait(30) else "waited"

    first = lane.run(wait, on_done=heard.append)
    second = lane.run(lambda _stop, _tell: heard.append("second ran"), on_error=lambda words: heard.append(words.en))
    assert begun.wait(5)
    second.cancel()
    first.cancel()
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard == ["stopped", "Cancelled."]


def test_a_closed_lane_ends_its_works_and_calls_nobody_back(qtbot: QtBot) -> None:
    heard: list[object] = []
    lane = Lane("test", heard.append)
    lane.run(lambda stop, _tell: stop.wait(30), on_done=heard.append, on_error=heard.append)
    lane.close()
    assert lane.join(5)
    qtbot.wait(50)
    assert heard == []


class Asker(QObject):
    """Something that may be gone before its answer comes."""

    def __init__(self, heard: list[object]):
        super().__init__()
        self._heard = heard

    def hear(self, what: object) -> None:
        self._heard.append(what)


@pytest.mark.parametrize("is_bound", [True, False])
def test_who_is_gone_is_told_nothing(lane: Lane, qtbot: QtBot, is_bound: bool) -> None:
    heard: list[object] = []
    gone, there = Asker(heard), Asker(heard)
    for asker in (gone, there):
        lane.run(lambda _stop, _tell: "an answer", asker.hear if is_bound else _closure(asker))
    shiboken6.delete(gone)
    qtbot.waitUntil(lambda: not lane.is_busy)
    assert heard == ["an answer"]


def _closure(asker: Asker) -> Callable[[object], None]:
    def hear(what: object) -> None:
        asker.hear(what)

    return hear
