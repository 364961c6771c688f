"""Sentences for people, in both languages at once.

What the core of the program has to say (what a code means, why a row was refused, why a campaign
paused) is a :class:`Words`: a value that can be stored, sent from thread to thread and shown in the
language of whoever reads it. The fixed texts of the window are translated by Qt instead
(`resources/i18n`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Language(StrEnum):
    """A language that the program speaks; the value is the tag used in settings and file names."""

    ZH = "zh_CN"
    EN = "en"

    @classmethod
    def of_locale(cls, tag: str) -> Language:
        """The language for a locale such as `zh_TW` or `en_US.UTF-8`: Chinese for any `zh`, else English."""
        return cls.ZH if tag.lower().startswith("zh") else cls.EN


def plain(text: str) -> str:
    """What a person typed, without the zero bytes that a clipboard may hold: PostgreSQL takes none."""
    return text.replace("\0", "").strip()


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence in Chinese and in English."""

    zh: str
    en: str
    details: str = field(default="", compare=False)
    """What technical support needs beside it, a line a fact; it goes wherever the sentence goes."""

    def text(self, language: Language) -> str:
        """The sentence in `language`."""
        return self.zh if language is Language.ZH else self.en

    def fill(self, **values: object) -> Words:
        """The sentence with its `{name}` places filled; a :class:`Words` value fills each language with its own."""
        zh = {k: v.zh if isinstance(v, Words) else v for k, v in values.items()}
        en = {k: v.en if isinstance(v, Words) else v for k, v in values.items()}
        return Words(self.zh.format(**zh), self.en.format(**en), self.details)

    def with_details(self, details: str) -> Words:
        """The sentence, with these below the details that it has."""
        return replace(self, details="\n".join(filter(None, (self.details, details))))

    def __str__(self) -> str:
        return f"{self.en} / {self.zh}"

    def to_json(self) -> str:
        """The stored form; :meth:`from_json` is its inverse."""
        parts = [self.zh, self.en, self.details] if self.details else [self.zh, self.en]
        return json.dumps(parts, ensure_ascii=False)

    @classmethod
    def from_json(cls, stored: str) -> Words:
        """The inverse of :meth:`to_json`."""
        return cls(*json.loads(stored))
