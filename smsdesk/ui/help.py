"""The Help menu."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from smsdesk.domain.words import Language, Words
from smsdesk.jobs import samples
from smsdesk.settings import paths
from smsdesk.ui import texts
from smsdesk.ui.dialogs.about import AboutDialog
from smsdesk.ui.dialogs.guide import GuideDialog
from smsdesk.ui.dialogs.shortcuts import ShortcutsDialog
from smsdesk.ui.dialogs.support import save_bundle
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.notice import Notice
from smsdesk.ui.workplace import Workplace

_NO_GUIDE = Words("没有找到用户指南。请重新安装程序。", "The user guide is not there. Install the program again.")


class Help(QObject):
    """A button with a menu, and what its entries do. `notice` is where it says how that went."""

    practise = Signal()
    """The person wants a window with the practice gateway, beside this one."""
    open_list = Signal()
    """The person wants to open a list of recipients."""

    def __init__(self, workplace: Workplace, notice: Notice, window: QWidget):
        super().__init__(window)
        self._workplace, self._notice, self._window = workplace, notice, window
        self._guide: GuideDialog | None = None

    def button(self) -> QPushButton:
        """The button for the corner of the window."""
        made, menu = parts.menu_button("", "circle-question-mark")
        made.setProperty("menu", False)  # no arrow: the sign is known without one
        made.setProperty("icon", True)
        made.setAccessibleName(self.tr("Help"))
        made.setToolTip(self.tr("Help"))
        menu.addAction(self.tr("User guide")).triggered.connect(lambda _on: self.show_guide())
        keys = menu.addAction(self.tr("Keyboard shortcuts") + "\tF1")
        keys.triggered.connect(lambda _on: self.show_shortcuts())
        menu.addSeparator()
        self.practice_entry = menu.addAction(self.tr("Practise…"))
        self.practice_entry.triggered.connect(lambda _on: self.practise.emit())
        menu.addAction(self.tr("Sample lists…")).triggered.connect(lambda _on: self._save_samples())
        menu.addSeparator()
        bundle = menu.addAction(self.tr("Save a support bundle…"))
        bundle.triggered.connect(lambda _on: save_bundle(self._workplace, self._notice))
        menu.addAction(self.tr("About SMS Desk")).triggered.connect(lambda _on: self.show_about())
        return made

    def show_guide(self) -> None:
        """Show the guide in the window's language, beside the window; one that is open comes to the front."""
        file = paths.guide("zh-CN" if self._workplace.language is Language.ZH else "en")
        if file is None:
            self._notice.say(self._workplace.say(_NO_GUIDE), "bad")
            return
        if self._guide is None:
            self._guide = GuideDialog(file, self._window)
            self._guide.finished.connect(self._guide_closed)
        self._guide.show()
        self._guide.raise_()
        self._guide.activateWindow()

    def _guide_closed(self) -> None:
        self._guide = None

    def _save_samples(self) -> None:
        """Put the sample lists where the person wants them, and offer to open one from there."""
        title = self.tr("Where to put the sample lists")
        chosen = QFileDialog.getExistingDirectory(self._window, title, self._workplace.folder)
        if not chosen:
            return

        def saved(lists: tuple[Path, ...]) -> None:
            self._workplace.keep(folder=chosen)
            line = self.tr("The sample lists are in %1: %2.")
            names = ", ".join(one.name for one in lists)
            self._notice.say(texts.fill(line, chosen, names), "good", self.tr("Open one…"), self.open_list.emit)

        def failed(words: Words) -> None:
            self._notice.say(self._workplace.say(words), "bad")

        self._workplace.open_file(lambda _stop, _tell: samples.save(Path(chosen)), saved, failed)

    def show_shortcuts(self) -> None:
        """All keys."""
        parts.ask(ShortcutsDialog(self._workplace, self._window))

    def show_about(self) -> None:
        """Version and licences."""
        parts.ask(AboutDialog(self._window))
