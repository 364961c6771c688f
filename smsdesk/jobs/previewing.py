"""Looking through all personal texts for those worth a look, before anything is sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from smsdesk.domain.errors import Cancelled
from smsdesk.domain.recipient import Recipient
from smsdesk.domain.text import MissingValue, Template, segments, signed, utf16_units
from smsdesk.jobs.news import Stop, Tell, Throttle
from smsdesk.sheets.outcome import Recipients

_LOOK_EVERY = 1000


@dataclass(frozen=True, slots=True)
class Looked:
    """Progress: so many texts are made."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Notable:
    """Places in the list of recipients, from 0: of the shortest and the longest text, and of the first without a value.

    None where there is none. `missing` counts those without a value, `spread` has (segments, messages) pairs.
    """

    shortest: int | None
    longest: int | None
    first_missing: int | None
    missing: int
    spread: tuple[tuple[int, int], ...]


def place_of(recipients: Sequence[Recipient], mobile: str) -> int | None:
    """The place in the list, from 0, of the person with this number. A million take a moment."""
    mobiles = recipients.mobiles() if isinstance(recipients, Recipients) else (one.mobile for one in recipients)
    return next((place for place, one in enumerate(mobiles) if one == mobile), None)


def notable(
    text: str, signature: str, recipients: Sequence[Recipient], stop: Stop, tell: Tell, *, gsm7: bool = False
) -> Notable:
    """Render every text as it would go out, and count its segments; `gsm7` as in :func:`segments`.

    Raises:
        InputProblem: the text is written wrongly.
        Cancelled: `stop` is set.
    """
    template = Template.parse(text)
    throttle = Throttle(tell)
    lengths: dict[tuple[int, int], int] = {}  # segments, and UTF-16 units: the first place that has so many
    spread: Counter[int] = Counter()
    first_missing, missing = None, 0
    for place, recipient in enumerate(recipients):
        if place % _LOOK_EVERY == 0:
            if stop.is_set():
                raise Cancelled
            throttle(Looked(place, len(recipients)))
        try:
            whole = signed(signature, template.render(recipient.fields))
        except MissingValue:
            first_missing = place if first_missing is None else first_missing
            missing += 1
            continue
        size = segments(whole, gsm7=gsm7)
        lengths.setdefault((size, utf16_units(whole)), place)
        spread[size] += 1
    shortest, longest = (lengths[min(lengths)], lengths[max(lengths)]) if lengths else (None, None)
    return Notable(shortest, longest, first_missing, missing, tuple(sorted(spread.items())))
