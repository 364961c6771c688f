"""GSM 03.38: its characters, and where a text of them is cut."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsdesk.domain import gsm
from smsdesk.domain.text import segment_starts, segments

PLAIN = st.text(st.sampled_from(gsm.BASIC + gsm.EXTENSION), max_size=700)


def test_the_alphabet_has_127_characters_and_ten_behind_an_escape() -> None:
    assert len(set(gsm.BASIC)) == len(gsm.BASIC) == 127  # and the escape itself
    assert len(set(gsm.EXTENSION)) == len(gsm.EXTENSION) == 10
    assert not set(gsm.BASIC) & set(gsm.EXTENSION)
    assert {ord(c) for c in gsm.BASIC + gsm.EXTENSION if c.isascii()} == {*range(32, 127), 10, 12, 13} - {ord("`")}
    greek = [unicodedata.name(c) for c in gsm.BASIC if "GREEK" in unicodedata.name(c, "")]
    assert len(greek) == 10


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("@£ñ€" * 32, 1),  # 160 septets
        ("@£ñ€" * 32 + "a", 2),
        ("a" * 158 + "€", 1),
        ("a" * 159 + "€", 2),
        ("a" * 152 + "€" + "a" * 151, 2),  # 305 septets: one is left empty at the end of the first
        ("a" * 152 + "€" + "a" * 152, 3),  # 306 septets would be two segments if the pair could be cut
        ("a" * 151 + "€" + "a" * 153, 2),
        ("€" * 76 + "a" + "€" * 76, 2),  # 153 + 152
        ("€" * 153, 3),  # 306 septets, of which 152 fit into a segment
        ("a" * 70 + "`", 2),  # a grave accent is none of them
        ("a" * 70 + "，", 2),
        ("a" * 69 + "，", 1),
        ("【A】" + "a" * 68, 2),
    ],
)
def test_plain_text_counts_160_and_153_where_the_account_says_so(text: str, expected: int) -> None:
    assert segments(text, gsm7=True) == expected


def test_it_counts_70_where_the_account_does_not_say_so() -> None:
    assert (segments("a" * 71), segment_starts("a" * 71)) == (2, [67])


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("a" * 160, []),
        ("a" * 161, [153]),
        ("a" * 307, [153, 306]),
        ("a" * 152 + "€" + "a" * 20, [152]),
        ("a" * 151 + "€" + "a" * 20, [152]),
        ("，" + "a" * 80, [67]),
    ],
)
def test_no_escape_is_cut_from_its_character(text: str, starts: list[int]) -> None:
    assert segment_starts(text, gsm7=True) == starts


@given(PLAIN)
def test_no_segment_is_longer_than_it_may_be_and_none_could_take_more(text: str) -> None:
    starts = segment_starts(text, gsm7=True)
    assert segments(text, gsm7=True) == (len(starts) + 1 if text else 0)
    parts = [text[a:b] for a, b in zip([0, *starts], [*starts, len(text)], strict=True)]
    assert "".join(parts) == text
    if starts:
        assert all(gsm.septets(part) <= 153 for part in parts)
        assert all(gsm.septets(part + then[0]) > 153 for part, then in pairwise(parts))
    else:
        assert gsm.septets(text) <= 160


@given(PLAIN, st.text(min_size=1, max_size=5))
def test_a_longer_text_never_takes_fewer_segments(text: str, more: str) -> None:
    assert segments(text + more, gsm7=True) >= segments(text, gsm7=True)


def test_what_is_beyond_it_is_named_once_and_in_order() -> None:
    assert gsm.beyond("Hi，你你 ok`，") == "，你`"
