"""A campaign of 1,000,000 from plan to last report: how much memory, and whether a message costs as much as in 100,000.

Each campaign runs in a process of its own, with a gateway of its own in another, so that its memory is its own.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import threading
import time
from itertools import pairwise
from typing import Any

from common import RUNS, TEXT, Memory, desk_at, gateway, quiet, recipients, spread

from smsdesk.jobs import campaigns, planning, polling, sending
from smsdesk.jobs.rendering import Order

STEPS = ("plan", "send", "reports")


def campaign(count: int) -> dict[str, Any]:
    """Seconds of each step, and the growth of memory in MB over a program that has opened its store."""
    stop = threading.Event()
    with gateway(reports=True) as at, desk_at(at) as (desk, account):
        memory = Memory()
        people = recipients(count)
        times = [time.perf_counter()]
        order = Order(account, "bench", TEXT, "bench", people)
        campaign_id = planning.plan(desk, order, stop, quiet)
        times.append(time.perf_counter())
        sending.send(desk, campaign_id, stop, quiet)
        times.append(time.perf_counter())
        polling.pull(desk, account, stop, quiet)
        times.append(time.perf_counter())
        counts = campaigns.get(desk, campaign_id).counts
        assert counts.delivered == count, counts
        took = [later - earlier for earlier, later in pairwise(times)]
        return {"growth": memory.growth(), **dict(zip(STEPS, took, strict=True))}


def in_child(count: int) -> dict[str, Any]:
    """:func:`campaign` in a fresh process."""
    done = subprocess.run([sys.executable, __file__, "--child", str(count)], check=True, capture_output=True)
    return dict(json.loads(done.stdout))


def main(count: int = 1_000_000) -> None:
    runs = [(in_child(count), in_child(count // 10)) for _ in range(RUNS)]
    growths = [large["growth"] for large, _ in runs]
    print(
        f"campaign of {count:,}, plan + send + reports: memory grows by {statistics.median(growths):,.0f} MB ", end=""
    )
    print(f"(target: under 100)\n    {spread(growths, 0)}")
    costs = [sum(large[s] for s in STEPS) / sum(small[s] for s in STEPS) / 10 for large, small in runs]
    print(f"time a message in {count:,} ÷ in {count // 10:,}: {statistics.median(costs):.2f} (target: 1.2 or less)")
    print(f"    {spread(costs)}")
    for step in STEPS:
        seconds = [large[step] for large, _ in runs]
        ratio = statistics.median(large[step] / small[step] / 10 for large, small in runs)
        print(
            f"    {step}: {statistics.median(seconds):.1f} s, {spread(seconds, 1)}; a message {ratio:.2f}", flush=True
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        print(json.dumps(campaign(int(sys.argv[2]))))
    else:
        main(*map(int, sys.argv[1:]))
