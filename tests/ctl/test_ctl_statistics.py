"""`campaign stats`."""

from __future__ import annotations

from ctl.calling import Ctl, numbers
from smsdesk.simulator.server import Practice


def test_a_campaigns_statistics_are_one_document_that_adds_up(ctl: Ctl, gateway: Practice) -> None:
    sent = ctl.json("send", "--account", "demo", "--to", ",".join(numbers(5)), "--text", "您好")
    ctl.json("pull", "demo")
    found = ctl.json("campaign", "stats", sent["id"])
    funnel = found["funnel"]
    kept = ("queued", "accepted", "rejected", "in_doubt", "skipped")
    assert funnel["total"] == sum(funnel[name] for name in kept) == 5
    assert funnel["accepted"] == sum(funnel[name] for name in ("delivered", "failed", "underway", "unreported")) == 5
    assert {name: funnel[name] for name in kept} == {
        name: ctl.json("campaign", "show", sent["id"])[name] for name in kept
    }
    assert sum(one["delivered"] for one in found["operators"]) == funnel["delivered"]
    assert [(one["name"], one["total"]) for one in found["provinces"]] == [("Beijing", 5)]
    assert found["over_time"][0]["at"].endswith("+08:00")
    assert set(found["delivery_times"]) == {"count", "median_s", "ninety_percent_s"}
    assert "5 people, 5 messages" in ctl("campaign", "stats", sent["id"]).out


def test_there_are_no_statistics_of_a_campaign_that_is_not_there(ctl: Ctl) -> None:
    assert ctl.json("campaign", "stats", 7, status=2)["error"]
