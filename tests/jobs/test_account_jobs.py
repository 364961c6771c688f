"""Accounts, their passwords and balances, and the sentences that explain a message."""

from __future__ import annotations

import dataclasses
import threading

import pytest
from checks import assert_counts_true, ignore, plan_lines
from conftest import Recording, account_at, stored_account

from smsdesk.domain.account import Secret
from smsdesk.domain.errors import InputProblem, PasswordProblem
from smsdesk.domain.inbox import Balance, ChargeType
from smsdesk.domain.words import Words
from smsdesk.gateway.errors import NotSent, Refused
from smsdesk.jobs import accounts, balances, campaigns, explaining, polling, sending
from smsdesk.jobs.accounts import Missing
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.news import Throttle
from smsdesk.jobs.pace import Backoff, Bucket
from smsdesk.settings.secrets import MemoryPasswords
from smsdesk.simulator.faults import Kind
from smsdesk.simulator.model import ChargeType as Paying
from smsdesk.simulator.server import Practice
from smsdesk.store import blocklist


class NoKeyring(MemoryPasswords):
    """A keyring that takes nothing."""

    def put(self, key: str, password: Secret) -> None:  # noqa: ARG002
        raise PasswordProblem(Words("没有密钥环", "no keyring"))


def test_a_saved_account_can_be_used(both_desks: Desk, practice: Practice) -> None:
    saved = stored_account(both_desks, practice, name=" 练习 ", signature="商城")
    assert (saved.name, saved.signature) == ("练习", "【商城】")
    assert accounts.every(both_desks) == [both_desks.account("练习")] == [saved]
    with both_desks.client(saved) as client:
        assert client.balance().charge_type is ChargeType.PRECHARGE


def test_a_keyring_that_refuses_takes_the_account_back(both_desks: Desk, practice: Practice) -> None:
    kept = stored_account(both_desks, practice)
    refusing = dataclasses.replace(both_desks, passwords=NoKeyring())
    with pytest.raises(PasswordProblem):
        accounts.save(refusing, account_at(practice, name="另一个"), Secret("x"), Balance(5, None))
    with pytest.raises(PasswordProblem):
        accounts.save(refusing, dataclasses.replace(kept, name="改名"), Secret("x"), Balance(5, None))
    assert accounts.every(both_desks) == [kept]
    assert balances.history(both_desks, kept) == []


def test_a_password_that_is_not_to_be_remembered_is_held_and_an_earlier_one_forgotten(
    both_desks: Desk, practice: Practice
) -> None:
    passwords = Recording()
    desk = dataclasses.replace(both_desks, passwords=passwords)
    kept = accounts.save(desk, account_at(practice), Secret("first"))
    assert passwords.stored == {kept.key}
    accounts.save(desk, kept, Secret(practice.password), remember=False)
    assert passwords.stored == set()
    with desk.client(kept) as client:
        assert client.balance()


def test_a_stored_password_goes_out_of_the_keyring_and_back_as_wanted_without_being_typed(
    both_desks: Desk, practice: Practice
) -> None:
    passwords = Recording()
    desk = dataclasses.replace(both_desks, passwords=passwords)
    account = accounts.save(desk, account_at(practice), Secret(practice.password))
    for remember, stored in ((False, set()), (False, set()), (True, {account.key}), (True, {account.key})):
        accounts.try_and_save(desk, account, None, remember=remember)
        assert passwords.stored == stored
        assert passwords.is_held(account.key) is not remember
        with desk.client(account) as client:
            assert client.balance()


def test_the_keyring_is_left_alone_where_a_new_accounts_password_is_not_to_be_remembered(
    desk: Desk, practice: Practice
) -> None:
    """A locked keyring would ask its owner to unlock it, or to make one."""
    passwords = Recording()
    desk = dataclasses.replace(desk, passwords=passwords)
    account = accounts.save(desk, account_at(practice), Secret(practice.password), remember=False)
    assert passwords.forgotten == []
    with desk.client(account) as client:
        assert client.balance()


