"""Texts as they are being written: kept in the data folder, so that neither closing nor a power cut loses them."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def load(data_dir: Path, name: str) -> str:
    """The draft of that name; empty where there is none, or none that can be read."""
    try:
        return _file(data_dir, name).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""


def save(data_dir: Path, name: str, text: str) -> None:
    """Keep a draft, whole or not at all; readable by the owner only, on the disk when this returns.

    Raises:
        OSError: it cannot be written.
    """
    target = _file(data_dir, name)
    handle, temporary = tempfile.mkstemp(dir=data_dir, prefix=target.name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _file(data_dir: Path, name: str) -> Path:
    return data_dir / f"draft-{name}.txt"
