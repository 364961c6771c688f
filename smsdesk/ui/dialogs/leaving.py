"""What becomes of a campaign on its way when the window is closed."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QSystemTrayIcon, QWidget

from smsdesk.ui.widgets import parts


class Leave(Enum):
    """What the person wants."""

    TO_TRAY = auto()  # the window goes, sending goes on
    MINIMISED = auto()  # the same, on a desktop that has no tray to come back from
    CLOSE = auto()  # what is on its way is paused
    STAY = auto()


def ask_how_to_leave(window: QWidget) -> Leave:
    """Ask; whoever only wants the question gone stays."""
    has_tray = QSystemTrayIcon.isSystemTrayAvailable()
    box = QMessageBox(QMessageBox.Icon.Question, window.windowTitle(), "", parent=window)
    box.setText(QCoreApplication.translate("Leaving", "A campaign is being sent. Shall it go on?"))
    if has_tray:
        more = QCoreApplication.translate(
            "Leaving", "In the tray it goes on without the window; a click on the tray's icon brings the window back."
        )
        go_on = QCoreApplication.translate("Leaving", "Go on in the tray")
    else:
        more = QCoreApplication.translate("Leaving", "Minimised, the window waits in the task bar while it goes on.")
        go_on = QCoreApplication.translate("Leaving", "Go on, minimised")
    paused = QCoreApplication.translate("Leaving", "Paused, it keeps its place: you start it again when you are back.")
    box.setInformativeText(f"{more}\n{paused}")
    on = box.addButton(go_on, QMessageBox.ButtonRole.AcceptRole)
    pause = box.addButton(
        QCoreApplication.translate("Leaving", "Pause and close"), QMessageBox.ButtonRole.DestructiveRole
    )
    stay = box.addButton(
        QCoreApplication.translate("Leaving", "Keep the window open"), QMessageBox.ButtonRole.RejectRole
    )
    box.setDefaultButton(on)
    box.setEscapeButton(stay)
    parts.ask(box)
    if box.clickedButton() is on:
        return Leave.TO_TRAY if has_tray else Leave.MINIMISED
    return Leave.CLOSE if box.clickedButton() is pause else Leave.STAY
