"""Writing a file whole or not at all, so that a power cut finds the one or the other."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path


def write(path: Path, text: str, *, errors: str = "strict") -> None:
    """Put `text` in place of what the file has; readable by the owner only, on the disk when this returns.

    Raises:
        OSError, UnicodeEncodeError: it cannot be written; what was there stays. `errors` is as of `open`.
    """
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors=errors, newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _settle(path.parent)


def remove(path: Path) -> None:
    """Remove a file, if there is one; it is gone from the disk when this returns.

    Raises:
        OSError: it cannot be removed.
    """
    if path.exists():
        path.unlink()
        _settle(path.parent)


def _settle(folder: Path) -> None:
    """Have a folder's names on the disk: a power cut within seconds would bring back what they were before."""
    if os.name == "posix":  # Windows has no such thing, and no need of it
        handle = os.open(folder, os.O_RDONLY)
        with suppress(OSError):  # some network drives cannot; the file is there all the same
            os.fsync(handle)
        os.close(handle)
