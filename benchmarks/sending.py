"""Messages a second with a durable ledger, against a bare `http.client` loop that keeps no records."""

from __future__ import annotations

import http.client
import sys
import threading
import time
from urllib.parse import urlencode, urlsplit

from common import BATCH, TEXT, Gateway, desk_at, gateway, medians, numbers, quiet, recipients

from smsdesk.domain.account import Account
from smsdesk.jobs import planning, sending
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.rendering import Line, Order


def bare(at: Gateway, count: int, *, p2p: bool) -> float:
    """Messages a second of a loop that posts and reads, and does nothing else."""
    parts = urlsplit(at.url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
    everyone = numbers(count)
    head = {"Content-Type": "application/x-www-form-urlencoded"}
    start = time.perf_counter()
    for first in range(0, count, BATCH):
        some = everyone[first : first + BATCH]
        if p2p:
            fields = {"action": "p2p", "mobileContentList": "".join(f"{m}#{TEXT}\n" for m in some)}
        else:
            fields = {"action": "send", "mobile": ",".join(some), "content": TEXT}
        connection.request("POST", parts.path, urlencode(at.fields | fields), head)
        connection.getresponse().read()
    return count / (time.perf_counter() - start)


def planned(desk: Desk, account: Account, count: int, *, p2p: bool) -> int:
    """A campaign in the store; returns its id."""
    if p2p:
        lines = [Line(mobile, TEXT, n) for n, mobile in enumerate(numbers(count))]
        order = Order(account, "bench", "", "bench", ())
        return planning.plan_lines(desk, order, lines, threading.Event(), quiet)
    order = Order(account, "bench", TEXT, "bench", recipients(count))
    return planning.plan(desk, order, threading.Event(), quiet)


def ours(at: Gateway, count: int, *, p2p: bool, connections: int = 4) -> float:
    """Messages a second of a campaign, from its first claim to its last settlement."""
    with desk_at(at, connections=connections) as (desk, account):
        campaign_id = planned(desk, account, count, p2p=p2p)
        start = time.perf_counter()
        campaign = sending.send(desk, campaign_id, threading.Event(), quiet)
        took = time.perf_counter() - start
        assert campaign.counts.accepted == count, campaign
        return count / took


def main(count: int = 200_000) -> None:
    with gateway() as at:
        for p2p in (False, True):
            medians(
                f"{'p2p' if p2p else 'bulk'} send of {count:,}, batches of {BATCH}",
                lambda p2p=p2p: ours(at, count, p2p=p2p),
                lambda p2p=p2p: bare(at, count, p2p=p2p),
                "messages/s",
                "0.5 or more",
            )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
