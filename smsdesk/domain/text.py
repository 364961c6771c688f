"""The text of a message: its length as the carriers count it, its signature, its placeholders."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from smsdesk.domain import gsm
from smsdesk.domain.errors import InputProblem
from smsdesk.domain.words import Words

ONE_SEGMENT = 70
"""UTF-16 units that fit into a message of one segment, where it does not count as GSM 03.38 (`domain.gsm`)."""

SEGMENT_OF_MANY = 67
"""UTF-16 units a segment when a message has several: three go to the header that joins them."""


def utf16_units(text: str) -> int:
    """The length that counts on the air: an emoji is two units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def segments(text: str, *, gsm7: bool = False) -> int:
    """How many segments `text` is charged as; 0 for an empty text.

    `gsm7`: the account's gateway counts text that is all of GSM 03.38 in septets.
    """
    if gsm7 and text and gsm.is_plain(text):
        return 1 + len(gsm.segment_starts(text))
    units = utf16_units(text)
    if units <= ONE_SEGMENT:
        return 1 if units else 0
    return -(-units // SEGMENT_OF_MANY)


def segment_starts(text: str, *, gsm7: bool = False) -> list[int]:
    """Where each segment after the first begins, as places in `text`; none where one is enough. `gsm7` as above.

    An emoji at the end of a segment is counted to the one in which it begins.
    """
    if gsm7 and gsm.is_plain(text):
        return gsm.segment_starts(text)
    starts: list[int] = []
    if segments(text) > 1:
        units = 0
        for place, character in enumerate(text):
            if units >= SEGMENT_OF_MANY * (len(starts) + 1):
                starts.append(place)
            units += 2 if character > "\uffff" else 1
    return starts


def signed(signature: str, text: str) -> str:
    """`text` with `signature` in front, unless it begins with a signature already.

    A message with two signatures would be refused (result 17, §10), so one that is there is kept.
    """
    return text if text.startswith("【") else signature + text


def has_signature(text: str) -> bool:
    """Whether `text` begins or ends with one, complete or not."""
    return text.startswith("【") or text.rstrip().endswith("】")


def signature_problem(signature: str, text: str) -> Words | None:
    """What is wrong with the signatures of `text`, to which `signature` would be put in front (result 17, §10)."""
    whole = signed(signature, text)
    if whole.startswith("【") and not _SIGNATURE.match(whole):
        return Words(
            "内容开头的签名写得不完整。请写成【公司名】，或去掉开头的【。",
            "The signature at the beginning is not complete. Write it as 【Company】, or take the 【 away.",
        )
    if two_signatures(whole):
        return Words(
            "内容里有两个签名，网关会退回（17）。请只保留一个【…】。",
            "There are two signatures, which the gateway rejects (17). Keep one 【…】 only.",
        )
    return None


def two_signatures(text: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Where each of two signatures begins and ends: one in front, the other behind it or at the end of the text."""
    own = _SIGNATURE.match(text)
    if own is None:
        return None
    other = _SIGNATURE_NEXT.match(text, own.end()) or _SIGNATURE_AT_END.search(text, own.end())
    return (own.span(), other.span(1)) if other else None


def with_one_signature(text: str, kept: str) -> str:
    """`text` with one of the signatures that it has: `kept`, the account's, if it is among them, else the first."""
    while both := two_signatures(text):
        (_, end), (start, last) = both
        is_second = text[start:last] == kept != text[:end]
        text = text[end:].lstrip() if is_second else text[:start].rstrip() + text[last:]
    return text


def without_second(signature: str, text: str) -> str:
    """`text`, to which `signature` is put in front, without the further signature that it brings along."""
    one = with_one_signature(signed(signature, text), signature)
    # Where the account's own stands at the end, it would be put in front again.
    return with_one_signature(signed(signature, one), signature).removeprefix(signature)


_SIGNATURE = re.compile(r"【[^【】\r\n]{1,30}】")
_SIGNATURE_NEXT = re.compile(rf"\s*({_SIGNATURE.pattern})")
_SIGNATURE_AT_END = re.compile(rf"({_SIGNATURE.pattern})\s*$")


def has_line_break(text: str) -> bool:
    """Whether a p2p line that carries `text` would end early (§2)."""
    return "\n" in text or "\r" in text


def with_ending(text: str, ending: str) -> str:
    """`text` with an ending behind it, and a comma between them where a sentence goes on."""
    return text + (ending if not text or text[-1] in _STOPS else f"，{ending}")


_STOPS = "，。；！？、,.;!? \n"


def escaped(text: str) -> str:
    """How a template writes `text`: its braces are doubled."""
    return text.replace("{", "{{").replace("}", "}}")


class MissingValue(Exception):
    """A placeholder has no value for this recipient, and no fallback. `name` is the column."""

    def __init__(self, name: str):
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True)
class _Place:
    name: str
    fallback: str | None


# A doubled brace is a brace; {name} (group 1) and {name|fallback} are places; any other brace is a mistake.
TOKEN = re.compile(r"\{\{|\}\}|\{([^{}|]+)(?:\|([^{}]*))?\}|[{}]")


@dataclass(frozen=True, slots=True)
class Template:
    """A text with places such as `{姓名}` or `{姓名|客户}`; `{{` and `}}` write braces."""

    parts: tuple[str | _Place, ...]
    starts: tuple[int, ...]
    """Where each part begins in the text as typed."""
    ends: tuple[int, ...]
    """And where it ends."""

    @classmethod
    def parse(cls, text: str) -> Template:
        """The template that `text` writes.

        Raises:
            InputProblem: a brace stands alone; the sentence names its place.
        """
        parts: list[tuple[int, int, str | _Place]] = []
        at = 0
        for token in TOKEN.finditer(text):
            parts.append((at, token.start(), text[at : token.start()]))
            at = token.end()
            if token[1] is not None:
                parts.append((*token.span(), _Place(token[1].strip(), token[2])))
            elif token[0] in ("{{", "}}"):
                parts.append((*token.span(), token[0][0]))
            else:
                raise InputProblem(
                    Words(
                        "第 {at} 个字处的“{brace}”没有配对。占位符写成 {{姓名}}；要写大括号本身，请写两个。",
                        "The '{brace}' at character {at} stands alone. A placeholder is written {{name}}; for a "
                        "brace itself write it twice.",
                    ).fill(at=token.start() + 1, brace=token[0])
                )
        parts.append((at, len(text), text[at:]))
        kept = [one for one in parts if one[2] != ""]
        starts, ends = tuple(start for start, *_ in kept), tuple(end for _, end, _ in kept)
        return cls(tuple(part for *_, part in kept), starts, ends)

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

    def typed_place(self, fields: Mapping[str, str], at: int) -> int:
        """Where in the text as typed the character `at` of the rendered one comes from. Raises as :meth:`render`."""
        number, place = self._found(fields, at)
        return self.starts[number] + (place if isinstance(self.parts[number], str) else 0)

    def typed_end(self, fields: Mapping[str, str], at: int) -> int:
        """Where in the text as typed that ends which the character before `at` comes from. Raises as :meth:`render`."""
        number, place = self._found(fields, at - 1)
        part = self.parts[number]
        is_inside = isinstance(part, str) and place + 1 < len(part)
        return self.starts[number] + place + 1 if is_inside else self.ends[number]

    def _found(self, fields: Mapping[str, str], at: int) -> tuple[int, int]:
        """Which part a character of the rendered text is in, and its place there."""
        for number, part in enumerate(self.parts):
            length = len(part) if isinstance(part, str) else len(_value(part, fields))
            if at < length:
                return number, at
            at -= length
        raise IndexError(at)

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
