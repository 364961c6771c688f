"""Sending a campaign: every message claimed and committed before its request, settled after it.

What a failure means is decided from the error's type and nothing else ('What is known after a failure' in the
gateway's document), for the messages here, and for the campaign in `jobs.failures`:

    NotSent            back to the queue; tried again with growing pauses, until `Manner.unreachable_s` is over
    Refused            back to the queue; by its code: wait, halve the batch, pause at once, or pause after some tries
    AnswerLost         in doubt, never sent again by itself; several in a row pause the campaign
    result ≠ 0         that message is rejected; 10, 15 and 17 pause the campaign at once

A balance below the person's limit (`jobs.funds`) claims nothing more; what is under way is settled, and if anything is
left then, the campaign pauses.

Before the first batch, and after every failure, the balance is asked for: that costs nothing and changes nothing,
so that a wrong address or a gateway that is down puts no message at risk. Where answers do not name it, it is asked for
beside the batches now and then: that takes the place of one of them, nothing else waits for it, and whoever stops the
campaign does not either.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from smsdesk.domain.campaign import Campaign, CampaignState, Counts, Kind, Pause, PauseCode
from smsdesk.domain.chinatime import now
from smsdesk.domain.errors import GatewayProblem, InputProblem, PasswordProblem
from smsdesk.domain.inbox import Balance, Submitted
from smsdesk.domain.words import Words
from smsdesk.gateway import codes
from smsdesk.gateway.codes import Handling
from smsdesk.gateway.errors import AnswerLost, NotSent, Refused
from smsdesk.jobs import campaigns as jobs_campaigns
from smsdesk.jobs import failures, funds, recovery, turns
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.failures import Failures
from smsdesk.jobs.funds import Funds
from smsdesk.jobs.news import Stop, Tell, Throttle
from smsdesk.jobs.pace import Backoff, Pace, Speed
from smsdesk.jobs.settling import Settling
from smsdesk.store import accounts, campaigns, messages
from smsdesk.store.messages import Claim

if TYPE_CHECKING:
    from smsdesk.gateway.client import GatewayClient  # `Desk.client` imports it when there is something to send


@dataclass(frozen=True, slots=True)
class Manner:
    """How patient the sending is."""

    backoff: Backoff = field(default_factory=Backoff)
    unreachable_s: float = 1800.0
    """Seconds without a connection after which the campaign pauses."""
    turn_s: float = 2.0
    """Seconds to wait for another program to let go of the account: one that starts looks for what a dead one left."""
    silent_s: float = 60.0
    """Seconds without a word of the balance after which it is asked for; some gateways do not name it in answers."""
    tries: int = 3
    """Refusals of an unclear kind, or lost answers, in a row after which it pauses."""


@dataclass(frozen=True, slots=True)
class Sending:
    """How far a campaign is."""

    campaign_id: int
    counts: Counts
    per_second: float
    """Messages settled a second, over the last ten seconds."""
    waiting_for: Words | None = None
    """What keeps it waiting at the moment, in a sentence."""
    is_slowed: bool = False
    """Whether it goes slower than the account allows, since the gateway was overtaxed."""


def send(
    desk: Desk,
    campaign_id: int,
    stop: Stop,
    tell: Tell,
    manner: Manner | None = None,
    *,
    only_waiting: bool = False,
) -> Campaign:
    """Send what is queued of a campaign, until it is done, paused or cancelled; returns it as it stands then.

    `stop` pauses it as soon as the requests under way are answered. Outside the campaign's hours it waits for their
    next opening, as `scheduled`. One program at a time sends for an account, and one beside it answers replies. With
    `only_waiting` it queues behind them (`turns.Waits` tells so), and is left alone where a person has paused or
    cancelled it, or given it another time, before its turn came.

    Raises:
        InputProblem: there is no such campaign, or it is at its end.
        StoreBusy: another program sends for its account, and this does not queue.
        StoreProblem: the store cannot be written; what was under way is in doubt at the next start.
    """
    campaign = jobs_campaigns.get(desk, campaign_id)
    answers = campaign.is_answer
    with desk.database.read() as conn:
        account = accounts.by_id(conn, campaign.account_id)
    manner = manner or Manner()
    with turns.turn(desk, campaign, manner.turn_s, stop, tell, queues=only_waiting) as is_ours:
        if not is_ours:
            return jobs_campaigns.get(desk, campaign_id)
        recovery.recover_account(desk, account.id, answers=answers)
        found = jobs_campaigns.get(desk, campaign_id)
        if only_waiting and not turns.is_waiting(found):
            return found
        with desk.database.write() as conn:
            started = campaigns.start(conn, campaign_id)
        if not started:
            raise InputProblem(jobs_campaigns.NOT_STARTABLE)
        try:
            client = desk.client(account)
        except PasswordProblem as exc:
            with desk.database.write() as conn:
                campaigns.pause(conn, campaign_id, Pause(PauseCode.ACCOUNT, exc.words))
            return jobs_campaigns.get(desk, campaign_id)
        try:
            with client:
                _Run(desk, client, campaign_id, stop, tell, manner).run()
        finally:
            # However it ended, nothing stays claimed, and nothing on its way that nobody sends.
            recovery.recover_account(desk, account.id, answers=answers)
    return jobs_campaigns.get(desk, campaign_id)


_TOGETHER = 2
"""Answers that share a commit, at most: with more, the first of them wait longer for the last than for the disk."""


class _Run:
    """One run of one campaign. The thread that calls `run` alone touches the store; requests have others."""

    def __init__(self, desk: Desk, client: GatewayClient, campaign_id: int, stop: Stop, tell: Tell, manner: Manner):
        self._desk, self._client, self._stop, self._manner = desk, client, stop, manner
        self._tell = Throttle(tell)
        self._campaign = jobs_campaigns.get(desk, campaign_id)
        self._account = client.account
        self._batch = self._account.batch
        self._pace = Pace(self._account.connections, self._account.rate, time.monotonic())
        self._speed = Speed(time.monotonic())
        self._under_way: dict[Future[Submitted], Claim] = {}
        self._asking: Future[Balance] | None = None
        self._done: SimpleQueue[Future[Any]] = SimpleQueue()
        self._failures = Failures(self._pace, manner.tries, manner.unreachable_s)
        self._settling = Settling(desk, self._account.id, manner.backoff)
        self._paused = False
        self._funds = Funds(self._account, manner.silent_s)

    def run(self) -> None:
        """Send until nothing is left, or something stops it."""
        self._news()  # it is on its way, however long the first answer takes
        self._ask_until_answered()
        with ThreadPoolExecutor(self._account.connections, thread_name_prefix="gateway") as pool:
            while True:
                self._fill(pool)
                if self._under_way or self._has_place_again():
                    self._settle_some(pool)
                elif self._failures.trouble and self._may_go_on:
                    self._wait()
                    self._ask_until_answered()
                else:
                    break
        with self._desk.database.write() as conn:
            self._funds.store(conn, (), now=True)
            if not campaigns.finish(conn, self._campaign.id):
                if self._funds.too_low:
                    campaigns.pause(conn, self._campaign.id, Pause(PauseCode.BALANCE, self._funds.too_low))
                elif self._stop.is_set():
                    campaigns.pause(conn, self._campaign.id, jobs_campaigns.BY_PERSON)
                elif self._campaign.hours and not self._is_open:
                    campaigns.postpone(conn, self._campaign.id, self._campaign.hours.next_opening(now()))
        self._news()
        self._tell.flush()

    @property
    def _may_go_on(self) -> bool:
        return not (self._paused or self._funds.too_low or self._stop.is_set())

    @property
    def _is_willing(self) -> bool:
        return self._may_go_on and not self._failures.trouble and self._is_open

    # -- requests out --------------------------------------------------------------------------------------

    def _fill(self, pool: ThreadPoolExecutor) -> None:
        """Put requests under way, as many as the account allows."""
        if self._is_question_due and self._has_place() and self._is_willing and self._counts.queued:
            self._asking = funds.ask(self._client)
            self._asking.add_done_callback(self._done.put)
        while self._may_claim():
            pause = self._too_soon()
            if pause and self._under_way:
                return  # an answer may come before the pause is over
            if pause and self._stop.wait(pause):
                return
            with self._desk.database.write() as conn:
                claims = self._claim(conn)
            if not claims:
                return
            self._put_under_way(pool, claims)

    def _claim(self, conn: Connection) -> list[Claim]:
        """The batches whose requests may be made now, the first of them whatever the pace says."""
        claims: list[Claim] = []
        while self._may_claim(len(claims)) and not (claims and self._too_soon()):
            claim = messages.claim(conn, self._campaign, self._pace.size(self._batch))
            if claim is None:
                break
            self._pace.take(len(claim.lines), time.monotonic())
            claims.append(claim)
        return claims

    def _too_soon(self) -> float:
        """Seconds until the next batch may go out."""
        return self._pace.wait_for(self._pace.size(self._batch), time.monotonic())

    def _may_claim(self, claimed: int = 0) -> bool:
        """Whether another batch may go out, besides those under way and so many that are claimed."""
        return self._has_place(claimed) and self._is_willing

    def _has_place(self, claimed: int = 0) -> bool:
        return len(self._under_way) + (self._asking is not None) + claimed < self._pace.at_once

    @property
    def _is_open(self) -> bool:
        """Whether it is an hour of the day at which the campaign may write to people."""
        return self._campaign.hours is None or self._campaign.hours.allow(now())

    def _put_under_way(self, pool: ThreadPoolExecutor, claims: Iterable[Claim]) -> None:
        for claim in claims:
            future = pool.submit(self._request, claim)
            self._under_way[future] = claim
            future.add_done_callback(self._done.put)

    def _request(self, claim: Claim) -> Submitted:
        if self._campaign.kind is Kind.BULK:
            return self._client.send([mobile for _, mobile, _ in claim.lines], claim.lines[0][2])
        return self._client.p2p([(mobile, content) for _, mobile, content in claim.lines])

    # -- answers in ----------------------------------------------------------------------------------------

    def _settle_some(self, pool: ThreadPoolExecutor) -> None:
        done = [self._done.get()]
        while len(done) < _TOGETHER and not self._done.empty():
            done.append(self._done.get())
        if self._asking in done:
            done.remove(self._asking)
            self._told(self._asking)
        claims = [(self._under_way.pop(future), future) for future in done]
        answers = [(claim, future.result()) for claim, future in claims if future.exception() is None]
        try:
            for claim, future in claims:
                if problem := future.exception():
                    self._not_answered(claim, problem)
        except BaseException:
            self._paused = True  # nothing follows: nobody would take its answer
            raise
        finally:  # what the gateway has answered is known, whatever came of the other one
            if answers:
                self._answered(pool, answers)
        if self._tell.is_due:
            self._news()

    def _not_answered(self, claim: Claim, problem: BaseException) -> None:
        if isinstance(problem, GatewayProblem):
            problem.words = problem.words.with_details(f"batch: {claim.batch_id}")
        match problem:
            case NotSent() | Refused():
                self._settling.give_back(claim, problem.words)
                if not self._halve(problem, len(claim.lines)):
                    self._failed(problem, of_batch=True)
            case AnswerLost():
                self._settling.doubt(claim, problem.words)
                self._failed(problem, of_batch=True)
            case _:  # a fault of ours: nothing is known of the request
                self._settling.doubt(claim, failures.OUR_FAULT)
                raise problem

    def _answered(self, pool: ThreadPoolExecutor, answers: Sequence[tuple[Claim, Submitted]]) -> None:
        results = {receipt.result for _, answer in answers for receipt in answer.receipts}
        blocking = next(iter(results & codes.BLOCKING_RESULTS), None)
        silent, following = self._settling.surely(self._store_answers, answers, go_on=blocking is None)
        self._put_under_way(pool, following)
        for is_silent in silent:
            if is_silent:
                self._failed(AnswerLost(failures.NO_RECEIPTS), of_batch=True)
            else:
                self._failures.went_through()
                self._pace.went_through(time.monotonic())
        if blocking is not None:
            self._pause(failures.rejected(blocking))

    def _store_answers(
        self, answers: Sequence[tuple[Claim, Submitted]], *, go_on: bool
    ) -> tuple[list[bool], list[Claim]]:
        """Settle batches: of each whether its answer told nothing of its numbers, and the batches that follow.

        Those are claimed in the same transaction, and answers that came together share one: a commit waits for the
        disk, and is what sending waits for most.
        """
        silent: list[bool] = []
        following: list[Claim] = []
        with self._settling.transaction() as conn:
            for claim, answer in answers:
                silent.append(not self._settling.answered(conn, claim, answer))
                self._funds.heard(claim, answer.balance_li)
            self._funds.store(conn, self._under_way.values())
            if go_on and not any(silent) and not self._is_question_due and not self._too_soon():
                following = self._claim(conn)
        return silent, following

    # -- failures ------------------------------------------------------------------------------------------

    def _halve(self, problem: NotSent | Refused, size: int) -> bool:
        """Whether the gateway takes no batch of this size, and smaller ones are to be tried at once (102)."""
        if isinstance(problem, NotSent) or codes.handling(problem.status) is not Handling.HALVE or size == 1:
            return False
        # Of requests that went out together the first halves; the others find it done.
        self._batch = min(self._batch, size // 2)
        with self._desk.database.write() as conn:
            accounts.lower_batch(conn, self._account.id, self._batch)
        return True

    def _failed(self, problem: GatewayProblem, *, of_batch: bool) -> None:
        if pause := self._failures.failed(problem, time.monotonic(), of_batch=of_batch):
            self._pause(pause)

    def _wait(self) -> None:
        self._news()
        self._tell.flush()  # what is waited for is told before the pause, not after it
        self._stop.wait(self._manner.backoff.pause(self._failures.incidents))
        with self._desk.database.read() as conn:  # another program may have paused or cancelled it meanwhile
            self._paused = campaigns.state_of(conn, self._campaign.id) is not CampaignState.SENDING

    def _pause(self, pause: Pause) -> None:
        self._paused = True
        with self._desk.database.write() as conn:
            campaigns.pause(conn, self._campaign.id, pause)

    # -- the balance ---------------------------------------------------------------------------------------

    def _ask_until_answered(self) -> None:
        """Ask for the balance until the gateway answers, or the campaign pauses or is to stop."""
        while self._may_go_on:
            asked = funds.ask(self._client)
            if not funds.is_there(asked, self._stop):
                return
            try:
                balance = asked.result()
            except GatewayProblem as exc:
                self._failed(exc, of_batch=False)
                if self._may_go_on:
                    self._wait()
            else:
                self._failures.reached()
                with self._desk.database.write() as conn:
                    self._funds.asked(conn, balance)
                return

    @property
    def _is_question_due(self) -> bool:
        """Whether the next free place is for a question: not every gateway names the balance in its answers."""
        return self._asking is None and self._funds.is_silent

    def _has_place_again(self) -> bool:
        """Whether a question had the only place there is, and is answered now."""
        if self._asking is None or self._has_place() or not self._is_willing:
            return False
        return funds.is_there(self._asking, self._stop)

    def _told(self, asked: Future[Balance]) -> None:
        """The question beside the batches was answered, or failed: then it is asked again when nothing is under way."""
        self._asking = None
        if problem := asked.exception():
            self._failures.ask_again(problem)
        else:
            self._funds.told(asked.result())

    # -- news ----------------------------------------------------------------------------------------------

    @property
    def _counts(self) -> Counts:
        return jobs_campaigns.get(self._desk, self._campaign.id).counts

    def _news(self) -> None:
        counts = self._counts
        settled = counts.settled - self._campaign.counts.settled
        per_second = self._speed.per_second(settled, time.monotonic())
        trouble, is_slowed = self._failures.trouble, self._pace.is_lowered
        self._tell(Sending(self._campaign.id, counts, per_second, trouble, is_slowed=is_slowed))
