"""Point-to-point lines: number, separator, text."""

from __future__ import annotations

import pytest
from checks import processor_seconds
from hypothesis import given
from hypothesis import strategies as st

from smsdesk.domain.lines import (
    HAS_UNUSUAL_END,
    NO_CONTENT,
    NO_SEPARATOR,
    WORDS_BEFORE,
    ParsedLine,
    parse_line,
    parse_lines,
    shown_line,
    unquoted,
)
from smsdesk.domain.mobile import Reason, is_mobile


def one(text: str) -> ParsedLine:
    (line,) = parse_lines(text)
    return line


@pytest.mark.parametrize("separator", ["#", "\t", "＃"])
def test_a_number_and_a_text_stand_on_either_side_of_the_separator(separator: str) -> None:
    assert one(f"13800000000{separator}您好") == ParsedLine(1, "13800000000", "您好")


@pytest.mark.parametrize("content", ["a#b", "a\tb", "a＃b", "#", "  两边的空格  ", "100% & 1=1"])
def test_only_the_first_separator_counts_and_the_text_stays_as_it_is(content: str) -> None:
    assert one(f"13800000000#{content}").content == content


@pytest.mark.parametrize(
    "number", ["138 0000 0000", "+86 13800000000", "138-0000-0000", " １３８００００００００ ", "(138)00000000"]
)
def test_a_number_may_be_spelled_as_offices_do(number: str) -> None:
    assert one(f"{number}#您好").mobile == "13800000000"


def test_blank_lines_are_ignored_and_counted() -> None:
    assert [(line.number, line.content) for line in parse_lines("\n13800000000#一\n  \n\t\n13800000001#二\n")] == [
        (2, "一"),
        (5, "二"),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_ends_a_line(end: str) -> None:
    assert [line.number for line in parse_lines(end.join(["13800000000#一", "13800000001#二", ""]))] == [1, 2]


def test_other_breaks_of_unicode_belong_to_the_text() -> None:
    assert one("13800000000#a\u2028b\x0bc").content == "a\u2028b\x0bc"


def test_a_byte_order_mark_is_no_part_of_the_number() -> None:
    assert one("\ufeff13800000000#您好").problem is None


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("13800000000", NO_SEPARATOR),
        ("您好", NO_SEPARATOR),
        ("13800000000#", NO_CONTENT),
        ("13800000000# \u3000", NO_CONTENT),
        ("#您好", Reason.NO_NUMBER.words),
        ("1380000000#您好", Reason.TOO_SHORT.words),
        ("010-62345678#您好", Reason.LANDLINE.words),
        ("13800000000,13900000000#您好", Reason.SEVERAL.words),
        ("13800000000,您的楼栋 A#1 已到", WORDS_BEFORE),
        ("13800000000 见＃1 楼", WORDS_BEFORE),
        ("张三13800000000#您好", WORDS_BEFORE),
    ],
)
def test_a_wrong_line_says_what_is_wrong(line: str, problem: object) -> None:
    parsed = one(line)
    assert parsed.mobile is None
    assert parsed.problem == problem or (problem is Reason.SEVERAL.words and parsed.problem is not None)


def test_a_second_line_for_a_number_names_the_first() -> None:
    lines = parse_lines("13800000000#一\n13800000001#二\n138-0000-0000#三\n13800000000#四")
    assert [line.duplicate_of for line in lines] == [None, None, 1, 1]


@given(st.text(max_size=80))
def test_any_text_gives_lines_that_are_right_or_say_what_is_wrong(text: str) -> None:
    for line in parse_lines(text):
        assert (line.problem is None) == (line.mobile is not None)
        if line.mobile is not None:
            assert is_mobile(line.mobile)
            assert line.content.strip()


def test_a_hundred_thousand_lines_take_well_below_a_second() -> None:
    text = "\n".join(f"{13800000000 + n}#尊敬的会员{n}，您的取件码是 {n:06}。" for n in range(100_000))

    def seconds() -> float:
        begun = processor_seconds()
        assert len(parse_lines(text)) == 100_000
        return processor_seconds() - begun

    assert min(seconds(), seconds(), seconds()) < 0.8


def test_numbers_from_abroad_are_taken_where_they_are_allowed() -> None:
    text = "+852 6123 0000#您好\n00852-6123-0000\t再来\n13800000001#您好"
    assert [line.mobile for line in parse_lines(text, abroad=True)] == ["+85261230000", "+85261230000", "13800000001"]
    assert [line.problem for line in parse_lines(text)] == [Reason.FOREIGN.words, Reason.FOREIGN.words, None]


@pytest.mark.parametrize(("line", "at"), [("13800000000#a#b", 11), ("138 0000 0000\t您好", 13), ("13800000000", -1)])
def test_a_line_tells_where_its_number_ends(line: str, at: int) -> None:
    found = parse_line(line)
    assert found is not None
    assert found.at == at


@pytest.mark.parametrize("end", ["\v", "\f", "\x1c", "\x85", "\u2028", "\u2029"])
def test_a_line_end_that_an_editor_shows_otherwise_than_it_is_sent_is_wrong_there(end: str) -> None:
    found = shown_line(f"13800000000#a{end}b")
    assert found is not None
    assert (found.mobile, found.problem) == (None, HAS_UNUSUAL_END)
    assert shown_line("13800000000#a b") == parse_line("13800000000#a b")


@pytest.mark.parametrize(
    ("pasted", "lines", "joined"),
    [
        ("13800000000\t您好\r\n13800000001\t再见\r\n", "13800000000\t您好\n13800000001\t再见\n", 0),
        ('13800000000\t"第一行\r\n第二行"\r\n13800000001\t好', "13800000000\t第一行 第二行\n13800000001\t好", 1),
        ('13800000000\t"他说""好""\n再见"', '13800000000\t他说"好" 再见', 1),
        ('"13800000000#一\n二"\n13800000001#三', "13800000000#一 二\n13800000001#三", 1),
        ('13800000000\t"他说""好"""', '13800000000\t他说"好"', 0),
        ("13800000000#a\u2028b\vc", "13800000000#a b c", 2),
        ("13800000000#一\r13800000001#二", "13800000000#一\n13800000001#二", 0),
    ],
)
def test_what_spreadsheets_put_into_quotes_is_taken_out_of_them(pasted: str, lines: str, joined: int) -> None:
    assert unquoted(pasted) == (lines, joined)


@pytest.mark.parametrize(
    "pasted",
    [
        '13800000000\t"您好"',
        '13800000000#"您好"\n13800000001#"再见"',
        '13800000000\t"您好\n13800000001\t再见"',
        '13800000000\t5" 屏\n13800000001\t6" 屏',
        '13800000000\t"没有完',
        '13800000000#"第一\n13800000001#二"',
    ],
)
def test_other_quotes_stay_as_they_are(pasted: str) -> None:
    assert unquoted(pasted) == (pasted, 0)
