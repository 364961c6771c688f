"""A campaign's report on paper: A4 pages with its figures, charts and tables.

Names and texts are escaped: nothing that somebody wrote is taken for markup.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QMarginsF, QSize, QUrl
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPdfWriter, QTextDocument

from smsdesk.domain.campaign import Campaign
from smsdesk.domain.chinatime import now, written
from smsdesk.domain.errors import InputProblem
from smsdesk.domain.words import Words
from smsdesk.ui import texts, theme
from smsdesk.ui.widgets.charts import Chart

_DPI: Final = 96
_CHART_WIDTH: Final = 660
"""Pixels at 96 a inch that a chart takes of the 680 between the margins."""
_ROWS: Final = 40
"""Rows of a table on paper; below it stands how many there are besides."""


def pdf(campaign: Campaign, charts: Sequence[Chart]) -> bytes:
    """The report as a PDF, in the window's language and the light theme's colours."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(campaign.name)
    writer.setResolution(_DPI)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(15, 15, 15, 15), QPageLayout.Unit.Millimeter)
    document(campaign, charts).print_(writer)
    buffer.close()
    return bytes(data.data())


def save(data: bytes, path: Path) -> None:
    """Write a report to a file.

    Raises:
        InputProblem: it cannot be written.
    """
    try:
        path.write_bytes(data)
    except OSError as exc:
        raise InputProblem(
            Words("报告无法保存到 {path}：{why}。", "The report cannot be saved to {path}: {why}.").fill(
                path=path, why=exc.strerror or ""
            )
        ) from exc


def document(campaign: Campaign, charts: Sequence[Chart]) -> QTextDocument:
    """The report as a document: what the campaign is, then each chart that has rows, with its table."""
    made, t = QTextDocument(), theme.LIGHT
    made.setDocumentMargin(0)
    made.setDefaultFont(QFont(["Noto Sans CJK SC", "Microsoft YaHei UI", "PingFang SC", "sans-serif"], 9))
    made.setDefaultStyleSheet(
        f"h1 {{ font-size: 16pt; }} h2 {{ font-size: 12pt; }} body, td {{ color: {t.text}; }}"
        f"p.quiet, td.quiet {{ color: {t.quiet}; }} th {{ background-color: {t.window}; color: {t.text}; }}"
    )
    body = [*_head(campaign)]
    for place, chart in enumerate(one for one in charts if one.model.rows):
        body += _chart(chart, made, f"chart:{place}", starts_page=place > 0)
    made.setHtml("<body>" + "".join(body) + "</body>")
    return made


def _head(campaign: Campaign) -> Iterator[str]:
    yield f"<h1>{html.escape(campaign.name)}</h1><table cellpadding='3'>"
    rows = (
        (QCoreApplication.translate("Printing", "Account"), campaign.account),
        (QCoreApplication.translate("Printing", "State"), texts.campaign_state(campaign.state)),
        (QCoreApplication.translate("Printing", "Recipients from"), campaign.source),
        (QCoreApplication.translate("Printing", "Made"), written(campaign.created_at)),
        (QCoreApplication.translate("Printing", "Started"), written(campaign.started_at)),
        (QCoreApplication.translate("Printing", "Finished"), written(campaign.finished_at)),
        (QCoreApplication.translate("Printing", "Segments"), texts.number(campaign.counts.segments)),
        (QCoreApplication.translate("Printing", "Text"), campaign.text),
        (QCoreApplication.translate("Printing", "As of (China time)"), written(now())),
    )
    for name, value in rows:
        if value:
            shown = html.escape(value).replace("\n", "<br>")
            yield f"<tr><td class='quiet'>{html.escape(name)}</td><td>{shown}</td></tr>"
    yield "</table>"


def _chart(chart: Chart, made: QTextDocument, address: str, *, starts_page: bool) -> Iterator[str]:
    """Its heading, its picture, and its table."""
    image = chart.picture(QSize(_CHART_WIDTH, 0), theme.palette(theme.LIGHT), titled=False)
    made.addResource(QTextDocument.ResourceType.ImageResource, QUrl(address), image)
    size = image.deviceIndependentSize()
    style = " style='page-break-before: always'" if starts_page else ""
    yield f"<h2{style}>{html.escape(chart.heading.text())}</h2>"
    if summary := chart.summary.text():
        yield f"<p class='quiet'>{html.escape(summary)}</p>"
    yield f"<p><img src='{address}' width='{round(size.width())}' height='{round(size.height())}'></p>"
    yield from _table(chart)


def _table(chart: Chart) -> Iterator[str]:
    columns, rows = chart.model.columns, chart.model.rows
    sides = ["right" if one.is_number else "left" for one in columns]
    cells = (f"<th align='{s}'>{html.escape(c.title)}</th>" for s, c in zip(sides, columns, strict=True))
    yield f"<table width='100%' cellpadding='3' cellspacing='0'><thead><tr>{''.join(cells)}</tr></thead>"
    for row in rows[:_ROWS]:
        cells = (f"<td align='{s}'>{html.escape(c.text(row))}</td>" for s, c in zip(sides, columns, strict=True))
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</table>"
    if len(rows) > _ROWS:
        more = QCoreApplication.translate("Printing", "… and %1 more rows, on the campaign's page.")
        yield f"<p class='quiet'>{html.escape(texts.fill(more, texts.number(len(rows) - _ROWS)))}</p>"
