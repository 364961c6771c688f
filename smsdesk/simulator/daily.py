"""The daily figures of `statis` (edition of 2021)."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from smsdesk.simulator.reading import china_day


class DailyFigures:
    """Messages by the day in China on which they were accepted, and what has become of them."""

    def __init__(self) -> None:
        self._total: Counter[int] = Counter()
        self._success: Counter[int] = Counter()
        self._fail: Counter[int] = Counter()
        self._to_come: list[tuple[float, float, bool]] = []

    def accepted(self, at: float, messages: int) -> None:
        """So many messages were accepted at `at`, seconds since 1970 UTC."""
        self._total[china_day(at)] += messages

    def will_end(self, at: float, accepted_at: float, delivered: bool) -> None:
        """A message accepted at `accepted_at` ends at `at` (seconds since 1970 UTC); until then it is unknown."""
        self._to_come.append((at, accepted_at, delivered))

    def rows(self, first: int, last: int, now: float) -> list[dict[str, Any]]:
        """A row for each day from `first` to `last` (ordinals) that had messages. `statisTIme` is so spelled."""
        self._settle(now)
        return [self._row(day) for day in range(first, last + 1) if self._total[day]]

    def _settle(self, now: float) -> None:
        # Looked through only here: `statis` is asked once an hour, messages come by the thousand.
        still_to_come = []
        for ending in self._to_come:
            at, accepted_at, delivered = ending
            if at > now:
                still_to_come.append(ending)
            else:
                (self._success if delivered else self._fail)[china_day(accepted_at)] += 1
        self._to_come = still_to_come

    def _row(self, day: int) -> dict[str, Any]:
        total, success, fail = self._total[day], self._success[day], self._fail[day]
        return {
            "statisTIme": date.fromordinal(day).strftime("%Y%m%d"),
            "total": total,
            "success": success,
            "unknown": total - success - fail,
            "fail": fail,
            "successRate": round(100 * success / total, 2),
        }
