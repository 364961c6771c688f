"""How long work is told of, and told to end. Light to import: reading a file needs no store and no gateway."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event

Tell = Callable[[object], None]
"""Takes a frozen dataclass that says how far the work is."""

Stop = Event
"""Set when the work should end."""

TELL_SECONDS = 0.1


class Throttle:
    """Passes on at most about ten pieces of news a second; the newest of those held back goes out with `flush`."""

    def __init__(self, tell: Tell):
        self._tell = tell
        self._next = 0.0
        self._held: object | None = None

    @property
    def is_due(self) -> bool:
        """Whether news would be told at once."""
        return time.monotonic() >= self._next

    def __call__(self, news: object) -> None:
        """Tell, or hold back."""
        if not self.is_due:
            self._held = news
            return
        self._next = time.monotonic() + TELL_SECONDS
        self._held = None
        self._tell(news)

    def flush(self) -> None:
        """Tell what was held back."""
        if self._held is not None:
            self._tell(self._held)
            self._held = None
