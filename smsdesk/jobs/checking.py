"""The look before sending: what it would mean, against the balance, and all that is worth a person's look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from smsdesk.domain import money
from smsdesk.domain.account import Account
from smsdesk.domain.campaign import Kind as CampaignKind
from smsdesk.domain.chinatime import now, written
from smsdesk.domain.findings import OPT_OUT_ENDING, Finding, Kind, Severity, TextFindings
from smsdesk.domain.hours import MARKETING
from smsdesk.domain.inbox import ChargeType
from smsdesk.domain.recipient import Household
from smsdesk.domain.words import Words
from smsdesk.jobs import balances, planning, rendering, repeating
from smsdesk.jobs.balances import Reading
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.news import Stop, Tell
from smsdesk.jobs.planning import Summary
from smsdesk.jobs.rendering import Line, Lines, Order, some_rows
from smsdesk.jobs.repeating import Repeating
from smsdesk.store import blocklist


@dataclass(frozen=True, slots=True)
class Rules:
    """What a person wants to be asked about, and what their marketing messages end with."""

    sensitive: Sequence[str] = ()
    ending: str = OPT_OUT_ENDING


@dataclass(frozen=True, slots=True)
class Checked:
    """What sending would mean, what the account holds, and what was found, errors first."""

    summary: Summary
    reading: Reading | None
    findings: tuple[Finding, ...]

    @property
    def is_stopped(self) -> bool:
        """Whether something has to be mended before it can go out."""
        return any(one.severity is Severity.ERROR for one in self.findings)


def check(
    desk: Desk,
    order: Order,
    kind: CampaignKind,
    lines: Lines,
    rules: Rules | None = None,
    *,
    stop: Stop | None = None,
    tell: Tell | None = None,
) -> Checked:
    """Go through all messages once, and ask the store only. Tells and stops as :func:`planning.summarise`.

    Raises:
        InputProblem: as :func:`planning.summarise`, or a line that was typed holds what is no character.
        Cancelled: `stop` was set.
    """
    if not order.recipients:
        rendering.check_characters(lines)
    look = _Look(desk, order, kind, lines, rules or Rules())
    summary = planning.summarise(desk, order, kind, lines, look, stop=stop, tell=tell)
    reading = balances.latest(desk, order.account)
    severity = list(Severity)
    findings = look.found() + _of_money(order.account, summary, reading) + _of_time(order) + _of_left_out(summary)
    return Checked(summary, reading, tuple(sorted(findings, key=lambda one: severity.index(one.severity))))


class _Look:
    """Is shown the messages that would go out."""

    def __init__(self, desk: Desk, order: Order, kind: CampaignKind, lines: Lines, rules: Rules):
        self._order, self._kind = order, kind
        self._texts = TextFindings(
            is_marketing=order.hours is not None and not order.is_answer,
            sensitive=rules.sensitive,
            ending=rules.ending,
            gsm7=order.account.gsm7,
            signature=order.account.signature,
            typed=order.text if order.recipients else None,
        )
        # Whoever answers sees what was said
        self._repeating = None if order.is_answer else Repeating(desk, order, kind, lines)
        with desk.database.read() as conn:
            self._opt_out_words = blocklist.words(conn)
        self._is_first = True
        # Of numbers that stand on several rows: what they get by the first of them
        self._shared = frozenset(one.mobile for one in order.repeats) if kind is CampaignKind.P2P else frozenset()
        self._sent: set[tuple[str, str]] = set()
        self._repeated = 0  # lines that were typed twice

    def __call__(self, conn: Connection, lines: Sequence[Line]) -> None:
        if self._kind is CampaignKind.P2P:
            for line in lines:
                self._texts.look(line.content, line.mobile, line.line)
            if not self._order.recipients:
                self._look_for_repeats(lines)
            self._sent.update((line.mobile, line.content) for line in lines if line.mobile in self._shared)
        elif lines and self._is_first:
            self._texts.look(lines[0].content)
            self._is_first = False
        if self._repeating:
            self._repeating.look(conn, lines)

    def _look_for_repeats(self, lines: Sequence[Line]) -> None:
        for line in lines:
            before = len(self._sent)
            self._sent.add((line.mobile, line.content))
            self._repeated += len(self._sent) == before

    def found(self) -> list[Finding]:
        found = self._texts.found()
        for word in sorted(self._texts.asked - self._opt_out_words):
            found.append(Finding(Kind.OPT_OUT_WORD, Severity.WARNING, _UNHEARD.fill(word=word), (_HEAR,), word))
        if self._repeated:
            words = _REPEATED.fill(n=self._repeated)
            found.append(Finding(Kind.REPEATED, Severity.WARNING, words, (_REMOVE_REPEATS,)))
        return found + (self._repeating.found() if self._repeating else []) + self._of_households()

    def _of_households(self) -> list[Finding]:
        """A number on several rows with other values is several persons, or one with old values: only people know."""
        if not self._order.repeats:
            return []
        sent, household = self._sent, self._order.household
        if household is Household.EACH:
            texts = Counter(mobile for mobile, _ in sent)
            n = sum(1 for count in texts.values() if count > 1)
            words = _EACH_TEXT.fill(n=n)
        else:
            others = list(rendering.others(self._order, sent))
            n = len({one.mobile for one in others})
            rows = some_rows([one.line for one in others])
            words = (_HOUSEHOLD if household is None else _FIRST_TEXT).fill(n=n, rows=rows)
        severity = Severity.ERROR if household is None else Severity.NOTE
        return [Finding(Kind.HOUSEHOLD, severity, words, HOUSEHOLDS)] if n else []


def _of_money(account: Account, summary: Summary, reading: Reading | None) -> list[Finding]:
    """The person's limit first, at which campaigns may pause before the balance is used up."""
    if reading is None:
        return []
    after_li = reading.balance_li - (summary.cost_li or 0)
    is_short = reading.charge_type is not ChargeType.POSTCHARGE and summary.cost_li is not None and after_li < 0
    if account.is_low(after_li) and (account.pause_below or not is_short):
        is_now = account.is_low(reading.balance_li)
        words = _IS_LOW if is_now else _GETS_LOW
        follows = _PAUSES if account.pause_below else Words("", "")
        words = words.fill(below=money.below(account.warn_below_li or 0), follows=follows)
        return [Finding(Kind.LIMIT, Severity.WARNING, words, (_ASK_AGAIN,))]
    if is_short:
        words = _PERHAPS_SHORT if summary.is_estimate else _SHORT
        return [Finding(Kind.BALANCE, Severity.WARNING, words, (_ASK_AGAIN,))]
    return []


