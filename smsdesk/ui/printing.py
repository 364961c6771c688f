"""A campaign's report on paper: A4 pages with its figures, charts and tables.

Three steps, so that the window stays alive: what there is as values, a picture of each chart, and the file.
Names and texts are escaped: nothing that somebody wrote is taken for markup.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QMarginsF, QSize, QUrl
from PySide6.QtGui import QFont, QImage, QPageLayout, QPageSize, QPdfWriter, QTextDocument

from smsdesk.domain.campaign import Campaign
from smsdesk.domain.chinatime import now, written
from smsdesk.domain.words import Words
from smsdesk.ui import texts, theme
from smsdesk.ui.widgets.charts import Chart
from smsdesk.ui.widgets.drawings import Drawing

_DPI: Final = 96
_CHART_WIDTH: Final = 660
"""Pixels at 96 a inch that a chart takes of the 680 between the margins."""
_ROWS: Final = 40
"""Rows of a table on paper; below it stands how many there are besides."""


@dataclass(frozen=True, slots=True)
class Section:
    """A chart with its table, as it was at one moment. A cell has its text and `left` or `right`."""

    title: str
    summary: str
    drawing: Drawing
    header: Sequence[tuple[str, str]]
    rows: Sequence[Sequence[tuple[str, str]]]
    more: str


@dataclass(frozen=True, slots=True)
class Report:
    """What stands on paper, in the window's language."""

    title: str
    facts: Sequence[tuple[str, str]]
    sections: Sequence[Section]


def report(campaign: Campaign, charts: Sequence[Chart], say: Callable[[Words], str]) -> Report:
    """The report as the charts are now: what the campaign is, then each chart that has rows."""
    return Report(campaign.name, tuple(_facts(campaign, say)), [_section(one) for one in charts if one.model.rows])


def picture_of(section: Section) -> QImage:
    """Its chart in the light theme's colours. On the main thread: it is drawn by a widget."""
    from smsdesk.ui.widgets.plots import height_of, picture  # noqa: PLC0415 - importing it takes a third of a second

    size = QSize(_CHART_WIDTH, height_of(section.drawing))
    return picture(section.drawing, "", size, theme.palette(theme.LIGHT))


def pdf(made: Report, pictures: Sequence[QImage]) -> bytes:
    """The report with a picture for each section, as a file. On any thread."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(made.title)
    writer.setResolution(_DPI)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(15, 15, 15, 15), QPageLayout.Unit.Millimeter)
    document(made, pictures).print_(writer)
    buffer.close()
    return bytes(data.data())


def document(made: Report, pictures: Sequence[QImage]) -> QTextDocument:
    """The same as a document."""
    paper, t = QTextDocument(), theme.LIGHT
    paper.setDocumentMargin(0)
    paper.setDefaultFont(QFont(["Noto Sans CJK SC", "Microsoft YaHei UI", "PingFang SC", "sans-serif"], 9))
    paper.setDefaultStyleSheet(
        f"h1 {{ font-size: 16pt; }} h2 {{ font-size: 12pt; }} body, td {{ color: {t.text}; }}"
        f"p.quiet, td.quiet {{ color: {t.quiet}; }} th {{ background-color: {t.window}; color: {t.text}; }}"
    )
    body = [*_head(made)]
    for place, (section, image) in enumerate(zip(made.sections, pictures, strict=True)):
        address = f"chart:{place}"
        paper.addResource(QTextDocument.ResourceType.ImageResource, QUrl(address), image)
        body += _printed(section, address, image, starts_page=place > 0)
    paper.setHtml("<body>" + "".join(body) + "</body>")
    return paper


def _facts(campaign: Campaign, say: Callable[[Words], str]) -> Iterable[tuple[str, str]]:
    rows = (
        (QCoreApplication.translate("Printing", "Account"), campaign.account),
        (QCoreApplication.translate("Printing", "State"), texts.campaign_state(campaign.state, say)),
        (QCoreApplication.translate("Printing", "Recipients from"), campaign.source),
        (QCoreApplication.translate("Printing", "Made"), written(campaign.created_at)),
        (QCoreApplication.translate("Printing", "Started"), written(campaign.started_at)),
        (QCoreApplication.translate("Printing", "Finished"), written(campaign.finished_at)),
        (QCoreApplication.translate("Printing", "Segments"), texts.number(campaign.counts.segments)),
        (QCoreApplication.translate("Printing", "Text"), campaign.text),
        (QCoreApplication.translate("Printing", "As of (China time)"), written(now())),
    )
    return ((name, value) for name, value in rows if value)


def _section(chart: Chart) -> Section:
    columns, rows = chart.model.columns, chart.model.rows
    sides = ["right" if one.is_number else "left" for one in columns]
    more = QCoreApplication.translate("Printing", "… and %1 more rows, on the campaign's page.")
    return Section(
        chart.heading.text(),
        chart.summary.text(),
        chart.drawing(),
        [(one.title, side) for one, side in zip(columns, sides, strict=True)],
        [[(one.text(row), side) for one, side in zip(columns, sides, strict=True)] for row in rows[:_ROWS]],
        texts.fill(more, texts.number(len(rows) - _ROWS)) if len(rows) > _ROWS else "",
    )


def _head(made: Report) -> Iterator[str]:
    yield f"<h1>{html.escape(made.title)}</h1><table cellpadding='3'>"
    for name, value in made.facts:
        yield f"<tr><td class='quiet'>{html.escape(name)}</td><td>{_lines(value)}</td></tr>"
    yield "</table>"


def _lines(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")


def _printed(section: Section, address: str, image: QImage, *, starts_page: bool) -> Iterator[str]:
    """Its heading, its picture, and its table."""
    size = image.deviceIndependentSize()
    style = " style='page-break-before: always'" if starts_page else ""
    yield f"<h2{style}>{html.escape(section.title)}</h2>"
    if section.summary:
        yield f"<p class='quiet'>{_lines(section.summary)}</p>"
    yield f"<p><img src='{address}' width='{round(size.width())}' height='{round(size.height())}'></p>"
    cells = "".join(f"<th align='{side}'>{html.escape(title)}</th>" for title, side in section.header)
    yield f"<table width='100%' cellpadding='3' cellspacing='0'><thead><tr>{cells}</tr></thead>"
    for row in section.rows:
        cells = "".join(f"<td align='{side}'>{html.escape(text)}</td>" for text, side in row)
        yield f"<tr>{cells}</tr>"
    yield "</table>"
    if section.more:
        yield f"<p class='quiet'>{html.escape(section.more)}</p>"
