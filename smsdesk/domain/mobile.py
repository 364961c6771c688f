"""Mobile numbers as offices write them, brought to eleven digits or refused with a reason.

:func:`clean` is the whole of it: one cell's text in, the mainland mobile numbers in it out, or a
:class:`Reason`. Nothing is guessed: a number that has lost digits, or that could be read in two ways,
is refused, because a wrong guess is a message to a stranger.

One cell with several numbers gives several: `13800000000/13900000000`. A landline or hotline beside a
mobile number is passed over (it cannot get a message), but anything beside it that could be another
mobile number with a slip in it refuses the cell, so that no number is lost without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import Final

from smsdesk.domain.words import Words

# Every segment from 13x to 19x. Carriers open new ones every year, so none inside is left out.
_MOBILE: Final = re.compile(r"1[3-9][0-9]{9}")

# The usual spellings of one number, for speed: _read_runs reads all of them too, only slower.
# No dot among the separators: `1380000000.0` is a decimal that has lost a digit, not a number with a dot.
_USUAL: Final = re.compile(r"(?:(?:\+|00)?86[- ]?)?(1[3-9][0-9](?:[- ]?[0-9]{4}){2})(?:\.0{1,2})?")

_INVISIBLE: Final = (
    "".join(map(chr, (*range(9), *range(0x0E, 0x20), 0x7F)))
    + "\u00ad\u034f\u061c\u180e"
    + "".join(
        map(
            chr,
            (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, *range(0xFE00, 0xFE10)),
        )
    )
)
_SPACES: Final = "\t\n\v\f\r\u0085\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_DASHES: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d\u30fc\u2500"
_PLAIN: Final[dict[int, str | None]] = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},  # full-width ASCII
    **dict.fromkeys(map(ord, _INVISIBLE)),
    **dict.fromkeys(map(ord, _SPACES), " "),
    **dict.fromkeys(map(ord, _DASHES), "-"),
    **dict.fromkeys(map(ord, "\u3010\u3014\u300c\u300e\u3008\u300a[{<"), "("),
    **dict.fromkeys(map(ord, "\u3011\u3015\u300d\u300f\u3009\u300b]}>"), ")"),
    **dict.fromkeys(map(ord, "\u00b7\u2022\u30fb\uff0e\u3002"), "."),
    **dict.fromkeys(map(ord, "\u2018\u2019\u02bc\uff07"), "'"),
    ord("\u2731"): "*",
    ord("\u25cf"): "*",
}

# Names and addresses (a few digits among Han characters), also for speed: a million of them is a wrong column chosen.
_WORDS: Final = re.compile(r"(?:[0-9]{0,4}[\u3400-\u9fff])+[0-9]{0,4}")

_SCIENTIFIC: Final = re.compile(r"\+?([0-9])(?:\.([0-9]*))?[eE]\+?([0-9]{1,3})")
_DECIMAL: Final = re.compile(r"\+?([0-9]+)\.([0-9]*)")
_DATE: Final = re.compile(r"[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?![0-9])")
_ERROR: Final = re.compile(r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)", re.IGNORECASE)
_HIDDEN: Final = re.compile(r"[0-9][*xX#]{3,}[0-9]|[*]{4,}")
_NOTE: Final = re.compile(r"\(([^()]*)\)")
_RUN: Final = re.compile(r"\+?[0-9](?:[-. ()+]*[0-9])*")
_DIGITS: Final = re.compile(r"[0-9]+")
_LETTER: Final = re.compile(r"[^\W\d_]")
_LONE_LETTER_BEFORE: Final = re.compile(r"(?<![A-Za-z])[A-Za-z]$")  # A13800000000: a slip; Wang13800000000: a note
_LONE_LETTER_AFTER: Final = re.compile(r"[A-Za-z](?![A-Za-z])")

_LANDLINE: Final = re.compile(r"0(?:10|2[0-9]|[3-9][0-9]{2})[2-8][0-9]{6,7}[0-9]{0,5}")
_LANDLINE_WITHOUT_0: Final = re.compile(r"(?:10|2[0-9]|[3-9][0-9]{2})[2-8][0-9]{6,7}")
_LOCAL: Final = re.compile(r"[2-8][0-9]{6,7}")
_HOTLINE: Final = re.compile(r"[48]00[0-9]{7}|9[56][0-9]{3,6}")
_SHORT_CODE: Final = re.compile(r"1(?:[0-2][0-9]|[0-2][0-9]{3,4})|106[0-9]{5,17}")

_LONGEST_CELL: Final = 1000  # a longer one is a text, and no list of numbers that a person wrote
_COULD_BE_A_NUMBER: Final = 7  # fewer digits than this beside a number are a note: 2号楼, 转801


class Reason(Enum):
    """Why a cell gives no mobile number; the value is the sentence for the person who has to mend it."""

    NO_NUMBER = Words("没有手机号，请填写 11 位手机号。", "There is no number here; enter an 11-digit mobile number.")
    TOO_SHORT = Words("位数不足 11 位，请补全号码。", "Fewer than 11 digits; complete the number.")
    TOO_LONG = Words("位数超过 11 位，请检查号码。", "More than 11 digits; check the number.")
    NOT_MOBILE = Words(
        "不是手机号段（应以 13–19 开头），请检查号码。", "Not a mobile number (they begin with 13 to 19); check it."
    )
    LETTERS = Words("号码中混有字母，请改正。", "There are letters among the digits; correct the number.")
    LANDLINE = Words("这是固定电话，收不到短信，请换成手机号。", "A landline gets no messages; enter a mobile number.")
    HOTLINE = Words(
        "这是 400/800/95 等服务热线，收不到短信，请换成手机号。",
        "A 400, 800 or 95 hotline gets no messages; enter a mobile number.",
    )
    SHORT_CODE = Words(
        "这是短号码或服务号码，收不到短信，请换成手机号。",
        "A short code or service number gets no messages; enter a mobile number.",
    )
    FOREIGN = Words(
        "这是境外号码，目前只能发送到中国大陆手机号。",
        "A number from abroad; only mainland mobile numbers can be sent to.",
    )
    LOST_DIGITS = Words(
        "号码被表格软件改成了科学计数法，末尾数字已丢失，请从原始数据重新填写。",
        "The spreadsheet made it scientific notation and digits are lost; enter it again from its source.",
    )
    NOT_WHOLE = Words("号码带有小数，请改成 11 位手机号。", "The number has decimals; enter an 11-digit mobile number.")
    MASKED = Words("号码被星号隐藏，请填写完整号码。", "Part of the number is hidden by asterisks; enter all of it.")
    CELL_ERROR = Words(
        "单元格是公式错误，请在表格中修正公式。", "The cell holds a formula error; correct it in the spreadsheet."
    )
    SEVERAL = Words(
        "单元格里有多个号码，其中有写错或分不清的，请每个号码单独一行。",
        "There are several numbers here and not all are clear; give each its own row.",
    )
    A_TEXT = Words("内容太长，不像手机号，请检查是否选错了列。", "Too long for a number; is this the right column?")

    @property
    def words(self) -> Words:
        """The sentence."""
        return self.value


_HARMLESS: Final = (Reason.LANDLINE, Reason.HOTLINE)  # beside a mobile number: nothing could be sent to it anyway
_NOT_MOBILE: Final = (
    (_HOTLINE, Reason.HOTLINE),
    (_SHORT_CODE, Reason.SHORT_CODE),
    (_LANDLINE, Reason.LANDLINE),
    (_LOCAL, Reason.LANDLINE),
)


def clean(cell: str) -> tuple[str, ...] | Reason:
    """The mainland mobile numbers in a cell's text, in order, each once, each eleven ASCII digits.

    An empty tuple means that the cell is blank. A :class:`Reason` says why there is none to send to.
    """
    if _MOBILE.fullmatch(cell):
        return (cell,)
    if len(cell) > _LONGEST_CELL:
        return Reason.A_TEXT if cell.strip() else ()
    text = (cell if cell.isascii() and cell.isprintable() else cell.translate(_PLAIN)).strip(" '`\"")
    if usual := _USUAL.fullmatch(text):
        return (usual[1].replace(" ", "").replace("-", ""),)
    if not text:
        return ()
    if _WORDS.fullmatch(text):
        return Reason.NO_NUMBER
    return _special(text) or _read_runs(text)


def single(text: str) -> str | Reason:
    """The one number in `text`, eleven digits; a blank text or one with several numbers is refused too."""
    found = clean(text)
    if isinstance(found, Reason):
        return found
    if not found:
        return Reason.NO_NUMBER
    return found[0] if len(found) == 1 else Reason.SEVERAL


def is_mobile(text: str) -> bool:
    """Whether `text` already is the normalised form: eleven ASCII digits of a mainland mobile segment."""
    return _MOBILE.fullmatch(text) is not None


def masked(mobile: str) -> str:
    """The number for logs, which must not hold people's numbers: `138****0000`; a short one is hidden whole."""
    return f"{mobile[:3]}****{mobile[-4:]}" if len(mobile) >= 11 else "*" * len(mobile)


