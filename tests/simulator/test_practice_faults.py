"""Every fault as a client sees it."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, IncompleteRead
from typing import Any
from urllib.parse import urlencode

import pytest
from practice_client import ask, fields_of, numbers, p2p, quiet, request, send

from smsdesk.simulator.faults import Fault, Kind
from smsdesk.simulator.model import Account
from smsdesk.simulator.server import Practice


@pytest.fixture
def practice() -> Iterator[Practice]:
    with Practice(settings=quiet()) as running:
        yield running


def body(practice: Practice) -> str:
    return urlencode(fields_of(practice, "send", mobile="13800000000", content="您好", extno=practice.extno))


def accepted(practice: Practice) -> int:
    return len(practice.gateway.ledger.accepted)


def wait_for(practice: Practice, messages: int) -> None:
    until = time.monotonic() + 5
    while accepted(practice) < messages:
        assert time.monotonic() < until
        time.sleep(0.005)


def test_refuse_means_that_nobody_listens(practice: Practice) -> None:
    door = practice.faults.add("refuse")
    with pytest.raises(ConnectionRefusedError):
        send(practice, numbers(1))
    door.off()
    assert send(practice, numbers(1))["status"] == 0


def test_refuse_ends_connections_that_are_kept_alive(practice: Practice) -> None:
    with socket.create_connection(("127.0.0.1", practice.port), timeout=5) as connection:
        connection.sendall(b"GET /sms HTTP/1.1\r\nHost: x\r\n\r\n")
        answer = b""
        while not answer.endswith(b"}"):
            answer += connection.recv(1000)
        practice.faults.add("refuse")
        assert connection.recv(1000) == b""


def test_refuse_may_begin_after_some_requests_and_end_by_itself(practice: Practice) -> None:
    practice.faults.add("refuse", after=2, seconds=0.3)
    assert send(practice, numbers(1))["status"] == 0
    assert send(practice, numbers(1))["status"] == 0
    with pytest.raises(ConnectionRefusedError):
        send(practice, numbers(1))
    until = time.monotonic() + 5
    while time.monotonic() < until:
        try:
            assert send(practice, numbers(1))["status"] == 0
        except ConnectionRefusedError:
            time.sleep(0.02)
        else:
            break
    assert accepted(practice) == 3


def test_drop_before_resets_and_does_nothing(practice: Practice) -> None:
    practice.faults.add("drop_before", "send", times=1)
    with pytest.raises(ConnectionResetError):
        send(practice, numbers(1))
    assert accepted(practice) == 0
    assert send(practice, numbers(1))["status"] == 0


def test_drop_after_resets_and_has_done_everything(practice: Practice) -> None:
    practice.faults.add("drop_after", "send", times=1)
    with pytest.raises(ConnectionResetError):
        send(practice, numbers(3))
    assert accepted(practice) == 3
    assert len(ask(practice, "report")["list"]) == 3


def test_half_announces_the_whole_answer_and_ends_in_its_middle(practice: Practice) -> None:
    practice.faults.add("half", "send", times=1)
    with pytest.raises(IncompleteRead) as cut:
        send(practice, numbers(3))
    assert len(cut.value.partial) > 0
    assert cut.value.expected is not None
    assert cut.value.expected > 0
    assert accepted(practice) == 3


@pytest.mark.parametrize("done", [False, True])
@pytest.mark.parametrize(
    ("kind", "code", "expected"),
    [("html", None, 502), ("html", 504, 504), ("html", 200, 200), ("http", None, 500), ("http", 404, 404)],
)
def test_an_http_error_comes_with_the_work_done_or_not(
    practice: Practice, kind: str, code: int | None, expected: int, done: bool
) -> None:
    practice.faults.add(kind, code=code, done=done)
    raw = request(practice, body=body(practice))
    assert raw.code == expected
    assert (b"<html>" in raw.body) == (kind == "html")
    assert accepted(practice) == done


@pytest.mark.parametrize("done", [False, True])
def test_not_json_comes_with_code_200(practice: Practice, done: bool) -> None:
    practice.faults.add("not_json", done=done)
    raw = request(practice, body=body(practice))
    assert raw.code == 200
    with pytest.raises(json.JSONDecodeError):
        json.loads(raw.body)
    assert accepted(practice) == done


@pytest.mark.parametrize("done", [False, True])
def test_hang_gives_no_answer_until_the_client_goes(practice: Practice, done: bool) -> None:
    practice.faults.add("hang", done=done)
    with pytest.raises(TimeoutError):
        request(practice, body=body(practice), timeout=0.1)
    practice.faults.clear()
    assert ask(practice, "balance")["status"] == 0
    assert accepted(practice) == done


def test_hang_answers_when_it_is_switched_off_if_the_work_is_done(practice: Practice) -> None:
    practice.faults.add("hang", "send", times=1, done=True)
    with ThreadPoolExecutor(1) as pool:
        late = pool.submit(send, practice, numbers(1))
        wait_for(practice, 1)
        assert send(practice, numbers(1))["status"] == 0
        assert not late.done()
        practice.faults.clear()
        assert late.result(5)["status"] == 0
    assert accepted(practice) == 2


def test_hang_resets_when_it_is_switched_off_if_the_work_is_not_done(practice: Practice) -> None:
    switch = practice.faults.add("hang", "send", times=1)
    with ThreadPoolExecutor(1) as pool:
        late = pool.submit(send, practice, numbers(1))
        while not switch.struck:
            time.sleep(0.005)
        assert send(practice, numbers(1))["status"] == 0
        assert not late.done()
        practice.faults.clear()
        assert isinstance(late.exception(5), ConnectionResetError)
    assert accepted(practice) == 1


def test_stopping_ends_what_hangs_and_what_is_slow(practice: Practice) -> None:
    practice.faults.add("hang", "send")
    practice.faults.add("slow", "balance", seconds=60)
    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(send, practice, numbers(1)), pool.submit(ask, practice, "balance")]
        while len([switch for switch in practice.faults.active if switch.struck]) < 2:
            time.sleep(0.005)
        practice.stop()
        assert all(isinstance(late.exception(5), ConnectionError) for late in waiting)
    assert accepted(practice) == 0


@pytest.mark.parametrize("status", [1, 2, 3, 5, 6, 7, 21, 100, 102, 999])
def test_status_refuses_the_request_in_good_form(practice: Practice, status: int) -> None:
    practice.faults.add("status", "p2p", code=status, times=1)
    assert p2p(practice, "13800000000#x")["status"] == status
    assert p2p(practice, "13800000000#x")["status"] == 0
    assert practice.gateway.ledger.refused_requests == {status: 1}


def test_slow_takes_its_time_and_then_works(practice: Practice) -> None:
    practice.faults.add("slow", seconds=0.15)
    begun = time.monotonic()
    assert send(practice, numbers(1))["status"] == 0
    assert time.monotonic() - begun >= 0.15


def test_slow_works_although_the_client_has_gone(practice: Practice) -> None:
    practice.faults.add("slow", seconds=0.1)
    with pytest.raises(TimeoutError):
        request(practice, body=body(practice), timeout=0.02)
    wait_for(practice, 1)


def test_result_refuses_one_number(practice: Practice) -> None:
    practice.faults.add("result", code=15, place=2)
    answer = send(practice, numbers(3))
    assert [item["result"] for item in answer["list"]] == [0, 15, 0]
    assert [message.mobile for message in practice.gateway.ledger.accepted] == [numbers(3)[0], numbers(3)[2]]
    assert answer["balance"] == 1_000_000 - 2 * 50


def test_missing_leaves_numbers_out_of_the_answer(practice: Practice) -> None:
    last = practice.faults.add("missing", count=2, times=1)
    assert [item["mobile"] for item in send(practice, numbers(5))["list"]] == numbers(3)
    assert last.struck == 1
    practice.faults.add("missing", place=1, times=1)
    assert [item["mobile"] for item in send(practice, numbers(3))["list"]] == numbers(3)[1:]
    assert accepted(practice) == 8


def test_reordered_turns_the_list_around(practice: Practice) -> None:
    practice.faults.add("reordered")
    assert [item["mobile"] for item in send(practice, numbers(3))["list"]] == numbers(3)[::-1]


def test_repeat_hands_out_again_what_it_will_hand_out(practice: Practice) -> None:
    send(practice, numbers(3))
    practice.faults.add("repeat", "report", times=1)
    first, second = ask(practice, "report")["list"], ask(practice, "report")["list"]
    assert first == second
    assert len(first) == 3
    assert ask(practice, "report")["list"] == []
    assert [entry.again for entry in practice.gateway.ledger.handed_out] == [True] * 3 + [False] * 3


def test_repeat_hands_out_again_what_was_handed_out(practice: Practice) -> None:
    practice.reply("13800000000", "收到")
    first = ask(practice, "mo")["list"]
    practice.faults.add("repeat", times=1)
    assert ask(practice, "mo")["list"] == first
    assert ask(practice, "mo")["list"] == []


def test_huge_is_more_than_a_client_should_read(practice: Practice) -> None:
    practice.faults.add("huge", times=1)
    raw = request(practice, body=body(practice))
    assert len(raw.body) > 32 << 20
    assert json.loads(raw.body)["status"] == 0


def test_huge_may_be_left_in_the_middle(practice: Practice) -> None:
    practice.faults.add("huge", times=1)
    connection = HTTPConnection("127.0.0.1", practice.port, timeout=5)
    connection.request("POST", "/sms", body(practice))
    answer = connection.getresponse()
    assert len(answer.read(1000)) == 1000
    answer.close()
    connection.close()
    assert ask(practice, "balance")["status"] == 0


def test_a_fault_strikes_its_action_only_after_some_and_so_many_times(practice: Practice) -> None:
    switch = practice.faults.add("status", "send", code=5, after=1, times=2)
    assert ask(practice, "balance")["status"] == 0
    assert [send(practice, numbers(1))["status"] for _ in range(5)] == [0, 5, 5, 0, 0]
    assert (switch.seen, switch.struck) == (3, 2)
    assert practice.faults.active == []


def test_faults_that_end_a_request_wait_for_their_turn_and_others_join_in(practice: Practice) -> None:
    practice.faults.add("status", code=21, times=1)
    practice.faults.add("status", code=100, times=1)
    practice.faults.add("reordered")
    assert send(practice, numbers(2))["status"] == 21
    assert send(practice, numbers(2))["status"] == 100
    assert [item["mobile"] for item in send(practice, numbers(2))["list"]] == numbers(2)[::-1]


def test_more_connections_than_the_account_may_have_are_refused() -> None:
    with Practice(Account(max_connections=2), settings=quiet()) as practice:
        practice.faults.add("hang", "send", done=True, times=2)
        with ThreadPoolExecutor(2) as pool:
            late = [pool.submit(send, practice, numbers(1)) for _ in range(2)]
            wait_for(practice, 2)
            assert send(practice, numbers(1))["status"] == 21
            practice.faults.clear()
            assert [one.result(5)["status"] for one in late] == [0, 0]
        assert send(practice, numbers(1))["status"] == 0


def test_faults_can_be_switched_from_many_threads_while_requests_come(practice: Practice) -> None:
    stop = threading.Event()

    def flicker() -> None:
        while not stop.is_set():
            practice.faults.add("reordered").off()
            practice.faults.add("refuse").off()

    thread = threading.Thread(target=flicker)
    thread.start()
    sent = 0
    for _ in range(60):
        try:
            sent += send(practice, numbers(2))["status"] == 0
        except ConnectionError:
            continue
    stop.set()
    thread.join()
    assert send(practice, numbers(1))["status"] == 0


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"kind": "boom"},
        {"kind": "status", "times": 0},
        {"kind": "refuse", "times": 1},
        {"kind": "slow", "seconds": -1},
        {"kind": "slow", "seconds": "long"},
        {"kind": "missing", "count": 0},
        {"kind": "result", "place": 0},
        {"kind": "drop_after", "done": True},
        {"kind": "half", "unknown": 1},
        ["half"],
        None,
    ],
)
def test_a_fault_that_makes_no_sense_is_refused(fields: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        Fault.from_json(fields)


def test_every_kind_has_a_usual_number_or_none() -> None:
    numbers_by_kind = {kind: Fault(kind).number for kind in Kind}
    assert {kind: number for kind, number in numbers_by_kind.items() if number} == {
        Kind.HTML: 502,
        Kind.HTTP: 500,
        Kind.STATUS: 100,
        Kind.RESULT: 10,
    }


def test_a_client_that_goes_in_the_middle_of_its_request_changes_nothing(practice: Practice) -> None:
    with socket.create_connection(("127.0.0.1", practice.port)) as connection:
        connection.sendall(b"POST /sms HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\naction=send&")
    assert ask(practice, "balance")["status"] == 0
    assert accepted(practice) == 0
