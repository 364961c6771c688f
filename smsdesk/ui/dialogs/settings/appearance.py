"""How the window looks and speaks."""

from __future__ import annotations

from smsdesk.domain.words import Language, Words
from smsdesk.settings.settings import Theme
from smsdesk.ui.dialogs.settings.topic import Topic, choices, names
from smsdesk.ui.workplace import Workplace

_AS_SYSTEM = Words("跟随系统", "as the system")
_THEMES = ((Theme.SYSTEM, _AS_SYSTEM), (Theme.LIGHT, Words("浅色", "light")), (Theme.DARK, Words("深色", "dark")))
_LANGUAGES = (
    (None, _AS_SYSTEM),
    (Language.ZH, Words("简体中文", "简体中文")),
    (Language.EN, Words("English", "English")),
)
_LATER = Words("语言在下次启动程序时生效。", "The language changes when the program is started the next time.")


class AppearanceTopic(Topic):
    """Light or dark, and the language."""

    def __init__(self, workplace: Workplace):
        super().__init__(workplace, Words("外观", "Appearance"), "image")
        kept = workplace.settings
        self.theme = choices(self, _THEMES, kept.theme, lambda theme: workplace.keep(theme=Theme(theme)))
        self.add(
            Words("浅色或深色", "Light or dark"),
            Words("立即生效。", "It changes at once."),
            self.theme,
            *names(_THEMES),
            Words("主题 颜色", "theme colours"),
        )
        self.language = choices(self, _LANGUAGES, kept.language, self._on_language)
        self.add(
            Words("语言", "Language"),
            Words("窗口和提示用的语言，下次启动时生效。", "Of the window and its sentences, from the next start on."),
            self.language,
            *names(_LANGUAGES),
            Words("中文 英文", "Chinese English"),
        )
        self.column.addStretch(1)

    def _on_language(self, chosen: Language | None) -> None:
        self.workplace.keep(language=Language(chosen) if chosen else None)
        self.said.emit(self.workplace.say(_LATER), "")
