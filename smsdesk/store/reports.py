"""Status reports: each kept once, and matched to its message as far as that can be told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from operator import attrgetter
from typing import Any

from more_itertools import batched
from sqlalchemy import Column, ColumnElement, Connection, Select, bindparam, func, select

from smsdesk.domain.inbox import Came, Report
from smsdesk.domain.message import Delivery, State
from smsdesk.store import campaigns as campaign_rows
from smsdesk.store.answers import Raw, known
from smsdesk.store.schema import campaigns, messages, milliseconds, reports
from smsdesk.store.statements import among, as_keyed, driven, insert_new, keyed, listed, many

AT_ONCE = 1000
"""Items in one statement."""


REPORTS_LAST = timedelta(days=7)
"""How long after its message a report may come, for one in doubt to be settled by it."""


CLOCKS_DIFFER = timedelta(minutes=5)
"""How far the gateway's clock may be behind ours."""


def not_ours(conn: Connection) -> int:
    """How many reports are of no message that was sent from here, as far as is known."""
    query = select(func.count()).select_from(reports).where(reports.c.message_id.is_(None))
    return conn.execute(query).scalar_one()


def american_among(conn: Connection, account_id: int, mobiles: Iterable[str]) -> frozenset[str]:
    """Those of these mainland numbers that are numbers of the +1 countries, as some gateways write them.

    `14155552671` is `+14155552671` where the account has sent to that, and to no mainland number of these digits.
    """
    asked = {mobile for mobile in mobiles if len(mobile) == _AMERICAN_LENGTH and mobile.startswith("1")}
    rows = conn.execute(
        select(messages.c.mobile)
        .distinct()
        .join(campaigns, campaigns.c.id == messages.c.campaign_id)
        .where(among(conn.dialect.name, messages.c.mobile, "mobiles"), is_of(account_id)),
        {"mobiles": listed(conn, [*asked, *(f"+{mobile}" for mobile in asked)])},
    )
    sent = {row.mobile for row in rows}
    return frozenset(mobile for mobile in asked if f"+{mobile}" in sent and mobile not in sent)


_AMERICAN_LENGTH = 11


def add(conn: Connection, raw: Raw, items: Sequence[Report]) -> Came:
    """Store reports, each once, and match them to their messages."""
    return sum((_add_reports(conn, raw, some) for some in batched(_untold(conn, raw, items), AT_ONCE)), Came())


def _untold(conn: Connection, raw: Raw, items: Sequence[Report]) -> list[Report]:
    """Leave out those without a time that are there already."""
    return [
        one
        for one in items
        if one.reported_at
        or not known(conn, reports, account_id=raw.account_id, mid=one.mid, mobile=one.mobile, stat=one.stat)
    ]


def _add_reports(conn: Connection, raw: Raw, items: Sequence[Report]) -> Came:
    known = _by_mid(conn, raw.account_id, items)
    new = _store_new(conn, raw, items, known)
    matched = _apply(conn, known, new)
    if matched < len(new):
        unknown = {row.mobile for row in new if (row.mid, row.mobile) not in known}
        # Together with those that came earlier and could not be told apart.
        given = {"account": raw.account_id, "values": listed(conn, unknown)}
        waiting_ones = conn.execute(_waiting_among(conn.dialect.name, reports.c.mobile), given).all()
        doubts = _settled_doubts(conn, raw.account_id, waiting_ones)
        _tie(conn, doubts, waiting_ones)
        _apply(conn, doubts, waiting_ones)
        matched += sum((row.mid, row.mobile) in doubts for row in new)
    return Came(reports=len(new), matched=matched)


def _store_new(
    conn: Connection, raw: Raw, items: Sequence[Report], known: Mapping[tuple[str, str], _Standing]
) -> Sequence[Any]:
    """Store reports that are not there yet, and return those, with their times."""
    last = conn.execute(_LAST).scalar() or 0
    values = []
    for mid, mobile, stat, delivery, access_code, reported_at in items:
        at = milliseconds(reported_at or raw.received_at)
        standing = known.get((mid, mobile))
        message_id = standing.id if standing else None
        untimed = reported_at is None
        values.append((raw.account_id, raw.id, mid, mobile, stat, int(delivery), access_code, at, untimed, message_id))
    if many(conn, _new_report(conn.dialect.name), _REPORT_COLUMNS, values) == len(items):
        return [one if one.reported_at else one._replace(reported_at=raw.received_at) for one in items]
    return conn.execute(_SINCE, {"last": last, "raw": raw.id}).all()


_LAST = select(func.max(reports.c.id))


@cache
def _new_report(dialect: str) -> Any:
    return insert_new(dialect, reports).values({name: bindparam(name) for name in _REPORT_COLUMNS})


_REPORT_COLUMNS = tuple(column.name for column in reports.columns if not column.primary_key)


