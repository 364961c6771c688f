from __future__ import annotations

import threading
import time

import pytest
from checks import ignore, plan
from conftest import stored_account

from smsdesk.domain.errors import InputProblem
from smsdesk.jobs import sending, templates
from smsdesk.jobs.desk import Desk
from smsdesk.simulator.server import Practice


def test_a_text_is_kept_changed_and_let_go_of(both_desks: Desk) -> None:
    assert templates.keep(both_desks, " 会员  续费 ", "尊敬的{姓名|客户}，请续费") is False
    assert templates.keep(both_desks, "生日", "{姓名}，生日快乐") is False
    time.sleep(0.005)  # the store keeps milliseconds
    assert templates.keep(both_desks, "会员 续费", "{姓名}，请续费") is True
    assert [(one.name, one.text) for one in templates.every(both_desks)] == [
        ("会员 续费", "{姓名}，请续费"),
        ("生日", "{姓名}，生日快乐"),
    ]
    assert templates.text_of(both_desks, "生日") == "{姓名}，生日快乐"
    templates.remove(both_desks, "生日")
    with pytest.raises(InputProblem, match="There are: 会员 续费"):
        templates.text_of(both_desks, "生日")
    with pytest.raises(InputProblem, match="There is no template"):
        templates.remove(both_desks, "生日")


@pytest.mark.parametrize(
    ("name", "text", "said"), [(" ", "您好", "name"), ("甲", " \n", "empty"), ("甲", "{姓名", "alone")]
)
def test_what_cannot_be_used_is_not_kept(both_desks: Desk, name: str, text: str, said: str) -> None:
    with pytest.raises(InputProblem, match=said):
        templates.keep(both_desks, name, text)
    assert templates.every(both_desks) == []


def test_what_was_sent_last_can_be_used_again(both_desks: Desk, practice: Practice) -> None:
    account = stored_account(both_desks, practice)
    for text in ("甲", "乙", "甲"):
        sending.send(both_desks, plan(both_desks, account, 1, text), threading.Event(), ignore)
    plan(both_desks, account, 1, "没有发出")
    assert [one.text for one in templates.sent(both_desks)] == ["【示例商城】甲", "【示例商城】乙"]
