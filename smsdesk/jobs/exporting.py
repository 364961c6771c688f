"""Messages, reports and replies as a workbook or a CSV file, told by the file's ending."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from smsdesk.domain.chinatime import written
from smsdesk.domain.errors import InputProblem
from smsdesk.domain.message import State
from smsdesk.domain.words import Language, Words
from smsdesk.jobs import campaigns, explaining, inbox
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.inbox import Filter
from smsdesk.sheets.writer import write_csv, write_workbook

_MESSAGES = (
    Words("手机号", "Mobile"),
    Words("内容", "Content"),
    Words("条数", "Segments"),
    Words("状态", "State"),
    Words("说明", "Explanation"),
    Words("消息编号", "mid"),
    Words("提交结果", "Result"),
    Words("状态报告", "stat"),
    Words("提交时间", "Submitted at"),
    Words("报告时间", "Reported at"),
)
_REPORTS = (
    Words("手机号", "Mobile"),
    Words("状态报告", "stat"),
    Words("说明", "Explanation"),
    Words("报告时间", "Reported at"),
    Words("任务", "Campaign"),
    Words("消息编号", "mid"),
    Words("内容", "Content"),
)
_REPLIES = (
    Words("手机号", "Mobile"),
    Words("回复内容", "Reply"),
    Words("回复时间", "Received at"),
    Words("退订", "Opt-out"),
    Words("任务", "Campaign"),
    Words("接入号", "Access number"),
    Words("所回复的短信", "Answers"),
)
_YES = Words("是", "yes")

STATES = {
    State.QUEUED: Words("待发送", "queued"),
    State.CLAIMED: Words("待发送", "queued"),
    State.ACCEPTED: Words("已受理", "accepted"),
    State.REJECTED: Words("被退回", "rejected"),
    State.IN_DOUBT: Words("存疑", "in doubt"),
    State.SKIPPED: Words("未发送", "skipped"),
}
"""A message's state in a word or two."""


def save_messages(desk: Desk, campaign_id: int, path: Path, language: Language, state: State | None = None) -> int:
    """Every message of a campaign, or those in one state; returns how many.

    Raises:
        InputProblem: there is no such campaign, or the file cannot be written.
    """
    campaigns.get(desk, campaign_id)
    return save_rows(path, _MESSAGES, _message_rows(desk, campaign_id, language, state), language)


def save_reports(desk: Desk, only: Filter, path: Path, language: Language) -> int:
    """Status reports, the last to arrive first; returns how many. Raises as :func:`save_messages`."""
    return save_rows(path, _REPORTS, _report_rows(desk, only, language), language)


def save_replies(desk: Desk, only: Filter, path: Path, language: Language) -> int:
    """Replies, the last to arrive first; returns how many. Raises as :func:`save_messages`."""
    return save_rows(path, _REPLIES, _reply_rows(desk, only, language), language)


def _message_rows(desk: Desk, campaign_id: int, language: Language, state: State | None) -> Iterator[list[str]]:
    for row in campaigns.every_message(desk, campaign_id, state):
        yield [
            row.mobile,
            row.content,
            str(row.segments),
            STATES[row.state].text(language),
            explaining.of_message(row).text(language),
            row.mid or "",
            "" if row.result is None else str(row.result),
            row.stat or "",
            written(row.submitted_at),
            written(row.reported_at),
        ]


def _report_rows(desk: Desk, only: Filter, language: Language) -> Iterator[list[str]]:
    for row in inbox.every_report(desk, only):
        yield [
            row.mobile,
            row.stat,
            explaining.of_stat(row.stat).text(language),
            written(row.reported_at),
            row.campaign or "",
            row.mid,
            row.content or "",
        ]


def _reply_rows(desk: Desk, only: Filter, language: Language) -> Iterator[list[str]]:
    for row in inbox.every_reply(desk, only):
        yield [
            row.mobile,
            row.content,
            written(row.received_at),
            _YES.text(language) if row.opt_out else "",
            row.campaign or "",
            row.access_code,
            row.answers or "",
        ]


def save_rows(path: Path, header: Sequence[Words], rows: Iterable[Sequence[str]], language: Language) -> int:
    """A table as a workbook or a CSV file; returns how many rows. Raises as :func:`save_messages`."""
    names = [words.text(language) for words in header]
    match path.suffix.lower():
        case ".xlsx":
            return write_workbook(path, names, rows)
        case ".csv":
            return write_csv(path, names, rows)
    raise InputProblem(
        Words(
            "文件名应以 .xlsx 或 .csv 结尾，现在是“{file}”。",
            "The file's name must end in .xlsx or .csv; it is '{file}'.",
        ).fill(file=path.name)
    )
