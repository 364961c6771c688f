"""A client for the tests: http.client over a real socket, one connection a request, no code of the product."""

from __future__ import annotations

import json
from http.client import HTTPConnection
from typing import Any, NamedTuple
from urllib.parse import urlencode

from smsdesk.simulator.model import ALL_DELIVERED, Edition, Settings
from smsdesk.simulator.server import Practice

FORM = "application/x-www-form-urlencoded"


class Raw(NamedTuple):
    code: int
    content_type: str
    body: bytes


def quiet(edition: Edition = Edition.SECOND, **more: Any) -> Settings:
    """Everything is due at once, arrives, and nobody answers, whatever the number."""
    return Settings(edition, speed=0, rates=ALL_DELIVERED, specials=False, **more)


def numbers(count: int, first: int = 13800000000) -> list[str]:
    return [str(first + place) for place in range(count)]


def request(
    practice: Practice,
    method: str = "POST",
    path: str = "/sms",
    body: bytes | str = b"",
    headers: dict[str, str] | None = None,
    timeout: float = 5,
) -> Raw:
    connection = HTTPConnection("127.0.0.1", practice.port, timeout=timeout)
    try:
        connection.request(method, path, body, headers or {"Content-Type": FORM})
        answer = connection.getresponse()
        return Raw(answer.status, answer.headers.get("Content-Type", ""), answer.read())
    finally:
        connection.close()


def fields_of(practice: Practice, action: str, **more: str) -> dict[str, str]:
    known = {"action": action, "account": practice.account, "password": practice.password, "rt": "json"}
    return {**known, **more}


def ask(practice: Practice, action: str, **more: str) -> dict[str, Any]:
    raw = request(practice, body=urlencode(fields_of(practice, action, **more)))
    assert raw.code == 200
    answer = json.loads(raw.body)
    assert isinstance(answer, dict)
    return answer


def send(practice: Practice, mobiles: list[str], content: str = "您好", **more: str) -> dict[str, Any]:
    fields = {"mobile": ",".join(mobiles), "content": content, "extno": practice.extno}
    return ask(practice, "send", **{**fields, **more})


def p2p(practice: Practice, lines: str, **more: str) -> dict[str, Any]:
    return ask(practice, "p2p", **{"mobileContentList": lines, "extno": practice.extno, **more})


def control(practice: Practice, method: str, path: str, fields: object = None) -> tuple[int, Any]:
    body = json.dumps(fields) if fields is not None else ""
    raw = request(practice, method, f"/practice{path}", body, {"Content-Type": "application/json"})
    return raw.code, json.loads(raw.body)
