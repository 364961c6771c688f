from __future__ import annotations

from threading import Event

import pytest

from smsdesk.domain.errors import Cancelled, InputProblem
from smsdesk.domain.recipient import Recipient
from smsdesk.jobs.previewing import Looked, notable


def people(*names: str) -> list[Recipient]:
    return [Recipient(f"138000000{n:02}", {"姓名": name}, n + 2) for n, name in enumerate(names)]


def test_the_shortest_the_longest_and_the_missing_are_found() -> None:
    told: list[object] = []
    found = notable(
        "{姓名}，您好" + "！" * 60, "【商城】", people("李建国", "王", "", "欧阳娜娜", " "), Event(), told.append
    )
    assert (found.shortest, found.longest, found.first_missing, found.missing) == (1, 3, 2, 2)
    assert found.spread == ((1, 2), (2, 1))  # 4 + 3 + 63 = 70 units; the longest has 71
    assert told[0] == Looked(0, 5)


def test_the_longest_text_is_the_one_of_most_segments() -> None:
    some = people("Anna Maria Magdalena", "李")
    found = notable("{姓名} " + "a" * 80, "", some, Event(), lambda _news: None, gsm7=True)
    assert (found.shortest, found.longest, found.spread) == (0, 1, ((1, 1), (2, 1)))
    assert notable("{姓名} " + "a" * 80, "", some, Event(), lambda _news: None).longest == 0


def test_of_nobody_nothing_is_notable() -> None:
    found = notable("{姓名}", "", people("", ""), Event(), lambda _news: None)
    assert (found.shortest, found.longest, found.first_missing, found.missing) == (None, None, 0, 2)


def test_a_text_written_wrongly_is_told() -> None:
    with pytest.raises(InputProblem):
        notable("{姓名", "", people("王"), Event(), lambda _news: None)


def test_it_can_be_stopped() -> None:
    stop = Event()
    stop.set()
    with pytest.raises(Cancelled):
        notable("{姓名}", "", people("王"), stop, lambda _news: None)
