"""The technical part of a failed request, for the gateway's support: neither password nor text, numbers masked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from smsdesk.domain import masking
from smsdesk.domain.account import Account
from smsdesk.domain.chinatime import now, written
from smsdesk.domain.errors import GatewayProblem
from smsdesk.gateway.errors import AnswerLost, Refused

_SHOWN: Final = 5


def details(account: Account, action: str, mobiles: Sequence[str], problem: GatewayProblem) -> str:
    """A line a fact, in English: `action: send`. The time is China's, as in the gateway's own log."""
    facts = {
        "time": f"{written(now())} +08:00",
        "action": action,
        "access number": account.extno,
        "outcome": type(problem).__name__,
    }
    if isinstance(problem, Refused):
        facts["status"] = str(problem.status)
    if isinstance(problem, AnswerLost) and problem.http:
        facts["HTTP status"] = str(problem.http)
    if isinstance(problem, AnswerLost):
        facts["bytes of the answer"] = str(len(problem.body))
    if mobiles:
        more = " …" if len(mobiles) > _SHOWN else ""
        facts["numbers"] = f"{len(mobiles)}: {', '.join(map(masking.number, mobiles[:_SHOWN]))}{more}"
    return "\n".join(f"{name}: {value}" for name, value in facts.items())
