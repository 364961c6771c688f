"""A full sheet from opening to 'ready to send': against bare python-calamine in the same run, which only reads it.

Each reading runs in a process of its own, with a store of its own. Memory is that of all its processes together: shared
pages count once, divided among those that share them (PSS).
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import psutil
import python_calamine as calamine
from common import RUNS, quiet, spread

from smsdesk.domain.account import Account
from smsdesk.domain.errors import Cancelled
from smsdesk.jobs import accounts, importing, planning
from smsdesk.jobs.desk import Desk, open_desk
from smsdesk.jobs.rendering import Order
from smsdesk.settings.secrets import MemoryPasswords

ROWS = 1_048_575
FILLED = 200
CANCEL_AFTER = 0.7  # seconds

_CONTENT_TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>
<Override PartName="/xl/sharedStrings.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>"""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_RELATION = '<Relationship Id="rId{0}" Type="' + _OFFICE + '/{1}" Target="{2}"/>'


def write(path: Path, rows: Iterator[str], names: list[str]) -> None:
    """A workbook of one sheet, its rows given as XML: some seconds for a full one, where openpyxl takes a minute."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr("[Content_Types].xml", _CONTENT_TYPES)
        package.writestr("_rels/.rels", _RELATIONS.format(_RELATION.format(1, "officeDocument", "xl/workbook.xml")))
        package.writestr(
            "xl/workbook.xml",
            f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets><sheet name="名单" sheetId="1" r:id="rId1"/></sheets>'
            "</workbook>",
        )
        relations = _RELATION.format(1, "worksheet", "worksheets/sheet1.xml")
        relations += _RELATION.format(2, "sharedStrings", "sharedStrings.xml")
        package.writestr("xl/_rels/workbook.xml.rels", _RELATIONS.format(relations))
        strings = "".join(f"<si><t>{name}</t></si>" for name in names)
        package.writestr("xl/sharedStrings.xml", f"<sst {_MAIN}>{strings}</sst>")
        with package.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f"<worksheet {_MAIN}><sheetData>".encode())
            for row in rows:
                sheet.write(row.encode())
            sheet.write(b"</sheetData></worksheet>")


def full(path: Path, count: int) -> None:
    """A header and so many rows of a number, a name and an amount."""
    names = ["手机号", "姓名", "金额", *(f"客户{n}" for n in range(1000))]

    def rows() -> Iterator[str]:
        yield "".join(f'<c r="{letter}1" t="s"><v>{n}</v></c>' for n, letter in enumerate("ABC")).join(
            ('<row r="1">', "</row>")
        )
        for n in range(count):
            r, number = n + 2, 13_000_000_000 + n * 7_368_787 % 6_000_000_000
            yield (
                f'<row r="{r}"><c r="A{r}"><v>{number}</v></c><c r="B{r}" t="s"><v>{n % 1000 + 3}</v></c>'
                f'<c r="C{r}"><v>{n % 9999}.5</v></c></row>'
            )

    write(path, rows(), names)


def claimed(path: Path, count: int) -> None:
    """So many rows in use, as the sheet says, of which 200 are filled: cells were coloured down to the last row."""

    def rows() -> Iterator[str]:
        yield '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
        for r in range(2, count + 2):
            yield f'<row r="{r}"><c r="A{r}">{f"<v>{13800000000 + r}</v>" if r <= FILLED + 1 else ""}</c></row>'

    write(path, rows(), ["手机号"])


class Tree:
    """The memory in MB of this process and all below it: at the start, and the most there was since."""

    def __init__(self) -> None:
        self._root = psutil.Process()
        self._most = self._idle = self._now()
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _now(self) -> float:
        found = 0
        for process in (self._root, *self._root.children(recursive=True)):
            try:
                found += process.memory_full_info().pss
            except psutil.Error:  # it has just ended
                continue
        return found / 1e6

    def _watch(self) -> None:
        while not self._end.wait(0.05):
            self._most = max(self._most, self._now())

    def growth(self) -> float:
        """MB above the start at the worst moment."""
        self._end.set()
        self._thread.join()
        return max(self._most, self._now()) - self._idle


def ready_to_send(path: Path) -> dict[str, float]:
    """Seconds from opening the file to a stored campaign, and of each step."""
    stop = threading.Event()
    with tempfile.TemporaryDirectory() as folder:
        desk, account = _desk(Path(folder))
        start = time.perf_counter()
        table = importing.read_table(path, stop=stop, tell=quiet)
        read = time.perf_counter()
        result = importing.recipients(table, stop=stop, tell=quiet)
        cleaned = time.perf_counter()
        planning.plan(desk, Order(account, "bench", "您好", path.name, result.recipients), stop, quiet)
        end = time.perf_counter()
        desk.database.dispose()
    assert result.valid == result.rows, result
    return {"seconds": end - start, "read": read - start, "clean": cleaned - read, "store": end - cleaned}


def bare(path: Path) -> dict[str, float]:
    """The same of python-calamine alone: every row taken, none kept."""
    start = time.perf_counter()
    sheet = calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    rows = sum(1 for _ in sheet.iter_rows())
    end = time.perf_counter()
    assert rows > 1
    return {"seconds": end - start}


def grown(work: Callable[[Path], object], path: Path) -> dict[str, float]:
    """MB over the program that stood idle while it does one of these; looking takes time, so it is a run of its own."""
    memory = Tree()
    work(path)
    return {"growth": memory.growth()}


def opened(path: Path) -> dict[str, float]:
    """Seconds until the numbers of a file are known, without the store."""
    stop = threading.Event()
    start = time.perf_counter()
    result = importing.recipients(importing.read_table(path, stop=stop, tell=quiet))
    assert result.rows == FILLED, result.rows
    return {"seconds": time.perf_counter() - start}


def cancelled(path: Path) -> dict[str, float]:
    """Seconds from a person's stop until the reading has ended; no process of it may be left."""
    stop, ended = threading.Event(), threading.Event()

    def read() -> None:
        try:
            importing.recipients(importing.read_table(path, stop=stop, tell=quiet), stop=stop)
        except Cancelled:
            ended.set()

    thread = threading.Thread(target=read)
    thread.start()
    time.sleep(CANCEL_AFTER)
    start = time.perf_counter()
    stop.set()
    thread.join()
    took = time.perf_counter() - start
    assert ended.is_set(), "it was over before it was stopped: take more rows"
    assert psutil.Process().children(recursive=True) == []
    return {"seconds": took}


