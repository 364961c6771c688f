"""The push receiver over real sockets: what is right is taken in, and what is wrong, slow or endless does no harm."""

from __future__ import annotations

import json
import logging
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest
from conftest import stored_account
from raw_server import raw_server
from sqlalchemy import delete, func, select

from smsdesk.domain.account import Account
from smsdesk.domain.errors import InputProblem
from smsdesk.domain.inbox import Came
from smsdesk.jobs import push_check, push_receiver
from smsdesk.jobs.desk import Desk, open_desk
from smsdesk.jobs.push_door import Door, Limits
from smsdesk.jobs.push_receiver import Listening, NotListening, Where
from smsdesk.jobs.push_taking import Pushed, Trouble
from smsdesk.settings.secrets import MemoryPasswords
from smsdesk.simulator.server import Practice
from smsdesk.store import database
from smsdesk.store.schema import accounts, raw_answers, replies, reports

TOKEN = "a-token-of-some-length"
PATH = f"/push/{TOKEN}"
HEAD = f"POST {PATH} HTTP/1.1\r\nHost: x\r\n"


class Receiver:
    """One that runs, and what it has told."""

    def __init__(self) -> None:
        self.port = 0
        self.news: list[object] = []
        self.listens = threading.Event()

    def tell(self, news: object) -> None:
        self.news.append(news)
        if isinstance(news, Listening):
            self.port = news.port
            self.listens.set()

    def post(self, body: bytes, path: str = PATH, **headers: str) -> tuple[int, bytes, dict[str, str]]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read(), {name.lower(): value for name, value in answer.getheaders()}
        finally:
            connection.close()

    def connect(self) -> socket.socket:
        made = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        made.settimeout(20)
        return made


@contextmanager
def receiving(desk: Desk, account: Account, limits: Limits | None = None) -> Iterator[Receiver]:
    stop, receiver = threading.Event(), Receiver()
    where = Where(port=0, token=TOKEN)
    with ThreadPoolExecutor(1) as pool:
        ended = pool.submit(push_receiver.serve, desk, account, where, stop, receiver.tell, limits)
        assert receiver.listens.wait(20)
        try:
            yield receiver
        finally:
            stop.set()
            ended.result(20)


@pytest.fixture
def account(desk: Desk, practice: Practice) -> Account:
    return stored_account(desk, practice)


def ended(connection: socket.socket) -> bytes:
    """All that still comes until the other side ends the connection, which it must."""
    came = b""
    try:
        while piece := connection.recv(65536):
            came += piece
    except ConnectionError:
        pass
    finally:
        connection.close()
    return came


def send_on(connection: socket.socket, piece: bytes, pause_s: float) -> None:
    """Send the same again and again."""
    for _ in range(1000):
        connection.sendall(piece)
        threading.Event().wait(pause_s)


def items(first: int, count: int) -> bytes:
    every = [
        {"flag": 1, "mid": f"M{n}", "accessCode": "10690000", "mobile": str(13800000000 + n), "stat": "DELIVRD"}
        if n % 10
        else {"flag": 0, "mid": f"M{n}", "accessCode": "10690000", "mobile": str(13800000000 + n), "content": "好"}
        for n in range(first, first + count)
    ]
    return json.dumps([{**one, "time": "2026-05-01 08:00:00"} for one in every]).encode()


def stored(desk: Desk) -> int:
    with desk.database.read() as conn:
        return sum(conn.execute(select(func.count()).select_from(t)).scalar_one() for t in (reports, replies))


def test_many_pushes_from_many_connections_lose_nothing_and_each_is_told_once(both_desks: Desk) -> None:
    with Practice() as practice:
        account = stored_account(both_desks, practice)
    with receiving(both_desks, account) as receiver:

        def push(sender: int) -> None:
            connection = HTTPConnection("127.0.0.1", receiver.port, timeout=60)
            for n in range(sender, 100, 20):
                connection.request("POST", PATH, items(n * 100, 100))
                answer = connection.getresponse()
                assert (answer.status, answer.read()) == (200, b"OK")
            connection.close()

        with ThreadPoolExecutor(20) as pool:
            list(pool.map(push, range(20)))
        assert stored(both_desks) == 10_000  # as soon as the last one was answered
    came = sum((one.came for one in receiver.news if isinstance(one, Pushed)), Came())
    assert (came.reports, came.replies) == (9_000, 1_000)


def test_a_store_that_is_locked_acknowledges_nothing_and_the_next_push_is_taken(
    tmp_path: Path, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.2)
    desk = open_desk(tmp_path / "data", None, MemoryPasswords())
    account = stored_account(desk, practice)
    with receiving(desk, account) as receiver:
        with desk.database.write():
            assert receiver.post(items(0, 10))[:2] == (503, b"")
            assert receiver.post(b"[]")[0] == 503
        assert stored(desk) == 0
        assert any(isinstance(one, Trouble) for one in receiver.news)
        assert receiver.post(items(0, 10))[0] == 200
        assert stored(desk) == 10
    desk.database.dispose()


