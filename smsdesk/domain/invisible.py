"""Characters that nobody sees and that come along when a text is copied: they cost length, and can split a link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from smsdesk.domain.words import Words


class Invisible(NamedTuple):
    """Characters `start` to `end` of a text, what they are, and what stands there when the text is cleaned."""

    start: int
    end: int
    name: Words
    instead: str


_LINE_END: Final = Words("特殊换行符", "an unusual line end")
_SPACE: Final = Words("特殊空格", "an unusual space")
_NOTHING: Final = Words("看不见的字符", "an invisible character")

# A joiner between two emoji makes one of them (a family), and is left alone. The full-width space is a usual one in
# Chinese, and seen.
_FOUND: Final = re.compile(
    "(?P<line>\r\n|[\r\v\f\u0085\u2028\u2029])"
    "|(?P<space>[\t\u00a0\u1680\u2000-\u200a\u202f\u205f])"
    "|(?P<nothing>(?:[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"
    "\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0]"
    "|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d|\u200d(?![\u2600-\u27bf\U0001f000-\U0001faff]))+)"
)
_KINDS: Final = {"line": (_LINE_END, "\n"), "space": (_SPACE, " "), "nothing": (_NOTHING, "")}


def invisibles(text: str) -> Iterator[Invisible]:
    """Where `text` has such characters, in order."""
    for found in _FOUND.finditer(text):
        name, instead = _KINDS[str(found.lastgroup)]
        yield Invisible(found.start(), found.end(), name, instead)


_LINE_ENDS: Final = re.compile("\r\n|[\r\v\f\u0085\u2028\u2029]")
# What turns the direction of all that follows it, and what no letter is. A mark of direction (U+200E, U+200F) turns
# nothing but itself, and Arabic needs it.
_SEEN: Final = re.compile("[\0-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_ISOLATED: Final = "\u2068{}\u2069"


def visible(text: str) -> str:
    """A text that somebody else wrote, so that it can be shown: what would turn or hide others is a sign of itself.

    Line ends become usual ones. Joiners stay, since emoji and some scripts are written with them.
    """
    if text.isascii() and text.isprintable():
        return text
    return _SEEN.sub(_sign, _LINE_ENDS.sub("\n", text))


def _sign(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(0x2400 + code) if code < 0x20 else f"[U+{code:04X}]"


def beside_others(text: str) -> str:
    """A :func:`visible` text that keeps its direction to itself among other words of a line."""
    return text if text.isascii() else _ISOLATED.format(visible(text))
