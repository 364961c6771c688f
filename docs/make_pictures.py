"""Takes the pictures of README, guide and docs/look.md from the running program: `make pictures`.

The program runs without a screen, on the demo's store and practice gateway, in both languages and both themes; what
the pictures show is what a person sees who does the same.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QEventLoop, QSize, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget

from smsdesk.demo import Demo
from smsdesk.domain.words import Language
from smsdesk.jobs import people
from smsdesk.settings import paths
from smsdesk.settings.settings import Settings, Theme
from smsdesk.ui import theme, translations
from smsdesk.ui.dialogs.account import AccountDialog
from smsdesk.ui.dialogs.confirm import ConfirmDialog
from smsdesk.ui.dialogs.reading import ReadingDialog
from smsdesk.ui.dialogs.settings import SettingsDialog
from smsdesk.ui.dialogs.welcome import WelcomeDialog
from smsdesk.ui.main_window import MainWindow
from smsdesk.ui.workplace import Changed, Workplace

PICTURES = Path(__file__).parent / "pictures"
SAMPLES = paths.resources() / "samples"
SIZE = QSize(1280, 720)
TEXT = "尊敬的{姓名|客户}，您的会员卡将于{到期日}到期，凭本短信到店续费享八折。拒收请回复R"


def wait(until: Callable[[], bool], seconds: float = 30.0) -> None:
    """Let the program run until something is so, and a moment longer, so that it is painted."""
    loop, left = QEventLoop(), [int(seconds * 50)]
    timer = QTimer(interval=20)

    def look() -> None:
        left[0] -= 1
        if until() or not left[0]:
            loop.quit()

    timer.timeout.connect(look)
    timer.start()
    loop.exec()
    timer.stop()
    if not left[0]:
        raise SystemExit(f"waited in vain: {until}")
    QTimer.singleShot(600, loop.quit)
    loop.exec()


class Studio:
    """The program with its demo, and a camera."""

    def __init__(self, language: Language, dress: Theme, folder: Path):
        self.ending = f"{'zh' if language is Language.ZH else 'en'}-{dress.value}.png"
        self.app = QApplication.instance() or QApplication(sys.argv[:1])
        assert isinstance(self.app, QApplication)
        self.app.setStyle("Fusion")
        self._translators = translations.translators(language, paths.resources())
        for translator in self._translators:
            self.app.installTranslator(translator)
        settings = Settings(theme=dress, poll_seconds=5, own_numbers=("13800000000",))
        theme.apply(self.app, dress, paths.resources() / "icons")
        self._demo = Demo(folder)
        self.workplace = Workplace(lambda: self._demo.desk, folder, settings, language)
        self.window = MainWindow(self.workplace, "SMS Desk")
        self.window.resize(SIZE)
        self.window.show()
        self.workplace.reload_accounts()
        wait(lambda: bool(self.workplace.accounts))

    def take(self, name: str, widget: QWidget | None = None) -> None:
        """A picture of the window, or of a dialog."""
        PICTURES.mkdir(exist_ok=True)
        (widget or self.window).grab().save(str(PICTURES / f"{name}-{self.ending}"))

    def of_dialog(self, name: str, dialog: QDialog, ready: Callable[[], bool] = lambda: True) -> None:
        """A picture of a dialog that is opened for it."""
        dialog.show()
        wait(ready)
        self.take(name, dialog)
        dialog.close()
        dialog.deleteLater()

    def when_asked(self, kind: type[QDialog], answer: Callable[[QDialog], None]) -> None:
        """Answer the next dialog of a kind."""
        timer = QTimer(self.app, interval=50)

        def look() -> None:
            for shown in QApplication.topLevelWidgets():
                if isinstance(shown, kind) and shown.isVisible():
                    timer.stop()
                    answer(shown)
                    return

        timer.timeout.connect(look)
        timer.start()


def first_steps(studio: Studio) -> None:
    """What a person sees who has just started the program."""
    studio.take("bulk-empty")
    studio.of_dialog("welcome", WelcomeDialog(studio.workplace, studio.window))
    studio.of_dialog("account", AccountDialog(studio.workplace, studio.workplace.accounts[0], studio.window))


def a_campaign(studio: Studio) -> None:
    """From the list in Excel to what became of each message."""
    page = studio.window.bulk
    page.add_files([SAMPLES / "会员名单.xlsx"])
    wait(lambda: page.recipients.result is not None)
    members = page.recipients.result
    studio.workplace.work(
        lambda desk, stop, tell: people.keep(desk, members, "会员", stop, tell), changes=Changed(people=True)
    )
    studio.take("bulk-list")

    def how_it_is_read(dialog: QDialog) -> None:
        studio.take("reading", dialog)
        dialog.reject()

    studio.when_asked(ReadingDialog, how_it_is_read)
    page.recipients.ask_how(page.recipients.importer.sources[0])
    page.writing.text.setPlainText(TEXT)
    wait(lambda: bool(page.writing.length.text()))
    studio.take("bulk-text")

    def mend(dialog: QDialog) -> None:
        assert isinstance(dialog, ConfirmDialog)
        studio.take("check", dialog)
        studio.when_asked(ConfirmDialog, send)
        next(one for one in dialog.findChildren(QPushButton) if one not in (dialog.send, dialog.back)).click()

    def send(dialog: QDialog) -> None:
        assert isinstance(dialog, ConfirmDialog)
        dialog.seen.setChecked(True)
        dialog.accept()

    studio.when_asked(ConfirmDialog, mend)
    page.send_button.click()
    window = studio.window
    wait(lambda: studio.workplace.is_sending)
    wait(lambda: not studio.workplace.is_sending)
    studio.workplace.poll_now()
    window.tabs.setCurrentWidget(window.campaigns)
    wait(lambda: len(window.campaigns.model.rows) > 2)
    window.campaigns.table.selectRow(0)
    view = window.campaigns.view
    wait(lambda: view.found is not None and view.found.campaign.counts.delivered > 200, 180)  # reports come by and by
    studio.take("campaign")


def the_other_pages(studio: Studio) -> None:
    """As they are after a day."""
    window = studio.window
    window.tabs.setCurrentWidget(window.p2p)
    window.p2p.editor.setPlainText(
        "13800000001#您的取件码是 1234，请于今日 18:00 前领取。\n"
        "13800000002#您的取件码是 5678，请于今日 18:00 前领取。\n"
        "1380000#号码少了几位\n13800000001#同一个号码又出现了一次"
    )
    wait(lambda: "3" in window.p2p.counts.text())
    studio.take("p2p")
    window.tabs.setCurrentWidget(window.reports)
    wait(lambda: window.reports.model.rowCount() > 0)
    window.reports.table.selectRow(0)
    wait(lambda: True)
    studio.take("reports")
    window.tabs.setCurrentWidget(window.replies)
    wait(lambda: bool(window.replies.model.rows))
    window.replies.list.setCurrentIndex(window.replies.model.index(0, 0))
    wait(lambda: bool(window.replies.view.bubbles))
    studio.take("replies")
    for name in ("people", "blocklist", "balance"):
        window.tabs.setCurrentWidget(getattr(window, name))
        wait(lambda: True)
        studio.take(name)
    studio.of_dialog("settings", SettingsDialog(studio.workplace, window))


def main() -> None:
    """All pictures; or, given a language and a theme, those of one process."""
    if len(sys.argv) == 1:  # Qt takes its language at the start
        for language in Language:
            for dress in (Theme.LIGHT, Theme.DARK):
                subprocess.run([sys.executable, __file__, language.value, dress.value], check=True)
        return
    with tempfile.TemporaryDirectory() as folder:
        studio = Studio(Language(sys.argv[1]), Theme(sys.argv[2]), Path(folder))
        for part in (first_steps, a_campaign, the_other_pages):
            part(studio)
        sys.stdout.flush()
        os._exit(0)  # the demo's store goes with its folder


if __name__ == "__main__":
    main()
