"""What really happened to each request, as the gateway saw it: the grounds on which a message may be in doubt."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias
from unittest import mock

from smsdesk.simulator import reading, server
from smsdesk.simulator.endpoint import SmsEndpoint
from smsdesk.simulator.faults import Kind
from smsdesk.simulator.model import ALL_DELIVERED, Settings
from smsdesk.simulator.server import Practice

Pair: TypeAlias = tuple[str, str]
"""A message as the gateway knows it: its number and its text."""

_LOSE_THE_ANSWER = frozenset(Kind) - {
    Kind.STATUS,
    Kind.SLOW,
    Kind.RESULT,
    Kind.MISSING,
    Kind.REORDERED,
    Kind.REPEAT,
}


class Watch:
    """The messages whose requests did not end well. Written by the gateway's thread, read by the test's."""

    def __init__(self) -> None:
        self.interrupted: set[Pair] = set()
        self.slow_s = 5.0
        """A request that takes longer may have been given up by its sender."""
        self._open = 0

    def wait_for_quiet(self) -> None:
        """Return when the gateway works on no request, so that its ledger stands still."""
        end = time.monotonic() + 20
        while self._open:
            assert time.monotonic() < end, "the gateway does not come to rest"
            time.sleep(0.002)

    @contextmanager
    def request(self, pairs: list[Pair], plan: Any) -> Iterator[None]:
        """Watch one request from its arrival to its end."""
        self._open += 1
        began = time.monotonic()
        if plan.ending is not None and plan.ending.fault.kind in _LOSE_THE_ANSWER:
            self.interrupted.update(pairs)
        else:  # what the answer does not name is not known either
            self.interrupted.update(set(pairs) - set(plan.edit_list(list(pairs))))
        try:
            yield
        finally:
            if time.monotonic() - began > self.slow_s:
                self.interrupted.update(pairs)
            self._open -= 1


def _pairs(fields: Any) -> list[Pair]:
    match fields.get("action"):
        case "send":
            return [(mobile, fields["content"]) for mobile in reading.split_numbers(fields["mobile"])]
        case "p2p":
            return reading.split_p2p(fields["mobileContentList"]) or []
        case _:
            return []


@contextmanager
def watched_gateway(watch: Watch) -> Iterator[Practice]:
    """A practice gateway that lets `watch` see every request with what goes wrong with it."""

    class Watched(SmsEndpoint):
        async def _respond(self, request: Any) -> None:
            with watch.request(_pairs(request.fields), request.plan):
                await super()._respond(request)

    practice = Practice(settings=Settings(speed=0, rates=ALL_DELIVERED))
    with mock.patch.object(server, "SmsEndpoint", Watched):
        practice.start()
    with practice:
        yield practice
