"""The log file: what a person is not shown, for whoever looks into a fault. Readable by its owner only."""

from __future__ import annotations

import logging
import os
import re
import traceback
from collections.abc import Callable
from pathlib import Path

from smsdesk.domain.chinatime import now

FILE_NAME = "smsdeskctl.log"
_MOST_BYTES = 1_000_000
_IN_URL = re.compile(r"(://[^/\s:@]*):[^@\s]*@")


class LogFile(logging.Handler):
    """Records at WARNING and above, in a file that is made with the first of them.

    `where` is asked for the folder then: the options that name it may not have been read before.
    """

    def __init__(self, where: Callable[[], Path], secrets: Callable[[], tuple[str, ...]]):
        super().__init__(logging.WARNING)
        self._where, self._secrets = where, secrets

    @property
    def path(self) -> Path:
        """The file."""
        return self._where() / FILE_NAME

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record."""
        lines = f"{record.levelname} {record.name}: {record.getMessage()}\n"
        if record.exc_info and record.exc_info[1]:
            lines += "".join(traceback.format_exception(record.exc_info[1], chain=True))  # without local variables
        self.write(lines)

    def write(self, text: str) -> Path | None:
        """Add a text; returns the file, or None where it cannot be written."""
        path = self.path
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            fresh = not path.exists() or path.stat().st_size > _MOST_BYTES
            flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if fresh else os.O_APPEND)
            with os.fdopen(os.open(path, flags, 0o600), "w", encoding="utf-8", errors="backslashreplace") as file:
                file.write(f"{now().isoformat()} {self._without_secrets(text)}")
        except OSError:
            return None
        return path

    def _without_secrets(self, text: str) -> str:
        for secret in self._secrets():
            text = text.replace(secret, "…")
        return _IN_URL.sub(r"\1:…@", text)
