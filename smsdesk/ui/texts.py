"""How figures, money, times and states are written for people. Times are China time, as the gateway's are."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from smsdesk.domain import money
from smsdesk.domain.campaign import CampaignState
from smsdesk.domain.chinatime import in_china, now
from smsdesk.domain.message import Delivery, State, Status
from smsdesk.domain.words import Words

if TYPE_CHECKING:
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


def time_of_day(when: datetime | None) -> str:
    """13:45:07, or a dash."""
    return f"{in_china(when):%H:%M:%S}" if when else "–"


def duration(seconds: float) -> str:
    """42 s, 3 min, 2 h 05 min."""
    s = round(seconds)
    if s < 60:
        return fill(QCoreApplication.translate("Texts", "%1 s"), s)
    if s < 3600:
        return fill(QCoreApplication.translate("Texts", "%1 min"), -(-s // 60))
    hours, minutes = divmod(-(-s // 60), 60)
    return fill(QCoreApplication.translate("Texts", "%1 h %2 min"), hours, f"{minutes:02d}")


_CAMPAIGN_SIGNS = {
    CampaignState.DRAFT: "…",
    CampaignState.SCHEDULED: "◷",
    CampaignState.SENDING: "▶",
    CampaignState.PAUSED: "❚❚",
    CampaignState.DONE: "✓",
    CampaignState.CANCELLED: "■",
}
_SIGNS = {
    Status.WAITING: "◷",
    Status.NO_REPORT: "→",
    Status.UNDERWAY: "…",
    Status.DELIVERED: "✓",
    Status.FAILED: "✗",
    Status.REJECTED: "✗",
    Status.IN_DOUBT: "?",
    Status.SKIPPED: "○",
}


def campaign_state(state: CampaignState, say: Callable[[Words], str]) -> str:
    """A campaign's state, as a sign and a word."""
    return f"{_CAMPAIGN_SIGNS[state]} {capital(say(state.words))}"


def status(what: Status, say: Callable[[Words], str]) -> str:
    """What became of a message, as a sign and a word."""
    return f"{_SIGNS[what]} {capital(say(what.words))}"


def delivery(what: Delivery, say: Callable[[Words], str]) -> str:
    """What a status report says, as a sign and a word."""
    return status(Status.of(State.ACCEPTED, what), say)


def capital(line: str) -> str:
    """`line` as it stands at the beginning."""
    return line[:1].upper() + line[1:]


def tone(what: Status | Delivery | CampaignState) -> str:
    """The colour that goes with a state: a name of `theme.Tokens`."""
    tones: dict[Status | Delivery | CampaignState, str] = {
        Status.DELIVERED: "good",
        Status.FAILED: "bad",
        Status.REJECTED: "bad",
        Status.IN_DOUBT: "warn",
        Delivery.DELIVERED: "good",
        Delivery.FAILED: "bad",
        CampaignState.DONE: "good",
        CampaignState.PAUSED: "warn",
        CampaignState.SENDING: "accent",
    }
    return tones.get(what, "quiet")


def added(numbers: Added) -> str:
    """How many numbers were put on the blocklist."""
    line = QCoreApplication.translate("Texts", "Put on the blocklist: %1.")
    if numbers.already:
        line = QCoreApplication.translate("Texts", "Put on the blocklist: %1; there already: %2.")
    return fill(line, number(numbers.blocked), number(numbers.already))


def receiver(is_on: bool, port: int, last: datetime | None, problem: str) -> str:
    """How the push receiver is, in a few words; `port` is 0 while it does not listen."""
    if problem:
        return "! " + fill(QCoreApplication.translate("Texts", "Push: %1"), problem)
    if not is_on:
        return QCoreApplication.translate("Texts", "Push: off")
    if not port:
        return "… " + QCoreApplication.translate("Texts", "Push: starting")
    if last is None:
        return "✓ " + fill(QCoreApplication.translate("Texts", "Push: listening on port %1, nothing came yet"), port)
    line = QCoreApplication.translate("Texts", "Push: listening on port %1, the last came at %2")
    return "✓ " + fill(line, port, f"{in_china(last):%m-%d %H:%M:%S}")


def fill(text: str, *values: object) -> str:
    """`text` with %1, %2 … filled in one pass, so that a value may hold `%1` itself."""
    return re.sub(r"%([1-9])", lambda place: str(values[int(place[1]) - 1]), text)


def day(when: datetime) -> str:
    """Today, yesterday, or 2026-05-01."""
    moment, today = in_china(when).date(), in_china(now()).date()
    if moment == today:
        return QCoreApplication.translate("Texts", "Today")
    if moment == today - timedelta(days=1):
        return QCoreApplication.translate("Texts", "Yesterday")
    return f"{moment:%Y-%m-%d}"


def moment(when: datetime) -> str:
    """13:45 of today; of other days the day."""
    local = in_china(when)
    return f"{local:%H:%M}" if local.date() == in_china(now()).date() else day(when)


def cut(text: str, most: int) -> str:
    """The beginning of a text in one line, with an ellipsis where it goes on."""
    line = " ".join(text[: most + 1].split())
    return line if len(text) <= most else line[:most] + "…"
