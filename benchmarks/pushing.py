"""1,000 pushes of 100 items from 20 connections: each is answered OK, and everything is in the store then.

The sender is a process of its own and keeps its connections, as a gateway does. A push that is not answered OK is
pushed again, as the document has it (§6). The bare receiver reads the same pushes, parses their JSON and answers OK.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from common import Gateway, desk_at, medians
from reports import fill
from sqlalchemy import func, select, text

from smsdesk.domain.account import Account
from smsdesk.jobs import push_receiver
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.push_receiver import Listening, Where
from smsdesk.store.schema import replies, reports

PUSHES, ITEMS, CONNECTIONS = 1_000, 100, 20
REPLIES = 5
"""Of the items of a push."""

_SEND = """
import http.client, json, sys, threading
port, path, connections = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
waiting = [line.strip() for line in sys.stdin]
again = []
def push():
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    while waiting:
        try:
            body = waiting.pop()
        except IndexError:
            break
        try:
            connection.request("POST", path, body.encode(), {"Content-Type": "application/json"})
            answer = connection.getresponse()
            ok = (answer.status, answer.read()) == (200, b"OK")
        except OSError:
            connection.close()
            ok = False
        if not ok:
            again.append(body)
            waiting.append(body)
threads = [threading.Thread(target=push) for _ in range(connections)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(len(again))
"""


def pushes(desk: Desk, first: int) -> list[str]:
    """Bodies that tell of the messages `first` and following, each with a few replies."""
    with desk.database.read() as conn:
        rows = conn.execute(
            text("SELECT mid, mobile FROM messages WHERE id > :first ORDER BY id LIMIT :count"),
            {"first": first, "count": PUSHES * (ITEMS - REPLIES)},
        ).all()
    bodies = []
    for place in range(PUSHES):
        some = rows[place * (ITEMS - REPLIES) : (place + 1) * (ITEMS - REPLIES)]
        items = [_item(1, mid, mobile, stat="DELIVRD") for mid, mobile in some]
        items += [
            _item(0, f"R{first}.{place}.{n}", mobile, content="好的") for n, (_, mobile) in enumerate(some[:REPLIES])
        ]
        bodies.append(json.dumps(items, ensure_ascii=False))
    return bodies


def _item(flag: int, mid: str, mobile: str, **more: str) -> dict[str, Any]:
    known = {"flag": flag, "mid": mid, "spid": "", "accessCode": "10690000", "mobile": mobile}
    return {**known, **more, "time": "2026-11-25 12:00:00"}


def push(url: str, bodies: list[str]) -> float:
    """Push all of it; returns items a second."""
    parts = urlsplit(url)
    command = [sys.executable, "-c", _SEND, str(parts.port), parts.path, str(CONNECTIONS)]
    start = time.perf_counter()
    done = subprocess.run(command, input="\n".join(bodies), capture_output=True, text=True, check=True)
    took = time.perf_counter() - start
    if again := int(done.stdout):
        print(f"    {again} pushes were not answered OK at first")
    return PUSHES * ITEMS / took


@contextmanager
def receiver(desk: Desk, account: Account) -> Iterator[str]:
    """The address that it can be pushed to."""
    stop, told = threading.Event(), threading.Event()
    urls: list[str] = []

    def tell(news: object) -> None:
        if isinstance(news, Listening):
            urls.append(news.url)
            told.set()

    where = Where(port=0, token="a-token-for-the-benchmark")
    thread = threading.Thread(target=push_receiver.serve, args=(desk, account, where, stop, tell))
    thread.start()
    told.wait()
    try:
        yield urls[0]
    finally:
        stop.set()
        thread.join()


class _Bare(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_POST(self) -> None:
        json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"OK")

    def log_message(self, *_: Any) -> None:
        pass


def bare(bodies: list[str]) -> float:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Bare)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    speed = push(f"http://127.0.0.1:{server.server_port}/", bodies)
    server.shutdown()
    thread.join()
    server.server_close()
    return speed


def ours(desk: Desk, account: Account) -> Callable[[], float]:
    rounds = 0

    def run() -> float:
        nonlocal rounds
        bodies = pushes(desk, rounds * PUSHES * (ITEMS - REPLIES))
        rounds += 1
        with receiver(desk, account) as url:
            speed = push(url, bodies)
        with desk.database.read() as conn:
            stored = [
                conn.execute(select(func.count()).select_from(table)).scalar_one() for table in (reports, replies)
            ]
            matched = conn.execute(select(func.count()).where(reports.c.message_id.is_not(None))).scalar_one()
        assert stored == [rounds * PUSHES * (ITEMS - REPLIES), rounds * PUSHES * REPLIES], stored
        assert matched == stored[0], matched
        return speed

    return run


def main() -> None:
    with desk_at(Gateway("http://127.0.0.1:9/sms", "bench", "password", "10690000")) as (desk, account):
        fill(desk, account, 500_000)
        name = f"{PUSHES:,} pushes of {ITEMS} items from {CONNECTIONS} connections, matched in 500,000 messages"
        bodies = pushes(desk, 0)
        medians(name, ours(desk, account), lambda: bare(bodies), "items/s", "nothing lost")


if __name__ == "__main__":
    main()
