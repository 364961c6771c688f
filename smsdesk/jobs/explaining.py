"""What became of a message, in a plain sentence with what to do about it."""

from __future__ import annotations

from smsdesk.domain.message import Delivery, Skip, State
from smsdesk.domain.words import Words
from smsdesk.gateway import codes
from smsdesk.gateway.codes import Code
from smsdesk.store.pages import MessageRow

_STATE = {
    State.QUEUED: Words("待发送", "queued"),
    State.CLAIMED: Words("正在提交", "being submitted"),
    State.IN_DOUBT: Words(
        "存疑：请求已发出，但没有收到应答。不会自动重发；收到状态报告后会自动确认。",
        "in doubt: the request went out and its answer is not known. It is not sent again by itself; a status "
        "report settles it.",
    ),
}
_SKIP = {
    Skip.BLOCKLIST: Words("未发送：号码在黑名单中", "not sent: the number is on the blocklist"),
    Skip.CANCELLED: Words("未发送：任务已取消", "not sent: the campaign was cancelled"),
    Skip.RECENT: Words("未发送：此前不久已给该号码发过短信", "not sent: the number had a message shortly before"),
    Skip.WAITING: Words("未发送：该号码正在另外的任务中等待发送", "not sent: the number waited in another campaign"),
    Skip.SAME_TEXT: Words("未发送：已向该号码发过同样的内容", "not sent: the number had the same text before"),
}
_NO_REPORT = Words("网关已受理，等待状态报告", "taken by the gateway; no status report yet")


def of_message(row: MessageRow) -> Words:
    """What became of a message."""
    if row.skip is not None:
        return _SKIP[row.skip]
    if row.state is State.REJECTED:
        return _with_remedy(codes.result(row.result or 0))
    if row.state is not State.ACCEPTED:
        return _STATE[row.state]
    if row.delivery is Delivery.NONE:
        return _NO_REPORT
    return of_stat(row.stat or "")


def of_skip(skip: Skip) -> Words:
    """Why a message was not sent."""
    return _SKIP[skip]


def of_stat(stat: str) -> Words:
    """What a status report says."""
    return _with_remedy(codes.stat(stat))


def _with_remedy(code: Code) -> Words:
    if code.remedy is None:
        return code.meaning
    return Words(f"{code.meaning.zh}。{code.remedy.zh}", f"{code.meaning.en}. {code.remedy.en}")
