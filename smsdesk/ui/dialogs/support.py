"""Saving the support bundle: the file is chosen, the rest goes on in the background."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from smsdesk.domain.chinatime import now, written
from smsdesk.domain.words import Words
from smsdesk.jobs import support
from smsdesk.ui.widgets.notice import Notice
from smsdesk.ui.workplace import Workplace

_SAVED = Words(
    "支持包已保存为“{file}”，其中没有号码、短信内容和密码。请把它发给技术支持。",
    "The support bundle is saved as “{file}”, without numbers, texts and passwords. Send it to the support.",
)
_SAVING = Words("正在保存支持包……", "Saving the support bundle…")


def save_bundle(workplace: Workplace, notice: Notice) -> None:
    """Ask where to, save it there, and say in `notice` what came of it."""
    name = f"smsdesk-support-{written(now())[:10]}.zip"
    title = QCoreApplication.translate("Support", "Save a support bundle")
    kinds = QCoreApplication.translate("Support", "Zip files (*.zip)")
    proposed = str(Path(workplace.settings.export_folder or Path.home()) / name)
    chosen, _ = QFileDialog.getSaveFileName(notice, title, proposed, kinds)
    if not chosen:
        return
    path = Path(chosen) if chosen.lower().endswith(".zip") else Path(chosen + ".zip")
    data_dir, settings = workplace.data_dir, workplace.settings
    notice.say(workplace.say(_SAVING))
    workplace.work_apart(
        lambda desk, stop, _tell: support.save(desk, data_dir, settings, path, stop),
        lambda saved: notice.say(workplace.say(_SAVED.fill(file=saved.name)), "good"),
        lambda words: notice.say(workplace.say(words), "bad"),
    )
