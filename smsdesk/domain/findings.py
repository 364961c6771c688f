"""What is worth a look before a campaign goes out. Pure: texts in, sentences out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from smsdesk.domain.errors import InputProblem
from smsdesk.domain.opt_out import asked_word
from smsdesk.domain.text import (
    MissingValue,
    Template,
    has_signature,
    segment_starts,
    segments,
    signature_problem,
    signed,
    two_signatures,
)
from smsdesk.domain.words import Words

OPT_OUT_ENDING: Final = "拒收请回复R"
"""What a marketing message ends with, so that people know how to be left out; a person may prefer another."""

LONG: Final = 5
"""Segments from which on a message is long."""

_OPT_OUT: Final = re.compile(
    r"拒收|退订|回复?\s*(?:TD|T|R|N)(?![a-z])|opt.?out|unsubscribe|(?<![a-z])STOP(?![a-z])", re.IGNORECASE
)
_END: Final = 24  # characters at the end in which it stands
_LINK: Final = re.compile(
    r"(?:https?://|www\.|[a-z0-9-]+\.(?:com|cn|net|org|top|cc|vip|ltd|me|io)(?![a-z]))[!-~]*", re.IGNORECASE
)  # up to what is no ASCII: links stand in Chinese text without a blank


class Kind(StrEnum):
    """What was found."""

    NO_SIGNATURE = "no_signature"
    TWO_SIGNATURES = "two_signatures"
    NO_OPT_OUT = "no_opt_out"
    OPT_OUT_WORD = "opt_out_word"
    OUTSIDE_HOURS = "outside_hours"
    BALANCE = "balance"
    LIMIT = "limit"
    BLOCKED = "blocked"
    RECENT = "recent"
    WAITING = "waiting"
    HOUSEHOLD = "household"
    REPEATED = "repeated"
    SAME_TEXT = "same_text"
    SENSITIVE = "sensitive"
    LINK = "link"
    LONG = "long"


class Severity(StrEnum):
    """What a finding does: it stops the send, asks, or only tells."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Spot(NamedTuple):
    """Where it was found: in whose message, of which row or line, and from where to where in its whole text."""

    mobile: str
    line: int
    text: str
    start: int
    end: int

    @property
    def found(self) -> str:
        """What was found there."""
        return self.text[self.start : self.end]

    def typed(self, text: str, signature: str, fields: Mapping[str, str]) -> tuple[int, int] | None:
        """Where it comes from in `text`, a template that becomes the message with these values; whole placeholders.

        None: from the signature, or the template makes another message.
        """
        try:
            template = Template.parse(text)
            rendered = template.render(fields)
        except (InputProblem, MissingValue):
            return None
        front = len(self.text) - len(rendered)
        start, end = max(self.start - front, 0), self.end - front
        if signed(signature, rendered) != self.text or end < 1:
            return None
        first = template.typed_place(fields, start)
        return first, template.typed_end(fields, end) if end > start else first


@dataclass(frozen=True, slots=True)
class Finding:
    """One of them. `mends` is what buttons that mend it say; none where nothing but the person can.

    `value` is what it is about, for the mending. Where there is a `spot`, the last button leads there.
    """

    kind: Kind
    severity: Severity
    words: Words
    mends: tuple[Words, ...] = ()
    value: str = ""
    spot: Spot | None = None

    def leads_to(self, place: int) -> Spot | None:
        """Where the button with this place among `mends` leads; None: it mends."""
        return self.spot if place == len(self.mends) - 1 else None


def has_way_out(text: str, ending: str) -> bool:
    """Whether a message says how to opt out, with the person's own ending or in other words."""
    return ending in text or asked_word(text) is not None or _OPT_OUT.search(text[-_END:]) is not None


