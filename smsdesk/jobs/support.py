"""The support bundle: one zip for whoever is to help, with nothing in it about the people written to.

`about.json` has versions, settings, accounts and counts. Of the logs only what the program itself says is left: the
beginning of each record, where in the program it was, and the kind of error. An error's own words could hold anything.
"""

from __future__ import annotations

import json
import platform
import re
import sys
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import fields
from enum import Enum
from importlib import metadata
from pathlib import Path
from typing import Final

from smsdesk import __version__
from smsdesk.domain import masking
from smsdesk.domain.account import Account
from smsdesk.domain.chinatime import now
from smsdesk.domain.errors import Cancelled, PasswordProblem
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.news import Stop
from smsdesk.settings.settings import Settings
from smsdesk.sheets.writer import replacing
from smsdesk.store import accounts, counts

LOGS: Final = ("smsdesk.log*", "smsdeskctl.log*")

_RECORD: Final = re.compile(r"\d{4}-\d\d-\d\d[T ][\d:.,+]+Z? (?:DEBUG|INFO|WARNING|ERROR|CRITICAL) ")
_FRAME: Final = re.compile(r'\s+File "(?P<file>[^"]+)", line (?P<line>\d+), in (?P<where>[\w.<>]+)')
_KIND: Final = re.compile(r"(?P<kind>[A-Za-z_][\w.]*(?:Error|Exception|Problem|Warning|Lost|Sent|Refused|Busy))\b")
_BETWEEN: Final = ("Traceback (most recent call last):", "During handling of", "The above exception was")


def save(desk: Desk, data_dir: Path, settings: Settings, path: Path, stop: Stop) -> Path:
    """Save the bundle; a file that is there is replaced when all went well, and else stays.

    Raises:
        InputProblem: it cannot be written.
        StoreProblem: the store cannot be read.
        Cancelled: the person stopped it; nothing is left behind.
    """
    with desk.database.read() as conn:
        every, database, counted = accounts.every(conn), counts.database(conn), counts.everything(conn)
    about = {
        "made_at": now().isoformat(timespec="seconds"),
        "versions": {**versions(), "database": database},
        "settings": _settings(settings),
        "accounts": [_account(account) for account in every],
        "counts": counted,
    }
    known = _known(desk, every)
    with replacing(path) as temporary, zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("about.json", json.dumps(about, indent=1))
        for file in sorted(one for pattern in LOGS for one in data_dir.glob(pattern)):
            bundle.writestr(f"logs/{file.name}", "\n".join(_readable(file, known, stop)))
    return path


def versions() -> dict[str, str]:
    """What runs here: the program, what it is made of, and the system."""
    return {
        "SMS Desk": __version__,
        "Python": sys.version.split()[0],
        "system": platform.platform(),
        **{name: metadata.version(name) for name in parts()},
    }


def parts() -> list[str]:
    """The packages that the program is made of, as they call themselves; that for PostgreSQL where it is there."""
    needed = [one for one in metadata.requires("smsdesk") or () if "extra == 'dev'" not in one]
    found: set[str] = set()
    for one in needed:
        with suppress(metadata.PackageNotFoundError):
            found.add(metadata.metadata(re.split(r"[<>=!~\[; ]", one)[0])["Name"])
    return sorted(found, key=str.casefold)


def _settings(settings: Settings) -> dict[str, object]:
    """By their types: of what was typed, or chosen among files, only whether it is there: it may be about people."""
    told: dict[str, object] = {}
    for one in fields(settings):
        value = getattr(settings, one.name)
        if isinstance(value, Enum):
            told[one.name] = value.value
        elif value is None or isinstance(value, bool | int):
            told[one.name] = value
        elif isinstance(value, tuple):
            told[one.name] = f"{len(value)} given"
        else:
            told[one.name] = "given" if value else "empty"
    return told


def _account(account: Account) -> Mapping[str, object]:
    return {
        "id": account.id,
        "gateway": masking.host(account.url),
        "batch": account.batch,
        "connections": account.connections,
        "rate": account.rate,
        "separator": account.separator.value,
        "line_end": account.line_end.value,
        "password_form": account.password_form.value,
        "abroad": account.abroad,
        "gsm7": account.gsm7,
        "has_price": account.price_li > 0,
        "has_signature": bool(account.signature),
        "pause_below": account.pause_below,
    }


def _known(desk: Desk, every: list[Account]) -> list[str]:
    """What names the accounts, and their passwords; the longest first: a short one may be a part of it."""
    values = {value for one in every for value in (one.name, one.login, one.extno, one.signature, one.url) if value}
    for account in every:
        with suppress(PasswordProblem):
            if password := desk.passwords.get(account.key):
                values.add(password.reveal())
    return sorted(values, key=len, reverse=True)


def _readable(file: Path, known: list[str], stop: Stop) -> Iterator[str]:
    with file.open(encoding="utf-8", errors="replace") as lines:
        for raw in lines:
            if stop.is_set():
                raise Cancelled
            if kept := _masked(raw.rstrip("\n"), known):
                yield kept


def _masked(raw: str, known: list[str]) -> str:
    """What may be read of a line; empty for nothing."""
    if head := _RECORD.match(raw):
        rest = raw[head.end() :]
        for value in known:
            rest = rest.replace(value, "…")
        return head.group() + masking.line(rest)
    if frame := _FRAME.match(raw):
        file = frame["file"].replace("\\", "/")
        place = max(file.rfind("/smsdesk/"), file.rfind("/site-packages/"))
        shown = file[place + 1 :] if place >= 0 else file.rsplit("/", 1)[-1]
        return f'  File "{shown}", line {frame["line"]}, in {frame["where"]}'
    if raw.startswith(_BETWEEN):
        return raw
    if kind := _KIND.match(raw):
        return kind["kind"]
    return ""
