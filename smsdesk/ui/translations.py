"""The window's fixed texts in the chosen language: Qt `.ts` files, read as they are.

There is no compiled copy that could fall behind the file that translators edit; reading it takes some milliseconds.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator

from smsdesk.domain.words import Language


class TsTranslator(QTranslator):
    """A translator that looks texts up in a `.ts` file, by context and source text."""

    def __init__(self, path: Path, parent: QObject | None = None):
        super().__init__(parent)
        self._texts = _read(path)

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        """See :class:`QTranslator`: an empty one is not asked."""
        return not self._texts

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        """See :class:`QTranslator`."""
        del disambiguation, n
        return self._texts.get((context, source))


def system_language() -> Language:
    """The platform's language, as far as the program speaks it."""
    return Language.of_locale(QLocale.system().name())


def translators(language: Language, resources: Path) -> list[QTranslator]:
    """What to install for `language`: our texts, and Qt's own (buttons of dialogs). English needs none."""
    if language is Language.EN:
        return []
    qt = QTranslator()
    qt.load(f"qtbase_{language.value}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    own = [TsTranslator(resources / "i18n" / f"{name}_{language.value}.ts") for name in ("qt", "smsdesk")]
    return [qt, *own]


def _read(path: Path) -> dict[tuple[str, str], str]:
    texts: dict[tuple[str, str], str] = {}
    for context in ET.parse(path).getroot().iter("context"):  # noqa: S314 - a file of ours
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            translation = message.findtext("translation")
            if translation:
                texts[name, message.findtext("source") or ""] = translation
    return texts
