"""What goes wrong, switched on by tests: a set of faults, each for an action or all, for some requests or until off.

Several may be on at once. Of those that decide how a request *ends* (everything but `slow`, `result`, `missing`,
`reordered` and `repeat`) the first one added counts, and the others wait for their turn.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What goes wrong."""

    REFUSE = "refuse"
    """Nobody listens: connection refused. For `seconds`, or until switched off; `after` counts whole requests."""
    DROP_BEFORE = "drop_before"
    """The connection is reset before anything is done."""
    DROP_AFTER = "drop_after"
    """Everything is done, then the connection is reset without an answer."""
    HALF = "half"
    """Everything is done; the answer announces its full length and ends in the middle."""
    HTML = "html"
    """A proxy's HTML page with HTTP status `code` (502); `done` tells whether the work was done."""
    HTTP = "http"
    """An empty answer with HTTP status `code` (500); `done` tells whether the work was done."""
    NOT_JSON = "not_json"
    """HTTP 200 with a sentence that is no JSON; `done` tells whether the work was done."""
    HANG = "hang"
    """No answer until switched off or the client goes.

    `done`: the work is done at once, and the answer comes when switched off. Else the work is never done, and the
    connection is reset when switched off.
    """
    STATUS = "status"
    """A well-formed refusal with STATUS `code`; nothing is done."""
    SLOW = "slow"
    """The request waits `seconds` before anything else happens to it."""
    RESULT = "result"
    """The number at `place` (1 is the first) is refused with RESULT `code`."""
    MISSING = "missing"
    """Everything is done, but the answer's list leaves out `count` items: from `place` on, or the last ones."""
    REORDERED = "reordered"
    """The answer's list comes in reverse order."""
    REPEAT = "repeat"
    """`report` and `mo` hand out what they will hand out again, or else have handed out before."""
    HUGE = "huge"
    """Everything is done; the answer is JSON blown up with blanks to more than 32 MiB, its length not announced."""


_EDITS = frozenset({Kind.SLOW, Kind.RESULT, Kind.MISSING, Kind.REORDERED, Kind.REPEAT})
_DEFAULT_CODE = {Kind.HTML: 502, Kind.HTTP: 500, Kind.STATUS: 100, Kind.RESULT: 10}
_WITH_DONE = frozenset({Kind.HTML, Kind.HTTP, Kind.NOT_JSON, Kind.HANG})


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault, as it is switched on.

    Raises:
        ValueError: the values do not go together.
    """

    kind: Kind
    action: str | None = None
    """The action that it strikes; None: all."""
    times: int | None = None
    """How many requests it strikes; None: until it is switched off."""
    after: int = 0
    """How many requests of the action pass unharmed first."""
    code: int | None = None
    """The HTTP status, STATUS or RESULT; None: 502, 500, 100, 10 by kind."""
    done: bool = False
    """Whether the work is done although the answer does not say so (`html`, `http`, `not_json`, `hang`)."""
    seconds: float = 0.0
    """`slow`: the delay. `refuse`: for how long, 0 until switched off."""
    place: int | None = None
    """`result`, `missing`: which number of the list, from 1."""
    count: int = 1
    """`missing`: how many."""

    def __post_init__(self) -> None:
        if self.times is not None and (self.times < 1 or self.kind is Kind.REFUSE):
            raise ValueError("`times` is 1 or more, and `refuse` has none: a closed door counts no knocks.")
        if self.after < 0 or self.seconds < 0 or self.count < 1 or (self.place is not None and self.place < 1):
            raise ValueError("`after` and `seconds` are 0 or more, `count` and `place` 1 or more.")
        if self.done and self.kind not in _WITH_DONE:
            raise ValueError(f"`{self.kind}` is always the same: `done` has no meaning for it.")

    @property
    def number(self) -> int:
        """`code`, or the kind's usual one."""
        return self.code if self.code is not None else _DEFAULT_CODE.get(self.kind, 0)

    @classmethod
    def from_json(cls, fields: object) -> Fault:
        """A fault from a JSON object with these fields.

        Raises:
            ValueError: it is none; the message is a sentence.
        """
        try:
            given = dict(fields)  # type: ignore[call-overload]
            return cls(**{**given, "kind": Kind(given.get("kind", ""))})
        except TypeError as error:
            raise ValueError(f"Not a fault: {error}.") from error


class Switch:
    """A fault that was switched on."""

    def __init__(self, owner: Faults, number: int, fault: Fault) -> None:
        self._owner = owner
        self.number = number
        self.fault = fault
        self.seen = 0
        """Requests of its action so far."""
        self.struck = 0
        """Requests that it has struck."""
        self.on = True

    def off(self) -> None:
        """Switch it off; a hanging request ends, a closed door opens."""
        self._owner.remove(self)

    def as_json(self) -> dict[str, Any]:
        """The fault and what it has done."""
        return {"id": self.number, **asdict(self.fault), "seen": self.seen, "struck": self.struck}


