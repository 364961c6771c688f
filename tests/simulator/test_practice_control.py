"""The control routes, for tests that run the practice gateway in another process."""

from __future__ import annotations

import time

import pytest
from practice_client import ask, control, numbers, quiet, request, send

from smsdesk.simulator.server import Practice


def test_faults_are_switched_over_http() -> None:
    with Practice(settings=quiet()) as practice:
        code, fault = control(practice, "POST", "/faults", {"kind": "status", "action": "send", "code": 7, "times": 2})
        assert (code, fault["kind"], fault["struck"]) == (201, "status", 0)
        assert send(practice, numbers(1))["status"] == 7
        assert control(practice, "GET", "/faults")[1]["faults"][0]["struck"] == 1
        assert control(practice, "DELETE", f"/faults/{fault['id']}")[0] == 200
        assert control(practice, "DELETE", f"/faults/{fault['id']}")[0] == 404
        assert send(practice, numbers(1))["status"] == 0
        control(practice, "POST", "/faults", {"kind": "status"})
        assert control(practice, "DELETE", "/faults") == (200, {"faults": []})
        assert send(practice, numbers(1))["status"] == 0


@pytest.mark.parametrize("fields", [{"kind": "boom"}, [], None, {"kind": "refuse"}])
def test_a_wrong_fault_is_answered_with_a_sentence(fields: object) -> None:
    with Practice(settings=quiet()) as practice:
        code, answer = control(practice, "POST", "/faults", fields)
    assert code == 400
    assert answer["error"]


def test_refuse_over_http_ends_by_itself() -> None:
    with Practice(settings=quiet()) as practice:
        assert control(practice, "POST", "/faults", {"kind": "refuse", "seconds": 0.1})[0] == 201
        with pytest.raises(ConnectionRefusedError):
            ask(practice, "balance")
        time.sleep(0.2)
        assert ask(practice, "balance")["status"] == 0


def test_the_ledger_tells_number_by_number_what_was_accepted_refused_and_handed_out() -> None:
    with Practice(settings=quiet()) as practice:
        send(practice, numbers(2), "一")
        send(practice, numbers(1), "一")
        send(practice, ["12345"], "二")
        send(practice, [], "三")
        ask(practice, "report")
        code, ledger = control(practice, "GET", "/ledger")
        twice = practice.gateway.ledger.sent_twice()
        assert practice.gateway.ledger.times_accepted() == {numbers(1)[0]: 2, numbers(2)[1]: 1}
    assert code == 200
    assert ledger["counts"] == {
        "accepted": 3,
        "refused": 1,
        "refused_requests": {"8": 1},
        "handed_out": 3,
        "sent_twice": 1,
    }
    assert [row["mobile"] for row in ledger["accepted"]] == [*numbers(2), *numbers(1)]
    assert {"mid", "content", "extno", "segments", "accepted_at", "account"} < set(ledger["accepted"][0])
    assert [(row["mobile"], row["result"]) for row in ledger["refused"]] == [("12345", 12)]
    assert [row["by"] for row in ledger["handed_out"]] == ["report"] * 3
    assert twice == {(numbers(1)[0], "一"): 2}


def test_a_ledger_of_twenty_thousand_is_read_at_once() -> None:
    with Practice(settings=quiet()) as practice:
        for start in range(0, 20_000, 500):
            assert send(practice, numbers(500, 13800000000 + start))["status"] == 0
        _, ledger = control(practice, "GET", "/ledger")
    assert [row["mobile"] for row in ledger["accepted"]] == numbers(20_000)
    assert len({row["mid"] for row in ledger["accepted"]}) == 20_000
    assert ledger["counts"]["sent_twice"] == 0


def test_a_handset_writes_over_http() -> None:
    with Practice(settings=quiet()) as practice:
        code, answer = control(practice, "POST", "/reply", {"mobile": "13800000000", "content": "收到👌"})
        item = ask(practice, "mo")["list"][0]
    assert code == 201
    assert (item["mid"], item["mobile"], item["content"]) == (answer["mid"], "13800000000", "收到👌")


@pytest.mark.parametrize("fields", [{}, [], "x", {"mobile": "13800000000", "content": "x", "account": "nobody"}])
def test_a_wrong_reply_is_answered_with_a_sentence(fields: object) -> None:
    with Practice(settings=quiet()) as practice:
        code, answer = control(practice, "POST", "/reply", fields)
    assert code == 400
    assert answer["error"]


def test_the_state_shows_everything_but_the_password() -> None:
    with Practice(settings=quiet()) as practice:
        send(practice, numbers(2))
        practice.faults.add("slow", "mo", seconds=1)
        _, state = control(practice, "GET", "/state")
        raw = request(practice, "GET", "/practice/state").body.decode()
    assert state["accounts"][0]["waiting"] == {"reports": 2, "replies": 0, "push": 0}
    assert state["accounts"][0]["balance_li"] == 1_000_000 - 100
    assert (state["edition"], state["accepted"]) == ("second", 2)
    assert state["faults"][0]["kind"] == "slow"
    assert practice.password not in raw


def test_a_web_page_under_a_borrowed_name_cannot_reach_the_control_routes() -> None:
    with Practice(settings=quiet()) as practice:
        raw = request(practice, "GET", "/practice/state", headers={"Host": "evil.example"})
    assert raw.code == 400
