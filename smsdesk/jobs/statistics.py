"""What became of a campaign, in figures that add up: its funnel, its delivery over time, why messages failed, where.

All of it is counted by the database. For 1,000,000 messages that takes seconds: it belongs on a lane of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Final

from smsdesk.domain.campaign import Campaign, Counts
from smsdesk.domain.errors import Cancelled
from smsdesk.domain.message import Delivery, State
from smsdesk.domain.words import Words
from smsdesk.gateway import codes
from smsdesk.gateway.codes import Code
from smsdesk.jobs import campaigns, explaining, places
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.news import Stop
from smsdesk.store import statistics
from smsdesk.store.statistics import Answers, Outcome, PrefixRow

_INTERVALS: Final = 60
"""The most intervals that a campaign's time is cut into."""
_WIDTHS_S: Final = (1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21_600, 43_200, 86_400)
_COMPARED: Final = 10


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many are left after each step. Messages, but for the people.

    total    = waiting + accepted + rejected + in_doubt + skipped
    accepted = delivered + failed + underway + unreported
    people   ≤ total: a number may stand on several messages
    opted_out ≤ replied: people too, each once, who answered this campaign; an answer goes to the last campaign that
    wrote to its number, so that nobody is counted in two for one reply. A reply may come to a message of which no
    report came, so that replied is not bound by delivered.
    """

    people: int
    waiting: int
    accepted: int
    rejected: int
    in_doubt: int
    skipped: int
    delivered: int
    failed: int
    underway: int
    replied: int
    opted_out: int

    @property
    def total(self) -> int:
        """All messages."""
        return self.waiting + self.accepted + self.rejected + self.in_doubt + self.skipped

    @property
    def sent(self) -> int:
        """Messages that went out, or may have."""
        return self.accepted + self.rejected + self.in_doubt

    @property
    def unreported(self) -> int:
        """Accepted messages of which no report came yet."""
        return self.accepted - self.delivered - self.failed - self.underway


@dataclass(frozen=True, slots=True)
class Reason:
    """Why messages did not arrive: the code, what it means, what to do (where anything can be done)."""

    spellings: tuple[str, ...]
    """The code as it came: `MA:0022` and `MA:00022` are one."""
    meaning: Words
    remedy: Words | None
    count: int

    @property
    def code(self) -> str:
        """The code as it came first."""
        return self.spellings[0]

    @property
    def key(self) -> str:
        """The same for every spelling."""
        return codes.normal_stat(self.code)


@dataclass(frozen=True, slots=True)
class Moment:
    """An interval that begins `at` (UTC): what happened in it, and all that had happened by its end."""

    at: datetime
    accepted: int
    delivered: int
    failed: int
    accepted_so_far: int
    delivered_so_far: int
    failed_so_far: int


@dataclass(frozen=True, slots=True)
class Delays:
    """Within how many seconds of submission half of the `count` delivered messages were reported, and 90 % of them."""

    count: int
    median_s: int
    ninety_s: int


@dataclass(frozen=True, slots=True)
class Place:
    """What became of the messages to one operator, province or country."""

    name: Words
    total: int
    accepted: int
    delivered: int
    failed: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """All of a campaign. Reasons and places come largest first, moments in order, `interval_s` each."""

    campaign: Campaign
    funnel: Funnel
    failures: Sequence[Reason]
    rejections: Sequence[Reason]
    skips: Sequence[Reason]
    moments: Sequence[Moment]
    interval_s: int
    delays: Delays | None
    operators: Sequence[Place]
    provinces: Sequence[Place]


@dataclass(frozen=True, slots=True)
class Compared:
    """A campaign beside others."""

    campaign: Campaign
    answers: Answers

    def share(self, count: int) -> float | None:
        """`count` in percent of what the gateway took; None where it took nothing."""
        return percent(count, self.campaign.counts.accepted)


def percent(part: int, whole: int) -> float | None:
    """A share in percent; None of nothing."""
    return 100 * part / whole if whole else None


def of_campaign(desk: Desk, campaign_id: int, stop: Stop | None = None) -> Statistics:
    """Everything that is known of a campaign.

    Raises:
        InputProblem: there is none.
        Cancelled: `stop` was set between two of its questions to the store.
    """

    def go_on() -> None:
        if stop is not None and stop.is_set():
            raise Cancelled

    campaign = campaigns.get(desk, campaign_id)
    with desk.database.read() as conn:
        ends = statistics.outcomes(conn, campaign_id)
        answers = statistics.answers(conn, [campaign_id]).get(campaign_id, Answers())
        go_on()
        where = _where(statistics.prefixes(conn, campaign_id), go_on)
        delays = _delays(statistics.delays(conn, campaign_id))
    moments, interval_s = _moments(desk, campaign_id, go_on)
    return Statistics(
        campaign=campaign,
        funnel=_funnel(campaign.counts, sum(one.people for one in where.values()), answers, ends),
        failures=_reasons(ends, lambda one: one.delivery is Delivery.FAILED, lambda one: codes.stat(one.stat or "")),
        rejections=_reasons(ends, lambda one: one.state is State.REJECTED, lambda one: codes.result(one.result or 0)),
        skips=_reasons(ends, lambda one: one.skip is not None, _skip_code),
        moments=moments,
        interval_s=interval_s,
        delays=delays,
        operators=_places((operator, sums) for (operator, _), sums in where.items()),
        provinces=_places((province, sums) for (_, province), sums in where.items()),
    )


def compare(desk: Desk, campaign_ids: Sequence[int]) -> list[Compared]:
    """Campaigns side by side, at most ten, in the order that was asked for: by the counts in their own rows."""
    chosen = [campaigns.get(desk, one) for one in campaign_ids[:_COMPARED]]
    with desk.database.read() as conn:
        answers = statistics.answers(conn, [one.id for one in chosen])
    return [Compared(one, answers.get(one.id, Answers())) for one in chosen]


def _funnel(counts: Counts, people: int, answers: Answers, ends: Iterable[Outcome]) -> Funnel:
    underway = sum(one.count for one in ends if one.state is State.ACCEPTED and one.delivery is Delivery.UNDERWAY)
    return Funnel(
        people=people,
        waiting=counts.queued + counts.claimed,
        accepted=counts.accepted,
        rejected=counts.rejected,
        in_doubt=counts.in_doubt,
        skipped=counts.skipped,
        delivered=counts.delivered,
        failed=counts.failed,
        # Counted a moment later than the campaign's own counts: what got its final word meanwhile is not taken twice.
        underway=min(underway, counts.accepted - counts.delivered - counts.failed),
        replied=answers.replied,
        opted_out=answers.opted_out,
    )


def _reasons(
    ends: Iterable[Outcome], is_meant: Callable[[Outcome], bool], code_of: Callable[[Outcome], Code]
) -> list[Reason]:
    found = dict[str, Reason]()
    for one in filter(is_meant, ends):
        code = code_of(one)
        normal = codes.normal_stat(code.code)
        before = found.get(normal, Reason((), code.meaning, code.remedy, 0))
        spellings = tuple(dict.fromkeys((*before.spellings, code.code)))
        found[normal] = Reason(spellings, code.meaning, code.remedy, before.count + one.count)
    return sorted(found.values(), key=lambda one: (-one.count, one.code))


def _skip_code(one: Outcome) -> Code:
    assert one.skip is not None  # noqa: S101 - only such are asked about
    return Code(one.skip.name.lower(), explaining.of_skip(one.skip))


def _moments(desk: Desk, campaign_id: int, go_on: Callable[[], None]) -> tuple[list[Moment], int]:
    """A campaign's time in intervals of equal length, and how long one is in seconds."""
    with desk.database.read() as conn:
        span = statistics.span(conn, campaign_id)
        if span is None:
            return [], _WIDTHS_S[0]
        seconds = (span.last - span.first) / 1000
        width_s = next((one for one in _WIDTHS_S if seconds / one < _INTERVALS), -(-int(seconds) // _INTERVALS))
        width = width_s * 1000
        first = span.first // width * width
        go_on()
        submitted = statistics.submitted_by(conn, campaign_id, first, width)
        go_on()
        reported = statistics.reported_by(conn, campaign_id, first, width)
    # Its clock may be behind ours: what was reported before anything was submitted belongs to the first interval.
    ended = defaultdict[tuple[int, Delivery], int](int)
    for (place, delivery), count in reported.items():
        ended[max(place, 0), delivery] += count
    intervals = range((span.last - first) // width + 1)
    accepted = [submitted.get(place, 0) for place in intervals]
    delivered = [ended[place, Delivery.DELIVERED] for place in intervals]
    failed = [ended[place, Delivery.FAILED] for place in intervals]
    starts = [datetime.fromtimestamp(first / 1000, UTC) + timedelta(seconds=width_s * place) for place in intervals]
    sums = (accumulate(one) for one in (accepted, delivered, failed))
    rows = zip(starts, accepted, delivered, failed, *sums, strict=True)
    return [Moment(*row) for row in rows], width_s


def _delays(took: Sequence[tuple[int, int]]) -> Delays | None:
    count = sum(n for _, n in took)
    if not count:
        return None
    return Delays(count, _quantile(took, count, 50), _quantile(took, count, 90))


def _quantile(took: Iterable[tuple[int, int]], count: int, share: int) -> int:
    """The seconds within which `share` percent of them came."""
    so_far = 0
    for seconds, n in took:
        so_far += n
        if so_far * 100 >= share * count:
            return seconds
    raise AssertionError("the shares of a whole end with it")


@dataclass(slots=True)
class _Sums:
    people: int = 0
    total: int = 0
    accepted: int = 0
    delivered: int = 0
    failed: int = 0

    def add(self, more: _Sums | PrefixRow) -> None:
        self.people += more.people
        self.total += more.total
        self.accepted += more.accepted
        self.delivered += more.delivered
        self.failed += more.failed


def _where(prefixes: Iterable[Sequence[PrefixRow]], go_on: Callable[[], None]) -> dict[tuple[Words, Words], _Sums]:
    """What became of the messages to each operator in each province."""
    found = defaultdict[tuple[Words, Words], _Sums](_Sums)
    for some in prefixes:
        go_on()
        for row in some:
            found[places.of(row.sample)].add(row)
    return found


def _places(where: Iterable[tuple[Words, _Sums]]) -> list[Place]:
    """What is in the same place together, the largest first."""
    found = defaultdict[Words, _Sums](_Sums)
    for name, sums in where:
        found[name].add(sums)
    rows = [Place(name, one.total, one.accepted, one.delivered, one.failed) for name, one in found.items()]
    return sorted(rows, key=lambda one: (-one.total, one.name.zh))