def _special(text: str) -> tuple[str, ...] | Reason | None:
    """The texts that are one value of a spreadsheet and not a spelling; None for any other."""
    if _ERROR.match(text):
        return Reason.CELL_ERROR
    if _DATE.match(text):
        return Reason.NO_NUMBER
    if scientific := _SCIENTIFIC.fullmatch(text):
        fraction, exponent = scientific[2] or "", int(scientific[3])
        if len(fraction) < exponent:
            return Reason.LOST_DIGITS
        return Reason.NOT_WHOLE if fraction[exponent:].strip("0") else _one(scientific[1] + fraction[:exponent])
    if decimal := _DECIMAL.fullmatch(text):
        if not decimal[2].strip("0"):
            return _one(decimal[1])
        # 138.00001234 and 1380000.1234 are a way to write a number, all else with one dot is a fraction.
        if (len(decimal[1]), len(decimal[2])) not in ((3, 8), (7, 4)):
            return Reason.NOT_WHOLE
    return Reason.MASKED if _HIDDEN.search(text) else None


def _one(digits: str) -> tuple[str, ...] | Reason:
    bare = _without_country(digits)
    return (bare,) if _MOBILE.fullmatch(bare) else _why_not(digits)


def _read_runs(text: str) -> tuple[str, ...] | Reason:
    """Look at each run of digits (with the separators between them) on its own, then judge the whole cell."""
    text = _NOTE.sub(_open_note, text)
    numbers: list[str] = []
    refused: list[Reason] = []
    unclear = False
    for start, end in _runs(text):
        run, before, after = text[start:end], text[:start].rstrip("-. ():"), text[end:]
        if found := _numbers_of(run):
            if _LONE_LETTER_BEFORE.search(before[-2:]) or _LONE_LETTER_AFTER.match(after[:2]):
                return Reason.LETTERS
            numbers.extend(found)
            continue
        digits = "".join(_DIGITS.findall(run))
        if len(digits) >= _COULD_BE_A_NUMBER or run.startswith("+"):
            refused.append(_why_not(digits, plus=run.startswith("+")))
        elif not (_LETTER.match(before[-1:]) or _LETTER.match(after.lstrip(" ")[:1])):
            unclear = True  # `13800000000/01` may mean two numbers
    if not numbers:
        return _refusal(text, refused)
    if unclear or any(reason not in _HARMLESS for reason in refused):
        return Reason.SEVERAL
    return tuple(dict.fromkeys(numbers))


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Where the runs of digits are.

    One that is no number or numbers as a whole, while a blank-separated part of it is, gives its parts:
    `13800000000 010-62345678`.
    """
    for run in _RUN.finditer(text):
        parts = list(re.finditer(r"[^ ]+", run[0]))
        if len(parts) > 1 and not _numbers_of(run[0]) and any(_numbers_of(part[0]) for part in parts):
            for part in parts:
                yield run.start() + part.start(), run.start() + part.end()
        else:
            yield run.span()


def _open_note(note: re.Match[str]) -> str:
    """A bracket with words in it is set apart from the digits beside it; one with digits only is punctuation."""
    inside = note[1]
    return f" ;{inside}; " if re.search(r"[^0-9\-. +]", inside) else note[0]


def _numbers_of(run: str) -> list[str]:
    """The mobile numbers that make up a run of digits and separators; none if any digit is left over.

    Two numbers in one run must have a blank or bracket between them: a dash could mean 'from … to …'.
    """
    found: list[str] = []
    digits, plus, end = "", False, 0
    for group in _DIGITS.finditer(run):
        if not digits:
            between = run[end : group.start()]
            if found and not set(between) & set(" ()"):
                return []
            plus = "+" in between
        digits, end = digits + group[0], group.end()
        bare = _without_country(digits)
        # +1 380 000 0000 is a number abroad, whatever it looks like
        if _MOBILE.fullmatch(bare) and not (plus and bare == digits):
            found.append(bare)
            digits = ""
    return [] if digits else found


def _without_country(digits: str) -> str:
    return re.sub(r"^(?:00)?86(?=1[0-9]{10}$)", "", digits)


def _why_not(digits: str, *, plus: bool = False) -> Reason:
    """The reason for a run of digits that is no mobile number; `plus` when a + stands before it."""
    if not digits.strip("0"):
        return Reason.TOO_SHORT
    bare = re.sub(r"^(?:0086|86(?=[0-9]{9}))", "", digits)
    if bare == digits and (plus or digits.startswith("00")):
        return Reason.FOREIGN
    if bare != digits and _LANDLINE_WITHOUT_0.fullmatch(bare):
        return Reason.LANDLINE
    for pattern, reason in _NOT_MOBILE:
        if pattern.fullmatch(bare):
            return reason
    if len(bare) == 11:
        return Reason.NOT_MOBILE
    return Reason.TOO_SHORT if len(bare) < 11 else Reason.TOO_LONG


def _refusal(text: str, refused: list[Reason]) -> Reason:
    """The one reason for a cell without any mobile number."""
    digits = _DIGITS.findall(text)
    if not digits:
        return Reason.NO_NUMBER
    if re.search(r"[0-9][A-Za-z]+[0-9]|[0-9]{7,}[A-Za-z]|[A-Za-z][0-9]{7,}", text):
        return Reason.LETTERS
    if len(refused) == 1:
        return refused[0]
    if refused:
        return Reason.SEVERAL
    if _LETTER.search(text) and max(map(len, digits)) < 5:
        return Reason.NO_NUMBER  # a name or an address with a house number
    return _why_not("".join(digits))
