"""How fast messages may go out, and how long to wait before trying again. Pure, with the clock handed in."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass


class Bucket:
    """A token bucket: `rate` messages a second on average, at most one second's worth at once; 0 is no limit."""

    def __init__(self, rate: float, now: float):
        self._rate = rate
        self._tokens = float(rate)
        self._at = now

    @property
    def rate(self) -> float:
        """Messages a second; 0 is no limit."""
        return self._rate

    def change(self, rate: float, now: float) -> None:
        """Go on at another rate."""
        self._refill(now)
        self._rate = rate
        self._tokens = min(self._tokens, rate)

    def wait_for(self, n: int, now: float) -> float:
        """Seconds until `n` messages may go out; 0 when they may now."""
        if not self._rate:
            return 0.0
        self._refill(now)
        return max(0.0, (n - self._tokens) / self._rate)

    def take(self, n: int, now: float) -> None:
        """`n` messages go out."""
        if self._rate:
            self._refill(now)
            self._tokens -= n

    def _refill(self, now: float) -> None:
        self._tokens = min(float(self._rate), self._tokens + (now - self._at) * self._rate)
        self._at = now


RECOVER_AFTER = 10
"""Batches that go through before a pace that was lowered is raised by a step."""


class Pace:
    """Requests at once and messages a second: halved when the gateway is overtaxed, raised again slowly.

    `connections` and `rate` (0 is no limit) are the account's, and the most that there will be.
    """

    def __init__(self, connections: int, rate: int, now: float):
        self._connections, self._rate = connections, rate
        self._at_once = connections
        self._bucket = Bucket(rate, now)
        self._through = 0

    @property
    def at_once(self) -> int:
        """Requests that may be under way at the moment."""
        return self._at_once

    @property
    def is_lowered(self) -> bool:
        """Whether it is slower than the account allows."""
        return self._at_once < self._connections or self._bucket.rate < self._rate

    def size(self, batch: int) -> int:
        """How many numbers the next request may carry, `batch` at the most."""
        return max(1, min(batch, int(self._bucket.rate))) if self._rate else batch

    def wait_for(self, n: int, now: float) -> float:
        """Seconds until `n` messages may go out."""
        return self._bucket.wait_for(n, now)

    def take(self, n: int, now: float) -> None:
        """`n` messages go out."""
        self._bucket.take(n, now)

    def lower(self, now: float) -> None:
        """The gateway says that there are too many connections, or answers too late."""
        self._through = 0
        self._at_once = max(1, self._at_once // 2)
        if self._rate:
            self._bucket.change(max(1.0, self._bucket.rate / 2), now)

    def went_through(self, now: float) -> None:
        """A batch was answered."""
        self._through += 1
        if self._through >= RECOVER_AFTER and self.is_lowered:
            self._through = 0
            self._at_once = min(self._connections, self._at_once + 1)
            if self._rate:
                self._bucket.change(min(float(self._rate), self._bucket.rate * 1.25), now)


class Speed:
    """Messages a second over the last `window` seconds."""

    def __init__(self, now: float, window: float = 10.0):
        self._window = window
        self._began = now
        self._marks: deque[tuple[float, int]] = deque()

    def per_second(self, done: int, now: float) -> float:
        """The speed, when `done` messages are done in all at `now`."""
        self._marks.append((now, done))
        while len(self._marks) > 1 and now - self._marks[0][0] > self._window:
            self._marks.popleft()
        since, before = self._marks[0]
        if len(self._marks) == 1:
            since, before = self._began, 0
        return (done - before) / (now - since) if now > since else 0.0


@dataclass(frozen=True, slots=True)
class Backoff:
    """Pauses that grow: `first` seconds, then twice as long each time, up to `longest`."""

    first: float = 1.0
    longest: float = 60.0

    def pause(self, tries: int) -> float:
        """Seconds to wait after the try number `tries`, which counts from 1."""
        return float(min(self.first * 2 ** min(tries - 1, 30), self.longest))
