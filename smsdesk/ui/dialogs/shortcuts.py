"""All keys of the window, from the table that installs them."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QWidget

from smsdesk.ui import shortcuts
from smsdesk.ui.shortcuts import Shortcut
from smsdesk.ui.tables.columns import Column
from smsdesk.ui.tables.fixed import FixedModel
from smsdesk.ui.tables.view import DataTable
from smsdesk.ui.widgets import parts
from smsdesk.ui.workplace import Workplace


class ShortcutsDialog(QDialog):
    """A table of keys and what they do."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None):
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.resize(520, 640)
        columns = (
            Column(self.tr("Keys"), _keys, width=160),
            Column(self.tr("What they do"), lambda one: workplace.say(one.words)),
        )
        self.model = FixedModel(columns, self)
        self.model.show(list(shortcuts.TABLE))
        table = DataTable(self.tr("Keyboard shortcuts"), self.model)
        table.selectRow(0)
        layout = parts.dialog_column(self)
        layout.addWidget(table, 1)
        layout.addLayout(parts.row(None, parts.button(self.tr("Close"), self.accept)))


def _keys(one: Shortcut) -> str:
    """As the platform writes them; of two that do the same, the first."""
    return QKeySequence(one.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
