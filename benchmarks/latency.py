"""With a slow gateway, C connections carry C batches for each round of its latency."""

from __future__ import annotations

import statistics
import sys

from common import BATCH, RUNS, gateway, spread
from sending import ours

LATENCY_S = 0.1


def main(seconds: int = 10) -> None:
    with gateway() as at:
        at.fault(kind="slow", seconds=LATENCY_S, action="send")
        for connections in (1, 2, 4, 8):
            ideal = connections * BATCH / LATENCY_S
            count = int(ideal * seconds)
            ratios = [ours(at, count, p2p=False, connections=connections) / ideal for _ in range(RUNS)]
            print(f"{LATENCY_S * 1000:.0f} ms of latency, {connections} connections, {count:,} messages: ", end="")
            print(f"{statistics.median(ratios):.2f} of C × batch ÷ latency (target: 0.9 or more)")
            print(f"    {spread(ratios)}", flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
