"""The dialog: a field to search in, the topics on the left, the settings of the chosen one on the right."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QStackedWidget, QWidget

from smsdesk.ui import theme
from smsdesk.ui.dialogs.settings.accounts import AccountsTopic
from smsdesk.ui.dialogs.settings.advanced import AdvancedTopic
from smsdesk.ui.dialogs.settings.appearance import AppearanceTopic
from smsdesk.ui.dialogs.settings.data import DataTopic
from smsdesk.ui.dialogs.settings.replies import RepliesTopic
from smsdesk.ui.dialogs.settings.sending import SendingTopic
from smsdesk.ui.dialogs.settings.topic import Setting, Topic
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.notice import Notice
from smsdesk.ui.workplace import Workplace

_LIST_WIDTH: Final = 232
_MOVES: Final = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class SettingsDialog(QDialog):
    """Up and Down go through the topics, or through what was found; Enter goes to it."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None):
        super().__init__(parent)
        self._workplace = workplace
        self.setWindowTitle(self.tr("Settings"))
        self.setMinimumSize(880, 580)
        self.notice = Notice()
        self.accounts, self.sending = AccountsTopic(workplace), SendingTopic(workplace)
        self.replies, self.appearance = RepliesTopic(workplace), AppearanceTopic(workplace)
        self.data, self.advanced = DataTopic(workplace, self.notice), AdvancedTopic(workplace)
        self.topics: tuple[Topic, ...] = (
            self.accounts,
            self.sending,
            self.replies,
            self.appearance,
            self.data,
            self.advanced,
        )
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search the settings (Ctrl+F)"))
        self.search.setAccessibleName(self.tr("Search the settings"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._list)
        self.search.installEventFilter(self)
        self.found = parts.quiet()
        self.found.hide()
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Topics"))
        self.list.setFixedWidth(_LIST_WIDTH)
        self.list.setWordWrap(True)
        self.list.setIconSize(QSize(theme.ICON_TAB, theme.ICON_TAB))
        self.list.currentItemChanged.connect(lambda item, _before: self._show(item))
        self.list.itemActivated.connect(lambda _item: self._go())
        self.pages = QStackedWidget()
        for topic in self.topics:
            self.pages.addWidget(topic)
            topic.said.connect(self.notice.say)
        self._lay_out()
        QShortcut(QKeySequence.StandardKey.Find, self).activated.connect(self._on_find)
        self._list("")
        self.list.setFocus()

    def _lay_out(self) -> None:
        column = parts.dialog_column(self)
        column.addWidget(self.search)
        column.addWidget(self.found)
        column.addWidget(self.notice)
        sides = QHBoxLayout()
        sides.setSpacing(6 * SPACE)
        sides.addWidget(self.list)
        sides.addWidget(self.pages, 1)
        column.addLayout(sides, 1)
        close = parts.button(self.tr("Close"), self.accept)
        close.setAutoDefault(False)
        column.addLayout(parts.row(None, close))

    # -- topics and hits -----------------------------------------------------------------------------------

    def _list(self, typed: str) -> None:
        """The topics; or, while something is looked for, the settings that have it."""
        say, wanted = self._workplace.say, typed.strip()
        hits = [(topic, one) for topic in self.topics for one in topic.settings if one.has(wanted)] if wanted else []
        self.list.clear()
        if wanted:
            for topic, one in hits:
                self._add(f"{say(one.name)}\n{say(topic.name)}", topic, one)
        else:
            for topic in self.topics:
                self._add(say(topic.name), topic, None)
        self.found.setText(self.tr("No setting has these words."))
        self.found.setVisible(bool(wanted) and not hits)
        self.list.setCurrentRow(0)

    def _add(self, text: str, topic: Topic, setting: Setting | None) -> None:
        item = QListWidgetItem(theme.icon(topic.icon, "quiet"), text)
        item.setData(Qt.ItemDataRole.UserRole, (topic, setting))
        self.list.addItem(item)

    def _show(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        topic, setting = item.data(Qt.ItemDataRole.UserRole)
        self.pages.setCurrentWidget(topic)
        if setting:
            topic.ensureWidgetVisible(setting.field)

    def _go(self) -> None:
        """Put the keyboard to the setting that was chosen, or to the first of the topic."""
        if item := self.list.currentItem():
            topic, setting = item.data(Qt.ItemDataRole.UserRole)
            (setting or topic.settings[0]).field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- keyboard ------------------------------------------------------------------------------------------

    def _on_find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """From the field, Up and Down move through the list, and Enter goes to what was chosen there."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _MOVES:
                self.list.keyPressEvent(event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._go()
                return True
        return super().eventFilter(watched, event)
