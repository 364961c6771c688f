"""Why messages of a campaign were not delivered, and who is worth writing to again."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from smsdesk.jobs.campaigns import Part, Which
from smsdesk.jobs.statistics import Statistics
from smsdesk.ui import texts
from smsdesk.ui.widgets import campaign_charts, parts
from smsdesk.ui.workplace import Workplace


class NotDelivered(QWidget):
    """Three charts of reasons, under buttons that make a draft of people. Nothing is sent by these."""

    wanted = Signal(object)
    """:class:`Part`: these people are wanted as a new draft."""

    def __init__(self, workplace: Workplace):
        super().__init__()
        self.failures = campaign_charts.reasons_chart(
            workplace, self.tr("Failed, by reason"), self.tr("No message has failed.")
        )
        self.rejections = campaign_charts.reasons_chart(
            workplace, self.tr("Rejected by the gateway, by reason"), self.tr("The gateway has rejected no message.")
        )
        self.skips = campaign_charts.reasons_chart(
            workplace, self.tr("Left out, by reason"), self.tr("No message was left out."), "warn", is_coded=False
        )
        self.drafts = {
            Which.FAILED: parts.button("", self._on_failed),
            Which.REJECTED: parts.button(self.tr("Rejected ones"), lambda: self._want(Which.REJECTED)),
            Which.UNREPORTED: parts.button(self.tr("Those without a report"), lambda: self._want(Which.UNREPORTED)),
            Which.UNANSWERED: parts.button(self.tr("Those who have not replied"), lambda: self._want(Which.UNANSWERED)),
        }
        for button in self.drafts.values():
            button.setToolTip(self.tr("They and the text, on the page that sends. Nothing is sent."))
        layout = parts.column(self, spacing=3)
        layout.addLayout(parts.row(*self.drafts.values(), None))
        for chart in (self.failures, self.rejections, self.skips):
            layout.addWidget(chart)
        self.failures.table.selectionModel().selectionChanged.connect(lambda _now, _before: self._name())
        self._name()

    def enable(self, found: Statistics | None) -> None:
        """Enable the buttons that would make a draft of anybody."""
        funnel = found.funnel if found else None
        counts = {
            Which.FAILED: funnel.failed if funnel else 0,
            Which.REJECTED: funnel.rejected if funnel else 0,
            Which.UNREPORTED: funnel.unreported + funnel.underway if funnel else 0,
            Which.UNANSWERED: funnel.delivered if funnel else 0,
        }
        for which, button in self.drafts.items():
            button.setEnabled(counts[which] > 0)
        self._name()

    def _name(self) -> None:
        chosen = self._chosen_reason()
        one = texts.fill(self.tr("Those that failed by “%1” as a new draft"), chosen[0] if chosen else "")
        self.drafts[Which.FAILED].setText(one if chosen else self.tr("Failed ones as a new draft"))

    def _chosen_reason(self) -> tuple[str, ...]:
        """The codes of the reason that is chosen in the table; none where none or several are."""
        rows = self.failures.table.selected_rows()
        return tuple(self.failures.model.rows[rows[0]].spellings) if len(rows) == 1 else ()

    def _on_failed(self) -> None:
        self.wanted.emit(Part(Which.FAILED, self._chosen_reason()))

    def _want(self, which: Which) -> None:
        self.wanted.emit(Part(which))
