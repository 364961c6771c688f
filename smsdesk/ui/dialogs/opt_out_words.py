"""Which replies put their sender on the blocklist."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QWidget

from smsdesk.domain.words import Words
from smsdesk.jobs import blocklist
from smsdesk.ui import texts
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.notice import Notice
from smsdesk.ui.workplace import Changed, Workplace

if TYPE_CHECKING:
    from smsdesk.jobs.desk import Desk


class OptOutWordsDialog(QDialog):
    """A list to add to and take from; every change takes effect at once."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None):
        super().__init__(parent)
        self._workplace = workplace
        self.setWindowTitle(self.tr("Opt-out words"))
        self.resize(460, 480)
        layout = parts.dialog_column(self)
        self.notice = Notice()
        layout.addWidget(self.notice)
        layout.addWidget(
            parts.quiet(
                self.tr(
                    "Whoever replies one of these words, and nothing else, is put on the blocklist. Case, width and "
                    "punctuation do not matter; 回复T and 退订回T are understood as well."
                )
            )
        )
        self.words = QListWidget()
        self.words.setAccessibleName(self.tr("Opt-out words"))
        self.words.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.words.itemSelectionChanged.connect(self._enable)
        layout.addWidget(self.words, 1)
        self.word = QLineEdit()
        self.word.setPlaceholderText(self.tr("Another word, and Enter"))
        self.word.setAccessibleName(self.tr("Another word"))
        self.word.returnPressed.connect(self._on_add)
        self.add_button = parts.button(self.tr("Add"), self._on_add)
        self.remove_button = parts.button(self.tr("Remove"), self._on_remove)
        close = parts.button(self.tr("Close"), self.accept)
        for button in (self.add_button, self.remove_button, close):
            button.setAutoDefault(False)
        layout.addLayout(parts.row(self.word, self.add_button, self.remove_button))
        layout.addLayout(parts.row(None, close))
        self._enable()
        workplace.read(blocklist.words, self._show)

    def _show(self, words: list[str]) -> None:
        self.words.clear()
        self.words.addItems(words)

    def _enable(self) -> None:
        self.remove_button.setEnabled(bool(self.words.selectedItems()))

    def _on_add(self) -> None:
        if word := self.word.text().strip():
            ask_for_word(self._workplace, self, word, lambda: self._change([word], []), self._complain)

    def _on_remove(self) -> None:
        self._change([], [item.text() for item in self.words.selectedItems()])

    def _change(self, add: list[str], remove: list[str]) -> None:
        def changed(result: tuple[int, list[str]]) -> None:
            earlier, words = result
            self.word.clear()
            self._show(words)
            for item in self.words.findItems(add[0].upper() if add else "", Qt.MatchFlag.MatchExactly):
                self.words.scrollToItem(item)
            if earlier:
                line = self.tr("People who had replied so before: %1. They are on the blocklist now.")
                self.notice.say(texts.fill(line, texts.number(earlier)), "good")
            else:
                self.notice.hide()

        def change(desk: Desk, _stop: object, _tell: object) -> tuple[int, list[str]]:
            return blocklist.change_words(desk, add, remove), blocklist.words(desk)

        self._workplace.work(change, changed, self._complain, changes=Changed(blocklist=True, replies=True))

    def _complain(self, words: Words) -> None:
        self.notice.say(self._workplace.say(words), "bad")


def ask_for_word(
    workplace: Workplace, widget: QWidget, word: str, go: Callable[[], None], complain: Callable[[Words], None]
) -> None:
    """Ask before a word is added that people have replied already: they would be put on the blocklist."""

    def counted(count: int) -> None:
        line = QCoreApplication.translate(
            "OptOutWordsDialog",
            "People who have replied “%2” before: %1. They are put on the blocklist with it, whatever they meant.",
        )
        action = QCoreApplication.translate("OptOutWordsDialog", "Add the word")
        if count == 0 or parts.sure(widget, action, texts.fill(line, texts.number(count), word)):
            go()

    workplace.work(lambda desk, _stop, _tell: blocklist.repliers(desk, [word]), counted, complain)
