"""What each campaign of the chosen account has cost."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from smsdesk.jobs import spending, tables_out
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.spending import CampaignCost
from smsdesk.ui import texts
from smsdesk.ui.tables.columns import Column
from smsdesk.ui.tables.paged import PagedModel
from smsdesk.ui.tables.view import DataTable
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.exporter import ExportButton, Job
from smsdesk.ui.workplace import Workplace


class CampaignCosts(QWidget):
    """The newest first. Read only while it is seen: a page of it takes longer than all the rest of the tab."""

    def __init__(self, workplace: Workplace):
        super().__init__()
        self._workplace = workplace
        columns = (
            Column(self.tr("Campaign"), lambda c: c.name, width=240, stretches=True),
            Column(
                self.tr("State"),
                lambda c: texts.campaign_state(c.state, workplace.say),
                tone=lambda c: texts.tone(c.state),
            ),
            Column(self.tr("Made"), lambda c: texts.day_and_minute(c.made_at), width=110),
            Column(self.tr("Charged segments"), lambda c: texts.number(c.segments), is_number=True, width=130),
            Column(self.tr("Cost"), self._cost, is_number=True, width=120),
            Column(self.tr("How it is known"), self._how, width=170),
        )
        self.model = PagedModel(workplace, columns, self._fetch, self)
        about = self.tr(
            "“Measured” is by how much the balance fell while nothing else was sent with the login. Where that cannot "
            "be told apart, the accepted segments are multiplied by the price."
        )
        self.export_button = ExportButton(workplace, self.tr("Spent by campaign"), self._export)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2 * SPACE, 0, 0)
        layout.addWidget(parts.quiet(about))
        layout.addLayout(parts.row(None, self.export_button))
        layout.addWidget(DataTable(self.tr("Spent by campaign"), self.model), 1)

    def reload(self) -> None:
        """Read it again, if it is seen."""
        if self.isVisible():
            self.model.refresh()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """See :meth:`reload`."""
        super().showEvent(event)
        self.model.refresh()

    def _fetch(self, desk: Desk, before: int | None, limit: int) -> list[CampaignCost]:
        account = self._workplace.account
        return spending.campaigns(desk, account, before, limit) if account else []

    def _export(self) -> Job | None:
        account = self._workplace.account
        return partial(tables_out.save_costs, account=account) if account else None

    def _cost(self, cost: CampaignCost) -> str:
        if cost.cost_li is None:
            return "–"
        amount = texts.yuan(cost.cost_li)
        return amount if cost.is_measured else texts.fill(self.tr("about %1"), amount)

    def _how(self, cost: CampaignCost) -> str:
        if cost.cost_li is None:
            return self.tr("? No price is known")
        return self.tr("✓ Measured") if cost.is_measured else self.tr("≈ Segments × price")
