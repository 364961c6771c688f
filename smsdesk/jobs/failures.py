"""What a failure at the gateway means for the campaign: whether it waits, goes slower or pauses.

Decided here and nowhere else, from the error's type. What becomes of the messages is in `jobs.sending`.
"""

from __future__ import annotations

from typing import Final

from smsdesk.domain.campaign import Pause, PauseCode
from smsdesk.domain.errors import GatewayProblem
from smsdesk.domain.words import Words
from smsdesk.gateway import codes
from smsdesk.gateway.codes import Handling
from smsdesk.gateway.errors import AnswerLost, Refused, join
from smsdesk.jobs.pace import Pace

NO_RECEIPTS: Final = Words(
    "网关受理了请求，但没有说明各个号码的结果，短信是否发出不能确定。请联系网关管理员。",
    "The gateway took the request and says nothing of its numbers: whether they were sent to is not certain. Ask the "
    "administrator.",
)
"""What an answer lost that took a request and lists none of its numbers."""

OUR_FAULT: Final = Words(
    "程序出错，短信是否发出不能确定。请等状态报告，并把支持包发给技术支持。",
    "A fault of the program: whether the messages were sent is not certain. Wait for status reports, and send a "
    "support bundle to the support.",
)
"""What becomes of a batch whose request broke here."""


class Failures:
    """What went wrong since a batch last went through.

    Attributes:
        trouble: what keeps the campaign waiting, in a sentence; while it is there no batch is claimed.
        incidents: failures in a row, which the pauses grow with.
    """

    def __init__(self, pace: Pace, tries: int, unreachable_s: float):
        self.trouble: Words | None = None
        self._pace, self._tries, self._unreachable_s = pace, tries, unreachable_s
        self._unreachable_since: float | None = None
        self.went_through()

    def went_through(self) -> None:
        """A batch was answered."""
        self.incidents = self._unclear = self._lost = 0
        self._unreachable_since = None

    def reached(self) -> None:
        """The gateway has answered a question: batches may go out again."""
        self.trouble = None
        self._unreachable_since = None

    def ask_again(self, problem: BaseException) -> None:
        """The gateway is to answer a question before the next batch; this alone does not pause the campaign."""
        self.trouble = problem.words if isinstance(problem, GatewayProblem) else _NOT_TOLD
        self.incidents += 1

    def failed(self, problem: GatewayProblem, at: float, *, of_batch: bool) -> Pause | None:
        """Something failed `at` a time of the monotonic clock; returns the pause that follows, if one does."""
        if of_batch and self.trouble:
            return None  # it went out together with the one that failed before
        self.ask_again(problem)
        match problem:
            case Refused() if codes.handling(problem.status) is Handling.MEND:
                return Pause(PauseCode.ACCOUNT, problem.words)
            case Refused() if codes.handling(problem.status) is not Handling.WAIT:
                self._unclear += 1
                return Pause(PauseCode.GATEWAY, problem.words) if self._unclear >= self._tries else None
            case AnswerLost():
                self._pace.lower(at)
                self._lost += 1
                return _lost(problem.words, of_batch=of_batch) if self._lost >= self._tries else None
            case _:  # no connection, or busy
                if isinstance(problem, Refused):
                    self._pace.lower(at)
                if self._unreachable_since is None:
                    self._unreachable_since = at
                is_over = at - self._unreachable_since >= self._unreachable_s
                return Pause(PauseCode.UNREACHABLE, problem.words) if is_over else None


def rejected(result: int) -> Pause:
    """The gateway rejects a number with a RESULT that it would give to all that follow."""
    code = codes.result(result)
    words = _REJECTS.fill(code=code.code, meaning=code.meaning)
    return Pause(PauseCode.REJECTED, join(join(words, code.remedy), _THEN_RETRY))


def _lost(words: Words, *, of_batch: bool) -> Pause:
    return Pause(PauseCode.LOST, join(words, _SEE_DOUBT)) if of_batch else Pause(PauseCode.GATEWAY, words)


_SEE_DOUBT: Final = Words(
    "这些号码列为“存疑”，不会自动重发。",
    "Those messages are in doubt and are not sent again by themselves.",
)
_REJECTS: Final = Words("网关退回了号码（{code}）：{meaning}。", "The gateway rejects numbers ({code}): {meaning}.")
_THEN_RETRY: Final = Words(
    "处理好之后，可以继续任务并重发被退回的号码。", "Then resume, and send the rejected ones again."
)
_NOT_TOLD: Final = Words("没有查到余额，正在重新查询。", "The balance could not be read; it is asked for again.")
