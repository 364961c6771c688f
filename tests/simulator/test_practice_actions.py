"""Every action and every check, in both editions, over a socket."""

from __future__ import annotations

import json
import re
from urllib.parse import urlencode

import pytest
from practice_client import ask, fields_of, numbers, p2p, quiet, request, send

from smsdesk.simulator.model import Abroad, Account, ChargeType, Edition
from smsdesk.simulator.reading import china_day
from smsdesk.simulator.server import Practice

NOON = 1_700_000_000.0  # 2023-11-15 06:13:20 in China, still the 14th in UTC


def test_send_takes_each_number_with_a_mid_of_its_own() -> None:
    with Practice(settings=quiet()) as practice:
        answer = send(practice, numbers(3))
    assert answer["status"] == 0
    assert answer["balance"] == 1_000_000 - 3 * 50
    assert [(item["mobile"], item["result"]) for item in answer["list"]] == [(n, 0) for n in numbers(3)]
    mids = {item["mid"] for item in answer["list"]}
    assert len(mids) == 3
    assert all(re.fullmatch("[0-9A-F]{16}", mid) for mid in mids)


def test_p2p_takes_each_line_with_its_own_content() -> None:
    with Practice(settings=quiet()) as practice:
        answer = p2p(practice, "13800000001#一\n13800000002#二")
        taken = [(message.mobile, message.content) for message in practice.gateway.ledger.accepted]
    assert [item["result"] for item in answer["list"]] == [0, 0]
    assert taken == [("13800000001", "一"), ("13800000002", "二")]


def test_balance_tells_li_and_how_the_account_pays() -> None:
    account = Account(balance_li=-120, charge_type=ChargeType.POSTCHARGE)
    with Practice(account, settings=quiet()) as practice:
        assert ask(practice, "balance") == {"status": 0, "balance": -120, "chargeType": "POSTCHARGE"}


def test_a_report_has_the_shape_of_the_document() -> None:
    with Practice(settings=quiet(), clock=lambda: NOON) as practice:
        mid = send(practice, numbers(1))["list"][0]["mid"]
        answer = ask(practice, "report")
    assert answer["list"] == [
        {
            "flag": 1,
            "mid": mid,
            "spid": "",
            "accessCode": "10690000",
            "mobile": "13800000000",
            "stat": "DELIVRD",
            "time": "2023-11-15 06:13:20",
        }
    ]


def test_a_reply_has_the_shape_of_the_document_and_a_mid_of_its_own() -> None:
    with Practice(settings=quiet(), clock=lambda: NOON) as practice:
        mid = practice.reply("13800000000", "收到👌")
        answer = ask(practice, "mo")
    assert answer["status"] == 0
    assert answer["list"] == [
        {
            "flag": 0,
            "mid": mid,
            "spid": "",
            "accessCode": "10690000",
            "mobile": "13800000000",
            "content": "收到👌",
            "time": "2023-11-15 06:13:20",
        }
    ]


def test_mo_can_have_the_quirk_of_the_second_sample() -> None:
    with Practice(settings=quiet(mo_as_stat=True)) as practice:
        practice.reply("13800000000", "收到")
        item = ask(practice, "mo")["list"][0]
    assert (item["flag"], item["stat"]) == (1, "收到")
    assert "content" not in item


def test_reports_and_replies_are_handed_out_once() -> None:
    with Practice(settings=quiet()) as practice:
        send(practice, numbers(25))
        practice.reply("13800000000", "收到")
        first = ask(practice, "report", size="10")["list"]
        rest = ask(practice, "report")["list"]
        assert (len(first), len(rest)) == (10, 15)
        assert len({item["mid"] for item in first + rest}) == 25
        assert len(ask(practice, "mo")["list"]) == 1
        assert ask(practice, "report")["list"] == []
        assert ask(practice, "mo")["list"] == []
        handed = practice.gateway.ledger.handed_out
    assert [entry.by for entry in handed] == ["report"] * 25 + ["mo"]
    assert not any(entry.again for entry in handed)


@pytest.mark.parametrize(("size", "expected"), [("1", 10), ("11", 11), ("", 0), ("viele", 0)])
def test_the_later_edition_keeps_size_within_its_range(size: str, expected: int) -> None:
    with Practice(settings=quiet()) as practice:
        send(practice, numbers(20))
        answer = ask(practice, "report", size=size)
    assert len(answer.get("list", [])) == expected
    assert answer["status"] == (0 if expected else 1)


def test_no_size_means_a_thousand_and_mo_never_gives_more() -> None:
    with Practice(settings=quiet()) as practice:
        for mobile in numbers(1001):
            practice.gateway.reply(mobile, "好")
        assert len(ask(practice, "mo", size="10000")["list"]) == 1000
        send(practice, numbers(500))
        send(practice, numbers(500))
        send(practice, numbers(1))
        assert len(ask(practice, "report")["list"]) == 1000


# Editions


