"""Drawings by pyqtgraph. Importing it takes a third of a second: whoever needs one imports this when it is wanted."""

from __future__ import annotations

import html
import math
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPalette, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from smsdesk.domain.chinatime import in_china, written
from smsdesk.ui import theme
from smsdesk.ui.theme import Tokens
from smsdesk.ui.widgets.drawings import Bar, Bars, Columns, Drawing, Funnel, Lines, is_empty

_DASHES: Final = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine)
_LABEL_WIDTH: Final = 190
_LABEL_SHARE: Final = 0.35
"""The labels of lying bars may take so many pixels, or that share of the width where it is more."""
_BAR_HEIGHT: Final = 30
_COLUMN_WIDTH: Final = 90
"""Pixels from one bar to the next, at most: a single one does not fill the chart."""
_MARGINS: Final = 24
"""Pixels beside what is drawn, left and right together."""
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_TIME_STEPS: Final = (
    *(1, 2, 5, 10, 30, _MINUTE, 2 * _MINUTE, 5 * _MINUTE, 10 * _MINUTE, 30 * _MINUTE),
    *(_HOUR, 2 * _HOUR, 3 * _HOUR, 6 * _HOUR, 12 * _HOUR, _DAY, 2 * _DAY, 7 * _DAY, 14 * _DAY, 30 * _DAY),
    *(91 * _DAY, 365 * _DAY),
)
"""Seconds that may lie between two marks of the time axis."""
_CHINA_S: Final = 8 * _HOUR


class Plot(pg.PlotWidget):
    """Shows drawings of one kind in the colours of the theme, which it follows; the mouse reads, and moves nothing."""

    _drawing: Drawing | None = None  # before there is an instance: pyqtgraph changes the palette while it makes one

    def __init__(self, parent: QWidget | None = None):
        # Made once and never taken off: Qt may still be about to paint what has just been let go of.
        self.left, self.bottom = _Axis("left"), _Axis("bottom")
        super().__init__(parent, axisItems={"left": self.left, "bottom": self.bottom}, enableMenu=False)
        self.legend = self.addLegend(offset=(8, 4))
        self._hints: Callable[[QPointF], str] = _no_hint
        # Not within the event that asks for it: Qt is going through the very items that drawing replaces.
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._draw)
        for widget in (self, self.viewport()):
            widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseEnabled(False, False)
        self.hideButtons()
        self.scene().sigMouseMoved.connect(self._hover)

    def draw(self, drawing: Drawing) -> None:
        """Show a drawing in place of the one before."""
        self._drawing = drawing
        self._draw()

    def _draw(self) -> None:
        _prepare(self)
        tokens, drawing = theme.tokens_of(self.palette()), self._drawing
        match drawing:
            case None:
                pass
            case _ if is_empty(drawing):
                self._hints = _no_hint
            case Lines():
                self._hints = _draw_lines(self, drawing, tokens)
            case Columns():
                self._hints = _draw_columns(self, drawing, tokens)
            case Bars() | Funnel():
                self._hints = _draw_bars(self, drawing, tokens)

    def hint_at(self, place: QPointF) -> str:
        """What the tool tip says at a place of the drawing, in its units; empty where there is nothing."""
        return self._hints(place)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Scroll the page that the chart stands on."""
        event.ignore()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Another theme: the same drawing in its colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._drawing is not None:
            self._again.start()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Texts beside bars take room that depends on the width."""
        super().resizeEvent(event)
        if self._drawing is not None:
            self._again.start()

    def close(self) -> bool:
        """Take it off; nothing is drawn any more."""
        self._again.stop()
        return bool(super().close())

    def _hover(self, place: QPointF) -> None:
        hint = self.hint_at(self.getViewBox().mapSceneToView(place))
        lines = "<br>".join(html.escape(line) for line in hint.split("\n"))
        QToolTip.showText(self.mapToGlobal(self.mapFromScene(place)), f"<qt>{lines}</qt>" if hint else "", self)


