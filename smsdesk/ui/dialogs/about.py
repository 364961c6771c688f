"""What this program is, its version, and what it is made of."""

from __future__ import annotations

from importlib import metadata
from typing import Final

from PySide6.QtWidgets import QDialog, QWidget

from smsdesk import __version__
from smsdesk.jobs import support
from smsdesk.ui import texts
from smsdesk.ui.tables.columns import Column
from smsdesk.ui.tables.fixed import FixedModel
from smsdesk.ui.tables.view import DataTable
from smsdesk.ui.widgets import parts

_ICONS: Final = ("Lucide", "", "ISC")
_LONGEST: Final = 80


class AboutDialog(QDialog):
    """The version, and a table of the parts with their licences."""

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setWindowTitle(self.tr("About SMS Desk"))
        self.resize(560, 520)
        columns = (
            Column(self.tr("Part"), lambda row: row[0], width=210),
            Column(self.tr("Version"), lambda row: row[1], width=100),
            Column(self.tr("Licence"), lambda row: row[2]),
        )
        self.model = FixedModel(columns, self)
        self.model.show([*((name, metadata.version(name), _licence(name)) for name in support.parts()), _ICONS])
        table = DataTable(self.tr("What it is made of"), self.model)
        table.selectRow(0)
        layout = parts.dialog_column(self)
        layout.addWidget(parts.heading(texts.fill(self.tr("SMS Desk %1"), __version__)))
        layout.addWidget(parts.quiet(self.tr("SMS campaigns from a workstation. Free to use under the MIT licence.")))
        layout.addWidget(parts.quiet(self.tr("It is made of these parts; the icons are Lucide's.")))
        layout.addWidget(table, 1)
        layout.addLayout(parts.row(None, parts.button(self.tr("Close"), self.accept)))


def _licence(name: str) -> str:
    """As the part itself names it: an expression, the licence's name (and not its text), or how it is classified."""
    about = metadata.metadata(name)
    if "License-Expression" in about:
        return about["License-Expression"]
    if "License" in about and len(about["License"]) <= _LONGEST:
        return about["License"]
    classified = [one for one in about.get_all("Classifier") or () if one.startswith("License ::")]
    return classified[-1].rsplit(" :: ", 1)[-1] if classified else "–"
