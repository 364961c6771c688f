"""What goes out, field by field, and what comes in, whatever its shape (gateway.md)."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsdesk.domain.account import Account, LineEnd, PasswordForm, Secret, Separator
from smsdesk.domain.inbox import Balance, ChargeType, DayFigures, Receipt, Submitted
from smsdesk.domain.message import Delivery
from smsdesk.gateway import push, wire
from smsdesk.gateway.errors import AnswerLost, Refused

ACCOUNT = Account(name="练习", url="http://127.0.0.1/sms", login="user", extno="10690000")
SECRET = Secret("s3cret")


def encoded(answer: object) -> bytes:
    return json.dumps(answer, ensure_ascii=False).encode()


def md5(text: str) -> str:
    return hashlib.md5(text.encode()).hexdigest()


# -- out


def test_every_action_has_the_fields_of_the_document() -> None:
    known = {"account": "user", "password": "s3cret", "rt": "json"}
    assert wire.send_fields(ACCOUNT, SECRET, ["13800000001", "13800000002"], "您好") == {
        **known,
        "action": "send",
        "mobile": "13800000001,13800000002",
        "content": "您好",
        "extno": "10690000",
    }
    assert wire.p2p_fields(ACCOUNT, SECRET, [("13800000001", "甲"), ("13800000002", "乙")]) == {
        **known,
        "action": "p2p",
        "mobileContentList": "13800000001#甲\n13800000002#乙\n",
        "extno": "10690000",
    }
    assert wire.balance_fields(ACCOUNT, SECRET) == {**known, "action": "balance"}
    assert wire.report_fields(ACCOUNT, SECRET, 1000) == {**known, "action": "report", "size": "1000"}
    assert wire.mo_fields(ACCOUNT, SECRET, 1000) == {**known, "action": "mo", "size": "1000"}
    assert wire.statis_fields(ACCOUNT, SECRET, date(2021, 5, 1), date(2021, 5, 31)) == {
        **known,
        "action": "statis",
        "beginTime": "20210501",
        "endTime": "20210531",
    }


def test_numbers_from_abroad_go_out_as_digits_with_00() -> None:
    mobiles = ["13800000001", "+85261230000"]
    assert wire.send_fields(ACCOUNT, SECRET, mobiles, "1+1")["mobile"] == "13800000001,0085261230000"
    lines = wire.p2p_fields(ACCOUNT, SECRET, [(mobile, "1+1") for mobile in mobiles])["mobileContentList"]
    assert lines == "13800000001#1+1\n0085261230000#1+1\n"
    hashed = wire.send_fields(dataclasses.replace(ACCOUNT, password_form=PasswordForm.MD5), SECRET, mobiles, "甲")
    assert hashed["password"] == md5("s3cret" + "10690000" + "甲" + "13800000001,0085261230000")


@pytest.mark.parametrize(("asked", "report", "mo"), [(1, 10, 10), (5000, 5000, 1000), (99999, 10_000, 1_000)])
def test_sizes_stay_within_what_the_gateway_takes(asked: int, report: int, mo: int) -> None:
    assert wire.report_fields(ACCOUNT, SECRET, asked)["size"] == str(report)
    assert wire.mo_fields(ACCOUNT, SECRET, asked)["size"] == str(mo)


@pytest.mark.parametrize("separator", Separator)
@pytest.mark.parametrize("end", LineEnd)
def test_p2p_lines_are_written_as_the_account_says(separator: Separator, end: LineEnd) -> None:
    account = dataclasses.replace(ACCOUNT, separator=separator, line_end=end)
    body = wire.p2p_fields(account, SECRET, [("13800000001", "a#b\tc")])["mobileContentList"]
    assert body == {"hash": "13800000001#a#b\tc", "tab": "13800000001\ta#b\tc"}[separator] + end.characters


def test_md5_passwords_hash_what_the_later_edition_says_in_lower_case() -> None:
    account = dataclasses.replace(ACCOUNT, password_form=PasswordForm.MD5, line_end=LineEnd.CRLF)
    sent = wire.send_fields(account, SECRET, ["13800000001", "13800000002"], "您好 &")
    assert sent["password"] == md5("s3cret10690000您好 &13800000001,13800000002")
    lines = wire.p2p_fields(account, SECRET, [("13800000001", "甲"), ("13800000002", "乙")])
    assert lines["password"] == md5("s3cret1069000013800000001#甲13800000002#乙")
    others = (
        wire.balance_fields(account, SECRET),
        wire.report_fields(account, SECRET, 10),
        wire.mo_fields(account, SECRET, 10),
        wire.statis_fields(account, SECRET, date(2021, 5, 1), date(2021, 5, 1)),
    )
    assert {form["password"] for form in others} == {md5("s3cret")}


def test_a_form_does_not_show_its_password() -> None:
    form = wire.balance_fields(ACCOUNT, SECRET)
    assert form["password"] == "s3cret"
    assert "s3cret" not in f"{form} {form!r} {[form]}"


# -- status


@pytest.mark.parametrize("zero", ["0", 0, " 0 ", 0.0, "00"])
def test_every_zero_is_success(zero: object) -> None:
    assert wire.decode_balance(encoded({"status": zero, "balance": "12"})) == Balance(12, None)


@pytest.mark.parametrize("status", ["3", 3, " 3 "])
def test_another_status_refuses_the_whole_request(status: object) -> None:
    for decode in (wire.decode_submitted, wire.decode_balance, wire.decode_reports, wire.decode_replies):
        with pytest.raises(Refused) as caught:
            decode(encoded({"status": status, "list": []}))
        assert caught.value.status == 3


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"   ",
        b"OK",
        b"<html><body>502</body></html>",
        b'{"status":0,"balance":',
        b'"0"',
        b"0",
        b"null",
        b"[]",
        b"{}",
        b'{"balance":5}',
        b'{"status":null,"balance":5}',
        b'{"status":"","balance":5}',
        b'{"status":"ok","balance":5}',
        b'{"status":true,"balance":5}',
        b'{"status":0.5,"balance":5}',
        b'{"status":NaN,"balance":5}',
        b'{"status":Infinity,"balance":5}',
        b'{"status":[0],"balance":5}',
        b"[" * 100_000,
        b'{"status":' + b"9" * 10_000 + b"}",
        "网关".encode("gbk"),
    ],
)
def test_what_is_no_such_answer_leaves_everything_unknown_and_is_kept(body: bytes) -> None:
    for decode in (wire.decode_submitted, wire.decode_balance):
        with pytest.raises(AnswerLost) as caught:
            decode(body)
        assert caught.value.body == body


@given(st.binary(max_size=60))
def test_no_bytes_at_all_crash_the_reading(body: bytes) -> None:
    for decode in (
        wire.decode_submitted,
        wire.decode_balance,
        wire.decode_reports,
        wire.decode_statis,
        push.decode_push,
    ):
        with contextlib.suppress(AnswerLost, Refused):
            decode(body)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.sampled_from(["mid", "mobile", "result", "stat", "time"]), inner)
    ),
)


@given(st.fixed_dictionaries({"status": st.just(0), "list": _JSON, "balance": _JSON, "statisTIme": _JSON}))
def test_no_json_at_all_crashes_the_reading(answer: dict[str, Any]) -> None:
    body = json.dumps(answer).encode()
    for decode in (
        wire.decode_submitted,
        wire.decode_balance,
        wire.decode_reports,
        wire.decode_replies,
        wire.decode_statis,
    ):
        with contextlib.suppress(AnswerLost):
            decode(body)


def test_a_byte_order_mark_is_passed_over() -> None:
    assert wire.decode_balance(b"\xef\xbb\xbf" + encoded({"status": 0, "balance": 5})).balance_li == 5


# -- balance


@pytest.mark.parametrize(
    ("answer", "balance"),
    [
        ({"balance": "-1500", "chargeType": "POSTCHARGE"}, Balance(-1500, ChargeType.POSTCHARGE)),
        ({"balance": 98, "chargeType": " precharge "}, Balance(98, ChargeType.PRECHARGE)),
        ({"balance": 98, "chargeType": "OTHER"}, Balance(98, None)),
        ({"balance": 98, "chargeType": None}, Balance(98, None)),
    ],
)
def test_a_balance_is_read_with_its_charge_type(answer: dict[str, object], balance: Balance) -> None:
    assert wire.decode_balance(encoded({"status": 0, **answer})) == balance


@pytest.mark.parametrize("balance", [None, "", "1.5", 1.5, "much", 2**63, -(2**63) - 1])
def test_a_balance_that_is_no_whole_number_is_none(balance: object) -> None:
    with pytest.raises(AnswerLost):
        wire.decode_balance(encoded({"status": 0, "balance": balance}))
    assert wire.decode_submitted(encoded({"status": 0, "balance": balance})).balance_li is None


# -- receipts


def test_receipts_are_read_in_the_gateways_order() -> None:
    body = encoded(
        {
            "status": "0",
            "balance": 100,
            "list": [
                {"mid": "00000000000000ab", "mobile": "13800000002", "result": "0"},
                {"mid": None, "mobile": 13800000001, "result": " 10 "},
                {"mobile": "+8613800000003", "result": 0},
            ],
        }
    )
    assert wire.decode_submitted(body) == Submitted(
        100,
        (
            Receipt("13800000002", "00000000000000AB", 0),
            Receipt("13800000001", "", 10),
            Receipt("13800000003", "", 0),
        ),
    )


@pytest.mark.parametrize("spelled", ["+{}", "00{}", "{}", "+00{}"])
@pytest.mark.parametrize("digits", ["85261230000", "6581230000", "447911120000", "12125550100", "14155550100"])
def test_a_receipt_of_a_number_from_abroad_is_that_numbers_in_every_spelling(digits: str, spelled: str) -> None:
    """Some have eleven digits as mainland numbers have, and that of California begins like one."""
    home = {"mid": "A", "mobile": "13800000001", "result": 0}
    body = encoded({"status": 0, "list": [home, {"mid": "B", "mobile": spelled.format(digits), "result": 0}]})
    sent = ["13800000001", f"+{digits}"]
    assert wire.decode_submitted(body, sent).receipts == (Receipt(sent[0], "A", 0), Receipt(sent[1], "B", 0))


def test_a_receipt_is_the_mainland_numbers_where_both_were_sent_to() -> None:
    body = encoded({"status": 0, "list": [{"mid": "A", "mobile": "14155550100", "result": 0}]})
    both = ["+14155550100", "14155550100"]
    assert wire.decode_submitted(body, both).receipts == (Receipt("14155550100", "A", 0),)


@pytest.mark.parametrize("answer", [{"list": None}, {}, {"list": []}, {"list": ""}, {"list": 0}])
def test_null_no_list_and_an_empty_one_are_nothing(answer: dict[str, object]) -> None:
    body = encoded({"status": 0, "balance": 1, **answer})
    assert wire.decode_submitted(body).receipts == ()
    assert wire.decode_reports(body) == []
    assert wire.decode_replies(body) == []
    assert wire.decode_statis(body) == []


def test_a_receipt_that_cannot_be_read_does_not_touch_the_others() -> None:
    good = {"mid": "A", "mobile": "13800000001", "result": 0}
    bad: list[object] = [
        None,
        "x",
        7,
        [],
        {},
        {"mobile": "13800000002"},
        {"mobile": "13800000002", "result": ""},
        {"mobile": "13800000002", "result": "ok"},
        {"mobile": "13800000002", "result": True},
        {"mobile": "13800000002", "result": 2**31},
    ]
    assert wire.decode_submitted(encoded({"status": 0, "list": [*bad, good]})).receipts == (
        Receipt("13800000001", "A", 0),
    )


# -- reports and replies

REPORT = {
    "flag": 1,
    "mid": "00000000000000ab",
    "spid": "x",
    "accessCode": "10690000",
    "mobile": "13800000001",
    "stat": "DELIVRD",
    "time": "2021-06-01 07:30:00",
}


def reports(*items: object) -> list[Any]:
    return wire.decode_reports(encoded({"status": 0, "balance": 1, "list": items}))


def test_a_report_is_read_whole() -> None:
    (report,) = reports(REPORT)
    assert report.mid == "00000000000000AB"
    assert report.mobile == "13800000001"
    assert (report.stat, report.delivery) == ("DELIVRD", Delivery.DELIVERED)
    assert report.access_code == "10690000"
    assert report.reported_at == datetime(2021, 5, 31, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("stat", "shown", "delivery"),
    [
        ("DELIVRD ", "DELIVRD", Delivery.DELIVERED),
        ("delivrd", "delivrd", Delivery.DELIVERED),
        ("ACCEPTD", "ACCEPTD", Delivery.UNDERWAY),
        ("MA:0001 ", "MA:0001", Delivery.FAILED),
        ("MA:00022", "MA:00022", Delivery.FAILED),
        ("CB:0010", "CB:0010", Delivery.FAILED),
        (17, "17", Delivery.FAILED),
        ("", "", Delivery.NONE),
        (None, "", Delivery.NONE),
    ],
)
def test_a_stat_is_shown_as_it_came_and_means_what_it_means(stat: object, shown: str, delivery: Delivery) -> None:
    (report,) = reports({**REPORT, "stat": stat})
    assert (report.stat, report.delivery) == (shown, delivery)


def test_one_item_that_cannot_be_read_does_not_cost_the_others() -> None:
    odd = {"mid": {"a": 1}, "mobile": 13800000002, "stat": ["x"], "time": "0001-01-01 00:00:00", "accessCode": None}
    found = reports(None, 5, "x", [], {}, {"stat": "DELIVRD"}, odd, REPORT)
    assert [report.mobile for report in found] == ["13800000002", "13800000001"]
    assert found[0].reported_at is None


def test_items_of_which_none_can_be_read_are_not_taken_for_nothing() -> None:
    lists: list[object] = [[5], [{}], [{"a": 1}], {"a": 1}]
    for items in lists:
        body = encoded({"status": 0, "list": items})
        with pytest.raises(AnswerLost) as caught:
            wire.decode_reports(body)
        assert caught.value.body == body


def test_what_could_not_be_read_is_told_beside_what_could() -> None:
    found = wire.decode_reports(encoded({"status": 0, "list": [REPORT, 5, {"mid": "9" * 5000}]}))
    assert len(found) == 1
    assert found.problem is not None
    assert "2 of 3 items" in found.problem.en
    assert wire.decode_reports(encoded({"status": 0, "list": [REPORT]})).problem is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: whole[:-30],  # cut short
        lambda whole: whole.replace(b'"mid"', b'"mid', 1),  # an item that is no JSON
    ],
    ids=["cut", "garbled"],
)
def test_of_an_answer_that_is_damaged_the_whole_items_are_taken(damage: Callable[[bytes], bytes]) -> None:
    content = 'a {brace} and "quote" \\'
    whole = encoded({"status": 0, "list": [{**REPLY, "content": content}] * 3})
    answers = wire.decode_replies(damage(whole))
    assert [one.content for one in answers] == [content] * 2
    assert answers.problem is not None


def test_a_list_that_is_one_object_is_that_item() -> None:
    assert len(wire.decode_reports(encoded({"status": 0, "list": REPORT}))) == 1


@pytest.mark.parametrize("mid", ["1234567890123456789", "18446744073709551616", "123456789012345678901234567890"])
@pytest.mark.parametrize("gap", ["", " ", "\n  "])
def test_a_mid_that_is_a_long_number_keeps_every_digit(mid: str, gap: str) -> None:
    body = f'{{"status":0,"list":[{{"mid":{gap}{mid},"mobile":"13800000000","stat":"DELIVRD"}}]}}'
    assert wire.decode_reports(body.encode())[0].mid == mid


@pytest.mark.parametrize(
    "answer",
    [
        lambda items: {"status": 0, "list": json.dumps(items)},
        lambda items: {"status": 0, "list": [], "data": {"items": items}},
        lambda items: {"status": 0, "reports": items},
        lambda items: {"status": 3, "list": items},
        lambda items: {"list": items},
    ],
    ids=["a text of JSON", "nested", "another name", "refused and yet there", "without a status"],
)
def test_items_are_taken_from_wherever_they_stand_since_nobody_hands_them_out_again(answer: Any) -> None:
    items = [{"mid": "A1", "mobile": "13800000001", "stat": "DELIVRD"}, {"mid": "A2", "mobile": "13800000002"}]
    assert [one.mid for one in wire.decode_reports(encoded(answer(items)))] == ["A1", "A2"]
    reports, replies = push.decode_push(encoded(answer([item | {"flag": 1} for item in items])))
    assert ([one.mid for one in reports], list(replies)) == (["A1", "A2"], [])


@pytest.mark.parametrize("odd", ["13800000001,DELIVRD", 7, {"1": "DELIVRD"}])
def test_a_list_that_is_none_is_not_taken_for_nothing(odd: object) -> None:
    with pytest.raises(AnswerLost):
        wire.decode_reports(encoded({"status": 0, "list": odd}))


def test_a_bare_array_of_reports_is_taken() -> None:
    assert len(wire.decode_reports(encoded([REPORT]))) == 1


@pytest.mark.parametrize("prefix", ["86", "+86", "0086"])
def test_a_country_code_that_the_gateway_puts_in_front_is_taken_off(prefix: str) -> None:
    (report,) = reports({**REPORT, "mobile": f"{prefix}13800000001"})
    assert report.mobile == "13800000001"


REPLY = {
    "flag": 0,
    "mid": "0c",
    "spid": "x",
    "accessCode": "1069000001",
    "mobile": "13800000001",
    "content": " 收到 😊 ",
    "time": "2021-06-01 07:30:00",
}


def replies(*items: object) -> list[Any]:
    return wire.decode_replies(encoded({"status": 0, "list": items}))


@pytest.mark.parametrize("spelled", ["+85261230000", "0085261230000", "85261230000"])
def test_a_report_names_a_number_from_abroad_with_its_country(spelled: str) -> None:
    assert wire.report_of({"mobile": spelled, "mid": "A", "stat": "DELIVRD"}).mobile == "+85261230000"


@pytest.mark.parametrize(
    "other", ["10690000", "95588", "01062345678", "12345", "106900001234567", "", "anonymous", "+"]
)
def test_what_is_no_mobile_number_stays_as_the_gateway_wrote_it(other: str) -> None:
    assert wire.reply_of({"mobile": other, "content": "TD"}).mobile == other


def test_a_reply_is_read_whole_with_its_blanks() -> None:
    (reply,) = replies(REPLY)
    assert (reply.mid, reply.mobile, reply.content) == ("0C", "13800000001", " 收到 😊 ")
    assert reply.access_code == "1069000001"
    assert reply.received_at == datetime(2021, 5, 31, 23, 30, tzinfo=UTC)


def test_the_sample_with_flag_1_and_stat_is_a_reply() -> None:
    odd = {key: value for key, value in REPLY.items() if key != "content"}
    (reply,) = replies({**odd, "flag": 1, "stat": "TD"})
    assert reply.content == "TD"


@pytest.mark.parametrize(("content", "text"), [("", ""), (0, "0"), (None, "")])
def test_an_odd_content_is_a_text(content: object, text: str) -> None:
    assert replies({**REPLY, "content": content})[0].content == text


def test_half_an_emoji_and_a_zero_byte_become_what_both_databases_take() -> None:
    body = b'{"status":0,"list":[{"mobile":"13800000001","mid":"a\\u0000","content":"\\ud83d \\u0000 \\ud83d\\ude00"}]}'
    (reply,) = wire.decode_replies(body)
    assert reply.content == "\ufffd \ufffd 😀"
    assert reply.mid == "A\ufffd"


def test_a_bare_line_break_and_a_cut_character_do_not_cost_the_whole_answer() -> None:
    body = '{"status":0,"list":[{"mobile":"13800000001","content":"一\n二\t三'.encode() + b"\xe4\xbd" + b'"}]}'
    (reply,) = wire.decode_replies(body)
    assert reply.content == "一\n二\t三\ufffd"


# -- statis


def test_daily_figures_are_read_under_the_documents_spelling_and_the_right_one() -> None:
    row = {"total": 200, "success": "150", "unknown": 40, "fail": 10, "successRate": 75.5}
    body = encoded({"status": 0, "list": [{"statisTIme": "20210601", **row}, {"statisTime": "2021-06-02", **row}]})
    assert wire.decode_statis(body) == [
        DayFigures(date(2021, 6, 1), 200, 150, 40, 10, 75.5),
        DayFigures(date(2021, 6, 2), 200, 150, 40, 10, 75.5),
    ]


@pytest.mark.parametrize(
    ("rate", "percent"),
    [
        ("99.5%", 99.5),
        (" 99.5 ", 99.5),
        (5e-05, 5e-05),
        (None, 0.0),
        ("1.2.3", 0.0),
        (".", 0.0),
        ("nan", 0.0),
        (-1, 0.0),
    ],
)
def test_a_success_rate_is_a_percentage_or_none(rate: object, percent: float) -> None:
    (figures,) = wire.decode_statis(encoded({"status": 0, "list": [{"statisTIme": "20210601", "successRate": rate}]}))
    assert figures.success_percent == percent


def test_a_day_that_cannot_be_read_is_left_out() -> None:
    rows: list[object] = [None, {}, {"statisTIme": "20211301"}, {"statisTIme": "20210601"}]
    assert [one.day for one in wire.decode_statis(encoded({"status": 0, "list": rows}))] == [date(2021, 6, 1)]


# -- push


@pytest.mark.parametrize("wrap", [lambda items: items, lambda items: {"list": items}])
def test_a_push_mixes_reports_and_replies(wrap: Any) -> None:
    found, answers = push.decode_push(encoded(wrap([REPORT, REPLY, {**REPORT, "flag": "1"}, {**REPLY, "flag": " 0 "}])))
    assert [one.stat for one in found] == ["DELIVRD", "DELIVRD"]
    assert [one.content for one in answers] == [" 收到 😊 ", " 收到 😊 "]


def test_a_push_of_one_object_is_that_item() -> None:
    found, answers = push.decode_push(encoded(REPORT))
    assert (len(found), len(answers)) == (1, 0)


def test_a_pushed_item_without_a_flag_is_told_by_what_it_carries() -> None:
    bare = [{k: v for k, v in item.items() if k != "flag"} for item in (REPORT, REPLY)]
    found, answers = push.decode_push(encoded(bare))
    assert (len(found), len(answers)) == (1, 1)


def test_an_empty_push_brings_nothing() -> None:
    assert push.decode_push(b"[]") == ([], [])
    assert push.decode_push(b'{"list":[]}') == ([], [])


@pytest.mark.parametrize("body", [b"", b"hello", b"7", b"null", b"{}", b'{"status":0}', b"[1,2]"])
def test_a_push_that_cannot_be_read_is_not_taken_for_nothing(body: bytes) -> None:
    with pytest.raises(AnswerLost) as caught:
        push.decode_push(body)
    assert caught.value.body == body
