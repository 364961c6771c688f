"""Where the table begins and which column has the numbers: pure, from the first rows.

Offices put titles, blank rows and notes above the header, give two columns the same name, or give no
names at all. :func:`guess` proposes; a person can choose another header row or column without the file
being read again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from smsdesk.domain.mobile import Reason, clean
from smsdesk.domain.words import Words


class SheetRow(NamedTuple):
    """A row: `line` is the row number that the spreadsheet program shows, `cells` its texts from column A on."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the table begins and what its columns are.

    `header_row` is a row number, None when the sheet has no header; `first` is the index of the first row of
    data; `columns` are unique names; `column` is the index of the phone column, None when none looks like one;
    `reason` says why; `is_chosen` is set when a person has chosen it, `is_header_chosen` when they have the header.
    """

    header_row: int | None
    first: int
    columns: tuple[str, ...]
    column: int | None
    reason: Words
    is_chosen: bool = False
    is_header_chosen: bool = False

    def with_column(self, column: int) -> Layout:
        """The same with the number column that a person has chosen, by index."""
        reason = Words("“{name}”：由您选定。", "“{name}”: chosen by you.").fill(name=self.columns[column])
        return replace(self, column=column, reason=reason, is_chosen=True)


AUTO: Final = -1  # a header row that guess() finds itself

# The better the word, the higher; what a header says counts less than what is in the column (see _score).
_HEADER_WORDS: Final[tuple[tuple[re.Pattern[str], int], ...]] = (
    (
        re.compile(
            r"座机|固话|固定电话|固定|传真|宅电|办公电话|单位电话|分机|landline|fax|telephone ?ext|office ?(tel|phone)"
        ),
        -40,
    ),
    (re.compile(r"紧急|备用|推荐人|介绍人|业务员|客户经理|经办人|负责人|家长2|emergency|backup|alternate"), 20),
    (
        re.compile(
            r"^(手机|手机号|手机号码|移动电话|mobile|mobile ?(no|number|phone)|cell|cell ?phone|phone ?number)$"
        ),
        60,
    ),
    (re.compile(r"手机|移动电话|mobile|cell ?phone|msisdn"), 50),
    (re.compile(r"电话号码|联系电话|联系方式|电话|phone|接收号码|短信号码"), 40),
    (re.compile(r"\btel\b|\bno\.? of tel|号码|contact"), 30),
)
_OTHER_WORDS: Final = re.compile(
    r"姓名|名称|名字|客户|会员|序号|编号|性别|年龄|日期|时间|到期|金额|地址|备注|部门|单位|公司|内容|等级|类型|状态|邮箱|生日|余额|积分"
    r"|^(no|id|name|first ?name|last ?name|date|time|amount|address|content|text|level|type|status)s?$"
    r"|原因|^列[a-z]{1,3}$|^(reason|e-?mail|company|remark|note)s?$"
)
_LONG_NUMBER: Final = re.compile(r"[0-9]{5}")
_THREE_DIGITS: Final = re.compile(r"[0-9]{3}")
_HAS_DIGITS: Final = re.compile(r"[0-9０-９]")
_LETTER: Final = re.compile(r"[^\W\d_]")
_SURELY_A_HEADER: Final = 4  # more than this, as _name_score gives it: 手机号 alone, or 电话 beside other names
# The traditional characters of the words above.
_SIMPLIFIED: Final = str.maketrans(
    "機電話號碼聯繫絡動稱會員編別齡時間額備門單內類狀態郵積", "机电话号码联系络动称会员编别龄时间额备门单内类状态邮积"
)
_HEADER_CELL: Final = 20  # characters; a header cell is short, a title or note is not


def guess(rows: Sequence[SheetRow], width: int, header_row: int | None = AUTO) -> Layout:
    """The layout of a sheet `width` columns wide, from its first rows.

    With `header_row` given, that row is the header (None: there is none) and only the column is guessed.
    """
    numbers = [[_has_mobile(cell) for cell in row.cells] for row in rows]
    at = _find_header(rows, numbers) if header_row == AUTO else _row_at(rows, header_row)
    first = at + 1 if at is not None else _first_filled(rows)
    names = unique_names(rows[at].cells if at is not None else (), width)
    column, reason = _find_column(rows[first:], numbers[first:], names, named=at is not None)
    return Layout(None if at is None else rows[at].line, first, names, column, reason)


def has_numbers(layout: Layout, rows: Sequence[SheetRow]) -> bool:
    """Whether there are numbers in the column that is proposed, and not only a name above it."""
    column = layout.column
    return column is not None and any(_has_mobile(row.cells[column]) for row in rows[layout.first :])


def unique_names(header: Sequence[str], width: int) -> tuple[str, ...]:
    """One name for each of `width` columns.

    The header cell on one line; `列B` for a blank one; `电话_C` for the second `电话`.
    """
    names: dict[str, None] = {}
    for j in range(max(width, len(header))):
        name = " ".join(header[j].split()) if j < len(header) else ""
        if not name:
            name = f"列{letter(j)}"
        while name in names:
            name = f"{name}_{letter(j)}"
        names[name] = None
    return tuple(names)


def letter(index: int) -> str:
    """The spreadsheet's letter for a column index: 0 is A, 26 is AA."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def index_of(letters: str) -> int:
    """The inverse of :func:`letter`; upper or lower case."""
    index = 0
    for character in letters.upper():
        index = index * 26 + ord(character) - ord("A") + 1
    return index - 1


