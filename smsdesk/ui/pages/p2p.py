"""Point-to-point: a text of its own for each number, as lines of `Mobile#Content`. Sends exactly what is shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from smsdesk.domain.account import Account
from smsdesk.domain.campaign import Campaign, Kind
from smsdesk.domain.chinatime import CHINA
from smsdesk.domain.lines import ParsedLine, parse_lines
from smsdesk.domain.text import segments
from smsdesk.domain.words import Words
from smsdesk.jobs import campaigns, checking, planning
from smsdesk.jobs.rendering import Line, Order
from smsdesk.ui import texts
from smsdesk.ui.draft import Draft
from smsdesk.ui.lane import Task
from smsdesk.ui.pages.sending_page import Answers, Check, Plan, SendingPage
from smsdesk.ui.tables.columns import Column
from smsdesk.ui.tables.fixed import FixedModel
from smsdesk.ui.tables.view import DataTable
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.lines_editor import LinesEditor, Mark
from smsdesk.ui.workplace import Workplace

_PAUSE_MS = 200
"""After the last key, before the lines are looked at."""


class P2pPage(SendingPage):
    """An editor on the left; what is wrong, and sending, on the right."""

    def __init__(self, workplace: Workplace):
        super().__init__(workplace)
        self._parsed: list[ParsedLine] = []
        self._looking: Task | None = None
        self._is_current = True
        self._abroad = self._gsm7 = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._look)
        left, right = QVBoxLayout(), QVBoxLayout()
        for side in (left, right):
            side.setSpacing(3 * SPACE)
        left.addWidget(self._editor_card())
        right.addWidget(self._wrong_card(), 1)
        right.addWidget(self.send_card(self.tr("Send")))
        right.addWidget(self.progress)
        columns = QHBoxLayout()
        columns.setSpacing(4 * SPACE)
        columns.addLayout(left, 3)
        columns.addLayout(right, 2)
        self.column.addLayout(columns, 1)
        workplace.chosen.connect(self._account_chosen)
        self._show([])

    def _editor_card(self) -> QWidget:
        frame, layout = parts.card()
        layout.addWidget(parts.heading(self.tr("Messages")))
        layout.addWidget(
            parts.quiet(
                self.tr(
                    "One message a line: number#text. Two columns copied from a spreadsheet can be pasted. "
                    "The text goes out as it stands here, so write the signature in it."
                )
            )
        )
        self.editor = LinesEditor()
        self.editor.setAccessibleName(self.tr("Messages, one a line: number#text"))
        self.editor.setPlaceholderText(self.tr("13800000000#【Signature】Your text"))
        self.editor.textChanged.connect(self._edited)
        self._draft = Draft(self.workplace, "p2p", self.editor)
        layout.addWidget(self.editor, 1)
        self.counts = QLabel()
        self.counts.setAccessibleName(self.tr("How many lines are right and wrong"))
        layout.addWidget(self.counts)
        return frame

    def _wrong_card(self) -> QWidget:
        frame, layout = parts.card()
        layout.addWidget(parts.heading(self.tr("Lines to look at")))
        columns = (
            Column(self.tr("Line"), lambda p: texts.number(p.number), is_number=True, width=70),
            Column(self.tr("What is the matter"), self._matter, tone=lambda p: "bad" if p.problem else "warn"),
        )
        self.wrong = FixedModel(columns, self)
        table = DataTable(self.tr("Lines to look at"), self.wrong)
        table.activated.connect(lambda index: self.editor.go_to(self.wrong.rows[index.row()].number))
        layout.addWidget(table)
        return frame

    def _matter(self, line: ParsedLine) -> str:
        if line.problem:
            return "✗ " + self.workplace.say(line.problem)
        return "= " + texts.fill(self.tr("The number stands in line %1 already."), texts.number(line.duplicate_of or 0))

    def take_over(self, campaign: Campaign) -> None:
        """Write the lines of an earlier campaign in place of those that are here, as a step that can be undone."""

        def read(lines: str) -> None:
            cursor = self.editor.textCursor()
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.insertText(lines)

        self.workplace.read(lambda desk: campaigns.as_lines(desk, campaign.id), read)

    # -- looking at the lines ------------------------------------------------------------------------------

    def _account_chosen(self, account: Account | None) -> None:
        abroad, gsm7 = (account.abroad, account.gsm7) if account else (False, False)
        if (abroad, gsm7) != (self._abroad, self._gsm7):
            self._abroad, self._gsm7 = abroad, gsm7
            self._edited()

    def _edited(self) -> None:
        self._is_current = False
        self._timer.start()

    def _look(self) -> None:
        if self._looking:
            self._looking.cancel()
        text = self.editor.toPlainText()
        revision, abroad = self.editor.document().revision(), self._abroad

        def looked(parsed: list[ParsedLine]) -> None:
            if (revision, abroad) == (self.editor.document().revision(), self._abroad):
                self._is_current = True
                self._show(parsed)

        self._looking = self.workplace.open_file(
            lambda _stop, _tell: parse_lines(text, abroad=abroad), looked, lambda _words: None
        )

    def _show(self, parsed: list[ParsedLine]) -> None:
        self._parsed = parsed
        good = [line for line in parsed if line.problem is None]
        worth = [line for line in parsed if line.problem or line.duplicate_of]
        self.editor.set_marks({line.number: Mark(self._matter(line), line.problem is not None) for line in worth})
        self.wrong.show(sorted(worth, key=lambda line: line.problem is None))
        line = self.tr("✓ Good %1 · ✗ Wrong %2 · = Double %3 · Segments %4")
        doubled = sum(1 for one in good if one.duplicate_of)
        total = sum(segments(one.content, gsm7=self._gsm7) for one in good)
        values = (len(good), len(parsed) - len(good), doubled, total)
        self.counts.setText(texts.fill(line, *map(texts.number, values)))

    # -- sending -------------------------------------------------------------------------------------------

    def _order(self, answers: Answers) -> tuple[Check, Plan] | None:
        account = self.account_or_complain()
        if account is None:
            return None
        if not self._is_current:
            # The lines are being looked at; what is sent must be what was looked at.
            self.complain(
                Words("内容刚刚改动，正在检查，请稍候再点。", "The lines are being checked; press again in a moment.")
            )
            return None
        wrong = [line for line in self._parsed if line.problem]
        if wrong:
            words = Words(
                "有 {n} 行不正确（从第 {line} 行开始），请先改正。",
                "{n} lines are wrong, the first is line {line}. Mend them first.",
            )
            self.complain(words.fill(n=len(wrong), line=wrong[0].number))
            self.editor.go_to(wrong[0].number)
            return None
        lines = [Line(one.mobile, one.content, one.number) for one in self._parsed if one.mobile]
        name = self.name.text().strip() or self.tr("Point-to-point") + f" {datetime.now(CHINA):%m-%d %H:%M}"
        when = self.when()
        if when is None:
            return None
        order = Order(
            account, name, "", self.tr("typed in"), (), start_at=when[0], hours=when[1], not_since=answers.not_since
        )
        rules = self.rules()
        return (
            lambda desk: checking.check(desk, order, Kind.P2P, lines, rules),
            lambda desk, stop, tell: planning.plan_lines(desk, order, lines, stop, tell),
        )

    def _test(self, account: Account, name: str, mobiles: Sequence[str]) -> Plan | None:
        first = next((one for one in self._parsed if one.mobile and not one.problem), None)
        if first is None or not self._is_current:
            self.complain(Words("还没有可发送的内容。", "There is no line that could be sent yet."))
            return None
        lines = [Line(mobile, first.content, line) for line, mobile in enumerate(mobiles, 1)]
        order = Order(account, name, "", name, ())
        return lambda desk, stop, tell: planning.plan_lines(desk, order, lines, stop, tell)

    def _sent(self) -> None:
        super()._sent()
        self.editor.clear()
