"""`data info`, `backup`, `restore`, `old`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from smsdesk.ctl.call import Call, command, group
from smsdesk.ctl.opening import opened
from smsdesk.ctl.output import Output
from smsdesk.ctl.progress import Progress, Step
from smsdesk.ctl.shown import Json, iso
from smsdesk.ctl.stopping import stopping
from smsdesk.domain.chinatime import written
from smsdesk.domain.errors import InputProblem, StoreDamaged
from smsdesk.domain.old_data import Removal
from smsdesk.domain.words import Words
from smsdesk.jobs import keeping, old_data
from smsdesk.jobs.keeping import Contents, Copies, Copying
from smsdesk.jobs.old_data import Clearing, Old

File = Annotated[Path, typer.Argument(metavar="FILE", help="The backup.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    data = group("The data as a whole: a backup, restoring one, and what is old.")
    data.command("info")(info)
    data.command("backup")(backup)
    data.command("restore")(restore)
    data.command("old")(old)
    app.add_typer(data, name="data")


@command
def info(
    call: Call, file: Annotated[Path | None, typer.Argument(metavar="FILE", help="A backup to look into.")] = None
) -> int:
    """Where the data lie and how large they are; or what is in a backup."""
    if file is not None:
        with stopping() as stop:
            _show(call.out, keeping.look(file, stop), file)
        return 0
    with opened(call) as desk:
        store, size = desk.database.file, keeping.size(desk)
    if call.as_json:
        call.out.document({"file": str(store) if store else None, "bytes": size})
    elif store is None:
        call.out.line(Words("数据在 PostgreSQL 数据库中。", "The data are in a PostgreSQL database."))
    else:
        call.out.line(Words("{file}：{size} 字节", "{file}: {size} bytes").fill(file=store, size=f"{size:,}"))
    return 0


@command
def backup(call: Call, file: File) -> int:
    """Save the whole store to one file, while sending goes on. Passwords are not in it: they are in the keyring."""
    with opened(call) as desk, stopping() as stop, Progress(call.out, _step) as tell:
        found = keeping.backup(desk, file, stop, tell)
    _show(call.out, found, file)
    return 0


@command
def restore(call: Call, file: File) -> int:
    """Let a backup take the store's place, which is kept beside it. Nothing of it is sent by itself.

    Of a PostgreSQL database: into one that is empty.
    """
    warning: Words | None = None
    with stopping() as stop, Progress(call.out, _step) as tell:
        if call.database is None and _is_damaged(call):
            restored = keeping.restore_damaged(call.data_dir, file, stop, tell)
            found, warning = restored.contents, restored.warning
        else:
            with opened(call) as desk:
                found = keeping.restore(desk, file, stop, tell)
    if call.database is None:
        try:
            with opened(call):
                pass
        except BaseException:
            keeping.forget_pending(call.data_dir)  # another program uses the store: nothing was changed
            raise
    _show(call.out, found, file)
    if warning:
        call.out.say(warning)
    return 0


def _is_damaged(call: Call) -> bool:
    try:
        with opened(call):
            return False
    except StoreDamaged:
        return True


_CONTENTS = Words(
    "{file}：{size} 字节，{at} 备份，版本 {revision}；任务 {campaigns}，短信 {messages}，状态报告 {reports}，"
    "回复 {replies}，联系人 {people}，黑名单 {blocked}",
    "{file}: {size} bytes, made {at}, revision {revision}; {campaigns} campaigns, {messages} messages, "
    "{reports} reports, {replies} replies, {people} people, {blocked} on the blocklist",
)
_COPYING = Words("正在复制", "Copying")
_CLEARING = Words("正在清理", "Clearing")


def _show(out: Output, found: Contents, file: Path) -> None:
    counts: Json = {
        name: getattr(found, name) for name in ("campaigns", "messages", "reports", "replies", "people", "blocked")
    }
    if out.as_json:
        about = {"file": str(file), "bytes": found.size, "made_at": iso(found.made_at), "revision": found.revision}
        out.document({**about, **counts})
    else:
        at = written(found.made_at) or "?"
        out.line(_CONTENTS.fill(file=file, size=f"{found.size:,}", at=at, revision=found.revision, **counts))


def _step(news: object) -> Step | None:
    match news:
        case Copying(done, total):
            return Step(_COPYING, done, total)
        case Clearing(done, total):
            return Step(_CLEARING, done, total)
    return None


@command
def old(
    call: Call,
    days: Annotated[int, typer.Option("--days", metavar="N", min=1, help="Older than so many days.")],
    anonymise: Annotated[
        bool, typer.Option("--anonymise", help="Numbers, personal texts and ids go; the figures stay. (The default.)")
    ] = False,
    delete: Annotated[bool, typer.Option("--delete", help="All goes but the campaigns with their counts.")] = False,
    copies: Annotated[
        bool, typer.Option("--copies", help="With --yes: also delete the copies that updates and restores have left.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do it. Without it, only the counts are told.")] = False,
) -> int:
    """Count, or with --yes anonymise or delete, messages, reports, replies and raw answers that are old."""
    if anonymise and delete:
        raise InputProblem(Words("--anonymise 和 --delete 只能选一个。", "Give --anonymise or --delete, not both."))
    how = Removal.DELETE if delete else Removal.ANONYMISE
    with opened(call) as desk, stopping() as stop, Progress(call.out, _step) as tell:
        found = old_data.count(desk, days, how, stop)
        if yes:
            found = old_data.clear(desk, days, how, stop, tell, found.total)
        beside = keeping.delete_copies(desk) if yes and copies else keeping.copies(desk)
    _show_old(call.out, found, how, beside, is_done=yes, copies_gone=yes and copies)
    return 0


def _show_old(out: Output, found: Old, how: Removal, beside: Copies, *, is_done: bool, copies_gone: bool) -> None:
    names = ("campaigns", "messages", "reports", "replies", "answers")
    counts: Json = {name: getattr(found, name) for name in names}
    if out.as_json:
        out.document({"how": how.value, "done": is_done, **counts, "copies": beside.count})
        return
    out.line((_GONE if is_done else _WOULD_GO)[how].fill(**counts))
    if beside.files:
        out.line((_COPIES_GONE if copies_gone else _COPIES).fill(n=beside.count))


_COPIES = Words(
    "数据目录中还有 {n} 个升级或恢复前的副本，里面仍有旧数据；加上 --copies 可一并删除。",
    "{n} copies that updates and restores have left in the data folder still hold what is old; --copies deletes them.",
)
_COPIES_GONE = Words("已删除 {n} 个升级或恢复前的副本。", "{n} copies that updates and restores had left are deleted.")


_FIGURES = Words(
    "{campaigns} 个任务的短信 {messages} 条、状态报告 {reports} 条、回复 {replies} 条、原始应答 {answers} 个",
    "{messages} messages of {campaigns} campaigns, {reports} reports, {replies} replies, {answers} raw answers",
)
_GONE = {
    Removal.ANONYMISE: Words(f"已匿名化：{_FIGURES.zh}。", f"Anonymised: {_FIGURES.en}."),
    Removal.DELETE: Words(f"已删除：{_FIGURES.zh}。", f"Deleted: {_FIGURES.en}."),
}
_WOULD_GO = {
    Removal.ANONYMISE: Words(
        f"将匿名化：{_FIGURES.zh}。加上 --yes 才会执行，且不可恢复。",
        f"Would be anonymised: {_FIGURES.en}. Add --yes to do it, for good.",
    ),
    Removal.DELETE: Words(
        f"将删除：{_FIGURES.zh}。加上 --yes 才会执行，且不可恢复。",
        f"Would be deleted: {_FIGURES.en}. Add --yes to do it, for good.",
    ),
}