def _has_mobile(cell: str) -> bool:
    found = clean(cell) if len(cell) >= 11 else ()
    return bool(found) and not isinstance(found, Reason)


def _row_at(rows: Sequence[SheetRow], line: int | None) -> int | None:
    return next((i for i, row in enumerate(rows) if row.line == line), None)


def _first_filled(rows: Sequence[SheetRow]) -> int:
    return next((i for i, row in enumerate(rows) if any(map(str.strip, row.cells))), 0)


def _find_header(rows: Sequence[SheetRow], numbers: list[list[bool]]) -> int | None:
    """The index of the header row: above the first number, and the row whose cells read most like names."""
    data = next((i for i, row in enumerate(numbers) if any(row)), len(rows))
    # A number among words may be a title's or a note's: the header may stand below it, if it is surely one.
    listed = next((i for i in range(data, len(rows)) if _has_bare_number(rows[i], numbers[i])), data)
    best, best_score = None, 0
    for i, row in enumerate(rows[:listed]):
        score = 0 if any(map(_LONG_NUMBER.search, row.cells)) else sum(map(_name_score, row.cells))
        if score > (best_score if i < data else max(best_score, _SURELY_A_HEADER)):
            best, best_score = i, score
    if best is not None:
        return best
    # No word that we know: the row just above the first number, if it has only names in it.
    above = next((i for i in range(data - 1, -1, -1) if any(map(str.strip, rows[i].cells))), None)
    if above is None or data == len(rows):
        return None
    filled = [cell.strip() for cell in rows[above].cells if cell.strip()]
    over_number = any(rows[above].cells[j].strip() for j, is_number in enumerate(numbers[data]) if is_number)
    return above if over_number and not any(map(_looks_like_data, filled)) else None


def _has_bare_number(row: SheetRow, numbers: list[bool]) -> bool:
    return any(is_number and not _LETTER.search(cell) for cell, is_number in zip(row.cells, numbers, strict=True))


def _name_score(cell: str) -> int:
    """How much a cell reads like the name of a column: 5 for `手机号`, 3 for a phone word in it, 1 for another word."""
    name = _header_text(cell)
    if not name or len(name) > _HEADER_CELL or _THREE_DIGITS.search(name):
        return 0
    phone = next((score for pattern, score in _HEADER_WORDS if pattern.search(name)), None)
    if phone is not None:
        return 5 if phone >= 60 else 3
    return 1 if _OTHER_WORDS.search(name) else 0


def _looks_like_data(cell: str) -> bool:
    return len(cell) > _HEADER_CELL or _HAS_DIGITS.search(cell) is not None


def _header_text(cell: str) -> str:
    """A header cell without what offices put around it: `* 手机号（必填）：` is `手机号`."""
    plain = unicodedata.normalize("NFKC", cell).lower().replace("_", " ").translate(_SIMPLIFIED)
    return " ".join(re.sub(r"\([^)]*\)|[*:：★]", " ", plain).split())


def header_score(name: str) -> int:
    """How much a header reads like the mobile number's: up to 60; below zero for landlines, 0 for other words."""
    text = _header_text(name)
    return next((score for pattern, score in _HEADER_WORDS if pattern.search(text)), 0)


def _find_column(
    rows: Sequence[SheetRow], numbers: list[list[bool]], names: Sequence[str], *, named: bool
) -> tuple[int | None, Words]:
    best, best_score, best_count, best_filled = None, 0.0, 0, 0
    for j, name in enumerate(names):
        filled = sum(1 for row in rows if j < len(row.cells) and row.cells[j].strip())
        count = sum(1 for row in numbers if j < len(row) and row[j])
        score = _score(header_score(name) if named else 0, count, filled)
        if score > best_score:
            best, best_score, best_count, best_filled = j, score, count, filled
    if best is None:
        return None, Words(
            "没有找到像手机号的列，请选择手机号所在的列。",
            "No column looks like mobile numbers; choose the one that has them.",
        )
    return best, _why(names[best], named=named, count=best_count, filled=best_filled)


def _score(header: int, count: int, filled: int) -> float:
    """Content first: a column full of mobile numbers is one whatever its name; between two, the name decides."""
    share = count / filled if filled else 0.0
    if count == 0:
        return max(header, 0) / 100  # nothing but the name speaks for it
    if header <= 0 and share < 0.3:
        return 0.0  # remarks with a number in some
    # A column that is filled in few rows (a second number that some have) counts less than a full one.
    return 1 + 100 * share + header + min(filled, 20) / 2


def _why(name: str, *, named: bool, count: int, filled: int) -> Words:
    content = Words(
        "前 {filled} 个非空单元格中有 {count} 个手机号", "{count} of its first {filled} filled cells are mobile numbers"
    )
    if not named:
        template = Words("“{name}”：{content}。", "“{name}”: {content}.")
    elif header_score(name) > 0:
        template = Words("“{name}”：列名像手机号，{content}。", "“{name}”: named like a mobile number, and {content}.")
    else:
        template = Words("“{name}”：{content}。", "“{name}”: {content}.")
    return template.fill(name=name, content=content.fill(filled=filled, count=count))