def match_settled(conn: Connection, account_id: int, mids: Iterable[str], mobiles: Iterable[str]) -> int:
    """Match reports that came before a batch with these mids and numbers was settled; returns how many.

    By mid: the report was faster than the answer. By number: it is of a message that is in doubt, now or before;
    while others to that number were under way it could be of either. The transaction began with `accounts.hold`.
    """
    if driven(conn, _ANY_WAITING, {"account": account_id}).fetchone() is None:
        return 0
    rows = {
        row.id: row
        for column, values in ((reports.c.mid, mids), (reports.c.mobile, mobiles))
        for row in conn.execute(
            _waiting_among(conn.dialect.name, column), {"account": account_id, "values": listed(conn, values)}
        )
    }
    return _match(conn, account_id, [rows[id_] for id_ in sorted(rows)])


@cache
def _waiting_among(dialect: str, column: Column[Any]) -> Select[Any]:
    waiting_ones = (reports.c.message_id.is_(None), reports.c.account_id == bindparam("account"))
    return select(*_MATCHED_ON).where(*waiting_ones, among(dialect, column, "values")).order_by(reports.c.id)


_MATCHED_ON = (
    reports.c.id,
    reports.c.mid,
    reports.c.mobile,
    reports.c.stat,
    reports.c.delivery,
    reports.c.reported_at,
)


_SINCE = (
    select(*_MATCHED_ON)
    .where(reports.c.id > bindparam("last"), reports.c.raw_id == bindparam("raw"))
    .order_by(reports.c.id)
)


_ANY_WAITING = (
    select(reports.c.id).where(reports.c.message_id.is_(None), reports.c.account_id == bindparam("account")).limit(1)
)


_REPORTED = (
    messages.update()
    .where(messages.c.id == bindparam("_id"))
    .values(delivery=bindparam("_delivery"), stat=bindparam("_stat"), reported_at=bindparam("_at"))
)


_TIED = reports.update().where(reports.c.id == bindparam("_id")).values(message_id=bindparam("_message"))


@dataclass(slots=True)
class _Standing:
    """A message while its reports are applied to it. Its delivery is the number of a :class:`Delivery`."""

    id: int
    campaign_id: int
    delivery: int
    changed_by: Any = None

    @property
    def is_final(self) -> bool:
        """Whether no later report changes it."""
        return self.delivery >= _FINAL

    def take(self, report: Any) -> None:
        """The first final word stands; a later one that is not final changes nothing."""
        if self.delivery < _FINAL and report.delivery >= self.delivery:
            self.delivery, self.changed_by = int(report.delivery), report


_FINAL = int(Delivery.DELIVERED)


def _match(conn: Connection, account_id: int, rows: Sequence[Any]) -> int:
    matched = 0
    for some in batched(rows, AT_ONCE):
        known = _by_mid(conn, account_id, some)
        known |= _settled_doubts(conn, account_id, [row for row in some if (row.mid, row.mobile) not in known])
        _tie(conn, known, some)
        matched += _apply(conn, known, some)
    return matched


def _by_mid(conn: Connection, account_id: int, rows: Sequence[Any]) -> dict[tuple[str, str], _Standing]:
    """The messages that these reports name, by (mid, mobile)."""
    named: dict[str, str] = {}
    for row in rows:
        if row.mid:
            named.setdefault(row.mid, row.mobile)
    found = driven(conn, _named(conn.dialect.name), {"named": as_keyed(named)}).fetchall()
    if len(named) < len(rows):  # a mid came twice: with its number again, or with another
        others = [row for row in rows if named.get(row.mid, row.mobile) != row.mobile]
        given = {
            "mobiles": listed(conn, {row.mobile for row in others}),
            "mids": listed(conn, {row.mid for row in others}),
        }
        found += driven(conn, _named_among(conn.dialect.name), given).fetchall() if others else []
    # Asked of the few campaigns, not of each message: an account that has another's mid for its number is none.
    own = {campaign_id for campaign_id in {row[1] for row in found} if _is_own(conn, campaign_id, account_id)}
    return {
        (mid, mobile): _Standing(id_, campaign_id, delivery)
        for id_, campaign_id, mid, mobile, delivery in found
        if campaign_id in own
    }


def _is_own(conn: Connection, campaign_id: int, account_id: int) -> bool:
    return driven(conn, _OWN, {"campaign": campaign_id, "account": account_id}).fetchone() is not None


_OWN = select(campaigns.c.id).where(
    campaigns.c.id == bindparam("campaign"), campaigns.c.account_id == bindparam("account")
)


def is_of(account_id: int) -> ColumnElement[bool]:
    """Whether a campaign is of the account, asked in a way that no index answers.

    SQLite would else begin with the account, and go through all of its messages to find those to a few numbers.
    """
    return campaigns.c.account_id + 0 == account_id