def _of_time(order: Order) -> list[Finding]:
    start = order.start_at or now()
    if MARKETING.allow(start):
        return []
    if order.hours is None:
        return [Finding(Kind.OUTSIDE_HOURS, Severity.WARNING, _AT_NIGHT.fill(hours=MARKETING), (_KEEP_HOURS,))]
    words = _WAITS.fill(at=written(order.hours.next_opening(start)))
    return [] if order.hours.allow(start) else [Finding(Kind.OUTSIDE_HOURS, Severity.NOTE, words)]


def _of_left_out(summary: Summary) -> list[Finding]:
    blocked = [Finding(Kind.BLOCKED, Severity.NOTE, _BLOCKED.fill(n=summary.blocked))] if summary.blocked else []
    return blocked + repeating.left_out(summary)


_REPEATED: Final = Words(
    "{n} 行与前面的号码和内容完全相同，这些人会收到两遍。",
    "Lines that repeat the number and the text of a line above: {n}. Those people would get it twice.",
)
_REMOVE_REPEATS: Final = Words("删除重复行", "Remove them")
_UNHEARD: Final = Words(
    "内容请收件人回复“{word}”退订，但它不是退订词：这样回复的人还会收到短信。",
    "The text asks people to reply “{word}” to opt out, which is no opt-out word: they would go on getting messages.",
)
_HEAR: Final = Words("设为退订词", "Make it one")
HOUSEHOLDS: Final = (Words("只发第一行", "The first row only"), Words("不同内容各发一条", "One for each text"))
"""What a person can say of numbers on several rows, in the order of :class:`Household`."""

_HOUSEHOLD: Final = Words(
    "{n} 个号码出现在多行，各行的内容不同（第 {rows} 行）。只发第一行的内容，还是不同内容各发一条？",
    "Numbers that stand on several rows whose texts differ: {n} (row {rows}). Send the first row's text only, or one "
    "message for each text?",
)
_FIRST_TEXT: Final = Words(
    "{n} 个号码出现在多行且内容不同：只发第一行的内容（第 {rows} 行不发）。",
    "Numbers that stand on several rows whose texts differ: {n}. Only the first row's is sent (not row {rows}).",
)
_EACH_TEXT: Final = Words(
    "{n} 个号码出现在多行且内容不同：不同内容各发一条。",
    "Numbers that stand on several rows whose texts differ: {n}. They get one message for each text.",
)
_BLOCKED: Final = Words(
    "已剔除 {n} 人：在黑名单中或已退订。", "People left out: {n}. They are on the blocklist, or opted out."
)
_SHORT: Final = Words(
    "余额不足以发完这个任务，发到余额用完时会暂停。",
    "The balance is too low for this campaign: it will pause when the balance is used up.",
)
_PERHAPS_SHORT: Final = Words(
    "按以往扣费估算，余额可能不足以发完这个任务，发到余额用完时会暂停。",
    "By what earlier sends cost, the balance may be too low for this campaign: it would pause when that is used up.",
)
_ASK_AGAIN: Final = Words("已充值，重新查询余额", "Topped up: ask for the balance again")
_IS_LOW: Final = Words("现在{below}{follows}。请先充值。", "Now {below}{follows}. Have the account topped up first.")
_GETS_LOW: Final = Words("发完这个任务后，{below}{follows}。", "By the end of this campaign {below}{follows}.")
_PAUSES: Final = Words("，任务会在那时暂停", ", and it will pause there")
_AT_NIGHT: Final = Words(
    "发送时间不在 {hours} 之内，短信会在休息时间打扰收件人。",
    "It would go out outside {hours}, when people want to be left alone.",
)
_KEEP_HOURS: Final = Words("只在允许时段发送", "Keep to these hours")
_WAITS: Final = Words("不在允许时段内，将于 {at} 自动开始。", "Outside its hours: it begins by itself at {at}.")
