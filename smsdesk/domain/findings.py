"""What is worth a look before a campaign goes out. Pure: texts in, sentences out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from smsdesk.domain.opt_out import asked_word
from smsdesk.domain.text import has_signature, segments, signature_problem
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
    r"https?://|www\.|[a-z0-9-]+\.(?:com|cn|net|org|top|cc|vip|ltd|me|io)(?![a-z])", re.IGNORECASE
)


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


@dataclass(frozen=True, slots=True)
class Finding:
    """One of them. `mends` is what buttons that mend it say; none where nothing but the person can.

    `value` is what it is about, for the mending.
    """

    kind: Kind
    severity: Severity
    words: Words
    mends: tuple[Words, ...] = ()
    value: str = ""


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
    ):
        """`ending` is what the person's marketing messages end with; `gsm7` as in :func:`segments`.

        `signature` is the account's: lines that were typed are sent without it, and it can be put in front of them.
        """
        self._is_marketing, self._gsm7, self._signature = is_marketing, gsm7, signature
        self._sensitive = tuple(word for word in sensitive if word.strip())
        self._counts: Counter[Kind] = Counter()
        self._ending = ending
        self._words: Counter[str] = Counter()
        self.asked: set[str] = set()
        """What the texts ask people to reply who want no more."""
        self._wrong: Words | None = None
        self._longest = 0

    def look(self, text: str) -> None:
        """At a whole text, with its signature."""
        count = self._counts
        if problem := signature_problem("", text):
            self._wrong = self._wrong or problem
            count[Kind.TWO_SIGNATURES] += 1
        elif not has_signature(text):
            count[Kind.NO_SIGNATURE] += 1
        word = asked_word(text, self._ending)
        if word:
            self.asked.add(word)
        if self._is_marketing and not word and not has_way_out(text, self._ending):
            count[Kind.NO_OPT_OUT] += 1
        if _LINK.search(text):
            count[Kind.LINK] += 1
        size = segments(text, gsm7=self._gsm7)
        if size >= LONG:
            count[Kind.LONG] += 1
            self._longest = max(self._longest, size)
        self._words.update(word for word in self._sensitive if word in text)

    def found(self) -> list[Finding]:
        """What is worth a look, errors first."""
        count = self._counts
        found: list[Finding] = []
        if self._wrong:
            found.append(Finding(Kind.TWO_SIGNATURES, Severity.ERROR, self._wrong))
        if count[Kind.NO_SIGNATURE]:
            mend = _PUT_SIGNATURE.fill(signature=self._signature) if self._signature else _SET_SIGNATURE
            found.append(Finding(Kind.NO_SIGNATURE, Severity.WARNING, _NO_SIGNATURE, (mend,)))
        if count[Kind.NO_OPT_OUT]:
            words = _NO_OPT_OUT.fill(ending=self._ending)
            found.append(Finding(Kind.NO_OPT_OUT, Severity.WARNING, words, (_ADD_OPT_OUT,)))
        if self._words:
            words = _SENSITIVE.fill(words="、".join(self._words))
            found.append(Finding(Kind.SENSITIVE, Severity.WARNING, words))
        if count[Kind.LINK]:
            found.append(Finding(Kind.LINK, Severity.WARNING, _A_LINK))
        if count[Kind.LONG]:
            found.append(Finding(Kind.LONG, Severity.WARNING, _IS_LONG.fill(n=count[Kind.LONG], most=self._longest)))
        return found


_NO_SIGNATURE: Final = Words(
    "内容没有签名【…】。网关如不自动加签名，会退回（17）。",
    "The text has no signature 【…】. A gateway that does not add one itself rejects it (17).",
)
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
