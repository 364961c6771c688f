"""Point-to-point messages as lines of text: `13800000000#您的取件码是 2048`, one message a line. Pure.

The first `#`, TAB or full-width `＃` of a line ends the number; whatever follows is the text, as it stands, and may
hold further ones (gateway.md, 'Where the document contradicts itself'). Before it stands one number in any of the
spellings that `domain.mobile` knows, and nothing else: words there would mean that the `#` belongs to the text.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

from smsdesk.domain.mobile import Reason, single
from smsdesk.domain.words import Words

_LINE_END: Final = re.compile(r"\r\n|\n|\r")
SEPARATORS: Final = "#\t＃"
"""Each of them ends the number."""

_PARTS: Final = re.compile(rf"([^{SEPARATORS}]*)[{SEPARATORS}](.*)", re.DOTALL)
_USUAL: Final = re.compile(r"(1[3-9][0-9]{9})[#\t](.+)", re.DOTALL)
_WORDS_IN_NUMBER: Final = re.compile(r"[^\W\d_]|[,;、。]")
UNUSUAL_END: Final = re.compile("[\v\f\x1c-\x1e\x85\u2028\u2029]")
"""What some programs end a line at, and others take for a part of it."""

_QUOTED_CELL: Final = re.compile(r'(?<![^\t\n])"([^"]*+(?:""[^"]*+)*+)"(?![^\t\n])')

NO_SEPARATOR: Final = Words(
    "缺少分隔符，请写成“手机号#内容”。", "Nothing stands between number and text; write it as number#text."
)
NO_CONTENT: Final = Words("没有短信内容，请在“#”后面填写。", "There is no text; write it after the '#'.")
WORDS_BEFORE: Final = Words(
    "“#”前面只能是一个手机号，请写成“手机号#内容”。",
    "Only a number may stand before the '#'; write the line as number#text.",
)
HAS_UNUSUAL_END: Final = Words(
    "内容里有特殊换行符，请删除或改成空格。", "The text holds an unusual line end; take it out, or make it a space."
)


class OneLine(NamedTuple):
    """What a line that is not blank says by itself.

    Without a `problem` there are a `mobile` in its normalised form, and a `content`. `at` is the place of the
    separator, -1 where there is none.
    """

    mobile: str | None
    content: str
    at: int
    problem: Words | None = None


class ParsedLine(NamedTuple):
    """A line that is not blank, among others.

    `number` counts all lines from 1; the rest is as in :class:`OneLine`.
    `duplicate_of` is the first line with the same mobile: allowed, since it may get another text, but worth a look.
    """

    number: int
    mobile: str | None
    content: str
    problem: Words | None = None
    duplicate_of: int | None = None


def parse_lines(text: str, *, abroad: bool = False) -> list[ParsedLine]:
    """The lines of `text` that are not blank, in order; numbers from abroad are taken where `abroad` allows them.

    100,000 usual lines take about a quarter of a second.
    """
    parsed: list[ParsedLine] = []
    first: dict[str, int] = {}
    for number, line in enumerate(split_lines(text), 1):
        one = parse_line(line, abroad=abroad)
        if one is None:
            continue
        before = first.setdefault(one.mobile, number) if one.mobile else number
        parsed.append(ParsedLine(number, one.mobile, one.content, one.problem, before if before != number else None))
    return parsed


def split_lines(text: str) -> list[str]:
    """All lines of `text`, the blank ones too."""
    return _LINE_END.split(text.removeprefix("\ufeff"))


def parse_line(line: str, *, abroad: bool = False) -> OneLine | None:
    """What one line says; None where it is blank."""
    if (found := _USUAL.fullmatch(line)) and not found[2].isspace():
        return OneLine(found[1], found[2], found.end(1))
    if not line.strip():
        return None
    parts = _PARTS.fullmatch(line)
    if parts is None:
        return OneLine(None, "", -1, NO_SEPARATOR)
    before, content = parts.groups()
    cleaned = _cleaned(before, content, abroad=abroad)
    if isinstance(cleaned, Words):
        return OneLine(None, content, len(before), cleaned)
    return OneLine(cleaned, content, len(before))


def shown_line(line: str, *, abroad: bool = False) -> OneLine | None:
    """As :func:`parse_line`, of a line in an editor: a line end that it shows otherwise than it is sent is refused."""
    one = parse_line(line, abroad=abroad)
    if one is not None and one.problem is None and UNUSUAL_END.search(line):
        return OneLine(None, one.content, one.at, HAS_UNUSUAL_END)
    return one


def _cleaned(before: str, content: str, *, abroad: bool) -> str | Words:
    """The number that `before` is, or what is wrong with the line."""
    found = single(before, abroad=abroad)
    if isinstance(found, Reason):
        return found.words
    if _WORDS_IN_NUMBER.search(unicodedata.normalize("NFKC", before)):
        return WORDS_BEFORE
    return found if content.strip() else NO_CONTENT


def unquoted(text: str) -> tuple[str, int]:
    """A text from the clipboard as lines, and how many line breaks inside of texts became spaces.

    Spreadsheets put a cell that holds line breaks into quotes and double its own. Whatever else begins with a quote
    stays as it is: a text may be a quotation, and a cell that begins with a quote and holds no break is copied bare.
    """
    joined = 0

    def cell(found: re.Match[str]) -> str:
        nonlocal joined
        inside, breaks = found[1], found[1].count("\n")
        if not breaks and '""' not in inside:
            return found[0]
        if "\t" in inside.partition("\n")[2]:
            return found[0]  # the rows between two cells that hold a quote each
        joined += breaks
        return inside.replace("\n", " ").replace('""', '"')

    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if '"' in lines:
        lines = _QUOTED_CELL.sub(cell, lines)
    lines, unusual = UNUSUAL_END.subn(" ", lines)
    return lines, joined + unusual