_NAMED = (messages.c.id, messages.c.campaign_id, messages.c.mid, messages.c.mobile, messages.c.delivery)


@cache
def _named(dialect: str) -> Select[Any]:
    """By mid and number together: a pair for each report."""
    named = keyed(dialect, "named")
    return select(*_NAMED).where(messages.c.mobile == named.c.value, messages.c.mid == named.c.key)


@cache
def _named_among(dialect: str) -> Select[Any]:
    """For a gateway that gives one mid to many numbers: any of the mids with any of the numbers."""
    return select(*_NAMED).where(among(dialect, messages.c.mobile, "mobiles"), among(dialect, messages.c.mid, "mids"))


def _settled_doubts(conn: Connection, account_id: int, rows: Sequence[Any]) -> dict[tuple[str, str], _Standing]:
    """Messages in doubt that a report with an unknown mid shows to have been sent ('What is known after a failure').

    Only where no message to that number is under way: the report could be of that one. And where several to that
    number are in doubt, only when there are as many reports: of fewer nobody can say which were sent.
    """
    if not rows:
        return {}
    candidates = conn.execute(
        select(
            messages.c.id,
            messages.c.campaign_id,
            messages.c.mobile,
            messages.c.state,
            messages.c.submitted_at,
            messages.c.delivery,
        )
        .join(campaigns, campaigns.c.id == messages.c.campaign_id)
        .where(
            among(conn.dialect.name, messages.c.mobile, "mobiles"),
            # Or a person has decided that it was sent: it has no mid then.
            messages.c.state.in_((State.CLAIMED, State.IN_DOUBT))
            | ((messages.c.state == State.ACCEPTED) & messages.c.mid.is_(None)),
            is_of(account_id),
        )
        .order_by(messages.c.id),
        {"mobiles": listed(conn, {row.mobile for row in rows})},
    ).all()
    under_way = {row.mobile for row in candidates if row.state is State.CLAIMED}
    doubts = [row for row in candidates if row.mobile not in under_way]
    settled: dict[tuple[str, str], _Standing] = {}
    for report in rows:
        fitting = [row for row in doubts if row.mobile == report.mobile and _fits(row, report)]
        if not fitting or (report.mid, report.mobile) in settled or _reports_of(fitting, rows) < len(fitting):
            continue
        doubts.remove(fitting[0])
        _infer(conn, fitting[0], report.mid)
        settled[report.mid, report.mobile] = _Standing(fitting[0].id, fitting[0].campaign_id, fitting[0].delivery)
    return settled


def _reports_of(fitting: Sequence[Any], rows: Sequence[Any]) -> int:
    """How many messages these reports tell of that could be those in doubt, all to one number."""
    if len(fitting) == 1:
        return 1
    mobile = fitting[0].mobile
    return len({row.mid for row in rows if row.mobile == mobile and any(_fits(one, row) for one in fitting)})


def _fits(message: Any, report: Any) -> bool:
    since = report.reported_at - message.submitted_at
    return bool(-CLOCKS_DIFFER <= since <= REPORTS_LAST)


def _infer(conn: Connection, message: Any, mid: str) -> None:
    conn.execute(
        messages.update()
        .where(messages.c.id == message.id)
        .values(state=State.ACCEPTED, mid=mid or None, result=0, inferred=True)
    )
    if message.state is State.IN_DOUBT:
        campaign_rows.count(conn, message.campaign_id, in_doubt=-1, accepted=1)


def _tie(conn: Connection, known: Mapping[tuple[str, str], _Standing], rows: Sequence[Any]) -> None:
    """Write down which messages these stored reports are of."""
    tied = [(known[row.mid, row.mobile].id, row.id) for row in rows if (row.mid, row.mobile) in known]
    if tied:
        many(conn, _TIED, ("_message", "_id"), tied)


def _apply(conn: Connection, known: Mapping[tuple[str, str], _Standing], rows: Sequence[Any]) -> int:
    """Let reports say what became of their messages, in the order of their times; returns how many have one.

    `rows` are in the order in which they were stored, which counts where times are the same.
    """
    matched = 0
    for row in sorted(rows, key=attrgetter("reported_at")):
        standing = known.get((row.mid, row.mobile))
        if standing:
            standing.take(row)
            matched += 1
    changed = [one for one in known.values() if one.changed_by is not None]
    if changed:
        values = [
            (one.delivery, one.changed_by.stat, milliseconds(one.changed_by.reported_at), one.id)
            for one in sorted(changed, key=attrgetter("id"))  # as they lie in the table
        ]
        many(conn, _REPORTED, ("_delivery", "_stat", "_at", "_id"), values)
        now_final = Counter((one.campaign_id, one.delivery) for one in changed if one.is_final)
        for (campaign_id, delivery), n in sorted(now_final.items()):
            campaign_rows.count(conn, campaign_id, **{Delivery(delivery).name.lower(): n})
    return matched
