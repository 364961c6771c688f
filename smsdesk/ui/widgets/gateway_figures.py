"""The gateway's own figures of each day beside ours, where it has them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from smsdesk.domain.chinatime import written
from smsdesk.domain.statis import Agreement, DayCompared
from smsdesk.domain.words import Words
from smsdesk.jobs import statis
from smsdesk.jobs.statis import Compared
from smsdesk.ui import texts
from smsdesk.ui.tables.columns import Column
from smsdesk.ui.tables.fixed import FixedModel
from smsdesk.ui.tables.view import DataTable
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import exporter, parts
from smsdesk.ui.widgets.exporter import ExportButton
from smsdesk.ui.workplace import Workplace


class GatewayFigures(QWidget):
    """The last 31 days of the chosen account. Compared only while it is seen."""

    said = Signal(str, str)
    """A sentence for the page's notice, and its tone."""

    def __init__(self, workplace: Workplace):
        super().__init__()
        self._workplace = workplace
        self.ask_button = parts.button(self.tr("Ask the gateway"), self._on_ask, icon="refresh-cw")
        self.state = parts.quiet(wrap=False)
        self.model = FixedModel(self._columns(), self)
        self.export_button = ExportButton(workplace, self.tr("Gateway's figures"), lambda: exporter.shown(self.model))
        about = self.tr(
            "Days in China, by this account's login. The gateway's document does not say whether it counts messages or "
            "charged segments: it is compared with whichever fits. A difference may be others with the same login, or "
            "reports that have not come yet."
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2 * SPACE, 0, 0)
        layout.addWidget(parts.quiet(about))
        layout.addLayout(parts.row(self.ask_button, self.state, None, self.export_button))
        layout.addWidget(DataTable(self.tr("The gateway's figures and ours"), self.model), 1)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(self.tr("Day"), lambda d: d.day.isoformat(), width=100),
            Column(self.tr("Compared"), self._compared, tone=_tone, stretches=True),
            Column(self.tr("Gateway:\ntotal"), _of_gateway("total"), is_number=True, width=90),
            Column(self.tr("Here:\nmessages"), lambda d: texts.number(d.ours.accepted), is_number=True, width=90),
            Column(self.tr("Here:\nsegments"), lambda d: texts.number(d.ours.segments), is_number=True, width=90),
            Column(self.tr("Gateway:\ndelivered"), _of_gateway("success"), is_number=True, width=90),
            Column(self.tr("Here:\ndelivered"), lambda d: texts.number(d.ours.delivered), is_number=True, width=90),
            Column(self.tr("Gateway:\nfailed"), _of_gateway("fail"), is_number=True, width=90),
            Column(self.tr("Here:\nfailed"), lambda d: texts.number(d.ours.failed), is_number=True, width=90),
            Column(self.tr("Gateway:\nunknown"), _of_gateway("unknown"), is_number=True, width=90),
            Column(self.tr("Here:\nno report"), lambda d: texts.number(d.ours.unknown), is_number=True, width=90),
            Column(self.tr("Gateway:\nrate"), _rate, is_number=True, width=90),
        )

    def reload(self) -> None:
        """Compare again, if it is seen; the gateway is not asked."""
        account = self._workplace.account
        if account is not None and self.isVisible():
            # On the gateway's lane: where a campaign took several days its messages are gone through.
            self._workplace.ask(lambda desk: statis.known(desk, account, *statis.last_days()), self._show)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """See :meth:`reload`."""
        super().showEvent(event)
        self.reload()

    def _on_ask(self) -> None:
        account = self._workplace.account
        if account is None:
            return
        self.ask_button.setEnabled(False)
        self.state.setText(self.tr("Asking…"))

        def failed(words: Words) -> None:
            self.ask_button.setEnabled(True)
            self.state.clear()
            self.said.emit(self._workplace.say(words), "bad")

        self._workplace.ask(lambda desk: statis.ask(desk, account, *statis.last_days()), self._show, failed)

    def _show(self, found: Compared) -> None:
        self.model.show(found.days)
        self.ask_button.setEnabled(found.next_at is None)
        if found.problem:
            self.state.setText(self.tr("This gateway has no figures of its own."))
            self.state.setToolTip(self._workplace.say(found.problem))
        elif found.asked_at and found.next_at:
            line = self.tr("As of %1. Once an hour is advised: again from %2.")
            self.state.setText(texts.fill(line, written(found.asked_at), written(found.next_at)))
        elif found.asked_at:
            self.state.setText(texts.fill(self.tr("As of %1."), written(found.asked_at)))
        else:
            self.state.setText(self.tr("Not asked yet."))

    def _compared(self, day: DayCompared) -> str:
        words = {
            Agreement.NOT_TOLD: self.tr("– Not told by the gateway"),
            Agreement.SAME: self.tr("✓ The same"),
            Agreement.SAME_SEGMENTS: self.tr("✓ The same; it counts segments"),
            Agreement.NOT_OVER: self.tr("… The day was not over"),
            Agreement.PERHAPS: self.tr("≈ Those in doubt explain it"),
            Agreement.OUTCOMES: self.tr("! Same total, other outcomes"),
            Agreement.MORE: self.tr("! The gateway has %1 more"),
            Agreement.FEWER: self.tr("! The gateway has %1 fewer"),
        }
        return texts.fill(words[day.agreement], texts.number(abs(day.more)))


def _tone(day: DayCompared) -> str:
    if day.agreement.differs:
        return "warn"
    return "good" if day.agreement in (Agreement.SAME, Agreement.SAME_SEGMENTS) else "quiet"


def _of_gateway(name: str) -> Callable[[DayCompared], str]:
    return lambda day: texts.number(getattr(day.gateway, name)) if day.gateway else "–"


def _rate(day: DayCompared) -> str:
    return f"{day.gateway.success_percent:.2f} %" if day.gateway else "–"
