"""Does typing into 100,000 point-to-point lines stay without delay? Against a bare QPlainTextEdit with the same lines.

The real page on Qt's offscreen platform. A key each 120 ms with a pause now and then, in which the lines are looked at
and the draft is kept; a 5 ms timer on the window's thread meanwhile.
"""

from __future__ import annotations

import gc
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from common import RUNS, numbers, spread
from PySide6.QtCore import QEventLoop, QMimeData, Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from smsdesk.domain.words import Language
from smsdesk.jobs.desk import open_desk
from smsdesk.settings import paths
from smsdesk.settings.secrets import MemoryPasswords
from smsdesk.settings.settings import Settings, Theme
from smsdesk.ui import theme
from smsdesk.ui.pages.p2p import P2pPage
from smsdesk.ui.workplace import Workplace

LINES = 100_000
KEYS = 50
KEY_MS, PAUSE_MS, BEAT_MS = 120, 1_000, 5


def lines(wrong: int) -> str:
    """So many lines, `wrong` of which have a number that is too short."""
    return "\n".join(
        f"{mobile if n % LINES >= wrong else mobile[:8]}#【示例商城】尊敬的会员{n}，您的取件码是 {n:06}，请及时领取。"
        for n, mobile in enumerate(numbers(LINES))
    )


def wait_for(is_true: Callable[[], bool]) -> None:
    """Let Qt work until something is so."""
    loop, timer = QEventLoop(), QTimer()
    timer.timeout.connect(lambda: is_true() and loop.quit())
    timer.start(BEAT_MS)
    loop.exec()


def wait(seconds: float) -> None:
    """Let Qt work for some time."""
    end = time.perf_counter() + seconds
    wait_for(lambda: time.perf_counter() >= end)


def longest_gap(editor: QPlainTextEdit) -> float:
    """Milliseconds, while keys are pressed in the midst of the lines."""
    cursor = editor.textCursor()
    cursor.setPosition(editor.document().findBlockByNumber(LINES // 2).position() + 20)
    editor.setTextCursor(cursor)
    wait(1.0)
    gaps: list[float] = []
    last = [time.perf_counter()]

    def beat() -> None:
        now = time.perf_counter()
        gaps.append((now - last[0]) * 1000)
        last[0] = now

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(beat)
    timer.start(BEAT_MS)
    for key in range(1, KEYS + 1):
        QTest.keyClick(editor, Qt.Key.Key_A)
        wait((PAUSE_MS if key % 10 == 0 else KEY_MS) / 1000)
    wait(1.5)
    return max(gaps)


@contextmanager
def page() -> Iterator[P2pPage]:
    """The page of a program that has just started, without an account."""
    with tempfile.TemporaryDirectory() as folder:
        desk = open_desk(Path(folder) / "data", None, MemoryPasswords())
        workplace = Workplace(lambda: desk, Path(folder), Settings(), Language.ZH)
        made = P2pPage(workplace)
        made.resize(1280, 700)
        made.show()
        gc.freeze()  # as `smsdesk.app` does
        wait(0.3)
        yield made
        workplace.close(10.0)
        made.deleteLater()


def bare_editor() -> QPlainTextEdit:
    """An editor that does nothing of its own."""
    made = QPlainTextEdit()
    made.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    made.resize(760, 500)
    made.show()
    return made


def pasted(text: str) -> tuple[float, float, float]:
    """Seconds for the paste of ours and of the bare editor, and until ours has counted."""
    data = QMimeData()
    data.setText(text)
    with page() as ours:
        before = ours.counts.text()
        begun = time.perf_counter()
        ours.editor.insertFromMimeData(data)
        mine = time.perf_counter() - begun
        wait_for(lambda: ours.counts.text() != before)
        counted = time.perf_counter() - begun
    bare = bare_editor()
    begun = time.perf_counter()
    cursor = bare.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.insertText(text)
    return mine, time.perf_counter() - begun, counted


def typing(text: str) -> tuple[float, float]:
    """The longest gaps of ours and of the bare editor."""
    with page() as ours:
        ours.editor.setPlainText(text)
        wait(2.0)
        mine = longest_gap(ours.editor)
    bare = bare_editor()
    bare.setPlainText(text)
    return mine, longest_gap(bare)


def main() -> None:
    app = QApplication(["bench"])
    theme.apply(app, Theme.LIGHT, paths.resources() / "icons")
    for wrong in (0, LINES // 10):
        pairs = [typing(lines(wrong)) for _ in range(RUNS)]
        mine, bare = (statistics.median(values) for values in zip(*pairs, strict=True))
        print(f"typing into {LINES:,} lines, {wrong:,} of them wrong: longest gap {mine:.0f} ms (target: under 50)")
        print(f"    {spread([one for one, _ in pairs], 0)}; bare {bare:.0f} ms; ratio {mine / bare:.2f}", flush=True)
    triples = [pasted(lines(0)) for _ in range(RUNS)]
    mine, bare, counted = (statistics.median(values) for values in zip(*triples, strict=True))
    print(f"pasting {LINES:,} lines: {mine / bare:.2f} (target: 2.0)")
    print(f"    ours {mine:.2f} s, bare {bare:.2f} s; counted after {counted:.2f} s", end="")
    print(f"; ratios {spread([one / other for one, other, _ in triples])}", flush=True)


if __name__ == "__main__":
    main()
