"""What waits to be handed out to one account: by pull (§4, §5) or by push (§6), each item once."""

from __future__ import annotations

from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple

from smsdesk.simulator.codes import REPLY, REPORT


class Item(NamedTuple):
    """A report or reply. `due` is when it came about, in seconds since 1970 UTC; `number` settles a tie."""

    due: float
    number: int
    flag: int
    mid: str
    mobile: str
    text: str
    access_code: str


class PushBatch(NamedTuple):
    """Items for one POST, and how often it has failed so far."""

    items: tuple[Item, ...]
    failures: int


class Outbox:
    """Heaps of what is to come, by due time; nothing in it is ever looked through from end to end."""

    def __init__(self, pushing: bool) -> None:
        self._pushing = pushing
        self._numbers = count()
        self._pull: dict[int, list[Item]] = {REPORT: [], REPLY: []}
        self._push: list[Item] = []
        self._retries: list[tuple[float, int, PushBatch]] = []
        self._last: dict[int, list[Item]] = {REPORT: [], REPLY: []}

    def put(self, due: float, flag: int, mid: str, mobile: str, text: str, access_code: str) -> None:
        """Keep an item that comes about at `due`, seconds since 1970 UTC."""
        item = Item(due, next(self._numbers), flag, mid, mobile, text, access_code)
        heappush(self._push if self._pushing else self._pull[flag], item)

    def take(self, flag: int, now: float, size: int) -> list[Item]:
        """Up to `size` items that are due, oldest first; each is handed out once."""
        heap = self._pull[flag]
        taken: list[Item] = []
        while heap and heap[0].due <= now and len(taken) < size:
            taken.append(heappop(heap))
        if taken:
            self._last[flag] = taken
        return taken

    def take_and_keep(self, flag: int, now: float, size: int) -> list[Item]:
        """A fault: hand out what is due and forget that it was; with nothing due, what was handed out last."""
        taken = self.take(flag, now, size)
        for item in taken:
            heappush(self._pull[flag], item)
        return taken or self._last[flag]

    def switch(self, pushing: bool) -> None:
        """From now on everything that waits goes out by push, or by pull; a push under way is not called back."""
        self._pushing = pushing
        if pushing:
            for heap in self._pull.values():
                while heap:
                    heappush(self._push, heap.pop())
            return
        while self._push:
            self._to_pull(self._push.pop())
        while self._retries:
            for item in self._retries.pop()[2].items:
                self._to_pull(item)

    def _to_pull(self, item: Item) -> None:
        heappush(self._pull[item.flag], item)

    def take_push(self, now: float, size: int) -> PushBatch | None:
        """The next POST to make: one that failed and is due again, else up to `size` due items."""
        if self._retries and self._retries[0][0] <= now:
            return heappop(self._retries)[2]
        taken: list[Item] = []
        while self._push and self._push[0].due <= now and len(taken) < size:
            taken.append(heappop(self._push))
        return PushBatch(tuple(taken), 0) if taken else None

    def push_failed(self, batch: PushBatch, now: float, tries: int, wait_s: float) -> None:
        """The receiver did not answer `OK`: try again later, or after `tries` POSTs leave the items to be pulled."""
        failures = batch.failures + 1
        if failures >= tries or not self._pushing:
            for item in batch.items:
                self._to_pull(item)
            return
        again = PushBatch(batch.items, failures)
        heappush(self._retries, (now + wait_s * 2**batch.failures, next(self._numbers), again))

    def next_push_at(self) -> float | None:
        """When the next POST is due, in seconds since 1970 UTC; None when none waits."""
        times = [heap[0][0] for heap in (self._push, self._retries) if heap]
        return min(times, default=None)

    def waiting(self) -> dict[str, int]:
        """How many items wait, due or not, as JSON."""
        retried = sum(len(batch.items) for _, _, batch in self._retries)
        return {
            "reports": len(self._pull[REPORT]),
            "replies": len(self._pull[REPLY]),
            "push": len(self._push) + retried,
        }
