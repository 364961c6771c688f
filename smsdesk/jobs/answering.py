"""An answer to somebody who has replied: a campaign to one, planned, checked and sent as every other."""

from __future__ import annotations

from typing import Final

from smsdesk.domain.account import Account
from smsdesk.domain.errors import InputProblem
from smsdesk.domain.hours import Hours
from smsdesk.domain.mobile import clean
from smsdesk.domain.recipient import Recipient
from smsdesk.domain.text import escaped
from smsdesk.domain.words import Words
from smsdesk.jobs import checking, rendering
from smsdesk.jobs.checking import Checked, Rules
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.rendering import Order

BLOCKED: Final = Words(
    "对方已退订或在黑名单中，不能回复。", "They have opted out, or are on the blocklist: no answer can be sent."
)


_NO_NUMBER: Final = Words("“{sender}”不是手机号，不能回复。", "“{sender}” is no mobile number: no answer can be sent.")


def order(account: Account, mobile: str, text: str, name: str, hours: Hours | None = None) -> Order:
    """What a person answers, as typed: braces mean themselves. `name` is what the campaign is called.

    Raises:
        InputProblem: who wrote is no number that can be written to.
    """
    if clean(mobile, abroad=True) != (mobile,):
        raise InputProblem(_NO_NUMBER.fill(sender=mobile))
    return Order(account, name, escaped(text), name, [Recipient(mobile, {}, 1)], hours=hours, is_answer=True)


def check(desk: Desk, order: Order, rules: Rules) -> Checked:
    """Look at an answer as at every order.

    Raises:
        InputProblem: it is empty, or its recipient is on the blocklist.
    """
    checked = checking.check(desk, order, *rendering.lines_of(order), rules)
    if checked.summary.blocked:
        raise InputProblem(BLOCKED)
    return checked
