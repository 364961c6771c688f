"""An order, and the messages that it means: each rendered once, so that what is shown is what goes out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import NamedTuple, Protocol

from smsdesk.domain.account import Account
from smsdesk.domain.campaign import Kind
from smsdesk.domain.errors import InputProblem
from smsdesk.domain.hours import Hours
from smsdesk.domain.recipient import Household, Recipient
from smsdesk.domain.text import MissingValue, Template, has_line_break, signature_problem, signed
from smsdesk.domain.words import Words
from smsdesk.sheets.outcome import Recipients

_NAMED = 10
"""Rows that a sentence names."""


class Line(NamedTuple):
    """One message: a number and its text, whole, and where it came from (row of the sheet or line of the editor)."""

    mobile: str
    content: str
    line: int


@dataclass(frozen=True, slots=True)
class Order:
    """What a person wants sent."""

    account: Account
    name: str
    text: str
    """As typed, with placeholders; the signature is put in front."""
    source: str
    recipients: Sequence[Recipient]
    ignore_blocklist: bool = False
    start_at: datetime | None = None
    """When it is to start by itself; None: as soon as somebody sends it."""
    hours: Hours | None = None
    """The hours of the day that it keeps to; None for all."""
    not_since: datetime | None = None
    """People to whom a message went out since then are left out; None: nobody is."""
    not_until: datetime | None = None
    """People who wait for a message of another campaign are left out, unless it starts later than that."""
    not_again: datetime | None = None
    """Messages are left out whose text went out to their number since then."""
    repeats: Sequence[Recipient] = ()
    """What further rows say of numbers among the recipients."""
    household: Household | None = None
    """What becomes of those; None: nobody has said so, and the first row counts."""
    is_answer: bool = False
    """Whether it answers one person, who is in a conversation and not told of something anew."""


class Lines(Protocol):
    """Messages that may be made one by one as they are gone through: a million at once would fill the memory."""

    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Line]: ...


def lines_of(order: Order) -> tuple[Kind, Lines]:
    """The messages of an order, each with its text.

    Raises:
        InputProblem: the text is empty or written wrongly, names a column that is not there, or a value is missing
            without a fallback; the sentence names the rows. What depends on the row is raised by going through.
    """
    if not order.recipients:
        raise InputProblem(Words("没有可发送的号码。", "There are no numbers to send to."))
    template = Template.parse(order.text)
    if not order.text.strip():
        raise InputProblem(Words("请先写短信内容。", "Write the text first."))
    unknown = template.unknown(tuple(order.recipients[0].fields))
    if unknown:
        raise InputProblem(
            _UNKNOWN.fill(names=", ".join(unknown), columns=", ".join(order.recipients[0].fields) or "-")
        )
    if not template.is_personal:
        text = signed(order.account.signature, template.render({}))
        _no_strange_characters([text])
        return Kind.BULK, _SameText(order.recipients, text)
    return Kind.P2P, _OwnTexts(order, template)


def same_for_all(kind: Kind, lines: Lines) -> str | None:
    """The text that each of them has; None where each has its own."""
    return next(iter(lines)).content if kind is Kind.BULK else None


def is_personal(order: Order) -> bool:
    """Whether each recipient gets a text of their own. Raises an :class:`InputProblem` where it is written wrongly."""
    return Template.parse(order.text).is_personal


def check_typed(lines: Lines) -> None:
    """Raise an :class:`InputProblem` where a line that was typed cannot be sent."""
    check_characters(lines)
    for line in lines:
        if problem := signature_problem("", line.content):
            raise InputProblem(_IN_LINE.fill(row=line.line, problem=problem))


def check_characters(lines: Lines) -> None:
    """Raise an :class:`InputProblem` where a line that was typed holds a character that cannot be sent."""
    _no_line_breaks([line.line for line in lines if has_line_break(line.content)])
    _no_strange_characters(line.content for line in lines)


_IN_LINE = Words("第 {row} 行：{problem}", "Line {row}: {problem}")


@dataclass(frozen=True, slots=True)
class _SameText:
    """One text for all."""

    recipients: Sequence[Recipient]
    text: str

    def __len__(self) -> int:
        return len(self.recipients)

    def __iter__(self) -> Iterator[Line]:
        text = self.text
        if isinstance(self.recipients, Recipients):
            return (Line(mobile, text, line) for mobile, line in self.recipients.places())
        return (Line(one.mobile, text, one.line) for one in self.recipients)


_UNKNOWN = Words(
    "内容里的占位符 {names} 不是表里的列。可用的列：{columns}。",
    "The placeholders {names} are no columns of the sheet. There are: {columns}.",
)


@dataclass(frozen=True, slots=True)
class _OwnTexts:
    """A text for each, rendered when it is its turn. What is wrong with rows is raised when all have been looked at."""

    order: Order
    template: Template

    def __len__(self) -> int:
        return len(self.order.recipients) + (len(self.order.repeats) if self._is_each else 0)  # at most

    @property
    def _is_each(self) -> bool:
        return self.order.household is Household.EACH

    def __iter__(self) -> Iterator[Line]:
        missing, broken, strange = dict[str, list[int]](), list[int](), False
        shared = sharing(self.order) or ()
        known: set[tuple[str, str]] = set()
        for recipient in chain(self.order.recipients, self.order.repeats if self._is_each else ()):
            try:
                text = _text_of(self.order, self.template, recipient)
            except MissingValue as exc:
                missing.setdefault(exc.name, []).append(recipient.line)
                continue
            if recipient.mobile in shared:
                if (recipient.mobile, text) in known:
                    continue
                known.add((recipient.mobile, text))
            if has_line_break(text):
                broken.append(recipient.line)
            strange = strange or _NO_TEXT.search(text) is not None
            if not (missing or broken or strange):
                yield Line(recipient.mobile, text, recipient.line)
        _none_missing(missing)
        _no_line_breaks(broken)
        if strange:
            raise InputProblem(_STRANGE)


def _text_of(order: Order, template: Template, recipient: Recipient) -> str:
    """What they get, whole. Raises MissingValue."""
    return signed(order.account.signature, template.render(recipient.fields))


def others(order: Order, sent: Collection[tuple[str, str]]) -> Iterator[Recipient]:
    """The further rows of the numbers in `sent` (number and text) that would give those another text."""
    template = Template.parse(order.text)
    numbers = {mobile for mobile, _ in sent}
    for recipient in order.repeats:
        with suppress(MissingValue):  # such a row gives none
            if recipient.mobile in numbers and (recipient.mobile, _text_of(order, template, recipient)) not in sent:
                yield recipient


def _none_missing(missing: Mapping[str, Sequence[int]]) -> None:
    for name, rows in missing.items():
        raise InputProblem(
            Words(
                "有 {n} 行的“{name}”是空的（第 {rows} 行）。请补全，或写成 {{{name}|默认值}}。",
                "'{name}' is empty in {n} rows (row {rows}). Fill them in, or write {{{name}|default}}.",
            ).fill(n=len(rows), name=name, rows=some_rows(rows))
        )


_NO_TEXT = re.compile("[\0\ud800-\udfff]")
_STRANGE = Words(
    "短信内容里有不能发送的字符（空字符，或不完整的表情），请删除后重新输入。",
    "The text holds a character that cannot be sent (a zero byte, or half an emoji). Type it anew.",
)


def _no_strange_characters(texts: Iterable[str]) -> None:
    if any(_NO_TEXT.search(text) for text in texts):
        raise InputProblem(_STRANGE)


def _no_line_breaks(broken: Sequence[int]) -> None:
    if broken:
        raise InputProblem(
            Words(
                "点对点短信的内容里不能换行（第 {rows} 行）。请把换行改成空格。",
                "A text of its own for each number must not hold a line break (row {rows}). Turn it into a space.",
            ).fill(rows=some_rows(broken))
        )


def some_rows(rows: Sequence[int]) -> Words:
    """The first of these rows, as a sentence names them."""
    named = list(map(str, rows[:_NAMED]))
    more = len(rows) > _NAMED
    return Words("、".join(named) + ("……" if more else ""), ", ".join(named) + (" …" if more else ""))


def sharing(order: Order) -> frozenset[str] | None:
    """The numbers that may get several messages; None: any may, since the lines were typed."""
    if not order.recipients:
        return None
    return frozenset(one.mobile for one in order.repeats) if order.household is Household.EACH else frozenset()