def in_the_window(path: Path) -> dict[str, float]:
    """The longest time in ms that the window's thread did not come round while it imported the file."""
    import gc  # noqa: PLC0415 - Qt is for this part only

    from heartbeat import Heartbeat  # noqa: PLC0415
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    from smsdesk.domain.words import Language  # noqa: PLC0415
    from smsdesk.settings.settings import Settings  # noqa: PLC0415
    from smsdesk.ui.main_window import MainWindow  # noqa: PLC0415
    from smsdesk.ui.workplace import Workplace  # noqa: PLC0415

    app = QApplication(["bench"])
    with tempfile.TemporaryDirectory() as folder:
        desk, _ = _desk(Path(folder))
        workplace = Workplace(lambda: desk, Path(folder), Settings(poll_seconds=3600), Language.ZH)
        window = MainWindow(workplace, "bench")
        window.show()
        gc.freeze()  # as `smsdesk.app` does
        for _ in range(50):  # the window is up, as it is when a person begins
            app.processEvents()
            time.sleep(0.01)
        beat = Heartbeat()
        start = time.perf_counter()
        window.bulk.recipients.imported.connect(lambda: QApplication.exit(0))
        window.bulk.add_files([path])
        app.exec()
        seconds = time.perf_counter() - start
        for _ in range(20):  # what the result's arrival costs the window comes after it
            app.processEvents()
            time.sleep(0.01)
        assert window.bulk.recipients.result is not None
        workplace.close(10.0)
    return {"longest": max(gap for gap, _ in beat.gaps), "seconds": seconds}


def _desk(folder: Path) -> tuple[Desk, Account]:
    desk = open_desk(folder / "data", None, MemoryPasswords())
    account = Account(name="bench", url="http://127.0.0.1:9/sms", login="bench", extno="10690000")
    return desk, accounts.save(desk, account, None)


PARTS: dict[str, Callable[[Path], dict[str, float]]] = {
    "ready": ready_to_send,
    "bare": bare,
    "ready, memory": partial(grown, ready_to_send),
    "bare, memory": partial(grown, bare),
    "opened": opened,
    "cancelled": cancelled,
    "window": in_the_window,
}


def in_child(part: str, path: Path) -> dict[str, Any]:
    """One of the parts in a fresh process."""
    done = subprocess.run([sys.executable, __file__, "--child", part, str(path)], check=True, stdout=subprocess.PIPE)
    return dict(json.loads(done.stdout))


def main(count: int = ROWS) -> None:
    with tempfile.TemporaryDirectory() as folder:
        sheet, range_only = Path(folder) / "full.xlsx", Path(folder) / "range.xlsx"
        full(sheet, count)
        claimed(range_only, count)
        pairs = [
            (
                {**in_child("ready", sheet), **in_child("ready, memory", sheet)},
                {**in_child("bare", sheet), **in_child("bare, memory", sheet)},
            )
            for _ in range(RUNS)
        ]
        for name, unit, target in (("seconds", "s", "2.0"), ("growth", "MB", "1.5")):
            ratios = [ours[name] / theirs[name] for ours, theirs in pairs]
            print(f"{count:,} x 3 to ready to send, {name}: {statistics.median(ratios):.2f} (target: {target} or less)")
            mine, bares = (statistics.median(pair[at][name] for pair in pairs) for at in (0, 1))
            print(f"    ours {mine:,.1f} {unit}, bare {bares:,.1f} {unit}; ratios {spread(ratios)}", flush=True)
        for step in ("read", "clean", "store"):
            print(f"    {step}: {statistics.median(ours[step] for ours, _ in pairs):.1f} s")
        unstored = [(ours["read"] + ours["clean"]) / theirs["seconds"] for ours, theirs in pairs]
        print(f"    read and cleaned, without the store: {statistics.median(unstored):.2f}; {spread(unstored)}")
        for title, part, key, path, target in (
            (
                f"a used range of {count + 1:,} rows, {FILLED} filled, seconds",
                "opened",
                "seconds",
                range_only,
                "under 2",
            ),
            ("cancel, seconds", "cancelled", "seconds", sheet, "under 1"),
            ("the window's longest gap, ms", "window", "longest", sheet, "under 100"),
        ):
            values = [in_child(part, path)[key] for _ in range(RUNS)]
            print(f"{title}: {statistics.median(values):.2f} (target: {target})\n    {spread(values)}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        print(json.dumps(PARTS[sys.argv[2]](Path(sys.argv[3]))))
    else:
        main(*map(int, sys.argv[1:]))
