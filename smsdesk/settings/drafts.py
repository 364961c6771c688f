"""What is being written: kept in the data folder, so that neither closing nor a power cut loses it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Container
from pathlib import Path
from threading import Lock
from typing import Final

from smsdesk.settings import whole

_log = logging.getLogger(__name__)

NAMES: Final = ("bulk", "bulk-form", "bulk-list", "p2p", "p2p-form")
"""Those that there are: what each page that sends has in its editor and in the fields below it, and its list."""


class Drafts:
    """The drafts of one data folder. Any thread may write those that wait: always the newest of each, one at a time."""

    def __init__(self, data_dir: Path):
        self._data_dir = data_dir
        self._waiting: dict[str, Callable[[], str]] = {}
        self._writing = Lock()

    def load(self) -> dict[str, str]:
        """All drafts by their names, as far as they can be read; empty where there is none.

        Whatever else is called like one was left by a write that was cut off, or by an earlier version, and goes.
        """
        with self._writing:
            _remove_all(self._data_dir, but=set(map(_file, NAMES)))
            return {name: _read(self._data_dir / _file(name)) for name in NAMES}

    def put(self, name: str, make: Callable[[], str]) -> None:
        """Let a draft wait to be written; `make` gives it then, on whichever thread."""
        self._waiting[name] = make

    def write(self) -> None:
        """Keep what waits, each whole or not at all; readable by the owner only, on the disk when this returns.

        An empty one is removed. A full disk must not get into a person's way while they write: what cannot be kept
        waits for the next time.
        """
        with self._writing:
            for name in list(self._waiting):
                make = self._waiting.pop(name)
                try:
                    _write(self._data_dir / _file(name), make())
                except OSError as exc:
                    self._waiting.setdefault(name, make)  # unless a newer one waits by now
                    _log.warning("a draft is not kept: %s", exc.strerror)


def forget(data_dir: Path) -> None:
    """Remove all drafts of a data folder, which nobody else uses at the moment."""
    _remove_all(data_dir)


def _file(name: str) -> str:
    return f"draft-{name}.txt"


def _remove_all(data_dir: Path, but: Container[str] = ()) -> None:
    for file in data_dir.glob("draft-*"):
        if file.name not in but:
            try:
                file.unlink()
            except OSError as exc:
                _log.warning("a draft is not removed: %s", exc.strerror)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace").replace("\0", "")  # a power cut may leave zeros
    except OSError:
        return ""


def _write(file: Path, text: str) -> None:
    if text:
        whole.write(file, text, errors="replace")  # a clipboard may hand over half a character
    else:
        whole.remove(file)
