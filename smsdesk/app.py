"""The composition root of the window: settings, store, lanes and window are put together here and nowhere else."""

from __future__ import annotations

import argparse
import gc
import hashlib
import logging
import os
import sys
from collections.abc import Callable
from concurrent.futures import Future
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, QProcess, Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication, QMessageBox

from smsdesk import __version__
from smsdesk.domain.errors import Cancelled, StoreDamaged
from smsdesk.domain.words import Language, Words
from smsdesk.jobs import desk as desks
from smsdesk.jobs import keeping, recovery
from smsdesk.settings import drafts, paths
from smsdesk.settings import settings as settings_file
from smsdesk.settings.secrets import KeyringPasswords
from smsdesk.settings.settings import Settings, Theme
from smsdesk.ui import theme, translations
from smsdesk.ui.dialogs.damaged import DamagedDialog
from smsdesk.ui.lane import Lane
from smsdesk.ui.main_window import MainWindow
from smsdesk.ui.pages import loading
from smsdesk.ui.receiver import State
from smsdesk.ui.tray import Tray
from smsdesk.ui.widgets import parts
from smsdesk.ui.workplace import Workplace

if TYPE_CHECKING:
    from smsdesk.demo import Demo
    from smsdesk.jobs.desk import Desk
    from smsdesk.jobs.news import Stop, Tell
    from smsdesk.jobs.recovery import Recovered

_CLOSE_SECONDS = 10.0
"""How long the program waits at its end for requests that are under way."""


def main(arguments: list[str] | None = None) -> int:
    """Run the window; returns the exit status."""
    given = _parser().parse_args(arguments)
    app = QApplication([sys.argv[0]])
    app.setApplicationName("smsdesk")
    app.setApplicationVersion(__version__)
    app.setStyle("Fusion")
    status = _run(app, given, demo=given.demo)
    if status == _TO_PRACTICE:
        status = _run(app, given, demo=True)
    return status


_TO_PRACTICE = 75
"""How the event loop ends when the person wants to practise: no status of the program."""


def _run(app: QApplication, given: argparse.Namespace, *, demo: bool) -> int:
    """A window and its store, from opening to end; the demo has a data folder of its own."""
    app.setQuitOnLastWindowClosed(False)  # the window says when it closes; in the tray the program goes on
    data_dir = paths.data_dir(given.data_dir)
    if demo:
        data_dir /= "demo"
    try:
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as exc:
        print(f"smsdesk: {data_dir}: {exc.strerror}", file=sys.stderr)  # noqa: T201 - there is no window yet
        return 4
    only = OneProgram(data_dir)
    if not only.is_first:
        only.call_first()
        print(_SECOND.text(_language(Settings())), file=sys.stderr)  # noqa: T201 - the window is the other program's
        return 0
    _log_to(data_dir / "smsdesk.log")
    if demo:
        drafts.forget(data_dir)
    program = Program(app, data_dir, paths.database_url(given.database), only, demo=demo)
    status = app.exec()
    program.end()
    if demo:
        drafts.forget(data_dir)
    return status


_PICTURE_MS = 20
"""So long after the window is shown the store begins to be opened."""

_SLOW_MS = 1_500
"""When opening takes longer it is said: another version's data is brought up to date, or a database is far away."""

_OPENING = Words("正在打开数据，请稍候……", "The data is being opened; one moment…")

_SECOND = Words(
    "SMS Desk 已经打开，已将它的窗口移到最前。", "SMS Desk is open already; its window was brought to the front."
)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="smsdesk", description="SMS Desk: SMS campaigns from a workstation.")
    parser.add_argument("--data-dir", metavar="DIR", help="where the store and logs live (or SMSDESK_DATA_DIR)")
    parser.add_argument("--database", metavar="URL", help="a PostgreSQL database instead (or SMSDESK_DATABASE)")
    parser.add_argument("--demo", action="store_true", help="a store of its own, with a practice gateway inside")
    parser.add_argument("--version", action="version", version=f"smsdesk {__version__}")
    return parser


def _language(settings: Settings) -> Language:
    return settings.language or translations.system_language()


