"""Charts as a person meets them: drawn, read by the mouse, read as a table, copied, saved, in both themes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from ui_windows import opened

from smsdesk.domain.words import Words
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.statistics import Moment, Reason
from smsdesk.settings import paths
from smsdesk.settings.settings import Theme
from smsdesk.ui import theme
from smsdesk.ui.tables.columns import Column
from smsdesk.ui.widgets.campaign_charts import reasons_drawing, so_far_drawing
from smsdesk.ui.widgets.charts import Chart
from smsdesk.ui.widgets.drawings import Bar, Bars, Columns, Drawing, Funnel, Line, Lines
from smsdesk.ui.widgets.plots import Plot, picture
from smsdesk.ui.workplace import Workplace

NOON = datetime(2026, 5, 1, 4, 0, tzinfo=UTC)  # in China
BARS = [Bar("空号<b>", 30, "30 · 75.0 %", "bad", "请核对号码"), Bar("黑名单", 10, "10 · 25.0 %", "bad")]
COLUMNS = (Column("原因", lambda bar: bar.label), Column("数量", lambda bar: bar.text, is_number=True))
LINES = Lines(
    [NOON + timedelta(minutes=n) for n in range(5)],
    [Line("已受理", [0, 10, 20, 30, 40]), Line("已送达", [0, 5, 10, 20, 30], "good")],
)


def colours(image: QImage) -> set[str]:
    """All colours of a picture."""
    return {image.pixelColor(x, y).name() for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}


def shown(qtbot: QtBot, drawing: Drawing) -> Plot:
    plot = Plot()
    qtbot.addWidget(plot)
    plot.resize(500, 260)
    plot.draw(drawing)
    plot.show()
    qtbot.wait(20)
    return plot


def is_in(expected: set[str], plot: Plot) -> bool:
    return expected <= colours(plot.grab().toImage())


def wear(look: Theme) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, look, paths.resources() / "icons")


@pytest.fixture
def workplace(desk: Desk, tmp_path: Path, qtbot: QtBot) -> Any:
    with opened(desk, tmp_path, qtbot) as window:
        yield window.bulk.workplace


def chart_of(workplace: Workplace, qtbot: QtBot, rows: Sequence[Bar] = BARS) -> Chart:
    chart = Chart(workplace, "失败原因", COLUMNS, Bars, empty="没有失败")
    qtbot.addWidget(chart)
    chart.show_rows(rows)
    chart.resize(700, 300)
    chart.show()
    return chart


@pytest.mark.parametrize("drawing", [LINES, Bars(BARS), Columns(BARS), Funnel(BARS)])
def test_a_drawing_follows_a_change_of_theme_at_once(qtbot: QtBot, drawing: Drawing) -> None:
    wear(Theme.LIGHT)
    plot = shown(qtbot, drawing)
    tone = "good" if drawing is LINES else "bad"
    try:
        for look, tokens in ((Theme.LIGHT, theme.LIGHT), (Theme.DARK, theme.DARK), (Theme.LIGHT, theme.LIGHT)):
            wear(look)
            expected = {tokens.surface, getattr(tokens, tone)}
            qtbot.waitUntil(partial(is_in, expected, plot))
    finally:
        wear(Theme.SYSTEM)


def test_the_mouse_reads_what_is_under_it(qtbot: QtBot) -> None:
    bars = shown(qtbot, Bars(BARS))
    assert bars.hint_at(QPointF(5, 0.2)) == "空号<b>\n30 · 75.0 %\n请核对号码"
    assert bars.hint_at(QPointF(5, 7)) == ""
    lines = shown(qtbot, LINES)
    about = (NOON + timedelta(minutes=2, seconds=10)).timestamp()
    assert lines.hint_at(QPointF(about, 0)) == "2026-05-01 12:02:00\n已受理: 20\n已送达: 10"


def test_the_wheel_scrolls_the_page_and_moves_no_chart(qtbot: QtBot) -> None:
    plot = shown(qtbot, LINES)
    before = plot.viewRange()
    here = QPointF(200, 100)
    turn = QWheelEvent(
        here,
        here,
        QPoint(0, 120),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(plot.viewport(), turn)
    assert not turn.isAccepted()
    assert plot.viewRange() == before


def test_times_stand_on_the_axis_as_china_time(qtbot: QtBot) -> None:
    axis = shown(qtbot, LINES).getAxis("bottom")
    spacing, values = axis.tickValues(NOON.timestamp(), NOON.timestamp() + 240, 400)[0]
    assert axis.tickStrings(values, 1, spacing) == ["12:00", "12:01", "12:02", "12:03", "12:04"]


def test_a_drawing_drawn_again_keeps_its_labels_at_their_bars(qtbot: QtBot) -> None:
    plot = shown(qtbot, Bars(BARS))
    once = plot.grab().toImage()
    plot.draw(Bars(BARS))
    qtbot.wait(20)
    assert plot.grab().toImage() == once
    assert sorted(plot.getAxis("left").range) == sorted(plot.viewRange()[1])


@pytest.mark.parametrize("drawing", [Bars(BARS[:1]), Funnel(BARS[:1]), Columns(BARS[:1])])
def test_a_single_bar_does_not_fill_the_chart(qtbot: QtBot, drawing: Drawing) -> None:
    plot = shown(qtbot, drawing)
    units_a_pixel = plot.getViewBox().viewPixelSize()
    thick = 0.7 / units_a_pixel[0] if isinstance(drawing, Columns) else 0.62 / units_a_pixel[1]
    assert 10 < thick < 80


def test_what_happened_in_one_interval_stands_side_by_side() -> None:
    moment = Moment(NOON, 10, 7, 3, 10, 7, 3)
    drawing = so_far_drawing([moment])
    assert isinstance(drawing, Columns)
    assert [(bar.value, bar.tone) for bar in drawing.bars] == [(10, "accent"), (7, "good"), (3, "bad")]
    assert isinstance(so_far_drawing([moment, moment]), Lines)


def test_codes_that_mean_the_same_are_one_bar(workplace: Workplace) -> None:
    same, other = Words("号码格式错误", "the number's format is wrong"), Words("空号", "no such number")
    rows = [Reason(("A",), other, None, 3), Reason(("B",), same, None, 2), Reason(("C",), same, None, 2)]
    drawing = reasons_drawing(workplace, rows)
    assert isinstance(drawing, Bars)
    assert [(bar.label, bar.value) for bar in drawing.bars] == [(same.en, 4), (other.en, 3)]


def test_a_chart_has_its_figures_as_a_table_that_is_copied_whole(workplace: Workplace, qtbot: QtBot) -> None:
    chart = chart_of(workplace, qtbot)
    assert chart.table.isVisible()
    assert chart.table.accessibleName() == "失败原因"
    qtbot.mouseClick(chart.copy_button, Qt.MouseButton.LeftButton)
    copied = QApplication.clipboard().text()
    assert copied == "原因\t数量\n空号<b>\t30 · 75.0 %\n黑名单\t10 · 25.0 %"


def test_a_chart_of_nothing_says_so(workplace: Workplace, qtbot: QtBot) -> None:
    chart = chart_of(workplace, qtbot, ())
    assert chart.empty.isVisible()
    assert not chart.table.isVisible()
    assert not chart.save_button.isVisible()
    chart.show_rows(BARS)
    assert not chart.empty.isVisible()


def test_a_chart_is_saved_as_a_picture(workplace: Workplace, qtbot: QtBot, tmp_path: Path) -> None:
    chart = chart_of(workplace, qtbot)
    for path, tone in ((tmp_path / "图.png", "good"), (tmp_path / "nowhere" / "图.png", "bad")):
        with (
            mock.patch.object(QFileDialog, "getSaveFileName", return_value=(str(path), "")),
            qtbot.waitSignal(chart.said) as said,
        ):
            qtbot.mouseClick(chart.save_button, Qt.MouseButton.LeftButton)
        assert said.args[1] == tone
        assert str(path) in said.args[0]
    image = QImage(str(tmp_path / "图.png"))
    assert image.width() == 1920
    assert theme.LIGHT.bad in colours(image) or theme.DARK.bad in colours(image)


def test_a_picture_on_paper_is_light_whatever_the_window_is(qtbot: QtBot) -> None:
    wear(Theme.DARK)
    try:
        image = picture(Bars(BARS), "标题", QSize(400, 100), theme.palette(theme.LIGHT))
        assert {theme.LIGHT.surface, theme.LIGHT.bad} <= colours(image)
        assert theme.DARK.surface not in colours(image)
    finally:
        wear(Theme.SYSTEM)


def test_importing_the_window_does_not_import_the_library_of_charts() -> None:
    code = "import sys, smsdesk.app; sys.exit(bool({'pyqtgraph', 'numpy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
