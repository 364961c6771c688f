"""A corpus of messy recipient files with known truth: each file is made here, and so is what must come of it.

    for case in CASES:
        case.make(folder)           # writes the file and gives its path
        case.truth                  # what the program must say of it

A list is a few :class:`Line` values: what stands in the number cell, what that is, and the other cells. The truth is
counted from those, never by the program's own rules. The same lists go into files of every kind.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import random
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from html import escape as html_escape
from itertools import accumulate
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import binary_workbooks
import xlsxwriter
import xlwt
from binary_workbooks import Cell, container
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from workbooks import ods_content, raw_workbook

from smsdesk.domain.mobile import Reason

Grid = list[list[object]]
Gives = str | tuple[str, ...] | Reason | None
"""What a number cell is: its number, its numbers, why it is none, or None for a blank one."""


@dataclass(frozen=True)
class Line:
    """A row of a list: the number cell, what it is, and the other cells."""

    cell: object
    gives: Gives
    others: tuple[object, ...] = ()
    hidden: bool = False


@dataclass(frozen=True)
class Truth:
    """What must come of a file. `problems` are (row number, kind, reason), `fields` by row number."""

    sheet: str
    header_row: int | None
    column: str
    rows: int
    valid: int
    invalid: int
    duplicates: int
    blank: int
    mobiles: tuple[str, ...]
    problems: tuple[tuple[int, str, Reason | None], ...]
    hidden: int = 0
    fields: Mapping[int, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """A file that can be read. `make` gets an empty folder and gives the file's path."""

    name: str
    make: Callable[[Path], Path]
    truth: Truth


@dataclass(frozen=True)
class Bad:
    """A file that cannot be read; `says` is a part of the sentence for it."""

    name: str
    make: Callable[[Path], Path]
    says: str


# ---- lists and their truth


@dataclass(frozen=True)
class Listed:
    """Lines laid out in a sheet: rows `above` the header, a header (None: there is none), blank columns at the `left`.

    The number column is the one at index `at` of the header.
    """

    lines: Sequence[Line]
    header: tuple[str, ...] | None = ("姓名", "手机号", "备注")
    at: int = 1
    above: tuple[tuple[object, ...], ...] = ()
    left: int = 0
    sheet: str = "名单"
    column: str = ""
    shown: Mapping[int, Mapping[str, str]] = field(default_factory=dict)

    @property
    def grid(self) -> Grid:
        """All rows of the sheet."""
        pad: list[object] = [""] * self.left
        rows = [list(row) for row in self.above]
        if self.header is not None:
            rows.append([*pad, *self.header])
        for line in self.lines:
            others = [*line.others, *[""] * (self.at - len(line.others))]
            rows.append([*pad, *others[: self.at], line.cell, *others[self.at :]])
        return rows

    @property
    def first(self) -> int:
        """The row number of the first line."""
        return len(self.above) + (self.header is not None) + 1

    @property
    def hidden(self) -> list[int]:
        """The row numbers of the hidden lines."""
        return [row for row, line in enumerate(self.lines, self.first) if line.hidden]

    def rows(self, *, as_text: bool) -> list[int]:
        """The row number of each line; in a text file that is the line on which it begins."""
        if not as_text:
            return list(range(self.first, self.first + len(self.lines)))
        taken = (1 + sum(str(cell).count("\n") for cell in row) for row in self.grid)
        return list(accumulate(taken, initial=1))[self.first - 1 : -1]

    def truth(self, sheet: str = "", *, as_text: bool = False) -> Truth:
        """Counted from what the lines say of themselves. `sheet` is another name for it."""
        counts = dict.fromkeys(("valid", "invalid", "duplicates", "blank"), 0)
        mobiles: dict[str, None] = {}
        problems: list[tuple[int, str, Reason | None]] = []
        for row, line in zip(self.rows(as_text=as_text), self.lines, strict=True):
            numbers = (line.gives,) if isinstance(line.gives, str) else line.gives
            if numbers is None:
                counts["blank"] += 1
            elif isinstance(numbers, Reason):
                counts["invalid"] += 1
                problems.append((row, "invalid", numbers))
            elif mobiles.keys() >= set(numbers):
                counts["duplicates"] += 1
                problems.append((row, "duplicate", None))
            else:
                counts["valid"] += 1
                mobiles.update(dict.fromkeys(numbers))
        return Truth(
            sheet=sheet or self.sheet,
            header_row=None if self.header is None else self.first - 1,
            column=self.column or (self.header[self.at] if self.header else "列" + "ABCDEFG"[self.left + self.at]),
            rows=len(self.lines),
            mobiles=tuple(mobiles),
            problems=tuple(problems),
            hidden=len(self.hidden),
            fields=self.shown,
            **counts,
        )


