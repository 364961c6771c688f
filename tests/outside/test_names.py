"""Whatever is showing has a name and a role, on every page and in both languages; tables and charts can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest

from outside.desktop import until
from outside.screen import Node, Screen

_WORDLESS = ("filler", "panel", "layered pane", "splitter", "grip", "scroll bar", "separator", "status bar")
"""Roles of what only holds other things, or is worked by them."""
_CHART = {"zh_CN": "图表；数据见表格。", "en_US": "A chart; the table has its figures."}
_COMPUTING = ("正在统计…", "Computing…")
_SETTINGS = {"zh_CN": "设置", "en_US": "Settings"}


@pytest.fixture(scope="module", params=["zh_CN", "en_US"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def screen(start: Callable[[str], AbstractContextManager[Screen]], language: str) -> Iterator[Screen]:
    with start(language) as screen:
        yield screen


def tabs(screen: Screen, of: Node) -> list[Node]:
    """The tabs of a row of tabs."""
    return [node for node in screen.walk(below=of) if node.role == "page tab"]


def rows_of_tabs(screen: Screen) -> list[Node]:
    """The pages' one first, then that of the page in front, if it has one."""
    return [node for node in screen.walk() if node.role == "page tab list"]


def to_front(screen: Screen, tab: Node) -> None:
    screen.do(tab, "Press")
    until(lambda: "selected" in screen.again(tab).states, str(tab))


def views(screen: Screen) -> Iterator[str]:
    """Brings every page to the front, and every part of one that has parts."""
    until(lambda: rows_of_tabs(screen), "the pages")
    for page in tabs(screen, rows_of_tabs(screen)[0]):
        to_front(screen, page)
        inner = rows_of_tabs(screen)[1:]
        if not inner:
            yield page.name
        for part in tabs(screen, inner[0]) if inner else ():
            to_front(screen, part)
            until(lambda: not screen.found("label", _COMPUTING.__contains__), f"the figures of {part}")
            yield f"{page.name} · {part.name}"


def nameless(screen: Screen) -> list[str]:
    """What a screen reader would come upon and could not say a word about."""
    return [
        str(node)
        for node in screen.walk()
        if node.role not in _WORDLESS or "focusable" in node.states
        if not node.name
        or not node.role
        or (node.role == "combo box" and not (screen.label_of(node) or node.description))  # its name is its value
    ]


def unreadable(screen: Screen) -> list[str]:
    """Tables with a column of which nobody knows what it says, and lists with an item that says nothing."""
    found = []
    for table in (node for node in screen.walk() if node.role == "table"):
        heads, rows = screen.table(table)
        assert all(len(row) == len(heads) for row in rows)
        found += [
            f"{table}, column {place}"
            for place, head in enumerate(heads)
            if not head and any(row[place] for row in rows)
        ]
    for items in (node for node in screen.walk() if node.role == "list"):
        found += [f"{items}, item {place}" for place, row in enumerate(screen.table(items)[1]) if not any(row)]
    return found


def charts(screen: Screen, language: str) -> dict[str, bool]:
    """Names of the charts that show, each with whether there is a table of that name, with rows in it."""
    names = [node.name for node in screen.walk() if node.description == _CHART[language]]
    tables = [node.name for node in screen.walk() if node.role == "table" and screen.table(node)[1]]
    return {name: name in tables for name in names}


def test_whatever_shows_on_any_page_has_a_name_and_tables_and_charts_can_be_read(screen: Screen, language: str) -> None:
    wrong: dict[str, list[str]] = {}
    drawn: dict[str, bool] = {}
    for view in views(screen):
        wrong[view] = [*nameless(screen), *unreadable(screen)]
        drawn |= charts(screen, language)
    assert len(wrong) > 12  # the pages, of which two have parts
    assert {view: found for view, found in wrong.items() if found} == {}
    assert len(drawn) > 4
    assert all(drawn.values()), drawn


def test_so_has_whatever_the_settings_show(screen: Screen, language: str) -> None:
    screen.press("push button", _SETTINGS[language])
    screen.find("dialog", _SETTINGS[language])
    wrong = nameless(screen)
    screen.keys("Escape")
    until(lambda: not screen.found("dialog", _SETTINGS[language]), "the settings to be closed")
    assert wrong == []
