"""One campaign in tabs: how far it is, delivery over time, what was not delivered, where, and beside others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLayout, QScrollArea, QVBoxLayout, QWidget

from smsdesk.domain.words import Words
from smsdesk.jobs import places, statistics
from smsdesk.jobs.statistics import Moment, Statistics
from smsdesk.ui.figures import Figures
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import campaign_charts, parts
from smsdesk.ui.widgets.campaign_progress import CampaignProgress
from smsdesk.ui.widgets.charts import Chart
from smsdesk.ui.widgets.comparison import Comparison
from smsdesk.ui.widgets.drawings import Drawing
from smsdesk.ui.widgets.late_tabs import LateTabs
from smsdesk.ui.widgets.not_delivered import NotDelivered
from smsdesk.ui.workplace import Workplace


class CampaignView(LateTabs):
    """Its figures follow the campaign while the view is in sight."""

    wanted = Signal(object)
    """:class:`Part`: these people are wanted as a new draft."""
    said = Signal(str, str)
    """A sentence for the page's notice, and its tone."""
    _told = Signal()
    """What is known of the campaign's figures is other than before."""
    _chosen = Signal(object)
    """The ids of the campaigns to compare, each time when they may have changed."""

    def __init__(self, workplace: Workplace, buttons: QLayout):
        """`buttons` are the page's own, under the progress."""
        super().__init__("")
        self.setAccessibleName(self.tr("The chosen campaign"))
        self._workplace = workplace
        self.found: Statistics | None = None
        self._problem: Words | None = None  # why they could not be computed
        self._ids: Sequence[int] = ()
        self.progress = CampaignProgress(workplace)
        self._add(self.tr("Overview"), lambda: (self.progress, buttons, self.funnel))
        self._add(self.tr("Delivery"), lambda: (parts.row(self.way, None), self.delivery))
        self._add(self.tr("Not delivered"), lambda: (self.not_delivered,))
        self._add(self.tr("Where"), lambda: (self.operators, self.provinces))
        self._add(self.tr("Compare"), lambda: (self.comparison,))
        self._figures = Figures(workplace, statistics.of_campaign, self)
        self._figures.computed.connect(self._tell)
        self._figures.failed.connect(self._not_computed)

    def show_campaign(self, campaign_id: int | None) -> None:
        """Show another campaign; None is none."""
        if self.found and self.found.campaign.id != campaign_id:
            self._tell(None)
        self.progress.show_campaign(campaign_id)
        self._figures.show(campaign_id)

    def compare(self, campaign_ids: Sequence[int]) -> None:
        """Compare these campaigns."""
        self._ids = campaign_ids
        self._chosen.emit(campaign_ids)

    def refresh(self) -> None:
        """What is shown has changed."""
        self._figures.refresh()
        self._chosen.emit(self._ids)

    def _tell(self, found: Statistics | None) -> None:
        self.found, self._problem = found, None
        self._told.emit()

    def _not_computed(self, words: Words) -> None:
        self._problem = words
        self._told.emit()

    def _compute_again(self) -> None:
        self._tell(self.found)
        self._figures.refresh()

    # -- what is in it, made when it is first wanted ---------------------------------------------------------

    @cached_property
    def funnel(self) -> Chart:
        """From the messages to the replies."""
        chart = campaign_charts.funnel_chart(self._workplace)
        return self._followed(
            chart, lambda found: (campaign_charts.steps(found.funnel), campaign_charts.sums(found.funnel))
        )

    @cached_property
    def way(self) -> QComboBox:
        """What is drawn of the delivery."""
        way = parts.drop_down(self.tr("What is drawn"))
        way.addItems([self.tr("All so far"), self.tr("In each interval")])
        way.currentIndexChanged.connect(lambda _place: self.delivery.draw())
        return way

    @cached_property
    def delivery(self) -> Chart:
        """Delivery over time."""
        chart = campaign_charts.delivery_chart(self._workplace, self._delivery_drawing)
        return self._followed(chart, lambda found: (found.moments, campaign_charts.delivery_summary(found)))

    def _delivery_drawing(self, rows: Sequence[Moment]) -> Drawing:
        draw = (campaign_charts.so_far_drawing, campaign_charts.interval_drawing)[self.way.currentIndex()]
        return draw(rows)

    @cached_property
    def not_delivered(self) -> NotDelivered:
        """The reasons, and drafts for those who got nothing."""
        reasons = NotDelivered(self._workplace)
        reasons.wanted.connect(self.wanted)
        self._followed(reasons.failures, lambda found: (found.failures, ""))
        self._followed(reasons.rejections, lambda found: (found.rejections, ""))
        self._followed(reasons.skips, lambda found: (found.skips, ""))
        self._told.connect(lambda: reasons.enable(self.found))
        reasons.enable(self.found)
        return reasons

    @cached_property
    def operators(self) -> Chart:
        """By operator."""
        chart = campaign_charts.places_chart(self._workplace, self.tr("By operator"))
        return self._followed(chart, lambda found: (found.operators, self._workplace.say(places.CAVEAT)))

    @cached_property
    def provinces(self) -> Chart:
        """By province or country."""
        chart = campaign_charts.places_chart(self._workplace, self.tr("By province or country"))
        return self._followed(chart, lambda found: (found.provinces, ""))

    @cached_property
    def comparison(self) -> Comparison:
        """The campaigns that are chosen in the list, side by side."""
        comparison = Comparison(self._workplace)
        comparison.chart.said.connect(self.said)
        self._chosen.connect(comparison.compare)
        comparison.compare(self._ids)
        return comparison

    @property
    def charts(self) -> Sequence[Chart]:
        """All that show one campaign."""
        reasons = self.not_delivered
        return (
            *(self.funnel, self.delivery),
            *(reasons.failures, reasons.rejections, reasons.skips),
            *(self.operators, self.provinces),
        )

    def _followed(self, chart: Chart, shown: Callable[[Statistics], tuple[Sequence[Any], str]]) -> Chart:
        """Let a chart show what is known of the campaign: `shown` gives its rows, and the sentence above them.

        Where the newest could not be computed it shows those before, says why, and can ask again.
        """

        def tell() -> None:
            if self.found:
                chart.show_rows(*shown(self.found))
            elif self._problem is None:
                chart.show_waiting()
            if self._problem:
                chart.show_failed(self._workplace.say(self._problem))

        chart.said.connect(self.said)
        chart.wanted.connect(self._compute_again)
        self._told.connect(tell)
        tell()
        return chart

    def _add(self, title: str, contents: Callable[[], Sequence[QWidget | QLayout]]) -> None:
        """A tab that scrolls."""

        def make() -> QWidget:
            area, body = QScrollArea(), QWidget()
            area.setWidgetResizable(True)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setAccessibleName(title)
            column = QVBoxLayout(body)
            column.setContentsMargins(0, 3 * SPACE, 2 * SPACE, 2 * SPACE)
            column.setSpacing(3 * SPACE)
            for one in contents():
                if isinstance(one, QLayout):
                    column.addLayout(one)
                else:
                    column.addWidget(one)
            column.addStretch(1)
            area.setWidget(body)
            return area

        self.add(title, make)