def test_a_password_that_was_asked_for_is_kept_only_when_it_has_proved_right(
    both_desks: Desk, practice: Practice
) -> None:
    passwords = Recording()
    desk = dataclasses.replace(both_desks, passwords=passwords)
    account = accounts.save(desk, account_at(practice), None)
    assert accounts.without_password(desk) == [Missing(account, None)]
    with pytest.raises(InputProblem):
        accounts.give_password(desk, account, Secret(""), remember=True)
    with pytest.raises(Refused):
        accounts.give_password(desk, account, Secret("wrong"), remember=True)
    assert passwords.get(account.key) is None
    fault = practice.faults.add(Kind.REFUSE)
    untried = accounts.give_password(desk, account, Secret(practice.password), remember=True)
    fault.off()
    assert untried.balance is None
    assert untried.problem is not None
    assert "connection refused" in untried.problem.en
    assert passwords.stored == set()
    assert accounts.without_password(desk) == []
    given = accounts.give_password(desk, account, Secret(practice.password), remember=True)
    assert given.problem is None
    assert passwords.stored == {account.key}
    assert [one.balance_li for one in balances.history(desk, account)] == [1_000_000]


def test_a_keyring_that_refuses_leaves_the_password_that_was_asked_for_in_memory(
    both_desks: Desk, practice: Practice
) -> None:
    desk = dataclasses.replace(both_desks, passwords=NoKeyring())
    account = accounts.save(desk, account_at(practice), None)
    given = accounts.give_password(desk, account, Secret(practice.password), remember=True)
    assert given.balance is not None
    assert given.problem == Words("没有密钥环", "no keyring")
    assert accounts.without_password(desk) == []


def test_changes_without_a_new_password_keep_the_old_one(both_desks: Desk, practice: Practice) -> None:
    kept = stored_account(both_desks, practice)
    changed = accounts.save(both_desks, dataclasses.replace(kept, name="改名", batch=50), None)
    assert accounts.every(both_desks) == [changed]
    with both_desks.client(changed) as client:
        assert client.balance()


def test_a_wrong_or_doubled_account_is_not_stored(both_desks: Desk, practice: Practice) -> None:
    kept = stored_account(both_desks, practice)
    with pytest.raises(InputProblem, match="access number"):
        accounts.save(both_desks, account_at(practice, name="另一个", extno="x"), Secret("x"))
    with pytest.raises(InputProblem, match="already"):
        accounts.save(both_desks, account_at(practice), Secret("another"))
    assert accounts.every(both_desks) == [kept]
    assert both_desks.passwords.get(kept.key).reveal() == practice.password  # type: ignore[union-attr]


def test_a_removed_account_is_gone_with_its_password_and_its_campaigns_stay(
    both_desks: Desk, practice: Practice
) -> None:
    kept = stored_account(both_desks, practice)
    campaign_id = plan_lines(both_desks, kept, [("13800010000", "一")])
    accounts.remove(both_desks, kept)
    assert accounts.every(both_desks) == []
    assert both_desks.passwords.get(kept.key) is None
    assert campaigns.get(both_desks, campaign_id).account == "练习"
    with pytest.raises(InputProblem, match="There are: -"):
        both_desks.account("练习")
    stored_account(both_desks, practice)


def test_an_unknown_account_names_those_that_there_are(both_desks: Desk, practice: Practice) -> None:
    stored_account(both_desks, practice)
    with pytest.raises(InputProblem, match="no account '别的'"):
        both_desks.account("别的")


