"""Texts as they are being written: kept in the data folder, so that neither closing nor a power cut loses them."""

from __future__ import annotations

from pathlib import Path

from smsdesk.settings import whole

NAMES = ("bulk", "bulk-files", "p2p")
"""Those that there are: what each page that sends has in its editor, and the files of the list, a path a line."""


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
    whole.write(_file(data_dir, name), text)


def _file(data_dir: Path, name: str) -> Path:
    return data_dir / f"draft-{name}.txt"
