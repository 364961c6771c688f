"""Files of the corpus through `smsdeskctl recipients` in processes of their own, as another program calls it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from corpus import BAD, CASES, Bad, Case

from ctl.calling import Ctl

_CASES = ("messy-xlsx", "messy-html", "messy-csv", "two-mobiles", "fields-as-shown", 'named-it\'s "the" list.xlsx')
_BAD = ("no-bytes", "picture", "password", "xls-cut-in-half", "directory", "missing", "fifo", "dev-zero")


def counts(case: Case) -> dict[str, object]:
    names = ("sheet", "header_row", "column", "rows", "valid", "invalid", "duplicates", "blank", "hidden")
    return {name: getattr(case.truth, name) for name in names}


@pytest.mark.parametrize("case", [case for case in CASES if case.name in _CASES], ids=lambda case: case.name)
def test_a_messy_file_is_told_as_it_is(case: Case, empty: Ctl, tmp_path: Path) -> None:
    answer = empty.process("recipients", case.make(tmp_path), "--json", "--list")
    assert (answer.status, answer.err) == (0, "")
    found = answer.json
    assert {name: found[name] for name in counts(case)} == counts(case)
    assert tuple(one["mobile"] for one in found["recipients"]) == case.truth.mobiles
    assert [(p["row"], p["kind"]) for p in found["problems"]] == [(row, kind) for row, kind, _ in case.truth.problems]
    for row, fields in case.truth.fields.items():
        shown = next(one["fields"] for one in found["recipients"] if one["row"] == row)
        assert {name: shown[name] for name in fields} == fields


@pytest.mark.parametrize("bad", [bad for bad in BAD if bad.name in _BAD], ids=lambda bad: bad.name)
def test_a_file_that_cannot_be_read_is_one_sentence(bad: Bad, empty: Ctl, tmp_path: Path) -> None:
    path = bad.make(tmp_path)
    answer = empty.process("recipients", path, "--json", "--list", LANG="zh_CN.UTF-8")
    assert answer.status == 2
    assert bad.says in answer.json["error"]
    assert not empty.data_dir.exists(), "reading needs no store, and makes none"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_file_that_may_not_be_read_is_one_sentence(empty: Ctl, tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text("手机号\n13800000000\n", encoding="utf-8")
    path.chmod(0)
    assert "may not be read" in empty.json("recipients", path, status=2)["error"]


@pytest.mark.skipif(sys.platform == "win32", reason="no name there holds such bytes")
def test_a_file_name_that_is_no_text_is_one_sentence(empty: Ctl, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xc3\xfb\xb5\xa5.csv")  # 名单 in GBK, out of an old archive
    path.write_text("手机号\n13800000000\n", encoding="utf-8")
    answer = empty.process("recipients", path, "--json", "--list")
    assert answer.status == 2
    assert "UTF-8" in answer.json["error"]


def test_refused_rows_do_not_take_the_place_of_the_list(empty: Ctl, tmp_path: Path) -> None:
    path = next(case for case in CASES if case.name == "messy-xlsx").make(tmp_path)
    before = path.read_bytes()
    assert "error" in empty.json("recipients", path, "--rejects", path, status=2)
    assert path.read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
def test_refused_rows_do_not_take_the_place_of_what_is_no_file(empty: Ctl, tmp_path: Path) -> None:
    path = next(case for case in CASES if case.name == "messy-xlsx").make(tmp_path)
    out = tmp_path / "out.xlsx"
    os.mkfifo(out)
    assert "error" in empty.json("recipients", path, "--rejects", out, status=2)
    assert out.is_fifo()


def test_refused_rows_of_a_messy_file_are_mended_and_imported_again(empty: Ctl, tmp_path: Path) -> None:
    case = next(case for case in CASES if case.name == "messy-xlsx")
    out = tmp_path / "rejects.xlsx"
    first = empty.json("recipients", case.make(tmp_path), "--rejects", out)
    assert first["rejects"]["rows"] == first["invalid"] + first["duplicates"]
    again = empty.json("recipients", out)
    assert again["rows"] == again["valid"] + again["invalid"] + again["duplicates"] + again["blank"]
    assert (again["rows"], again["invalid"], again["column"]) == (first["rejects"]["rows"], first["invalid"], "手机号")
