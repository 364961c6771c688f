"""The client over real sockets: what each way to fail leaves known (gateway.md, 'What is known after a failure')."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import logging
import socket
import ssl
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import FrameType, TracebackType
from urllib.parse import quote, quote_plus

import pytest
from conftest import account_at
from raw_server import RawServer, raw_server

from smsdesk.domain.account import Account, LineEnd, PasswordForm, Secret, Separator
from smsdesk.domain.errors import GatewayProblem
from smsdesk.domain.inbox import ChargeType
from smsdesk.gateway import wire
from smsdesk.gateway.client import MOST_BYTES, GatewayClient
from smsdesk.gateway.errors import AnswerLost, NotSent, Refused
from smsdesk.gateway.patience import Patience
from smsdesk.simulator.model import Edition
from smsdesk.simulator.server import Practice

SHORT = Patience(connect=0.5, silence=0.4, whole=0.8)
PASSWORD = "p4ss&wörd=密%+#"
ACCOUNT = Account(name="练习", url="http://127.0.0.1:9/sms", login="user", extno="10690000")
TRICKY = "【商城】A&B=50%+税 #1\t“你好” 😊👨‍👩‍👧 \\ ; ? / 结束"


@pytest.fixture
def raw() -> Iterator[RawServer]:
    with raw_server() as server:
        yield server


def client_of(practice: Practice, **more: object) -> GatewayClient:
    return GatewayClient(account_at(practice, **more), Secret(practice.password), SHORT)


def client_at(url: str, patience: Patience = SHORT) -> GatewayClient:
    return GatewayClient(dataclasses.replace(ACCOUNT, url=url), Secret(PASSWORD), patience)


def accepted(practice: Practice) -> list[tuple[str, str]]:
    return [(one.mobile, one.content) for one in practice.gateway.ledger.accepted]


# -- what goes out


def test_the_request_is_a_form_post_with_nothing_in_its_address(raw: RawServer) -> None:
    raw.answer(b'{"status":"0","balance":1,"list":[]}')
    with client_at(raw.url) as client:
        client.send(["13800000001", "13800000002"], TRICKY)
    (came,) = raw.came
    assert came.line == "POST /sms HTTP/1.1"
    assert came.headers["content-type"] == "application/x-www-form-urlencoded"
    assert came.form == {
        "action": "send",
        "account": "user",
        "password": PASSWORD,
        "rt": "json",
        "mobile": "13800000001,13800000002",
        "content": TRICKY,
        "extno": "10690000",
    }
    assert came.body.isascii()


def test_an_address_with_a_path_and_a_query_is_used_as_it_stands(raw: RawServer) -> None:
    raw.answer(b'{"status":"0","balance":1}')
    with client_at(raw.url.replace("/sms", "/api/v2/sms?v=2")) as client:
        client.balance()
    assert raw.came[0].line == "POST /api/v2/sms?v=2 HTTP/1.1"


@pytest.mark.parametrize(
    ("edition", "form"),
    [
        (Edition.FIRST, PasswordForm.PLAIN),
        (Edition.SECOND, PasswordForm.PLAIN),
        (Edition.SECOND, PasswordForm.MD5),  # the first edition knows none
    ],
)
def test_a_content_arrives_to_the_byte(practice: Practice, edition: Edition, form: PasswordForm) -> None:
    practice.gateway.settings.edition = edition
    with client_of(practice, password_form=form) as client:
        client.send(["13800000001"], TRICKY + "\n第二行")
        client.p2p([("13800000002", TRICKY), ("13800000003", "##a#b")])
    assert accepted(practice) == [
        ("13800000001", TRICKY + "\n第二行"),
        ("13800000002", TRICKY),
        ("13800000003", "##a#b"),
    ]


@pytest.mark.parametrize("separator", Separator)
@pytest.mark.parametrize("end", LineEnd)
def test_p2p_arrives_in_every_spelling(practice: Practice, separator: Separator, end: LineEnd) -> None:
    lines = [("13800000001", "甲#\t1"), ("13800000002", "乙&2")]
    for form in PasswordForm:
        with client_of(practice, separator=separator, line_end=end, password_form=form) as client:
            assert [one.result for one in client.p2p(lines).receipts] == [0, 0]
    assert accepted(practice) == lines * 2


@pytest.mark.parametrize("edition", Edition)
def test_every_action_is_understood_in_both_editions(practice: Practice, edition: Edition) -> None:
    practice.gateway.settings.edition = edition
    with client_of(practice) as client:
        balance = client.balance()
        assert balance.charge_type is ChargeType.PRECHARGE
        submitted = client.send(["13800000001", "13800009999"], "您好")
        assert [one.result for one in submitted.receipts] == [0, 0]
        assert submitted.balance_li == balance.balance_li - 100
        found = wire.decode_reports(client.report(1000))
        assert {one.mid for one in found} == {one.mid for one in submitted.receipts}
        assert [one.content for one in wire.decode_replies(client.mo(1000))] == ["TD"]
        assert wire.decode_reports(client.report(1000)) == []
        assert wire.decode_replies(client.mo(1000)) == []


def test_the_gateways_daily_figures_are_read(practice: Practice) -> None:
    today = (dt.datetime.now(dt.UTC) + dt.timedelta(hours=8)).date()
    with client_of(practice) as client:
        client.send(["13800000001", "13800000005"], "您好")
        (figures,) = [one for one in client.statis(today, today) if one.day == today]
    assert figures.total == 2


def test_a_gateway_without_daily_figures_refuses_them(practice: Practice) -> None:
    practice.gateway.settings.edition = Edition.FIRST
    with client_of(practice) as client, pytest.raises(Refused):
        client.statis(dt.date(2021, 6, 1), dt.date(2021, 6, 1))


# -- answers that are labelled wrongly, or odd


@pytest.mark.parametrize("label", ["text/html", "text/plain;charset=gbk", "application/json", "image/png"])
def test_the_label_of_an_answer_is_ignored(raw: RawServer, label: str) -> None:
    raw.answer(b'\xef\xbb\xbf{"status": " 0 ", "balance": "7"}', Content_Type=label)
    with client_at(raw.url) as client:
        assert client.balance().balance_li == 7


def test_html_labelled_as_json_is_an_answer_that_is_lost(raw: RawServer) -> None:
    raw.answer(b"<html>busy</html>", Content_Type="application/json")
    with client_at(raw.url) as client, pytest.raises(AnswerLost, match="cannot be read"):
        client.send(["13800000001"], "您好")


# -- certainly not sent


def sending(client: GatewayClient) -> GatewayProblem:
    with client, pytest.raises(GatewayProblem) as caught:
        client.send(["13800000001"], "您好")
    return caught.value


def test_a_refused_connection_is_not_sent(practice: Practice) -> None:
    practice.faults.add("refuse")
    problem = sending(client_of(practice))
    assert type(problem) is NotSent
    assert "connection refused" in problem.words.en
    assert f"127.0.0.1:{practice.port}" in problem.words.zh
    assert "没有发出任何消息" in problem.words.zh


@pytest.mark.parametrize("host", ["no-such-host.invalid", "a..b", "x" * 64, "xn--"])
def test_a_host_that_is_not_there_is_not_sent(host: str) -> None:
    problem = sending(client_at(f"http://{host}/sms", Patience(connect=3, silence=3, whole=3)))
    assert type(problem) is NotSent
    assert "nothing was sent" in problem.words.en


@pytest.mark.skipif(sys.platform != "linux", reason="how a full queue of connections behaves differs by system")
def test_a_connection_that_is_never_made_is_not_sent() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as server:
        address = server.getsockname()
        waiting = [socket.socket() for _ in range(4)]
        try:
            for one in waiting:
                one.setblocking(False)
                one.connect_ex(address)
            problem = sending(client_at(f"http://127.0.0.1:{address[1]}/sms"))
        finally:
            for one in waiting:
                one.close()
    assert type(problem) is NotSent
    assert "timed out" in problem.words.en


def self_signed(folder: Path) -> ssl.SSLContext:
    x509 = pytest.importorskip("cryptography.x509")
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415 - optional
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = folder / "server.pem"
    pem.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(tmp_path: Path) -> None:
    with raw_server(self_signed(tmp_path)) as server:
        server.answer(b'{"status":0,"balance":1,"list":[]}')
        problem = sending(client_at(server.url))
        assert server.came == []
    assert type(problem) is NotSent
    assert "certificate could not be verified" in problem.words.en
    assert "安全证书无法验证" in problem.words.zh


def test_a_proxy_that_lets_nothing_through_is_not_sent(raw: RawServer, monkeypatch: pytest.MonkeyPatch) -> None:
    raw.answer(b"", "403 Forbidden")
    monkeypatch.setenv("HTTPS_PROXY", raw.url.removesuffix("/sms"))
    problem = sending(client_at("https://sms.example.com/sms"))
    assert type(problem) is NotSent
    assert "the proxy does not let it through" in problem.words.en
    assert [one.line for one in raw.came] == ["CONNECT sms.example.com:443 HTTP/1.1"]


def test_a_refusal_is_told_apart_by_its_status(practice: Practice) -> None:
    for status in (1, 2, 3, 4, 5, 6, 7, 21, 100, 102, 999):
        practice.faults.add("status", code=status, times=1)
        problem = sending(client_of(practice))
        assert isinstance(problem, Refused)
        assert problem.status == status
    assert accepted(practice) == []


def test_a_wrong_password_says_where_to_enter_it_again(practice: Practice) -> None:
    problem = sending(GatewayClient(account_at(practice), Secret("wrong"), SHORT))
    assert isinstance(problem, Refused)
    assert "Enter account and password again" in problem.words.en


# -- unknown


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"kind": "drop_before"}, "cut short"),
        ({"kind": "drop_after"}, "cut short"),
        ({"kind": "half"}, "cut short"),
        ({"kind": "html", "done": True}, "HTTP error 502"),
        ({"kind": "http", "code": 404}, "HTTP error 404"),
        ({"kind": "http", "code": 500, "done": True}, "HTTP error 500"),
        ({"kind": "http", "code": 302}, "HTTP error 302"),
        ({"kind": "not_json", "done": True}, "cannot be read"),
        ({"kind": "hang", "done": True}, "took too long"),
        ({"kind": "hang"}, "took too long"),
        ({"kind": "huge"}, "over 32 MB"),
    ],
    ids=lambda value: "-".join(map(str, value.values())) if isinstance(value, dict) else "",
)
def test_an_answer_that_is_lost_leaves_everything_unknown(
    practice: Practice, fault: dict[str, object], said: str
) -> None:
    practice.faults.add(**fault)  # type: ignore[arg-type]
    problem = sending(client_of(practice))
    assert type(problem) is AnswerLost
    assert said in problem.words.en
    assert "确定" in problem.words.zh or "看不懂" in problem.words.zh
    assert len(accepted(practice)) <= 1


def test_the_piece_of_an_answer_that_did_arrive_is_kept(practice: Practice) -> None:
    with client_of(practice) as client:
        client.send(["13800000001"], "您好")
        practice.faults.add("half", "report")
        with pytest.raises(AnswerLost) as caught:
            client.report(1000)
    assert caught.value.body.startswith(b'{"status":0')


def test_an_answer_that_drips_is_given_up_after_the_whole_time(raw: RawServer) -> None:
    raw.pieces = [b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n", *[b"{"] * 10]
    raw.pause_s = 0.1
    client = client_at(raw.url, Patience(connect=1, silence=0.5, whole=0.3))
    with client, pytest.raises(AnswerLost, match="took too long") as caught:
        client.report(10)
    assert set(caught.value.body) == {ord("{")}


def test_an_answer_of_32_mib_is_read_and_one_byte_more_is_not(raw: RawServer) -> None:
    answer = b'{"status":0,"balance":5}'
    raw.answer(answer + b" " * (MOST_BYTES - len(answer)))
    with client_at(raw.url, Patience()) as client:
        assert client.balance().balance_li == 5
        raw.answer(answer + b" " * (MOST_BYTES - len(answer) + 1))
        with pytest.raises(AnswerLost, match="over 32 MB"):
            client.balance()


def test_a_redirect_is_not_followed(raw: RawServer) -> None:
    with raw_server() as other:
        other.answer(b'{"status":0,"balance":5,"list":[]}')
        raw.answer(b"", "307 Temporary Redirect", Location=other.url)
        problem = sending(client_at(raw.url))
        assert other.came == []
    assert type(problem) is AnswerLost


def test_what_is_no_http_at_all_leaves_everything_unknown(raw: RawServer) -> None:
    raw.pieces = [b"SSH-2.0-OpenSSH_9.0\r\n"]
    assert type(sending(client_at(raw.url))) is AnswerLost
    raw.pieces = []
    assert type(sending(client_at(raw.url))) is AnswerLost


def test_nothing_is_sent_a_second_time_by_itself(practice: Practice) -> None:
    switch = practice.faults.add("drop_before", "send")
    sending(client_of(practice))
    assert switch.seen == 1


def test_a_client_may_be_used_by_several_threads_at_once(practice: Practice) -> None:
    with client_of(practice) as client, ThreadPoolExecutor(8) as pool:
        sent = list(pool.map(lambda n: client.send([str(13800000000 + n)], "您好"), range(40)))
    assert all(one.receipts[0].result == 0 for one in sent)
    assert len(accepted(practice)) == 40


# -- the password


def spellings(password: str) -> set[str]:
    return {password, quote(password), quote(password, safe=""), quote_plus(password), json.dumps(password)[1:-1]}


def assert_hidden(text: str, password: str) -> None:
    for spelling in spellings(password):
        assert spelling not in text


def all_of(error: BaseException) -> Iterator[BaseException]:
    seen, todo = set[int](), [error]
    while todo:
        one = todo.pop()
        if id(one) not in seen:
            seen.add(id(one))
            yield one
            todo += [other for other in (one.__cause__, one.__context__) if other is not None]


def frames_of(trace: TracebackType | None) -> Iterator[FrameType]:
    while trace is not None:
        if trace.tb_frame.f_code.co_filename != __file__:
            yield trace.tb_frame
        trace = trace.tb_next


def assert_error_hides(error: BaseException, password: str) -> None:
    for one in all_of(error):
        assert_hidden(f"{one} {one!r} {one.args!r} {vars(one)!r}", password)
        for frame in frames_of(one.__traceback__):
            for value in frame.f_locals.values():
                assert_hidden(repr(value), password)


@pytest.mark.parametrize("kind", ["refuse", "drop_after", "half", "html", "not_json", "hang", "status", "huge"])
@pytest.mark.parametrize("form", PasswordForm)
def test_the_password_is_in_no_error(practice: Practice, kind: str, form: PasswordForm) -> None:
    practice.faults.add(kind)
    client = client_of(practice, password_form=form)
    with client, pytest.raises(GatewayProblem) as caught:
        client.send(["13800000001"], "您好")
    sent = wire.send_fields(client.account, Secret(practice.password), ["13800000001"], "您好")
    for password in (practice.password, sent["password"]):
        assert_error_hides(caught.value, password)


@pytest.mark.parametrize("url", ["http://a..b/sms", "https://127.0.0.1:9/sms", "http://no-such-host.invalid/sms"])
def test_the_password_is_in_no_error_of_an_address_that_cannot_be_reached(url: str) -> None:
    assert_error_hides(sending(client_at(url)), PASSWORD)


def test_a_text_that_cannot_be_written_is_not_sent_and_shows_no_password(raw: RawServer) -> None:
    with client_at(raw.url) as client, pytest.raises(NotSent) as caught:
        client.send(["13800000001"], "half an emoji: \ud83d")
    assert raw.came == []
    assert_error_hides(caught.value, PASSWORD)


def test_the_password_is_in_no_log_record_of_any_level(
    practice: Practice, caplog: pytest.LogCaptureFixture, raw: RawServer
) -> None:
    practice.gateway.accounts[practice.account].password = PASSWORD
    raw.answer(b"<html>")
    with caplog.at_level(logging.DEBUG):
        for name in ("httpx", "httpcore", "httpcore.http11", "httpcore.connection"):
            logging.getLogger(name).setLevel(logging.DEBUG)
        with GatewayClient(account_at(practice), Secret(PASSWORD), SHORT) as client:
            assert client.balance()
            client.send(["13800000001"], "您好")
            client.p2p([("13800000001", "您好")])
            client.report(10)
            client.mo(10)
        sending(client_at(raw.url))
    assert any(record.name.startswith("httpcore") for record in caplog.records)
    for record in caplog.records:
        assert_hidden(f"{record.getMessage()} {record.args!r} {record.exc_info!r}", PASSWORD)


def test_a_client_does_not_show_its_password() -> None:
    client = client_at("http://127.0.0.1/sms")
    assert_hidden(f"{client} {client!r} {vars(client)!r}", PASSWORD)
    client.close()
