"""A campaign from the list to its reports, by names only, as a screen reader's user finds things. In Chinese."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from outside.desktop import until
from outside.screen import Screen, has_row

_LIST = """手机号,姓名
13800013001,王芳
13800010002,李娜
1380001000,张伟
13800013001,王芳
13800013003,刘洋
"""
"""To a number that ends in 0002 the practice gateway delivers nothing, and says why."""


@pytest.fixture(scope="module")
def screen(start: Callable[[str], AbstractContextManager[Screen]]) -> Iterator[Screen]:
    with start("zh_CN") as screen:
        yield screen


def test_a_campaign_goes_from_the_list_to_its_reports_by_names_only(screen: Screen, tmp_path: Path) -> None:
    (tmp_path / "members.csv").write_text(_LIST)
    screen.press("push button", "选择文件…")
    screen.write("text", "文件名称(N)：", str(tmp_path / "members.csv"))
    screen.press("push button", "打开(O)")

    for figure in ("✓ 有效：3", "✗ 错误：1", "= 重复：1"):
        screen.find("label", figure)
    heads, rows = screen.table(screen.find("table", "未计入的行"))
    reasons = {row[heads.index("单元格内容")]: row[-1] for row in rows}
    assert "11 位" in reasons["1380001000"]
    assert "重复" in reasons["13800013001"]

    screen.write("text", "短信内容", "{姓名}您好，五月会员日全场八折。拒收请回复R")
    screen.find("label", lambda name: name.startswith("短信长度：") and "计费 1 条" in name)
    screen.find("label", "手机上看到的短信：【示例商城】王芳您好，五月会员日全场八折。拒收请回复R")
    screen.write("text", "任务名称", "会员日")

    screen.press("push button", "检查并发送…")
    screen.find("dialog", "发送前确认")
    for fact in ("收件人数：3", "短信：3"):
        screen.find("label", fact)
    if screen.found("check box", lambda name: name.startswith("我已阅读")):  # outside the hours for advertising
        screen.press("check box", lambda name: name.startswith("我已阅读"))
    screen.press("push button", "发送 3 条")

    screen.press("page tab", "任务")
    campaigns = screen.find("table", "任务")
    until(lambda: has_row(screen, campaigns, "会员日", "✓ 已完成"), "the campaign to be sent")
    screen.press("page tab", "状态报告")
    reports = screen.find("table", "短信及其状态报告")

    def reported() -> bool:
        screen.press("push button", "立即获取")
        return has_row(screen, reports, "会员日", "✗ 失败", "内容非法。请修改内容或报备模板后再发。")

    until(reported, "the report", otherwise=lambda: str(screen.table(reports)[1]))


def test_what_the_page_says_is_spoken_at_once(screen: Screen) -> None:
    screen.press("page tab", "点对点")
    with screen.bus.news("object:announcement") as heard:
        screen.press("push button", "先发给自己测试")
        screen.find("panel", "错误：请先在设置里填写自己的手机号。")
    assert [message.body[3][1] for message in heard] == ["错误：请先在设置里填写自己的手机号。"]
