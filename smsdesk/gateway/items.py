"""What a gateway hands out once, found in its answer whatever shape that has: nothing of it may be lost.

Pure. What an item says is read by `gateway.wire`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

import orjson

from smsdesk.domain.inbox import Reply, Report
from smsdesk.domain.words import Words
from smsdesk.gateway.errors import AnswerLost

Json = Any
"""Parsed JSON of unknown shape: nothing is taken for granted of what a gateway sends."""

T = TypeVar("T", bound=Report | Reply)


class Items(list[T]):
    """What could be read of an answer. `problem` says what could not, where something could not."""

    problem: Words | None = None


_LONGEST = 200
"""Characters of a mid, number or STAT; a longer one is none, and would fit into no index."""

NO_ANSWER = Words(
    "网关的应答看不懂，不是约定的 JSON 格式；请求是否受理不能确定。请检查网关地址是否完整。",
    "The gateway's answer cannot be read: it is not the JSON that was agreed. Whether the request was taken is not "
    "certain. Check that its address is complete.",
)
"""What is said of an answer that is none."""

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
    raise AnswerLost(NO_ANSWER, body)


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
        raise AnswerLost(NO_ANSWER, body)
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
        raise AnswerLost(NO_ANSWER, body)
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
        raise AnswerLost(NO_ANSWER, body)
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
