from __future__ import annotations

import copy
import dataclasses
import pickle

import pytest

from smsdesk.domain.account import Account, LineEnd, Secret, Separator, check, normal_signature
from smsdesk.domain.errors import InputProblem

GOOD = Account(name="练习", url="http://sms.example.com:8080/sms", login="name", extno="10690000")


def problem_of(**values: object) -> str:
    with pytest.raises(InputProblem) as caught:
        check(dataclasses.replace(GOOD, **values))  # type: ignore[arg-type]
    assert caught.value.words.zh
    return caught.value.words.en


@pytest.mark.parametrize(
    "url",
    [
        "http://sms.example.com/sms",
        "https://sms.example.com/api/v2/sms",
        "HTTP://sms.example.com/sms/?",
        "http://10.0.0.1:8080/sms",
        "http://[::1]:8080/sms",
        "http://短信.example.com/sms?v=2",
    ],
)
def test_whole_addresses_are_taken(url: str) -> None:
    check(dataclasses.replace(GOOD, url=url))


@pytest.mark.parametrize(
    "url",
    [
        "",
        "sms.example.com/sms",
        "ftp://sms.example.com/sms",
        "http:///sms",
        "http://sms.example.com:99999/sms",
        "http://sms.example.com:port/sms",
        "http://sms example.com/sms",
        "http://sms..example.com/sms",
        f"http://{'a' * 64}.example.com/sms",
        "http://[::1/sms",
    ],
)
def test_an_address_that_nobody_can_reach_is_refused_with_an_example(url: str) -> None:
    assert "for example http://" in problem_of(url=url)


@pytest.mark.parametrize(
    "url",
    [
        "http://name:secret@sms.example.com/sms",
        "http://sms.example.com/sms?password=secret",
        "http://sms.example.com/sms?a=1&Account=x",
    ],
)
def test_a_password_in_the_address_is_refused(url: str) -> None:
    said = problem_of(url=url)
    assert "their own fields" in said
    assert "secret" not in said


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"name": " "}, "a name"),
        ({"login": ""}, "the gateway account"),
        ({"extno": ""}, "access number is digits"),
        ({"extno": "1069-01"}, "access number is digits"),
        ({"extno": "1" * 22}, "access number is digits"),
        ({"signature": "商城"}, "【Company】"),
        ({"signature": "【】"}, "【Company】"),
        ({"signature": "【甲【乙】】"}, "【Company】"),
        ({"signature": f"【{'长' * 31}】"}, "【Company】"),
        ({"batch": 0}, "'Numbers a request' must be from 1 to 500; it is 0."),
        ({"batch": 501}, "'Numbers a request' must be from 1 to 500; it is 501."),
        ({"connections": 0}, "'Requests at once' must be from 1 to 16; it is 0."),
        ({"connections": 17}, "'Requests at once' must be from 1 to 16; it is 17."),
        ({"rate": -1}, "'Messages a second' must be from 0"),
        ({"price_li": -1}, "'Price a segment (li)' must be from 0"),
    ],
)
def test_what_is_wrong_is_said(values: dict[str, object], said: str) -> None:
    assert said in problem_of(**values)


def test_the_limits_themselves_are_right() -> None:
    check(dataclasses.replace(GOOD, batch=500, connections=16, signature=f"【{'长' * 30}】", extno="10"))
    check(dataclasses.replace(GOOD, batch=1, connections=1))


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("", ""),
        ("  ", ""),
        ("商城", "【商城】"),
        ("【商城】", "【商城】"),
        ("[商城]", "【商城】"),
        (" 【 商城 】 ", "【商城】"),
    ],
)
def test_a_signature_has_one_form(typed: str, stored: str) -> None:
    assert normal_signature(typed) == stored


def test_plain_http_is_told_from_https() -> None:
    assert GOOD.is_plain_http
    assert dataclasses.replace(GOOD, url="HTTP://a/sms").is_plain_http
    assert not dataclasses.replace(GOOD, url="https://a/sms").is_plain_http


def test_separators_and_line_ends_are_the_characters_that_go_out() -> None:
    assert [one.character for one in Separator] == ["#", "\t"]
    assert [one.characters for one in LineEnd] == ["\n", "\r", "\r\n"]


def test_a_secret_shows_itself_to_nobody_who_does_not_ask() -> None:
    secret = Secret("hunter2")
    assert secret.reveal() == "hunter2"
    assert bool(secret)
    assert not Secret("")
    for shown in (repr(secret), str(secret), f"{secret}", f"{secret!r}", repr([secret]), repr({"a": secret})):
        assert "hunter2" not in shown
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    with pytest.raises(TypeError):
        copy.copy(secret)
