"""What can become of a message. Sending progress is the state of each message, never a cursor."""

from __future__ import annotations

from enum import IntEnum, StrEnum

from smsdesk.domain.words import Words


class State(IntEnum):
    """Where a message stands with the gateway. The numbers are what the store keeps."""

    QUEUED = 0  # planned, and in nobody's hands: the only state that may be claimed
    CLAIMED = 1  # in a batch that was committed before its request; the request may be on the wire
    ACCEPTED = 2  # the gateway took it and gave it a mid; what became of it is told by Delivery
    REJECTED = 3  # the gateway refused this number (result ≠ 0): it was not sent
    IN_DOUBT = 4  # the request went out and its answer is not known: never sent again by itself
    SKIPPED = 5  # will not be sent; Skip says why

    @property
    def word(self) -> str:
        """Its name in the JSON of `smsdeskctl`."""
        return "queued" if self is State.CLAIMED else self.name.lower()


TRANSITIONS: dict[State, frozenset[State]] = {
    # claimed for a batch; left out by a cancel or by the blocklist at the moment of claiming
    State.QUEUED: frozenset({State.CLAIMED, State.SKIPPED}),
    # settled by the answer; back to the queue where it is certain that nothing was sent; in doubt otherwise
    State.CLAIMED: frozenset({State.ACCEPTED, State.REJECTED, State.QUEUED, State.IN_DOUBT}),
    # final: only its Delivery goes on
    State.ACCEPTED: frozenset(),
    # a person had the cause mended and sends it again
    State.REJECTED: frozenset({State.QUEUED}),
    # its status report shows that it was sent, or a person decides: treat as sent, or send again
    State.IN_DOUBT: frozenset({State.ACCEPTED, State.QUEUED}),
    # final
    State.SKIPPED: frozenset(),
}
"""Every change of state that may happen. `store.messages` makes no other."""


class Skip(IntEnum):
    """Why a message is SKIPPED."""

    BLOCKLIST = 1
    CANCELLED = 2
    RECENT = 3  # another message went out to the number a short time before
    SAME_TEXT = 4  # the same text went out to the number with an earlier campaign
    WAITING = 5  # the number waited for a message of another campaign


class Delivery(IntEnum):
    """What the status reports say of an accepted message. It only ever grows; the first final word stands."""

    NONE = 0  # no report yet
    UNDERWAY = 1  # ACCEPTD: taken by the carrier, not final
    DELIVERED = 2  # DELIVRD
    FAILED = 3  # any other final code

    @property
    def is_final(self) -> bool:
        """Whether no later report changes it."""
        return self >= Delivery.DELIVERED


class Status(StrEnum):
    """What people ask of a message: its State and its Delivery in one word. The value is the word of `smsdeskctl`."""

    WAITING = "waiting"  # queued, or in a batch that is on its way
    NO_REPORT = "no-report"  # accepted, and no status report yet
    UNDERWAY = "underway"
    DELIVERED = "delivered"
    FAILED = "failed"
    REJECTED = "rejected"
    IN_DOUBT = "in-doubt"
    SKIPPED = "skipped"

    @property
    def words(self) -> Words:
        """What people call it everywhere: in the window, in files and on the command line."""
        return _WORDS[self]

    @staticmethod
    def of(state: State, delivery: Delivery) -> Status:
        """The status of a message."""
        return _STATUS.get(state) or _DELIVERED[delivery]


_STATUS = {
    State.QUEUED: Status.WAITING,
    State.CLAIMED: Status.WAITING,
    State.REJECTED: Status.REJECTED,
    State.IN_DOUBT: Status.IN_DOUBT,
    State.SKIPPED: Status.SKIPPED,
}
_DELIVERED = {
    Delivery.NONE: Status.NO_REPORT,
    Delivery.UNDERWAY: Status.UNDERWAY,
    Delivery.DELIVERED: Status.DELIVERED,
    Delivery.FAILED: Status.FAILED,
}
_WORDS = {
    Status.WAITING: Words("待发送", "waiting"),
    Status.NO_REPORT: Words("尚无报告", "no report yet"),
    Status.UNDERWAY: Words("投递中", "under way"),
    Status.DELIVERED: Words("已送达", "delivered"),
    Status.FAILED: Words("失败", "failed"),
    Status.REJECTED: Words("被退回", "rejected"),
    Status.IN_DOUBT: Words("存疑", "in doubt"),
    Status.SKIPPED: Words("未发送", "left out"),
}
