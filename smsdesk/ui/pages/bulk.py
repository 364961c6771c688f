"""Bulk send: a recipient file, a text, and off it goes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from smsdesk.domain.account import Account
from smsdesk.domain.campaign import Campaign
from smsdesk.domain.campaign import Kind as CampaignKind
from smsdesk.domain.chinatime import CHINA
from smsdesk.domain.findings import Kind, Spot
from smsdesk.domain.origin import FromCampaign
from smsdesk.domain.recipient import Recipient
from smsdesk.domain.text import escaped
from smsdesk.domain.words import Words
from smsdesk.jobs import checking, planning, rendering
from smsdesk.settings.list_draft import ListDraft
from smsdesk.ui import texts
from smsdesk.ui.draft import Draft
from smsdesk.ui.list_keeper import ListKeeper
from smsdesk.ui.pages.sending_page import Answers, Plan, Ready, SendingPage
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.recipients_card import RecipientsCard
from smsdesk.ui.widgets.text_card import TextCard
from smsdesk.ui.workplace import Workplace

if TYPE_CHECKING:
    from smsdesk.jobs.campaigns import Part
    from smsdesk.jobs.people import Group


class BulkPage(SendingPage):
    """Recipients on the left; the text, and sending, on the right."""

    draft = "bulk"

    def __init__(self, workplace: Workplace):
        super().__init__(workplace)
        self.recipients = RecipientsCard(workplace, parts.step(1, self.tr("Recipients")))
        self.writing = TextCard(workplace)
        text = self.writing.text
        Draft.of_editor(workplace, self.draft, text, lambda: [text.toPlainText()])
        self._list = ListKeeper(workplace, f"{self.draft}-list", self.recipients.importer, self.recipients.offer)
        self._ordered = ListDraft()
        right = QVBoxLayout()
        right.setSpacing(3 * SPACE)
        right.addWidget(self.writing, 1)
        right.addWidget(self.send_card(parts.step(3, self.tr("Send"))))
        right.addWidget(self.progress)
        columns = QHBoxLayout()
        columns.setSpacing(4 * SPACE)
        columns.addWidget(self.recipients, 1)
        columns.addLayout(right, 1)
        self.column.addLayout(columns, 1)
        self.recipients.imported.connect(self._imported)
        self.recipients.said.connect(self._say)
        self.writing.said.connect(self._say)
        paste = QShortcut(QKeySequence.StandardKey.Paste, self)
        paste.activated.connect(self.recipients.paste)

    def add_files(self, paths: list[Path]) -> None:
        """Read recipient files and add them to the list."""
        self.recipients.add(paths)

    def write_to(self, group: Group | None) -> None:
        """Make the list of the people of a group; None is everybody in the address book."""
        importer = self.recipients.importer
        question = self.tr("There is a list on this page already. Replace it by the group?")
        if importer.sources and not parts.sure(self, self.tr("Replace"), question):
            return
        importer.clear()
        self.recipients.add_group(group)

    def take_over(self, campaign: Campaign, part: Part | None = None) -> None:
        """Make a draft of an earlier campaign: its text, and its people, or a part of them, where all got the same."""
        importer = self.recipients.importer
        has_draft = bool(self.writing.text.toPlainText().strip() or importer.sources or importer.is_reading)
        if has_draft and not self.may_replace():
            return
        importer.clear()
        is_same = campaign.kind is CampaignKind.BULK
        self.writing.take_over(escaped(campaign.text) if is_same else campaign.text)
        if is_same:
            name = texts.fill(self.tr("Campaign: %1"), campaign.name)
            self._say("", "")
            importer.add(FromCampaign(name, campaign.name, campaign.id, part))
        else:
            line = self.tr("The text is here. Its values came from %1: add that list again.")
            self._say(texts.fill(line, campaign.source), "")

    def _say(self, text: str, tone: str) -> None:
        if text:
            self.notice.say(text, tone)
        else:
            self.notice.hide()

    def _imported(self) -> None:
        """The list of recipients is another one."""
        result = self.recipients.result
        columns = [name for name in result.columns if name != result.column] if result else []
        self.writing.show_recipients(result.recipients if result else (), columns)

    def _mend(self, kind: Kind, account: Account) -> bool:
        match kind:
            case Kind.NO_OPT_OUT:
                self.writing.text.add_ending(self.workplace.settings.opt_out_ending)
            case Kind.TWO_SIGNATURES:
                self.writing.take_out_signature()
            case _:
                return super()._mend(kind, account)
        return True

    def _lead_to(self, spot: Spot) -> None:
        self.writing.lead_to(spot)

    # -- sending -------------------------------------------------------------------------------------------

    def _sent(self) -> None:
        super()._sent()
        self._list.sent(self._ordered)

    def _order(self, answers: Answers) -> Ready | None:
        account, result = self.account_or_complain(), self.recipients.ready()
        if account is None:
            return None
        if isinstance(result, Words):
            self.complain(result)
            return None
        when = self.when()
        if when is None:
            return None
        self._ordered = self.recipients.importer.draft
        started = datetime.now(CHINA)
        name = self.name.text().strip() or f"{result.path.stem} {started:%m-%d %H:%M}"
        order = rendering.Order(
            account=account,
            name=name,
            text=self.writing.text.toPlainText(),
            source=", ".join(part.path.name for part in result.parts),
            recipients=result.recipients,
            start_at=when[0],
            hours=when[1],
            not_since=answers.not_since,
            not_until=answers.not_until,
            not_again=answers.not_again,
            repeats=result.repeats,
            household=answers.household,
        )
        rules = self.rules()
        return Ready(
            lambda desk, stop, tell: checking.check(
                desk, order, *rendering.lines_of(order), rules, stop=stop, tell=tell
            ),
            lambda desk, stop, tell: planning.plan(desk, order, stop, tell),
            when,
        )

    def _test(self, account: Account, name: str, mobiles: Sequence[str]) -> Plan | None:
        fields = self.writing.fields
        people = [Recipient(mobile, fields, line) for line, mobile in enumerate(mobiles, 1)]
        order = rendering.Order(account, name, self.writing.text.toPlainText(), name, people)
        return lambda desk, stop, tell: planning.plan(desk, order, stop, tell)
