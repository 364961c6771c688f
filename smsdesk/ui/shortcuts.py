"""The keys of the window: one table, which installs them and from which the list under F1 is made.

Keys without an act are those of the widgets that have the keyboard; a page's own (labels, F8) are not in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QPushButton

from smsdesk.domain.words import Words
from smsdesk.ui.widgets.search_field import SearchField

if TYPE_CHECKING:  # it imports this module
    from smsdesk.ui.main_window import MainWindow


@dataclass(frozen=True, slots=True)
class Shortcut:
    """Keys, each as good as the other, and what they do."""

    keys: tuple[str, ...]
    words: Words
    act: Callable[[MainWindow], None] | None = None


def _show(place: int, window: MainWindow) -> None:
    window.go_to(place)


def _find(window: MainWindow) -> None:
    """To the first field of the page that searches."""
    for field in window.tabs.currentWidget().findChildren(SearchField):
        if field.isVisible():
            field.setFocus()
            field.selectAll()
            return


def _export(window: MainWindow) -> None:
    from smsdesk.ui.widgets.exporter import ExportButton  # noqa: PLC0415 - it needs the store, the start does not

    _click(window.tabs.currentWidget().findChildren(ExportButton))


def _send(window: MainWindow) -> None:
    """Check and send what the page holds; or send an answer, but only from where it is written."""
    _click([one for one in window.tabs.currentWidget().findChildren(QPushButton) if _sends(one)])


def _sends(button: QPushButton) -> bool:
    """Whether it sends what the keyboard is at: its property `sends` is `page`, or `here` for its surroundings only."""
    focus, around = QApplication.focusWidget(), button.parentWidget()
    if button.property("sends") == "here":
        return focus is not None and around is not None and around.isAncestorOf(focus)
    return bool(button.property("sends") == "page")


def _click(buttons: Iterable[QPushButton]) -> None:
    for button in buttons:
        if button.isVisible() and button.isEnabled():
            button.click()
            return


_PAGES = (
    Words("群发", "Bulk send"),
    Words("点对点", "Point-to-point"),
    Words("任务", "Campaigns"),
    Words("状态报告", "Status reports"),
    Words("上行回复", "Replies"),
    Words("通讯录", "People"),
    Words("黑名单", "Blocklist"),
    Words("余额", "Balance"),
)

TABLE: tuple[Shortcut, ...] = (
    *(
        Shortcut(
            (f"Ctrl+{place + 1}",), Words("打开“{page}”页", "Go to “{page}”").fill(page=page), partial(_show, place)
        )
        for place, page in enumerate(_PAGES)
    ),
    Shortcut(("Ctrl+O",), Words("打开名单或表格", "Open a list"), lambda window: window.choose_files()),
    Shortcut(("Ctrl+Enter", "Ctrl+Return"), Words("检查并发送", "Check and send"), _send),
    Shortcut(("Ctrl+F",), Words("在本页查找", "Search on the page"), _find),
    Shortcut(("Ctrl+E",), Words("导出本页的表格", "Export the table of the page"), _export),
    Shortcut(
        ("F5",), Words("立即获取状态报告和回复", "Fetch reports and replies now"), lambda window: window.fetch_now()
    ),
    Shortcut(("Ctrl+,",), Words("设置", "Settings"), lambda window: window.open_settings()),
    Shortcut(("F1",), Words("快捷键一览", "This list of keys"), lambda window: window.help.show_shortcuts()),
    Shortcut(("Ctrl+V",), Words("粘贴号码或表格", "Paste numbers or cells")),
    Shortcut(("Ctrl+C",), Words("复制选中的行", "Copy the chosen rows")),
    Shortcut(("Ctrl+Z",), Words("撤销输入", "Undo what was typed")),
    Shortcut(("Esc",), Words("关闭对话框", "Close a dialog")),
)


def install(window: MainWindow) -> None:
    """Let every key of the table that has an act do it, wherever in the window the keyboard is."""
    for one in TABLE:
        if one.act is not None:
            for key in one.keys:
                QShortcut(QKeySequence(key), window).activated.connect(partial(one.act, window))
