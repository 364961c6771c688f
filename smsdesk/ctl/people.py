"""`people import`, `list`, `edit`, `remove`, `groups`, `rename-group`, `history`."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from smsdesk.ctl.call import Call, command, group
from smsdesk.ctl.opening import opened
from smsdesk.ctl.progress import Progress, Step
from smsdesk.ctl.reading import Column, Encoding, How, Sheet, numbers_of, read, read_step
from smsdesk.ctl.shown import Json, iso
from smsdesk.ctl.stopping import stopping
from smsdesk.domain.chinatime import written
from smsdesk.domain.errors import InputProblem
from smsdesk.domain.words import Language, Words
from smsdesk.jobs import history as jobs_history
from smsdesk.jobs import people
from smsdesk.jobs.history import Event
from smsdesk.jobs.people import Keeping, Person

GroupName = Annotated[str | None, typer.Option("--group", metavar="NAME", help="Of this group only.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    book = group("The address book: people, and the groups that they are in.")
    book.command("import")(import_)
    book.command("list")(list_)
    book.command("groups")(groups)
    book.command("rename-group")(rename_group)
    book.command("edit")(edit)
    book.command("remove")(remove)
    book.command("history")(history)
    app.add_typer(book, name="people")


@command
def import_(
    call: Call,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Workbooks or text files.")],
    into: Annotated[str, typer.Option("--group", metavar="NAME", help="The group; made where there is none.")],
    sheet: Sheet = None,
    column: Column = None,
    encoding: Encoding = None,
) -> int:
    """Put the people of recipient files into a group. Who is known keeps tags and note."""
    how = How(sheet=sheet, column=column, encoding=encoding)
    with opened(call) as desk, stopping() as stop, Progress(call.out, _step) as tell:
        found = read(files, how, stop, tell, abroad=True)
        kept = people.keep(desk, found, into, stop, tell)
    if call.as_json:
        call.out.document(
            {
                "new": kept.new,
                "known": kept.known,
                "joined": kept.joined,
                "repeats": kept.repeats,
                "rows": found.rows,
                "invalid": found.invalid,
                "duplicates": found.duplicates,
            }
        )
    else:
        call.out.line(_KEPT.fill(new=kept.new, known=kept.known, joined=kept.joined))
    return 0


def _step(news: object) -> Step | None:
    return Step(_KEEPING, news.done, news.total) if isinstance(news, Keeping) else read_step(news)


_KEEPING = Words("正在保存联系人", "Keeping people")
_KEPT = Words(
    "新增 {new} 人，{known} 人已在通讯录中；{joined} 人加入了分组",
    "{new} new people, {known} were known; {joined} joined the group",
)


@command
def list_(
    call: Call,
    of: GroupName = None,
    search: Annotated[
        str, typer.Option(metavar="TEXT", help="The beginning of a number; or part of a name, a tag or a note.")
    ] = "",
    limit: Annotated[int | None, typer.Option(metavar="N", min=1, help="At most so many.")] = None,
) -> int:
    """People, the last to come first."""
    with opened(call) as desk:
        group_id = people.group_named(desk, of).id if of else None
        every = islice(people.every(desk, group_id, search), limit)
        if call.as_json:
            call.out.list_document("people", map(_person_json, every))
        else:
            call.out.table(_COLUMNS, map(_row, every))
    return 0


def _person_json(one: Person) -> Json:
    return {
        "mobile": one.mobile,
        "name": one.name,
        "tags": list(one.tags),
        "note": one.note,
        "fields": dict(one.fields),
    }


def _row(one: Person) -> tuple[str, ...]:
    return one.mobile, one.name, " ".join(one.tags), one.note


_COLUMNS = (Words("手机号", "Mobile"), Words("姓名", "Name"), Words("标签", "Tags"), Words("备注", "Note"))


@command
def groups(call: Call) -> int:
    """The groups, and how many people are in each."""
    with opened(call) as desk:
        found = people.groups(desk)
    if call.as_json:
        call.out.document({"groups": [{"name": one.name, "people": one.size} for one in found]})
    else:
        call.out.table((Words("分组", "Group"), Words("人数", "People")), ((one.name, str(one.size)) for one in found))
    return 0


@command
def rename_group(
    call: Call,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The group.")],
    new_name: Annotated[str, typer.Argument(metavar="NEW_NAME", help="What it is to be called.")],
) -> int:
    """Give a group another name; its people stay in it."""
    with opened(call) as desk:
        before = people.group_named(desk, name)
        people.rename_group(desk, before.id, new_name)
        (renamed,) = (one for one in people.groups(desk) if one.id == before.id)
    if call.as_json:
        call.out.document({"name": renamed.name, "before": before.name, "people": renamed.size})
    else:
        call.out.line(_RENAMED.fill(before=before.name, name=renamed.name))
    return 0


_RENAMED = Words("分组“{before}”已改名为“{name}”。", "The group “{before}” is called “{name}” now.")


@command
def edit(
    call: Call,
    number: Annotated[str, typer.Argument(metavar="N", help="A mobile number.")],
    name: Annotated[str | None, typer.Option(metavar="TEXT", help="Another name.")] = None,
    tags: Annotated[str | None, typer.Option(metavar="WORDS", help="Other tags, with blanks between them.")] = None,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="Another note.")] = None,
) -> int:
    """Write another name, other tags or another note; what is not given stays."""
    (mobile,) = numbers_of([number], abroad=True)[:1]
    with opened(call) as desk:
        people.edit(desk, mobile, name=name, tags=None if tags is None else tags.split(), note=note)
        person = jobs_history.of(desk, mobile).person
    if person is None:
        raise InputProblem(_UNKNOWN.fill(mobile=mobile))
    if call.as_json:
        call.out.document(_person_json(person))
    else:
        call.out.table(_COLUMNS, [_row(person)])
    return 0


_UNKNOWN = Words("通讯录中没有 {mobile}。", "{mobile} is not in the address book.")


@command
def remove(
    call: Call,
    numbers: Annotated[list[str] | None, typer.Argument(metavar="N…", help="Mobile numbers.")] = None,
    of: Annotated[
        str | None, typer.Option("--group", metavar="NAME", help="Let go of this group; its people stay.")
    ] = None,
) -> int:
    """Take people out of the address book, or let go of a group."""
    if numbers and of:
        raise InputProblem(_ONE_OF_BOTH)
    mobiles = [] if of else numbers_of(numbers or (), abroad=True)
    with opened(call) as desk:
        if of:
            people.remove_group(desk, people.group_named(desk, of).id)
        removed = people.remove_numbers(desk, mobiles)
    if call.as_json:
        call.out.document({"removed": removed, "group": of})
    else:
        call.out.line(_REMOVED.fill(n=removed))
    return 0


_ONE_OF_BOTH = Words(
    "请给出号码，或者用 --group 给出要删除的分组，不能同时给出。",
    "Give numbers, or with --group the group to let go of, and not both.",
)
_REMOVED = Words("已从通讯录删除 {n} 人。", "{n} people are removed.")


@command
def history(call: Call, number: Annotated[str, typer.Argument(metavar="N", help="A mobile number.")]) -> int:
    """All that was sent to a number, came from it, and was decided about it, the last first."""
    (mobile,) = numbers_of([number], abroad=True)[:1]
    with opened(call) as desk:
        found, events = jobs_history.of(desk, mobile), list(jobs_history.every(desk, mobile))
    if call.as_json:
        call.out.document(
            {
                "mobile": found.mobile,
                "person": _person_json(found.person) if found.person else None,
                "groups": list(found.groups),
                "blocked": found.is_blocked,
                "events": [_event_json(one, call.language) for one in events],
            }
        )
    else:
        rows = (
            (written(one.at), one.what.words.text(call.language), one.text, one.words.text(call.language))
            for one in events
        )
        call.out.table(_EVENTS, rows)
    return 0


def _event_json(one: Event, language: Language) -> Json:
    return {
        "at": iso(one.at),
        "what": one.what.value,
        "text": one.text,
        "meaning": one.words.text(language),
        "campaign": one.campaign or None,
    }


_EVENTS = (Words("时间", "Time"), Words("类型", "What"), Words("内容", "Text"), Words("说明", "Meaning"))
