"""One campaign in tabs: how far it is, delivery over time, what was not delivered, where, and beside others."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLayout, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from smsdesk.domain.words import Words
from smsdesk.jobs import places, statistics
from smsdesk.jobs.campaigns import Part, Which
from smsdesk.jobs.statistics import Moment, Statistics
from smsdesk.ui import texts
from smsdesk.ui.figures import Figures
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import campaign_charts, parts
from smsdesk.ui.widgets.campaign_progress import CampaignProgress
from smsdesk.ui.widgets.charts import Chart
from smsdesk.ui.widgets.comparison import Comparison
from smsdesk.ui.widgets.drawings import Drawing
from smsdesk.ui.workplace import Workplace


class CampaignView(QTabWidget):
    """Its figures follow the campaign while the view is in sight."""

    wanted = Signal(object)
    """:class:`Part`: these people are wanted as a new draft."""
    said = Signal(str, str)
    """A sentence for the page's notice, and its tone."""

    def __init__(self, workplace: Workplace, buttons: QLayout):
        """`buttons` are the page's own, under the progress."""
        super().__init__()
        self._workplace = workplace
        self.found: Statistics | None = None
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        self.setAccessibleName(self.tr("The chosen campaign"))
        self.progress = CampaignProgress(workplace)
        self.funnel = campaign_charts.funnel_chart(workplace)
        self.delivery = campaign_charts.delivery_chart(workplace, self._delivery_drawing)
        self.failures = campaign_charts.reasons_chart(
            workplace, self.tr("Failed, by reason"), self.tr("No message has failed.")
        )
        self.rejections = campaign_charts.reasons_chart(
            workplace, self.tr("Rejected by the gateway, by reason"), self.tr("The gateway has rejected no message.")
        )
        self.skips = campaign_charts.reasons_chart(
            workplace, self.tr("Left out, by reason"), self.tr("No message was left out."), "warn", is_coded=False
        )
        self.operators = campaign_charts.places_chart(workplace, self.tr("By operator"))
        self.provinces = campaign_charts.places_chart(workplace, self.tr("By province or country"))
        self.comparison = Comparison(workplace)
        self._bodies: list[QWidget] = []
        self._contents: list[tuple[QWidget | QLayout, ...]] = []
        self._add(self.tr("Overview"), self.progress, buttons, self.funnel)
        self._add(self.tr("Delivery"), self._delivery_choice(), self.delivery)
        self._add(self.tr("Not delivered"), self._draft_buttons(), self.failures, self.rejections, self.skips)
        self._add(self.tr("Where"), self.operators, self.provinces)
        self._add(self.tr("Compare"), self.comparison)
        self._fill(0)
        self.currentChanged.connect(self._fill)
        for chart in (*self.charts, self.comparison.chart):
            chart.said.connect(self.said)
        self.failures.table.selectionModel().selectionChanged.connect(lambda _now, _before: self._enable())
        self._figures = Figures(workplace, statistics.of_campaign, self)
        self._figures.computed.connect(self._show)
        self._figures.failed.connect(self._not_computed)
        for chart in self.charts:
            chart.wanted.connect(self._compute_again)
        self._clear()

    @property
    def charts(self) -> Sequence[Chart]:
        """All that show one campaign."""
        return self.funnel, self.delivery, self.failures, self.rejections, self.skips, self.operators, self.provinces

    def show_campaign(self, campaign_id: int | None) -> None:
        """Show another campaign; None is none."""
        if self.found and self.found.campaign.id != campaign_id:
            self._clear()
        self.progress.show_campaign(campaign_id)
        self._figures.show(campaign_id)

    def refresh(self) -> None:
        """What is shown has changed."""
        self._figures.refresh()
        self.comparison.refresh()

    # -- making it -----------------------------------------------------------------------------------------

    def _add(self, title: str, *contents: QWidget | QLayout) -> None:
        """A tab. Its contents come into it when it is first shown: with a style sheet each parent costs them dear."""
        self._contents.append(contents)
        area, body = QScrollArea(), QWidget()
        self._bodies.append(body)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(title)
        area.setWidget(body)
        self.addTab(area, title)

    def _fill(self, place: int) -> None:
        contents, self._contents[place] = self._contents[place], ()
        if not contents:
            return
        column = QVBoxLayout(self._bodies[place])
        column.setContentsMargins(0, 3 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(3 * SPACE)
        for one in contents:
            if isinstance(one, QLayout):
                column.addLayout(one)
            else:
                column.addWidget(one)
        column.addStretch(1)

    def _delivery_choice(self) -> QLayout:
        self.way = parts.drop_down(self.tr("What is drawn"))
        self.way.addItems([self.tr("All so far"), self.tr("In each interval")])
        self.way.currentIndexChanged.connect(lambda _place: self.delivery.draw())
        return parts.row(self.way, None)

    def _delivery_drawing(self, rows: Sequence[Moment]) -> Drawing:
        draw = (campaign_charts.so_far_drawing, campaign_charts.interval_drawing)[self.way.currentIndex()]
        return draw(rows)

    def _draft_buttons(self) -> QLayout:
        """Who is worth writing to again. Nothing is sent by these."""
        self.drafts = {
            Which.FAILED: parts.button(self.tr("Failed ones as a new draft"), self._on_failed),
            Which.REJECTED: parts.button(self.tr("Rejected ones"), lambda: self._want(Which.REJECTED)),
            Which.UNREPORTED: parts.button(self.tr("Those without a report"), lambda: self._want(Which.UNREPORTED)),
            Which.UNANSWERED: parts.button(self.tr("Those who have not replied"), lambda: self._want(Which.UNANSWERED)),
        }
        for button in self.drafts.values():
            button.setToolTip(self.tr("They and the text, on the page that sends. Nothing is sent."))
        return parts.row(*self.drafts.values(), None)

    # -- showing -------------------------------------------------------------------------------------------

    def _show(self, found: Statistics) -> None:
        self.found = found
        self.funnel.show_rows(campaign_charts.steps(found.funnel), campaign_charts.sums(found.funnel))
        self.delivery.show_rows(found.moments, campaign_charts.delivery_summary(found))
        self.failures.show_rows(found.failures)
        self.rejections.show_rows(found.rejections)
        self.skips.show_rows(found.skips)
        self.operators.show_rows(found.operators, self._workplace.say(places.CAVEAT))
        self.provinces.show_rows(found.provinces)
        self._enable()

    def _not_computed(self, words: Words) -> None:
        """The figures that are there stay; where there are none, each chart says why and can be asked again."""
        for chart in self.charts:
            chart.show_failed(self._workplace.say(words))

    def _compute_again(self) -> None:
        if self.found is None:
            self._clear()
        self._figures.refresh()

    def _clear(self) -> None:
        self.found = None
        for chart in self.charts:
            chart.show_waiting()
        self._enable()

    def _enable(self) -> None:
        funnel = self.found.funnel if self.found else None
        counts = {
            Which.FAILED: funnel.failed if funnel else 0,
            Which.REJECTED: funnel.rejected if funnel else 0,
            Which.UNREPORTED: funnel.unreported + funnel.underway if funnel else 0,
            Which.UNANSWERED: funnel.delivered if funnel else 0,
        }
        for which, button in self.drafts.items():
            button.setEnabled(counts[which] > 0)
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
