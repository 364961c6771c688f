"""The push format (§6): what the gateway POSTs to an address that the customer registered. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from smsdesk.domain.inbox import Reply, Report
from smsdesk.gateway import wire
from smsdesk.gateway.errors import AnswerLost
from smsdesk.gateway.items import Items, Json, handed_out, load, readable, salvaged


def decode_push(body: bytes) -> tuple[Items[Report], Items[Reply]]:
    """The reports (`flag` 1) and replies (`flag` 0) of a push.

    Taken are a bare array, one object, and `{"list": […]}`, whatever the content type. An item without a
    usable `flag` is told by what it carries. What could not be read is told by the `problem` of the reports.

    Raises:
        AnswerLost: the body is no JSON, or nothing in it can be read.
    """
    items = _read(body)
    reports = Items[Report](one for one in items if isinstance(one, Report))
    replies = Items[Reply](one for one in items if isinstance(one, Reply))
    reports.problem = items.problem
    return reports, replies


def _read(body: bytes) -> Items[Report | Reply]:
    try:
        data = load(body)
    except AnswerLost:
        return salvaged(body, _item)
    is_list = isinstance(data, list) or (isinstance(data, dict) and "list" in data)
    return readable(handed_out(data, body) or ([] if is_list else [data]), _item, body)


def _item(item: Mapping[str, Json]) -> Report | Reply:
    flag = str(item.get("flag", "")).strip()
    is_reply = flag == "0" or (flag != "1" and "content" in item)
    return wire.reply_of(item) if is_reply else wire.report_of(item)
