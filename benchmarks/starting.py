"""From the start of the process to a window that can be typed in, and how long a page takes to come into sight.

The store has 1,000,000 messages; the program is the real one, in a process of its own. A bare QMainWindow is started in
the same way, in turn with it. `python benchmarks/starting.py 10000` for fewer messages.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from common import RUNS, spread
from listing import fill

from smsdesk.jobs.desk import open_desk
from smsdesk.settings.secrets import MemoryPasswords

_BARE = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.show()
QTimer.singleShot(0, app.quit)
app.exec()
print(time.time())
"""

_OURS = """
import json, sys, time
from smsdesk.__main__ import main
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6 import QtWidgets
from PySide6.QtWidgets import QApplication

PAGES = 8
figures = {}


class Watch(QTimer):
    '''Looks, whenever the program has nothing else to do, whether its window can be typed in; then goes the pages.'''

    def __init__(self):
        super().__init__()
        self.timeout.connect(self.look)
        self.start(5)

    def look(self):
        shown = [w for w in QApplication.topLevelWidgets() if w.isVisible() and hasattr(w, 'tabs')]
        if not shown or not shown[0].windowHandle().isExposed():
            return
        window, = shown
        text = window.bulk.writing.text
        length = len(text.toPlainText())
        text.setFocus()
        QTest.keyClicks(text, 'a')
        if len(text.toPlainText()) != length + 1:
            return
        self.stop()
        figures['usable'] = time.time()
        QTimer.singleShot(2500, lambda: self.go_round(window))

    def go_round(self, window):
        for name in ('first', 'again'):
            figures[name] = []
            for place in [*range(1, PAGES), 0]:
                began = time.perf_counter()
                window.tabs.setCurrentIndex(place)
                QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
                window.repaint()
                shown = 1000 * (time.perf_counter() - began)
                figures[name].append((window.tabs.tabText(place), shown, self.longest_gap()))
        QApplication.quit()


    def longest_gap(self):
        beats = [time.perf_counter()]
        timer, rest = QTimer(), QEventLoop()
        timer.timeout.connect(lambda: beats.append(time.perf_counter()))
        timer.start(5)
        QTimer.singleShot(700, rest.quit)
        rest.exec()
        return 1000 * max(later - earlier for earlier, later in zip(beats, beats[1:]))


class Application(QApplication):
    def __init__(self, arguments):
        super().__init__(arguments)
        self.watch = Watch()


QtWidgets.QApplication = Application  # before the program imports it
sys.argv = ['smsdesk', *sys.argv[1:]]
try:
    main()
finally:
    print(json.dumps(figures))
"""


def bare() -> float:
    """Seconds from the start of the process to a painted QMainWindow."""
    began = time.time()
    done = subprocess.run([sys.executable, "-c", _BARE], check=True, capture_output=True, text=True)
    return float(done.stdout) - began


def ours(folder: Path) -> tuple[float, dict[str, list[tuple[str, float, float]]]]:
    """Seconds until a key is on the first page; for each page, the first time and again: milliseconds until it is
    painted, and the longest time in which the window stood still after that.
    """
    began = time.time()
    done = subprocess.run(
        [sys.executable, "-c", _OURS, "--data-dir", str(folder)], check=False, capture_output=True, text=True
    )
    figures = json.loads(done.stdout)
    return figures.pop("usable") - began, figures


def main(count: int = 1_000_000) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = open_desk(Path(folder), None, MemoryPasswords())
        fill(desk, count)
        desk.database.dispose()
        bare(), ours(Path(folder))  # warm: what they read lies in memory
        runs = [(ours(Path(folder)), bare()) for _ in range(RUNS)]
    seconds, floor = [run[0][0] for run in runs], [run[1] for run in runs]
    middle, least = statistics.median(seconds), statistics.median(floor)
    print(f"start to a window that can be typed in: {middle:.2f} s (target: 0.7)")
    print(f"    {spread(seconds)}; bare QMainWindow {least:.2f} s, ratio {middle / least:.1f}")
    for when, words in (("first", "a page for the first time"), ("again", "a page again")):
        pages = [run[0][1][when] for run in runs]
        print(f"{words} (target: 100 ms):")
        for same in zip(*pages, strict=True):
            times, gaps = [ms for _, ms, _ in same], [gap for _, _, gap in same]
            line = f"    {same[0][0]}: {statistics.median(times):.0f} ms ({spread(times, 0)})"
            print(f"{line}; then longest gap {statistics.median(gaps):.0f} ms ({spread(gaps, 0)})", flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
