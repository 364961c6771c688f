"""How figures, money, times and states are written for people. Times are China time, as the gateway's are."""

from __future__ import annotations

import re
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from smsdesk.domain import money
from smsdesk.domain.campaign import CampaignState
from smsdesk.domain.chinatime import in_china
from smsdesk.domain.message import Delivery
from smsdesk.jobs.blocklist import Added


def number(n: int) -> str:
    """12,345."""
    return f"{n:,}"


def yuan(li: int) -> str:
    """Money in li as yuan: ¥1,234.56."""
    return money.yuan(li)


def day_and_minute(when: datetime | None) -> str:
    """05-01 13:45, where a column is narrow; or empty."""
    return f"{in_china(when):%m-%d %H:%M}" if when else ""


def duration(seconds: float) -> str:
    """42 s, 3 min, 2 h 05 min."""
    s = round(seconds)
    if s < 60:
        return fill(QCoreApplication.translate("Texts", "%1 s"), s)
    if s < 3600:
        return fill(QCoreApplication.translate("Texts", "%1 min"), -(-s // 60))
    hours, minutes = divmod(-(-s // 60), 60)
    return fill(QCoreApplication.translate("Texts", "%1 h %2 min"), hours, f"{minutes:02d}")


def campaign_state(state: CampaignState) -> str:
    """A campaign's state, as a sign and a word."""
    words = {
        CampaignState.DRAFT: QCoreApplication.translate("Texts", "Being prepared"),
        CampaignState.SCHEDULED: QCoreApplication.translate("Texts", "Waiting to start"),
        CampaignState.SENDING: QCoreApplication.translate("Texts", "Sending"),
        CampaignState.PAUSED: QCoreApplication.translate("Texts", "Paused"),
        CampaignState.DONE: QCoreApplication.translate("Texts", "Done"),
        CampaignState.CANCELLED: QCoreApplication.translate("Texts", "Cancelled"),
    }
    signs = {
        CampaignState.DRAFT: "…",
        CampaignState.SCHEDULED: "◷",
        CampaignState.SENDING: "▶",
        CampaignState.PAUSED: "❚❚",
        CampaignState.DONE: "✓",
        CampaignState.CANCELLED: "■",
    }
    return f"{signs[state]} {words[state]}"


def delivery(what: Delivery) -> str:
    """What a status report says, as a sign and a word."""
    match what:
        case Delivery.DELIVERED:
            return "✓ " + QCoreApplication.translate("Texts", "Delivered")
        case Delivery.FAILED:
            return "✗ " + QCoreApplication.translate("Texts", "Failed")
        case _:
            return "… " + QCoreApplication.translate("Texts", "Under way")


def tone(what: Delivery | CampaignState) -> str:
    """The colour that goes with a state: a name of `theme.Tokens`."""
    tones: dict[Delivery | CampaignState, str] = {
        Delivery.DELIVERED: "good",
        Delivery.FAILED: "bad",
        CampaignState.DONE: "good",
        CampaignState.PAUSED: "warn",
        CampaignState.SENDING: "accent",
    }
    return tones.get(what, "quiet")


def added(numbers: Added) -> str:
    """How many numbers were put on the blocklist."""
    line = QCoreApplication.translate("Texts", "%1 numbers are on the blocklist now.")
    if numbers.already:
        line = QCoreApplication.translate("Texts", "%1 numbers are on the blocklist now; %2 were already.")
    return fill(line, number(numbers.blocked), number(numbers.already))


def fill(text: str, *values: object) -> str:
    """`text` with %1, %2 … filled in one pass, so that a value may hold `%1` itself."""
    return re.sub(r"%([1-9])", lambda place: str(values[int(place[1]) - 1]), text)