@dataclass(slots=True)
class Plan:
    """What goes wrong with one request."""

    delay_s: float = 0.0
    ending: Switch | None = None
    edits: list[Fault] = field(default_factory=list)
    closing: Switch | None = None
    """A `refuse` that begins now; this request itself is still answered."""

    @property
    def forced(self) -> Mapping[int, int]:
        """The place of a number, from 0, to the RESULT that it gets."""
        return {(f.place or 1) - 1: f.number for f in self.edits if f.kind is Kind.RESULT}

    @property
    def again(self) -> bool:
        """Whether items are handed out more than once."""
        return any(fault.kind is Kind.REPEAT for fault in self.edits)

    def edit_list(self, listed: list[Any]) -> list[Any]:
        """The answer's list as the client gets it."""
        for fault in self.edits:
            if fault.kind is Kind.REORDERED:
                listed.reverse()
            elif fault.kind is Kind.MISSING:
                start = fault.place - 1 if fault.place else max(0, len(listed) - fault.count)
                listed = listed[:start] + listed[start + fault.count :]
        return listed


class Faults:
    """The faults that are on. Safe to use from any thread.

    Args:
        on_door: called whenever the door may have to be closed or opened (`refuse`).
    """

    def __init__(self, on_door: Callable[[], None]) -> None:
        self._on_door = on_door
        self._lock = threading.Lock()
        self._on: list[Switch] = []
        self._holding: set[Switch] = set()
        """`hang`s that strike no more, but whose requests may still wait."""
        self._next_number = 1
        self._refusing: set[Switch] = set()

    def add(
        self,
        kind: Kind | str,
        action: str | None = None,
        *,
        times: int | None = None,
        after: int = 0,
        code: int | None = None,
        done: bool = False,
        seconds: float = 0.0,
        place: int | None = None,
        count: int = 1,
    ) -> Switch:
        """Switch a fault on; the fields are those of :class:`Fault`.

        Raises:
            ValueError: the values do not go together.
        """
        fault = Fault(Kind(kind), action, times, after, code=code, done=done, seconds=seconds, place=place, count=count)
        return self.switch_on(fault)

    def switch_on(self, fault: Fault) -> Switch:
        """Switch a fault on."""
        with self._lock:
            switch = Switch(self, self._next_number, fault)
            self._next_number += 1
            self._on.append(switch)
        if fault.kind is Kind.REFUSE and fault.after == 0:
            self.close_door(switch)
        return switch

    def remove(self, switch: Switch) -> None:
        """Switch one off; one that is off already is no error."""
        with self._lock:
            switch.on = False
            if switch in self._on:
                self._on.remove(switch)
            self._holding.discard(switch)
            was_refusing = switch in self._refusing
            self._refusing.discard(switch)
        if was_refusing:
            self._on_door()

    def clear(self) -> None:
        """Switch all off."""
        with self._lock:
            switches = [*self._on, *self._holding]
        for switch in switches:
            self.remove(switch)

    def find(self, number: int) -> Switch | None:
        """The fault of that number, unless it is off or has struck its last request."""
        with self._lock:
            return next((switch for switch in (*self._on, *self._holding) if switch.number == number), None)

    @property
    def active(self) -> list[Switch]:
        """Those that are on, in the order in which they were switched on."""
        with self._lock:
            return list(self._on)

    @property
    def refusing(self) -> Switch | None:
        """The `refuse` that keeps the door closed; None: it is open."""
        return next(iter(self._refusing), None)

    def close_door(self, switch: Switch) -> None:
        """A `refuse` begins."""
        with self._lock:
            if not switch.on:
                return
            self._refusing.add(switch)
        self._on_door()

    def plan(self, action: str) -> Plan:
        """What goes wrong with a request that has just arrived; this counts it."""
        plan = Plan()
        if not self._on:
            return plan
        with self._lock:
            for switch in list(self._on):
                if switch.fault.action in (None, action):
                    self._apply(switch, plan)
        return plan

    def _apply(self, switch: Switch, plan: Plan) -> None:
        fault = switch.fault
        switch.seen += 1
        if fault.kind is Kind.REFUSE:
            if switch.seen == fault.after:
                plan.closing = switch
            if switch.seen <= fault.after:
                return
        if switch.seen <= fault.after or (fault.kind not in _EDITS and plan.ending is not None):
            return
        if fault.kind is Kind.SLOW:
            plan.delay_s += fault.seconds
        elif fault.kind in _EDITS:
            plan.edits.append(fault)
        else:
            plan.ending = switch
        switch.struck += 1
        if switch.struck == fault.times:
            self._on.remove(switch)
            if fault.kind is Kind.HANG:
                self._holding.add(switch)
