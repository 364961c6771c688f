"""What a person has chosen: one typed declaration each, kept in `settings.json` in the data folder."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from smsdesk.domain.findings import OPT_OUT_ENDING
from smsdesk.domain.old_data import LEAST_DAYS, Removal
from smsdesk.domain.words import Language
from smsdesk.settings import whole

_FILE = "settings.json"


class Theme(StrEnum):
    """Light or dark."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Notify(StrEnum):
    """What the desktop is told when replies come in while the window is not in front."""

    OFF = "off"
    COUNT = "count"  # how many: what a notification shows can be read by whoever passes, and is kept by the desktop
    TEXT = "text"  # number and text as well


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, with their defaults."""

    language: Language | None = None
    """None: the system's."""
    theme: Theme = Theme.SYSTEM
    poll_seconds: int = 15
    """How often reports and replies are fetched, 5 to 3600."""
    account: str = ""
    """The account chosen last."""
    folder: str = ""
    """The folder of the file opened last."""
    export_folder: str = ""
    """The folder that a table was exported to last."""
    confirm_above: int = 10_000
    """A send of more messages than this is confirmed by typing their count."""
    sensitive: tuple[str, ...] = ()
    """Words that are asked about where a text has them."""
    opt_out_ending: str = OPT_OUT_ENDING
    """What marketing messages end with."""
    own_numbers: tuple[str, ...] = ()
    """The person's own mobile numbers, for tests."""
    push_on: bool = False
    """Whether the window receives what the gateway pushes."""
    push_account: int = 0
    """The id of the account whose pushes they are; 0: the first there is."""
    push_port: int = 8093
    """1 to 65535."""
    push_network: bool = False
    """Whether other machines may reach it: else this one only, for a reverse proxy on it."""
    push_allowed: tuple[str, ...] = ()
    """Addresses and networks that are heard; none: all."""
    push_public: str = ""
    """The reverse proxy's address, without the path; empty where there is none."""
    notify: Notify = Notify.COUNT
    """What the desktop is told of new replies."""
    old_days: int = 365
    """Messages, reports and replies older than this are old: 30 to 36500."""
    old_how: Removal = Removal.ANONYMISE
    """What becomes of them."""
    old_daily: bool = False
    """Whether that happens every day by itself: only after a person has agreed to the counts. False: kept for ever."""
    window: str = ""
    """Place and size of the window, as Qt writes it, in hexadecimal."""


def load(data_dir: Path) -> Settings:
    """The settings in `data_dir`. What cannot be read has its default: a broken file must not keep the window shut."""
    try:
        stored = json.loads((data_dir / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Settings()
    if not isinstance(stored, dict):
        return Settings()
    values: dict[str, Any] = {}
    for name, read in _READERS.items():
        try:
            values[name] = read(stored[name])
        except (KeyError, ValueError, TypeError, OverflowError):
            continue
    return Settings(**values)


def save(data_dir: Path, settings: Settings) -> None:
    """Keep `settings`, whole or not at all; readable by the owner only."""
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    whole.write(data_dir / _FILE, json.dumps(dataclasses.asdict(settings), ensure_ascii=False, indent=1))


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


_READERS: dict[str, Any] = {
    "language": lambda value: None if value is None else Language(value),
    "theme": Theme,
    "poll_seconds": lambda value: min(max(int(value), 5), 3600),
    "account": _text,
    "folder": _text,
    "export_folder": _text,
    "confirm_above": lambda value: min(max(int(value), 1), 10_000_000),
    "sensitive": lambda value: tuple(map(_text, value)),
    "opt_out_ending": lambda value: _text(value).strip() or OPT_OUT_ENDING,
    "own_numbers": lambda value: tuple(map(_text, value)),
    "push_on": _flag,
    "push_account": int,
    "push_port": lambda value: min(max(int(value), 1), 65535),
    "push_network": _flag,
    "push_allowed": lambda value: tuple(map(_text, value)),
    "push_public": _text,
    "notify": Notify,
    "old_days": lambda value: min(max(int(value), LEAST_DAYS), 36_500),
    "old_how": Removal,
    "old_daily": lambda value: value is True,
    "window": _text,
}
