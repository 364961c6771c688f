"""Leads a person to a place of a text."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from smsdesk.domain.text import utf16_units


def select(editor: QPlainTextEdit, text: str, start: int, end: int, at: int = 0) -> None:
    """Select the characters of `text` from `start` up to `end`, and go there; it begins at the position `at`."""
    cursor = editor.textCursor()
    cursor.setPosition(at + utf16_units(text[:start]))
    cursor.setPosition(at + utf16_units(text[:end]), QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    editor.centerCursor()
    editor.setFocus()