# Every spelling of a mobile number that offices were seen to write. The number is 138 plus eight digits.
SPELLINGS: tuple[Callable[[str], object], ...] = (
    lambda n: n,
    float,
    int,
    lambda n: f"{n}.0",
    lambda n: f"'{n}",
    lambda n: f"+86{n}",
    lambda n: f"+86 {n}",
    lambda n: f"0086{n}",
    lambda n: f"0086-{n}",
    lambda n: f"86-{n}",
    lambda n: f"86{n}",
    lambda n: f"(+86){n}",
    lambda n: f"（86）{n}",
    lambda n: f"+86 {n[:3]} {n[3:7]} {n[7:]}",
    lambda n: f"{n[:3]}-{n[3:7]}-{n[7:]}",
    lambda n: f"{n[:3]} {n[3:7]} {n[7:]}",
    lambda n: f"{n[:3]}.{n[3:7]}.{n[7:]}",
    lambda n: f"({n[:3]}){n[3:7]}-{n[7:]}",
    lambda n: f"{n[:3]}－{n[3:7]}－{n[7:]}",
    lambda n: f"{n[:3]}—{n[3:]}",
    lambda n: n.translate({ord("0") + i: chr(ord("０") + i) for i in range(10)}),
    lambda n: f"\u00a0{n}\u00a0",
    lambda n: f"{n[:3]}\u00a0{n[3:7]}\u00a0{n[7:]}",
    lambda n: f"\u200b{n}",
    lambda n: f"{n}\u200b",
    lambda n: f"\ufeff{n}",
    lambda n: f"\u202d{n}\u202c",  # as Windows copies a number out of its contacts
    lambda n: f"{n[:3]}\u2011{n[3:7]}\u2011{n[7:]}",
    lambda n: f"\u3000{n}",
    lambda n: f" {n} ",
    lambda n: f"{n}(王总)",
    lambda n: f"{n}（已换号）",
    lambda n: f"{n} 王总",
    lambda n: f"王总 {n}",
    lambda n: f"王总：{n}",
    lambda n: f"手机：{n}",
    lambda n: f"tel:{n}",
    lambda n: f"{n};",
    lambda n: f"{n}，",
    lambda n: f"{n}。",
    lambda n: f"{n}/010-62345678",
    lambda n: f"座机010-62345678 手机{n}",
)

SEVERAL: tuple[Callable[[str, str], str], ...] = (
    lambda a, b: f"{a}/{b}",
    lambda a, b: f"{a}、{b}",
    lambda a, b: f"{a},{b}",
    lambda a, b: f"{a}，{b}",
    lambda a, b: f"{a};{b}",
    lambda a, b: f"{a} {b}",
    lambda a, b: f"{a}\n{b}",
    lambda a, b: f"{a}(本人) {b}(家属)",
    lambda a, b: f"+86{a} / 86-{b}",
)

REFUSED: tuple[tuple[object, Reason], ...] = (
    ("1.38E+10", Reason.LOST_DIGITS),
    ("1.38e10", Reason.LOST_DIGITS),
    ("1.38E+010", Reason.LOST_DIGITS),
    ("8.61E+12", Reason.LOST_DIGITS),
    ("010-62345678", Reason.LANDLINE),
    ("(0755)26781234", Reason.LANDLINE),
    ("0571-87654321-801", Reason.LANDLINE),
    ("62345678", Reason.LANDLINE),
    ("400-800-1234", Reason.HOTLINE),
    ("4008001234", Reason.HOTLINE),
    ("800-810-8888", Reason.HOTLINE),
    ("95588", Reason.HOTLINE),
    ("12306", Reason.SHORT_CODE),
    ("110", Reason.SHORT_CODE),
    ("10086", Reason.SHORT_CODE),
    ("106901234567", Reason.SHORT_CODE),
    ("1440012345678", Reason.DATA_CARD),
    ("+852 6123 4567", Reason.FOREIGN),
    ("0085261234567", Reason.FOREIGN),
    ("+1 415 555 2671", Reason.FOREIGN),
    ("1380000123", Reason.TOO_SHORT),
    ("138000012345", Reason.TOO_LONG),
    ("12800001234", Reason.NOT_MOBILE),
    ("23800001234", Reason.NOT_MOBILE),
    ("138****1234", Reason.MASKED),
    ("138xxxx1234", Reason.MASKED),
    ("1380000123O", Reason.LETTERS),
    ("无", Reason.NO_NUMBER),
    ("暂无", Reason.NO_NUMBER),
    ("-", Reason.NO_NUMBER),
    ("/", Reason.NO_NUMBER),
    ("N/A", Reason.NO_NUMBER),
    ("110101199001011234", Reason.ID_CARD),
    ("11010119900101123X", Reason.ID_CARD),
    ("13800001234.5", Reason.NOT_WHOLE),
    (0, Reason.TOO_SHORT),
    ("13800000001/1390000002", Reason.SEVERAL),
    ("13800000001~13800000009", Reason.SEVERAL),
)

BLANKS: tuple[object, ...] = ("", None, " ", "\u3000", "\u00a0", "\u200b", "'")

_NAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"


def number(index: int, segment: str = "138") -> str:
    """A number that nobody has."""
    return f"{segment}{index:08}"