def picture(drawing: Drawing, title: str, size: QSize, palette: QPalette, scale: float = 2.0) -> QImage:
    """A drawing under its title as a picture of `size` times `scale` pixels, in the colours of the palette."""
    plot = Plot()
    plot.setPalette(palette)
    heading = QFontMetricsF(plot.font()).height() * 1.6 if title else 0.0
    plot.resize(size.width(), max(size.height() - round(heading), 1))
    plot.draw(drawing)
    image = QImage(size * scale, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    tokens = theme.tokens_of(palette)
    image.fill(QColor(tokens.surface))
    painter = QPainter(image)
    painter.setPen(QColor(tokens.text))
    painter.setFont(theme.large(plot.font(), theme.HEADING))
    painter.drawText(QRectF(8, 0, size.width() - 16, heading), Qt.AlignmentFlag.AlignVCenter, title)
    plot.grab()  # lays it out: it was never on screen
    plot.render(painter, QRectF(0, heading, plot.width(), plot.height()))
    painter.end()
    plot.close()
    return image


def height_of(drawing: Drawing) -> int:
    """The pixels that a drawing wants from top to bottom."""
    if isinstance(drawing, Bars | Funnel):
        return len(drawing.bars) * _BAR_HEIGHT + 12
    return 260


# -- drawing -----------------------------------------------------------------------------------------------


class _Axis(pg.AxisItem):
    """Values as the drawing writes them, and never a part of one thing; or China time, whatever the computer's zone."""

    def __init__(self, side: str):
        super().__init__(side)
        self.write: Callable[[float], str] = str
        self.is_time = False
        self.enableAutoSIPrefix(False)

    def tickSpacing(self, low: float, high: float, size: float) -> list[tuple[float, float]]:  # noqa: N802
        """See :class:`pyqtgraph.AxisItem`."""
        if self.is_time:
            most = max(size / 90, 1.0)
            step = next((one for one in _TIME_STEPS if (high - low) / one <= most), _TIME_STEPS[-1])
            return [(step, math.ceil((low + _CHINA_S) / step) * step - _CHINA_S)]
        return [one for one in super().tickSpacing(low, high, size)[:1] if one[0] >= 1] or [(1.0, 0.0)]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:  # noqa: ARG002, N802
        """See :class:`pyqtgraph.AxisItem`."""
        return [_time_mark(value, spacing) if self.is_time else self.write(value) for value in values]


def _prepare(plot: Plot) -> None:
    """Take off what was drawn before, and colour what stays."""
    tokens = theme.tokens_of(plot.palette())
    plot.setBackground(tokens.surface)
    plot.getPlotItem().clear()
    plot.getPlotItem().showGrid(x=False, y=False)
    plot.legend.setLabelTextColor(tokens.text)
    for axis in (plot.left, plot.bottom):
        axis.setStyle(tickFont=plot.font(), tickLength=4)
        axis.setTextPen(tokens.quiet)
        axis.setPen(tokens.line)


def _draw_lines(plot: Plot, drawing: Lines, tokens: Tokens) -> Callable[[QPointF], str]:
    plot.left.write, plot.bottom.is_time = drawing.write, True
    plot.legend.setColumnCount(len(drawing.lines))
    times = np.array([moment.timestamp() for moment in drawing.times])
    for place, line in enumerate(drawing.lines):
        pen = pg.mkPen(getattr(tokens, line.tone), width=2, style=_DASHES[place % len(_DASHES)])
        values = np.array(line.values, dtype=float)
        xs, ys = (np.repeat(times, 2)[1:], np.repeat(values, 2)[:-1]) if drawing.is_step else (times, values)
        alone = (
            {"symbol": "o", "symbolSize": 7, "symbolBrush": pen.color(), "symbolPen": None} if len(times) == 1 else {}
        )
        plot.plot(xs, ys, pen=pen, name=line.name, antialias=True, **alone)
    plot.legend.setVisible(len(drawing.lines) > 1)
    plot.getPlotItem().showGrid(y=True, alpha=0.15)
    low = min(0.0, *(min(line.values) for line in drawing.lines))
    high = max(1.0, *(max(line.values) for line in drawing.lines))
    plot.setYRange(low * 1.1, high * (1.25 if len(drawing.lines) > 1 else 1.1), padding=0)
    plot.setXRange(times[0], max(times[-1], times[0] + 1), padding=0.02)

    def hint(place: QPointF) -> str:
        at = int(np.abs(times - place.x()).argmin())
        said = [f"{line.name}: {drawing.write(line.values[at])}" for line in drawing.lines]
        return "\n".join((written(drawing.times[at]), *said))

    return hint


def _draw_columns(plot: Plot, drawing: Columns, tokens: Tokens) -> Callable[[QPointF], str]:
    bars, count = drawing.bars, len(drawing.bars)
    plot.left.write = drawing.write
    widest = max(QFontMetricsF(plot.font()).horizontalAdvance(bar.label) for bar in bars) + 16
    every = max(1, math.ceil(count * widest / max(plot.width() - 80, 1)))
    plot.bottom.setTicks([[(place, bars[place].label) for place in range(0, count, every)]])
    _add_bars(plot, bars, tokens, x=range(count), width=0.7, y0=[0] * count, height=[bar.value for bar in bars])
    plot.getPlotItem().showGrid(y=True, alpha=0.15)
    spare = max(0.0, (plot.width() - 80) / _COLUMN_WIDTH - count) / 2
    plot.setXRange(-0.6 - spare, count - 0.4 + spare, padding=0)
    plot.setYRange(
        1.1 * min(0.0, *(bar.value for bar in bars)), 1.1 * max(1.0, *(bar.value for bar in bars)), padding=0
    )
    return lambda place: _hint_of(bars, round(place.x()))


def _draw_bars(plot: Plot, drawing: Bars | Funnel, tokens: Tokens) -> Callable[[QPointF], str]:
    bars, count = drawing.bars, len(drawing.bars)
    plot.hideAxis("bottom")
    plot.left.setTextPen(tokens.text)
    if isinstance(drawing, Funnel):
        plot.left.setPen(None)
    metrics = QFontMetricsF(plot.font())
    label_room = max(_LABEL_WIDTH, _LABEL_SHARE * plot.width())
    elided = [metrics.elidedText(bar.label, Qt.TextElideMode.ElideRight, round(label_room)) for bar in bars]
    plot.left.setTicks([list(enumerate(elided))])
    label_width = max(map(metrics.horizontalAdvance, elided)) + 16
    plot.left.setWidth(label_width)
    longest = max(1.0, *(bar.value for bar in bars))
    starts = [(longest - bar.value) / 2 if isinstance(drawing, Funnel) else 0.0 for bar in bars]
    _add_bars(plot, bars, tokens, y=range(count), height=0.62, x0=starts, width=[bar.value for bar in bars])
    ends = [longest if isinstance(drawing, Funnel) else bar.value for bar in bars]
    for place, bar in enumerate(bars):
        text = pg.TextItem(bar.text, color=tokens.text, anchor=(0, 0.5))
        text.setFont(plot.font())
        text.setPos(ends[place], place)
        plot.addItem(text)
    room = max(metrics.horizontalAdvance(bar.text) for bar in bars) + 24
    width = max(plot.width() - label_width - _MARGINS - room, 80.0)
    plot.setXRange(0, longest * (1 + room / width), padding=0)
    plot.setYRange(-0.6, max(count, plot.height() / _BAR_HEIGHT) - 0.4, padding=0)
    plot.invertY(True)
    return lambda place: _hint_of(bars, round(place.y()))


def _add_bars(plot: Plot, bars: Iterable[Bar], tokens: Tokens, **places: Any) -> None:
    brushes = [pg.mkBrush(getattr(tokens, bar.tone)) for bar in bars]
    plot.addItem(pg.BarGraphItem(brushes=brushes, pens=[pg.mkPen(None)] * len(brushes), **places))


def _hint_of(bars: Sequence[Bar], place: int) -> str:
    if not 0 <= place < len(bars):
        return ""
    bar = bars[place]
    return "\n".join(part for part in (bar.label, bar.text, bar.hint) if part)


def _no_hint(_place: QPointF) -> str:
    return ""


def _time_mark(value: float, spacing: float) -> str:
    """What stands at a mark: as much of the time as tells it from its neighbours; the day at its beginning."""
    moment = in_china(datetime.fromtimestamp(value, UTC))
    if spacing >= _DAY:
        return f"{moment:%Y-%m}" if spacing >= 91 * _DAY else f"{moment:%m-%d}"
    if moment.hour == moment.minute == moment.second == 0:
        return f"{moment:%m-%d}"
    return f"{moment:%H:%M}" if spacing >= _MINUTE else f"{moment:%H:%M:%S}"
