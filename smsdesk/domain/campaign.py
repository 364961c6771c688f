"""A campaign: one text, or one text a person, to a list of people through one account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from smsdesk.domain.hours import Hours
from smsdesk.domain.words import Words


class Kind(StrEnum):
    """Which action of the gateway carries it."""

    BULK = "bulk"  # one text for all: `send` (§1)
    P2P = "p2p"  # a text for each number: `p2p` (§2)

    @property
    def words(self) -> Words:
        """What people call it."""
        return _KINDS[self]


_KINDS = {Kind.BULK: Words("群发", "bulk"), Kind.P2P: Words("点对点", "point-to-point")}


class CampaignState(StrEnum):
    """Where a campaign stands."""

    DRAFT = "draft"  # being planned; nothing of it may be sent
    SCHEDULED = "scheduled"  # planned, and waits for its time or its turn
    SENDING = "sending"  # on its way
    PAUSED = "paused"  # stands still until a person resumes it; `pause` says why
    DONE = "done"  # nothing queued is left; rejected and in-doubt ones may be
    CANCELLED = "cancelled"  # what was queued will not be sent

    @property
    def words(self) -> Words:
        """What people call it everywhere: in the window, in files and on the command line."""
        return _STATES[self]


_STATES = {
    CampaignState.DRAFT: Words("准备中", "being prepared"),
    CampaignState.SCHEDULED: Words("等待开始", "waiting to start"),
    CampaignState.SENDING: Words("发送中", "sending"),
    CampaignState.PAUSED: Words("已暂停", "paused"),
    CampaignState.DONE: Words("已完成", "done"),
    CampaignState.CANCELLED: Words("已取消", "cancelled"),
}


class PauseCode(StrEnum):
    """Why a campaign stands still; decides the exit status of `smsdeskctl` and the button that is offered."""

    PERSON = "person"  # somebody pressed Pause
    STOPPED = "stopped"  # the program ended while it was sending
    MISSED = "missed"  # its time came while the program was off or the machine asleep
    RESTORED = "restored"  # it comes from a backup: what was sent since then is not known here
    ACCOUNT = "account"  # the gateway refuses the account: 2, 3, 4, 6, 7
    REJECTED = "rejected"  # results 10, 15 or 17: all that follows would be refused as well
    UNREACHABLE = "unreachable"  # no connection for longer than we are willing to wait
    GATEWAY = "gateway"  # 1, 5, 100 and the like, again and again
    BALANCE = "balance"  # the balance is below the limit that a person has set for it
    LOST = "lost"  # answers got lost several times in a row


@dataclass(frozen=True, slots=True)
class Pause:
    """Why a campaign stands still, and what to do."""

    code: PauseCode
    words: Words


@dataclass(frozen=True, slots=True)
class Counts:
    """How many messages stand where. `total` is the sum of the first six."""

    queued: int = 0
    claimed: int = 0
    accepted: int = 0
    rejected: int = 0
    in_doubt: int = 0
    skipped: int = 0
    delivered: int = 0
    failed: int = 0
    segments: int = 0
    """Segments of all messages that are not skipped."""

    @property
    def total(self) -> int:
        """All messages of the campaign."""
        return self.queued + self.claimed + self.accepted + self.rejected + self.in_doubt + self.skipped

    @property
    def settled(self) -> int:
        """Messages of which no more will be heard from the sending side."""
        return self.total - self.queued - self.claimed


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """A campaign as it stands in the store."""

    id: int
    account_id: int
    account: str
    """The account's name."""
    name: str
    kind: Kind
    state: CampaignState
    text: str
    """The text of a bulk campaign with its signature; of a personal one the template; empty for lines as typed."""
    source: str
    """Where the recipients came from: file names, or how they were given."""
    start_at: datetime | None
    """When it is to start by itself (UTC); None where it waits for nothing but its turn, or does not wait."""
    hours: Hours | None
    """The hours of the day that it keeps to; None for all."""
    ignore_blocklist: bool
    """Whether people on the blocklist get it all the same."""
    pause: Pause | None
    counts: Counts
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    is_answer: bool
    """Whether it answers one person's reply: such a one waits behind no other campaign of its account."""


class Which(StrEnum):
    """Which messages of a campaign."""

    FAILED = "failed"  # a report says that it was not delivered
    UNREPORTED = "unreported"  # taken by the gateway, and no final report came
    REJECTED = "rejected"  # the gateway refused it
    UNANSWERED = "unanswered"  # delivered, and the person has not replied to this campaign


@dataclass(frozen=True, slots=True)
class Part:
    """Messages of a campaign. `codes` narrow failed ones to stats, and rejected ones to results."""

    which: Which
    codes: tuple[str, ...] = ()
