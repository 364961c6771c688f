"""How the window was left, in `window.json` beside the settings: nothing in it was chosen in so many words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from smsdesk.settings import whole

_FILE = "window.json"


def load(data_dir: Path) -> dict[str, Any]:
    """What is remembered, by its key; nothing where it cannot be read."""
    try:
        stored = json.loads((data_dir / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return stored if isinstance(stored, dict) else {}


def save(data_dir: Path, values: dict[str, Any]) -> None:
    """Keep it, whole or not at all; readable by the owner only.

    Raises:
        OSError: it cannot be written.
    """
    whole.write(data_dir / _FILE, json.dumps(values, ensure_ascii=False))