def test_the_first_edition_writes_status_as_text_in_some_answers() -> None:
    with Practice(settings=quiet(Edition.FIRST)) as practice:
        assert send(practice, numbers(1))["status"] == "0"
        assert p2p(practice, "13800000001#一")["status"] == "0"
        assert ask(practice, "balance")["status"] == "0"
        assert ask(practice, "report")["status"] == 0
        assert ask(practice, "mo")["status"] == 0


def test_the_first_edition_knows_no_statis_no_size_no_md5() -> None:
    with Practice(settings=quiet(Edition.FIRST)) as practice:
        assert ask(practice, "statis", beginTime="20231114", endTime="20231115")["status"] == "1"
        send(practice, numbers(20))
        assert len(ask(practice, "report", size="10")["list"]) == 20
        assert ask(practice, "balance", password="5f4dcc3b5aa765d61d8327deb882cf99")["status"] == "3"


def test_the_first_edition_takes_a_wrong_number_and_reports_it() -> None:
    with Practice(settings=quiet(Edition.FIRST)) as practice:
        assert send(practice, ["12345"])["list"][0]["result"] == 0
        assert ask(practice, "report")["list"][0]["stat"] == "MA:0005"


def test_the_later_edition_answers_compactly_and_labels_json_as_html() -> None:
    with Practice(settings=quiet()) as practice:
        raw = request(practice, body=urlencode(fields_of(practice, "balance")))
    assert raw.content_type == "text/html;charset=utf-8"
    assert raw.body == b'{"status":0,"balance":1000000,"chargeType":"PRECHARGE"}'


# STATUS


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"action": "sned"}, 1),
        ({"action": ""}, 1),
        ({"rt": "xml"}, 1),
        ({"rt": ""}, 1),
        ({"account": "nobody"}, 3),
        ({"password": "wrong"}, 3),
        ({"password": ""}, 3),
        ({"mobile": ""}, 8),
        ({"mobile": " , "}, 8),
        ({"content": ""}, 9),
        ({"action": "p2p", "mobileContentList": ""}, 12),
        ({"action": "p2p", "mobileContentList": "#text"}, 12),
        ({"action": "p2p", "mobileContentList": "13800000000#"}, 20),
        ({"action": "p2p", "mobileContentList": "13800000000 text"}, 1),
        ({"action": "statis", "beginTime": "20230101", "endTime": "20230201"}, 30),
        ({"action": "statis", "beginTime": "20230201", "endTime": "20230101"}, 30),
        ({"action": "statis", "beginTime": "20230230", "endTime": "20230301"}, 30),
        ({"action": "statis"}, 30),
    ],
)
def test_a_bad_request_is_refused_whole(fields: dict[str, str], status: int) -> None:
    usual = {"action": "send", "mobile": "13800000000", "content": "您好", "extno": "10690000"}
    with Practice(settings=quiet()) as practice:
        answer = ask(practice, **{**usual, **fields})
        ledger = practice.gateway.ledger
        assert answer == {"status": status}
        assert ledger.accepted == []
        assert ledger.refused_requests == {status: 1}


def test_the_first_edition_has_only_the_format_error_for_empty_fields() -> None:
    with Practice(settings=quiet(Edition.FIRST)) as practice:
        assert send(practice, [])["status"] == "1"
        assert p2p(practice, "")["status"] == "1"


def test_a_disabled_account_is_refused() -> None:
    with Practice(Account(disabled=True), settings=quiet()) as practice:
        assert ask(practice, "balance")["status"] == 7


@pytest.mark.parametrize("limit", [500, 200])
def test_more_numbers_than_the_account_may_send_at_once_are_refused_whole(limit: int) -> None:
    with Practice(Account(max_batch=limit), settings=quiet()) as practice:
        assert send(practice, numbers(limit + 1))["status"] == 102
        assert practice.gateway.ledger.accepted == []
        assert send(practice, numbers(limit))["status"] == 0
        assert p2p(practice, "\n".join(f"{number}#x" for number in numbers(limit + 1)))["status"] == 102


# RESULT


@pytest.mark.parametrize("extno", ["10691111", ""])
def test_a_wrong_access_number_refuses_each_number(extno: str) -> None:
    with Practice(settings=quiet()) as practice:
        answer = send(practice, numbers(2), extno=extno)
        refused = practice.gateway.ledger.refused
    assert answer["status"] == 0
    assert answer["balance"] == 1_000_000
    assert answer["list"] == [{"mid": "", "mobile": number, "result": 10} for number in numbers(2)]
    assert [(entry.mobile, entry.result) for entry in refused] == [(number, 10) for number in numbers(2)]


def test_an_account_paid_in_advance_is_refused_when_its_balance_is_used_up() -> None:
    with Practice(Account(balance_li=120), settings=quiet()) as practice:
        answer = send(practice, numbers(3))
    assert [item["result"] for item in answer["list"]] == [0, 0, 15]
    assert answer["balance"] == 20


