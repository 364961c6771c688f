"""How far a campaign is, with the buttons that steer it: on the pages that send and on the campaigns page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QVBoxLayout

from smsdesk.domain.campaign import Campaign, CampaignState, Counts, PauseCode
from smsdesk.domain.chinatime import written
from smsdesk.domain.message import State
from smsdesk.domain.words import Words
from smsdesk.jobs import campaigns
from smsdesk.ui import texts
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.details import DetailsButton
from smsdesk.ui.workplace import Changed, Workplace

if TYPE_CHECKING:
    from smsdesk.jobs.campaigns import Doubt
    from smsdesk.jobs.sending import Sending

_DOUBTS_SHOWN = 3


class CampaignProgress(QFrame):
    """Shows one campaign, live; hidden while there is none.

    `leads_on` is for places that do not show themselves what comes of it.
    """

    results_wanted = Signal(object)
    """The campaign of this id, an int, is to be shown with all that came of it."""

    def __init__(self, workplace: Workplace, *, leads_on: bool = False):
        super().__init__()
        self._workplace = workplace
        self._wanted: int | None = None
        self._campaign: Campaign | None = None
        self.setObjectName("card")
        self._build()
        self.results_button.setVisible(leads_on)
        workplace.progressed.connect(self._progressed)
        workplace.changed.connect(self._changed)
        self.hide()

    def _build(self) -> None:
        self._name = parts.heading("")
        self._state = QLabel()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress of the campaign"))
        self._counts = parts.quiet()
        self._line = parts.quiet()
        self._line.hide()
        self._doubt = parts.Named(self.tr("What is in doubt"))
        self._doubt.setWordWrap(True)
        self._as_sent = parts.button(self.tr("Treat as sent"), self._on_treat_as_sent)
        self._why = QLabel()
        self._why.setWordWrap(True)
        parts.tone(self._why, "warn")
        self._pause = parts.button(self.tr("Pause"), self._on_pause, icon="pause")
        self._resume = parts.button(self.tr("Start"), self._on_resume, primary=True, icon="play")
        self._retry = parts.button(self.tr("Send rejected ones again"), self._on_retry)
        self._retry_doubt = parts.button(self.tr("Send in-doubt ones again…"), self._on_retry_doubt)
        self._cancel = parts.button(self.tr("Cancel the rest…"), self._on_cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4 * SPACE, 3 * SPACE, 4 * SPACE, 4 * SPACE)
        layout.setSpacing(2 * SPACE)
        layout.addLayout(parts.row(self._name, None, self._state))
        layout.addWidget(self._bar)
        self.results_button = parts.button(self.tr("See the results"), self._on_results)
        counts = parts.row(self._counts, self.results_button)
        counts.setStretch(0, 1)
        layout.addLayout(counts)
        for widget in (self._line, self._why, self._doubt):
            layout.addWidget(widget)
        self.details = DetailsButton()
        layout.addLayout(parts.row(self._resume, self._pause, self._cancel, None, self.details))
        layout.addLayout(parts.row(self._retry, self._as_sent, self._retry_doubt, None))

    def show_campaign(self, campaign_id: int | None) -> None:
        """Show another campaign; None is none."""
        self._wanted = campaign_id
        if campaign_id is None:
            self._campaign = None
            self.hide()
            return
        self._workplace.read(lambda desk: campaigns.get(desk, campaign_id), self._show)

    def _changed(self, what: Changed) -> None:
        if what.campaigns and self._wanted is not None:
            self.show_campaign(self._wanted)

    def _progressed(self, news: Sending) -> None:
        if self._campaign and news.campaign_id == self._campaign.id:
            if self._campaign.state is not CampaignState.SENDING:
                self.show_campaign(news.campaign_id)
            self._show_counts(news.counts)
            self._say_line(self._speed(news))
            self._say_why(news.waiting_for)

    def _show(self, campaign: Campaign) -> None:
        if campaign.id != self._wanted:
            return  # another is wanted by now
        self._campaign = campaign
        self._name.setText(campaign.name)
        self._state.setText(texts.campaign_state(campaign.state, self._workplace.say))
        parts.tone(self._state, texts.tone(campaign.state))
        self._show_counts(campaign.counts)
        if campaign.state is not CampaignState.SENDING:
            self._say_line("")
        self._say_why(campaign.pause.words if campaign.pause else None)
        standing = campaign.state in (CampaignState.PAUSED, CampaignState.SCHEDULED)
        resumed = campaign.state is CampaignState.PAUSED
        self._resume.setText(self.tr("Go on") if resumed else self.tr("Start"))
        self._resume.setVisible(standing)
        self._pause.setVisible(campaign.state in (CampaignState.SENDING, CampaignState.SCHEDULED))
        waits = campaign.state is CampaignState.SCHEDULED and campaign.start_at is not None
        self._resume.setText(self.tr("Start now") if waits else self._resume.text())
        self._cancel.setVisible(standing or campaign.state is CampaignState.SENDING)
        may_retry = campaign.state in (CampaignState.PAUSED, CampaignState.DONE)
        self._retry.setVisible(may_retry and campaign.counts.rejected > 0)
        for widget in (self._retry_doubt, self._as_sent):
            widget.setVisible(may_retry and campaign.counts.in_doubt > 0)
        self._doubt.setVisible(campaign.counts.in_doubt > 0)
        if campaign.counts.in_doubt:
            self._workplace.read(lambda desk: campaigns.doubts(desk, campaign.id), self._show_doubts)
        if campaign.state is CampaignState.SCHEDULED and campaign.start_at:
            self._say_line(texts.fill(self.tr("Starts by itself at %1"), written(campaign.start_at)))
        self.show()

    def _show_doubts(self, doubts: list[Doubt]) -> None:
        """Which requests left messages in doubt, since when, and why; what can be done, from waiting on."""
        each = self.tr("%1 in doubt since %2: %3")
        lines = [
            texts.fill(each, texts.number(d.count), written(d.since), self._workplace.say(d.why))
            for d in doubts[:_DOUBTS_SHOWN]
        ]
        if len(doubts) > _DOUBTS_SHOWN:
            lines.append("…")
        lines.append(self.tr("You can wait: a status report settles each of them by itself."))
        self._doubt.setText("\n".join(lines))

    def _show_counts(self, counts: Counts) -> None:
        # In thousandths: a bar's range is 32 bits, and a campaign's size need not be.
        self._bar.setRange(0, 1000)
        self._bar.setValue(1000 * counts.settled // max(counts.total, 1))
        figures = (
            (self.tr("Total"), counts.total),
            (self.tr("Waiting"), counts.queued + counts.claimed),
            (self.tr("Accepted"), counts.accepted),
            (self.tr("Rejected"), counts.rejected),
            (self.tr("In doubt"), counts.in_doubt),
            (self.tr("Left out"), counts.skipped),
            (self.tr("Delivered"), counts.delivered),
            (self.tr("Failed"), counts.failed),
        )
        shown = [figures[0], *(one for one in figures[1:] if one[1])]
        self._counts.setText(" · ".join(f"{name} {texts.number(n)}" for name, n in shown))

    def _speed(self, news: Sending) -> str:
        if news.per_second < 0.05:
            return ""
        left = (news.counts.queued + news.counts.claimed) / news.per_second
        rate = texts.number(round(news.per_second)) if news.per_second >= 1 else f"{news.per_second:.1f}"
        line = texts.fill(self.tr("Messages a second: %1; about %2 left"), rate, texts.duration(left))
        return line + " · " + self.tr("slowed down, since the gateway is busy") if news.is_slowed else line

    def _say_line(self, text: str) -> None:
        self._line.setText(text)
        self._line.setVisible(bool(text))

    def _say_why(self, words: Words | None) -> None:
        self._why.setText(self._workplace.say(words) if words else "")
        self._why.setVisible(words is not None)
        self.details.show_details(words, self._workplace.language)

    # -- buttons -------------------------------------------------------------------------------------------

    def _on_results(self) -> None:
        if self._campaign:
            self.results_wanted.emit(self._campaign.id)

    def _on_pause(self) -> None:
        if campaign := self._campaign:
            self._pause.setEnabled(False)
            self._workplace.work(lambda desk, _stop, _tell: campaigns.pause(desk, campaign.id), self._done)

    def _on_resume(self) -> None:
        campaign = self._campaign  # while the person is asked, another one may come into sight
        if campaign and self._may_go_on(campaign):
            self._resume.setVisible(False)
            self._workplace.send(campaign.id)

    def _may_go_on(self, campaign: Campaign) -> bool:
        """Of a restored campaign nobody knows what was sent after the backup: that is asked about."""
        if campaign.pause is None or campaign.pause.code is not PauseCode.RESTORED:
            return True
        question = self._workplace.say(campaign.pause.words)
        return parts.sure(self, self.tr("Go on all the same"), question)

    def _on_retry(self) -> None:
        if self._campaign:
            self._retry_those(self._campaign, State.REJECTED)

    def _on_treat_as_sent(self) -> None:
        if campaign := self._campaign:
            self._workplace.work(lambda desk, _stop, _tell: campaigns.treat_as_sent(desk, campaign.id), self._done)

    def _on_retry_doubt(self) -> None:
        if (campaign := self._campaign) is None:
            return
        question = self.tr(
            "Messages in doubt: %1. They may have reached their recipients. Sent again, they may come twice, "
            "and be charged twice.\n\nSend them again all the same?"
        )
        if parts.sure(self, self.tr("Send again"), texts.fill(question, texts.number(campaign.counts.in_doubt))):
            self._retry_those(campaign, State.IN_DOUBT)

    def _retry_those(self, campaign: Campaign, state: State) -> None:
        if self._may_go_on(campaign):

            def requeued(_count: int) -> None:
                self._workplace.send(campaign.id)

            self._workplace.work(
                lambda desk, _stop, _tell: campaigns.retry(desk, campaign.id, frozenset({state}), restored=True),
                requeued,
            )

    def _on_cancel(self) -> None:
        if (campaign := self._campaign) is None:
            return
        question = self.tr("Messages not sent yet: %1. They will be left out for good. What was sent stays.")
        waiting = campaign.counts.queued + campaign.counts.claimed
        if parts.sure(self, self.tr("Cancel the rest"), texts.fill(question, texts.number(waiting))):
            self._workplace.work(lambda desk, _stop, _tell: campaigns.cancel(desk, campaign.id), self._done)

    def _done(self, _result: object) -> None:
        self._pause.setEnabled(True)
        self._workplace.changed.emit(Changed(campaigns=True))
