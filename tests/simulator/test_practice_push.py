"""Reports and replies POSTed to a customer's address (§6)."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from practice_client import ask, numbers, quiet, send

from smsdesk.simulator.model import Account, Settings
from smsdesk.simulator.server import Practice


class Receiver:
    """A customer's receiver: answers what `answers` says, then `OK`."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, bytes]] = []
        self.bodies: list[Any] = []
        self.types: list[str] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.types.append(self.headers["Content-Type"])
                code, text = receiver.answers.pop(0) if receiver.answers else (200, b"OK")
                self.send_response(code)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)
                receiver.bodies.append(json.loads(body))

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/push"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    running = Receiver()
    yield running
    running.close()


def wait_until(ready: Callable[[], bool]) -> None:
    until = time.monotonic() + 5
    while not ready():
        assert time.monotonic() < until
        time.sleep(0.005)


def pushed(receiver: Receiver) -> list[dict[str, Any]]:
    return [item for body in receiver.bodies for item in body]


def test_due_items_are_pushed_as_one_array_of_both_kinds(receiver: Receiver) -> None:
    with Practice(Account(push_url=receiver.url), settings=Settings(speed=0)) as practice:
        mid = send(practice, ["13800008888"])["list"][0]["mid"]
        wait_until(lambda: len(pushed(receiver)) == 2)
        report, reply = pushed(receiver)
        assert (report["flag"], report["mid"], report["stat"]) == (1, mid, "DELIVRD")
        assert (reply["flag"], reply["content"], reply["accessCode"]) == (0, "收到", "10690000")
        assert receiver.types[0] == "application/json;charset=utf-8"
        assert ask(practice, "report")["list"] == []
        assert ask(practice, "mo")["list"] == []
        wait_until(lambda: len(practice.gateway.ledger.handed_out) == 2)
        assert {entry.by for entry in practice.gateway.ledger.handed_out} == {"push"}


def test_a_push_waits_until_its_items_are_due(receiver: Receiver) -> None:
    with Practice(Account(push_url=receiver.url), settings=quiet()) as practice:
        practice.gateway.settings.speed = 100  # 0.01 s to 0.15 s
        send(practice, numbers(20))
        assert len(pushed(receiver)) < 20
        wait_until(lambda: len(pushed(receiver)) == 20)
        times = [item["time"] for item in pushed(receiver)]
    assert times == sorted(times)


@pytest.mark.parametrize("answer", [(500, b"OK"), (200, b"FAIL"), (200, b""), (302, b"OK")])
def test_anything_but_ok_is_tried_again_with_the_same_items(receiver: Receiver, answer: tuple[int, bytes]) -> None:
    receiver.answers = [answer, answer]
    account = Account(push_url=receiver.url, push_wait_s=0.01)
    with Practice(account, settings=quiet()) as practice:
        send(practice, numbers(3))
        wait_until(lambda: len(receiver.bodies) == 3)
        assert receiver.bodies[0] == receiver.bodies[1] == receiver.bodies[2]
        assert ask(practice, "report")["list"] == []
        wait_until(lambda: len(practice.gateway.ledger.handed_out) == 3)
        time.sleep(0.05)
        assert len(receiver.bodies) == 3


def test_what_cannot_be_pushed_for_good_can_be_pulled() -> None:
    account = Account(push_url="http://127.0.0.1:9/push", push_tries=2, push_wait_s=0.05)
    with Practice(account, settings=quiet()) as practice:
        send(practice, numbers(3))
        assert ask(practice, "report")["list"] == []
        wait_until(lambda: practice.gateway.state()["accounts"][0]["waiting"]["reports"] == 3)
        assert len(ask(practice, "report")["list"]) == 3
        assert [entry.by for entry in practice.gateway.ledger.handed_out] == ["report"] * 3


def test_a_push_address_can_be_set_and_taken_back_later(receiver: Receiver) -> None:
    with Practice(settings=quiet()) as practice:
        send(practice, numbers(2))
        practice.set_push(receiver.url)
        wait_until(lambda: len(pushed(receiver)) == 2)
        practice.set_push(None)
        practice.reply("13800000000", "收到")
        assert [item["content"] for item in ask(practice, "mo")["list"]] == ["收到"]


def test_what_waits_for_another_push_can_be_pulled_once_push_is_taken_back(receiver: Receiver) -> None:
    receiver.answers = [(500, b"")]
    with Practice(Account(push_url=receiver.url, push_wait_s=60), settings=quiet()) as practice:
        practice.reply("13800000000", "收到")
        wait_until(lambda: len(receiver.bodies) == 1)
        wait_until(lambda: practice.gateway.next_push_in() is not None)
        practice.set_push(None)
        assert len(ask(practice, "mo")["list"]) == 1


def test_a_push_holds_so_many_items(receiver: Receiver) -> None:
    with Practice(Account(push_url=receiver.url, push_batch=10), settings=quiet()) as practice:
        send(practice, numbers(25))
        wait_until(lambda: len(pushed(receiver)) == 25)
    assert [len(body) for body in receiver.bodies] == [10, 10, 5]


@pytest.mark.parametrize(
    "url", ["http://example.com/push", "https://127.0.0.1/push", "http://192.168.0.9/", "ftp://127.0.0.1/", "push", ""]
)
def test_a_push_address_outside_this_machine_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="this machine only"):
        Account(push_url=url)
    with Practice(settings=quiet()) as practice, pytest.raises(ValueError, match="this machine only"):
        practice.set_push(url)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "localhost", "[::1]"])
def test_a_push_address_on_this_machine_is_taken(host: str) -> None:
    assert Account(push_url=f"http://{host}:1/push").push_url is not None
