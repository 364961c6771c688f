"""The gateway's code tables ('Codes' and 'Beyond the document' in its document), with what to do about each.

Meanings are phrases without a full stop; remedies are whole sentences. An unknown code is shown as it came.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from smsdesk.domain.message import Delivery
from smsdesk.domain.words import Words


@dataclass(frozen=True, slots=True)
class Code:
    """One code: what it means and, where anything can be done, what."""

    code: str
    meaning: Words
    remedy: Words | None = None


class Handling(Enum):
    """What a refused request means for the campaign ('What is known after a failure')."""

    WAIT = auto()  # busy: wait and try again
    HALVE = auto()  # too many numbers: send half
    MEND = auto()  # the account must be mended first: pause
    RETRY = auto()  # try again a bounded number of times, then pause


_ASK = Words("请联系网关管理员。", "Ask the gateway's administrator.")
_SOFTWARE = Words(
    "请把“详情”发给网关技术支持。",
    "Send the details to the gateway's support.",
)

_STATUS: dict[int, tuple[str, str, Words | None]] = {
    0: ("成功", "success", None),
    1: ("消息包格式错误", "the request's format is wrong", _SOFTWARE),
    2: (
        "IP 鉴权错误",
        "this computer's IP address is not allowed",
        Words(
            "请让网关管理员把本机的公网 IP 加入白名单。",
            "Have the administrator allow this computer's public IP address.",
        ),
    ),
    3: (
        "账号或密码不正确",
        "the account or password is wrong",
        Words(
            "请重新填写账号和密码，注意大小写和空格；已添加的账号在“设置”里修改。",
            "Enter account and password again, minding capitals and blanks; an account that was added before is "
            "changed in the settings.",
        ),
    ),
    4: ("版本号错误", "the version is wrong", _ASK),
    5: (
        "其它错误",
        "another error",
        Words("请稍后再试；仍不行请联系网关管理员。", "Try again later; then ask the administrator."),
    ),
    6: (
        "接入点错误（例如账号开通的是 CMPP 接入）",
        "wrong kind of access (the account may be one for CMPP)",
        Words(
            "请让网关管理员把账号开通为 HTTP 接入。",
            "Have the administrator open the account for HTTP access.",
        ),
    ),
    7: (
        "账号状态异常（账号已停用）",
        "the account is disabled",
        Words("请联系网关管理员启用账号。", "Have the administrator enable the account."),
    ),
    8: ("号码不能为空", "there is no number", _SOFTWARE),
    9: ("内容不能为空", "there is no content", _SOFTWARE),
    12: ("号码不能为空", "there is no number", _SOFTWARE),
    20: ("内容不能为空", "there is no content", _SOFTWARE),
    21: (
        "连接过多",
        "too many connections",
        Words("程序会稍候自动重试。", "It is tried again after a pause."),
    ),
    30: ("时间范围错误", "the range of dates is wrong", None),
    31: ("请求过于频繁", "asked too often", Words("请过一段时间再查。", "Ask again after a while.")),
    100: (
        "系统内部错误（例如账号没有该运营商的可用通道）",
        "an internal error (for instance no route to that operator)",
        Words("请让网关管理员检查账号的通道。", "Have the administrator check the account's routes."),
    ),
    102: (
        "单次提交的号码数过多",
        "too many numbers in one request",
        Words("程序会自动减小批量。", "Smaller batches are sent."),
    ),
}

_HANDLING = {
    21: Handling.WAIT,
    31: Handling.WAIT,
    102: Handling.HALVE,
    2: Handling.MEND,
    3: Handling.MEND,
    4: Handling.MEND,
    6: Handling.MEND,
    7: Handling.MEND,
}

_RESULT: dict[int, tuple[str, str, Words | None]] = {
    0: ("已接收", "accepted", None),
    10: (
        "接入号（extno）错误",
        "the access number (extno) is wrong",
        Words(
            "请填写正确的接入号，管理员在账号概要里可以查到。",
            "Enter the right access number; the administrator finds it in the account's summary.",
        ),
    ),
    12: ("号码格式错误", "the number's format is wrong", Words("请核对号码。", "Check the number.")),
    15: (
        "余额不足",
        "the balance is too low",
        Words("请充值，或让管理员改为后付费。", "Have the account topped up, or switched to paying later."),
    ),
    17: (
        "签名无效",
        "the signature is not valid",
        Words(
            "请在内容里使用已报备的签名，或让管理员关闭签名校验。",
            "Use a registered signature, or have the administrator turn signature checking off.",
        ),
    ),
}

BLOCKING_RESULTS = frozenset({10, 15, 17})
"""Results that would meet all that follows as well: the campaign pauses at once (§10)."""

_CHECK_NUMBER = Words("请核对号码后再发。", "Check the number before sending again.")
_CONTENT = Words("请修改内容或报备模板后再发。", "Change the text, or have it registered, before sending again.")
_LEAVE_OUT = Words("请不要再给该号码发送。", "Do not send to this number again.")
_LATER = Words("可稍后再发。", "It can be sent again later.")

_STAT: dict[str, tuple[str, str, Words | None]] = {
    "DELIVRD": ("短信投递成功", "delivered", None),
    "ACCEPTD": ("运营商已接收，尚无最终结果", "taken by the carrier, no final word yet", None),
    "EXPIRED": (
        "超过有效期未送达（多为关机或无信号）",
        "expired before it could be delivered (phone off or out of reach)",
        _LATER,
    ),
    "DELETED": ("短信已被删除", "the message was deleted", None),
    "REJECTED": ("短信被拒绝", "the message was rejected", _ASK),
    "REJECTD": ("短信被拒绝", "the message was rejected", _ASK),
    "UNDELIV": ("无法投递（空号、停机等）", "undeliverable (number not in use, suspended …)", _CHECK_NUMBER),
    "UNKNOWN": ("结果未知", "the outcome is unknown", None),
    "MA:1": ("全局黑名单号码", "on the gateway's global blocklist", _LEAVE_OUT),
    "MA:2": ("内容非法", "the content is not allowed", _CONTENT),
    "MA:3": ("无法找到下级路由", "no route to the operator", _ASK),
    "MA:4": ("未知", "unknown", _ASK),
    "MA:5": ("目的号码格式错误", "the number's format is wrong", _CHECK_NUMBER),
    "MA:6": ("系统拒绝", "refused by the system", _ASK),
    "MA:9": ("未定义错误", "an undefined error", _ASK),
    "MA:11": ("未知系统内部错误", "an unknown internal error", _LATER),
    "MA:12": ("防钓鱼拦截", "stopped by the phishing filter", _CONTENT),
    "MA:13": ("非法错误的包时序", "packets in a wrong order", _LATER),
    "MA:14": ("非法的 OP_ISDN 号段", "a number range that is not valid", _CHECK_NUMBER),
    "MA:15": (
        "余额不足",
        "the balance is too low",
        Words("请充值后再发。", "Top up the account before sending again."),
    ),
    "MA:17": (
        "签名无效",
        "the signature is not valid",
        Words("请使用已报备的签名。", "Use a registered signature."),
    ),
    "MA:21": ("号码格式错误", "the number's format is wrong", _CHECK_NUMBER),
    "MA:22": ("号码超过半小时下发次数限制", "too many messages to this number in half an hour", _LATER),
    "MA:23": ("客户黑名单号码", "on the account's blocklist at the gateway", _LEAVE_OUT),
    "MA:24": ("内容未报备", "the content is not registered", _CONTENT),
    "MA:25": ("不支持该短信", "this kind of message is not supported", _ASK),
    "MA:26": ("分条发送，组包超时", "parts of a long message did not arrive in time", _LATER),
    "MA:27": ("通道黑名单", "on the route's blocklist", _LEAVE_OUT),
    "MA:28": ("全局黑名单号段", "a number range on the global blocklist", _LEAVE_OUT),
    "MA:29": ("通道黑名单号段", "a number range on the route's blocklist", _LEAVE_OUT),
    "MA:30": ("直接产生拒绝报告", "rejected at once", _ASK),
    "MA:33": ("地区拦截", "blocked for this region", _ASK),
    "MA:44": ("号段拦截", "blocked for this number range", _ASK),
    "MO:200": (
        "不支持分条短信",
        "long messages are not supported",
        Words("请把内容缩短到一条以内。", "Shorten the text to one segment."),
    ),
    "MO:254": ("转发提交超时", "forwarding timed out", _LATER),
    "MO:255": ("转发提交过程中连接断开", "the connection broke while forwarding", _LATER),
}

_FAMILY = re.compile(r"(MA|MO):?0*(\d+)")


def status(code: int) -> Code:
    """A STATUS, of a whole request."""
    return _look_up(_STATUS, code, Words("未知状态码 {code}", "unknown status {code}"))


def handling(status_code: int) -> Handling:
    """What a refusal with this STATUS means for the campaign."""
    return _HANDLING.get(status_code, Handling.RETRY)


def result(code: int) -> Code:
    """A RESULT, of one number inside an accepted request."""
    return _look_up(_RESULT, code, Words("未知结果码 {code}", "unknown result {code}"))


def stat(code: str) -> Code:
    """A STAT, of a status report, in any of its spellings (`MA:0001 `, `MA:00022`, `mo:0254`)."""
    found = _STAT.get(normal_stat(code))
    if found:
        return Code(code.strip(), Words(found[0], found[1]), found[2])
    if normal_stat(code).startswith("MO:"):
        meaning = Words(
            "上级网关返回的代码，含义需向其查询", "a code of the upstream gateway, which alone can explain it"
        )
        return Code(code.strip(), meaning, _ASK)
    return Code(code.strip(), Words("未知状态", "unknown code"), _ASK)


@lru_cache(maxsize=1024)
def delivery(code: str) -> Delivery:
    """What a STAT says of its message: delivered, under way (`ACCEPTD` is not final), or failed; a blank: nothing."""
    match normal_stat(code):
        case "":
            return Delivery.NONE
        case "DELIVRD":
            return Delivery.DELIVERED
        case "ACCEPTD":
            return Delivery.UNDERWAY
        case _:
            return Delivery.FAILED


def normal_stat(code: str) -> str:
    """A STAT in one spelling: no blanks, upper case, no zeros in front of the digits."""
    code = code.strip().upper()
    family = _FAMILY.fullmatch(code)
    return f"{family[1]}:{int(family[2])}" if family else code


def _look_up(table: dict[int, tuple[str, str, Words | None]], code: int, unknown: Words) -> Code:
    found = table.get(code)
    if found:
        return Code(str(code), Words(found[0], found[1]), found[2])
    return Code(str(code), unknown.fill(code=code), _ASK)
