"""Planning, claiming and settling: the counts are true after every step, and only named changes of state happen."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from checks import (
    SAID,
    any_account,
    assert_counts_true,
    assert_steps_allowed,
    claim_next,
    counts_of,
    new_campaign,
    numbers,
    states_of,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from smsdesk.domain.campaign import CampaignState, Counts, Kind, Pause, PauseCode
from smsdesk.domain.inbox import Receipt
from smsdesk.domain.message import Skip, State
from smsdesk.domain.words import Words
from smsdesk.store import accounts, blocklist, campaigns, messages, pages
from smsdesk.store.database import Database
from smsdesk.store.messages import Claim
from smsdesk.store.pages import Filter, MessageRow
from smsdesk.store.schema import batches


def taken(conn: Connection, campaign_id: int, most: int = 500) -> Claim:
    claim = claim_next(conn, campaign_id, most)
    assert claim is not None
    return claim


def accepts(claim: Claim) -> list[Receipt]:
    return [Receipt(mobile, f"M{id_}", 0) for id_, mobile, _ in claim.lines]


def rows_of(conn: Connection, campaign_id: int) -> list[MessageRow]:
    return pages.message_rows(conn, Filter(campaign_id=campaign_id), limit=10_000)


def outcome_of(conn: Connection, batch_id: int) -> Words:
    return Words.from_json(conn.execute(select(batches.c.outcome).where(batches.c.id == batch_id)).scalar_one())


def test_what_is_planned_is_queued_or_skipped_and_counted(store: Database) -> None:
    with store.write() as conn:
        account = accounts.add(conn, any_account())
        new = campaigns.add(conn, account.id, "任务", Kind.P2P, "", "测试", ignore_blocklist=False)
        messages.plan(
            conn,
            new,
            [
                messages.Planned("13800000001", "甲", 1, 2),
                messages.Planned("13800000002", "乙", 3, None),
                messages.Planned("13800000003", "丙", 5, 4, Skip.BLOCKLIST),
            ],
        )
        assert counts_of(conn, new) == Counts(queued=2, skipped=1, segments=4)
        assert_counts_true(conn)


def test_a_draft_is_not_claimed_and_can_be_dropped(store: Database) -> None:
    with store.write() as conn:
        account = accounts.add(conn, any_account())
        new = campaigns.add(conn, account.id, "任务", Kind.P2P, "", "测试", ignore_blocklist=False)
        messages.plan(conn, new, [messages.Planned("13800000001", "甲", 1, 2)])
        assert claim_next(conn, new, 10) is None
        assert not campaigns.start(conn, new)
        messages.drop(conn, new)
        assert campaigns.get(conn, new) is None
        assert states_of(conn) == {}


def test_a_claim_takes_the_next_in_order_with_its_text(store: Database) -> None:
    with store.write() as conn:
        new = new_campaign(conn, numbers(5), contents=["a", "b", "c", "d", "e"])
        first, second = taken(conn, new, 2), taken(conn, new, 10)
        assert [(mobile, text) for _, mobile, text in first.lines] == list(zip(numbers(5), "ab", strict=False))
        assert [text for _, _, text in second.lines] == ["c", "d", "e"]
        assert claim_next(conn, new, 10) is None
        assert counts_of(conn, new) == Counts(claimed=5, segments=5)
        assert_counts_true(conn)


def test_a_bulk_message_goes_out_with_the_campaigns_text(store: Database) -> None:
    with store.write() as conn:
        assert taken(conn, new_campaign(conn, numbers(1))).lines[0][2] == "全文"


@pytest.mark.parametrize("state", [CampaignState.PAUSED, CampaignState.CANCELLED])
def test_nothing_is_claimed_of_a_campaign_that_is_not_on_its_way(store: Database, state: CampaignState) -> None:
    with store.write() as conn:
        new = new_campaign(conn, numbers(3))
        if state is CampaignState.PAUSED:
            assert campaigns.pause(conn, new, Pause(PauseCode.PERSON, SAID))
        else:
            assert campaigns.cancel(conn, new)
        assert claim_next(conn, new, 10) is None


def test_a_number_stands_in_a_claim_only_once_and_none_is_forgotten(store: Database) -> None:
    a, b = numbers(2)
    with store.write() as conn:
        new = new_campaign(conn, [a, a, b, a, b], contents=["1", "2", "3", "4", "5"])
        claims = []
        while claim := claim_next(conn, new, 10):
            claims.append([text for _, _, text in claim.lines])
        assert claims == [["1", "3"], ["2", "5"], ["4"]]
        assert_counts_true(conn)


def test_who_is_blocked_at_the_moment_of_claiming_is_left_out(store: Database) -> None:
    mobiles = numbers(6)
    with store.write() as conn:
        new = new_campaign(conn, mobiles, contents=["一"] * 6)
        blocklist.add(conn, mobiles[:4], SAID)
        assert [mobile for _, mobile, _ in taken(conn, new, 2).lines] == mobiles[4:]
        assert counts_of(conn, new) == Counts(claimed=2, skipped=4, segments=2)
        assert_counts_true(conn)
        assert {row.skip for row in rows_of(conn, new)[:4]} == {Skip.BLOCKLIST}


def test_a_campaign_of_which_all_are_blocked_claims_nothing(store: Database) -> None:
    with store.write() as conn:
        new = new_campaign(conn, numbers(3))
        blocklist.add(conn, numbers(3), SAID)
        assert claim_next(conn, new, 2) is None
        assert campaigns.finish(conn, new)
        assert_counts_true(conn)


def test_a_campaign_that_ignores_the_blocklist_leaves_nobody_out(store: Database) -> None:
    with store.write() as conn:
        new = new_campaign(conn, numbers(3), ignore_blocklist=True)
        blocklist.add(conn, numbers(3), SAID)
        assert len(taken(conn, new).lines) == 3


def test_receipts_settle_by_number_and_never_by_position(store: Database) -> None:
    a, b, c, d = numbers(4)
    with store.write() as conn:
        new = new_campaign(conn, [a, b, c, d])
        claim = taken(conn, new)
        receipts = [Receipt(c, "MC", 0), Receipt("13999999999", "MX", 0), Receipt(b, "", 15), Receipt(a, "MA", 0)]
        moved = messages.settle(conn, claim, receipts, SAID)
        assert moved == Counter({State.ACCEPTED: 2, State.REJECTED: 1, State.IN_DOUBT: 1})
        assert [(row.state, row.mid, row.result) for row in rows_of(conn, new)] == [
            (State.ACCEPTED, "MA", 0),
            (State.REJECTED, None, 15),
            (State.ACCEPTED, "MC", 0),
            (State.IN_DOUBT, None, None),
        ]
        assert all(row.submitted_at for row in rows_of(conn, new))
        assert_counts_true(conn)
        assert outcome_of(conn, claim.batch_id) == SAID


@pytest.mark.parametrize("order", [1, -1])
def test_a_number_that_was_sent_and_refused_at_once_counts_as_sent(store: Database, order: int) -> None:
    with store.write() as conn:
        new = new_campaign(conn, numbers(1))
        both = [Receipt(numbers(1)[0], "M1", 0), Receipt(numbers(1)[0], "", 15)]
        assert messages.settle(conn, taken(conn, new), both[::order], SAID) == {State.ACCEPTED: 1}


def test_what_was_certainly_not_sent_goes_back_in_its_order(store: Database) -> None:
    with store.write() as conn:
        new = new_campaign(conn, numbers(4))
        claim = taken(conn, new, 2)
        messages.give_back(conn, claim, SAID)
        assert counts_of(conn, new) == Counts(queued=4, segments=4)
        assert [mobile for _, mobile, _ in taken(conn, new).lines] == numbers(4)
        assert_counts_true(conn)


def test_what_goes_back_to_a_cancelled_campaign_is_left_out(store: Database) -> None:
    with store.write() as conn:
        new = new_campaign(conn, numbers(4))
        claim = taken(conn, new, 2)
        campaigns.cancel(conn, new)
        assert messages.skip_queued(conn, new) == 2
        assert counts_of(conn, new) == Counts(claimed=2, skipped=2, segments=2)
        messages.give_back(conn, claim, SAID)
        assert counts_of(conn, new) == Counts(skipped=4)
        assert_counts_true(conn)


def test_what_is_in_doubt_is_not_claimed_again(store: Database) -> None:
    with store.write() as conn:
        new = new_campaign(conn, numbers(2))
        messages.doubt(conn, taken(conn, new), SAID)
        assert counts_of(conn, new) == Counts(in_doubt=2, segments=2)
        assert claim_next(conn, new, 10) is None
        assert all(row.submitted_at for row in rows_of(conn, new))
        assert_counts_true(conn)


def test_a_batch_is_settled_only_once(store: Database) -> None:
    with store.write() as conn:
        new = new_campaign(conn, numbers(2))
        claim = taken(conn, new)
        messages.doubt(conn, claim, SAID)
        assert messages.settle(conn, claim, accepts(claim), SAID) == {}
        messages.give_back(conn, claim, SAID)
        messages.doubt(conn, claim, SAID)
        assert counts_of(conn, new) == Counts(in_doubt=2, segments=2)


def test_what_a_dead_program_left_claimed_is_in_doubt_for_that_account_only(store: Database) -> None:
    with store.write() as conn:
        mine, other = (accounts.add(conn, any_account()).id for _ in range(2))
        dead, cancelled, theirs = (new_campaign(conn, numbers(4), id_) for id_ in (mine, mine, other))
        for new in (dead, cancelled, theirs):
            taken(conn, new, 1)
            taken(conn, new, 2)
        campaigns.cancel(conn, cancelled)
        assert sorted(messages.doubt_orphans(conn, mine, SAID, answers=False)) == sorted(numbers(3) * 2)
        assert counts_of(conn, dead) == counts_of(conn, cancelled) == Counts(queued=1, in_doubt=3, segments=4)
        assert counts_of(conn, theirs) == Counts(queued=1, claimed=3, segments=4)
        assert_counts_true(conn)
        assert messages.doubt_orphans(conn, mine, SAID, answers=False) == []


def test_a_person_may_send_rejected_and_doubtful_ones_again(store: Database) -> None:
    a, b, c = numbers(3)
    with store.write() as conn:
        new = new_campaign(conn, [a, b, c])
        messages.settle(conn, taken(conn, new), [Receipt(a, "MA", 0), Receipt(b, "", 15)], SAID)
        assert messages.requeue(conn, new, State.REJECTED) == 1
        assert messages.requeue(conn, new, State.IN_DOUBT) == 1
        assert counts_of(conn, new) == Counts(queued=2, accepted=1, segments=3)
        assert_counts_true(conn)
        assert [mobile for _, mobile, _ in taken(conn, new).lines] == [b, c]
        assert [row.result for row in rows_of(conn, new)] == [0, None, None]


@pytest.mark.parametrize("state", [State.ACCEPTED, State.CLAIMED, State.SKIPPED, State.QUEUED])
def test_nothing_else_can_be_put_back_into_the_queue(store: Database, state: State) -> None:
    with store.write() as conn:
        new = new_campaign(conn, numbers(2))
        claim = taken(conn, new, 1)
        messages.settle(conn, claim, accepts(claim), SAID)
        with pytest.raises(ValueError, match="not sent again"):
            messages.requeue(conn, new, state)
        assert counts_of(conn, new) == Counts(queued=1, accepted=1, segments=2)


def test_a_campaign_is_done_only_when_nothing_is_queued_or_under_way(store: Database) -> None:
    with store.write() as conn:
        new = new_campaign(conn, numbers(2))
        assert not campaigns.finish(conn, new)
        claim = taken(conn, new)
        assert not campaigns.finish(conn, new)
        messages.settle(conn, claim, accepts(claim), SAID)
        assert campaigns.finish(conn, new)
        assert campaigns.state_of(conn, new) is CampaignState.DONE


def test_two_claimers_at_once_never_get_the_same_message(store: Database) -> None:
    with store.write() as conn:
        new = new_campaign(conn, numbers(300))
    go = threading.Barrier(4)

    def claim_all() -> list[int]:
        mine: list[int] = []
        go.wait()
        while True:
            with store.write() as conn:
                claim = claim_next(conn, new, 7)
            if claim is None:
                return mine
            mine += [id_ for id_, _, _ in claim.lines]

    with ThreadPoolExecutor(4) as pool:
        got = [future.result() for future in [pool.submit(claim_all) for _ in range(4)]]
    assert Counter(id_ for mine in got for id_ in mine) == Counter(list(states_of_all(store)))
    with store.read() as conn:
        assert_counts_true(conn)


def states_of_all(store: Database) -> dict[int, State]:
    with store.read() as conn:
        return states_of(conn)


def test_a_cancel_while_batches_are_claimed_and_settled_leaves_nothing_queued(store: Database) -> None:
    """The two never wait for each other, and none of the rest is forgotten."""
    for n in range(12):
        with store.write() as conn:
            new = new_campaign(conn, numbers(200))
        begun, over = threading.Event(), threading.Event()

        def send(campaign_id: int, begun: threading.Event, over: threading.Event) -> None:
            while not over.is_set():
                with store.write() as conn:
                    claim = claim_next(conn, campaign_id, 3)
                if claim is None:
                    return
                begun.set()
                time.sleep(0.001)  # as long as a gateway takes
                with store.write() as conn:
                    if claim.lines[0][0] % 2:
                        messages.give_back(conn, claim, SAID)
                    else:
                        messages.settle(conn, claim, accepts(claim), SAID)

        with ThreadPoolExecutor(1) as pool:
            sender = pool.submit(send, new, begun, over)
            begun.wait(10)
            time.sleep(n * 0.003)  # at another moment of the sender's work each time
            try:
                with store.write() as conn:
                    assert campaigns.cancel(conn, new)
                    messages.skip_queued(conn, new)
            except BaseException:
                over.set()
                raise
            sender.result()
        with store.read() as conn:
            counts = counts_of(conn, new)
            assert (counts.queued, counts.claimed) == (0, 0)
            assert counts.skipped > 0
            assert_counts_true(conn)


# -- any order of events


class Life:
    """One campaign, to which anything may happen in any order."""

    def __init__(self, conn: Connection, mobiles: list[str]):
        self.account_id = accounts.add(conn, any_account()).id
        texts = [str(n) * (n % 3 + 1) for n, _ in enumerate(mobiles)]
        self.id = new_campaign(conn, mobiles, self.account_id, texts)
        self.open: list[Claim] = []

    def claim(self, conn: Connection, n: int) -> None:
        if claim := claim_next(conn, self.id, n + 1):
            assert len({mobile for _, mobile, _ in claim.lines}) == len(claim.lines)
            self.open.append(claim)

    def settle(self, conn: Connection, n: int) -> None:
        for claim in self.open[-1:]:
            results = [(line, (place + n) % 3) for place, line in enumerate(claim.lines)]
            receipts = [Receipt(line[1], f"M{line[0]}", 15 * kind) for line, kind in results if kind < 2]
            messages.settle(conn, claim, receipts, SAID)

    def give_back(self, conn: Connection, _n: int) -> None:
        for claim in self.open[:1]:
            messages.give_back(conn, claim, SAID)

    def doubt(self, conn: Connection, _n: int) -> None:
        for claim in self.open[-1:]:
            messages.doubt(conn, claim, SAID)

    def orphans(self, conn: Connection, _n: int) -> None:
        messages.doubt_orphans(conn, self.account_id, SAID, answers=False)

    def retry(self, conn: Connection, n: int) -> None:
        if campaigns.state_of(conn, self.id) is not CampaignState.CANCELLED:
            messages.requeue(conn, self.id, State.REJECTED if n % 2 else State.IN_DOUBT)

    def pause(self, conn: Connection, _n: int) -> None:
        campaigns.pause(conn, self.id, Pause(PauseCode.PERSON, SAID))

    def start(self, conn: Connection, _n: int) -> None:
        campaigns.start(conn, self.id)

    def block(self, conn: Connection, n: int) -> None:
        blocklist.add(conn, [numbers(8)[n]], SAID)

    def cancel(self, conn: Connection, n: int) -> None:
        if n == 0 and campaigns.cancel(conn, self.id):
            messages.skip_queued(conn, self.id)


STEPS = (
    *(Life.claim, Life.claim, Life.settle, Life.give_back, Life.doubt, Life.orphans),
    *(Life.retry, Life.pause, Life.start, Life.block, Life.cancel),
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    mobiles=st.lists(st.sampled_from(numbers(8)), min_size=1, max_size=12),
    steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 5)), max_size=25),
)
def test_after_any_order_of_events_the_counts_are_true(
    store: Database, mobiles: list[str], steps: list[tuple[Callable[[Life, Connection, int], None], int]]
) -> None:
    with store.write() as conn:
        blocklist.remove(conn, numbers(8))
        life = Life(conn, mobiles)
    for step, n in steps:
        with store.write() as conn:
            before = states_of(conn, life.id)
            step(life, conn, n)
            after = states_of(conn, life.id)
            if step is Life.give_back:  # back to the queue, and out of it at once where the campaign is cancelled
                after = {id_: State.QUEUED if before[id_] is State.CLAIMED else now for id_, now in after.items()}
            assert_steps_allowed(before, after)
            assert_counts_true(conn)
