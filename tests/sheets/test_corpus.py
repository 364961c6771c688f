"""The corpus of messy files, read as the program does; files damaged at random; and rows that always add up."""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from threading import Event

import pytest
from _pytest.mark.structures import ParameterSet
from corpus import BAD, CASES, WRITERS, Bad, Case, Listed, messy, people, text
from forks import Forks
from hypothesis import given, settings
from hypothesis import strategies as st

from smsdesk.domain.errors import SheetProblem
from smsdesk.domain.recipient import ProblemKind
from smsdesk.domain.words import Language
from smsdesk.jobs.importing import Import, read_table, recipients
from smsdesk.sheets.blocks import Block, join
from smsdesk.sheets.columns import SheetRow
from smsdesk.sheets.problems import Key
from smsdesk.sheets.reader import Limits
from smsdesk.sheets.table import Table

_PATIENT = 10.0  # seconds for one file, on a machine that does other things too
_LIMITS = Limits(seconds=20, memory=1 << 29)


def imported(path: Path, *, visible_only: bool = False) -> Import:
    return recipients(
        read_table(path, stop=Event(), tell=lambda _news: None, limits=_LIMITS), visible_only=visible_only
    )


def adds_up(found: Import) -> None:
    assert found.rows == found.valid + found.invalid + found.duplicates + found.blank
    kinds = [problem.kind for problem in found.problems]
    assert kinds.count(ProblemKind.INVALID) == found.invalid
    assert kinds.count(ProblemKind.DUPLICATE) == found.duplicates
    assert kinds.count(ProblemKind.SKIPPED) == found.skipped
    assert len({one.line for one in found.recipients}) == found.valid
    mobiles = [one.mobile for one in found.recipients]
    assert len(set(mobiles)) == len(mobiles)


# ---- files that can be read


def params(cases: Iterable[Case | Bad]) -> list[ParameterSet]:
    """The cases by name."""
    return [pytest.param(case, id=case.name) for case in cases]


@pytest.mark.parametrize("case", params(CASES))
def test_a_messy_file_gives_what_is_in_it(case: Case, tmp_path: Path) -> None:
    truth, found = case.truth, imported(case.make(tmp_path))
    assert (found.sheet, found.header_row, found.column) == (truth.sheet, truth.header_row, truth.column)
    assert tuple(one.mobile for one in found.recipients) == truth.mobiles
    reasons = {row: reason.words for row, _, reason in truth.problems if reason is not None}
    assert {p.line: p.reason for p in found.problems if p.kind is ProblemKind.INVALID} == reasons
    assert [(p.line, p.kind.value) for p in found.problems] == [(row, kind) for row, kind, _ in truth.problems]
    assert (found.rows, found.valid, found.invalid) == (truth.rows, truth.valid, truth.invalid)
    assert (found.duplicates, found.blank, found.hidden) == (truth.duplicates, truth.blank, truth.hidden)
    for one in found.recipients:
        expected = truth.fields.get(one.line, {})
        assert {name: one.fields[name] for name in expected} == expected
    adds_up(found)


@pytest.mark.parametrize("kind", ["xlsx", "xls", "xlsb", "ods", "html"])
def test_hidden_rows_that_are_left_out_are_none_of_the_rows(kind: str, tmp_path: Path) -> None:
    case = next(case for case in CASES if case.name == f"hidden-{kind}")
    found = imported(case.make(tmp_path), visible_only=True)
    assert (found.hidden, found.skipped) == (case.truth.hidden, case.truth.hidden)
    assert found.rows == case.truth.rows - case.truth.hidden
    adds_up(found)


# ---- files that cannot be read


@pytest.mark.parametrize("bad", params(BAD))
def test_a_file_that_cannot_be_read_gets_its_sentence(bad: Bad, tmp_path: Path) -> None:
    path = bad.make(tmp_path)
    began = time.monotonic()
    with pytest.raises(SheetProblem) as caught:
        imported(path)
    assert time.monotonic() - began < _PATIENT
    words = caught.value.words
    assert bad.says in words.text(Language.ZH)
    assert path.name in words.text(Language.ZH)
    assert path.name in words.text(Language.EN)


# ---- damaged files

forks_only = pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")


@pytest.fixture(scope="module")
def forks() -> Iterator[Forks]:
    with tempfile.TemporaryDirectory() as folder, Forks(Path(folder)) as forks:
        yield forks


def rows_of(blocks: Sequence[Block]) -> list[SheetRow]:
    return [row for block in blocks for row in block.rows()]


def is_accounted_for(path: Path, forks: Forks) -> bool:
    """Read what may be damaged: every row is counted, or there is a sentence. Gives whether there are rows."""
    blocks, end = forks.read(path)
    if end["kind"] == "problem":
        assert Key(end["key"])
        return False
    assert end["kind"] == "done"
    table = Table.of(path, "", (), blocks)
    found = recipients(table, table.layout.column or 0)
    adds_up(found)
    assert found.rows == table.height - table.layout.first
    return True


