"""The running server: start and stop, the address, many clients at once."""

from __future__ import annotations

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest
from practice_client import ask, fields_of, numbers, quiet, send

from smsdesk.simulator.model import Account
from smsdesk.simulator.server import Practice


def test_it_tells_what_an_account_needs() -> None:
    with Practice() as practice:
        assert practice.url == f"http://127.0.0.1:{practice.port}/sms"
        assert (practice.account, practice.extno) == ("practice", "10690000")
        assert len(practice.password) == 12


def test_the_seed_decides_the_password_and_the_mids() -> None:
    def first_mid(seed: int) -> tuple[str, str]:
        with Practice(settings=quiet(), seed=seed) as practice:
            return practice.password, send(practice, numbers(1))["list"][0]["mid"]

    assert first_mid(7) == first_mid(7) != first_mid(8)


def test_a_given_password_is_kept() -> None:
    with Practice(Account(password="hunter-2")) as practice:
        assert practice.password == "hunter-2"


def test_it_listens_on_the_loopback_address_only() -> None:
    with Practice() as practice:
        assert practice._running is not None
        assert practice._running._listener._door.getsockname() == ("127.0.0.1", practice.port)


def test_stopping_frees_the_port_and_starting_again_goes_on() -> None:
    practice = Practice(settings=quiet()).start()
    send(practice, numbers(2))
    port = practice.port
    practice.stop()
    practice.stop()
    with pytest.raises(ConnectionRefusedError):
        ask(practice, "balance")
    with practice:
        assert practice.port == port
        assert len(ask(practice, "report")["list"]) == 2


def test_it_starts_once() -> None:
    with Practice() as practice, pytest.raises(RuntimeError, match="runs already"):
        practice.start()


def test_a_taken_port_is_an_error_at_the_start() -> None:
    with Practice() as practice, pytest.raises(OSError, match=r"."):
        Practice(port=practice.port).start()


def test_a_refusal_set_before_the_start_holds_after_it() -> None:
    practice = Practice(settings=quiet())
    door = practice.faults.add("refuse")
    with practice:
        with pytest.raises(ConnectionRefusedError):
            ask(practice, "balance")
        door.off()
        assert ask(practice, "balance")["status"] == 0


def test_stopping_is_quick_although_connections_are_open() -> None:
    practice = Practice().start()
    with socket.create_connection(("127.0.0.1", practice.port)):
        begun = time.monotonic()
        practice.stop()
        assert time.monotonic() - begun < 2


def test_an_answer_does_not_wait_for_an_acknowledgement() -> None:
    with Practice(settings=quiet()) as practice:
        connection = HTTPConnection("127.0.0.1", practice.port, timeout=5)
        begun = time.monotonic()
        for _ in range(30):
            connection.request("POST", "/sms", urlencode(fields_of(practice, "balance")))
            connection.getresponse().read()
        connection.close()
    assert time.monotonic() - begun < 30 * 0.04


def test_eight_clients_at_once_lose_and_double_nothing() -> None:
    def run(practice: Practice, client: int) -> int:
        connection = HTTPConnection("127.0.0.1", practice.port, timeout=10)
        taken = 0
        for batch in range(25):
            mobiles = numbers(20, 13800000000 + client * 10_000 + batch * 20)
            more = {"mobile": ",".join(mobiles), "content": "您好", "extno": practice.extno}
            connection.request("POST", "/sms", urlencode(fields_of(practice, "send", **more)))
            taken += b'"status":0' in connection.getresponse().read()
        connection.close()
        return taken

    with Practice(settings=quiet()) as practice, ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda client: run(practice, client), range(8))) == [25] * 8
        ledger = practice.gateway.ledger
        assert len(ledger.accepted) == 8 * 25 * 20
        assert ledger.sent_twice() == {}
        assert len({message.mid for message in ledger.accepted}) == 4000
        assert practice.gateway.accounts["practice"].balance_li == 1_000_000 - 4000 * 50