def name(index: int) -> str:
    """A name."""
    return _NAMES[index % len(_NAMES)] + "大小长幼"[index // len(_NAMES) % 4]


def people(count: int, start: int = 1) -> list[Line]:
    """So many rows without a fault."""
    return [Line(number(i), number(i), (name(i), f"备注{i}")) for i in range(start, start + count)]


def messy(seed: int, *, plain_first: int = 4) -> list[Line]:
    """Every spelling, list, refusal and blank once, and some of them again as duplicates, in a random order."""
    rng = random.Random(seed)
    lines: list[Line] = []
    for i, spell in enumerate(SPELLINGS, 100):
        lines += [Line(spell(number(i)), number(i)), Line(rng.choice(SPELLINGS)(number(i)), number(i))]
    for i, join in enumerate(SEVERAL):
        pair = (number(2 * i, "139"), number(2 * i + 1, "139"))
        lines.append(Line(join(*pair), pair))
    lines += [Line(cell, reason) for cell, reason in REFUSED]
    lines += [Line(cell, None) for cell in BLANKS]
    rng.shuffle(lines)
    last = Line(number(99), number(99))  # blank rows at the end would be no rows
    return [replace(line, others=(name(i), f"n{i}")) for i, line in enumerate([*people(plain_first), *lines, last])]


# ---- writers


Write = Callable[[Path, Listed], Path]


def _fill(sheet: Worksheet, listed: Listed) -> None:
    for row, cells in enumerate(listed.grid, 1):
        for column, cell in enumerate(cells, 1):
            if cell not in ("", None):
                sheet.cell(row, column).value = cell  # type: ignore[assignment]
    for row in listed.hidden:
        sheet.row_dimensions[row].hidden = True


def xlsx(path: Path, listed: Listed, *, before: Callable[[Workbook], None] = lambda _book: None) -> Path:
    """By openpyxl; `before` may add sheets that stand before the list."""
    book = Workbook()
    book.remove(book.worksheets[0])
    before(book)
    _fill(book.create_sheet(listed.sheet), listed)
    book.save(path)
    return path


def xlsx_in_place(path: Path, listed: Listed) -> Path:
    """By xlsxwriter in its mode for large files: the texts stand in the cells."""
    with xlsxwriter.Workbook(path, {"constant_memory": True, "in_memory": False}) as book:
        sheet = book.add_worksheet(listed.sheet)
        for row, cells in enumerate(listed.grid):
            if row + 1 in listed.hidden:
                sheet.set_row(row, None, None, {"hidden": True})
            for column, cell in enumerate(cells):
                if cell not in ("", None):
                    (sheet.write_string if isinstance(cell, str) else sheet.write)(row, column, cell)
    return path


def xls(path: Path, listed: Listed) -> Path:
    """The old binary format, by xlwt."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet(listed.sheet)
    for row, cells in enumerate(listed.grid):
        for column, cell in enumerate(cells):
            if cell not in ("", None):
                sheet.write(row, column, cell)
    for row in listed.hidden:
        sheet.row(row - 1).hidden = True
        sheet.row(row - 1).height_mismatch = True
    book.save(str(path))
    return path


def ods(path: Path, listed: Listed) -> Path:
    """OpenDocument, its XML by hand."""
    rows = []
    for row, cells in enumerate(listed.grid, 1):
        filtered = ' table:visibility="filter"' if row in listed.hidden else ""
        rows.append(f"<table:table-row{filtered}>{''.join(map(_ods_cell, cells))}</table:table-row>")
    return ods_content(path, f"<table:table table:name={quoteattr(listed.sheet)}>{''.join(rows)}</table:table>")


def _ods_cell(cell: object) -> str:
    if cell in ("", None):
        return "<table:table-cell/>"
    if isinstance(cell, str):
        lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in cell.split("\n"))
        return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'
    shown = _as_text(cell)
    return (
        f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{shown}</text:p></table:table-cell>'
    )


def spreadsheetml(path: Path, listed: Listed) -> Path:
    """The XML of Excel 2003."""
    rows = []
    for row, cells in enumerate(listed.grid, 1):
        data = "".join(
            f'<Cell ss:Index="{column}"><Data ss:Type="{"String" if isinstance(cell, str) else "Number"}">'
            f"{escape(str(cell)).replace(chr(10), '&#10;')}</Data></Cell>"
            for column, cell in enumerate(cells, 1)
            if cell not in ("", None)
        )
        hidden = ' ss:Hidden="1"' if row in listed.hidden else ""
        rows.append(f'<Row ss:Index="{row}"{hidden}>{data}</Row>')
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f"<Worksheet ss:Name={quoteattr(listed.sheet)}><Table>{''.join(rows)}</Table></Worksheet></Workbook>",
        encoding="utf-8",
    )
    return path


def html(path: Path, listed: Listed, *, encoding: str = "utf-8") -> Path:
    """A table in a web page, as back offices export it."""
    rows = "".join(
        f"<tr{' style=display:none' if row in listed.hidden else ''}>"
        + "".join(f"<td>{html_escape(_as_text(cell)).replace(chr(10), '<br>')}</td>" for cell in cells)
        + "</tr>\n"
        for row, cells in enumerate(listed.grid, 1)
    )
    page = (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={encoding}"></head>'
        f"<body><table id={quoteattr(listed.sheet)} border=1>{rows}</table></body></html>"
    )
    path.write_bytes(page.encode(encoding, "xmlcharrefreplace"))
    return path


def text(path: Path, listed: Listed, *, encoding: str = "utf-8", separator: str = ",", end: str = "\r\n") -> Path:
    """Cells between separators."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator=end)
    writer.writerows([_as_text(cell) for cell in row] for row in listed.grid)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def _as_text(cell: object) -> str:
    return "" if cell is None else f"{cell:.0f}" if isinstance(cell, float) else str(cell)


def xlsb(path: Path, listed: Listed) -> Path:
    """The newer binary format, record by record."""
    cells = [
        Cell(row, column, cell if isinstance(cell, str | float) else int(str(cell)))
        for row, line in enumerate(listed.grid)
        for column, cell in enumerate(line)
        if cell not in ("", None)
    ]
    return binary_workbooks.xlsb(path, cells, hidden=[row - 1 for row in listed.hidden])


WRITERS: dict[str, tuple[str, Write]] = {
    "xlsx": ("名单.xlsx", xlsx),
    "xlsx-inline": ("名单.xlsx", xlsx_in_place),
    "xls": ("名单.xls", xls),
    "xlsb": ("名单.xlsb", xlsb),
    "ods": ("名单.ods", ods),
    "spreadsheetml": ("名单.xml", spreadsheetml),
    "html": ("名单.html", html),
    "csv": ("名单.csv", text),
}


# ---- files that can be read


def _messy_in_every_format() -> Iterator[Case]:
    for seed, (kind, (file, write)) in enumerate(WRITERS.items(), 1):
        listed = Listed(messy(seed), above=(("2026 年会员名单",), ()), sheet=_sheet_of(kind))
        yield Case(f"messy-{kind}", _writing(write, file, listed), listed.truth(as_text=kind == "csv"))


def _sheet_of(kind: str) -> str:
    """The name of the one sheet that a writer makes."""
    return "表" if kind == "xlsb" else "名单"


def _writing(write: Write, file: str, listed: Listed) -> Callable[[Path], Path]:
    return lambda folder: write(folder / file, listed)


def _hidden_in_every_format() -> Iterator[Case]:
    lines = [replace(line, hidden=i % 3 == 1) for i, line in enumerate(people(12))]
    for kind, (file, write) in WRITERS.items():
        if kind != "csv":
            listed = Listed(lines, sheet=_sheet_of(kind))
            yield Case(f"hidden-{kind}", _writing(write, file, listed), listed.truth())


def _wrong_names() -> Iterator[Case]:
    """The content of one kind under the name of another, and names that make trouble."""
    for kind, file in {
        "xlsx": "名单.xls",
        "xlsx-inline": "名单.csv",
        "xls": "名单.xlsx",
        "ods": "名单.xlsx",
        "html": "名单.xls",
        "spreadsheetml": "名单.xls",
        "csv": "名单.xlsx",
    }.items():
        listed = Listed(people(8))
        yield Case(f"{kind}-named-{file}", _writing(WRITERS[kind][1], file, listed), listed.truth())
    for file in (
        "五月 名单 (最终版).xlsx",
        'it\'s "the" list.xlsx',
        "-名单.xlsx",
        "名单",
        "名单.XLSX",
        "$(名单);&.xlsx",
    ):
        listed = Listed(people(3))
        yield Case(f"named-{file}", _writing(xlsx, file, listed), listed.truth())


def _texts() -> Iterator[Case]:
    """Encodings and separators; every encoding once with a common separator, every separator twice."""
    listed = Listed(people(9))
    for encoding, separator, end in (
        ("utf-8", ",", "\n"),
        ("utf-8-sig", ";", "\r\n"),
        ("gb18030", ",", "\r\n"),
        ("gbk", "\t", "\r\n"),
        ("gb2312", "|", "\n"),
        ("utf-16", "\t", "\r\n"),
        ("utf-16-le", ",", "\r\n"),
        ("utf-16-be", ";", "\n"),
        ("utf-32", "\t", "\n"),
        ("utf-8", "|", "\r"),
    ):
        make = partial(text, listed=listed, encoding=encoding, separator=separator, end=end)
        yield Case(f"text-{encoding}-{separator!r}-{end!r}", _named(make, "名单.txt"), listed.truth())
    taiwan = Listed(
        [replace(line, others=("陳大文", "會員編號第一類")) for line in people(6)],
        header=("姓名", "手機號碼", "備註"),
    )
    make = partial(text, listed=taiwan, encoding="big5")
    yield Case("text-big5", _named(make, "名单.csv"), taiwan.truth())
    make = partial(html, listed=listed, encoding="gbk")
    yield Case("html-gbk", _named(make, "名单.xls"), listed.truth())
    bare = Listed([Line(number(i), number(i)) for i in range(5)], header=None, at=0)
    yield Case("one-number-a-line", lambda folder: text(folder / "名单.txt", bare, end="\n"), bare.truth())
    quoted = Listed([replace(line, others=(f'"{name(i)}"\n第二行', "a,b")) for i, line in enumerate(people(5))])
    yield Case("quoted-line-breaks", lambda folder: text(folder / "名单.csv", quoted), quoted.truth(as_text=True))


def _named(make: Callable[[Path], Path], file: str) -> Callable[[Path], Path]:
    return lambda folder: make(folder / file)


def _layouts() -> Iterator[Case]:
    """Where the table and its number column are."""
    lines = people(10)
    titles = ((), ("某某公司客户名单",), ("制表：张三  电话：010-62345678",), (), ("注：请勿外传",))
    phones = [Line(number(i), number(i), (name(i), f"010-6234{i:04}")) for i in range(10)]
    seconds = [Line(number(i), number(i), (name(i), number(i, "139") if i % 2 else "")) for i in range(10)]
    family = [Line(number(i), number(i), (name(i), number(i, "139"))) for i in range(10)]
    orders = [Line(number(i), number(i), (f"1390000{i:04}", name(i))) for i in range(10)]
    yield from (
        Case(title, _writing(xlsx, "a.xlsx", listed), listed.truth())
        for title, listed in {
            "titles-above": Listed(lines, above=titles),
            "blank-rows-above": Listed(lines, above=((), (), (), ())),
            "starts-at-column-F": Listed(lines, left=5, above=((), ())),
            "no-header": Listed(lines, header=None, column="列B"),
            "a-name-we-do-not-know": Listed(lines, header=("甲", "乙", "丙")),
            "english": Listed(lines, header=("Name", "Mobile No.", "Remark")),
            "decorated": Listed(lines, header=("*姓名", "*手机号（必填）：", "备注")),
            "line-break-in-header": Listed(lines, header=("姓名", "手机\n号码", "备注"), column="手机 号码"),
            "landline-beside": Listed(phones, header=("姓名", "座机", "手机"), at=2),
            "landline-before": Listed(phones, header=("姓名", "联系电话", "手机"), at=2),
            "two-mobiles": Listed(seconds, header=("姓名", "备用手机", "手机号"), at=2),
            "emergency-contact": Listed(family, header=("姓名", "紧急联系人手机", "手机"), at=2),
            "order-numbers": Listed(orders, header=("订单号", "姓名", "手机"), at=2),
            "one-row": Listed(people(1)),
            "gaps": Listed([line for i in range(1, 6) for line in (*people(1, i), Line("", None))][:-1]),
            "wide": Listed(
                [replace(line, others=(*line.others, *map(str, range(297)))) for line in lines],
                header=("姓名", "手机号", "备注", *(f"属性{i}" for i in range(297))),
            ),
            "as-wide-as-can-be": Listed(
                [replace(line, others=(*line.others, *[""] * 16_380, "x")) for line in people(3)],
                header=("姓名", "手机号", "备注", *[""] * 16_380, "末列"),
            ),
        }.items()
    )


def _contacts_above() -> Iterator[Case]:
    """Titles that hold a number: no recipient, and nothing that hides the header."""
    contact = (("如有疑问请联系王经理 13900000009",), ())
    for title, above in (
        ("a-contact-above", contact),
        ("a-contact-above-the-numbers", (("通知", "联系人王经理 13900000009"),)),
    ):
        listed = Listed(people(10), above=above)
        yield Case(title, _writing(xlsx, "a.xlsx", listed), listed.truth())


def _sheets() -> Iterator[Case]:
    """Workbooks of several sheets, in which the list is not the first."""

    def with_before(*sheets: tuple[str, str, tuple[tuple[object, ...], ...]]) -> Callable[[Path], Path]:
        def before(book: Workbook) -> None:
            for title, state, rows in sheets:
                sheet = book.create_sheet(title)
                sheet.sheet_state = state
                for row in rows:
                    sheet.append(row)

        return lambda folder: xlsx(folder / "a.xlsx", listed, before=before)

    listed = Listed(people(10))
    old = (("姓名", "手机号"), ("旧人", "13900000000"))
    cover = (("客户名单",), ("制作：市场部",), ("日期：2026-05-01",), (), ("如有疑问请致电 010-62345678",))
    contact = (*cover, ("联系人：王总 13800000009",))
    yield Case("first-sheet-empty", with_before(("Sheet1", "visible", ())), listed.truth())
    yield Case("first-sheet-hidden", with_before(("旧名单", "hidden", old)), listed.truth())
    yield Case("first-sheet-very-hidden", with_before(("旧名单", "veryHidden", old)), listed.truth())
    yield Case("cover", with_before(("封面", "visible", cover)), listed.truth())
    yield Case("cover-with-a-contact", with_before(("封面", "visible", contact)), listed.truth())
    only_header = (("姓名", "手机号", "备注"),)
    template = with_before(("模板", "visible", only_header))
    yield Case("template-first", template, listed.truth())
    yield Case(
        "cover-empty-and-hidden",
        with_before(("封面", "visible", cover), ("空", "visible", ()), ("旧", "hidden", old)),
        listed.truth(),
    )


def _merged(folder: Path) -> Path:
    """A header of two rows, 联系方式 over 座机 and 手机."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "名单"
    for row in (("客户名单",), ("姓名", "联系方式", "", "备注"), ("", "座机", "手机", "")):
        sheet.append(row)
    for i in range(1, 6):
        sheet.append((name(i), f"010-6234{i:04}", number(i), ""))
    for area in ("A1:D1", "A2:A3", "B2:C2", "D2:D3"):
        sheet.merge_cells(area)
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def _twice(folder: Path) -> Path:
    """Two columns of one name."""
    rows = [["姓名", "电话", "电话", "手机号", "姓名"], ["甲", "010-62345678", "62345678", number(1), "乙"]]
    return text(folder / "名单.csv", Listed((), header=None, above=tuple(map(tuple, rows))))


SHOWN: tuple[tuple[str, object, str, str], ...] = (
    ("日期", dt.date(2026, 5, 1), "yyyy-mm-dd", "2026-05-01"),
    ("年月日", dt.date(2026, 5, 1), 'yyyy"年"m"月"d"日"', "2026年5月1日"),
    ("短日期", dt.date(2026, 5, 1), "yyyy/m/d", "2026/5/1"),
    ("时间", dt.datetime(2026, 5, 1, 14, 5), "yyyy-mm-dd hh:mm", "2026-05-01 14:05"),  # noqa: DTZ001 - a spreadsheet
    ("时刻", dt.time(8, 30), "h:mm AM/PM", "8:30 AM"),
    ("时长", 1.25, "[h]:mm", "30:00"),
    ("金额", 1234.5, "#,##0.00", "1,234.50"),
    ("人民币", -1234.5, "¥#,##0.00", "-¥1,234.50"),
    ("会计", 1234.5, '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ', "¥1,234.50"),
    ("括号", -12.0, "0.00;(0.00)", "(12.00)"),
    ("百分比", 0.075, "0.00%", "7.50%"),
    ("折扣", 0.85, "0%", "85%"),
    ("编号", 42, "00000", "00042"),
    ("文本编号", "00042", "@", "00042"),
    ("常规", 0.1 + 0.2, "General", "0.3"),
    ("整数", 1234567890123.0, "General", "1234567890123"),
    ("单位", 3, '0"件"', "3件"),
    ("是否", True, "General", "TRUE"),
    ("表情", "您好\n😀\t完", "General", "您好\n😀\t完"),
    ("空格", "  前后  ", "General", "  前后  "),
    ("标记", "<b>&amp;\"'", "General", "<b>&amp;\"'"),
)
"""A column's name, its value, its number format, and what the spreadsheet shows."""


def _shown(folder: Path) -> Path:
    with xlsxwriter.Workbook(folder / "a.xlsx") as book:
        sheet = book.add_worksheet("名单")
        sheet.write_row(0, 0, ["手机号", *(column for column, *_ in SHOWN), "公式", "公式金额", "错误", "公式号码"])
        for row in (1, 2):
            sheet.write_number(row, 0, 13_800_000_000 + row)
            for column, (_, value, code, _) in enumerate(SHOWN, 1):
                sheet.write(row, column, value, book.add_format({"num_format": code}))
            end = len(SHOWN) + 1
            sheet.write_formula(row, end, '="尊敬的"&"张三"', None, "尊敬的张三")
            sheet.write_formula(row, end + 1, "=1234.5*2", book.add_format({"num_format": "#,##0.00"}), 2469)
            sheet.write_formula(row, end + 2, "=1/0", None, "#DIV/0!")
            sheet.write_formula(row, end + 3, "=A2", None, 13_800_000_001)
    return folder / "a.xlsx"


def _errors(folder: Path) -> Path:
    with xlsxwriter.Workbook(folder / "a.xlsx") as book:
        sheet = book.add_worksheet("名单")
        sheet.write_row(0, 0, ["姓名", "手机号"])
        for row in (1, 2, 3):
            sheet.write_row(row, 0, [name(row), number(row)])
        sheet.write_formula(4, 1, "=VLOOKUP(1,A1:A2,1)", None, "#N/A")
        sheet.write_formula(5, 1, "=VLOOKUP(2,A1:B2,1)", None, 13_800_000_006)
        sheet.write_row(7, 0, [name(7), number(7)])
    return folder / "a.xlsx"


def _used_range(folder: Path) -> Path:
    """Two hundred filled rows and a cell with nothing but a format in the last row that there is."""
    rows = "".join(f'<row r="{i}"><c r="A{i}"><v>{13_800_000_000 + i}</v></c></row>' for i in range(1, 201))
    return raw_workbook(folder / "a.xlsx", rows + '<row r="1048576"><c r="XFD1048576" s="0"/></row>')


def _formats_of_numbers(folder: Path) -> Path:
    """Numbers stored as numbers, in cells whose format changes how they look."""
    with xlsxwriter.Workbook(folder / "a.xlsx") as book:
        sheet = book.add_worksheet("名单")
        sheet.write(0, 0, "手机号")
        codes = ("0_ ", "###-####-####", "#,##0", "0.00", "0.00E+00", "@", "000 0000 0000", "General", '"电话"0')
        for row, code in enumerate(codes, 1):
            sheet.write_number(row, 0, 13_800_000_000 + row, book.add_format({"num_format": code}))
    return folder / "a.xlsx"


def _formula_without_a_value(folder: Path) -> Path:
    """As programs write formulas: the value is left to the spreadsheet program."""
    return xlsx(folder / "a.xlsx", Listed([*people(2), Line('="138"&"00000003"', None), *people(1, 4)]))


def _tabs_at_the_ends(folder: Path) -> Path:
    """Tabs that keep a spreadsheet program from taking texts for numbers."""
    lines = [Line(f"{number(i)}\t", number(i), (f"{name(i)}\t", "\t0042")) for i in (1, 2)]
    return text(folder / "名单.csv", Listed(lines), encoding="gbk")


def _only_rows(sheet: str, column: str, header_row: int | None, count: int, first: int) -> Truth:
    """The truth of `count` faultless rows with the numbers from `first` on."""
    mobiles = tuple(number(i) for i in range(first, first + count))
    return Truth(sheet, header_row, column, count, count, 0, 0, 0, mobiles, ())


def _by_hand() -> Iterator[Case]:
    yield Case("merged-header", _merged, _only_rows("名单", "手机", 3, 5, 1))
    twice = _only_rows("名单", "手机号", 1, 1, 1)
    fields = {"姓名": "甲", "电话": "010-62345678", "电话_C": "62345678", "姓名_E": "乙"}
    yield Case("names-twice", _twice, replace(twice, fields={2: fields}))
    shown = {column: text for column, _, _, text in SHOWN}
    shown |= {"公式": "尊敬的张三", "公式金额": "2,469.00", "错误": "", "公式号码": "13800000001"}
    yield Case("fields-as-shown", _shown, replace(_only_rows("名单", "手机号", 1, 2, 1), fields={2: shown, 3: shown}))
    mobiles = tuple(map(number, (1, 2, 3, 6, 7)))
    problems = ((5, "invalid", Reason.CELL_ERROR),)
    yield Case("errors-in-the-number-column", _errors, Truth("名单", 1, "手机号", 7, 5, 1, 0, 1, mobiles, problems))
    mobiles, problems = tuple(map(number, (1, 2, 4))), ((4, "invalid", Reason.CELL_ERROR),)
    truth = Truth("名单", 1, "手机号", 4, 3, 1, 0, 0, mobiles, problems)
    yield Case("formula-without-a-value", _formula_without_a_value, truth)
    truth = replace(_only_rows("名单", "手机号", 1, 2, 1), fields={2: {"姓名": name(1), "备注": "0042"}})
    yield Case("tabs-at-the-ends", _tabs_at_the_ends, truth)
    yield Case("used-range-of-all-rows", _used_range, _only_rows("S", "列A", None, 200, 1))
    yield Case("numbers-in-formats", _formats_of_numbers, _only_rows("名单", "手机号", 1, 9, 1))
    for kind in ("xlsx", "html", "csv"):
        file, write = WRITERS[kind]
        only = Listed(())
        yield Case(f"only-a-header-{kind}", _writing(write, file, only), only.truth())


CASES: tuple[Case, ...] = (
    *_messy_in_every_format(),
    *_hidden_in_every_format(),
    *_wrong_names(),
    *_texts(),
    *_layouts(),
    *_contacts_above(),
    *_sheets(),
    *_by_hand(),
)


# ---- files that cannot be read


def _bytes(file: str, content: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / file).write_bytes(content)
        return folder / file

    return make


def _zip(file: str, **parts: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        with zipfile.ZipFile(folder / file, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, content in parts.items():
                archive.writestr(part.replace("__", "/"), content)
        return folder / file

    return make


def _truncated(write: Write, file: str, share: float) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = write(folder / file, Listed(people(200)))
        content = path.read_bytes()
        path.write_bytes(content[: int(len(content) * share)])
        return path

    return make


def _fifo(folder: Path) -> Path:
    os.mkfifo(folder / "名单.xlsx")
    return folder / "名单.xlsx"


def _link(to: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / "名单.xlsx").symlink_to(to)
        return folder / "名单.xlsx"

    return make


def _bomb(folder: Path) -> Path:
    """Three hundred million blanks in one piece, in a file of some kilobytes."""
    blanks = " " * (1 << 24)
    return raw_workbook(folder / "a.xlsx", (blanks for _ in range(20)))


def _xls_with_password(folder: Path) -> Path:
    """An .xls that says, after its first record, that all others are enciphered."""
    book = xlwt.Workbook()
    book.add_sheet("名单").write(0, 0, "手机号")
    records = book.get_biff_data()
    first = 4 + int.from_bytes(records[2:4], "little")
    password = b"\x2f\0\x36\0\1\0\1\0\1\0" + bytes(48)
    path = folder / "a.xls"
    path.write_bytes(container({"Workbook": (records[:first] + password + records[first:]).ljust(4096, b"\0")}))
    return path


def _ods_with_password(folder: Path) -> Path:
    """An .ods whose list of parts says how they are enciphered."""
    path = folder / "a.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", random.Random(3).randbytes(3000))
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml" manifest:size="9000">'
            '<manifest:encryption-data manifest:checksum-type="SHA1/1K" manifest:checksum="AA=="/>'
            "</manifest:file-entry></manifest:manifest>",
        )
    return path


def _locked_part(folder: Path) -> Path:
    """An .ods in which one bit says that a part is enciphered."""
    path = ods(folder / "a.ods", Listed(people(3)))
    content = bytearray(path.read_bytes())
    entry = content.rindex(b"PK\1\2", 0, content.index(b"content.xml", content.index(b"PK\1\2")))
    content[entry + 8] |= 1
    path.write_bytes(content)
    return path


def _declared_bomb(folder: Path) -> Path:
    """A file whose directory says that it holds five thousand million bytes."""
    path = xlsx(folder / "a.xlsx", Listed(people(3)))
    content = bytearray(path.read_bytes())
    entry = content.index(b"PK\1\2")
    while entry >= 0:
        content[entry + 24 : entry + 28] = (1_250_000_000).to_bytes(4, "little")
        entry = content.find(b"PK\1\2", entry + 4)
    path.write_bytes(content)
    return path


def _text_bomb(folder: Path) -> Path:
    """A shared text of 30 million characters, in fifty thousand cells."""
    strings = f"<sst><si><t>{'长' * 30_000_000}</t></si></sst>"
    rows = "".join(f'<row r="{i}"><c r="A{i}" t="s"><v>0</v></c></row>' for i in range(1, 50_001))
    return raw_workbook(folder / "a.xlsx", rows, strings=strings)


def _entities(folder: Path) -> Path:
    levels = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12))
    dtd = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY e0 "ha">{levels}]>'
    path = folder / "a.xml"
    path.write_text(
        f'{dtd}<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row><Cell><Data>&e11;'
        "</Data></Cell></Row></Table></Worksheet></Workbook>",
        encoding="utf-8",
    )
    return path


