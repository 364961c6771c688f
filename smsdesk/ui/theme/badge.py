"""The program's icon with a mark on it, for the tray."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPen, QPixmap

from smsdesk.ui.theme.tokens import LIGHT

_SIZES: Final = (16, 22, 24, 32, 48, 64)
"""What trays ask for, in pixels."""


def badged(icon: QIcon, count: int) -> QIcon:
    """`icon` with a disc that holds `count`, up to 9 and then 9+; as it is where `count` is 0.

    A tray is light or dark whatever the program's theme is: the disc has a ring, and its own colours.
    """
    if not count:
        return icon
    made = QIcon()
    for size in _SIZES:
        made.addPixmap(_with_disc(icon, size, str(count) if count <= 9 else "9+"))
    return made


def _with_disc(icon: QIcon, size: int, text: str) -> QPixmap:
    made = QPixmap(size, size)
    made.fill(Qt.GlobalColor.transparent)
    radius = size * 0.3
    middle = QPointF(size - radius - 0.5, size - radius - 0.5)
    painter = QPainter(made)
    icon.paint(painter, made.rect())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(LIGHT.surface), max(1.0, size / 24)))
    painter.setBrush(QColor(LIGHT.bad))
    painter.drawEllipse(middle, radius, radius)
    font = QFont()
    font.setBold(True)
    font.setPixelSize(max(6, round(radius * (1.4 if len(text) == 1 else 1.05))))
    painter.setFont(font)
    painter.setPen(QColor(LIGHT.surface))
    around = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
    painter.drawText(around, Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return made
