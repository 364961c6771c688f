"""`send`, `p2p`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Annotated

import typer

from smsdesk.ctl.call import Call, command
from smsdesk.ctl.checked import show_checked
from smsdesk.ctl.opening import Timeout, opened, ready
from smsdesk.ctl.output import Output
from smsdesk.ctl.progress import Progress
from smsdesk.ctl.reading import Column, Encoding, HeaderRow, How, Separator, Sheet, VisibleOnly, body, numbers_of, read
from smsdesk.ctl.running import Patience, carry_out, work_step
from smsdesk.ctl.shown import moment_of
from smsdesk.ctl.stopping import stopping
from smsdesk.domain.account import Account
from smsdesk.domain.campaign import Kind
from smsdesk.domain.chinatime import in_china, now
from smsdesk.domain.errors import InputProblem
from smsdesk.domain.hours import MARKETING, Hours
from smsdesk.domain.recipient import Household, Recipient
from smsdesk.domain.words import Words
from smsdesk.jobs import checking, importing, people, planning, point_to_point, rendering, repeating, templates
from smsdesk.jobs.checking import Rules
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.importing import Table
from smsdesk.jobs.news import Tell
from smsdesk.jobs.rendering import Order
from smsdesk.settings import settings

AccountName = Annotated[str, typer.Option("--account", metavar="NAME", help="Through which account.")]
Title = Annotated[str | None, typer.Option(metavar="NAME", help="The campaign's name; else made of file and time.")]
At = Annotated[
    str | None,
    typer.Option("--at", metavar="T", help="Start then: 2026-01-31 09:30, or ISO 8601; China time. This call waits."),
]
HoursOfDay = Annotated[
    str | None, typer.Option("--hours", metavar="8:00-21:00", help="Send in these hours of the day only, China time.")
]
Marketing = Annotated[bool, typer.Option("--marketing", help=f"Keeps to {MARKETING} unless --hours says else.")]
Check = Annotated[
    bool, typer.Option("--check", help="Tell what sending would mean and what is worth a look. Nothing is sent.")
]
LeaveOutRecent = Annotated[
    bool, typer.Option("--leave-out-recent", help="Leave out whoever had a message within the last 24 hours.")
]
LeaveOutWaiting = Annotated[
    bool,
    typer.Option(
        "--leave-out-waiting", help="Leave out whoever is still to get a message of another campaign within 24 hours."
    ),
]
IgnoreBlocklist = Annotated[bool, typer.Option("--ignore-blocklist", help="Send to blocked numbers too.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    app.command("send")(send)
    app.command("p2p")(p2p)


@dataclass(frozen=True)
class _Source:
    """Where recipients come from, as the call says it."""

    files: Sequence[Path]
    groups: Sequence[str]
    numbers: Sequence[str]
    without: Sequence[Path]
    without_groups: Sequence[str]
    how: How

    @property
    def name(self) -> str:
        """What it is called."""
        return ", ".join([*(_plain(file.name) for file in self.files), *self.groups]) or "--to"


@command
def send(
    call: Call,
    account: AccountName,
    recipients: Annotated[
        list[Path] | None, typer.Option("--recipients", metavar="FILE", help="May be given several times.")
    ] = None,
    group: Annotated[
        list[str] | None, typer.Option("--group", metavar="NAME", help="People of the address book, too.")
    ] = None,
    to: Annotated[list[str] | None, typer.Option("--to", metavar="N,N,…", help="Numbers instead of a file.")] = None,
    without: Annotated[
        list[Path] | None, typer.Option("--without", metavar="FILE", help="Leave out whoever is in this file.")
    ] = None,
    without_group: Annotated[
        list[str] | None, typer.Option("--without-group", metavar="NAME", help="Leave out whoever is in this group.")
    ] = None,
    text: Annotated[
        str | None, typer.Option(metavar="TEXT", help="{column} stands for the recipient's own value.")
    ] = None,
    text_file: Annotated[Path | None, typer.Option(metavar="FILE", help="The text, in UTF-8.")] = None,
    template: Annotated[str | None, typer.Option(metavar="NAME", help="A text that is kept under a name.")] = None,
    sheet: Sheet = None,
    column: Column = None,
    header_row: HeaderRow = None,
    encoding: Encoding = None,
    separator: Separator = None,
    visible_only: VisibleOnly = False,
    name: Title = None,
    at: At = None,
    hours: HoursOfDay = None,
    marketing: Marketing = False,
    household: Annotated[
        Household | None,
        typer.Option(help="Of a number on several rows whose texts differ: the first row's text, or each of them."),
    ] = None,
    ignore_blocklist: IgnoreBlocklist = False,
    leave_out_recent: LeaveOutRecent = False,
    leave_out_waiting: LeaveOutWaiting = False,
    check: Check = False,
    patience: Patience = 30.0,
    timeout: Timeout = None,
) -> int:
    """Make a campaign and send it to the end, or until it pauses."""
    how = How(sheet, column, header_row, encoding, separator, visible_only)
    source = _Source(recipients or [], group or [], to or [], without or [], without_group or [], how)
    if bool(source.files or source.groups) == bool(source.numbers):
        raise InputProblem(_ONE_SOURCE)
    if [text, text_file, template].count(None) != 2:
        raise InputProblem(_ONE_TEXT)
    given = "" if template else body(text, text_file)
    with opened(call, timeout) as desk, stopping() as stop, Progress(call.out, work_step) as tell:
        through = desk.account(account)
        if not check:
            ready(desk, through.id)
        people, repeats = _recipients(desk, source, through, call.out, stop, tell)
        order = Order(
            account=through,
            name=name or _name_of(source.files),
            text=templates.text_of(desk, template) if template else given,
            source=source.name,
            recipients=people,
            repeats=repeats,
            household=household,
            ignore_blocklist=ignore_blocklist,
            not_since=now() - repeating.RECENT if leave_out_recent else None,
            not_until=now() + repeating.RECENT if leave_out_waiting else None,
            start_at=_start(at),
            hours=_hours(hours, marketing=marketing),
        )
        if check:
            return show_checked(call, checking.check(desk, order, *rendering.lines_of(order), _rules(call)))
        if order.repeats and household is None and rendering.is_personal(order):
            call.out.say(_HOUSEHOLD.fill(n=len(order.repeats)))
        campaign_id = planning.plan(desk, order, stop, tell)
        return carry_out(call, desk, campaign_id, stop, tell, patience)


_HOUSEHOLD = Words(
    "另有 {n} 行号码重复，只发第一行的内容；要发送每个不同的内容请加 --household each。",
    "{n} further rows have numbers that stand above: only the first row's text is sent. --household each sends every "
    "different one.",
)
_ONE_SOURCE = Words(
    "请用 --recipients、--group，或者用 --to 给出号码。", "Give --recipients and --group, or else --to."
)
_ONE_TEXT = Words(
    "请用 --text、--text-file 或 --template 之一给出内容。", "Give one of --text, --text-file and --template."
)


@command
def p2p(
    call: Call,
    account: AccountName,
    file: Annotated[Path, typer.Option("--file", metavar="FILE", help="A sheet, or lines of number#text.")],
    sheet: Sheet = None,
    column: Column = None,
    content_column: Annotated[
        str | None, typer.Option(metavar="NAME|LETTER", help="The column with the texts; else it is found by content.")
    ] = None,
    name: Title = None,
    at: At = None,
    hours: HoursOfDay = None,
    marketing: Marketing = False,
    ignore_blocklist: IgnoreBlocklist = False,
    leave_out_recent: LeaveOutRecent = False,
    leave_out_waiting: LeaveOutWaiting = False,
    check: Check = False,
    patience: Patience = 30.0,
    timeout: Timeout = None,
) -> int:
    """Send a text of its own to each number, as it stands in the file: no signature is put in front."""
    with opened(call, timeout) as desk, stopping() as stop, Progress(call.out, work_step) as tell:
        through = desk.account(account)
        if not check:
            ready(desk, through.id)
        found = point_to_point.read(
            file, stop, tell, sheet=sheet, column=column, content_column=content_column, abroad=through.abroad
        )
        if found.repeated:
            call.out.say(_REPEATED.fill(n=found.repeated))
        order = Order(
            account=through,
            name=name or _name_of([file]),
            text="",
            source=_plain(file.name),
            recipients=(),
            ignore_blocklist=ignore_blocklist,
            not_since=now() - repeating.RECENT if leave_out_recent else None,
            not_until=now() + repeating.RECENT if leave_out_waiting else None,
            start_at=_start(at),
            hours=_hours(hours, marketing=marketing),
        )
        if check:
            return show_checked(call, checking.check(desk, order, Kind.P2P, found.lines, _rules(call)))
        campaign_id = planning.plan_lines(desk, order, found.lines, stop, tell)
        return carry_out(call, desk, campaign_id, stop, tell, patience)


_REPEATED = Words(
    "{n} 行与前面的号码和内容完全相同，只发送一次。",
    "{n} lines repeat a number and text that stand above; each is sent once.",
)


def _rules(call: Call) -> Rules:
    """What the person at the window wants to be asked about."""
    kept = settings.load(call.data_dir)
    return Rules(kept.sensitive, kept.opt_out_ending)


def _start(at: str | None) -> datetime | None:
    if at is None:
        return None
    start = moment_of(at)
    if start < now():
        raise InputProblem(Words("开始时间“{at}”已经过去。", "The time '{at}' has passed.").fill(at=at))
    return start


def _hours(given: str | None, *, marketing: bool) -> Hours | None:
    if given is not None:
        return Hours.parse(given)
    return MARKETING if marketing else None


def _name_of(files: Sequence[Path]) -> str:
    moment: datetime = in_china(now())
    return f"{_plain(files[0].stem) if files else 'smsdeskctl'} {moment:%m-%d %H:%M}"


def _plain(name: str) -> str:
    """A file's name without what cannot be stored: a name may hold any bytes."""
    return name.encode("utf-8", "replace").decode()


