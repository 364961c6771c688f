"""What all topics have in common: settings below each other, each with its name, one sentence and its control."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from smsdesk.domain.words import Words
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts
from smsdesk.ui.workplace import Workplace

_CONTROL_WIDTH: Final = 280


@dataclass(frozen=True, eq=False)
class Setting:
    """One setting, as it can be found: `also` are words that stand in its control."""

    name: Words
    about: Words
    field: QWidget
    also: tuple[Words, ...] = ()

    def has(self, wanted: str) -> bool:
        """Whether every word of `wanted` is somewhere in it, in either language."""
        every = " ".join(f"{one.zh} {one.en}" for one in (self.name, self.about, *self.also)).casefold()
        return all(word in every for word in wanted.casefold().split())


class Topic(QScrollArea):
    """A page of settings. Every change takes effect at once, but for the language."""

    said = Signal(str, str)
    """A sentence for the dialog's notice, and its tone."""

    def __init__(self, workplace: Workplace, name: Words, icon: str):
        super().__init__()
        self.workplace, self.name, self.icon = workplace, name, icon
        self.settings: list[Setting] = []
        self.setAccessibleName(workplace.say(name))
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget()
        self.column = QVBoxLayout(body)
        self.column.setContentsMargins(SPACE, 0, 3 * SPACE, SPACE)
        self.column.setSpacing(5 * SPACE)
        self.column.addWidget(parts.heading(workplace.say(name)))
        self.setWidget(body)

    def add(self, name: Words, about: Words, field: QWidget, *also: Words) -> None:
        """Put a setting below those that are there: its control on the right, its name and its sentence on the left."""
        beside = QHBoxLayout()
        beside.setSpacing(6 * SPACE)
        beside.addLayout(self._told(name, about, field, also), 1)
        field.setFixedWidth(_CONTROL_WIDTH)
        beside.addWidget(field, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(beside)

    def add_wide(self, name: Words, about: Words, field: QWidget, *also: Words) -> None:
        """The same for a control that needs the whole width; it takes what height is left."""
        self.column.addLayout(self._told(name, about, field, also))
        self.column.addWidget(field, 1)

    def _told(self, name: Words, about: Words, field: QWidget, also: tuple[Words, ...]) -> QVBoxLayout:
        say = self.workplace.say
        field.setAccessibleName(say(name))
        field.setAccessibleDescription(say(about))
        self.settings.append(Setting(name, about, field, also))
        label = QLabel(say(name))
        label.setBuddy(field)
        told = QVBoxLayout()
        told.setSpacing(SPACE)
        told.addWidget(label)
        told.addWidget(parts.quiet(say(about)))
        return told

    def complain(self, words: Words) -> None:
        """Tell what is wrong."""
        self.said.emit(self.workplace.say(words), "bad")


def choices(
    topic: Topic, options: Sequence[tuple[Any, Words]], chosen: object, on_chosen: Callable[[Any], None]
) -> QComboBox:
    """A box of options, each a value and what it is called."""
    box = QComboBox()
    for value, words in options:
        box.addItem(topic.workplace.say(words), value)
    box.setCurrentIndex(box.findData(chosen))
    box.activated.connect(lambda place: on_chosen(options[place][0]))
    return box


def names(options: Iterable[tuple[Any, Words]]) -> tuple[Words, ...]:
    """What the options are called."""
    return tuple(words for _, words in options)
