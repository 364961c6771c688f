"""Answers of the gateway that could not be read, for a person to see: look, try again, save, set aside."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from smsdesk.domain.errors import InputProblem
from smsdesk.domain.inbox import Came
from smsdesk.domain.words import Words
from smsdesk.jobs import receiving
from smsdesk.jobs.desk import Desk
from smsdesk.store import reports as report_rows
from smsdesk.store import unread
from smsdesk.store.unread import Unread as Unread

SHOWN = 200_000
"""Characters of an answer that are shown; the file has all."""

SOURCES = {
    receiving.REPORT: Words("状态报告（获取）", "status reports (fetched)"),
    receiving.MO: Words("回复（获取）", "replies (fetched)"),
    receiving.PUSH: Words("推送", "push"),
}
"""Where an answer came from, for people."""


def every(desk: Desk) -> list[Unread]:
    """Those that are not set aside, the last first."""
    with desk.database.read() as conn:
        return unread.every(conn)


def count(desk: Desk) -> int:
    """How many they are."""
    with desk.database.read() as conn:
        return unread.count(conn)


def text_of(desk: Desk, raw_id: int) -> str:
    """An answer as text, as far as it is some: what is no UTF-8 shows as \ufffd. At most `SHOWN` characters."""
    return body_of(desk, raw_id).decode("utf-8", "replace")[:SHOWN]


def body_of(desk: Desk, raw_id: int) -> bytes:
    """An answer as it came.

    Raises:
        InputProblem: there is none with this id.
    """
    with desk.database.read() as conn:
        body = unread.body_of(conn, raw_id)
    if body is None:
        raise InputProblem(Words("没有编号为 {id} 的应答。", "There is no answer {id}.").fill(id=raw_id))
    return body


def save(desk: Desk, raw_id: int, file: Path) -> int:
    """Write an answer to a file, byte for byte, for the gateway's support; returns its size.

    Raises:
        InputProblem: there is no such answer, or the file cannot be written.
    """
    body = body_of(desk, raw_id)
    try:
        file.write_bytes(body)
    except OSError as exc:
        raise InputProblem(
            Words("无法写入 {file}：{why}。", "{file} cannot be written: {why}.").fill(
                file=file, why=exc.strerror or exc
            )
        ) from exc
    return len(body)


def retry(desk: Desk, raw_ids: Sequence[int]) -> Came:
    """Parse answers anew, after an update of the program for example; what still cannot be read stays."""
    with desk.database.write() as conn:
        unread.wait_again(conn, raw_ids)
    return sum((receiving.take_in(desk, raw_id).came for raw_id in raw_ids), Came())


def set_aside(desk: Desk, raw_ids: Sequence[int]) -> None:
    """Show them no more. They stay in the store."""
    with desk.database.write() as conn:
        unread.set_aside(conn, raw_ids)


def not_ours(desk: Desk) -> int:
    """How many reports there are of messages that were not sent from here, as far as is known."""
    with desk.database.read() as conn:
        return report_rows.not_ours(conn)
