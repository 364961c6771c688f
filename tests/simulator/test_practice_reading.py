"""What clients of this protocol have been seen to send: the practice gateway reads it as real ones do."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from urllib.parse import quote, quote_plus, urlencode

import pytest
from practice_client import FORM, ask, fields_of, p2p, quiet, request, send

from smsdesk.simulator.server import Practice


def md5(text: str) -> str:
    return hashlib.md5(text.encode()).hexdigest()


@pytest.mark.parametrize("separator", ["#", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r", "\r\n"])
@pytest.mark.parametrize("last", [True, False])
def test_p2p_takes_each_separator_and_line_end(separator: str, line_end: str, last: bool) -> None:
    lines = line_end.join(f"1380000000{n}{separator}第{n}条" for n in range(3)) + line_end * last
    with Practice(settings=quiet()) as practice:
        assert p2p(practice, lines)["status"] == 0
        taken = [(message.mobile, message.content) for message in practice.gateway.ledger.accepted]
    assert taken == [(f"1380000000{n}", f"第{n}条") for n in range(3)]


def test_only_the_first_separator_of_a_line_counts() -> None:
    with Practice(settings=quiet()) as practice:
        p2p(practice, "13800000000#1#\t\n13800000001\ta#b")
        contents = [message.content for message in practice.gateway.ledger.accepted]
    assert contents == ["1#\t", "a#b"]


def test_p2p_takes_the_sample_of_the_document() -> None:
    with Practice(settings=quiet()) as practice:
        head = urlencode(fields_of(practice, "p2p", extno=practice.extno))
        body = f"{head}&mobileContentList=13800000000%23one%0d13800000001%23two%0d"
        assert len(json.loads(request(practice, body=body).body)["list"]) == 2


@pytest.mark.parametrize("path", ["/sms", "/sms/", "/api/v1/sms", "/api/sms/"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_any_path_that_ends_in_sms_is_served_by_get_and_post(method: str, path: str) -> None:
    with Practice(settings=quiet()) as practice:
        query = urlencode(fields_of(practice, "balance"))
        assert json.loads(request(practice, method, f"{path}?{query}").body)["status"] == 0


def test_other_paths_and_methods_are_not_served() -> None:
    with Practice(settings=quiet()) as practice:
        assert request(practice, path="/smsx").code == 404
        assert request(practice, "PUT").code == 405


def test_query_and_form_are_merged() -> None:
    with Practice(settings=quiet()) as practice:
        fields = fields_of(practice, "balance")
        query = urlencode({name: fields[name] for name in ("action", "rt")})
        body = urlencode({name: fields[name] for name in ("account", "password")})
        assert json.loads(request(practice, path=f"/sms?{query}", body=body).body)["status"] == 0


@pytest.mark.parametrize("content_type", [FORM, "text/plain", "application/json", "multipart/form-data"])
def test_the_content_type_is_ignored(content_type: str) -> None:
    with Practice(settings=quiet()) as practice:
        body = urlencode(fields_of(practice, "balance"))
        raw = request(practice, body=body, headers={"Content-Type": content_type})
    assert json.loads(raw.body)["status"] == 0


@pytest.mark.parametrize("encode", [quote, quote_plus])
def test_a_space_comes_as_plus_or_as_percent_20(encode: Callable[[str], str]) -> None:
    with Practice(settings=quiet()) as practice:
        fields = fields_of(practice, "send", mobile="13800000000", content="a b+c&d=e%20 你好😊", extno="10690000")
        request(practice, body="&".join(f"{name}={encode(value)}" for name, value in fields.items()))
        assert practice.gateway.ledger.accepted[0].content == "a b+c&d=e%20 你好😊"


def test_an_ampersand_that_was_not_encoded_cuts_the_content() -> None:
    with Practice(settings=quiet()) as practice:
        head = urlencode(fields_of(practice, "send", mobile="13800000000", extno="10690000"))
        request(practice, body=f"{head}&content=Tom&Jerry")
        assert practice.gateway.ledger.accepted[0].content == "Tom"


@pytest.mark.parametrize("case", [str.lower, str.upper])
def test_the_later_edition_takes_md5_in_any_hex_case(case: Callable[[str], str]) -> None:
    with Practice(settings=quiet()) as practice:
        secret, extno = practice.password, practice.extno
        mobiles = ["13800000000", "13800000001"]
        signed = secret + extno + "您好 a" + ",".join(mobiles)
        assert send(practice, mobiles, "您好 a", password=case(md5(signed)))["status"] == 0
        lines = "13800000000#一\r\n13800000001#二\r\n"
        signed = secret + extno + "13800000000#一13800000001#二"
        assert p2p(practice, lines, password=case(md5(signed)))["status"] == 0
        for action in ("balance", "report", "mo"):
            assert ask(practice, action, password=case(md5(secret)))["status"] == 0


def test_md5_may_have_been_taken_of_the_encoded_content() -> None:
    with Practice(settings=quiet()) as practice:
        for spelling in (quote("您好 a", safe=""), quote_plus("您好 a")):
            signed = practice.password + practice.extno + spelling + "13800000000"
            assert send(practice, ["13800000000"], "您好 a", password=md5(signed))["status"] == 0


def test_md5_of_the_bare_password_does_not_do_for_send() -> None:
    with Practice(settings=quiet()) as practice:
        assert send(practice, ["13800000000"], password=md5(practice.password))["status"] == 3
