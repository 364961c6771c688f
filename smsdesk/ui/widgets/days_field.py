"""From one day to another, in China: by a quick choice, or as two dates."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from PySide6.QtCore import QDate, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QWidget

from smsdesk.domain.chinatime import CHINA, in_china, now
from smsdesk.ui import habits
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts

_FIRST: Final = QDate(2000, 1, 1)
_LAST: Final = QDate(2099, 12, 31)
_ISO: Final = Qt.DateFormat.ISODate

_DAYS: Final = (None, (0, 0), (-1, -1), (-6, 0), (-29, 0), None)
"""The first and the last day of each choice, counted from today. The first is any time, the last what the dates say."""
_ALWAYS, _LAST_WEEK, _CHOSEN = 0, 3, 5


class DaysField(QWidget):
    """The dates are seen where there is a choice of days; whoever changes one has chosen days of their own."""

    changed = Signal()
    """A person has chosen other days."""

    def __init__(self, name: str):
        """`name` says what happened on these days."""
        super().__init__()
        self.choice = parts.drop_down(name)
        names = (
            self.tr("At any time"),
            self.tr("Today"),
            self.tr("Yesterday"),
            self.tr("In the last 7 days"),
            self.tr("In the last 30 days"),
            self.tr("From day to day"),
        )
        self.choice.addItems(names)
        self.first = _date_field(self.tr("The first day"))
        self.last = _date_field(self.tr("The last day"))
        self._dash = parts.quiet("–", wrap=False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        for widget in (self.choice, self.first, self._dash, self.last):
            layout.addWidget(widget)
        self.choice.currentIndexChanged.connect(lambda _place: self._show_dates())
        self.choice.activated.connect(lambda _place: self.changed.emit())
        self.first.dateChanged.connect(lambda _day: self._on_date(self.first))
        self.last.dateChanged.connect(lambda _day: self._on_date(self.last))
        self._show_dates()
        habits.keep(self, self._kept, self._take, self.changed, self.choice.currentIndexChanged, name="days")

    def span(self) -> tuple[datetime | None, datetime | None]:
        """From this moment on, and before that one; None is no limit. 'Today' is the day that it is now."""
        if self.choice.currentIndex() == _ALWAYS:
            return None, None
        self._fill(self.choice.currentIndex())
        return _begin(_day(self.first)), _begin(_day(self.last) + timedelta(days=1))

    def clear(self) -> None:
        """Back to any time, without a word."""
        self.choice.setCurrentIndex(_ALWAYS)

    def _kept(self) -> list[str | int]:
        """What is there the next time: days of one's own stay the same, a quick choice means the days of then."""
        return [self.choice.currentIndex(), *(field.date().toString(_ISO) for field in (self.first, self.last))]

    def _take(self, kept: Any) -> None:
        place, *days = kept
        first, last = (QDate.fromString(day, _ISO) for day in days)
        if place not in range(self.choice.count()) or not _FIRST <= first <= last <= _LAST:
            raise ValueError(kept)
        self.choice.setCurrentIndex(place)
        if place == _CHOSEN:
            _put(self.first, first)
            _put(self.last, last)

    def _on_date(self, moved: QDateEdit) -> None:
        """A first day after the last one takes that with it, and the other way round."""
        other = self.last if moved is self.first else self.first
        if self.first.date() > self.last.date():
            _put(other, moved.date())
        self.choice.setCurrentIndex(_CHOSEN)
        self.changed.emit()

    def _fill(self, choice: int) -> None:
        """Let the dates say what a quick choice means today; other choices leave them as they are."""
        today = in_china(now()).date()
        for field, days in zip((self.first, self.last), _DAYS[choice] or (), strict=False):
            day = today + timedelta(days=days)
            _put(field, QDate(day.year, day.month, day.day))

    def _show_dates(self) -> None:
        choice = self.choice.currentIndex()
        is_new = choice == _CHOSEN and self.first.isHidden()
        self._fill(_LAST_WEEK if is_new else choice)  # somewhere to begin
        for widget in (self.first, self._dash, self.last):
            widget.setVisible(choice != _ALWAYS)


def _date_field(name: str) -> QDateEdit:
    made = QDateEdit()
    made.setAccessibleName(name)
    made.setDisplayFormat("yyyy-MM-dd")
    made.setDateRange(_FIRST, _LAST)
    made.setCalendarPopup(True)
    made.setKeyboardTracking(False)  # not for every digit that is typed
    return made


def _put(field: QDateEdit, day: QDate) -> None:
    with QSignalBlocker(field):
        field.setDate(day)


def _day(field: QDateEdit) -> date:
    day = field.date()
    return date(day.year(), day.month(), day.day())


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA).astimezone(UTC)
