"""Replies that ask to be left alone. Pure; which words mean that is the person's to say, and is kept in the store."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set as AbstractSet
from typing import Final

from smsdesk.domain.errors import InputProblem
from smsdesk.domain.words import Words

_AROUND: Final = re.compile(r"[\s\W_]+", re.UNICODE)
# What a reply repeats of the message: 退订回T, 拒收请回复R, 回TD退订
_BEFORE: Final = re.compile(r"^(?:退订|拒收)?(?:请?回复?)?")
_BEHIND: Final = re.compile(r"(?:退订|拒收)$")
_REPLY: Final = r"""回复?\s*[:：\[【“"']?\s*([A-Za-z0-9]{1,6})"""
_ASKED: Final = re.compile(rf"(?:拒收|退订)[^。；;]{{0,6}}?{_REPLY}|{_REPLY}\W{{0,2}}(?:拒收|退订)")
_IN_ENDING: Final = re.compile(_REPLY)
_END: Final = 24  # characters

OPTED_OUT: Final = Words("回复退订", "opted out by a reply")
"""Why somebody is on the blocklist who replied so."""

LONGEST: Final = 20
"""Characters of a word: a longer reply says more than that."""


def normal_word(text: str) -> str:
    """A word as it is compared: without blanks and punctuation, in narrow capitals.

    Raises:
        InputProblem: nothing is left of it, or too much.
    """
    word = _bare(text)
    if not 1 <= len(word) <= LONGEST:
        raise InputProblem(_NO_WORD.fill(it=text.strip(), most=LONGEST))
    return word


def asked_word(text: str, ending: str = "") -> str | None:
    """What a message asks people to reply who want no more, as :func:`normal_word` writes it; None where it does not.

    It is looked for at the end, where a message says so: 拒收请回复R, 退订回T. `ending` is what a person has said that
    their messages end with, and may say it in other words.
    """
    found = _ASKED.search(unicodedata.normalize("NFKC", text[-_END:]))
    if found is None and ending and ending in text:
        found = _IN_ENDING.search(unicodedata.normalize("NFKC", ending))
    return next(filter(None, found.groups())).upper() if found else None


def is_opt_out(content: str, words: AbstractSet[str]) -> bool:
    """Whether a reply is one of `words`, as :func:`normal_word` writes them, in any width, case and punctuation.

    Also one that repeats what the message asked for: 退订回T, 拒收请回复R, 回TD退订.
    """
    word = _bare(content)
    rest = _BEFORE.sub("", word)
    return not words.isdisjoint({word, rest, _BEHIND.sub("", word), _BEHIND.sub("", rest)})


def _bare(text: str) -> str:
    return _AROUND.sub("", unicodedata.normalize("NFKC", text)).upper().replace("訂", "订")


_NO_WORD: Final = Words(
    "“{it}”不能作为退订词：去掉标点后应有 1 到 {most} 个字。",
    "“{it}” is no opt-out word: without punctuation it must have 1 to {most} characters.",
)
