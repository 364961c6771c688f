"""A gateway account: where it is, who we are there, and how it likes to be spoken to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qsl, urlsplit

from smsdesk.domain.errors import InputProblem
from smsdesk.domain.words import Words

MOST_NUMBERS = 500
"""The most numbers that one request may carry (gateway.md, §1)."""

MOST_CONNECTIONS = 16

_MOST_LI = 10**12
"""The largest limit, in li: a thousand million yuan."""


class Secret:
    """A password. It shows itself to nobody but the caller of :meth:`reveal`."""

    __slots__ = ("_value",)

    def __init__(self, value: str):
        self._value = value

    def reveal(self) -> str:
        """The password itself, for the request body and the keyring only."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(…)"

    def __bool__(self) -> bool:
        return bool(self._value)

    def __reduce__(self) -> str:
        raise TypeError("a Secret is not pickled")


class PasswordForm(StrEnum):
    """How the password goes out (later edition of the gateway's document)."""

    PLAIN = "plain"
    MD5 = "md5"


class Separator(StrEnum):
    """What stands between number and content in a p2p line (§2)."""

    HASH = "hash"
    TAB = "tab"

    @property
    def character(self) -> str:
        """The character itself."""
        return "#" if self is Separator.HASH else "\t"


class LineEnd(StrEnum):
    """What ends a p2p line (§2)."""

    LF = "lf"
    CR = "cr"
    CRLF = "crlf"

    @property
    def characters(self) -> str:
        """The characters themselves."""
        return {"lf": "\n", "cr": "\r", "crlf": "\r\n"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One gateway account. The password is not here: it lives in the keyring, under `key`."""

    id: int = 0
    """Its id in the store; 0 before it is stored."""
    key: str = ""
    """A random name that ties it to its password in the keyring."""
    name: str
    """What people call it, unique in the store."""
    url: str
    """The whole address, with its path: `http://host:port/sms`."""
    login: str
    """The parameter `account` of the gateway."""
    extno: str
    """The access number, `106…`."""
    signature: str = ""
    """`【…】`, or empty where the gateway adds it."""
    batch: int = 200
    """Numbers a request, 1 to 500; lowered for good when the gateway answers 102."""
    connections: int = 2
    """Requests at once."""
    rate: int = 0
    """Messages a second at most; 0 for no limit."""
    price_li: int = 0
    """Price of a segment in li; 0 where it is not known."""
    separator: Separator = Separator.HASH
    line_end: LineEnd = LineEnd.LF
    password_form: PasswordForm = PasswordForm.PLAIN
    abroad: bool = False
    """Whether it may send to numbers from abroad: most gateways take mainland numbers only."""
    gsm7: bool = False
    """Whether text that is all of GSM 03.38 counts 160/153 a segment: most gateways count 70/67 whatever the text."""
    warn_below_li: int | None = None
    """The balance in li below which people are warned; negative on a postpaid account that may owe. None: never."""
    pause_below: bool = False
    """Whether campaigns pause below it, too."""

    @property
    def is_plain_http(self) -> bool:
        """Whether password and numbers cross the network readable to whoever is between."""
        return urlsplit(self.url).scheme.lower() == "http"

    def is_low(self, balance_li: int) -> bool:
        """Whether a balance is below the limit that a person has set."""
        return self.warn_below_li is not None and balance_li < self.warn_below_li


def normal_signature(text: str) -> str:
    """A signature in its one form `【…】`; brackets are added where they were left out."""
    text = text.strip()
    if not text:
        return ""
    if text[0] in "【[" and text[-1] in "】]":
        text = text[1:-1].strip()
    return f"【{text}】"


def check(account: Account) -> None:
    """Raise an :class:`InputProblem` that names the first thing wrong with `account`."""
    _first(
        _name(account),
        url_problem(account.url),
        _login(account.login),
        _extno(account.extno),
        _signature(account.signature),
    )
    _between("batch", account.batch, 1, MOST_NUMBERS)
    _between("connections", account.connections, 1, MOST_CONNECTIONS)
    _between("rate", account.rate, 0, 100_000)
    _between("price", account.price_li, 0, 1_000_000)
    _limit(account)


def check_access(account: Account) -> None:
    """As :func:`check`, of what a request for the balance needs: the address and the login."""
    _first(url_problem(account.url), _login(account.login))


def _first(*problems: Words | None) -> None:
    for problem in problems:
        if problem:
            raise InputProblem(problem)


def _name(account: Account) -> Words | None:
    if not account.name.strip():
        return Words("请给账号起个名称。", "Give the account a name.")
    return None


def url_problem(url: str) -> Words | None:
    """What is wrong with a gateway's address, if anything."""
    if "://" not in url:
        return Words(
            "网关地址要以 http:// 或 https:// 开头，例如 http://sms.example.com:8080/sms。",
            "The gateway's address begins with http:// or https://, for example http://sms.example.com:8080/sms.",
        )
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
        (host or "").encode("idna")  # sms..example.com is no name
    except ValueError:
        host, parts = None, None
    if parts is None or parts.scheme.lower() not in {"http", "https"} or not host or re.search(r"\s", url):
        return Words(
            "网关地址不正确。请填写完整地址，例如 http://sms.example.com:8080/sms。",
            "The gateway's address is not right. Enter it whole, for example http://sms.example.com:8080/sms.",
        )
    secret = {"account", "password"} & {name.lower() for name, _ in parse_qsl(parts.query)}
    if "@" in parts.netloc or secret:
        return Words(
            "网关地址里不能带账号或密码，请填到各自的输入框里。",
            "The address must not hold an account or a password: enter them in their own fields.",
        )
    return None


def _login(login: str) -> Words | None:
    return None if login.strip() else Words("请填写网关账号。", "Enter the gateway account.")


def _extno(extno: str) -> Words | None:
    if not re.fullmatch(r"\d{2,21}", extno):
        return Words(
            "接入号应为数字，例如 10690000；管理员在账号概要里可以查到。",
            "The access number is digits, for example 10690000; the administrator finds it in the account's summary.",
        )
    return None


def _signature(signature: str) -> Words | None:
    if signature and not re.fullmatch(r"【[^【】\[\]\s][^【】\[\]\r\n]{0,29}】", signature):
        return Words(
            "签名应写成【公司名】，括号内 1 到 30 个字，不能再含括号。",
            "Write the signature as 【Company】, 1 to 30 characters, without further brackets.",
        )
    return None


def _limit(account: Account) -> None:
    if account.warn_below_li is not None:
        _between("limit", account.warn_below_li, -_MOST_LI, _MOST_LI)
    elif account.pause_below:
        raise InputProblem(
            Words(
                "要在余额过低时暂停任务，请先设置余额提醒线。",
                "For campaigns to pause when the balance is low, set the limit first.",
            )
        )


_NAMES = {
    "batch": Words("每次提交号码数", "Numbers a request"),
    "connections": Words("同时连接数", "Requests at once"),
    "rate": Words("每秒条数", "Messages a second"),
    "price": Words("单价（厘/条）", "Price a segment (li)"),
    "limit": Words("余额提醒线（厘）", "Balance limit (li)"),
}


def _between(what: str, value: int, low: int, high: int) -> None:
    if not low <= value <= high:
        raise InputProblem(
            Words(
                "“{what}”应在 {low} 到 {high} 之间，现在是 {value}。",
                "'{what}' must be from {low} to {high}; it is {value}.",
            ).fill(what=_NAMES[what], low=low, high=high, value=value)
        )
