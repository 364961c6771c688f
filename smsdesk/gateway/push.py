"""The push format (§6): what the gateway POSTs to an address that the customer registered. Pure."""

from __future__ import annotations

from collections.abc import Mapping

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
    items = wire.readable(data if isinstance(data, list) else [data], _item, body)
    return [one for one in items if isinstance(one, Report)], [one for one in items if isinstance(one, Reply)]


def _item(item: Mapping[str, wire.Json]) -> Report | Reply:
    flag = str(item.get("flag", "")).strip()
    is_reply = flag == "0" or (flag != "1" and "content" in item)
    return wire.reply_of(item) if is_reply else wire.report_of(item)