def _log_to(path: Path) -> None:
    """Log warnings and worse, readable by the owner only. Nothing that is logged names a password."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    handler = RotatingFileHandler(path, maxBytes=1_000_000, backupCount=3, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])


class OneProgram:
    """One running program a data folder: a second one brings the first to the front."""

    def __init__(self, data_dir: Path):
        self._name = "smsdesk-" + hashlib.sha256(str(data_dir.resolve()).encode()).hexdigest()[:24]
        self._lock = QLockFile(str(data_dir / "window.lock"))
        self._lock.setStaleLockTime(0)  # a long session is not a dead one; a dead one's process is gone
        self.is_first = self._lock.tryLock(0)
        self._server = QLocalServer()

    def call_first(self) -> None:
        """Ask the first program to come to the front."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(2000):
            socket.disconnectFromServer()

    def listen(self, on_call: Callable[[], None]) -> None:
        """Be told of second programs."""
        QLocalServer.removeServer(self._name)  # one that died leaves its socket behind
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(lambda: self._answer(on_call))
        self._server.listen(self._name)

    def _answer(self, on_call: Callable[[], None]) -> None:
        self._server.nextPendingConnection().deleteLater()
        on_call()

    def end(self) -> None:
        """Let the next program in."""
        self._server.close()
        self._lock.unlock()


