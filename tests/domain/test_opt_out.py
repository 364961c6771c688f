"""Replies that ask to be left alone."""

from __future__ import annotations

import pytest
from checks import OPT_OUT_WORDS

from smsdesk.domain.errors import InputProblem
from smsdesk.domain.opt_out import asked_word, is_opt_out, normal_word
from smsdesk.simulator.handsets import OPT_OUTS, REPLIES

WORDS = frozenset(["T", "TD", "N", "R", "Q", "TUIDING", "退订", "退", "0000", "00000", "拒收", "取消订阅", "不要再发"])


@pytest.mark.parametrize(
    "content",
    [
        *OPT_OUTS,
        *("TD", "td", "Td", "ＴＤ", "ｔｄ", " T D ", "T.D.", "TD。", "“TD”", "\tTD\r\n", "TD!", "TD👋"),
        *("T", "n", "Ｎ", "R", "q", "0000", "００００", "00000", "tuiding"),
        *("退订", "退订！", "【退订】", "退", "拒收", "取消订阅", "不要再发"),
        *("回T退订", "回复TD退订", "TD退订", "退订TD", "退订T", "拒收R", "T退订", "退訂"),
        *("回T", "回复TD", "回复退订", "退订回T", "退订回复TD", "拒收请回复R", "退订请回Ｔ。"),
    ],
)
def test_who_asks_to_be_left_alone_is_understood(content: str) -> None:
    assert is_opt_out(content, OPT_OUT_WORDS)


@pytest.mark.parametrize(
    "content",
    [
        *REPLIES,
        *("", " ", "。", "回", "回复", "请回复"),
        *(
            "TD是什么",
            "我想退订怎么办",
            "T恤还有吗",
            "你好TD",
            "TDD",
            "TT",
            "NO",
            "000",
            "0000元",
            "退货",
            "退款",
            "退订了吗",
            "不要退订",
        ),
        *("收到", "不退订", "回电", "回复1", "Thanks", "R2"),
    ],
)
def test_an_ordinary_answer_is_no_opt_out(content: str) -> None:
    assert not is_opt_out(content, OPT_OUT_WORDS)


@pytest.mark.parametrize("typed", ["stop", " ＳＴＯＰ ", "S.t.o.p!"])
def test_a_word_is_compared_as_it_is_meant(typed: str) -> None:
    assert normal_word(typed) == "STOP"
    assert is_opt_out("Stop。", {normal_word(typed)})
    assert not is_opt_out("stopp", {normal_word(typed)})


@pytest.mark.parametrize("typed", ["", " ", "。！", "请不要再给我发这样的短信了谢谢您的理解与支持"])
def test_what_cannot_be_a_word_is_said(typed: str) -> None:
    with pytest.raises(InputProblem) as problem:
        normal_word(typed)
    assert typed.strip() in problem.value.words.en


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("【甲】全场八折，拒收请回复R", "R"),
        ("【甲】全场八折，退订回TD", "TD"),
        ("【甲】全场八折，退订请回复“0000”。", "0000"),
        ("【甲】全场八折，回T退订", "T"),
        ("【甲】全场八折，拒收请回复：R", "R"),
        ("【甲】全场八折，退订请回复[TD]", "TD"),
        ("【甲】取消预约请回复1", None),
        ("【甲】回复1参加抽奖", None),
        ("【甲】拒收请回复R。" + "本次活动的最终解释权归本店所有，祝您生活愉快，万事如意", None),
        ("【甲】您好", None),
    ],
)
def test_what_a_message_asks_people_to_reply_is_known(text: str, word: str | None) -> None:
    assert asked_word(text) == word


def test_a_persons_own_ending_may_ask_in_other_words() -> None:
    assert asked_word("【甲】全场八折，不需要请回复Ｎ") is None
    assert asked_word("【甲】全场八折，不需要请回复Ｎ", "不需要请回复Ｎ") == "N"
