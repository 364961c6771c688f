"""The gateway's rules: a request's fields in, the answer's fields out. No I/O, no threads, clock and chance given."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from smsdesk.simulator import reading
from smsdesk.simulator.codes import DELIVERED, INTERIM, REPLY, REPORT, Result, Status
from smsdesk.simulator.daily import DailyFigures
from smsdesk.simulator.handsets import Fate, Handsets, is_opt_out
from smsdesk.simulator.ledger import Accepted, HandedOut, Ledger, Refused
from smsdesk.simulator.model import Account, ChargeType, Edition, Settings, check_push_url
from smsdesk.simulator.outbox import Item, Outbox, PushBatch

Answer: TypeAlias = dict[str, Any]
"""An answer's fields, ready for JSON."""

_DEFAULT_SIZE = 1000
_LEAST_SIZE = 10
_MOST_SIZE = {REPORT: 10_000, REPLY: 1000}
_MOST_DAYS = 31
_STATUS_AS_NUMBER = frozenset({"report", "mo"})
"""Where the first edition writes `status` as a number; elsewhere it is text."""
_WRONG_NUMBER = Fate(((0.0, "MA:0005"),), None)
_STRIDE = 0x9E3779B97F4A7C15
"""Odd, so that its multiples run through all 64-bit numbers before one comes again: mids are unique and look random."""


@dataclass(frozen=True, slots=True)
class Twist:
    """What a fault makes the rules do otherwise than they would."""

    forced: Mapping[int, int] = field(default_factory=dict)
    """The place of a number in the request, from 0, to the RESULT that it gets whatever the rules say."""
    again: bool = False
    """`report` and `mo` hand out items that they have handed out, or will."""


NO_TWIST = Twist()


@dataclass(slots=True)
class PushJob:
    """One POST to make for an account (§6): `items` are its JSON array."""

    account: Account
    url: str
    batch: PushBatch
    items: list[Answer]


class _Line:
    """An account with all that hangs on it."""

    def __init__(self, account: Account, rng: random.Random) -> None:
        self.account = account
        self.handsets = Handsets(rng)
        self.outbox = Outbox(account.push_url is not None)
        self.daily = DailyFigures()
        self.last_statis: float | None = None


class _Refusal(Exception):
    """The request is refused whole."""

    def __init__(self, status: Status) -> None:
        super().__init__(status)
        self.status = status