def test_an_account_paid_later_goes_below_zero() -> None:
    account = Account(balance_li=120, charge_type=ChargeType.POSTCHARGE)
    with Practice(account, settings=quiet()) as practice:
        answer = send(practice, numbers(3))
    assert [item["result"] for item in answer["list"]] == [0, 0, 0]
    assert answer["balance"] == -30


@pytest.mark.parametrize(
    ("content", "result"),
    [
        ("【示例商城】您好", 0),
        ("您好【示例商城】", 0),
        ("您好", 17),
        ("【别的】您好", 17),
        ("见【示例商城】内", 17),
        ("示例商城：您好", 17),
    ],
)
def test_a_content_without_a_registered_signature_is_refused(content: str, result: int) -> None:
    with Practice(Account(signatures=frozenset({"示例商城"})), settings=quiet()) as practice:
        assert send(practice, numbers(1), content)["list"][0]["result"] == result


@pytest.mark.parametrize("edition", Edition)
@pytest.mark.parametrize("mobile", ["0085261230000", "+85261230000", "0014155550100"])
def test_a_number_abroad_is_taken_and_reported(edition: Edition, mobile: str) -> None:
    with Practice(settings=quiet(edition)) as practice:
        (item,) = send(practice, [mobile])["list"]
        assert (item["mobile"], item["result"]) == (mobile, 0)
        (report,) = ask(practice, "report")["list"]
    assert (report["mobile"], report["mid"], report["stat"]) == (mobile, item["mid"], "DELIVRD")


@pytest.mark.parametrize(
    ("way", "written"),
    [
        (Abroad.AS_SENT, "0085261230000"),
        (Abroad.PLUS, "+85261230000"),
        (Abroad.ZEROS, "0085261230000"),
        (Abroad.DIGITS, "85261230000"),
    ],
)
def test_answers_write_a_number_abroad_as_the_gateway_is_told_to(way: Abroad, written: str) -> None:
    with Practice(settings=quiet(abroad=way)) as practice:
        listed = send(practice, ["0085261230000", "13800000000"])["list"]
        reports = ask(practice, "report")["list"]
    assert [item["mobile"] for item in listed] == [item["mobile"] for item in reports] == [written, "13800000000"]


@pytest.mark.parametrize("mobile", ["12345", "12800000000", "138000000000", "+8613800000000", "1380000000a"])
def test_the_later_edition_refuses_a_number_that_is_none(mobile: str) -> None:
    with Practice(settings=quiet()) as practice:
        answer = send(practice, [mobile, "13800000000"])
    assert [item["result"] for item in answer["list"]] == [12, 0]
    assert answer["balance"] == 1_000_000 - 50


@pytest.mark.parametrize(
    ("content", "segments"),
    [("x" * 70, 1), ("x" * 71, 2), ("x" * 134, 2), ("x" * 135, 3), ("😊" * 35, 1), ("😊" * 36, 2)],
)
def test_segments_are_counted_in_utf_16_and_paid_one_by_one(content: str, segments: int) -> None:
    with Practice(settings=quiet()) as practice:
        assert send(practice, numbers(1), content)["balance"] == 1_000_000 - segments * 50
        assert practice.gateway.ledger.accepted[0].segments == segments


# Daily figures


def test_statis_gives_a_row_for_each_day_with_messages() -> None:
    now = [NOON]
    with Practice(settings=quiet(), clock=lambda: now[0]) as practice:
        practice.gateway.settings.specials = True
        send(practice, ["13800001234", "13800000001", "13800007777"])
        answer = ask(practice, "statis", beginTime="20231101", endTime="20231201")
    assert answer["status"] == 0
    assert answer["list"] == [
        {"statisTIme": "20231115", "total": 3, "success": 1, "unknown": 1, "fail": 1, "successRate": 33.33}
    ]


def test_statis_counts_a_message_as_unknown_until_its_report() -> None:
    now = [NOON]
    with Practice(settings=quiet(), clock=lambda: now[0]) as practice:
        practice.gateway.settings.speed = 1
        send(practice, numbers(1))
        assert ask(practice, "statis", beginTime="20231115", endTime="20231115")["list"][0]["unknown"] == 1
        now[0] += 60
        assert ask(practice, "statis", beginTime="20231115", endTime="20231115")["list"][0]["success"] == 1


def test_statis_can_be_asked_too_often() -> None:
    with Practice(settings=quiet(statis_interval_s=3600)) as practice:
        day = {"beginTime": "20231115", "endTime": "20231115"}
        assert [ask(practice, "statis", **day)["status"] for _ in range(2)] == [0, 31]


def test_a_day_begins_at_midnight_in_china() -> None:
    assert china_day(1_699_977_599) + 1 == china_day(1_699_977_600)  # 2023-11-14 16:00:00 UTC


def test_an_answer_is_json_whatever_a_client_sends() -> None:
    with Practice(settings=quiet()) as practice:
        raw = request(practice, body=b"\xff\xfe=%ff&&&=&action=%E4")
    assert json.loads(raw.body) == {"status": 1}
