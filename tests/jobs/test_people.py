"""The address book: kept from files, written to like one, and each person's whole history."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from checks import ignore, numbers, plan_lines
from conftest import stored_account

from smsdesk.domain.account import Account
from smsdesk.domain.chinatime import now
from smsdesk.domain.errors import Cancelled, InputProblem
from smsdesk.jobs import blocklist, history, importing, people, polling, sending
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.history import What
from smsdesk.jobs.importing import Import
from smsdesk.jobs.people import Group, Keeping, Kept
from smsdesk.simulator.server import Practice
from smsdesk.store.schema import messages

A, B, C = numbers(3)
HEAD = "会员姓名,手机号,到期日\n"


def read(path: Path, text: str) -> Import:
    path.write_text(text, "utf-8")
    table = importing.read_table(path, stop=threading.Event(), tell=ignore)
    return importing.recipients(table, abroad=True)


def keep(desk: Desk, found: Import, group: str) -> Kept:
    return people.keep(desk, found, group, threading.Event(), ignore)


@pytest.fixture
def members(both_desks: Desk, tmp_path: Path) -> Group:
    """Three people in a group."""
    rows = f"王伟,{A},2026-12-31\n李芳,{B},2026-11-30\n张敏,{C},\n"
    assert keep(both_desks, read(tmp_path / "会员.csv", HEAD + rows), " 会员 ") == Kept(3, 0, 3)
    return people.group_named(both_desks, "会员")


def test_people_come_from_any_recipient_file_into_a_group(both_desks: Desk, members: Group) -> None:
    assert members.size == people.size(both_desks) == 3
    found = {one.mobile: one for one in people.rows(both_desks, members.id)}
    assert found[A].name == "王伟"
    assert found[C].fields == {"会员姓名": "张敏"}


def test_who_is_known_is_no_second_time_in_it_and_keeps_what_a_person_wrote(
    both_desks: Desk, members: Group, tmp_path: Path
) -> None:
    people.edit(both_desks, A, tags=("VIP", "老客户"), note="上午勿扰")
    again = read(tmp_path / "续费.csv", f"会员姓名,手机号,到期日\n王大伟,{A},2027-12-31\n,{B},\n")
    assert keep(both_desks, again, "续费") == Kept(0, 2, 2)
    assert [(one.name, one.size) for one in people.groups(both_desks)] == [("会员", 3), ("续费", 2)]
    found = {one.mobile: one for one in people.rows(both_desks)}
    assert (found[A].name, found[A].tags, found[A].note) == ("王大伟", ("VIP", "老客户"), "上午勿扰")
    assert found[A].fields["到期日"] == "2027-12-31"
    assert (found[B].name, found[B].fields["到期日"]) == ("李芳", "2026-11-30")


def test_the_persons_name_is_not_the_companys(both_desks: Desk, tmp_path: Path) -> None:
    found = read(tmp_path / "企业.csv", f"客户名称,姓名,手机号\n大华公司,张三,{A}\n")
    keep(both_desks, found, "企业")
    table = people.as_table(both_desks, people.group_named(both_desks, "企业"), "企业")
    (one,) = importing.recipients(table).recipients
    assert one.fields == {"姓名": "张三", "客户名称": "大华公司"}


def test_a_name_that_is_mended_is_the_one_that_texts_have(both_desks: Desk, members: Group) -> None:
    people.edit(both_desks, A, name="王维\0")
    fields = {one.mobile: one.fields for one in importing.recipients(people.as_table(both_desks, None, "x")).recipients}
    assert (fields[A]["姓名"], fields[A]["会员姓名"], fields[A]["到期日"]) == ("王维", "王维", "2026-12-31")
    people.edit(both_desks, A, note="只改备注")
    assert next(one for one in people.rows(both_desks) if one.mobile == A).name == "王维"


def test_further_rows_of_a_number_are_told(both_desks: Desk, tmp_path: Path) -> None:
    family = read(tmp_path / "家庭.csv", f"姓名,手机号\n父亲,{A}\n孩子,{A}\n李芳,{B}\n")
    assert keep(both_desks, family, "家庭") == Kept(2, 0, 2, repeats=1)


def test_two_programs_keep_the_same_people_at_once(both_desks: Desk, tmp_path: Path) -> None:
    found = read(tmp_path / "同.csv", "手机号\n" + "\n".join(numbers(3_000)))
    with ThreadPoolExecutor(4) as pool:
        kept = [pool.submit(keep, both_desks, found, f"组{n % 2}") for n in range(4)]
        for one in kept:
            one.result(60)
    assert people.size(both_desks) == 3_000
    assert [group.size for group in people.groups(both_desks)] == [3_000, 3_000]


def test_people_are_found_by_number_name_tag_and_note(both_desks: Desk, members: Group) -> None:
    people.edit(both_desks, B, tags=["vip"], note="100%满意")
    for search, found in ((B[:9], B), ("李", B), ("VIP", B), ("100%", B)):
        assert [one.mobile for one in people.rows(both_desks, members.id, search)] == [found], search
    assert people.rows(both_desks, members.id, "无此人") == []


def test_a_long_list_is_read_a_page_at_a_time_and_can_be_stopped(
    both_desks: Desk, tmp_path: Path, stop: threading.Event
) -> None:
    found = read(tmp_path / "长.csv", "手机号\n" + "\n".join(numbers(2_500)))
    news: list[object] = []
    assert people.keep(both_desks, found, "长", stop, news.append) == Kept(2_500, 0, 2_500)
    assert news[-1] == Keeping(2_500, 2_500)
    first = people.rows(both_desks, limit=2_000)
    assert len(people.rows(both_desks, before=first[-1].id, limit=2_000)) == 500
    stop.set()
    with pytest.raises(Cancelled):
        people.keep(both_desks, found, "长", stop, ignore)


def test_a_group_is_a_list_to_send_to_with_all_its_columns(both_desks: Desk, members: Group) -> None:
    table = people.as_table(both_desks, members, "分组“会员”")
    found = importing.recipients(table)
    assert found.columns == ("手机号", "姓名", "会员姓名", "到期日")
    fields = {one.mobile: one.fields for one in found.recipients}
    assert fields[B] == {"姓名": "李芳", "会员姓名": "李芳", "到期日": "2026-11-30"}
    assert fields[C]["到期日"] == ""


def test_groups_combine_by_union_and_difference(both_desks: Desk, members: Group, tmp_path: Path) -> None:
    keep(both_desks, read(tmp_path / "员工.csv", f"手机号\n{B}\n13900000000\n"), "员工")
    staff = people.as_table(both_desks, people.group_named(both_desks, "员工"), "员工")
    all_members = people.as_table(both_desks, members, "会员")
    assert len(importing.recipients([all_members, staff]).recipients) == 4
    without = importing.recipients([all_members], without=[staff])
    assert sorted(without.recipients.mobiles()) == [A, C]


def test_everybody_is_a_list_too(both_desks: Desk, members: Group) -> None:
    assert len(importing.recipients(people.as_table(both_desks, None, "所有人")).recipients) == 3


def test_groups_are_renamed_and_let_go_without_their_people(both_desks: Desk, members: Group, tmp_path: Path) -> None:
    keep(both_desks, read(tmp_path / "别.csv", f"手机号\n{A}\n"), "别组")
    with pytest.raises(InputProblem):
        people.rename_group(both_desks, members.id, "别组")
    with pytest.raises(InputProblem):
        people.rename_group(both_desks, members.id, "  ")
    people.rename_group(both_desks, members.id, "老会员")
    people.remove_group(both_desks, people.group_named(both_desks, " 别组 ").id)
    assert [one.name for one in people.groups(both_desks)] == ["老会员"]
    assert people.size(both_desks) == 3
    with pytest.raises(InputProblem) as problem:
        people.group_named(both_desks, "别组")
    assert "老会员" in problem.value.words.zh


def test_people_leave_a_group_or_the_book(both_desks: Desk, members: Group) -> None:
    ids = {one.mobile: one.id for one in people.rows(both_desks)}
    people.leave_group(both_desks, members.id, [ids[A]])
    assert (people.group_named(both_desks, "会员").size, people.size(both_desks)) == (2, 3)
    people.remove(both_desks, [ids[B]])
    assert {one.mobile for one in people.rows(both_desks)} == {A, C}
    assert people.group_named(both_desks, "会员").size == 1


def test_who_was_let_go_of_comes_back_with_their_groups(both_desks: Desk, members: Group, tmp_path: Path) -> None:
    keep(both_desks, read(tmp_path / "别.csv", f"手机号\n{A}\n"), "别组")
    people.edit(both_desks, A, tags=["VIP"], note="老客户")
    before = {one.mobile: replace(one, id=0) for one in people.rows(both_desks)}
    sizes = [(one.name, one.size) for one in people.groups(both_desks)]
    removed = people.remove(both_desks, [one.id for one in people.rows(both_desks)])
    assert people.size(both_desks) == 0
    keep(both_desks, read(tmp_path / "又.csv", f"手机号,姓名\n{B},新名\n"), "会员")  # somebody else was quicker
    people.remove_group(both_desks, people.group_named(both_desks, "别组").id)
    people.put_back(both_desks, removed)
    after = {one.mobile: replace(one, id=0) for one in people.rows(both_desks)}
    assert {**after, B: before[B]} == before
    assert after[B].name == "新名"
    assert [(one.name, one.size) for one in people.groups(both_desks)] == [one for one in sizes if one[0] == "会员"]


def test_a_group_that_was_removed_and_people_who_left_it_come_back(both_desks: Desk, members: Group) -> None:
    ids = {one.mobile: one.id for one in people.rows(both_desks)}
    left = people.leave_group(both_desks, members.id, [ids[A]])
    gone = people.remove_group(both_desks, members.id)
    assert people.groups(both_desks) == []
    people.put_back(both_desks, left)
    assert people.groups(both_desks) == [], "nobody wants the group back by that"
    people.put_back(both_desks, gone)
    assert people.group_named(both_desks, "会员").size == 2
    people.put_back(both_desks, left)
    assert people.group_named(both_desks, "会员").size == 3


# -- history


@pytest.fixture
def account(both_desks: Desk, practice: Practice) -> Account:
    return stored_account(both_desks, practice)


def test_all_that_happened_with_a_number_is_on_one_page(
    both_desks: Desk, account: Account, practice: Practice, members: Group
) -> None:
    sending.send(both_desks, plan_lines(both_desks, account, [(A, "您好"), (B, "别人的")]), threading.Event(), ignore)
    practice.reply(A, "收到")
    practice.reply(A, "退订")
    polling.pull(both_desks, account, threading.Event(), ignore)
    blocklist.remove(both_desks, [A], "来电要求恢复")
    found = history.of(both_desks, A)
    assert (found.person and found.person.name, found.groups, found.is_blocked) == ("王伟", ("会员",), False)
    assert sorted(event.what for event in found.last.events) == sorted(
        [What.MESSAGE, What.REPORT, What.REPLY, What.REPLY, What.BLOCKED, What.UNBLOCKED]
    )
    texts = {(event.what, event.text): event for event in found.last.events}
    assert texts[What.MESSAGE, "您好"].campaign == "点对点"
    assert texts[What.REPORT, "DELIVRD"].words.en
    assert texts[What.REPLY, "退订"].opt_out
    assert found.last.events[0].what is What.UNBLOCKED
    times = [int(event.at.timestamp()) for event in found.last.events if event.at]
    assert times == sorted(times, reverse=True)


def test_a_long_history_is_read_on_to_its_oldest_event_in_one_order(
    both_desks: Desk, account: Account, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    for text in ("一", "二", "三"):
        sending.send(both_desks, plan_lines(both_desks, account, [(A, text)]), threading.Event(), ignore)
        practice.reply(A, text)
        polling.pull(both_desks, account, threading.Event(), ignore)
        blocklist.add(both_desks, [A])
        blocklist.remove(both_desks, [A], text)
    plan_lines(both_desks, account, [(A, "四"), (A, "五")])
    with both_desks.database.write() as conn:  # what was planned last went out first
        for days, text in enumerate(("一", "二", "三")):
            at = now() - timedelta(days=days)
            conn.execute(messages.update().where(messages.c.content == text).values(submitted_at=at))
    whole = history.of(both_desks, A).last
    assert not whole.has_more
    assert len(whole.events) == 3 * 5 + 2
    assert {one.text for one in whole.events[:2]} == {"四", "五"}, "what is not sent yet is the last to come"
    assert whole.events[-1].text == "三"
    times = [int(one.at.timestamp()) for one in whole.events if one.at]
    assert times == sorted(times, reverse=True)
    for at_once in (1, 2, 5):
        monkeypatch.setattr(history, "AT_ONCE", at_once)
        assert history.of(both_desks, A, at_once).last.has_more
        assert tuple(history.every(both_desks, A)) == whole.events


def test_a_number_that_nobody_wrote_to_has_an_empty_history(both_desks: Desk) -> None:
    found = history.of(both_desks, "13999999999")
    assert (found.person, found.groups, found.last.events) == (None, (), ())
