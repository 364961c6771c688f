from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from smsdesk.domain.words import Language
from smsdesk.settings import paths
from smsdesk.ui import translations

ROOT = Path(__file__).parents[2]
CHINESE = paths.resources() / "i18n" / "smsdesk_zh_CN.ts"


def texts(path: Path) -> dict[tuple[str, str], ET.Element]:
    return {
        (context.findtext("name") or "", message.findtext("source") or ""): message
        for context in ET.parse(path).getroot().iter("context")
        for message in context.iter("message")
    }


def test_every_text_of_the_window_is_in_the_translation_and_no_other(tmp_path: Path) -> None:
    tool = Path(sys.executable).parent / "pyside6-lupdate"
    files = [*sorted(map(str, (ROOT / "smsdesk" / "ui").rglob("*.py"))), str(ROOT / "smsdesk" / "app.py")]
    subprocess.run([tool, *files, "-ts", tmp_path / "now.ts"], check=True, capture_output=True, timeout=60)
    now, kept = set(texts(tmp_path / "now.ts")), set(texts(CHINESE))
    assert now - kept == set(), "run `make texts`, and translate"
    assert kept - now == set(), "run `make texts`"


@pytest.mark.parametrize("path", sorted((paths.resources() / "i18n").glob("*.ts")), ids=lambda path: path.name)
def test_every_text_is_translated_with_the_same_places_to_fill(path: Path) -> None:
    for (context, source), message in texts(path).items():
        translation = message.find("translation")
        assert translation is not None
        assert translation.text, f"{context}: {source}"
        assert translation.get("type") is None, f"{context}: {source} is marked {translation.get('type')}"
        places = re.compile(r"%[1-9]|\{[^}]*\}")
        assert len(places.findall(translation.text)) == len(places.findall(source)), f"{context}: {source}"


def test_texts_are_said_in_the_language_that_was_chosen(qtbot: QtBot, qapp: QApplication) -> None:
    assert QCoreApplication.translate("MainWindow", "Bulk send") == "Bulk send"
    installed = translations.translators(Language.ZH, paths.resources())
    for translator in installed:
        qapp.installTranslator(translator)
    try:
        assert QCoreApplication.translate("MainWindow", "Bulk send") == "群发"
        assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
        assert QCoreApplication.translate("MainWindow", "never heard of") == "never heard of"
    finally:
        for translator in installed:
            qapp.removeTranslator(translator)
