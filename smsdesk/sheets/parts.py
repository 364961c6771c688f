"""The parts of an .xlsx, .xlsm or .xlsb: which file in the archive has which sheet."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TypeVar

from smsdesk.sheets import markup

_H = TypeVar("_H", bound=markup.Handler)


class Parts:
    """The files of the archive; some programs write their names in capitals or with backslashes."""

    def __init__(self, archive: zipfile.ZipFile):
        self._archive = archive
        self._names = {name.replace("\\", "/").lower(): name for name in archive.namelist()}

    def of_sheets(self, sheets: Mapping[str, str], relations: str) -> dict[str, str]:
        """The archive's name for the part of each sheet; `sheets` are their relations, by name, `relations` a part."""
        targets = self.read(relations, _Relations()).targets
        found: dict[str, str] = {}
        for sheet, relation in sheets.items():
            target = targets.get(relation, "")
            path = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl", target))
            if (name := self._names.get(path.lower())) is not None:
                found[sheet] = name
        return found

    def read(self, path: str, handler: _H) -> _H:
        """Tell the handler of a part's elements: of none when it is missing, and as far as it is well-formed."""
        if (name := self._names.get(path.lower())) is not None:
            # calamine and the spreadsheet programs go on without what is broken here
            with self._archive.open(name) as file, suppress(markup.BadMarkup):
                markup.parse(file, handler)
        return handler

    def content(self, path: str) -> bytes:
        """All bytes of a part, none when it is missing."""
        name = self._names.get(path.lower())
        return self._archive.read(name) if name is not None else b""


@dataclass(slots=True)
class Quiet:
    """A handler that hears of beginnings only."""

    def end(self, name: str) -> None:
        """Nothing."""

    def text(self, text: str) -> None:
        """Nothing."""


@dataclass(slots=True)
class _Relations(Quiet):
    """`targets`: the part of each relation."""

    targets: dict[str, str] = field(default_factory=dict)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")
