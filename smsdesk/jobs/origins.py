"""The parts of a list of recipients, read from where they come from: now, or again when the program starts anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from smsdesk.domain.errors import Cancelled, InputProblem, Problem
from smsdesk.domain.origin import FromCampaign, FromClipboard, FromFile, FromGroup, FromKeyboard, How, Origin
from smsdesk.domain.words import Words
from smsdesk.jobs import campaigns, importing, pasting, people
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.importing import Table
from smsdesk.jobs.news import Stop, Tell


@dataclass(frozen=True, slots=True)
class Opened:
    """A part of a list that was read, and what a person has to know of it."""

    origin: Origin
    table: Table
    remark: Words | None = None


def read(desk: Callable[[], Desk], origin: Origin, stop: Stop, tell: Tell) -> Opened:
    """Read a part of a list; `desk` is asked for only where it comes from the store.

    Raises:
        InputProblem: it is not there, or cannot be read so.
        StoreProblem: the store cannot be read.
        Cancelled: `stop` was set.
    """
    match origin:
        case FromFile(path, how):
            table = importing.read_table(
                path, sheet=how.sheet, encoding=how.encoding, separator=how.separator, stop=stop, tell=tell
            )
            return Opened(replace(origin, path=path.resolve()), _shaped(table, how))
        case FromClipboard(name, text, how):
            return Opened(origin, _shaped(pasting.pasted(text, name, stop=stop, tell=tell), how))
        case FromKeyboard(name, numbers):
            return Opened(origin, Table.listed(name, [name], [[number] for number in numbers]))
        case FromGroup(name, group, group_id):
            wanted = None if group is None else people.Group(group_id, group, 0)
            return Opened(origin, people.as_table(desk(), wanted, name))
        case FromCampaign(name, _, campaign_id, part):
            return Opened(origin, campaigns.as_table(desk(), campaigns.get(desk(), campaign_id), name, part))


def open_again(desk: Callable[[], Desk], origin: Origin, stop: Stop, tell: Tell) -> Opened:
    """Read a part of a list that was open before; a file may be another by now, and so may the store.

    Raises:
        InputProblem, StoreProblem, Cancelled: as :func:`read`; it is not what it was by its name.
    """
    match origin:
        case FromGroup(_, group, _) if group is not None:
            origin = replace(origin, group_id=people.group_named(desk(), group).id)
        case FromCampaign(_, campaign, campaign_id, _) if campaigns.get(desk(), campaign_id).name != campaign:
            raise InputProblem(_ANOTHER.fill(name=campaign))
        case FromFile(_, how) | FromClipboard(_, _, how) if how != How():
            try:
                return read(desk, origin, stop, tell)
            except Cancelled:
                raise
            except Problem:
                found = read(desk, replace(origin, how=How()), stop, tell)
                return replace(found, remark=_CHANGED.fill(file=origin.name))
    return read(desk, origin, stop, tell)


def chosen(how: How, before: Table, now: Table) -> How:
    """How a table is read that was read as `how` says, and that a person has changed since without reading anew."""
    layout = now.layout
    is_column_chosen = layout.is_chosen and layout.column is not None
    return replace(
        how,
        sheet=now.sheet if now.sheet != before.sheet else how.sheet,
        header_row=(layout.header_row or 0) if layout.is_header_chosen else None,
        column=layout.columns[layout.column or 0] if is_column_chosen else None,
    )


def _shaped(table: Table, how: How) -> Table:
    if how.header_row is not None:
        table = table.with_header(how.header_row or None)
    return table if how.column is None else table.with_column(importing.column_of(table, how.column))


_ANOTHER: Final = Words("任务“{name}”已不在。", "The campaign “{name}” is not there any more.")
_CHANGED: Final = Words(
    "“{file}”有变化，不能再按原来选定的方式读取，已重新识别。请核对它的读取方式。",
    "“{file}” has changed: it can no longer be read as you have chosen, and is read as it is found. Look at how it is "
    "read.",
)
