"""Writing the text: the editor, its length and cost, and what each person will get."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QSpinBox, QVBoxLayout, QWidget

from smsdesk.domain import gsm
from smsdesk.domain.account import Account
from smsdesk.domain.errors import InputProblem
from smsdesk.domain.findings import LONG, Spot
from smsdesk.domain.recipient import Recipient
from smsdesk.domain.text import (
    MissingValue,
    Template,
    has_line_break,
    segment_starts,
    segments,
    signature_problem,
    signed,
    utf16_units,
    without_second,
)
from smsdesk.jobs import balances, previewing, templates
from smsdesk.ui import texts
from smsdesk.ui.dialogs.templates import TemplatesDialog
from smsdesk.ui.lane import Task
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.message_editor import MessageEditor
from smsdesk.ui.widgets.phone_preview import PhonePreview
from smsdesk.ui.widgets.selecting import select
from smsdesk.ui.workplace import Changed, Workplace

if TYPE_CHECKING:
    from smsdesk.jobs.balances import Price
    from smsdesk.jobs.previewing import Looked, Notable

_NAMED = 5
"""Characters that a line names."""


class TextCard(QWidget):
    """The text of a bulk send. `text` is the editor."""

    said = Signal(str, str)
    """A sentence for the page's notice and its tone."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None):
        super().__init__(parent)
        self._workplace = workplace
        self._recipients: Sequence[Recipient] = ()
        self._place = 0  # of the recipient whose text is shown
        self._looking: Task | None = None
        self._price: Price | None = None
        layout = parts.as_card(self)
        self.field_button, self._fields_menu = parts.menu_button(self.tr("Insert a column"), "braces")
        self.templates_button, menu = parts.menu_button(self.tr("Templates"), "bookmark")
        menu.addAction(self.tr("Choose…")).triggered.connect(self._on_choose)
        self.keep_action = menu.addAction(self.tr("Keep this text…"))
        self.keep_action.triggered.connect(self._on_keep)
        layout.addLayout(parts.row(parts.step(2, self.tr("Text")), None, self.templates_button, self.field_button))
        sides = QHBoxLayout()
        sides.setSpacing(3 * SPACE)
        sides.addLayout(self._editor_side(), 1)
        sides.addLayout(self._preview_side())
        layout.addLayout(sides, 1)
        workplace.chosen.connect(self._account_chosen)
        workplace.changed.connect(self._changed)
        self._account_chosen(workplace.account)
        self.show_recipients((), ())

    def _editor_side(self) -> QVBoxLayout:
        self.signature = parts.Named(self.tr("Signature, put in front of the text"))
        self.signature.setToolTip(self.tr("The account's signature; it is put in front of the text."))
        self.text = MessageEditor()
        self.text.setAccessibleName(self.tr("Text of the message"))
        self.text.setPlaceholderText(self.tr("Write the message here. {column} puts in each person's own value."))
        self.text.textChanged.connect(self._show)
        self.length = parts.Named(self.tr("Length of the message"))
        self.length.setWordWrap(True)
        self.clean_button = parts.button("", self.text.clean)
        self.clean_button.setToolTip(self.tr("Characters that cannot be seen cost length and can break a link."))
        side = QVBoxLayout()
        side.setSpacing(2 * SPACE)
        side.addWidget(self.signature)
        side.addWidget(self.text, 1)
        side.addWidget(self.length)
        side.addLayout(parts.row(self.clean_button, None))
        return side

    def _preview_side(self) -> QVBoxLayout:
        self.preview = PhonePreview()
        before, after = self.tr("The text of the person before"), self.tr("The text of the next person")
        self.before_button = parts.icon_button("chevron-left", before, lambda: self._step(-1))
        self.after_button = parts.icon_button("chevron-right", after, lambda: self._step(1))
        self.whose = QSpinBox()
        parts.inset(self.whose)
        self.whose.setAccessibleName(self.tr("Whose text is shown"))
        self.whose.setWrapping(True)
        self.whose.valueChanged.connect(lambda value: self._go_to(value - 1))
        self._of_how_many = parts.quiet(wrap=False)
        self.notable_button, menu = parts.menu_button(self.tr("Show…"))
        menu.addAction(self.tr("The longest text")).triggered.connect(lambda: self._look(lambda n: n.longest))
        menu.addAction(self.tr("The shortest text")).triggered.connect(lambda: self._look(lambda n: n.shortest))
        menu.addAction(self.tr("The first without a value")).triggered.connect(
            lambda: self._look(lambda n: n.first_missing)
        )
        self.spread = parts.quiet(name=self.tr("How many messages of how many segments"))
        self._walk = QWidget()
        walk = QVBoxLayout(self._walk)
        walk.setContentsMargins(0, 0, 0, 0)
        walk.addLayout(parts.row(self.before_button, self.whose, self.after_button, None))
        walk.addLayout(parts.row(self._of_how_many, None, self.notable_button))
        walk.addWidget(self.spread)
        side = QVBoxLayout()
        side.addWidget(self.preview, 1)
        side.addWidget(self._walk)
        return side

    def show_recipients(self, recipients: Sequence[Recipient], columns: Sequence[str]) -> None:
        """The people to write to, and the columns that a placeholder can name."""
        self._recipients, self._place = recipients, 0
        self.text.set_columns(columns)
        self._fields_menu.clear()
        for name in columns:
            self._fields_menu.addAction(name).triggered.connect(
                lambda _checked=False, name=name: self.text.insert_place(name)
            )
        self.field_button.setEnabled(bool(columns))
        self._show()

    @property
    def fields(self) -> Mapping[str, str]:
        """The values of the person whose text is shown."""
        return self._recipients[self._place].fields if self._recipients else {}

    @property
    def _signature(self) -> str:
        account = self._workplace.account
        return account.signature if account else ""

    @property
    def _gsm7(self) -> bool:
        account = self._workplace.account
        return account is not None and account.gsm7

    def _account_chosen(self, account: Account | None) -> None:
        self.signature.setText(self._signature)
        self.signature.setVisible(bool(self._signature))
        self._price = balances.entered_price(account) if account else None
        self._learn_price()
        self._show()

    def _changed(self, what: Changed) -> None:
        if what.balances:
            self._learn_price()

    def _learn_price(self) -> None:
        """Ask the store what a segment costs, where it was not entered."""
        account = self._workplace.account
        if account is None or account.price_li:
            return

        def learned(price: Price | None) -> None:
            if account == self._workplace.account and price != self._price:
                self._price = price
                self._show_person()

        self._workplace.read(lambda desk: balances.price(desk, account), learned)

    # -- templates -----------------------------------------------------------------------------------------

    def _on_choose(self) -> None:
        dialog = TemplatesDialog(self._workplace, self.window())
        if parts.ask(dialog):
            self.take_over(dialog.chosen)

    def take_over(self, text: str) -> None:
        """Write a text that was kept or sent, as a step that can be undone."""
        # One that was sent to all has the account's signature in it, which is put in front again.
        self.text.replace_all(text.removeprefix(self._signature))
        self.text.setFocus()

    def _on_keep(self) -> None:
        name, is_given = QInputDialog.getText(
            self, self.tr("Keep this text"), self.tr("Its name; a template of the same name is replaced:")
        )
        if not is_given:
            return
        text = self.text.toPlainText()

        def kept(_was_there: bool) -> None:
            self.said.emit(texts.fill(self.tr("The template “%1” is kept."), name), "good")

        self._workplace.work(
            lambda desk, _stop, _tell: templates.keep(desk, name, text),
            kept,
            lambda words: self.said.emit(self._workplace.say(words), "bad"),
        )

    # -- what was found in it ------------------------------------------------------------------------------

    def take_out_signature(self) -> None:
        """Leave one signature of two, as a step that can be undone."""
        self.text.replace_all(without_second(self._signature, self.text.toPlainText()))

    def lead_to(self, spot: Spot) -> None:
        """Select what was found where it was typed, and show the message that it was found in."""
        recipients = self._recipients

        def found(place: int | None) -> None:
            if recipients is self._recipients and place is not None:
                self._go_to(place)
            self._select(spot)

        if spot.line:
            self._workplace.review(lambda _stop, _tell: previewing.place_of(recipients, spot.mobile), found)
        else:
            self._select(spot)

    def _select(self, spot: Spot) -> None:
        typed = self.text.toPlainText()
        span = spot.typed(typed, self._signature, self.fields)
        self.text.setFocus()
        if span:
            select(self.text, typed, *span)
        if line := self._where(spot, typed[slice(*span)] if span else None):
            self.said.emit(line, "")

    def _where(self, spot: Spot, selected: str | None) -> str:
        """What the selection in the editor does not show; None: there is none."""
        if spot.found and spot.found in self._signature:
            return texts.fill(self.tr("“%1” stands in the account's signature."), spot.found)
        if not spot.line:
            return "" if spot.found else texts.fill(self.tr("Segment %1 begins at the cursor."), LONG)
        file = self._recipients[self._place].file if selected is not None else ""
        row = f"{spot.line} ({file})" if file else str(spot.line)
        if selected is None:
            return texts.fill(self.tr("It is in the text of row %1."), row)
        if not spot.found:
            return texts.fill(self.tr("Row %1 has the longest text: the preview shows it."), row)
        line = self.tr("“%1” comes from row %2 of the list: the preview shows it.")
        return texts.fill(line, spot.found, row) if selected != spot.found else ""

    # -- what is shown -------------------------------------------------------------------------------------

    def _show(self) -> None:
        """The text, the list or the account is another one."""
        self._forget()
        self._show_person()

    def _show_person(self) -> None:
        """Length, cost, boundaries and preview: of the person whose turn it is, where the text is personal."""
        typed = self.text.toPlainText()
        self.keep_action.setEnabled(bool(typed.strip()))
        count = len(self.text.invisible)
        self.clean_button.setText(texts.fill(self.tr("Remove invisible characters: %1"), texts.number(count)))
        self.clean_button.setVisible(count > 0)
        template, problem = None, ""
        try:
            template = Template.parse(typed)
        except InputProblem as exc:
            problem = self._workplace.say(exc.words)
        self._walk.setVisible(bool(template and template.is_personal and self._recipients))
        self._show_whose()
        if template is None:
            self._show_problem(problem)
        else:
            self._show_text(typed, template)

    def _show_text(self, typed: str, template: Template) -> None:
        fields = self.fields
        if template.is_personal and has_line_break(typed):
            self._show_problem(self.tr("A text with placeholders must not hold a line break: turn it into a space."))
            return
        try:
            rendered = template.render(fields)
        except MissingValue as exc:
            if self._recipients:
                self._show_problem(texts.fill(self.tr("This person has no value for “%1”."), exc.name))
            else:
                self._show_problem(self.tr("Import a list to see each person's own text."), tone="")
            return
        signature, account = self._signature if typed else "", self._workplace.account
        whole = signed(signature, rendered)
        front = len(whole) - len(rendered)
        if problem := signature_problem(signature, rendered):
            self._say_length(self._workplace.say(problem), tone="bad")
            self.text.mark_segments(())
        else:
            starts = [place - front for place in segment_starts(whole, gsm7=self._gsm7) if place >= front]
            self.text.mark_segments([template.typed_place(fields, place) for place in starts])
            self._say_length(" · ".join(self._length(whole)))
        if whole:
            self.preview.show_message(account.extno if account else "", whole)
        else:
            self.preview.show_nothing(self.tr("The message appears here as a handset shows it."))

    def _length(self, whole: str) -> list[str]:
        """How long a text is, what it is counted by where there is a choice, and what it costs."""
        size = segments(whole, gsm7=self._gsm7)
        said = []
        if self._gsm7 and gsm.is_plain(whole):
            line = self.tr("Characters %1 · GSM septets %2 · segments %3")
            said += [texts.fill(line, len(whole), gsm.septets(whole), size), self.tr("counted 160/153")]
        else:
            line = self.tr("Characters %1 · UTF-16 units %2 · segments %3")
            said.append(texts.fill(line, len(whole), utf16_units(whole), size))
            if self._gsm7:
                said.append(texts.fill(self.tr("counted 70/67 because of %1"), _named(gsm.beyond(whole))))
        if self._price and size:
            line = self.tr("about %1 a person") if self._price.is_estimate else self.tr("%1 a person")
            said.append(texts.fill(line, texts.yuan(self._price.li * size)))
        return said

    def _show_problem(self, text: str, tone: str = "bad") -> None:
        self._say_length(text, tone)
        self.text.mark_segments(())
        self.preview.show_nothing(self.tr("There is no message to show."))

    def _say_length(self, text: str, tone: str = "") -> None:
        self.length.setText(text)
        parts.tone(self.length, tone)

    # -- whose text ----------------------------------------------------------------------------------------

    def _step(self, by: int) -> None:
        self._go_to((self._place + by) % len(self._recipients))

    def _go_to(self, place: int) -> None:
        self._place = place
        self._show_person()

    def _show_whose(self) -> None:
        count = len(self._recipients)
        with QSignalBlocker(self.whose):
            self.whose.setRange(1, max(1, count))
            self.whose.setValue(self._place + 1)
        self._of_how_many.setText(texts.fill(self.tr("of %1 people"), texts.number(count)))

    def _look(self, which: Callable[[Notable], int | None]) -> None:
        """Go through all texts on a lane, then show the one that is wanted."""
        self._forget()
        text, signature, recipients = self.text.toPlainText(), self._signature, self._recipients
        gsm7 = self._gsm7
        self.notable_button.setEnabled(False)

        def found(notable: Notable) -> None:
            self._ended()
            self._show_spread(notable)
            place = which(notable)
            if place is not None:
                self._go_to(place)

        self._looking = self._workplace.open_file(
            lambda stop, tell: previewing.notable(text, signature, recipients, stop, tell, gsm7=gsm7),
            found,
            lambda _words: self._ended(),
            self._show_looking,
        )

    def _ended(self) -> None:
        self._looking = None
        self.notable_button.setEnabled(True)

    def _show_looking(self, news: Looked) -> None:
        line = self.tr("Looking through the texts: %1 of %2")
        self._say_spread(texts.fill(line, texts.number(news.done), texts.number(news.total)))

    def _show_spread(self, notable: Notable) -> None:
        each = self.tr("segments %1: people %2")
        lines = [texts.fill(each, size, texts.number(n)) for size, n in notable.spread]
        if notable.missing:
            lines.append(texts.fill(self.tr("people without a value: %1"), texts.number(notable.missing)))
        self._say_spread(" · ".join(lines))

    def _say_spread(self, text: str) -> None:
        self.spread.setText(text)
        self.spread.setVisible(bool(text))

    def _forget(self) -> None:
        """What was found belongs to another text."""
        if self._looking:
            self._looking.cancel()
        self._say_spread("")


def _named(characters: str) -> str:
    """The first of some characters, in quotes; those that nobody sees by their code."""
    shown = [one if one.isprintable() and not one.isspace() else f"U+{ord(one):04X}" for one in characters[:_NAMED]]
    return f"“{' '.join(shown)}”" + (" …" if len(characters) > _NAMED else "")
