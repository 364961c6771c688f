"""Does the window stay smooth? A 10 ms timer on its thread, while a million messages go from plan to last report.

The real window on Qt's offscreen platform, with the page 'Campaigns' open, which reads anew with every piece of news.
"""

from __future__ import annotations

import gc
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from common import RUNS, TEXT, desk_at, gateway, recipients, spread
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from smsdesk.domain.words import Language
from smsdesk.jobs import campaigns, planning
from smsdesk.jobs.rendering import Order
from smsdesk.settings.settings import Settings
from smsdesk.ui.main_window import MainWindow
from smsdesk.ui.workplace import Workplace

BEAT_MS = 10


class Heartbeat:
    """Milliseconds from one beat to the next, by what was going on."""

    def __init__(self) -> None:
        self.gaps: list[tuple[float, str]] = []
        self.step = "start"
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(self._timer.timerType().PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps.append(((now - self._last) * 1000, self.step))
        self._last = now


class Life:
    """Plans, sends, and waits until every report is in; then ends the program."""

    def __init__(self, order: Order, workplace: Workplace, beat: Heartbeat):
        self._workplace, self._beat = workplace, beat
        self._account, self._count = order.account, len(order.recipients)
        beat.step = "plan"
        workplace.work(lambda desk, stop, tell: planning.plan(desk, order, stop, tell), self._planned, on_event=len_of)
        workplace.changed.connect(self._look)

    def _planned(self, campaign_id: int) -> None:
        self._beat.step = "send"
        self.campaign_id = campaign_id
        self._workplace.send(campaign_id)

    def _look(self, _what: object) -> None:
        if self._beat.step != "plan":
            self._workplace.read(lambda desk: campaigns.get(desk, self.campaign_id), self._seen)

    def _seen(self, campaign: campaigns.Campaign) -> None:
        if campaign.counts.queued + campaign.counts.claimed == 0 and self._beat.step == "send":
            self._beat.step = "reports"
        if campaign.counts.delivered == self._count:
            QApplication.exit(0)


def len_of(news: object) -> int:
    """Stands for a page that shows the news of planning."""
    return len(str(news))


def run(count: int) -> dict[str, float]:
    """The gaps while `count` messages are planned, sent and reported on, in milliseconds."""
    app = QApplication(["bench"])
    # A report follows its message by 1 to 15 seconds, so that they come in while the sending goes on.
    with (
        tempfile.TemporaryDirectory() as folder,
        gateway(reports=True, speed=1.0) as at,
        desk_at(at) as (desk, account),
    ):
        workplace = Workplace(lambda: desk, Path(folder), Settings(poll_seconds=5), Language.ZH)
        window = MainWindow(workplace, "bench")
        window.show()
        gc.freeze()  # as `smsdesk.app` does
        window.tabs.setCurrentWidget(window.campaigns)
        workplace.reload_accounts()
        for _ in range(50):  # the window is up, as it is when a person begins
            app.processEvents()
            time.sleep(0.01)
        order = Order(account, "bench", TEXT, "bench", recipients(count))
        beat = Heartbeat()
        life = Life(order, workplace, beat)
        app.exec()
        workplace.close(10.0)
        del life
        return figures(beat.gaps)


def figures(gaps: list[tuple[float, str]]) -> dict[str, float]:
    """What is printed of a run."""
    steps = {step: [gap for gap, during in gaps if during == step] for step in ("plan", "send", "reports")}
    ordered = sorted(gap for gap, _ in gaps)
    found = {"longest": ordered[-1], "p99": ordered[len(ordered) * 99 // 100]}
    for step, some in steps.items():
        found[f"longest {step}"] = max(some, default=0.0)
        found[f"seconds {step}"] = sum(some) / 1000
        found[f"p99 {step}"] = sorted(some)[len(some) * 99 // 100] if some else 0.0
    return found


def main(count: int = 1_000_000) -> None:
    runs = []
    for _ in range(RUNS):
        done = subprocess.run([sys.executable, __file__, "--child", str(count)], check=True, stdout=subprocess.PIPE)
        runs.append(json.loads(done.stdout))
    for name, target in (("longest", "under 100"), ("p99", "under 25")):
        values = [one[name] for one in runs]
        print(f"heartbeat over {count:,} messages, {name} gap: {statistics.median(values):.0f} ms (target: {target})")
        print(f"    {spread(values, 0)}")
    for step in ("plan", "send", "reports"):
        middle = {
            name: statistics.median(one[f"{name} {step}"] for one in runs) for name in ("seconds", "longest", "p99")
        }
        print(f"    {step}: {middle['seconds']:.0f} s, longest {middle['longest']:.0f} ms, p99 {middle['p99']:.0f} ms")
    sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        print(json.dumps(run(int(sys.argv[2]))))
    else:
        main(*map(int, sys.argv[1:]))
