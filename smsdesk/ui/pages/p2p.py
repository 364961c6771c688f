"""Point-to-point: a text of its own for each number, as lines of `Mobile#Content`. Sends exactly what is shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from smsdesk.domain.account import Account
from smsdesk.domain.campaign import Campaign
from smsdesk.domain.campaign import Kind as CampaignKind
from smsdesk.domain.chinatime import CHINA
from smsdesk.domain.findings import Kind, Spot
from smsdesk.domain.lines import ParsedLine
from smsdesk.domain.words import Words
from smsdesk.jobs import campaigns, checking, planning
from smsdesk.jobs.campaigns import Part
from smsdesk.jobs.planning import Summary
from smsdesk.jobs.point_to_point import Typed
from smsdesk.jobs.rendering import Line, Order
from smsdesk.jobs.reviewing import Review
from smsdesk.ui import texts
from smsdesk.ui.draft import Draft
from smsdesk.ui.pages.sending_page import Answers, Plan, Ready, SendingPage
from smsdesk.ui.reviewer import Reviewer
from smsdesk.ui.tables.columns import Column
from smsdesk.ui.tables.fixed import FixedModel
from smsdesk.ui.tables.view import DataTable
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import exporter, parts
from smsdesk.ui.widgets.exporter import ExportButton
from smsdesk.ui.widgets.lines_editor import LinesEditor
from smsdesk.ui.widgets.lines_import import LinesImport
from smsdesk.ui.workplace import Workplace

_CHANGED = Words("内容刚刚改动，正在检查，请稍候再点。", "The lines are being checked; press again in a moment.")
_PLANNING = Words("短信正在准备，请稍候再导入。", "The messages are being prepared; import in a moment.")
_READING = Words("表格正在读取，请稍候再点。", "A sheet is being read; press again in a moment.")


class P2pPage(SendingPage):
    """An editor on the left; what is wrong, and sending, on the right."""

    draft = "p2p"

    def __init__(self, workplace: Workplace):
        super().__init__(workplace)
        self.editor = LinesEditor(workplace.say)
        self._reviewer = Reviewer(workplace, self.editor)
        self._draft = Draft.of_editor(workplace, self.draft, self.editor, lambda: self.editor.lines)
        self.importing = LinesImport(workplace)
        self._checks_again = False
        left, right = QVBoxLayout(), QVBoxLayout()
        for side in (left, right):
            side.setSpacing(3 * SPACE)
        left.addWidget(self._editor_card())
        right.addWidget(self._wrong_card(), 1)
        right.addWidget(self.send_card(parts.heading(self.tr("Send"))))
        right.addWidget(self.progress)
        columns = QHBoxLayout()
        columns.setSpacing(4 * SPACE)
        columns.addLayout(left, 3)
        columns.addLayout(right, 2)
        self.column.addLayout(columns, 1)
        self._reviewer.reviewed.connect(self._show)
        self.importing.chosen.connect(self.add_files)
        self.importing.typed.connect(self._typed)
        self.importing.failed.connect(self.not_done)
        self.editor.pasted.connect(self._pasted)
        self.editor.filed.connect(self.add_files)
        self.editor.cursorPositionChanged.connect(self._show_here)
        self._show(self._reviewer.review)

    def _editor_card(self) -> QWidget:
        frame, layout = parts.card()
        self.import_button = parts.button(self.tr("Import a sheet…"), self.importing.choose, icon="file-up")
        self.import_button.setToolTip(self.tr("A column of numbers and one of texts, or a text file of lines"))
        layout.addLayout(parts.row(parts.heading(self.tr("Messages")), None, self.import_button))
        layout.addWidget(
            parts.quiet(
                self.tr(
                    "One message a line: number#text. Two columns copied from a spreadsheet can be pasted. "
                    "The text goes out as it stands here, so write the signature in it."
                )
            )
        )
        layout.addWidget(self.importing)
        self.editor.setAccessibleName(self.tr("Messages, one a line: number#text"))
        self.editor.setPlaceholderText(self.tr("13800000000#【Signature】Your text"))
        layout.addWidget(self.editor, 1)
        self.here = parts.quiet(name=self.tr("The line with the cursor"))
        layout.addWidget(self.here)
        self.counts = parts.Named(self.tr("How many lines are right and wrong"))
        self.repeats_button = parts.button("", self._on_repeats)
        self.repeats_button.setToolTip(self.tr("Lines with the number and the text of a line above"))
        layout.addLayout(parts.row(self.counts, None, self.repeats_button))
        return frame

    def _wrong_card(self) -> QWidget:
        frame, layout = parts.card()
        self.before_button = parts.icon_button("arrow-up", self.tr("The wrong line before (Shift+F8)"), self._on_before)
        self.after_button = parts.icon_button("arrow-down", self.tr("The next wrong line (F8)"), self._on_after)
        for key, act in (("F8", self._on_after), ("Shift+F8", self._on_before)):
            shortcut = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        name = self.tr("Lines to look at")
        self.wrong_button = ExportButton(self.workplace, name, lambda: exporter.shown(self.wrong))
        title = parts.heading(name)
        layout.addLayout(parts.row(title, None, self.wrong_button, self.before_button, self.after_button))
        columns = (
            Column(self.tr("Line"), lambda p: texts.number(p.number), is_number=True, width=70),
            Column(self.tr("What is the matter"), self._matter, tone=lambda p: "bad" if p.problem else "warn"),
        )
        self.wrong = FixedModel(columns, self)
        table = DataTable(name, self.wrong)
        table.activated.connect(lambda index: self.editor.go_to(self.wrong.rows[index.row()].number))
        layout.addWidget(table)
        return frame

    def _matter(self, line: ParsedLine) -> str:
        return self.editor.matter_of(line.problem, line.duplicate_of)

    def take_over(self, campaign: Campaign, part: Part | None = None) -> None:
        """Write the lines of an earlier campaign, or a part, in place of those here, as a step that can be undone."""
        if self.editor.toPlainText().strip() and not self.may_replace():
            return

        def taken(text: str) -> None:
            self.editor.replace_all(text)
            self.notice.say(texts.fill(self.tr("The messages are from “%1”. Nothing has been sent."), campaign.name))

        self.workplace.read(lambda desk: campaigns.as_lines(desk, campaign.id, part), taken)

    # -- looking at the lines ------------------------------------------------------------------------------

    def _show(self, review: Review) -> None:
        if review.worth is not self.wrong.rows:
            self.wrong.show(review.worth)
        line = self.tr("✓ Good %1 · ✗ Wrong %2 · = Double %3 · Segments %4")
        values = (review.good, review.wrong, review.doubled, review.segments)
        self.counts.setText(texts.fill(line, *map(texts.number, values)))
        repeats = texts.fill(self.tr("Remove duplicates: %1"), texts.number(len(review.repeats)))
        self.repeats_button.setText(repeats)
        self.repeats_button.setVisible(bool(review.repeats))
        for button in (self.before_button, self.after_button):
            button.setEnabled(review.wrong > 0)
        self._show_here()
        if self._checks_again:
            self._checks_again = False
            self._check(self._answers)

    def _show_here(self) -> None:
        """The line with the cursor in words, for who has no mouse to point at the margins."""
        block = self.editor.textCursor().block()
        said = filter(None, (self.editor.length(block), self.editor.matter(block)))
        line = texts.fill(self.tr("Line %1"), texts.number(block.blockNumber() + 1))
        self.here.setText(" · ".join((line, *said)))

    def _on_before(self) -> None:
        self.editor.go_to_wrong(forward=False)

    def _on_after(self) -> None:
        self.editor.go_to_wrong(forward=True)

    def _on_repeats(self) -> None:
        if not self._reviewer.is_current:
            self.complain(_CHANGED)
            return
        repeats = self._reviewer.review.repeats
        self.editor.remove(repeats)
        self.editor.setFocus()
        line = self.tr("Lines removed that repeat the number and the text of a line above: %1. Ctrl+Z undoes it.")
        self.notice.say(texts.fill(line, texts.number(len(repeats))), "good")

    # -- what comes in -------------------------------------------------------------------------------------

    def add_files(self, paths: list[Path]) -> None:
        """Read files into the editor."""
        if self.editor.isReadOnly():
            self.complain(_PLANNING)
            return
        self.notice.hide()
        self.importing.read(paths)

    def _typed(self, typed: Typed) -> None:
        if typed.lines:
            self.editor.append(typed.text)
        said = [self.workplace.say(words) for words in typed.problems]
        if typed.lines or not said:
            said.append(texts.fill(self.tr("Lines imported: %1."), texts.number(typed.lines)))
        if typed.joined:
            said.append(self._joined(typed.joined))
        self.notice.say(" ".join(said), "bad" if typed.problems else "good")

    def _pasted(self, joined: int) -> None:
        self.notice.say(self._joined(joined))

    def _joined(self, count: int) -> str:
        return texts.fill(self.tr("Line breaks inside of cells became spaces: %1."), texts.number(count))

    # -- sending -------------------------------------------------------------------------------------------

    def _order(self, answers: Answers) -> Ready | None:
        account = self.account_or_complain()
        if account is None:
            return None
        if not self._reviewer.is_current or self.importing.is_busy:
            # What is sent must be what was looked at.
            self.complain(_READING if self.importing.is_busy else _CHANGED)
            return None
        review = self._reviewer.review
        if review.wrong:
            words = Words(
                "有 {n} 行不正确（从第 {line} 行开始），请先改正。",
                "Lines that are wrong: {n}, the first is line {line}. Mend that first.",
            )
            self.complain(words.fill(n=review.wrong, line=review.worth[0].number))
            self.editor.go_to(review.worth[0].number)
            return None
        name = self.name.text().strip() or self.tr("Point-to-point") + f" {datetime.now(CHINA):%m-%d %H:%M}"
        when = self.when()
        if when is None:
            return None
        source, (start_at, hours) = self.tr("typed in"), when
        order = Order(
            account,
            name,
            "",
            source,
            (),
            start_at=start_at,
            hours=hours,
            not_since=answers.not_since,
            not_until=answers.not_until,
            not_again=answers.not_again,
        )
        rules = self.rules()
        return Ready(
            lambda desk, stop, tell: checking.check(
                desk, order, CampaignKind.P2P, review.messages(), rules, stop=stop, tell=tell
            ),
            lambda desk, stop, tell: planning.plan_lines(desk, order, review.messages(), stop, tell),
            when,
        )

    def _mend(self, kind: Kind, account: Account) -> bool:
        review, ending, signature = self._reviewer.review, self.workplace.settings.opt_out_ending, account.signature
        replace = self.editor.replace_all
        match kind:
            case Kind.REPEATED:
                self._on_repeats()
            case Kind.NO_OPT_OUT:
                self.workplace.review(lambda _stop, _tell: review.ended(ending), replace)
            case Kind.NO_SIGNATURE if signature:
                self.workplace.review(lambda _stop, _tell: review.signed(signature), replace)
            case Kind.TWO_SIGNATURES:
                self.workplace.review(lambda _stop, _tell: review.with_one_signature(signature), replace)
            case _:
                return super()._mend(kind, account)
        self._checks_again = True  # as soon as the lines have been looked at
        return False

    def _lead_to(self, spot: Spot) -> None:
        self.editor.select(spot.line, spot.text, spot.start, spot.end)

    def _test(self, account: Account, name: str, mobiles: Sequence[str]) -> Plan | None:
        first = self._reviewer.review.first
        if first is None or not self._reviewer.is_current:
            self.complain(Words("还没有可发送的内容。", "There is no line that could be sent yet."))
            return None
        lines = [Line(mobile, first.content, line) for line, mobile in enumerate(mobiles, 1)]
        order = Order(account, name, "", name, ())
        return lambda desk, stop, tell: planning.plan_lines(desk, order, lines, stop, tell)

    def _go(self, summary: Summary, ready: Ready) -> None:
        self.editor.setReadOnly(True)  # what were written now would go with the lines that are sent
        super()._go(summary, ready)

    def _failed(self, words: Words) -> None:
        super()._failed(words)
        self.editor.setReadOnly(False)

    def _sent(self) -> None:
        super()._sent()
        self.editor.clear()
        self._draft.keep()  # what was sent must not come again, whatever happens now
        self.editor.setReadOnly(False)
