"""Status reports a second: pulled, 1,000 an answer, and matched by mid in a store of 1,000,000 messages.

The bare loop pulls the same answers, parses their JSON and discards it. The answers are made beforehand and served by a
process of their own, since making them costs a practice gateway more than taking them in may cost us.
"""

from __future__ import annotations

import http.client
import json
import random
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from common import RUNS, TEXT, Gateway, child, desk_at, medians, quiet
from sqlalchemy import text

from smsdesk.domain.account import Account
from smsdesk.domain.campaign import Kind
from smsdesk.jobs import campaigns as jobs_campaigns
from smsdesk.jobs import polling
from smsdesk.jobs.desk import Desk
from smsdesk.store import campaigns

AN_ANSWER = 1_000
LATEST_S = 15
"""Reports come in the order of their messages, but for so many seconds; a gateway sends some 3,000 a second."""

_SERVE = """
import http.server, json, pathlib, socket, sys
answers = pathlib.Path(sys.argv[1])
EMPTY = b'{"status":0,"balance":0,"list":[]}'
waiting = []

class Serve(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    def do_POST(self):
        asked = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/next":
            waiting[:] = [p.read_bytes() for p in sorted(answers.iterdir(), reverse=True)]
            body = b""
        else:
            body = waiting.pop() if waiting and b"action=report" in asked else EMPTY
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *_):
        pass

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Serve)
print(json.dumps(server.server_port), flush=True)
import threading
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()
"""


def fill(desk: Desk, account: Account, count: int) -> int:
    """A campaign of so many messages that the gateway has taken; returns its id."""
    with desk.database.write() as conn:
        campaign_id = campaigns.add(conn, account.id, "bench", Kind.BULK, TEXT, "bench", ignore_blocklist=False)
        conn.execute(
            text(
                "INSERT INTO messages (campaign_id, mobile, segments, line, state, result, mid, submitted_at)"
                " WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :count)"
                " SELECT :campaign, CAST(13000000000 + i * 7368787 % 6000000000 AS TEXT), 1, i, 2, 0,"
                " hex(randomblob(8)), :now FROM n"
            ),
            {"count": count, "campaign": campaign_id, "now": int(time.time() * 1000)},
        )
        campaigns.count(conn, campaign_id, accepted=count, segments=count)
    return campaign_id


def answers(desk: Desk, folder: Path, first: int, count: int) -> None:
    """The answers with the reports of messages `first` and following, as a gateway would hand them out."""
    with desk.database.read() as conn:
        rows = conn.execute(
            text("SELECT mid, mobile FROM messages WHERE id > :first ORDER BY id LIMIT :count"),
            {"first": first, "count": count},
        ).all()
    spread_ms = LATEST_S * 1000
    due = sorted((n // 3 + random.randrange(spread_ms), mid, mobile) for n, (mid, mobile) in enumerate(rows))
    for old in folder.iterdir():
        old.unlink()
    for place in range(0, len(due), AN_ANSWER):
        items = [
            {
                "flag": 1,
                "mid": mid,
                "spid": "",
                "accessCode": "10690000",
                "mobile": mobile,
                "stat": "DELIVRD",
                "time": time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(1_800_000_000 + ms // 1000)),
            }
            for ms, mid, mobile in due[place : place + AN_ANSWER]
        ]
        body = json.dumps({"status": 0, "balance": 10_000, "list": items}, ensure_ascii=False, separators=(",", ":"))
        (folder / f"{place:09}").write_bytes(body.encode())


def bare(at: Gateway, count: int) -> float:
    """Reports a second of a loop that parses and discards."""
    connection = again(at)
    path = urlsplit(at.url).path
    form = urlencode(at.fields | {"action": "report", "size": str(AN_ANSWER)})
    found = 0
    start = time.perf_counter()
    while True:
        connection.request("POST", path, form, {"Content-Type": "application/x-www-form-urlencoded"})
        items = json.loads(connection.getresponse().read())["list"]
        if not items:
            break
        found += len(items)
    took = time.perf_counter() - start
    assert found == count
    return count / took


def again(at: Gateway) -> http.client.HTTPConnection:
    """Let the server hand out the answers anew."""
    parts = urlsplit(at.url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
    connection.request("POST", "/next", b"")
    connection.getresponse().read()
    return connection


def main(stored: int = 1_000_000) -> None:
    count = stored // max(RUNS, 5)
    with tempfile.TemporaryDirectory() as name, child(_SERVE, name) as port:
        at = Gateway(f"http://127.0.0.1:{port}/sms", "bench", "password", "10690000")
        with desk_at(at) as (desk, account):
            campaign_id = fill(desk, account, stored)
            done = 0

            def ours() -> float:
                nonlocal done
                answers(desk, Path(name), done, count)
                again(at).close()
                start = time.perf_counter()
                came = polling.pull(desk, account, threading.Event(), quiet)
                took = time.perf_counter() - start
                assert came.matched == count, came
                done += count
                assert jobs_campaigns.get(desk, campaign_id).counts.delivered == done
                return count / took

            medians(
                f"{count:,} reports, {AN_ANSWER:,} an answer, matched in {stored:,} messages",
                ours,
                lambda: bare(at, count),
                "reports/s",
                "50,000 reports/s or a ratio of 0.5, whichever is lower",
            )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
