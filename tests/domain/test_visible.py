"""Texts that somebody else wrote, shown so that they can do nothing to what stands around them."""

from __future__ import annotations

import pytest

from smsdesk.domain.invisible import beside_others, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("你好 & <b>", "你好 & <b>"),
        ("a\u202egpj.exe", "a[U+202E]gpj.exe"),
        ("a\u2069\u2066b", "a[U+2069][U+2066]b"),
        ("a\0b\x1b[31m", "a␀b␛[31m"),
        ("one\r\ntwo\u2028three\rfour", "one\ntwo\nthree\nfour"),
        ("👨‍👩‍👧‍👦 👩🏽‍💻", "👨‍👩‍👧‍👦 👩🏽‍💻"),
        ("\u200fمرحبا", "\u200fمرحبا"),
        ("\x85\x9b", "\n[U+009B]"),
    ],
)
def test_what_would_turn_or_hide_others_is_a_sign_and_the_rest_stays(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_a_text_among_others_keeps_its_direction_to_itself() -> None:
    assert beside_others("abc") == "abc"
    assert beside_others("שלום\u2069\u202e") == "\u2068שלום[U+2069][U+202E]\u2069"
