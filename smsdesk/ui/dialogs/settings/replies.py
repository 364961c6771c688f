"""What becomes of replies, and who is told of them."""

from __future__ import annotations

from smsdesk.domain.words import Words
from smsdesk.settings.settings import Notify
from smsdesk.ui.dialogs.opt_out_words import OptOutWordsDialog
from smsdesk.ui.dialogs.settings.topic import Topic, choices, names
from smsdesk.ui.widgets import parts
from smsdesk.ui.workplace import Workplace

_NOTIFY = (
    (Notify.OFF, Words("不提醒", "nothing")),
    (Notify.COUNT, Words("只提醒有几条", "how many came")),
    (Notify.TEXT, Words("显示号码和内容", "number and text")),
)


class RepliesTopic(Topic):
    """Notifications and opt-outs."""

    def __init__(self, workplace: Workplace):
        super().__init__(workplace, Words("回复与通知", "Replies and notifications"), "inbox")
        self.notify = choices(
            self, _NOTIFY, workplace.settings.notify, lambda notify: workplace.keep(notify=Notify(notify))
        )
        self.add(
            Words("有新回复时桌面提醒", "The desktop shows of new replies"),
            Words(
                "窗口不在最前面时才提醒；显示内容时，路过的人也看得到。",
                "Only while the window is not in front. Numbers and texts can be read by whoever passes the screen.",
            ),
            self.notify,
            *names(_NOTIFY),
        )
        self.words_button = parts.button(self.tr("Opt-out words…"), self._on_words)
        self.words_button.setAutoDefault(False)
        self.add(
            Words("退订词", "Opt-out words"),
            Words(
                "收信人只回复其中一个词时，会自动加入黑名单，以后不再给他发送。",
                "Whoever replies one of these words goes onto the blocklist and gets nothing any more.",
            ),
            self.words_button,
            Words("TD 黑名单 退订", "unsubscribe blocklist"),
        )
        self.column.addStretch(1)

    def _on_words(self) -> None:
        parts.ask(OptOutWordsDialog(self.workplace, self))
