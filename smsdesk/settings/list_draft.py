"""The list of recipients that was open, as a draft: what it was put together from, a part a line.

Each line is JSON by itself: where one is damaged, or comes from another version, the others are read all the same.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from smsdesk.domain.campaign import Part, Which
from smsdesk.domain.origin import FromCampaign, FromClipboard, FromFile, FromGroup, FromKeyboard, How, Origin


@dataclass(frozen=True, slots=True)
class Entry:
    """A part of the list."""

    origin: Origin
    is_left_out: bool = False
    rows: int = field(default=0, compare=False)
    """How many rows it had: to be told, and no part of what it is."""


@dataclass(frozen=True, slots=True)
class ListDraft:
    """A list, and whether its hidden rows are left out; None where nobody has said so."""

    entries: tuple[Entry, ...] = ()
    visible_only: bool | None = None


def to_text(draft: ListDraft) -> str:
    """The draft as it is kept; empty for an empty list."""
    if not draft.entries:
        return ""
    lines = [{"visible_only": draft.visible_only}, *map(_entry_to, draft.entries)]
    return "\n".join(map(json.dumps, lines))


def from_text(text: str) -> ListDraft:
    """What can be read of a draft."""
    entries, visible_only = list[Entry](), None
    for line in text.split("\n"):
        with suppress(ValueError, TypeError, KeyError, RecursionError):
            values = json.loads(line)
            if "from" in values:
                entries.append(_entry_from(values))
            elif values["visible_only"] is not None:
                visible_only = _flag(values["visible_only"])
    return ListDraft(tuple(entries), visible_only)


def _entry_to(entry: Entry) -> dict[str, Any]:
    return {**_origin_to(entry.origin), "left_out": entry.is_left_out, "rows": entry.rows}


def _origin_to(origin: Origin) -> dict[str, Any]:
    match origin:
        case FromFile(path, how):
            return {"from": "file", "path": str(path), "how": asdict(how)}
        case FromClipboard(name, text, how):
            return {"from": "clipboard", "name": name, "text": text, "how": asdict(how)}
        case FromKeyboard(name, numbers):
            return {"from": "keyboard", "name": name, "numbers": numbers}
        case FromGroup(name, group, _):  # its id may be another's in another store
            return {"from": "group", "name": name, "group": group}
        case FromCampaign(name, campaign, number, part):
            values = part and {"which": part.which, "codes": part.codes}
            return {"from": "campaign", "name": name, "campaign": campaign, "id": number, "part": values}


def _entry_from(values: dict[str, Any]) -> Entry:
    return Entry(_origin_from(values), _flag(values["left_out"]), _number(values["rows"]))


def _origin_from(values: dict[str, Any]) -> Origin:
    kind = values["from"]
    if kind == "file":
        return FromFile(Path(_text(values["path"])), _how(values["how"]))
    name = _text(values["name"])
    match kind:
        case "clipboard":
            return FromClipboard(name, _text(values["text"]), _how(values["how"]))
        case "keyboard":
            return FromKeyboard(name, tuple(map(_text, values["numbers"])))
        case "group":
            return FromGroup(name, None if values["group"] is None else _text(values["group"]))
        case "campaign":
            return FromCampaign(name, _text(values["campaign"]), _number(values["id"]), _part(values["part"]))
    raise ValueError(kind)


def _how(values: dict[str, Any]) -> How:
    for name, value in values.items():
        if value is not None:
            (_number if name == "header_row" else _text)(value)
    return How(**values)


def _part(values: dict[str, Any] | None) -> Part | None:
    return None if values is None else Part(Which(values["which"]), tuple(map(_text, values["codes"])))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(value)
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value
