"""The program as a whole: options, languages, streams, faults, and a look at every command in a process of its own."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from ctl.calling import COMMAND, Ctl, numbers
from smsdesk import __version__
from smsdesk.ctl.faults import LogFile
from smsdesk.ctl.main import language_of, status_of
from smsdesk.ctl.output import Output, printable, width
from smsdesk.ctl.progress import Progress, Step
from smsdesk.ctl.shown import moment_of, yuan
from smsdesk.domain.errors import Cancelled, InputProblem, PasswordProblem, SheetProblem, StoreBusy
from smsdesk.domain.words import Language, Words
from smsdesk.gateway.errors import AnswerLost, NotSent, Refused
from smsdesk.simulator.server import Practice

WORDS = Words("中文", "English")


def test_the_common_options_stand_before_or_after_the_command(empty: Ctl, tmp_path: Path) -> None:
    expected: dict[str, object] = {"accounts": []}
    data = str(tmp_path / "other")
    assert empty("--json", "account", "list").json == expected
    assert empty("account", "--json", "list").json == expected
    assert empty("account", "list", "--json", "--data-dir", data).json == expected
    assert (tmp_path / "other" / "store.sqlite3").exists()


def test_the_data_folder_may_come_from_the_environment(tmp_path: Path) -> None:
    environment = Ctl(tmp_path / "unused").env(SMSDESK_DATA_DIR=str(tmp_path / "here"))
    done = subprocess.run([*COMMAND, "account", "list", "--json"], env=environment, capture_output=True, check=True)
    assert done.stdout == b'{"accounts": []}\n'
    assert (tmp_path / "here" / "store.sqlite3").exists()


@pytest.mark.parametrize("locale", [{"LANG": "C"}, {"LC_ALL": "C"}, {"LANG": "zh_CN.GBK"}])
def test_chinese_goes_out_as_utf8_whatever_the_locale(ctl: Ctl, locale: dict[str, str]) -> None:
    ctl.environment = locale
    who = ("--url", "http://127.0.0.1:9/sms", "--account", "x", "--extno", "1069")
    answer = ctl.process("account", "add", "练习", *who)
    assert answer.status == 0
    assert "练习" in answer.out


@pytest.mark.skipif(sys.platform == "win32", reason="arguments are text there")
def test_an_argument_that_is_no_text_is_refused(empty: Ctl) -> None:
    answer = empty("send", "--account", "demo", "--to", "13800010000", "--text", "\udcff")
    assert answer.status == 2
    assert "UTF-8" in answer.err


def test_sentences_are_in_the_language_of_the_locale(empty: Ctl) -> None:
    assert "没有名为" in empty.process("balance", "x", LANG="zh_CN.UTF-8").err
    assert "no account" in empty.process("balance", "x", LANG="zh_CN.UTF-8", LC_ALL="en_US.UTF-8").err


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "zh_TW.UTF-8"}, Language.ZH),
        ({"LANG": "C"}, Language.EN),
        ({"LANG": "zh_CN", "LC_MESSAGES": "en_GB"}, Language.EN),
        ({"LANG": "en_US", "LC_MESSAGES": "", "LC_ALL": "zh_CN"}, Language.ZH),
    ],
)
def test_lc_all_counts_before_lc_messages_before_lang(environment: dict[str, str], language: Language) -> None:
    assert language_of(environment) is language


def test_the_version_is_told(empty: Ctl) -> None:
    assert empty.process("--version").out == f"SMS Desk {__version__}\n"


@pytest.mark.parametrize("call", [(), ("account",), ("frob",), ("campaign", "show"), ("send", "--frob")])
def test_a_wrong_call_exits_2(empty: Ctl, call: tuple[str, ...]) -> None:
    answer = empty(*call)
    assert (answer.status, answer.out) == (2, "")
    assert answer.err
    assert not empty.data_dir.exists()


def test_help_is_told_for_every_command(empty: Ctl) -> None:
    helped = empty.process("--help")
    assert helped.status == 0
    for name in ("account", "balance", "recipients", "send", "p2p", "campaign", "pull", "reports", "receiver"):
        assert name in helped.out
        assert "--json" in empty(name, "--help").out


def test_text_for_people_in_a_process_of_its_own(ctl: Ctl, gateway: Practice) -> None:
    ctl.environment = {"LANG": "zh_CN.UTF-8"}
    sent = ctl.process("send", "--account", "demo", "--to", ",".join(numbers(2)), "--text", "您好", "--name", "五月")
    assert (sent.status, sent.err) == (0, "")
    assert "任务 1“五月”（demo，群发）：已完成" in sent.out
    assert "已受理 2" in sent.out
    gateway.reply("13800010000", "T")
    assert "退订 1" in ctl.process("pull", "demo").out
    assert "您好" in ctl.process("campaign", "messages", 1).out
    for call in (("campaign", "list"), ("campaign", "show", 1), ("reports",), ("replies",)):
        answer = ctl(*call)
        assert (answer.status, answer.err) == (0, ""), call
        assert "五月" in answer.out, call
    assert "回复退订" in ctl("blocklist", "list").out
    assert "元" in ctl("balance", "demo").out
    assert "127.0.0.1" in ctl("account", "list").out


@pytest.mark.skipif(sys.platform == "win32", reason="pipes")
def test_a_reader_who_goes_is_no_fault(ctl: Ctl, tmp_path: Path) -> None:
    many = tmp_path / "many.txt"
    many.write_text("\n".join(numbers(2000)))
    ctl.json("send", "--account", "demo", "--recipients", many, "--text", "您好" * 30)
    with ctl.running("campaign", "messages", 1, "--json", stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait(10) == 1


@pytest.mark.expects_log
def test_a_fault_is_a_sentence_and_a_traceback_in_the_log(empty: Ctl, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_file: object, **_more: object) -> None:
        raise RuntimeError("postgresql://me:hush@host/x and Geheim")

    monkeypatch.setattr("smsdesk.jobs.importing.read_table", broken)
    empty.password = "Geheim"
    handlers = logging.root.handlers[:]
    monkeypatch.setattr(logging.root, "handlers", [])
    answer = empty("recipients", "x.xlsx", "--json")
    monkeypatch.setattr(logging.root, "handlers", handlers)
    assert answer.status == 70
    assert "RuntimeError" in answer.json["error"]
    log = empty.data_dir / "smsdeskctl.log"
    text = log.read_text(encoding="utf-8")
    assert "in broken" in text
    assert "hush" not in text
    assert "Geheim" not in text
    if sys.platform != "win32":
        assert log.stat().st_mode & 0o777 == 0o600


def test_a_log_that_cannot_be_written_is_no_second_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert LogFile(lambda: tmp_path / "file" / "below", lambda: ()).write("x") is None


def test_each_kind_of_problem_has_its_exit_status() -> None:
    assert status_of(InputProblem(WORDS)) == status_of(SheetProblem(WORDS)) == status_of(PasswordProblem(WORDS)) == 2
    assert status_of(NotSent(WORDS)) == status_of(Refused(3)) == status_of(AnswerLost(WORDS)) == 3
    assert status_of(StoreBusy(WORDS)) == 4
    assert status_of(Cancelled()) == 1


def test_columns_are_aligned_by_what_a_terminal_shows(capsys: pytest.CaptureFixture[str]) -> None:
    header = (Words("名", "N"), Words("值", "V"))
    Output(Language.ZH, as_json=False).table(header, [("中文", "1"), ("abcdef", "2"), ("a\tb\x1b", "3")])
    lines = capsys.readouterr().out.splitlines()
    assert [width(line[: -len(line.split()[-1])]) for line in lines] == [8, 8, 8, 8]
    assert printable("a\tb\x1b") == "a b\ufffd"


def test_a_bar_is_drawn_on_a_terminal_and_wiped_away(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def step(news: object) -> Step:
        return Step(WORDS, int(str(news)), 4, Words("等", "waits") if news == 2 else None)

    with Progress(Output(Language.EN, as_json=True), step) as quiet:
        quiet(1)
    assert capsys.readouterr() == ("", "")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with Progress(Output(Language.EN, as_json=True), step) as tell:
        for news in (1, 2, 2, 3):
            tell(news)
    out, err = capsys.readouterr()
    assert out == ""
    assert "English [######..................] 1/4" in err
    assert err.count("waits\n") == 1
    assert err.endswith("\r\x1b[K")


def test_times_and_money() -> None:
    assert moment_of("2026-05-01").isoformat() == "2026-05-01T00:00:00+08:00"
    assert moment_of("2026-05-01T00:00:00Z").isoformat() == "2026-05-01T08:00:00+08:00"
    assert (yuan(12345), yuan(-5), yuan(1_234_567_890)) == ("12.345", "-0.005", "1,234,567.890")
