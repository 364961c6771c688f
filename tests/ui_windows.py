"""A real window on a real store, for the tests of the window."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from smsdesk.domain.words import Language
from smsdesk.jobs.desk import Desk
from smsdesk.settings import paths
from smsdesk.settings.settings import Settings
from smsdesk.ui import theme, translations
from smsdesk.ui.main_window import MainWindow
from smsdesk.ui.workplace import Workplace

SAMPLES = paths.resources() / "samples"


@contextmanager
def opened(
    desk: Desk, data_dir: Path, qtbot: QtBot, *, language: Language = Language.EN, settings: Settings | None = None
) -> Iterator[MainWindow]:
    """The window as the program shows it; at the end its lanes must end in time."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    settings = settings or Settings(poll_seconds=1)
    installed = translations.translators(language, paths.resources())
    for translator in installed:
        app.installTranslator(translator)
    theme.apply(app, settings.theme, paths.resources() / "icons")
    workplace = Workplace(lambda: desk, data_dir, settings, language)
    window = MainWindow(workplace, "SMS Desk")
    window.show()
    known: list[bool] = []
    workplace.reload_accounts(lambda: known.append(True))
    qtbot.waitUntil(lambda: bool(known))
    try:
        yield window
    finally:
        ended = workplace.close(15)
        window.hide()
        window.deleteLater()
        for translator in installed:
            app.removeTranslator(translator)
        assert ended, "a lane did not end"


def dialog(qtbot: QtBot, kind: type[QDialog]) -> QDialog:
    """The open dialog of this kind, waited for."""

    def find() -> QDialog | None:
        shown = QApplication.topLevelWidgets()
        return next((one for one in shown if isinstance(one, kind) and one.isVisible()), None)

    qtbot.waitUntil(lambda: find() is not None)
    found = find()
    assert found is not None
    return found


def descendants(widget: QWidget) -> list[QWidget]:
    """All widgets inside, and the widget itself."""
    return [widget, *widget.findChildren(QWidget)]
