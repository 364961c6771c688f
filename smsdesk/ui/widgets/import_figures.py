"""What became of the rows of a list, in figures, and the question about rows that are hidden."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QLabel, QWidget

from smsdesk.ui import texts
from smsdesk.ui.importer import Importer
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts

_ALWAYS = ("valid", "invalid", "duplicates", "blank", "rows")


class ImportFigures(QWidget):
    """Good, wrong, double, blank; rows left out, hidden, and numbers on the blocklist where there are any."""

    def __init__(self, importer: Importer, parent: QWidget | None = None):
        super().__init__(parent)
        self._importer = importer
        layout = parts.column(self)
        layout.addLayout(self._figures())
        layout.addWidget(self._question())
        importer.changed.connect(self._show)

    def _figures(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(4 * SPACE)
        grid.setVerticalSpacing(0)
        self.figures: dict[str, QLabel] = {}
        self._labels: dict[str, QLabel] = {}
        shown = [
            ("valid", self.tr("✓ Good"), "good"),
            ("invalid", self.tr("✗ Wrong"), "bad"),
            ("duplicates", self.tr("= Double"), "warn"),
            ("blank", self.tr("○ Blank"), ""),
            ("rows", self.tr("Rows"), ""),
            ("excluded", self.tr("− Left out"), "warn"),
            ("hidden", self.tr("◌ Hidden"), "warn"),
            ("blocked", self.tr("⊘ Blocklist"), "warn"),
        ]
        for place, (key, name, tone) in enumerate(shown):
            label, figure = QLabel(name), parts.figure(name)
            for widget in (label, figure):
                parts.tone(widget, tone)
            self.figures[key], self._labels[key] = figure, label
            grid.addWidget(figure, 0, place)
            grid.addWidget(label, 1, place)
        self.figures["blocked"].setToolTip(self.tr("Numbers on the blocklist; sending leaves them out."))
        grid.setColumnStretch(len(shown), 1)
        return grid

    def _question(self) -> QWidget:
        self._hidden_line = QLabel()
        self._hidden_line.setWordWrap(True)
        self.take_button = parts.choice(self.tr("Take them too"))
        self.leave_button = parts.choice(self.tr("Leave them out"))
        answers = QButtonGroup(self)
        for button, visible_only in ((self.take_button, False), (self.leave_button, True)):
            answers.addButton(button)
            button.clicked.connect(
                lambda _checked, leave=visible_only: self._importer.choose_hidden(visible_only=leave)
            )
        self.question = QFrame()
        self.question.setObjectName("notice")
        row = parts.row(self._hidden_line, self.take_button, self.leave_button)
        row.setStretch(0, 1)
        row.setContentsMargins(3 * SPACE, SPACE, 2 * SPACE, SPACE)
        self.question.setLayout(row)
        return self.question

    def _show(self) -> None:
        result = self._importer.result
        if result is None:
            return
        values = {key: getattr(result, key) for key in (*_ALWAYS, "excluded", "hidden")} | {
            "blocked": self._importer.blocked
        }
        for key, value in values.items():
            self.figures[key].setText(texts.number(value))
            for widget in (self.figures[key], self._labels[key]):
                widget.setVisible(key in _ALWAYS or value > 0)
        self._show_question(result.hidden)

    def _show_question(self, hidden: int) -> None:
        answer = self._importer.visible_only
        self.question.setVisible(hidden > 0)
        parts.tone(self.question, "warn" if answer is None else "")
        line = {
            None: self.tr("Rows that are hidden or filtered out in the spreadsheet: %1. Take them too?"),
            False: self.tr("Rows that are hidden in the spreadsheet: %1. They are taken as well."),
            True: self.tr("Rows that are hidden in the spreadsheet: %1. They are left out."),
        }[answer]
        self._hidden_line.setText(texts.fill(line, texts.number(hidden)))
        group = self.take_button.group()
        group.setExclusive(False)  # an exclusive group cannot be without an answer
        self.take_button.setChecked(answer is False)
        self.leave_button.setChecked(answer is True)
        group.setExclusive(True)
