"""GSM 03.38, the alphabet of 7-bit characters in which a message may be longer than in UCS-2.

A text is counted in septets only where all of it is of this alphabet; one character beyond makes it UCS-2.
"""

from __future__ import annotations

import re
from typing import Final

ONE_SEGMENT: Final = 160
"""Septets that fit into a message of one segment."""

SEGMENT_OF_MANY: Final = 153
"""Septets a segment when a message has several: seven go to the header that joins them."""

BASIC: Final = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ"
    " !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""One septet each."""

EXTENSION: Final = "\f^{}\\[~]|€"
"""Two septets each: an escape and the character, which are never cut apart."""

_BEYOND: Final = re.compile(f"[^{re.escape(BASIC + EXTENSION)}]")
_ESCAPED: Final = re.compile(f"[{re.escape(EXTENSION)}]")


def is_plain(text: str) -> bool:
    """Whether all of `text` is of this alphabet."""
    return _BEYOND.search(text) is None


def beyond(text: str) -> str:
    """The characters of `text` that are not of this alphabet, each once, in order."""
    return "".join(dict.fromkeys(_BEYOND.findall(text)))


def septets(text: str) -> int:
    """The length of a text of this alphabet."""
    return len(text) + len(_ESCAPED.findall(text))


def segment_starts(text: str) -> list[int]:
    """Where each segment after the first of a text of this alphabet begins; none where one is enough.

    A pair that the end of a segment would cut apart goes to the next one whole, and leaves a septet empty.
    """
    starts: list[int] = []
    if septets(text) > ONE_SEGMENT:
        used = 0
        for place, character in enumerate(text):
            size = 2 if character in EXTENSION else 1
            if used + size > SEGMENT_OF_MANY:
                starts.append(place)
                used = 0
            used += size
    return starts
