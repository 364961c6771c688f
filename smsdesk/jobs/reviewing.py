"""What is in the point-to-point editor: looked at as a whole after each change, beside the person who types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from smsdesk.domain.errors import Cancelled
from smsdesk.domain.findings import has_way_out
from smsdesk.domain.lines import OneLine, ParsedLine, shown_line
from smsdesk.domain.text import has_signature, segments, signed, with_ending, with_one_signature
from smsdesk.jobs.news import Stop
from smsdesk.jobs.rendering import Line

WRONG: Final = -1
"""The mark of a line that cannot be sent."""

_AT_ONCE: Final = 500
_BREATH_SECONDS: Final = 0.0005
"""Between some lines and the next ones: Python runs one thread at a time, and the one that types comes first."""

_Known = dict[str, tuple[OneLine | None, int]]


class Rules(NamedTuple):
    """What the account says: whether it may send abroad, and how its gateway counts plain text (`domain.gsm`)."""

    abroad: bool = False
    gsm7: bool = False


@dataclass(frozen=True, slots=True)
class Review:
    """What lines are; lines count from 1.

    `marks` has for each line WRONG, or the first line with the same number, or 0. `worth` are the lines to look at,
    the wrong ones first. `repeats` are those with the number and the content of a line above.
    """

    lines: Sequence[str] = ()
    rules: Rules = field(default_factory=Rules)
    marks: Sequence[int] = ()
    worth: Sequence[ParsedLine] = ()
    repeats: Sequence[int] = ()
    good: int = 0
    wrong: int = 0
    doubled: int = 0
    segments: int = 0
    known: _Known | None = None
    """What each text says and its segments, so that only what was typed since has to be read."""

    @property
    def first(self) -> OneLine | None:
        """The first line that could be sent."""
        read = (self._read(text) for text in self.lines)
        return next((one for one in read if one and one.mobile), None)

    def messages(self) -> list[Line]:
        """What is sent. Takes a while."""
        read = ((number, self._read(text)) for number, text in enumerate(self.lines, 1))
        return [Line(one.mobile, one.content, number) for number, one in read if one and one.mobile]

    def ended(self, ending: str) -> str:
        """The lines, with an ending behind each text that does not say how to opt out. Takes a while."""
        read = ((text, self._read(text)) for text in self.lines)
        return "\n".join(
            with_ending(text, ending) if one and one.mobile and not has_way_out(one.content, ending) else text
            for text, one in read
        )

    def signed(self, signature: str) -> str:
        """The lines, with a signature in front of each text that has none. Takes a while."""
        read = ((text, self._read(text)) for text in self.lines)
        return "\n".join(
            text[: one.at + 1] + signed(signature, one.content)
            if one and one.mobile and not has_signature(one.content)
            else text
            for text, one in read
        )

    def with_one_signature(self, signature: str) -> str:
        """The lines, each with one signature of those that it has. Takes a while."""
        read = ((text, self._read(text)) for text in self.lines)
        return "\n".join(
            text[: one.at + 1] + with_one_signature(one.content, signature) if one and one.mobile else text
            for text, one in read
        )

    def _read(self, text: str) -> OneLine | None:
        return self.known[text][0] if self.known else None


def review(lines: Sequence[str], before: Review, rules: Rules, stop: Stop) -> Review:
    """Look at all lines; `before` is the last review, of which is taken what still holds.

    Raises:
        Cancelled: `stop` was set.
    """
    known = before.known if before.known and before.rules == rules else {}
    tally = _Tally(lines, known, rules)
    for start in range(0, len(lines), _AT_ONCE):
        if stop.wait(_BREATH_SECONDS):
            raise Cancelled
        for number, text in enumerate(lines[start : start + _AT_ONCE], start + 1):
            tally.count(number, text)
    return tally.result(before)


class _Tally:
    """The counting of the lines."""

    def __init__(self, lines: Sequence[str], known: _Known, rules: Rules):
        self._lines, self._before, self._rules = lines, known, rules
        self._known: _Known = {}
        self._first: dict[str, int] = {}
        self._contents: dict[str, set[str]] = {}
        self._marks = [0] * len(lines)
        self._wrong: list[ParsedLine] = []
        self._doubled: list[ParsedLine] = []
        self._repeats: list[int] = []
        self._good = self._segments = 0

    def count(self, number: int, text: str) -> None:
        """Count one line."""
        found = self._before.get(text) or self._known.get(text) or self._read(text)
        self._known[text] = found
        one, length = found
        if one is None:
            return
        if one.mobile is None:
            self._marks[number - 1] = WRONG
            self._wrong.append(ParsedLine(number, None, one.content, one.problem))
            return
        self._good += 1
        self._segments += length
        first = self._first.setdefault(one.mobile, number)
        if first != number:
            self._double(number, first, one.mobile, one.content)

    def _read(self, text: str) -> tuple[OneLine | None, int]:
        one = shown_line(text, abroad=self._rules.abroad)
        return one, segments(one.content, gsm7=self._rules.gsm7) if one else 0

    def _double(self, number: int, first: int, mobile: str, content: str) -> None:
        self._marks[number - 1] = first
        self._doubled.append(ParsedLine(number, mobile, content, None, first))
        contents = self._contents.get(mobile)
        if contents is None:
            one, _ = self._known[self._lines[first - 1]]
            contents = self._contents[mobile] = {one.content if one else ""}
        if content in contents:
            self._repeats.append(number)
        contents.add(content)

    def result(self, before: Review) -> Review:
        """All that was counted. What is as it was in `before` stays the same object, and need not be shown anew."""
        worth: Sequence[ParsedLine] = self._wrong + self._doubled
        return Review(
            lines=self._lines,
            rules=self._rules,
            marks=self._marks,
            worth=before.worth if worth == before.worth else worth,
            repeats=self._repeats,
            good=self._good,
            wrong=len(self._wrong),
            doubled=len(self._doubled),
            segments=self._segments,
            known=self._known,
        )
