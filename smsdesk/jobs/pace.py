"""How fast messages may go out, and how long to wait before trying again. Pure, with the clock handed in."""

from __future__ import annotations

from dataclasses import dataclass


class Bucket:
    """A token bucket: `rate` messages a second on average, at most one second's worth at once; 0 is no limit."""

    def __init__(self, rate: int, now: float):
        self._rate = rate
        self._tokens = float(rate)
        self._at = now

    @property
    def most(self) -> int | None:
        """The most that can ever be taken at once; None for no limit."""
        return self._rate or None

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


@dataclass(frozen=True, slots=True)
class Backoff:
    """Pauses that grow: `first` seconds, then twice as long each time, up to `longest`."""

    first: float = 1.0
    longest: float = 60.0

    def pause(self, tries: int) -> float:
        """Seconds to wait after the try number `tries`, which counts from 1."""
        return float(min(self.first * 2 ** min(tries - 1, 30), self.longest))