@pytest.mark.expects_log
def test_a_push_for_an_account_that_was_removed_is_not_called_received(desk: Desk, account: Account) -> None:
    with receiving(desk, account) as receiver:
        with desk.database.write() as conn:
            conn.execute(delete(accounts))
        assert receiver.post(items(0, 1))[:2] == (503, b"")
        assert any(isinstance(one, Trouble) for one in receiver.news)


def test_one_unreadable_push_costs_those_beside_it_nothing(desk: Desk, account: Account) -> None:
    with receiving(desk, account) as receiver, ThreadPoolExecutor(12) as pool:
        bodies = [items(0, 10), b"{", items(10, 10), b"\xff\xfe", b"[" * 100_000, items(20, 10)] * 2
        codes = [answer[0] for answer in pool.map(receiver.post, bodies)]
        assert codes == [200, 400, 200, 400, 400, 200] * 2
        assert stored(desk) == 30
    with desk.database.read() as conn:
        kept = conn.execute(select(func.count()).where(raw_answers.c.problem.is_not(None))).scalar_one()
    assert kept == 3  # to be looked at, what came twice once


# -- who learns what


def test_answers_name_neither_server_nor_reason(desk: Desk, account: Account) -> None:
    with receiving(desk, account) as receiver:
        for wrong in ("/", "/push", "/push/", f"{PATH}x", PATH[:-1], f"{PATH}/", f"/x{PATH}", "/" + "x" * 5000):
            assert receiver.post(items(0, 1), wrong) == (404, b"", {"content-length": "0", "connection": "close"})
        status, body, headers = receiver.post(items(0, 1))
        assert (status, body) == (200, b"OK")
        assert headers == {"content-length": "2", "content-type": "text/plain; charset=utf-8"}
    assert stored(desk) == 1


