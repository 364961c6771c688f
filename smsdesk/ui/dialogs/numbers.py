"""Numbers from files, the clipboard or the keyboard, for something else than sending."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QWidget

from smsdesk.domain.words import Words
from smsdesk.jobs.importing import Import
from smsdesk.ui import texts
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.file_drop import FileDrop
from smsdesk.ui.widgets.notice import Notice
from smsdesk.ui.widgets.recipients_card import RecipientsCard
from smsdesk.ui.workplace import Workplace


class NumbersDialog(QDialog):
    """Accepted: `numbers` has them. `field` is what else is asked for, with its name before it."""

    def __init__(
        self,
        workplace: Workplace,
        title: str,
        field_name: str,
        field: QLineEdit,
        action: str,
        parent: QWidget | None = None,
        *,
        is_needed: bool = False,
    ):
        """`is_needed`: the field must not be left empty."""
        super().__init__(parent)
        self.numbers: Import | None = None
        self._workplace, self._action = workplace, action
        self._field, self._is_needed = field, is_needed
        self._goes = False  # as soon as what was typed last is read
        self.setWindowTitle(title)
        self.resize(720, 560)
        layout = parts.dialog_column(self)
        self.notice = Notice()
        layout.addWidget(self.notice)
        form = QFormLayout()
        form.setHorizontalSpacing(4 * SPACE)
        field.setAccessibleName(field_name)
        form.addRow(field_name, field)
        self.typed = QLineEdit()
        self.typed.setPlaceholderText(self.tr("13800000000, 13900000000 … and Enter"))
        self.typed.setAccessibleName(self.tr("Type numbers"))
        self.typed.returnPressed.connect(self._on_typed)
        self.typed.textChanged.connect(self._show)
        form.addRow(self.tr("Type numbers"), self.typed)
        layout.addLayout(form)
        self.card = RecipientsCard(workplace, parts.heading(self.tr("Numbers")), any_number=True)
        self.card.summary.hide()  # it speaks of sending
        self.card.imported.connect(self._show)
        self.card.said.connect(self._say)
        layout.addWidget(self.card, 1)
        self.go = parts.button("", self._on_go, primary=True)
        self.go.setAutoDefault(False)  # Enter belongs to the numbers that are typed
        back = parts.button(self.tr("Back"), self.reject)
        back.setAutoDefault(False)
        layout.addLayout(parts.row(None, back, self.go))
        FileDrop(self, self.card.add)
        self._show()

    def _on_typed(self) -> None:
        if text := self.typed.text().strip():
            self.card.importer.type_in(text, self.tr("Typed"))
            self.typed.clear()

    def _show(self) -> None:
        result = self.card.result
        count = len(result.recipients) if result else 0
        self.go.setText(texts.fill(self._action, texts.number(count)))
        self.go.setEnabled(count > 0 or bool(self.typed.text().strip()))
        if self._goes and not self.card.importer.is_busy:
            self._goes = False
            self._on_go()

    def _on_go(self) -> None:
        if self._is_needed and not self._field.text().strip():
            self.notice.say(texts.fill(self.tr("“%1” is empty."), self._field.accessibleName()), "bad")
            self._field.setFocus()
            return
        if self.typed.text().strip():  # without Enter: it counts as well, as soon as it is read
            self._goes = True
            self._on_typed()
            return
        result = self.card.ready()
        if isinstance(result, Words):
            self.notice.say(self._workplace.say(result), "bad")
            return
        self.numbers = result
        self.accept()

    def done(self, result: int) -> None:
        """What is still being read is not wanted any more."""
        self.card.importer.cancel()
        super().done(result)

    def _say(self, text: str, tone: str) -> None:
        if text:
            self.notice.say(text, tone)
        else:
            self.notice.hide()