@forks_only
@pytest.mark.parametrize("kind", ["xlsx", "xlsx-inline", "xls", "xlsb", "ods", "html", "spreadsheetml"])
def test_a_file_cut_off_at_any_kilobyte_is_no_shorter_list(kind: str, forks: Forks, tmp_path: Path) -> None:
    file, write = WRITERS[kind]
    path = write(tmp_path / file, Listed(messy(11)))
    whole = path.read_bytes()
    assert is_accounted_for(path, forks)
    for size in range(0, len(whole), 1024):
        path.write_bytes(whole[:size])
        assert not is_accounted_for(path, forks), f"{size} of {len(whole)} bytes were taken for all of the list"


@forks_only
def test_a_text_cut_off_at_any_kilobyte_gives_its_lines(forks: Forks, tmp_path: Path) -> None:
    path = text(tmp_path / "名单.csv", Listed(people(300)))
    whole = path.read_bytes()
    for size in range(1024, len(whole), 1024):
        path.write_bytes(whole[:size])
        rows = rows_of(forks.read(path)[0])
        assert len(rows) == len(whole[:size].splitlines())


@forks_only
@pytest.mark.parametrize("kind", WRITERS)
def test_flipped_bytes_give_rows_or_a_sentence(kind: str, forks: Forks, tmp_path: Path) -> None:
    rng = random.Random(kind)
    file, write = WRITERS[kind]
    path = write(tmp_path / file, Listed(messy(12)[:60]))
    whole = path.read_bytes()
    for _ in range(30):
        damaged = bytearray(whole)
        for _ in range(rng.choice((1, 1, 3, 10))):
            damaged[rng.randrange(len(damaged))] ^= rng.randrange(1, 256)
        path.write_bytes(damaged)
        is_accounted_for(path, forks)


# ---- rows add up

_PIECES = st.one_of(
    st.sampled_from([line.cell for line in messy(13)]).map(lambda cell: "" if cell is None else str(cell)),
    st.from_regex(r"1[3-9][0-9]{1,3}", fullmatch=True).map(lambda text: text.ljust(11, "0")),
    st.text(max_size=15),
    st.text("0123456789+-. /E", max_size=25),
)
_GRIDS = st.lists(st.lists(_PIECES, min_size=1, max_size=4), min_size=1, max_size=30)
_NO_CONTROL = str.maketrans("", "", "\x1e\x1f")


def table_of(rows: list[list[str]], hidden: frozenset[int], name: str = "a.xlsx") -> Table:
    width = max(map(len, rows))
    padded = [[*(cell.translate(_NO_CONTROL) for cell in row), *[""] * (width - len(row))] for row in rows]
    half = len(rows) // 2
    blocks = [
        Block(
            range(first + 1, end + 1),
            tuple(join(column) for column in zip(*padded[first:end], strict=True)),
            [place - first for place in sorted(hidden) if first <= place < end],
        )
        for first, end in ((0, half), (half, len(rows)))
        if end > first
    ]
    return Table.of(Path(name), "名单", (), blocks)


@given(grid=_GRIDS, more=_GRIDS, hidden=st.frozensets(st.integers(0, 29)), data=st.data())
@settings(max_examples=150, deadline=None)
def test_rows_add_up_whatever_is_in_them(
    grid: list[list[str]], more: list[list[str]], hidden: frozenset[int], data: st.DataObject
) -> None:
    tables = [table_of(grid, hidden), table_of(more, frozenset(), "b.xlsx")]
    column = data.draw(st.integers(0, min(len(table.layout.columns) for table in tables) - 1))
    abroad, visible_only = data.draw(st.booleans()), data.draw(st.booleans())
    tables = [table.with_column(column) for table in tables]
    found = recipients(tables, abroad=abroad, visible_only=visible_only)
    below = sum(table.height - table.layout.first for table in tables)
    assert found.rows + found.skipped == below
    assert found.rows == found.valid + found.invalid + found.duplicates + found.blank
    assert len(found.problems) == found.invalid + found.duplicates + found.skipped
    assert len({(one.file, one.line) for one in found.recipients}) == found.valid
    assert [sum(counts) for counts in zip(*((p.rows, p.valid, p.blank) for p in found.parts), strict=True)] == [
        found.rows,
        found.valid,
        found.blank,
    ]
    mobiles = list(found.recipients.mobiles())
    assert len(set(mobiles)) == len(mobiles)
    first = {(one.file, one.line) for one in found.recipients}
    for problem in found.problems:
        if problem.kind is ProblemKind.DUPLICATE:
            assert (problem.first_file, problem.first_line) in first
            assert problem.mobile in mobiles


@given(seed=st.integers(0, 1 << 30), kind=st.sampled_from(sorted(WRITERS)))
@settings(max_examples=8, deadline=None)
def test_a_random_list_written_in_any_format_comes_back_as_counted(seed: int, kind: str) -> None:
    rng = random.Random(seed)
    listed = Listed(messy(seed)[: rng.randrange(5, 160)] + people(1, 500))
    file, write = WRITERS[kind]
    with tempfile.TemporaryDirectory() as folder:
        found = imported(write(Path(folder, file), listed))
    truth = listed.truth(as_text=kind == "csv")
    assert tuple(one.mobile for one in found.recipients) == truth.mobiles
    assert [(p.line, p.kind.value) for p in found.problems] == [(row, kind) for row, kind, _ in truth.problems]
    assert (found.rows, found.blank) == (truth.rows, truth.blank)
