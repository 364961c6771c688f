"""Where the data are kept, and for how long."""

from __future__ import annotations

from smsdesk.domain.words import Words
from smsdesk.ui.dialogs.data import DataDialog
from smsdesk.ui.dialogs.settings.topic import Topic
from smsdesk.ui.dialogs.support import save_bundle
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.notice import Notice
from smsdesk.ui.workplace import Workplace


class DataTopic(Topic):
    """Each opens what it is about."""

    def __init__(self, workplace: Workplace, notice: Notice):
        super().__init__(workplace, Words("数据", "Data"), "folder-open")
        self._notice = notice
        self.backup_button = parts.button(self.tr("Back up or restore…"), self._on_data, icon="download")
        self.old_button = parts.button(self.tr("Old data…"), self._on_data, icon="history")
        self.bundle_button = parts.button(self.tr("Save a support bundle…"), self._on_bundle, icon="file-text")
        for button in (self.backup_button, self.old_button, self.bundle_button):
            button.setAutoDefault(False)
        self.add(
            Words("备份与恢复", "Backup and restore"),
            Words(
                "把全部数据保存成一个文件，或从这样的文件恢复；密码不在其中。",
                "All data in one file, or back from such a file. Passwords are not in it.",
            ),
            self.backup_button,
        )
        self.add(
            Words("旧数据", "Old data"),
            Words(
                "默认永久保留；可以把很久以前的短信和回复匿名化或删除，先告诉您有多少条。",
                "Kept for ever by default. Messages and replies of long ago can be anonymised or deleted; how many "
                "they are is told first.",
            ),
            self.old_button,
            Words("删除 匿名 清理", "delete anonymise clear"),
        )
        self.add(
            Words("支持包", "Support bundle"),
            Words(
                "保存一个文件给技术支持：日志、版本和数量，不含号码、短信内容和密码。",
                "One file for the support: logs, versions and counts, without numbers, texts and passwords.",
            ),
            self.bundle_button,
            Words("日志 版本 技术支持", "logs versions"),
        )
        self.column.addStretch(1)

    def _on_data(self) -> None:
        parts.ask(DataDialog(self.workplace, self))

    def _on_bundle(self) -> None:
        save_bundle(self.workplace, self._notice)
