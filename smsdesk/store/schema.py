"""The tables. A change here needs a migration in `migrations/versions` and its name in `REVISIONS`.

Times are integers, milliseconds since 1970 UTC; money is in li.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import IntEnum, StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    TypeDecorator,
    literal_column,
)

from smsdesk.domain.account import LineEnd, PasswordForm, Separator
from smsdesk.domain.campaign import CampaignState, Kind, PauseCode
from smsdesk.domain.inbox import ChargeType
from smsdesk.domain.message import Delivery, Skip, State
from smsdesk.domain.old_data import HIDDEN

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010")
"""Every migration, oldest first: a store at any other revision was written by a later program."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


@lru_cache(maxsize=4096)  # the reports of an answer share a few seconds
def milliseconds(moment: datetime) -> int:
    """How the store writes a time down: milliseconds since 1970 UTC."""
    return (moment - _EPOCH) // _MILLISECOND


class UtcTime(TypeDecorator[datetime]):
    """An aware UTC datetime, kept as milliseconds since 1970."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """To the store."""
        return None if value is None else milliseconds(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """From the store."""
        return None if value is None else _EPOCH + int(value) * _MILLISECOND


class Number(TypeDecorator[IntEnum]):
    """A member of an IntEnum, kept as its number."""

    impl = SmallInteger
    cache_ok = True

    def __init__(self, members: type[IntEnum]):
        super().__init__()
        self.members = members
        self._by_value = {int(member): member for member in members}

    def process_bind_param(self, value: IntEnum | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """To the store."""
        return None if value is None else int(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> IntEnum | None:  # noqa: ARG002
        """From the store."""
        return None if value is None else self._by_value[value]


class Word(TypeDecorator[StrEnum]):
    """A member of a StrEnum, kept as its value."""

    impl = Text
    cache_ok = True

    def __init__(self, members: type[StrEnum]):
        super().__init__()
        self.members = members

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """To the store."""
        return None if value is None else value.value

    def process_result_value(self, value: Any | None, dialect: Dialect) -> StrEnum | None:  # noqa: ARG002
        """From the store."""
        return None if value is None else self.members(value)


_ID = BigInteger().with_variant(Integer, "sqlite")

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)


def _id() -> Column[Any]:
    return Column("id", _ID, primary_key=True)


def _link(name: str, target: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, _ID, ForeignKey(f"{target}.id"), nullable=nullable)


accounts = Table(
    "accounts",
    metadata,
    _id(),
    Column("key", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("login", Text, nullable=False),
    Column("extno", Text, nullable=False),
    Column("signature", Text, nullable=False),
    Column("batch", Integer, nullable=False),
    Column("connections", Integer, nullable=False),
    Column("rate", Integer, nullable=False),
    Column("price_li", BigInteger, nullable=False),
    Column("separator", Word(Separator), nullable=False),
    Column("line_end", Word(LineEnd), nullable=False),
    Column("password_form", Word(PasswordForm), nullable=False),
    Column("abroad", Boolean, nullable=False, server_default="0"),
    Column("gsm7", Boolean, nullable=False, server_default="0"),
    Column("warn_below_li", BigInteger),
    Column("pause_below", Boolean, nullable=False, server_default="0"),
    # When the gateway was last asked for its own figures, and what it said instead of giving them (Words.to_json)
    Column("statis_at", UtcTime),
    Column("statis_problem", Text),
    Column("created_at", UtcTime, nullable=False),
    # A removed account stays for the campaigns that it sent.
    Column("removed_at", UtcTime),
)
Index(
    "uq_accounts_name",
    accounts.c.name,
    unique=True,
    sqlite_where=accounts.c.removed_at.is_(None),
    postgresql_where=accounts.c.removed_at.is_(None),
)

campaigns = Table(
    "campaigns",
    metadata,
    _id(),
    _link("account_id", "accounts"),
    Column("name", Text, nullable=False),
    Column("kind", Word(Kind), nullable=False),
    Column("state", Word(CampaignState), nullable=False),
    Column("text", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("ignore_blocklist", Boolean, nullable=False),
    # Whether it answers one person's reply: a list of campaigns leaves out those that are done
    Column("is_answer", Boolean, nullable=False, server_default="0"),
    Column("start_at", UtcTime),
    # Hours.__str__, or None for all hours
    Column("hours", Text),
    Column("pause_code", Word(PauseCode)),
    Column("pause_words", Text),
    Column("created_at", UtcTime, nullable=False),
    Column("started_at", UtcTime),
    Column("finished_at", UtcTime),
    # When its old messages were anonymised or deleted
    Column("cleared_at", UtcTime),
    # How many of its messages stand where. Changed in the transaction that changes the messages, since
    # counting 10,000,000 rows for every look at a list would take seconds.
    *(
        Column(name, BigInteger, nullable=False, server_default="0")
        for name in (
            "queued",
            "claimed",
            "accepted",
            "rejected",
            "in_doubt",
            "skipped",
            "delivered",
            "failed",
            "segments",
        )
    ),
)
Index("ix_campaigns_account_id", campaigns.c.account_id)
IS_SENDING = campaigns.c.state == literal_column(f"'{CampaignState.SENDING.value}'")
"""Written out: SQLite uses a partial index only for a literal."""
Index("ix_campaigns_sending", campaigns.c.account_id, sqlite_where=IS_SENDING, postgresql_where=IS_SENDING)

batches = Table(
    "batches",
    metadata,
    _id(),
    _link("campaign_id", "campaigns"),
    Column("size", Integer, nullable=False),
    Column("claimed_at", UtcTime, nullable=False),
    Column("settled_at", UtcTime),
    # What became of the request, in both languages: Words.to_json
    Column("outcome", Text),
)
Index("ix_batches_campaign_id", batches.c.campaign_id)

messages = Table(
    "messages",
    metadata,
    _id(),
    _link("campaign_id", "campaigns"),
    Column("mobile", Text, nullable=False),
    # None: the campaign's text, which a bulk campaign of a million would otherwise hold a million times
    Column("content", Text),
    Column("segments", SmallInteger, nullable=False),
    # The row of the sheet, or the line of the editor
    Column("line", Integer),
    Column("state", Number(State), nullable=False),
    Column("skip", Number(Skip)),
    _link("batch_id", "batches", nullable=True),
    Column("result", Integer),
    Column("mid", Text),
    Column("submitted_at", UtcTime),
    Column("delivery", Number(Delivery), nullable=False, server_default="0"),
    Column("stat", Text),
    Column("reported_at", UtcTime),
    # Whether it was in doubt and a status report for its number settled it
    Column("inferred", Boolean, nullable=False, server_default="0"),
)


def literal(member: IntEnum) -> ColumnElement[Any]:
    """Its number, written out in the statement."""
    return literal_column(str(int(member)))


def in_state(state: State) -> ColumnElement[bool]:
    """`messages.state = N`, written out: SQLite uses a partial index only for a literal."""
    return messages.c.state == literal(state)


def in_delivery(delivery: Delivery) -> ColumnElement[bool]:
    """`messages.delivery = N`, as :func:`in_state`."""
    return messages.c.delivery == literal(delivery)


def is_hidden(table: Table) -> ColumnElement[bool]:
    """Whether the number of a message or a reply was anonymised: there is nobody to write to any more."""
    hidden: ColumnElement[bool] = table.c.mobile.like(f"%{HIDDEN}%")
    return hidden


def _partial(name: str, *columns: Any, where: Any) -> None:
    Index(name, *columns, sqlite_where=where, postgresql_where=where)


Index("ix_messages_campaign_id", messages.c.campaign_id, messages.c.id)
# Also the way from a report to its message, with the mid as a filter: an index of mids, which are random, would make
# every batch of 200 write 200 pages of it.
Index("ix_messages_mobile", messages.c.mobile)
_partial("ix_messages_queued", messages.c.campaign_id, messages.c.id, where=in_state(State.QUEUED))
_partial("ix_messages_claimed", messages.c.batch_id, where=in_state(State.CLAIMED))
_partial("ix_messages_in_doubt", messages.c.campaign_id, messages.c.id, where=in_state(State.IN_DOUBT))
# What people look for among millions, and what there is little of
_partial("ix_messages_rejected", messages.c.campaign_id, messages.c.id, where=in_state(State.REJECTED))
_partial("ix_messages_failed", messages.c.campaign_id, messages.c.id, where=in_delivery(Delivery.FAILED))

raw_answers = Table(
    "raw_answers",
    metadata,
    _id(),
    _link("account_id", "accounts"),
    Column("source", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("received_at", UtcTime, nullable=False),
    Column("parsed_at", UtcTime),
    # Why it, or an item of it, could not be read: Words.to_json
    Column("problem", Text),
    # How often reading it was begun anew after a first time that came to no end
    Column("tries", SmallInteger, nullable=False, server_default="0"),
    # Since when a person wants to see it no more
    Column("set_aside_at", UtcTime),
)
_partial("ix_raw_answers_waiting", raw_answers.c.account_id, where=raw_answers.c.parsed_at.is_(None))
IS_UNREAD = raw_answers.c.problem.is_not(None) & raw_answers.c.set_aside_at.is_(None)
_partial("ix_raw_answers_unread", raw_answers.c.id, where=IS_UNREAD)

reports = Table(
    "reports",
    metadata,
    _id(),
    _link("account_id", "accounts"),
    # Not a foreign key: an answer without items is let go, and a check would look through all reports each time
    Column("raw_id", _ID, nullable=False),
    Column("mid", Text, nullable=False),
    Column("mobile", Text, nullable=False),
    Column("stat", Text, nullable=False),
    Column("delivery", Number(Delivery), nullable=False),
    Column("access_code", Text, nullable=False),
    # The gateway's time; where it could not be read, the time of arrival
    Column("reported_at", UtcTime, nullable=False),
    # Whether that is the time of arrival
    Column("untimed", Boolean, nullable=False, server_default="0"),
    # None: of a message that is not known (yet)
    _link("message_id", "messages", nullable=True),
)
Index(
    "uq_reports_item",
    # The time first: reports come in its order, so that new ones lie side by side in the index
    reports.c.reported_at,
    reports.c.mobile,
    reports.c.mid,
    reports.c.stat,
    reports.c.account_id,
    unique=True,
)
_partial("ix_reports_untimed", reports.c.mobile, where=reports.c.untimed.is_(True))
_partial("ix_reports_waiting_mid", reports.c.mid, where=reports.c.message_id.is_(None))
_partial("ix_reports_waiting_mobile", reports.c.mobile, where=reports.c.message_id.is_(None))

replies = Table(
    "replies",
    metadata,
    _id(),
    _link("account_id", "accounts"),
    # Not a foreign key: an answer without items is let go, and a check would look through all reports each time
    Column("raw_id", _ID, nullable=False),
    Column("mid", Text, nullable=False),
    Column("mobile", Text, nullable=False),
    Column("content", Text, nullable=False),
    # A hash of the content: it tells two replies apart that came in one second and without a mid
    Column("digest", Text, nullable=False),
    Column("access_code", Text, nullable=False),
    Column("received_at", UtcTime, nullable=False),
    Column("untimed", Boolean, nullable=False, server_default="0"),
    # The message that it answers, as far as can be told
    _link("message_id", "messages", nullable=True),
    _link("campaign_id", "campaigns", nullable=True),
    Column("opt_out", Boolean, nullable=False),
    Column("read_at", UtcTime),
)
Index(
    "uq_replies_item",
    replies.c.mid,
    replies.c.mobile,
    replies.c.received_at,
    replies.c.digest,
    replies.c.account_id,
    unique=True,
)
Index("ix_replies_mobile", replies.c.mobile)
Index("ix_replies_campaign_id", replies.c.campaign_id)
_partial("ix_replies_unread", replies.c.id, where=replies.c.read_at.is_(None))

# Words.to_json: those that every inbox has are in both languages
labels = Table("labels", metadata, _id(), Column("name", Text, nullable=False, unique=True))

# A row for each number that has replied. Kept up to date in the transaction that changes its replies, since an inbox
# of 1,000,000 could not group them at every look.
conversations = Table(
    "conversations",
    metadata,
    Column("mobile", Text, primary_key=True),
    # Time and id of the last reply. Not a foreign key: a reply that is removed would look through all of these
    Column("last_at", UtcTime, nullable=False),
    Column("last_id", _ID, nullable=False),
    Column("unread", Integer, nullable=False),
    # Whether one of the replies was an opt-out
    Column("opted_out", Boolean, nullable=False),
    _link("label_id", "labels", nullable=True),
)
_NEWEST = (conversations.c.last_at, conversations.c.last_id)
Index("ix_conversations_last", *_NEWEST)
HAS_UNREAD = conversations.c.unread > literal_column("0")
_partial("ix_conversations_unread", *_NEWEST, where=HAS_UNREAD)
_partial("ix_conversations_opted_out", *_NEWEST, where=conversations.c.opted_out.is_(True))
_partial("ix_conversations_label", conversations.c.label_id, *_NEWEST, where=conversations.c.label_id.is_not(None))

# Who is taken off it stays as a row that tells when, by whom and why: the next time is another row.
blocklist = Table(
    "blocklist",
    metadata,
    _id(),
    Column("mobile", Text, nullable=False),
    # Words.to_json
    Column("reason", Text, nullable=False),
    # Whoever sat at the machine; empty where it went by itself
    Column("added_by", Text, nullable=False),
    _link("reply_id", "replies", nullable=True),
    Column("added_at", UtcTime, nullable=False),
    Column("removed_at", UtcTime),
    Column("removed_by", Text, nullable=False),
    Column("removed_why", Text, nullable=False),
)
IS_BLOCKED = blocklist.c.removed_at.is_(None)
Index(
    "uq_blocklist_mobile",
    blocklist.c.mobile,
    unique=True,
    sqlite_where=IS_BLOCKED,
    postgresql_where=IS_BLOCKED,
)
Index("ix_blocklist_mobile", blocklist.c.mobile)
_partial("ix_blocklist_now", blocklist.c.id, where=IS_BLOCKED)

# Replies that mean "no more", as `domain.opt_out` writes them
opt_out_words = Table("opt_out_words", metadata, Column("word", Text, primary_key=True))

people = Table(
    "people",
    metadata,
    _id(),
    Column("mobile", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    # With a blank between them
    Column("tags", Text, nullable=False),
    Column("note", Text, nullable=False),
    # What the file that they came from says of them: a JSON object of texts by column
    Column("fields", Text, nullable=False),
)
people_groups = Table(
    "people_groups",
    metadata,
    _id(),
    Column("name", Text, nullable=False, unique=True),
)
members = Table(
    "members",
    metadata,
    Column("group_id", _ID, ForeignKey("people_groups.id"), primary_key=True),
    Column("person_id", _ID, ForeignKey("people.id"), primary_key=True),
)
Index("ix_members_person_id", members.c.person_id)

balance_readings = Table(
    "balance_readings",
    metadata,
    _id(),
    _link("account_id", "accounts"),
    Column("balance_li", BigInteger, nullable=False),
    Column("charge_type", Word(ChargeType)),
    # When it was last read, and when first: a reading that says the same as the one before takes its place
    Column("asked_at", UtcTime, nullable=False),
    Column("since", UtcTime, nullable=False, server_default="0"),
    # Against the reading before; 0 for the first. A rise is a top-up, or something given back.
    Column("change_li", BigInteger, nullable=False, server_default="0"),
)
Index(
    "ix_balance_readings_since",
    balance_readings.c.account_id,
    balance_readings.c.since,
    balance_readings.c.id,
)
IS_RISE = balance_readings.c.change_li > literal_column("0")
_partial(
    "ix_balance_readings_rises",
    balance_readings.c.account_id,
    balance_readings.c.since,
    balance_readings.c.change_li,
    where=IS_RISE,
)
Index("ix_balance_readings_account_id", balance_readings.c.account_id, balance_readings.c.id)
Index("ix_balance_readings_asked_at", balance_readings.c.account_id, balance_readings.c.asked_at)

# The gateway's own count of each day (`statis`), as it was told last
gateway_days = Table(
    "gateway_days",
    metadata,
    Column("account_id", _ID, ForeignKey("accounts.id"), primary_key=True),
    # 2026-05-01, China time
    Column("day", Text, primary_key=True),
    *(Column(name, BigInteger, nullable=False) for name in ("total", "success", "unknown", "fail")),
    Column("success_percent", Float, nullable=False),
)

templates = Table(
    "templates",
    metadata,
    _id(),
    Column("name", Text, nullable=False, unique=True),
    Column("text", Text, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
)
