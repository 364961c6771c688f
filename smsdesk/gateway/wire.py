"""Form fields out, answers in: pure functions, no I/O. Sections are those of the gateway's document.

The document does not say how a number from abroad is written. It goes out as digits with 00 in front (`0085261234567`),
as Chinese gateways have it: a `+` is lost where a form is decoded carelessly, and the bare digits of an American number
are those of a mainland one. What comes in is understood in each of the spellings in use, see :func:`normal_mobile`.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

import orjson

from smsdesk.domain.account import Account, PasswordForm, Secret
from smsdesk.domain.chinatime import from_gateway
from smsdesk.domain.inbox import Balance, ChargeType, DayFigures, Receipt, Reply, Report, Submitted
from smsdesk.domain.mobile import clean
from smsdesk.domain.words import Words
from smsdesk.gateway import codes
from smsdesk.gateway.errors import AnswerLost, Refused

T = TypeVar("T", bound=Report | Reply)


class Items(list[T]):
    """What could be read of an answer. `problem` says what could not, where something could not."""

    problem: Words | None = None


_LONGEST = 200
"""Characters of a mid, number or STAT; a longer one is none, and would fit into no index."""

_USUAL_LENGTH = 11
"""Digits of a mainland mobile number."""

Json = Any
"""Parsed JSON of unknown shape: nothing is taken for granted of what a gateway sends."""

REPORT_SIZES = (10, 10_000)
MO_SIZES = (10, 1_000)


class Form(dict[str, str]):
    """The fields of a request. It shows their names only: the password is among them."""

    def __repr__(self) -> str:
        return f"Form({', '.join(self)})"


# -- out ---------------------------------------------------------------------------------------------------


def send_fields(account: Account, password: Secret, mobiles: Sequence[str], content: str) -> Form:
    """The form of `send` (§1): one text to at most 500 numbers."""
    mobile = _dialled(",".join(mobiles))
    hashed = account.extno + content + mobile
    return _fields(account, password, "send", hashed, mobile=mobile, content=content, extno=account.extno)


def p2p_fields(account: Account, password: Secret, lines: Iterable[tuple[str, str]]) -> Form:
    """The form of `p2p` (§2): (mobile, content) pairs, one line each; no content may hold a line break."""
    separator, end = account.separator.character, account.line_end.characters
    body = "".join(f"{_dialled(mobile)}{separator}{content}{end}" for mobile, content in lines)
    hashed = account.extno + re.sub(r"[\r\n]", "", body)
    return _fields(account, password, "p2p", hashed, mobileContentList=body, extno=account.extno)


def balance_fields(account: Account, password: Secret) -> Form:
    """The form of `balance` (§3)."""
    return _fields(account, password, "balance", "")


def report_fields(account: Account, password: Secret, size: int) -> Form:
    """The form of `report` (§4): at most `size` items (10 to 10,000; a first-edition gateway ignores it)."""
    return _fields(account, password, "report", "", size=str(_within(size, REPORT_SIZES)))


def mo_fields(account: Account, password: Secret, size: int) -> Form:
    """The form of `mo` (§5): at most `size` items (10 to 1,000; a first-edition gateway ignores it)."""
    return _fields(account, password, "mo", "", size=str(_within(size, MO_SIZES)))


def statis_fields(account: Account, password: Secret, first: date, last: date) -> Form:
    """The form of `statis` (later edition): days from `first` to `last`, 31 at most."""
    return _fields(account, password, "statis", "", beginTime=first.strftime("%Y%m%d"), endTime=last.strftime("%Y%m%d"))


def _fields(account: Account, password: Secret, action: str, hashed: str, **more: str) -> Form:
    if account.password_form is PasswordForm.MD5:
        # Neither edition states case or encoding: lower-case hex over the plain UTF-8 text.
        shown = hashlib.md5((password.reveal() + hashed).encode(), usedforsecurity=False).hexdigest()
    else:
        shown = password.reveal()
    return Form(action=action, account=account.login, password=shown, rt="json", **more)


def _dialled(mobiles: str) -> str:
    return mobiles.replace("+", "00")


def _within(size: int, limits: tuple[int, int]) -> int:
    return min(max(size, limits[0]), limits[1])


# -- in ----------------------------------------------------------------------------------------------------


def decode_submitted(body: bytes, sent: Collection[str] = ()) -> Submitted:
    """The answer of `send` and `p2p`; `sent` are the numbers of the request.

    Raises:
        Refused: status ≠ 0; nothing was sent.
        AnswerLost: not such an answer; nothing is known. A receipt that cannot be read is left out, and so
            its number stays unknown, without touching the others.
    """
    answer = _answer(body)
    items = _items(answer)
    try:  # as every gateway writes it, and 200 times an answer
        receipts = [Receipt(item["mobile"], item["mid"].strip().upper(), item["result"]) for item in items]
    except (TypeError, KeyError, AttributeError):
        receipts = []
    if len(receipts) != len(items) or not all(map(_is_usual, receipts)):
        receipts = list(filter(None, map(_receipt, items)))
    if american := {one[1:]: one for one in sent if one.startswith("+1") and one[1:] not in sent}:
        receipts = [one._replace(mobile=american.get(one.mobile, one.mobile)) for one in receipts]
    return Submitted(_int(answer.get("balance")), tuple(receipts))


def _is_usual(receipt: Receipt) -> bool:
    mobile, mid, result = receipt  # half an emoji or a zero byte in the mid is not printable
    return (
        result == 0
        and type(result) is int
        and type(mobile) is str
        and len(mobile) == _USUAL_LENGTH
        and "13" <= mobile < "2"
        and mid.isprintable()
    )


def decode_balance(body: bytes) -> Balance:
    """The answer of `balance`.

    Raises:
        Refused: status ≠ 0.
        AnswerLost: not such an answer.
    """
    answer = _answer(body)
    balance = _int(answer.get("balance"))
    if balance is None:
        raise AnswerLost(_NO_ANSWER, body)
    kind = str(answer.get("chargeType") or "").strip().upper()
    return Balance(balance, ChargeType(kind) if kind in ChargeType.__members__ else None)


def decode_reports(body: bytes) -> Items[Report]:
    """The items of a `report` answer (§4). Raises as :func:`decode_balance`; a bare array is taken, too.

    Of an answer that was cut short or is damaged, the items that are whole are taken.
    """
    return _each(body, report_of)


def decode_replies(body: bytes) -> Items[Reply]:
    """The items of an `mo` answer (§5): replies, whatever their `flag`."""
    return _each(body, reply_of)


def decode_statis(body: bytes) -> list[DayFigures]:
    """The items of a `statis` answer. Raises as :func:`decode_balance`."""
    return [figures for figures in map(_figures, _items(_answer(body))) if figures]


def report_of(item: Mapping[str, Json]) -> Report:
    """One status report out of an item of §4."""
    mid, mobile, stat, access_code, time = _texts(item, ("mid", "mobile", "stat", "accessCode", "time"))
    return Report(mid.upper(), normal_mobile(mobile), stat, codes.delivery(stat), access_code, from_gateway(time))


def reply_of(item: Mapping[str, Json]) -> Reply:
    """One reply out of an item of §5; a sample in the document has its text in `stat`."""
    content = item.get("content")
    return Reply(
        mid=_text(item, "mid").upper(),
        mobile=normal_mobile(_text(item, "mobile")),
        content=_storable(str(content if content is not None else item.get("stat") or "")),
        access_code=_text(item, "accessCode"),
        received_at=_time(item),
    )


def normal_mobile(mobile: str) -> str:
    """A number that the gateway names, as the store has it: eleven digits, or E.164 for one from abroad.

    `86…`, `+86…` and `0086…` are mainland numbers; `+852…`, `00852…` and `852…` are one number abroad. Eleven digits
    from 13 to 19 are taken for a mainland number even where they may be `+1…`, which only what was sent can tell. What
    is no such number, an access code for example, is left as it is.
    """
    if len(mobile) == _USUAL_LENGTH and "13" <= mobile < "2" and mobile.isdecimal():
        return mobile
    mobile = _BETWEEN.sub("", unicodedata.normalize("NFKC", mobile))
    if _USUAL.fullmatch(mobile):
        return mobile
    if bare := _MAINLAND.fullmatch(mobile):
        return bare[1]
    if spelled := _ABROAD.fullmatch(mobile):
        return f"+{spelled[1]}"
    found = clean(f"+{mobile}", abroad=True) if _MAYBE_ABROAD.fullmatch(mobile) else ()
    return found[0] if isinstance(found, tuple) and found else mobile


_BETWEEN = re.compile(r"[\s()-]+")
_USUAL = re.compile("1[3-9][0-9]{9}")
_MAINLAND = re.compile(r"\+?(?:00)?86(1[0-9]{10})")
_ABROAD = re.compile(r"(?:\+(?:00)?|00)([1-9][0-9]{6,16})")
_MAYBE_ABROAD = re.compile(r"[1-9][0-9]{6,16}")


_NO_ANSWER = Words(
    "网关的应答看不懂，不是约定的 JSON 格式；请求是否受理不能确定。请检查网关地址是否完整。",
    "The gateway's answer cannot be read: it is not the JSON that was agreed. Whether the request was taken is not "
    "certain. Check that its address is complete.",
)


_LONG_NUMBER = re.compile(rb":\s*-?\d{19}")
"""An integer, such as a mid, of which orjson would make a float."""


def load(body: bytes) -> Json:
    """JSON out of an answer, whatever its content type says.

    Raises:
        AnswerLost: it is none.
    """
    if not _LONG_NUMBER.search(body):
        try:
            return orjson.loads(body)
        except ValueError:
            pass  # the slower one forgives more
    try:
        # A reply that was cut inside a character, or holds a bare line break, must not cost the others.
        return json.loads(body.decode("utf-8-sig", "replace"), strict=False)
    except (ValueError, RecursionError):
        pass
    raise AnswerLost(_NO_ANSWER, body)


def _answer(body: bytes) -> dict[str, Json]:
    answer = load(body)
    status = _int(answer.get("status")) if isinstance(answer, dict) else None
    if status is None:
        raise AnswerLost(_NO_ANSWER, body)
    if status != 0:
        raise Refused(status)
    return dict(answer)


def _each(body: bytes, make: Callable[[Mapping[str, Json]], T]) -> Items[T]:
    try:
        answer = load(body)
    except AnswerLost:
        return salvaged(body, make)
    items = handed_out(answer, body)
    if not items and not isinstance(answer, list):
        _answer(body)
    return readable(items, make, body)


def handed_out(answer: Json, body: bytes) -> list[Json]:
    """The items of an answer of `report`, `mo` or a push, parsed from `body`.

    Items are handed out once, so they count more than the status beside them, and are taken from wherever they
    stand: a gateway may call its list otherwise, or put it in as a text of JSON.

    Raises:
        AnswerLost: it has a list of something else.
    """
    if isinstance(answer, list):
        return answer
    listed = answer.get("list") if isinstance(answer, dict) else None
    if isinstance(listed, list) and listed:
        return listed
    if found := list(_named(answer)):
        return found
    if listed and listed != "[]":
        raise AnswerLost(_NO_ANSWER, body)
    return []


def _named(value: Json, depth: int = 4) -> Iterator[Json]:
    """The objects within `value` that name a number or a message."""
    if isinstance(value, str) and value.lstrip().startswith(("[", "{")):
        value = _loaded(value)
    if isinstance(value, dict) and not value.keys().isdisjoint(_ITEM_NAMES):
        yield value
    elif depth and isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _named(inner, depth - 1)


_ITEM_NAMES = frozenset(("mobile", "mid"))


def may_hold_items(body: bytes | bytearray) -> bool:
    """Whether there may be items in a body that is no proper answer, so that it must be kept."""
    return any(f'"{name}'.encode() in body for name in _ITEM_NAMES)


def readable(items: list[Json], make: Callable[[Mapping[str, Json]], T], body: bytes) -> Items[T]:
    """What `make` makes of those `items` that name a number or a message: one that cannot be read costs no other.

    Raises:
        AnswerLost: there are items, and none can be read; `body`, which held them, goes with it.
    """
    found = Items(filter(None, (_made(item, make) for item in items)))
    if items and not found:
        raise AnswerLost(_NO_ANSWER, body)
    if len(found) < len(items):
        found.problem = _UNREAD.fill(n=len(items) - len(found), all=len(items))
    return found


def salvaged(body: bytes, make: Callable[[Mapping[str, Json]], T]) -> Items[T]:
    """The whole items of a body that is no JSON as a whole: it was cut short, or one of its items is damaged.

    Raises:
        AnswerLost: there are none.
    """
    items = (_loaded(found[0]) for found in _FLAT_OBJECT.finditer(body.decode("utf-8-sig", "replace")))
    found = Items(filter(None, (_made(item, make) for item in items)))
    if not found:
        raise AnswerLost(_NO_ANSWER, body)
    found.problem = _DAMAGED.fill(n=len(found))
    return found


_FLAT_OBJECT = re.compile(r'\{(?:[^{}"]|"(?:[^"\\]|\\.)*+")*+\}', re.DOTALL)
"""An item: an object with none inside; a text in it may hold braces."""


def _loaded(text: str) -> Json:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _made(item: Json, make: Callable[[Mapping[str, Json]], T]) -> T | None:
    """The item, or None where it cannot be read, for whatever reason."""
    if not isinstance(item, dict):
        return None
    try:
        made = make(item)
    except Exception:  # noqa: BLE001 - nobody knows what a gateway may send; the other items must come in
        return None
    stat = made.stat if isinstance(made, Report) else ""
    is_one = (made.mobile or made.mid) and max(len(made.mobile), len(made.mid), len(stat)) <= _LONGEST
    return made if is_one else None


_UNREAD = Words(
    "{all} 条中有 {n} 条无法读取，其余已入库。原文保留在这里，可发给网关管理员查看。",
    "{n} of {all} items could not be read; the others have come in. The answer is kept here as it came: "
    "show it to the gateway's administrator.",
)
_DAMAGED = Words(
    "应答不完整或已损坏，其中完整的 {n} 条已入库。原文保留在这里，可发给网关管理员查看。",
    "The answer was cut short or is damaged; the items that are whole ({n}) have come in. It is kept here as it came: "
    "show it to the gateway's administrator.",
)


def _items(answer: Mapping[str, Json]) -> list[Json]:
    """What an answer lists; null and no list at all are an empty one, and one object stands for itself."""
    items = answer.get("list")
    if isinstance(items, dict):
        return [items]
    return items if isinstance(items, list) else []


def _receipt(item: Json) -> Receipt | None:
    if not isinstance(item, dict):
        return None
    result = _int(item.get("result"))
    if result is None or not -(2**31) <= result < 2**31:
        return None
    return Receipt(normal_mobile(_text(item, "mobile")), _text(item, "mid").upper(), result)


def _figures(item: Json) -> DayFigures | None:
    # `statisTIme` is how the document spells it.
    fields = {str(k).lower(): v for k, v in item.items()} if isinstance(item, dict) else {}
    day = re.sub(r"\D", "", str(fields.get("statistime", "")))[:8]
    try:
        when = datetime.strptime(day, "%Y%m%d").date()  # noqa: DTZ007 - a day, not a moment
    except ValueError:
        return None
    total, success, unknown, fail = (_int(fields.get(k)) or 0 for k in ("total", "success", "unknown", "fail"))
    return DayFigures(when, total, success, unknown, fail, _percent(fields.get("successrate")))


def _percent(value: Json) -> float:
    """`99.5`, `"99.5"` and `"99.5%"`; 0 for what is no number from 0 to 100."""
    try:
        percent = float(str(value).strip().removesuffix("%"))
    except ValueError:
        return 0.0
    return percent if 0 <= percent <= 100 else 0.0


def _int(value: Json) -> int | None:
    """`0`, `"0"` and `" 0 "` alike; None for what is no whole number, or none that the store can keep."""
    if isinstance(value, bool) or (isinstance(value, float) and not value.is_integer()):
        return None
    try:
        number = int(value)
    except (TypeError, ValueError):
        return None
    return number if -(2**63) <= number < 2**63 else None


def _texts(item: Mapping[str, Json], names: Iterable[str]) -> list[str]:
    values: list[Any] = [item.get(name) for name in names]
    try:
        whole = "".join(values)
    except TypeError:  # one is no text
        whole = "\0"
    if whole.isascii() and whole.isprintable():  # nearly always, and for a thousand items an answer
        return [value.strip() for value in values]
    return ["" if value is None else _storable(str(value)).strip() for value in values]


def _text(item: Mapping[str, Json], name: str) -> str:
    return _texts(item, (name,))[0]


def _storable(text: str) -> str:
    """`text` as both databases take it: JSON can write half an emoji, and a zero byte."""
    return re.sub("[\0\ud800-\udfff]", "\ufffd", text)


def _time(item: Mapping[str, Json]) -> datetime | None:
    return from_gateway(_text(item, "time"))
