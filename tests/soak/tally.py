"""What a run did, for the table at its end; and how large a run is to be."""

from __future__ import annotations

import os
import time
from collections import Counter
from dataclasses import dataclass, field

from smsdesk.domain.message import State
from soak.comparing import Compared


@dataclass(frozen=True, slots=True)
class Size:
    """How much is tried: little in `make test`, much in `make soak`."""

    kills: int
    minutes: float
    """How long random mixes go on; 0: `mixes` of them."""
    mixes: int
    seed: int

    @property
    def is_long(self) -> bool:
        """Whether this is `make soak`."""
        return self.minutes > 0


def size() -> Size:
    """As the environment says. The only place where it is read."""
    minutes = float(os.environ.get("SOAK_MINUTES", "0"))
    seed = os.environ.get("SOAK_SEED") or (str(int(time.time())) if minutes else "20210601")
    return Size(kills=int(os.environ.get("SOAK_KILLS", "12")), minutes=minutes, mixes=5, seed=int(seed))


HEADINGS = (
    "campaigns",
    "programs",
    "kills",
    "under way",
    "no store",
    "compared",
    "messages",
    "accepted",
    "rejected",
    "in doubt",
    "twice",
    "lost",
    "no grounds",
)


@dataclass(slots=True)
class Tally:
    """Sums by trouble."""

    rows: dict[str, Counter[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    """What else is to be said, a line each."""

    def add(self, trouble: str, **more: int) -> None:
        """Add to a trouble's sums; names as in `HEADINGS`, with `_` for a blank."""
        row = self.rows.setdefault(trouble, Counter())
        row.update({name.replace("_", " "): n for name, n in more.items()})

    def campaign(self, trouble: str, end: Compared) -> None:
        """A campaign has come to its end."""
        states = end.states
        self.add(
            trouble,
            campaigns=1,
            messages=states.total(),
            accepted=states[State.ACCEPTED],
            rejected=states[State.REJECTED],
            in_doubt=states[State.IN_DOUBT],
        )

    def compared(self, trouble: str, found: Compared) -> None:
        """Store and ledger were compared."""
        wrong = {"twice": len(found.sent_twice), "lost": len(found.lost), "no_grounds": len(found.groundless)}
        self.add(trouble, compared=1, **wrong)

    def table(self) -> list[str]:
        """As lines of text, with the sum at the end."""
        total = sum(self.rows.values(), Counter[str]())
        widest = max(map(len, (*self.rows, "trouble")))
        heading = f"{'trouble':{widest}} " + " ".join(f"{name:>10}" for name in HEADINGS)
        body = [_line(name, row, widest) for name, row in self.rows.items()]
        return [heading, *body, "-" * len(heading), _line("all", total, widest), *self.notes]

    def sentence(self) -> str:
        """The sums in one line."""
        total = sum(self.rows.values(), Counter[str]())
        return ", ".join(f"{total[name]} {name}" for name in HEADINGS)


def _line(name: str, row: Counter[str], widest: int) -> str:
    return f"{name:{widest}} " + " ".join(f"{row[heading]:>10}" for heading in HEADINGS)
