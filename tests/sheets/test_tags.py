"""The tags of a page do not depend on the pieces in which it comes."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from smsdesk.sheets import tags as module
from smsdesk.sheets.tags import attributes_of, tags

PARTS = [
    *("<td>", "</td>", "<TR x='>'>", '<a b="c>d" e=f>', "<br/>", "<!--", "-->", "--!>", "<!-->", "<![if x]>"),
    *("<script>", "</script>", "</SCRIPT >", "<title>", "</title>", "<?xml ?>", "</>", "<", ">", "=", "'", '"'),
    *("&amp;", "一", "text", " ", "\n", "<td", "-", "a"),
]


def summary(pieces: Iterable[str]) -> list[tuple[str, str, bool, str, bool]]:
    """The tags, the texts between two of them as one."""
    found: list[tuple[str, str, bool, str, bool]] = []
    text = ""
    for tag in tags(pieces):
        text += tag.text
        if tag.name:
            found.append((text, *tag[1:]))
            text = ""
    return [*found, (text, *tag[1:])]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=400, deadline=None)
@given(parts=st.lists(st.sampled_from(PARTS), max_size=30), size=st.integers(1, 40))
@example(parts=["<title>", "</title>", "<td>"], size=1)
def test_pieces_of_any_size_give_the_same_tags(parts: list[str], size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_AHEAD", 200)  # longer than any tag here
    page = "".join(parts)
    assert summary(page[i : i + size] for i in range(0, len(page), size)) == summary([page])


def test_what_is_no_text_of_the_page_is_left_out() -> None:
    page = "a<!-- <td>1 -->b<script>if (x<y) '<td>2'</script>c<style>d</style>e<title>f</title>g<!DOCTYPE h>i<?j?>k"
    assert "".join(tag.text for tag in tags([page])) == "abcegik"


@pytest.mark.parametrize(
    ("page", "is_cut"),
    [("a", False), ("<a", True), ("<a>", False), ("<!-- ", True), ("<!-- -->", False), ("<script>", True)],
)
def test_a_page_that_ends_within_something_says_so(page: str, is_cut: bool) -> None:
    assert list(tags([page]))[-1].is_cut is is_cut


@pytest.mark.parametrize(
    ("tag", "attributes"),
    [
        ("", {}),
        (" a='1' B=2 c = \"3\" d", {"a": "1", "b": "2", "c": "3", "d": ""}),
        (" a=1 a=2", {"a": "1"}),
        (" style='mso-number-format:\"\\@\"'", {"style": 'mso-number-format:"\\@"'}),
        (' x:num="1" /', {"x:num": "1"}),
        ("=\"'= =a", {"a": ""}),
    ],
)
def test_attributes_are_read_as_a_browser_does(tag: str, attributes: dict[str, str]) -> None:
    assert attributes_of(tag) == attributes
