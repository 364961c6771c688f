"""What is asked and checked before messages go out."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from smsdesk.domain.findings import OPT_OUT_ENDING
from smsdesk.domain.mobile import Reason, clean
from smsdesk.domain.words import Words
from smsdesk.ui.dialogs.settings.topic import Topic
from smsdesk.ui.widgets import parts
from smsdesk.ui.workplace import Workplace


class SendingTopic(Topic):
    """Tests, the confirmation of large sends, and what texts are checked for."""

    def __init__(self, workplace: Workplace):
        super().__init__(workplace, Words("发送", "Sending"), "send")
        kept = workplace.settings
        self.own_numbers = QLineEdit(" ".join(kept.own_numbers))
        self.own_numbers.editingFinished.connect(self._on_own_numbers)
        self.add(
            Words("我的手机号（用于测试）", "My own numbers, for tests"),
            Words(
                "“发给自己测试”会发到这些号码，多个号码用空格分开。",
                "A test of a text goes to these mobile numbers; put blanks between them.",
            ),
            self.own_numbers,
        )
        self.confirm_above = parts.spin_box(1, 10_000_000)
        self.confirm_above.setValue(kept.confirm_above)
        self.confirm_above.editingFinished.connect(lambda: workplace.keep(confirm_above=self.confirm_above.value()))
        self.add(
            Words("超过多少条要输入条数确认", "Type the count of a send above"),
            Words(
                "一次发送超过这么多条时，要输入条数才能发出，避免误发。",
                "A send of more messages than this goes out only after their count was typed, so that none goes out by "
                "mistake.",
            ),
            self.confirm_above,
        )
        self.ending = QLineEdit(kept.opt_out_ending)
        self.ending.editingFinished.connect(self._on_ending)
        self.add(
            Words("营销短信的结尾", "Marketing messages end with"),
            Words(
                "告诉收信人怎样退订；营销短信没有这句话时会提醒。",
                "It tells people how to opt out; a marketing message without it is pointed out.",
            ),
            self.ending,
        )
        self.sensitive = QLineEdit(" ".join(kept.sensitive))
        self.sensitive.editingFinished.connect(lambda: workplace.keep(sensitive=tuple(self.sensitive.text().split())))
        self.add(
            Words("敏感词", "Sensitive words"),
            Words(
                "短信里有这些词时，发送前会提醒；多个词用空格分开。",
                "You are asked before a text with one of these words goes out; put blanks between them.",
            ),
            self.sensitive,
        )
        self.column.addStretch(1)

    def _on_ending(self) -> None:
        self.ending.setText(self.ending.text().strip() or OPT_OUT_ENDING)
        self.workplace.keep(opt_out_ending=self.ending.text())

    def _on_own_numbers(self) -> None:
        found = clean(self.own_numbers.text(), abroad=True)
        if isinstance(found, Reason):
            self.complain(found.words)
        else:
            self.workplace.keep(own_numbers=found)
