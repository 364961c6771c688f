"""Icons: Lucide's drawings (resources/icons, ISC licence), in the colour of whatever they stand beside.

An icon is drawn anew for each size, scale and theme, so that it is crisp at 150 % and right when the theme changes.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPalette, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from smsdesk.settings import paths
from smsdesk.ui.theme.tokens import DARK, LIGHT, Tokens


def tokens_of(palette: QPalette) -> Tokens:
    """The tokens that a widget's palette was made of."""
    return DARK if palette.color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def icon(name: str, tone: str = "text") -> QIcon:
    """The icon of a file of `resources/icons`; `tone` names a colour of :class:`Tokens`."""
    return QIcon(_Engine(name, tone))


def pixmap(name: str, tone: str, size: int, scale: float) -> QPixmap:
    """An icon as a picture of `size` pixels at 100 %, for a screen of `scale`."""
    colour = getattr(tokens_of(QApplication.palette()), tone)
    side = round(size * scale)
    made = _drawn(name, colour, side, side)
    made.setDevicePixelRatio(scale)
    return made


@lru_cache(maxsize=256)
def _drawing(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def _drawn(name: str, colour: str, width: int, height: int) -> QPixmap:
    """In pixels of the device; what is wider than high has the icon at its left, and a gap to the words after it.

    Qt's own cache keeps it: a table asks for one for each row in sight.
    """
    key = f"icon {name} {colour} {width} {height}"
    made = QPixmap()
    if QPixmapCache.find(key, made):
        return made
    made = QPixmap(width, height)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    side = min(width, height)
    drawing = _drawing(name).replace("currentColor", colour).encode()
    QSvgRenderer(QByteArray(drawing)).render(painter, QRectF(0, (height - side) / 2, side, side))
    painter.end()
    QPixmapCache.insert(key, made)
    return made


class _Engine(QIconEngine):
    """Asks for the colour when it draws: the theme may have changed since."""

    def __init__(self, name: str, tone: str):
        super().__init__()
        self._name, self._tone = name, tone

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """See :class:`QIconEngine`."""
        scale = painter.device().devicePixelRatio()
        made = self.pixmap(rect.size() * scale, mode, state)
        made.setDevicePixelRatio(scale)
        painter.drawPixmap(rect.topLeft(), made)

    def pixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State) -> QPixmap:
        """See :class:`QIconEngine`; `size` is in pixels of the device."""
        tokens = tokens_of(QApplication.palette())
        colour = tokens.quiet if mode is QIcon.Mode.Disabled else getattr(tokens, self._tone)
        return _drawn(self._name, colour, size.width(), size.height())

    def clone(self) -> QIconEngine:
        """See :class:`QIconEngine`."""
        return _Engine(self._name, self._tone)