class TextFindings:
    """Looks at every text of a campaign, and then tells what it found."""

    def __init__(
        self,
        *,
        is_marketing: bool,
        sensitive: Sequence[str] = (),
        ending: str = OPT_OUT_ENDING,
        gsm7: bool = False,
        signature: str = "",
        typed: str | None = None,
    ):
        """`ending` is what the person's marketing messages end with; `gsm7` as in :func:`segments`.

        `signature` is the account's, which is put in front of `typed`, what a person wrote to make the texts of. None:
        the texts are sent as they were typed, and without it.
        """
        self._is_marketing, self._gsm7, self._signature, self._typed = is_marketing, gsm7, signature, typed
        self._sensitive = tuple(word for word in sensitive if word.strip())
        self._counts: Counter[Kind] = Counter()
        self._ending = ending
        self._words: Counter[str] = Counter()
        self.asked: set[str] = set()
        """What the texts ask people to reply who want no more."""
        self._wrong: Words | None = None
        self._longest = 0
        self._spots: dict[Kind, Spot] = {}

    def look(self, text: str, mobile: str = "", line: int = 0) -> None:
        """At a whole text, with its signature; for whom it is, and of which row or line."""
        count = self._counts
        if problem := signature_problem("", text):
            self._wrong = self._wrong or problem
            _, span = two_signatures(text) or (None, (0, 1))
            self._spots.setdefault(Kind.TWO_SIGNATURES, Spot(mobile, line, text, *span))
        elif not has_signature(text):
            count[Kind.NO_SIGNATURE] += 1
        word = asked_word(text, self._ending)
        if word:
            self.asked.add(word)
        if self._is_marketing and not word and not has_way_out(text, self._ending):
            count[Kind.NO_OPT_OUT] += 1
        if link := _LINK.search(text):
            self._spots.setdefault(Kind.LINK, Spot(mobile, line, text, *link.span()))
        size = segments(text, gsm7=self._gsm7)
        if size >= LONG:
            count[Kind.LONG] += 1
        if size >= LONG and size > self._longest:
            self._longest = size
            at = segment_starts(text, gsm7=self._gsm7)[LONG - 2]
            self._spots[Kind.LONG] = Spot(mobile, line, text, at, at)
        for word in self._sensitive:
            if (at := text.find(word)) >= 0:
                self._words[word] += 1
                self._spots.setdefault(Kind.SENSITIVE, Spot(mobile, line, text, at, at + len(word)))

    def found(self) -> list[Finding]:
        """What is worth a look, errors first."""
        count, spots = self._counts, self._spots
        found: list[Finding] = []
        if self._wrong:
            spot = spots[Kind.TWO_SIGNATURES]
            is_two = two_signatures(spot.text if self._typed is None else signed(self._signature, self._typed))
            mends = (_TAKE_OUT, _SHOW) if is_two else (_SHOW,)
            found.append(Finding(Kind.TWO_SIGNATURES, Severity.ERROR, self._wrong, mends, spot=spot))
        if count[Kind.NO_SIGNATURE]:
            found.append(self._unsigned())
        if count[Kind.NO_OPT_OUT]:
            words = _NO_OPT_OUT.fill(ending=self._ending)
            found.append(Finding(Kind.NO_OPT_OUT, Severity.WARNING, words, (_ADD_OPT_OUT,)))
        worth = {
            Kind.SENSITIVE: _SENSITIVE.fill(words="、".join(self._words)),
            Kind.LINK: _A_LINK,
            Kind.LONG: _IS_LONG.fill(n=count[Kind.LONG], most=self._longest),
        }
        for kind, words in worth.items():
            if kind in spots:
                found.append(Finding(kind, Severity.WARNING, words, (_SHOW,), spot=spots[kind]))
        return found

    def _unsigned(self) -> Finding:
        """An account without a signature has a gateway that adds one, or nobody has entered it."""
        if not self._signature:
            return Finding(Kind.NO_SIGNATURE, Severity.WARNING, _PERHAPS_NO_SIGNATURE, (_SET_SIGNATURE,))
        words = _NO_SIGNATURE.fill(n=self._counts[Kind.NO_SIGNATURE])
        mend = _PUT_SIGNATURE.fill(signature=self._signature)
        return Finding(Kind.NO_SIGNATURE, Severity.ERROR, words, (mend,))


_NO_SIGNATURE: Final = Words(
    "{n} 条内容没有签名【…】，网关会退回（17）。",
    "{n} texts have no signature 【…】, which the gateway rejects (17).",
)
_PERHAPS_NO_SIGNATURE: Final = Words(
    "内容没有签名【…】。网关如不自动加签名，会退回（17）。",
    "The text has no signature 【…】. A gateway that does not add one itself rejects it (17).",
)
_TAKE_OUT: Final = Words("去掉多余的签名", "Take out the one too many")
_SHOW: Final = Words("在内容中查看", "Show it in the text")
_SET_SIGNATURE: Final = Words("填写账号签名…", "Set the account's signature…")
_PUT_SIGNATURE: Final = Words("在前面加上{signature}", "Put {signature} in front")
_NO_OPT_OUT: Final = Words(
    "营销短信末尾没有退订方式，应写明“{ending}”。",
    "A marketing message has to say how to opt out: “{ending}” at its end.",
)
_ADD_OPT_OUT: Final = Words("加上退订语", "Add it")
_SENSITIVE: Final = Words("内容含有您列出的敏感词：{words}。", "The text has words of your own list: {words}.")
_A_LINK: Final = Words(
    "内容含有网址。请确认它能打开；有的网关会拦截未报备的网址。",
    "There is a link in the text. Make sure that it opens; some gateways block links that were not registered.",
)
_IS_LONG: Final = Words(
    "{n} 条短信较长，最长的按 {most} 条计费。", "Long messages: {n}; the longest is charged as {most} segments."
)