# -- recipients --------------------------------------------------------------------------------------------


def _recipients(
    desk: Desk, source: _Source, account: Account, out: Output, stop: Event, tell: Tell
) -> tuple[Sequence[Recipient], Sequence[Recipient]]:
    """Whom to send to, and what further rows say of them."""
    lists = [_group(desk, name) for name in source.groups]
    without = [importing.read_table(file, stop=stop, tell=tell) for file in source.without]
    without += [_group(desk, name) for name in source.without_groups]
    if source.numbers:
        numbers = numbers_of(source.numbers, abroad=account.abroad)
        lists = [Table.listed("--to", ["手机号"], ([number] for number in numbers))]
    found = read(source.files, source.how, stop, tell, abroad=account.abroad, lists=lists, without=without)
    for part in found.parts:
        if part.invalid or part.duplicates:
            out.say(_LEFT_OUT.fill(file=part.path.name, invalid=part.invalid, duplicates=part.duplicates))
        if part.hidden and not part.skipped:
            out.say(_HIDDEN.fill(file=part.path.name, n=part.hidden))
    for left_out in found.left_out:
        out.say(_WITHOUT.fill(name=left_out.name, column=left_out.column, n=left_out.numbers))
        if left_out.unreadable:
            out.say(_UNREADABLE.fill(name=left_out.name, n=left_out.unreadable))
    return found.recipients, found.repeats


def _group(desk: Desk, name: str) -> Table:
    group = people.group_named(desk, name)
    return people.as_table(desk, group, group.name)


_WITHOUT = Words(
    "{name}：剔除“{column}”列的 {n} 个号码。", "{name}: the {n} numbers of the column “{column}” are left out."
)
_UNREADABLE = Words(
    "{name}：有 {n} 行读不出号码，无法剔除。",
    "{name}: {n} rows have no number that could be read, and leave nobody out.",
)
_LEFT_OUT = Words(
    "{file}：{invalid} 行号码无效、{duplicates} 行重复，未发送。用 smsdeskctl recipients 查看。",
    "{file}: {invalid} invalid and {duplicates} duplicate rows are left out. See smsdeskctl recipients.",
)
_HIDDEN = Words(
    "{file}：{n} 行在表格中被隐藏或筛选掉，也会发送；不需要请加 --visible-only。",
    "{file}: {n} rows that are hidden or filtered out in the spreadsheet are sent to, too; --visible-only leaves them "
    "out.",
)
