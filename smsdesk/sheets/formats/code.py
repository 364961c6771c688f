"""A format code taken apart into its sections, and each of them into tokens."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

Show = Callable[[float], str]
"""How a section writes a value."""


@dataclass(frozen=True, slots=True)
class Condition:
    """For which values a section is, where its code says so: `[>=100]`."""

    sign: str
    limit: float

    def holds(self, value: float) -> bool:
        """Whether the section is for this value."""
        return {
            "<": value < self.limit,
            "<=": value <= self.limit,
            ">": value > self.limit,
            ">=": value >= self.limit,
            "=": value == self.limit,
            "<>": value != self.limit,
        }[self.sign]

    @property
    def only_negative(self) -> bool:
        """Whether it holds for negative values alone, so that the section writes no minus."""
        return (self.sign == "<" and self.limit <= 0) or (self.sign in ("<=", "=") and self.limit < 0)


@dataclass(slots=True)
class Code:
    """A section: its tokens as (what, text), and what its brackets said."""

    tokens: list[tuple[str, str]] = field(default_factory=list)
    condition: Condition | None = None
    locale: int = 0
    numerals: int = 0  # of [DBNum1] to [DBNum3]


_TOKEN: Final = re.compile(
    r"""(?P<quoted>"[^"]*"?)|(?P<escaped>[\\!].?)|(?P<blank>[_*].?)|(?P<bracket>\[[^\]]*\]?)|(?P<end>;)
    |(?P<general>General|G/通用格式|常规)|(?P<half>AM/PM|A/P|上午/下午)|(?P<exponent>E[+-])
    |(?P<date>y+|m+|d+|h+|s+|e+|aaaa?|b+|g+)|(?P<part>\.0+(?=\D|$))|(?P<digit>[0?\#])|(?P<mark>[.,%/@])|(?P<literal>.)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_LIMIT: Final = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]+(?:E[+-]?[0-9]+)?)", re.IGNORECASE)
_ELAPSED: Final = re.compile(r"h+|m+|s+", re.IGNORECASE)


def sections_of(code: str) -> Iterator[Code]:
    """The sections of a code, as they stand between its semicolons."""
    part = Code()
    for match in _TOKEN.finditer(code):
        what, text = match.lastgroup or "", match.group()
        if what == "end":
            yield part
            part = Code()
        elif what == "bracket":
            _bracket(part, text[1:].rstrip("]"))
        elif what in ("quoted", "escaped", "literal"):
            part.tokens.append(("literal", _literal(what, text)))
        elif what == "date":
            part.tokens.append((text[0].lower(), text))
        elif what != "blank":
            part.tokens.append((what, text))
    yield part


def _literal(what: str, text: str) -> str:
    return {"quoted": text.strip('"'), "escaped": text[1:]}.get(what, text)


def _bracket(part: Code, inside: str) -> None:
    if limit := _LIMIT.fullmatch(inside):
        part.condition = Condition(limit[1], float(limit[2]))
    elif inside.startswith("$"):
        sign, _, place = inside[1:].partition("-")
        part.tokens.append(("literal", sign))
        part.locale = _locale(place)
    elif _ELAPSED.fullmatch(inside):
        part.tokens.append(("elapsed", inside.lower()))
    elif inside.lower() in ("dbnum1", "dbnum2", "dbnum3"):
        part.numerals = int(inside[-1])


def _locale(place: str) -> int:
    """The language of a mark such as `[$-804]`, as Windows numbers it; 0 when it says none."""
    if place.lower().startswith("zh-tw"):
        return 0x404
    if place.lower().startswith("zh"):
        return 0x804
    try:
        return int(place or "0", 16) & 0xFFFF
    except ValueError:
        return 0
