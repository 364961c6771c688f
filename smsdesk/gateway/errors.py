"""What a failed request leaves known about its messages. This decides whether they may be sent again.

GatewayProblem              (domain.errors)
├── NotSent                 no connection was made: certainly not sent
├── Refused                 a well-formed answer with status ≠ 0: refused whole, certainly not sent
└── AnswerLost              the request went out and its answer is not known: UNKNOWN
"""

from __future__ import annotations

from smsdesk.domain.errors import GatewayProblem
from smsdesk.domain.words import Words
from smsdesk.gateway import codes


class NotSent(GatewayProblem):
    """No connection was made (refused, DNS, connect time-out, TLS): nothing went out."""


class Refused(GatewayProblem):
    """The gateway answered, with a STATUS other than 0: refused whole, nothing was sent."""

    def __init__(self, status: int):
        code = codes.status(status)
        words = Words(
            "网关拒绝了请求（{code}）：{meaning}。这次请求没有发出任何短信。",
            "The gateway refused the request ({code}): {meaning}. Nothing of it was sent.",
        ).fill(code=status, meaning=code.meaning)
        super().__init__(join(words, code.remedy))
        self.status = status


class AnswerLost(GatewayProblem):
    """The request went out; its answer was lost, cut short, not JSON, too large, or an HTTP error.

    `body` is what did arrive: of a `report` or `mo` answer it may hold items that will not be handed out again.
    `http` is the status of an HTTP error, 0 where it was none.
    """

    def __init__(self, words: Words, body: bytes = b"", http: int = 0):
        super().__init__(words)
        self.body, self.http = body, http


def join(first: Words, second: Words | None) -> Words:
    """Two sentences as one text."""
    return Words(first.zh + second.zh, f"{first.en} {second.en}", first.details) if second else first
