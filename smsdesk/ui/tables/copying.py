"""Rows on the clipboard, so that a spreadsheet takes them as they are shown."""

from __future__ import annotations

import html
from collections.abc import Sequence

from PySide6.QtCore import QMimeData

from smsdesk.jobs import exporting
from smsdesk.ui.tables.columns import Column

# Spreadsheets take the HTML first. There a text is a text: a mid of twenty digits keeps them all, and a reply that
# begins with `=` is no formula.
_AS_TEXT = "mso-number-format:'\\@'"


def clip(columns: Sequence[Column], rows: Sequence[Sequence[str]], *, titled: bool) -> QMimeData:
    """The rows' cells, which these columns show, as plain text and as HTML; `titled`: below the columns' titles."""
    titles = [[column.title for column in columns]] if titled else []
    clipped = QMimeData()
    clipped.setText("\n".join("\t".join(map(_plain, row)) for row in (*titles, *rows)))
    styles = ["" if column.is_number else f' style="{_AS_TEXT}"' for column in columns]
    lines = ["".join(f"<th>{html.escape(title)}</th>" for title in row) for row in titles]
    lines += ["".join(map(_cell, styles, row)) for row in rows]
    clipped.setHtml(f"<meta charset='utf-8'><table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>")
    return clipped


def _plain(text: str) -> str:
    text = exporting.defused(text)
    if any(sign in text for sign in '\t\n"'):
        return '"' + text.replace('"', '""') + '"'
    return text


def _cell(style: str, text: str) -> str:
    return f"<td{style}>{html.escape(text)}</td>"
