"""The push format (§6): what the gateway POSTs to an address that the customer registered. Pure."""

from __future__ import annotations

from smsdesk.domain.inbox import Reply, Report
from smsdesk.gateway import wire


def decode_push(body: bytes) -> tuple[list[Report], list[Reply]]:
    """The reports (`flag` 1) and replies (`flag` 0) of a push.

    Taken are a bare array, one object, and `{"list": […]}`, whatever the content type. An item without a
    usable `flag` is told by what it carries.

    Raises:
        AnswerLost: the body is no JSON, or nothing in it can be read.
    """
    data = wire.load(body)
    if isinstance(data, dict) and isinstance(data.get("list"), list):
        data = data["list"]
    reports: list[Report] = []
    replies: list[Reply] = []
    for item in wire.readable(data if isinstance(data, list) else [data], body):
        if _is_reply(item):
            replies.append(wire.reply_of(item))
        else:
            reports.append(wire.report_of(item))
    return reports, replies


def _is_reply(item: dict[str, wire.Json]) -> bool:
    flag = str(item.get("flag", "")).strip()
    return flag == "0" or (flag != "1" and "content" in item)
