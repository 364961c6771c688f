"""The text of a message: its length as the carriers count it, its signature, its placeholders."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from smsdesk.domain.errors import InputProblem
from smsdesk.domain.words import Words

ONE_SEGMENT = 70
"""UTF-16 units that fit into a message of one segment."""

SEGMENT_OF_MANY = 67
"""UTF-16 units a segment when a message has several: three go to the header that joins them."""


def utf16_units(text: str) -> int:
    """The length that counts on the air: an emoji is two units."""
    return len(text) + sum(1 for c in text if c > "\uffff")


def segments(text: str) -> int:
    """How many segments `text` is charged as; 0 for an empty text."""
    units = utf16_units(text)
    if units <= ONE_SEGMENT:
        return 1 if units else 0
    return -(-units // SEGMENT_OF_MANY)


def signed(signature: str, text: str) -> str:
    """`text` with `signature` in front, unless it begins with a signature already.

    A message with two signatures would be refused (result 17, §10), so one that is there is kept.
    """
    return text if text.startswith("【") else signature + text


def has_line_break(text: str) -> bool:
    """Whether a p2p line that carries `text` would end early (§2)."""
    return "\n" in text or "\r" in text


class MissingValue(Exception):
    """A placeholder has no value for this recipient, and no fallback. `name` is the column."""

    def __init__(self, name: str):
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True)
class _Place:
    name: str
    fallback: str | None


# A doubled brace is a brace; {name} and {name|fallback} are places; any other brace is a mistake.
_TOKEN = re.compile(r"\{\{|\}\}|\{([^{}|]+)(?:\|([^{}]*))?\}|[{}]")


@dataclass(frozen=True, slots=True)
class Template:
    """A text with places such as `{姓名}` or `{姓名|客户}`; `{{` and `}}` write braces."""

    parts: tuple[str | _Place, ...]

    @classmethod
    def parse(cls, text: str) -> Template:
        """The template that `text` writes.

        Raises:
            InputProblem: a brace stands alone; the sentence names its place.
        """
        parts: list[str | _Place] = []
        at = 0
        for token in _TOKEN.finditer(text):
            parts.append(text[at : token.start()])
            at = token.end()
            if token[1] is not None:
                parts.append(_Place(token[1].strip(), token[2]))
            elif token[0] in ("{{", "}}"):
                parts.append(token[0][0])
            else:
                raise InputProblem(
                    Words(
                        "第 {at} 个字处的“{brace}”没有配对。占位符写成 {{姓名}}；要写大括号本身，请写两个。",
                        "The '{brace}' at character {at} stands alone. A placeholder is written {{name}}; for a "
                        "brace itself write it twice.",
                    ).fill(at=token.start() + 1, brace=token[0])
                )
        parts.append(text[at:])
        return cls(tuple(part for part in parts if part != ""))

    @property
    def names(self) -> tuple[str, ...]:
        """The columns that it asks for, each once, in order."""
        return tuple(dict.fromkeys(part.name for part in self.parts if isinstance(part, _Place)))

    @property
    def is_personal(self) -> bool:
        """Whether each recipient gets a text of their own."""
        return bool(self.names)

    def render(self, fields: Mapping[str, str]) -> str:
        """The text for one recipient, to the byte what goes out.

        Raises:
            MissingValue: a column is empty or absent and the place has no fallback.
        """
        return "".join(part if isinstance(part, str) else _value(part, fields) for part in self.parts)

    def unknown(self, columns: tuple[str, ...]) -> tuple[str, ...]:
        """Names that are no column of the sheet."""
        return tuple(name for name in self.names if name not in columns)


def _value(place: _Place, fields: Mapping[str, str]) -> str:
    value = fields.get(place.name, "").strip()
    if value:
        return value
    if place.fallback is None:
        raise MissingValue(place.name)
    return place.fallback