def test_a_trial_proves_address_account_and_password_and_stores_nothing(desk: Desk, practice: Practice) -> None:
    account = account_at(practice)
    assert accounts.test(desk, account, Secret(practice.password)).balance_li == 1_000_000
    with pytest.raises(Refused, match="password is wrong"):
        accounts.test(desk, account, Secret("wrong"))
    with pytest.raises(InputProblem):
        accounts.test(desk, dataclasses.replace(account, url="sms.example.com"), Secret("x"))
    practice.faults.add("refuse")
    with pytest.raises(NotSent):
        accounts.test(desk, account, Secret(practice.password))
    assert accounts.every(desk) == []
    assert practice.gateway.ledger.accepted == []


def test_a_balance_that_is_asked_for_is_remembered(both_desks: Desk, practice: Practice) -> None:
    account = stored_account(both_desks, practice)
    assert balances.latest(both_desks, account) is None
    customer = practice.gateway.accounts[practice.account]
    customer.charge_type, customer.balance_li = Paying.POSTCHARGE, -1234
    reading = balances.ask(both_desks, account)
    assert (reading.balance_li, reading.charge_type) == (-1234, ChargeType.POSTCHARGE)
    assert balances.latest(both_desks, account) == reading
    practice.faults.add("html")
    with pytest.raises(Exception, match="HTTP error 502"):
        balances.ask(both_desks, account)
    assert len(balances.history(both_desks, account)) == 1


def test_every_message_is_explained_in_both_languages(desk: Desk, practice: Practice) -> None:
    account = stored_account(desk, practice, batch=1, connections=1)
    lines = ["13800010000", "13800010001", "13800017777", "13800010010", "13800010020", "13800010030", "13800010040"]
    with desk.database.write() as conn:
        blocklist.add(conn, [lines[5]], Words("退订", "opted out"))
    campaign_id = plan_lines(desk, account, [(mobile, "您好") for mobile in lines])
    practice.faults.add("result", "p2p", code=12, after=3, times=1)
    practice.faults.add("drop_before", "p2p", after=4, times=1)
    practice.faults.add("result", "p2p", code=15, after=5, times=1)
    sending.send(desk, campaign_id, threading.Event(), ignore, sending.Manner(Backoff(0.001)))
    polling.pull(desk, account, threading.Event(), ignore)
    said = {row.mobile: explaining.of_message(row) for row in campaigns.every_message(desk, campaign_id)}
    assert [said[mobile].en.split(".")[0] for mobile in lines] == [
        "delivered",
        "on the gateway's global blocklist",
        "taken by the gateway; no status report yet",
        "the number's format is wrong",
        "in doubt: the request went out and its answer is not known",
        "not sent: the number is on the blocklist",
        "the balance is too low",
    ]
    assert "Check the number." in said[lines[3]].en
    assert all(words.zh for words in said.values())
    with desk.database.read() as conn:
        assert_counts_true(conn)


# -- pace


def test_a_bucket_lets_a_seconds_worth_out_at_once_and_then_its_rate() -> None:
    bucket = Bucket(10, now=100.0)
    assert bucket.wait_for(10, 100.0) == 0
    bucket.take(10, 100.0)
    assert bucket.wait_for(5, 100.0) == pytest.approx(0.5)
    assert bucket.wait_for(5, 100.5) == 0
    bucket.take(5, 100.5)
    assert bucket.wait_for(10, 1000.0) == 0
    bucket.take(10, 1000.0)
    assert bucket.wait_for(1, 1000.0) == pytest.approx(0.1)


def test_no_rate_is_no_limit() -> None:
    bucket = Bucket(0, now=0.0)
    bucket.take(10**6, 0.0)
    assert bucket.wait_for(10**6, 0.0) == 0


def test_pauses_grow_up_to_the_longest() -> None:
    assert [Backoff(1, 60).pause(n) for n in (1, 2, 3, 6, 7, 1000)] == [1, 2, 4, 32, 60, 60]


def test_news_is_held_back_and_the_newest_comes_last() -> None:
    told: list[object] = []
    throttle = Throttle(told.append)
    for n in range(100):
        throttle(n)
    throttle.flush()
    throttle.flush()
    assert told[0] == 0
    assert told[-1] == 99
    assert len(told) < 50