class Gateway:
    """The practice gateway's model. Not thread-safe: `Practice` holds one lock around every call.

    Args:
        accounts: the customers.
        settings: how it behaves; both may be changed between requests.
        rng: the only source of chance.
        clock: the time now in seconds since 1970 UTC.
    """

    def __init__(
        self, accounts: Iterable[Account], settings: Settings, rng: random.Random, clock: Callable[[], float]
    ) -> None:
        self.settings = settings
        self.ledger = Ledger()
        self._rng = rng
        self._clock = clock
        self._lines = {account.account: _Line(account, rng) for account in accounts}
        self._mid = rng.getrandbits(64)
        self._actions: dict[str, Callable[[_Line, Mapping[str, str], Twist], Answer]] = {
            "send": self._send,
            "p2p": self._p2p,
            "balance": self._balance,
            "report": self._report,
            "mo": self._mo,
            "statis": self._statis,
        }

    @property
    def accounts(self) -> dict[str, Account]:
        """The customers by account name."""
        return {name: line.account for name, line in self._lines.items()}

    def handle(self, fields: Mapping[str, str], *, open_requests: int = 1, twist: Twist = NO_TWIST) -> Answer:
        """The answer to one request (§1 to §5).

        Args:
            fields: query and form, decoded.
            open_requests: how many requests of this account are under way, this one too.
            twist: what a fault wants otherwise.
        """
        try:
            line = self._admit(fields, open_requests)
            return self._actions[fields["action"]](line, fields, twist)
        except _Refusal as refusal:
            return self.refuse(fields, refusal.status)

    def refuse(self, fields: Mapping[str, str], status: int) -> Answer:
        """The answer that refuses the whole request with `status`; nothing is done."""
        self.ledger.refused_requests[int(status)] += 1
        if self.settings.edition is Edition.SECOND:
            return {"status": int(status)}
        return self._answer(fields.get("action", ""), int(status), balance=0)

    def reply(self, mobile: str, content: str, account: str | None = None) -> str:
        """A handset writes to an account (the first one if None), now; returns the reply's own mid.

        Raises:
            KeyError: there is no such account.
        """
        line = next(iter(self._lines.values())) if account is None else self._lines[account]
        return self._put_reply(line, mobile, content, line.account.extno, self._clock())

    def _admit(self, fields: Mapping[str, str], open_requests: int) -> _Line:
        """The account that asks, or why not: format first, then who it is, then whether it may."""
        first_edition = self.settings.edition is Edition.FIRST
        action = fields.get("action")
        if action not in self._actions or (first_edition and action == "statis"):
            raise _Refusal(Status.FORMAT)
        if fields.get("rt", "").lower() != "json":
            raise _Refusal(Status.FORMAT)
        line = self._lines.get(fields.get("account", ""))
        if line is None or not reading.password_fits(fields, line.account.password, not first_edition):
            raise _Refusal(Status.CREDENTIALS)
        if line.account.disabled:
            raise _Refusal(Status.DISABLED)
        if line.account.max_connections is not None and open_requests > line.account.max_connections:
            raise _Refusal(Status.TOO_MANY_CONNECTIONS)
        return line

    def _answer(self, action: str, status: int, **rest: Any) -> Answer:
        as_number = self.settings.edition is Edition.SECOND or action in _STATUS_AS_NUMBER
        return {"status": status if as_number else str(status), **rest}

    # Submitting

    def _send(self, line: _Line, fields: Mapping[str, str], twist: Twist) -> Answer:
        content = fields.get("content", "")
        numbers = reading.split_numbers(fields.get("mobile", ""))
        if not numbers:
            raise self._missing(Status.NO_NUMBER)
        if not content:
            raise self._missing(Status.NO_CONTENT)
        return self._submit(line, fields, [(number, content) for number in numbers], twist)

    def _p2p(self, line: _Line, fields: Mapping[str, str], twist: Twist) -> Answer:
        pairs = reading.split_p2p(fields.get("mobileContentList", ""))
        if pairs is None:
            raise _Refusal(Status.FORMAT)
        if not pairs or not all(number for number, _ in pairs):
            raise self._missing(Status.NO_P2P_NUMBER)
        if not all(content for _, content in pairs):
            raise self._missing(Status.NO_P2P_CONTENT)
        return self._submit(line, fields, pairs, twist)

    def _missing(self, status: Status) -> _Refusal:
        # The first edition has no code of its own for an empty field.
        return _Refusal(Status.FORMAT if self.settings.edition is Edition.FIRST else status)

    def _submit(self, line: _Line, fields: Mapping[str, str], pairs: list[tuple[str, str]], twist: Twist) -> Answer:
        if len(pairs) > line.account.max_batch:
            raise _Refusal(Status.TOO_MANY_NUMBERS)
        now = self._clock()
        extno = fields.get("extno", "").strip()
        segments = {content: reading.count_segments(content) for content in {content for _, content in pairs}}
        refused = self._refused_contents(line.account, extno, segments)
        listed = []
        accepted = 0
        for place, (mobile, content) in enumerate(pairs):
            result = (
                twist.forced.get(place) or refused[content] or self._charge(line.account, mobile, segments[content])
            )
            if result:
                self.ledger.refused.append(Refused(mobile, content, int(result), now, line.account.account))
                listed.append({"mid": "", "mobile": self.settings.abroad.written(mobile), "result": int(result)})
                continue
            mid = self._next_mid()
            self.ledger.accepted.append(
                Accepted(mid, mobile, content, extno, segments[content], now, line.account.account)
            )
            self._deliver(line, mid, mobile, extno, now)
            accepted += 1
            listed.append({"mid": mid, "mobile": self.settings.abroad.written(mobile), "result": 0})
        line.daily.accepted(now, accepted)
        return self._answer(fields["action"], 0, balance=line.account.balance_li, list=listed)

    def _refused_contents(self, account: Account, extno: str, contents: Iterable[str]) -> dict[str, Result]:
        """The RESULT of each content that does not depend on the number: asked once a text, not once a number."""
        if extno != account.extno:
            return dict.fromkeys(contents, Result.EXTNO)
        registered = account.signatures
        if registered is None:
            return dict.fromkeys(contents, Result.OK)
        return {
            content: Result.OK if reading.has_signature(content, registered) else Result.SIGNATURE
            for content in contents
        }

    def _charge(self, account: Account, mobile: str, segments: int) -> Result:
        # The first edition knows no result 12: it takes the number, and the report says what is wrong with it.
        if self.settings.edition is Edition.SECOND and not reading.is_mobile(mobile):
            return Result.NUMBER_FORMAT
        cost = account.price_li * segments
        if account.charge_type is ChargeType.PRECHARGE and account.balance_li < cost:
            return Result.NO_BALANCE
        account.balance_li -= cost
        return Result.OK

    def _deliver(self, line: _Line, mid: str, mobile: str, extno: str, now: float) -> None:
        settings = self.settings
        pace = 1 / settings.speed if settings.speed else 0.0
        if settings.edition is Edition.FIRST and not reading.is_mobile(mobile):
            reports, reply = _WRONG_NUMBER
        else:
            reports, reply = line.handsets.fate(mobile, now, settings.rates, pace, settings.specials)
        for after, stat in reports:
            line.outbox.put(now + after, REPORT, mid, mobile, stat, extno)
            if stat != INTERIM:
                line.daily.will_end(now + after, now, stat == DELIVERED)
        if reply is not None:
            after, text = reply
            self._put_reply(line, mobile, text, extno, now + after)

    def _put_reply(self, line: _Line, mobile: str, text: str, access_code: str, due: float) -> str:
        mid = self._next_mid()
        line.outbox.put(due, REPLY, mid, mobile, text, access_code)
        if is_opt_out(text):
            line.handsets.opt_out(mobile, due)
        return mid

    def _next_mid(self) -> str:
        self._mid = (self._mid + _STRIDE) & 0xFFFF_FFFF_FFFF_FFFF
        return f"{self._mid:016X}"

    # Asking

    def _balance(self, line: _Line, _fields: Mapping[str, str], _twist: Twist) -> Answer:
        account = line.account
        return self._answer("balance", 0, balance=account.balance_li, chargeType=str(account.charge_type))

    def _report(self, line: _Line, fields: Mapping[str, str], twist: Twist) -> Answer:
        return self._hand_out(line, REPORT, fields, twist)

    def _mo(self, line: _Line, fields: Mapping[str, str], twist: Twist) -> Answer:
        answer = self._hand_out(line, REPLY, fields, twist)
        if self.settings.mo_as_stat:
            for item in answer["list"]:
                item["flag"] = REPORT
                item["stat"] = item.pop("content")
        return answer

    def _hand_out(self, line: _Line, flag: int, fields: Mapping[str, str], twist: Twist) -> Answer:
        size = self._size(flag, fields.get("size"))
        take = line.outbox.take_and_keep if twist.again else line.outbox.take
        items = take(flag, self._clock(), size)
        self._note(line, items, fields["action"], twist.again)
        listed = [self._as_fields(item) for item in items]
        return self._answer(fields["action"], 0, balance=line.account.balance_li, list=listed)

    def _as_fields(self, item: Item) -> Answer:
        """An item as §4 and §5 show it."""
        return {
            "flag": item.flag,
            "mid": item.mid,
            "spid": "",
            "accessCode": item.access_code,
            "mobile": self.settings.abroad.written(item.mobile),
            "content" if item.flag == REPLY else "stat": item.text,
            "time": reading.china_time(item.due),
        }

    def _size(self, flag: int, asked: str | None) -> int:
        """How many items at most (edition of 2021); a number outside the document's range is moved into it."""
        if asked is None or self.settings.edition is Edition.FIRST:
            return _DEFAULT_SIZE
        if not (asked.isascii() and asked.isdigit()):
            raise _Refusal(Status.FORMAT)
        return max(_LEAST_SIZE, min(int(asked), _MOST_SIZE[flag]))

    def _note(self, line: _Line, items: Iterable[Item], by: str, again: bool) -> None:
        now, name = self._clock(), line.account.account
        self.ledger.handed_out.extend(
            HandedOut(item.flag, item.mid, item.mobile, item.text, by, again, now, name) for item in items
        )

    def _statis(self, line: _Line, fields: Mapping[str, str], _twist: Twist) -> Answer:
        now = self._clock()
        first, last = (reading.read_day(fields.get(name, "")) for name in ("beginTime", "endTime"))
        if first is None or last is None or not 0 <= last - first < _MOST_DAYS:
            raise _Refusal(Status.TIME_RANGE)
        if line.last_statis is not None and now - line.last_statis < self.settings.statis_interval_s:
            raise _Refusal(Status.TOO_OFTEN)
        line.last_statis = now
        return self._answer("statis", 0, list=line.daily.rows(first, last, now))

    # Pushing (§6)

    def set_push(self, url: str | None, account: str | None = None) -> None:
        """Register, change or (None) end the push address of an account (the first one if None).

        Raises:
            ValueError: the address is not on this machine.
            KeyError: there is no such account.
        """
        check_push_url(url)
        line = next(iter(self._lines.values())) if account is None else self._lines[account]
        line.account.push_url = url
        line.outbox.switch(pushing=url is not None)

    def take_push(self) -> PushJob | None:
        """The next POST to make now, if any; :meth:`push_answered` must follow."""
        now = self._clock()
        for line in self._lines.values():
            url = line.account.push_url
            batch = line.outbox.take_push(now, line.account.push_batch) if url else None
            if url and batch:
                return PushJob(line.account, url, batch, [self._as_fields(item) for item in batch.items])
        return None

    def push_answered(self, job: PushJob, ok: bool) -> None:
        """Whether the receiver answered `OK`: then the items are handed over, else they are tried again."""
        line = self._lines[job.account.account]
        if ok:
            self._note(line, job.batch.items, "push", again=False)
        else:
            account = line.account
            line.outbox.push_failed(job.batch, self._clock(), account.push_tries, account.push_wait_s)

    def next_push_in(self) -> float | None:
        """Seconds until the next POST is due; None when none waits."""
        times = [at for line in self._lines.values() if (at := line.outbox.next_push_at()) is not None]
        return max(0.0, min(times) - self._clock()) if times else None

    def state(self) -> Answer:
        """The gateway at a glance, as JSON."""
        now = self._clock()
        return {
            "edition": str(self.settings.edition),
            "accounts": [
                {
                    "account": line.account.account,
                    "extno": line.account.extno,
                    "balance_li": line.account.balance_li,
                    "charge_type": str(line.account.charge_type),
                    "push_url": line.account.push_url,
                    "waiting": line.outbox.waiting(),
                    "opted_out": line.handsets.opted_out(now),
                }
                for line in self._lines.values()
            ],
            **self.ledger.counts(),
        }
