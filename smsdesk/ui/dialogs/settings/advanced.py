"""What hardly anybody has to change."""

from __future__ import annotations

from PySide6.QtWidgets import QSpinBox

from smsdesk.domain.words import Words
from smsdesk.ui.dialogs.receiver import ReceiverDialog
from smsdesk.ui.dialogs.settings.topic import Topic
from smsdesk.ui.widgets import parts
from smsdesk.ui.workplace import Workplace


class AdvancedTopic(Topic):
    """How reports and replies come in."""

    def __init__(self, workplace: Workplace):
        super().__init__(workplace, Words("高级", "Advanced"), "settings")
        self.poll = QSpinBox()
        parts.inset(self.poll)
        self.poll.setRange(5, 3600)
        self.poll.setValue(workplace.settings.poll_seconds)
        self.poll.setSuffix(self.tr(" s"))
        self.poll.editingFinished.connect(self._on_poll)
        self.add(
            Words("获取状态报告和回复的间隔", "Fetch reports and replies every"),
            Words(
                "每隔这么多秒向网关查询一次；网关出错时会自动放慢。",
                "The gateway is asked once in so many seconds, and more slowly after failures.",
            ),
            self.poll,
            Words("轮询 秒 上行", "polling interval seconds"),
        )
        self.push_button = parts.button(self.tr("Receive pushes…"), self._on_push)
        self.push_button.setAutoDefault(False)
        self.add(
            Words("接收推送", "Receive pushes"),
            Words(
                "让网关把状态报告和回复主动送到这台电脑，不必等查询。",
                "Let the gateway send reports and replies here instead of being asked.",
            ),
            self.push_button,
            Words("端口 反向代理 地址", "port proxy address token"),
        )
        self.column.addStretch(1)

    def _on_poll(self) -> None:
        if self.poll.value() != self.workplace.settings.poll_seconds:
            self.workplace.keep(poll_seconds=self.poll.value())
            self.workplace.poll_now()

    def _on_push(self) -> None:
        parts.ask(ReceiverDialog(self.workplace, self))