class Program(QObject):
    """Shows the window, and opens the store on a lane meanwhile: what the pages want to read waits for it there."""

    def __init__(self, app: QApplication, data_dir: Path, url: str | None, only: OneProgram, *, demo: bool):
        super().__init__()
        self._app, self._data_dir, self._only = app, data_dir, only
        self._settings = settings_file.load(data_dir)
        self._language = _language(self._settings)
        self._icons = paths.resources() / "icons"
        app.setWindowIcon(QIcon(str(self._icons / "smsdesk.svg")))
        self._translators = translations.translators(self._language, paths.resources())
        for translator in self._translators:
            app.installTranslator(translator)
        theme.apply(app, self._settings.theme, self._icons)
        app.styleHints().colorSchemeChanged.connect(self._system_theme_changed)
        self._demo: Demo | None = None
        self._desk: Future[Desk] = Future()
        self._workplace = Workplace(self._desk.result, data_dir, self._settings, self._language)
        self._workplace.kept.connect(lambda kept: theme.apply(self._app, kept.theme, self._icons))
        self.window = window = MainWindow(self._workplace, self.tr("SMS Desk – practice") if demo else "SMS Desk")
        window.closed.connect(self._app.quit)
        window.practice.connect(lambda: self._app.exit(_TO_PRACTICE))
        window.help.practise.connect(self._practise_beside)
        window.help.practice_entry.setVisible(not demo)
        self._only.listen(window.bring_to_front)
        self._tray = Tray(self._workplace, window)
        window.show()
        self._opening = Lane("opening", self._not_opened)
        self._slow = QTimer(self, singleShot=True, interval=_SLOW_MS)
        self._slow.timeout.connect(lambda: window.say(_OPENING))
        # The picture first: what the store is made of takes Python for itself while it is loaded.
        QTimer.singleShot(_PICTURE_MS, self, lambda: self._start_opening(url, demo=demo))

    def _start_opening(self, url: str | None, *, demo: bool) -> None:
        self._slow.start()
        self._opening.run(lambda _stop, _tell: self._open(url, demo=demo), self._opened)

    # -- on the lane ---------------------------------------------------------------------------------------

    def _open(self, url: str | None, *, demo: bool) -> Recovered | StoreDamaged:
        try:
            desk, recovered = self._demo_desk() if demo else self._stored_desk(url)
        except StoreDamaged as exc:
            if url is None:  # a file, which a backup can take the place of
                return exc
            raise
        self._desk.set_result(desk)
        return recovered

    def _demo_desk(self) -> tuple[Desk, Recovered]:
        from smsdesk.demo import Demo  # noqa: PLC0415 - the practice gateway is a server of its own

        self._demo = Demo(self._data_dir)
        return self._demo.desk, recovery.Recovered()

    def _stored_desk(self, url: str | None) -> tuple[Desk, Recovered]:
        desk = desks.open_desk(self._data_dir, url, KeyringPasswords())
        try:
            return desk, recovery.recover(desk, queues=True)
        except BaseException:
            desk.database.dispose()  # a backup takes its place only where nobody has it open
            raise

    # -- on the main thread --------------------------------------------------------------------------------

    def _opened(self, result: Recovered | StoreDamaged) -> None:
        self._slow.stop()
        self.window.notice.hide()
        if isinstance(result, StoreDamaged):
            self._offer_backup(result.words)
            return
        self.window.show()
        self._opening.run(lambda stop, _tell: loading.load(stop), lambda _none: _spare_what_is_loaded())
        if self._demo:
            self.window.say(_PRACTICE)
            self._workplace.receiver.changed.connect(self._register_push)
        elif result.campaigns:
            self.window.say(_RECOVERED.fill(campaigns=result.campaigns, in_doubt=result.in_doubt), "warn")
        self._workplace.reload_accounts(self._accounts_known)

    def _accounts_known(self) -> None:
        if not self._workplace.accounts:
            self.window.ask_for_account()

    def _practise_beside(self) -> None:
        """A practice window beside this one, which may be sending: a program of its own; an open one comes to front."""
        arguments = ["-m", "smsdesk", "--demo", "--data-dir", str(self._data_dir)]
        started, _process = QProcess.startDetached(sys.executable, arguments)
        self.window.say(_PRACTICE_OPENS if started else _NO_PRACTICE, "" if started else "bad")

    def _register_push(self, state: State) -> None:
        if self._demo:
            self._demo.push_to(state.url.replace("//0.0.0.0:", "//127.0.0.1:") or None)

    def _offer_backup(self, words: Words) -> None:
        """The store is damaged; what is wrong with a backup that was chosen is said in the same way."""
        self.window.hide()
        dialog = DamagedDialog(words.text(self._language), self._data_dir)
        if not parts.ask(dialog) or dialog.backup is None:
            self._app.exit(4)
            return
        path = dialog.backup

        def restore_and_open(stop: Stop, tell: Tell) -> tuple[Recovered | StoreDamaged, Words | None]:
            restored = keeping.restore_damaged(self._data_dir, path, stop, tell)
            return self._open(None, demo=False), restored.warning

        def opened(found: tuple[Recovered | StoreDamaged, Words | None]) -> None:
            result, warning = found
            self._opened(result)
            if warning:
                self.window.say(warning, "warn")

        self._opening.run(restore_and_open, opened, self._offer_backup)

    def _not_opened(self, words: Words) -> None:
        self._slow.stop()
        self.window.hide()
        QMessageBox.critical(None, "SMS Desk", words.text(self._language))
        self._app.exit(4)

    def _system_theme_changed(self, _scheme: Qt.ColorScheme) -> None:
        if self._workplace.settings.theme is Theme.SYSTEM:
            theme.apply(self._app, Theme.SYSTEM, self._icons)

    def end(self) -> None:
        """Stop everything. What a request under way leaves unknown is found in doubt at the next start."""
        self._opening.close()
        if self._opening.join(_CLOSE_SECONDS) and not self._desk.done():  # closed before it was opened
            self._desk.set_exception(Cancelled())
        ended = self._workplace.close(_CLOSE_SECONDS)
        if ended and self._desk.done() and not self._desk.exception():
            self._desk.result().database.dispose()
        if self._demo:
            self._demo.close()
        self._tray.icon.hide()
        self.window.hide()
        self.window.deleteLater()
        self._only.end()
        if not ended:
            # A gateway that hangs holds a thread that nothing can end; the store is safe at any moment.
            logging.getLogger(__name__).warning("a lane did not end in %s s", _CLOSE_SECONDS)
            logging.shutdown()
            os._exit(0)


def _spare_what_is_loaded() -> None:
    """It stays: looking through it for garbage over and over would hold the window up."""
    gc.enable()
    gc.freeze()


_PRACTICE = Words(
    "这是练习：短信只发到程序内的练习网关，不会发给任何人，关闭后数据即丢弃。",
    "This is practice: messages go to a gateway inside the program and reach nobody. All is thrown away at the end.",
)
_PRACTICE_OPENS = Words(
    "练习窗口马上打开。在那里发送的短信只到程序内的练习网关，不会发给任何人。",
    "The practice window is about to open. What is sent there goes to a gateway inside the program and reaches nobody.",
)
_NO_PRACTICE = Words(
    "练习窗口无法打开。请重新安装程序。", "The practice window could not be opened. Install the program again."
)
_RECOVERED = Words(
    "上次退出时有 {campaigns} 个任务正在发送，现已暂停；{in_doubt} 条短信存疑。请到“任务”页查看。",
    "The program ended while it was sending. Campaigns paused: {campaigns}, messages in doubt: {in_doubt}. "
    "See the page “Campaigns”.",
)
