from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsdesk.domain.invisible import invisibles
from smsdesk.domain.text import utf16_units
from smsdesk.domain.words import Language


def cleaned(text: str) -> str:
    """What the editor makes of a text."""
    for found in reversed(list(invisibles(text))):
        text = text[: found.start] + found.instead + text[found.end :]
    return text


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("您好", "您好"),
        ("您\u200b好", "您好"),
        ("\ufeff您好", "您好"),
        ("a\u00a0b", "a b"),
        ("a\u2009b", "a b"),
        ("a\tb", "a b"),
        ("a\u3000b", "a\u3000b"),  # a full-width space is seen, and usual
        ("a\r\nb", "a\nb"),
        ("a\u2028b\rc", "a\nb\nc"),
        ("x\u0000y\u0007z", "xyz"),
        ("\u202eabc\u202c", "abc"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),  # one family
        ("❤\ufe0f\u200d🔥", "❤\ufe0f\u200d🔥"),
        ("字\u200d字", "字字"),
        ("http://e\u00adxample.com", "http://example.com"),
    ],
)
def test_what_nobody_sees_is_cleaned_and_what_is_seen_stays(text: str, clean: str) -> None:
    assert cleaned(text) == clean
    assert bool(list(invisibles(text))) == (text != clean)


@given(st.text())
def test_cleaning_once_is_enough_and_never_makes_a_text_longer(text: str) -> None:
    clean = cleaned(text)
    assert not [one for one in invisibles(clean) if one.instead]
    assert utf16_units(clean) <= utf16_units(text)


def test_each_is_named_with_its_place() -> None:
    found = list(invisibles("ab\u200b\u200bc\u00a0"))
    assert [(one.start, one.end) for one in found] == [(2, 4), (5, 6)]
    assert found[0].name.text(Language.ZH) == "看不见的字符"
    assert found[1].name.text(Language.EN) == "an unusual space"