def _empty_workbook(folder: Path) -> Path:
    Workbook().save(folder / "a.xlsx")
    return folder / "a.xlsx"


def _only_blanks(folder: Path) -> Path:
    return xlsx(folder / "a.xlsx", Listed([Line(" ", None)] * 50, header=None, above=((" ", "\u3000"),)))


_PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1528)

BAD: tuple[Bad, ...] = (
    Bad("no-bytes", _bytes("a.xlsx", b""), "没有任何内容"),
    Bad("empty-workbook", _empty_workbook, "没有任何内容"),
    Bad("only-blanks", _only_blanks, "没有任何内容"),
    Bad("only-line-breaks", _bytes("a.csv", b"\r\n" * 99), "没有任何内容"),
    Bad("only-separators", _bytes("a.csv", b",,,\r\n" * 99), "没有任何内容"),
    Bad("picture", _bytes("照片.xlsx", _PNG), "图片"),
    Bad("jpeg", _bytes("照片.csv", b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(99)), "图片"),
    Bad("pdf", _bytes("a.xlsx", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), "PDF"),
    Bad("word", _zip("a.xlsx", **{"[Content_Types].xml": b"<Types/>", "word__document.xml": b"<w/>"}), "Word"),
    Bad("slides", _zip("a.xlsx", **{"ppt__presentation.xml": b"<p/>"}), "演示文稿"),
    Bad("archive", _zip("a.xlsx", **{"a.csv": "手机号\n13800000000\n".encode()}), "压缩包"),
    Bad("program", _bytes("a.xls", b"MZ\x90\0\3\0\0\0\4" + bytes(500)), "程序"),
    Bad("noise", _bytes("a.xlsx", random.Random(7).randbytes(5000)), "不是表格"),
    Bad("zeros", _bytes("a.xlsx", bytes(5000)), "没有任何内容"),
    Bad("password", _bytes("a.xlsx", _OLE + "EncryptedPackage".encode("utf-16-le") + bytes(999)), "密码"),
    Bad("password-xls", _xls_with_password, "密码"),
    Bad("password-ods", _ods_with_password, "密码"),
    Bad("locked-part", _locked_part, "损坏或不完整"),
    Bad("container-of-nothing", _bytes("a.xls", _OLE), "损坏或不完整"),
    Bad("xlsx-cut-in-half", _truncated(xlsx, "a.xlsx", 0.5), "损坏或不完整"),
    Bad("xlsx-without-its-end", _truncated(xlsx, "a.xlsx", 0.99), "损坏或不完整"),
    Bad("xls-cut-in-half", _truncated(xls, "a.xls", 0.5), "损坏或不完整"),
    Bad("ods-cut-in-half", _truncated(ods, "a.ods", 0.5), "损坏或不完整"),
    Bad("html-cut-in-half", _truncated(html, "a.xls", 0.5), "损坏或不完整"),
    Bad("spreadsheetml-cut-in-half", _truncated(spreadsheetml, "a.xml", 0.5), "损坏或不完整"),
    Bad("web-page-without-a-table", _bytes("a.xls", b"<html><body>Session expired</body></html>"), "没有表格"),
    Bad("other-xml", _bytes("a.xml", b'<?xml version="1.0"?><orders><order/></orders>'), "XML"),
    Bad("entity-bomb", _entities, "XML 实体"),
    Bad("zip-bomb", _bomb, "大得异常"),
    Bad("zip-bomb-that-says-so", _declared_bomb, "大得异常"),
    Bad("text-bomb", _text_bomb, "内存超过上限"),
    Bad("directory", lambda folder: folder, "不是文件"),
    Bad("missing", lambda folder: folder / "没有.xlsx", "不存在"),
    Bad("dangling-link", _link("nowhere"), "不存在"),
    Bad("link-to-itself", _link("名单.xlsx"), "出错"),
    Bad("fifo", _fifo, "不是文件"),
    Bad("dev-zero", lambda _folder: Path("/dev/zero"), "不是文件"),
    Bad("dev-null", lambda _folder: Path("/dev/null"), "不是文件"),
    Bad("a-name-too-long", lambda folder: folder / ("长" * 300 + ".xlsx"), "出错"),
    Bad("in-a-file", lambda folder: _bytes("a.xlsx", b"x")(folder) / "b.xlsx", "出错"),
)