@pytest.mark.parametrize(
    "garbage",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200),
        b"hello\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: " + b"y" * 70_000,
        HEAD.encode() + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n[]",
        HEAD.encode() + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
    ids=["tls", "words", "header", "lengths", "chunk"],
)
def test_what_is_not_http_is_ended_with_a_bare_error_at_most(desk: Desk, account: Account, garbage: bytes) -> None:
    with receiving(desk, account) as receiver:
        connection = receiver.connect()
        connection.sendall(garbage)
        assert ended(connection) in (b"", b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        assert receiver.post(items(0, 1))[0] == 200


def test_neither_a_log_nor_a_repr_shows_the_token(
    desk: Desk, account: Account, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with receiving(desk, account) as receiver:
        receiver.post(items(0, 1))
        receiver.post(b"<html>")
        assert push_check.check(f"http://127.0.0.1:{receiver.port}{PATH}").is_ok
    assert receiver.news
    assert TOKEN not in caplog.text + repr(receiver.news) + repr(Where(token=TOKEN))


# -- slow, endless, many


SLOW = [
    HEAD[:20],
    HEAD,
    HEAD + "Content-Length: 50\r\n\r\n[",
    HEAD + "Transfer-Encoding: chunked\r\n\r\n1\r\n[\r\n",
    HEAD.replace(TOKEN, "wrong") + "Content-Length: 50\r\n\r\n[",
    "",
]


@pytest.mark.parametrize("start", SLOW, ids=["line", "header", "body", "chunks", "wrong", "nothing"])
def test_a_request_that_does_not_come_to_its_end_is_cut(desk: Desk, account: Account, start: str) -> None:
    with receiving(desk, account, Limits(seconds=0.3)) as receiver:
        connection = receiver.connect()
        connection.sendall(start.encode())
        assert ended(connection) == b""
    assert stored(desk) == 0


def test_a_body_that_drips_is_cut_although_something_always_comes(desk: Desk, account: Account) -> None:
    with receiving(desk, account, Limits(seconds=0.5)) as receiver:
        connection = receiver.connect()
        connection.sendall((HEAD + "Content-Length: 100000\r\n\r\n").encode())
        with pytest.raises(OSError):  # noqa: PT011 - a reset or a broken pipe, as it happens
            send_on(connection, b" ", 0.02)
        connection.close()


def test_an_idle_connection_is_ended_and_a_busy_one_is_kept(desk: Desk, account: Account) -> None:
    with receiving(desk, account, Limits(seconds=0.5)) as receiver:
        connection = receiver.connect()
        for n in range(3):
            body = items(n, 1)
            connection.sendall(HEAD.encode() + b"Content-Length: %d\r\n\r\n" % len(body) + body)
            answer = b""
            while not answer.endswith(b"\r\n\r\nOK"):
                piece = connection.recv(1000)
                assert piece
                answer += piece
        assert ended(connection) == b""
    assert stored(desk) == 3


@pytest.mark.parametrize("path", [PATH, "/push/wrong"])
def test_a_body_without_an_end_is_not_read_on(desk: Desk, account: Account, path: str) -> None:
    with receiving(desk, account) as receiver:
        connection = receiver.connect()
        connection.sendall(f"POST {path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n".encode())
        piece = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
        with pytest.raises(OSError):  # noqa: PT011 - as above
            send_on(connection, piece, 0)
        connection.close()
        assert receiver.post(items(0, 1))[0] == 200


@pytest.mark.parametrize("start", SLOW, ids=["line", "header", "body", "chunks", "wrong", "nothing"])
def test_slow_connections_do_not_keep_good_pushes_out(desk: Desk, account: Account, start: str) -> None:
    limits = Limits(connections=10, seconds=60 if "chunked" not in start and "50" not in start else 2)
    with receiving(desk, account, limits) as receiver:
        slow = [receiver.connect() for _ in range(40)]
        for connection in slow:
            try:
                connection.sendall(start.encode())
            except OSError:
                continue  # it has had to make room
        for n in range(5):
            push_until_taken(receiver, items(n, 1))
        for connection in slow:
            connection.close()
    assert stored(desk) == 5


def push_until_taken(receiver: Receiver, body: bytes) -> None:
    """As a gateway does."""
    for _ in range(200):
        try:
            if receiver.post(body)[0] == 200:
                return
        except (OSError, HTTPException):
            threading.Event().wait(0.05)
    pytest.fail("the push was never taken")


def test_a_flood_of_wrong_requests_is_cut_off_and_right_ones_are_not(desk: Desk, account: Account) -> None:
    with receiving(desk, account, Limits(wrong_of_one=5)) as receiver:

        def ask(n: int) -> int:
            try:
                return receiver.post(b"[]", "/push/guess")[0]
            except (OSError, HTTPException):
                return 0

        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(ask, range(100)))
            assert [receiver.post(items(n, 1))[0] for n in range(20)] == [200] * 20
        assert set(answers) == {0, 404}
        assert answers.count(0) > 0
    assert stored(desk) == 20


def test_wrong_requests_are_counted_by_the_second_for_each_and_for_all() -> None:
    door = Door(Limits(wrong_of_one=2, wrong_of_all=5))
    assert [door.is_too_much("a", 7.1) for _ in range(4)] == [False, False, True, True]
    assert [door.is_too_much("b", 7.2) for _ in range(2)] == [False, True]  # together it is enough
    assert not door.is_too_much("a", 8.0)


def test_the_receiver_ends_at_once_although_somebody_is_slow(desk: Desk, account: Account) -> None:
    with receiving(desk, account) as receiver:
        connections = [receiver.connect() for _ in SLOW]
        for connection, start in zip(connections, SLOW, strict=True):
            connection.sendall(start.encode())
        assert receiver.post(items(0, 1))[0] == 200
    for connection in connections:
        assert ended(connection) == b""


# -- starting, and testing itself


def test_a_port_in_use_is_tried_again(
    desk: Desk, account: Account, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(push_receiver, "_TRY_AGAIN_SECONDS", 0.05)
    stop, receiver = threading.Event(), Receiver()
    where = Where(port=practice.port, token=TOKEN)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(push_receiver.keep_serving, desk, account, where, stop, receiver.tell)
        try:
            while not any(isinstance(one, NotListening) for one in receiver.news):
                stop.wait(0.02)
            practice.stop()
            assert receiver.listens.wait(20)
            assert receiver.post(items(0, 1))[0] == 200
        finally:
            stop.set()


def test_a_new_token_is_another_one_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    first = push_receiver.kept_token(tmp_path / "data")
    assert push_receiver.kept_token(tmp_path / "data") == first
    second = push_receiver.new_token(tmp_path / "data")
    assert second != first
    assert len(second) > 40
    assert push_receiver.kept_token(tmp_path / "data") == second
    assert (tmp_path / "data" / "push-token").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("200 OK", "instead of OK"),
        ("301 Moved", "redirects"),
        ("403 Forbidden", "only some senders"),
        ("404 Not Found", "another program"),
        ("502 Bad Gateway", "does not reach"),
        ("503 Busy", "push again"),
        ("500 Oops", "HTTP 500"),
    ],
)
def test_the_test_says_what_an_answer_means(status: str, said: str) -> None:
    with raw_server() as server:
        server.answer(b"<html>", status)
        found = push_check.check(server.url)
    assert not found.is_ok
    assert said in found.words.en
    assert str(found.status) in (status[:3])
    assert server.came[0].body == b"[]"


def test_the_test_says_why_there_is_no_answer() -> None:
    with raw_server() as server:
        server.pieces = [b""]
        assert "broke" in push_check.check(server.url).words.en
        server.pause_s = 1.0
        assert "in time" in push_check.check(server.url, 0.2).words.en
    assert "nothing listens" in push_check.check(server.url).words.en


def test_a_public_address_is_that_of_the_proxy_with_the_path_behind_it() -> None:
    assert push_check.public_address("https://sms.example.com/", TOKEN) == f"https://sms.example.com{PATH}"
    assert push_check.public_address("http://[::1]:8080", TOKEN) == f"http://[::1]:8080{PATH}"
    for wrong in (
        "sms.example.com",
        "ftp://x",
        "https://",
        "https://x/push",
        "https://u:p@x",
        "https://x:99999",
        "[::",
    ):
        with pytest.raises(InputProblem, match="proxy"):
            push_check.public_address(wrong, TOKEN)
