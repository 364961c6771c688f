"""What becomes of an accepted message: its reports, and what the person writes back.

Chance decides by :class:`Rates`, except for numbers with a special ending (:data:`SPECIAL`), which always behave
the same, so that a training or a test can choose what it wants to see.
"""

from __future__ import annotations

import random
import unicodedata
from typing import NamedTuple

from smsdesk.simulator.codes import DELIVERED, INTERIM
from smsdesk.simulator.model import Rates

_MA_CODES = (*range(1, 7), 9, *range(11, 16), 17, *range(21, 31), 33, 44)


class Special(NamedTuple):
    """What a number with a special ending always does: its reports in order, and what it replies once delivered.

    No reports: it is never heard of again.
    """

    stats: tuple[str, ...]
    reply: str | None = None


SPECIAL: dict[str, Special] = {
    **{f"{code:04}": Special((f"MA:{code:04}",)) for code in _MA_CODES},
    "0091": Special(("MA:0001 ",)),  # the stray blank of §4's sample
    "0092": Special(("MA:00022",)),  # the five-digit spelling of 2021
    "0093": Special(("MO:0088",)),  # an upstream code that only the upstream can explain
    "0094": Special(("CB:0010",)),  # in no table at all
    "0200": Special(("MO:200",)),
    "0254": Special(("MO:0254",)),
    "0255": Special(("MO:0255",)),
    "1111": Special(("DELETED",)),
    "2222": Special(("EXPIRED",)),
    "3333": Special(("REJECTED",)),
    "5555": Special((INTERIM, DELIVERED)),
    "6666": Special((DELIVERED,), "请问活动什么时候开始？"),
    "7777": Special(()),
    "8887": Special((DELIVERED,), "好的👌谢谢😊"),
    "8888": Special((DELIVERED,), "收到"),
    "9998": Special((DELIVERED,), "ＴＤ"),
    "9999": Special((DELIVERED,), "TD"),
}
"""By the last four digits of the number."""

REPLIES = (
    "收到",
    "收到，谢谢",
    "谢谢",
    "好的",
    "好的👌",
    "请问几点开始？",
    "这个怎么参加？",
    "你是谁",
    "？？",
    "不需要",
    "可以改到明天吗",
    "👍👍",
    "地址发我一下",
    "已经取了，谢谢😊",
)
OPT_OUTS = ("TD", "T", "R", "退订", "td", "ＴＤ", "Ｔ", "Ｒ", " TD ", "回T", "退订回T", "TD。")

_BLOCKED = ("MA:0023", "REJECTED")
"""What a number that has opted out is answered with."""

_FAILURES: dict[str, int] = {
    "MA:0001": 14,
    "MA:0001 ": 4,
    "MA:0002": 5,
    "MA:0003": 3,
    "MA:0005": 3,
    "MA:0021": 3,
    "MA:0022": 8,
    "MA:00022": 3,
    "MA:0023": 3,
    "MA:0024": 4,
    "MA:0027": 6,
    "MA:00001": 2,
    "MA:0029": 2,
    "MA:0033": 2,
    "MA:0044": 1,
    "MO:0254": 3,
    "MO:0255": 1,
    "MO:0001": 4,
    "MO:0012": 5,
    "MO:0088": 3,
    "MO:3150": 1,
    "EXPIRED": 10,
    "REJECTED": 8,
    "DELETED": 1,
}
"""STAT to its weight among failures."""


class Fate(NamedTuple):
    """What becomes of a message: `(seconds after acceptance, STAT)` in order, and `(seconds, text)` of a reply."""

    reports: tuple[tuple[float, str], ...]
    reply: tuple[float, str] | None


class Handsets:
    """All the handsets of one account's customers. `rng` is the only source of chance."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._failures = list(_FAILURES)
        self._weights = list(_FAILURES.values())
        self._opted_out: dict[str, float] = {}

    def opt_out(self, mobile: str, at: float) -> None:
        """From `at` on (seconds since 1970 UTC) the number gets no more messages."""
        self._opted_out[mobile] = min(at, self._opted_out.get(mobile, at))

    def opted_out(self, now: float) -> int:
        """How many numbers have opted out."""
        return sum(at <= now for at in self._opted_out.values())

    def fate(self, mobile: str, now: float, rates: Rates, pace: float, specials: bool) -> Fate:
        """What becomes of a message accepted `now`; delays are multiplied by `pace`."""
        report_s = self._between(rates.report_s) * pace
        if self._opted_out.get(mobile, now + 1) <= now:
            return Fate(((report_s, self._rng.choice(_BLOCKED)),), None)
        special = SPECIAL.get(mobile[-4:]) if specials else None
        if special is not None:
            return self._special_fate(special, report_s, rates, pace)
        chance = self._rng.random()
        if chance < rates.failed:
            stat = self._rng.choices(self._failures, self._weights)[0]
            return Fate(((report_s, stat),), None)
        if chance < rates.failed + rates.silent:
            return Fate((), None)
        return self._delivered(report_s, rates, pace)

    def _delivered(self, report_s: float, rates: Rates, pace: float) -> Fate:
        reports: tuple[tuple[float, str], ...] = ((report_s, DELIVERED),)
        if self._rng.random() < rates.interim:
            reports = ((report_s / 2, INTERIM), *reports)
        chance = self._rng.random()
        if chance >= rates.replied + rates.opted_out:
            return Fate(reports, None)
        text = self._rng.choice(OPT_OUTS if chance < rates.opted_out else REPLIES)
        return Fate(reports, (report_s + self._between(rates.reply_s) * pace, text))

    def _special_fate(self, special: Special, report_s: float, rates: Rates, pace: float) -> Fate:
        stats = special.stats
        reports = tuple((report_s * (place + 1) / len(stats), stat) for place, stat in enumerate(stats))
        if special.reply is None:
            return Fate(reports, None)
        return Fate(reports, (report_s + self._between(rates.reply_s) * pace, special.reply))

    def _between(self, span: tuple[float, float]) -> float:
        return span[0] + (span[1] - span[0]) * self._rng.random()


def is_opt_out(text: str) -> bool:
    """Whether the practice gateway takes a reply for an opt-out: full-width, blanks and case make no difference."""
    return plain(text) in _OPT_OUT_WORDS


def plain(text: str) -> str:
    """The text with full-width letters made narrow, upper case, without blanks and full stops at its ends."""
    return unicodedata.normalize("NFKC", text).upper().strip(" 。.\t\r\n")


_OPT_OUT_WORDS = frozenset(plain(text) for text in OPT_OUTS)
