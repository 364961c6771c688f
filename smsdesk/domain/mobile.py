"""Mobile numbers as offices write them, brought to one form or refused with a reason.

:func:`clean` is the whole of it: one cell's text in, the mobile numbers in it out, or a :class:`Reason`. Mainland
numbers come out as eleven digits, numbers from abroad, where they are allowed, in E.164: `+85261234567`. Nothing is
guessed: a number that has lost digits, or that could be read in two ways, is refused, because a wrong guess is a
message to a stranger.

One cell with several numbers gives several: `13800000000/13900000000`. What certainly is no mobile number beside one (a
landline, a hotline, an identity card's number) is passed over, but anything that could be another mobile number with a
slip in it refuses the cell, so that no number is lost without a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import Enum
from itertools import groupby
from typing import Final

from smsdesk.domain.words import Words

# Every segment from 13x to 19x. Carriers open new ones every year, so none inside is left out. (The data cards of 140,
# 141, 144 and 10648 have thirteen digits.)
_MOBILE: Final = re.compile(r"1[3-9][0-9]{9}")

# The usual spellings of one number, for speed: _read_runs reads all of them too, only slower.
# No dot among the separators: `1380000000.0` is a decimal that has lost a digit, not a number with a dot.
_USUAL: Final = re.compile(r"(?:(?:\+|00)?86[- ]?)?(1[3-9][0-9](?:[- ]?[0-9]{4}){2})(?:\.0{1,2})?")
_USUAL_WITH_NOTE: Final = re.compile(r"(1[3-9][0-9]{9}) ?\([\u3400-\u9fff]{1,20}\)")
_USUAL_LIST: Final = re.compile(r"1[3-9][0-9]{9}(?:(?: ?[/,;\u3001] ?| )1[3-9][0-9]{9})+")

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
    ord("\u00d7"): "*",
    ord("\u2731"): "*",
    ord("\u25cf"): "*",
}

# Names and addresses (a few digits among Han characters), also for speed: a million of them is a wrong column chosen.
_WORDS: Final = re.compile(r"(?:[0-9]{0,4}[\u3400-\u9fff])+[0-9]{0,4}")

_SCIENTIFIC: Final = re.compile(r"(\+?)([0-9]{1,3})(?:[.,]([0-9]*))?[eE]([+-]?)([0-9]{1,3})")
_SCIENTIFIC_INSIDE: Final = re.compile(r"(?<![0-9A-Za-z])[0-9]{1,3}(?:[.,][0-9]+)?[eE]\+[0-9]{1,3}(?![0-9A-Za-z])")
_DECIMAL: Final = re.compile(r"(\+?[0-9]+)\.([0-9]*)")
_THOUSANDS: Final = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+)(?:\.0*)?")
_DATE: Final = re.compile(
    r"(?<![0-9])(?:19|20)[0-9]{2}([-/.])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12][0-9]|3[01])(?![0-9])"
    r"(?:[T ]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
)
_ERROR: Final = re.compile(r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)", re.IGNORECASE)
_HIDDEN: Final = re.compile(r"[0-9][*xX#]{3,}[0-9]|[*]{4,}")
_RANGE: Final = re.compile(r"[0-9] *[~至到] *[0-9]")
_NOTE: Final = re.compile(r"\(([^()]*)\)")
_RUN: Final = re.compile(r"(?:\+[ (]*)?[0-9](?:[-. ()+]*[0-9])*")
_PART: Final = re.compile(r"(?:(?:\+|00) +)?[^ ]+")
_BEFORE_PLUS: Final = re.compile(r"(?<=[ ()])(?=\+)")
_DIGITS: Final = re.compile(r"[0-9]+")
_LETTER: Final = re.compile(r"[^\W\d_]")
# A13800000000 is a slip; Wang13800000000 and T: 13800000000 are notes
_LONE_LETTER_BEFORE: Final = re.compile(r"(?<![A-Za-z])[A-Za-z][-. ()]*$")
_LONE_LETTER_AFTER: Final = re.compile(r"[A-Za-z](?![A-Za-z])")
_CODE_BEFORE: Final = re.compile(r"[0-9][A-Za-z]+$")  # 12AB13800000000 is one code, not a note and a number
_CODE_AFTER: Final = re.compile(r"(?!ext|tel|qq)[a-z]+[0-9]", re.IGNORECASE)

# What is said of a number beside it, and means that it is none to send to
_OTHER_BEFORE: Final = re.compile(
    r"(?<!手机)(?:(?:QQ|身份证|证件|订单|货单|运单|快递单|卡|账|帐|账户|流水|发票|合同|单|工|学|编)(?:编?号码?)|QQ|身份证|邮编)"
    r" ?(?:[:(=] *|是|为)?$|[¥￥$€£] *$",
    re.IGNORECASE,
)
_OTHER_AFTER: Final = re.compile(r"@| ?(?:[%‰]|[万亿]?(?:美|港|欧)?元(?![\u3400-\u9fff]))")
_IP_ADDRESS: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}")

# 15-2024-00001 is a contract, 19990101-001 an order, 1 (380) 555-2671 may be American: no mobile number is divided so
_ODD_GROUPS: Final = re.compile(
    r"(?:[+ (]*(?:00)?86[-. ()+]*)?(?:1[0-9]? *[-.()]|19[0-9]{6}[-. ]|1 [2-9][0-9]{2} [0-9]{3} [0-9]{4}$)"
)

_LANDLINE: Final = re.compile(r"0(?:10|2[0-9]|[3-9][0-9]{2})[2-8][0-9]{6,7}[0-9]{0,5}")
_LANDLINE_WITHOUT_0: Final = re.compile(r"(?:10|2[0-9]|[3-9][0-9]{2})[2-8][0-9]{6,7}")
_LOCAL: Final = re.compile(r"[2-8][0-9]{6,7}")
_LOCAL_WITH_EXTENSION: Final = re.compile(r"[2-8][0-9]{6,7} *- *[0-9]{1,5}")
_HOTLINE: Final = re.compile(r"[48]00[0-9]{7}|9[56][0-9]{3,6}|1010[0-9]{4}")
_DATA_CARD: Final = re.compile(r"14[014][0-9]{10}|10648[0-9]{8}")
_SHORT_CODE: Final = re.compile(r"1(?:[0-2][0-9]|[0-2][0-9]{3,4})|106[0-9]{5,17}")
_BORN: Final = r"(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_ID_CARD: Final = re.compile(rf"[1-8][0-9]{{5}}{_BORN}[0-9]{{4}}")
_ID_CARD_WITH_X: Final = re.compile(rf"(?<![0-9])([1-8][0-9]{{5}}[- ]?{_BORN}[- ]?[0-9]{{3}})[xX](?![0-9A-Za-z])")

_FROM_ABROAD: Final = re.compile(r"(?:\+(?:00)?|00)(?!86)([1-9][0-9]{6,14})")
_ABROAD: Final = 1 << 62  # in a code: fits into a signed 64-bit integer, and no number has as many digits

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
    DATA_CARD = Words(
        "这是物联网卡（数据卡）号码，不是手机号，请换成手机号。",
        "The number of a data card, which is no phone; enter a mobile number.",
    )
    FOREIGN = Words(
        "这是境外（含港澳台）号码，所用的账号不能发往境外；如已开通，请在账号设置中勾选“可发往境外”。",
        "A number from abroad, which the account may not send to; where the gateway allows it, tick 'May send abroad' "
        "in the account's settings.",
    )
    FOREIGN_WRONG = Words(
        "境外号码不正确，该国家或地区没有这样的号码，请核对国家（地区）代码和位数。",
        "No such number exists in that country; check the country code and the digits.",
    )
    ID_CARD = Words("这是身份证号，请换成手机号。", "An identity card's number; enter a mobile number.")
    OTHER_NUMBER = Words(
        "这是 QQ 号、邮箱、订单号、金额等，不是手机号，请换成手机号。",
        "An account, an order, an amount or the like, and no mobile number; enter a mobile number.",
    )
    ODD_GROUPS = Words(
        "数字的分段不像手机号，请核对后连续写成 11 位；境外号码请以 + 开头。",
        "The digits are not divided as in a mobile number. Check it and write 11 digits in a row; begin a number from "
        "abroad with +.",
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


# Beside a mobile number: nothing could be sent to it anyway
_HARMLESS: Final = frozenset({Reason.LANDLINE, Reason.HOTLINE, Reason.ID_CARD, Reason.OTHER_NUMBER})
# Beside one from abroad: 6123 4568 may be another of that country, without its code
_HARMLESS_ABROAD: Final = frozenset({Reason.ID_CARD, Reason.OTHER_NUMBER})
_NOT_MOBILE: Final = (
    (_HOTLINE, Reason.HOTLINE),
    (_DATA_CARD, Reason.DATA_CARD),
    (_SHORT_CODE, Reason.SHORT_CODE),
    (_LANDLINE, Reason.LANDLINE),
    (_LOCAL, Reason.LANDLINE),
    (_ID_CARD, Reason.ID_CARD),
)


def clean(cell: str, *, abroad: bool = False) -> tuple[str, ...] | Reason:
    """The mobile numbers in a cell's text, in order, each once: eleven ASCII digits, or E.164 with its `+`.

    Numbers from abroad are those that are written with `+` or `00` and their country; they are given where `abroad`
    allows them. An empty tuple means that the cell is blank. A :class:`Reason` says why there is none to send to.
    """
    if _MOBILE.fullmatch(cell):
        return (cell,)
    if len(cell) > _LONGEST_CELL:
        return _long(cell)
    text = (cell if cell.isascii() and cell.isprintable() else cell.translate(_PLAIN)).strip(" '`\"")
    if usual := _USUAL.fullmatch(text):
        return (usual[1].replace(" ", "").replace("-", ""),)
    if not text:
        return ()
    if _WORDS.fullmatch(text):
        return Reason.NO_NUMBER
    if noted := _USUAL_WITH_NOTE.fullmatch(text):
        return (noted[1],)
    if _USUAL_LIST.fullmatch(text):
        return tuple(dict.fromkeys(_MOBILE.findall(text)))
    return _special(text, abroad=abroad) or _read_runs(text, abroad=abroad)


def _long(cell: str) -> tuple[str, ...] | Reason:
    """A list of numbers and nothing else is one, however long; anything else is a text."""
    text = cell.translate(_PLAIN).strip(" ")
    if _USUAL_LIST.fullmatch(text):
        return tuple(dict.fromkeys(_MOBILE.findall(text)))
    return Reason.A_TEXT if text else ()


def single(text: str, *, abroad: bool = False) -> str | Reason:
    """The one number in `text`, as :func:`clean` gives it; a blank text or one with several is refused too."""
    found = clean(text, abroad=abroad)
    if isinstance(found, Reason):
        return found
    if not found:
        return Reason.NO_NUMBER
    return found[0] if len(found) == 1 else Reason.SEVERAL


def is_mobile(text: str) -> bool:
    """Whether `text` already is the normalised form of a mainland number: eleven ASCII digits of a mobile segment."""
    return _MOBILE.fullmatch(text) is not None


def is_from_abroad(mobile: str) -> bool:
    """Whether a normalised number is one from abroad."""
    return mobile.startswith("+")


def to_code(mobile: str) -> int:
    """A normalised number in 63 bits, for long lists; one from abroad and a mainland one are never the same.

    Raises:
        ValueError: it is none.
    """
    return int(mobile[1:]) | _ABROAD if mobile.startswith("+") else int(mobile)


def from_code(code: int) -> str:
    """The number that :func:`to_code` has packed."""
    return f"+{code ^ _ABROAD}" if code & _ABROAD else str(code)


def _special(text: str, *, abroad: bool) -> tuple[str, ...] | Reason | None:
    """The texts that are one value of a spreadsheet and not a spelling; None for any other."""
    if _ERROR.match(text):
        return Reason.CELL_ERROR
    if _DATE.fullmatch(text):
        return Reason.NO_NUMBER
    if scientific := _SCIENTIFIC.fullmatch(text):
        return _scientific(*scientific.groups(default=""), abroad=abroad)
    if _SCIENTIFIC_INSIDE.search(text):
        return Reason.LOST_DIGITS
    if decimal := _DECIMAL.fullmatch(text):
        if not decimal[2].strip("0"):
            return _judge(decimal[1], abroad=abroad)
        # 138.00001234 and 1380000.1234 are a way to write a number, all else with one dot is a fraction.
        if not text.startswith(("+", "00")) and (len(decimal[1]), len(decimal[2])) not in ((3, 8), (7, 4)):
            return Reason.NOT_WHOLE
    if thousands := _THOUSANDS.fullmatch(text):
        return _judge(thousands[1].replace(",", ""), abroad=abroad)
    if _RANGE.search(text):
        return Reason.SEVERAL
    return Reason.MASKED if _HIDDEN.search(text) else None


def _scientific(
    plus: str, whole: str, fraction: str, sign: str, exponent: str, *, abroad: bool
) -> tuple[str, ...] | Reason:
    places = int(exponent)
    if sign == "-" or fraction[places:].strip("0"):
        return Reason.NOT_WHOLE
    return Reason.LOST_DIGITS if len(fraction) < places else _judge(plus + whole + fraction[:places], abroad=abroad)


def _read_runs(text: str, *, abroad: bool) -> tuple[str, ...] | Reason:
    """Look at each run of digits (with the separators between them) on its own, then judge the whole cell."""
    text = _ID_CARD_WITH_X.sub(r"\g<1>0", _DATE.sub(";", _NOTE.sub(_open_note, text)))
    numbers: list[str] = []
    refused: list[Reason] = []
    unclear = False
    for start, end, found in _runs(text, abroad=abroad):
        run, before, after = text[start:end], text[:start], text[end:]
        if _OTHER_BEFORE.search(before[-20:]) or _OTHER_AFTER.match(after):
            refused.append(_other(run, found))
        elif not isinstance(found, Reason):
            if _is_in_a_code(before, after):
                return Reason.LETTERS
            numbers.extend(found)
        elif run.startswith("+") or sum(map(str.isdigit, run)) >= _COULD_BE_A_NUMBER:
            refused.append(found)
        elif not _is_in_words(before, after):
            unclear = True  # `13800000000/01` may mean two numbers
    if not numbers:
        return _refusal(text, refused)
    harmless = _HARMLESS_ABROAD if any(map(is_from_abroad, numbers)) else _HARMLESS
    if unclear or not harmless.issuperset(refused):
        return Reason.SEVERAL
    return tuple(dict.fromkeys(numbers))


def _other(run: str, found: tuple[str, ...] | Reason) -> Reason:
    """What is said beside a run of digits is said of one number only: others in it must not be lost with that."""
    if isinstance(found, Reason):
        return found if " " in run else Reason.OTHER_NUMBER
    return Reason.OTHER_NUMBER if len(found) == 1 else Reason.SEVERAL


def _is_in_a_code(before: str, after: str) -> bool:
    """Whether letters beside the digits are no note."""
    return bool(
        _LONE_LETTER_BEFORE.search(before[-20:])
        or _LONE_LETTER_AFTER.match(after[:2])
        or _CODE_BEFORE.search(before[-20:])
        or _CODE_AFTER.match(after)
    )


def _is_in_words(before: str, after: str) -> bool:
    return bool(_LETTER.match(before.rstrip("-. ():")[-1:]) or _LETTER.match(after.lstrip(" ")[:1]))


def _runs(text: str, *, abroad: bool) -> Iterator[tuple[int, int, tuple[str, ...] | Reason]]:
    """Where the runs of digits are, and what each is.

    One that is nothing to send to as a whole, while a blank-separated part of it is, gives its parts:
    `13800000000 010-62345678`.
    """
    for run in _RUN.finditer(text):
        start = run.start()
        for piece in _BEFORE_PLUS.split(run[0]):
            whole = _judge(piece, abroad=abroad)
            if isinstance(whole, Reason) and " " in piece:
                for at, end, found in _parts(piece, abroad=abroad):
                    yield start + at, start + end, found
            else:
                yield start, start + len(piece), whole
            start += len(piece)


def _parts(piece: str, *, abroad: bool) -> Iterator[tuple[int, int, tuple[str, ...] | Reason]]:
    """The blank-separated parts that are numbers, and what stands together before, between and after them."""
    judged = [(*part.span(), _judge(part[0], abroad=abroad)) for part in _PART.finditer(piece)]
    for is_refused, group in groupby(judged, key=lambda part: isinstance(part[2], Reason)):
        parts = list(group)
        if is_refused:
            start, end = parts[0][0], parts[-1][1]
            yield start, end, _judge(piece[start:end], abroad=abroad)
        else:
            yield from parts


def _open_note(note: re.Match[str]) -> str:
    """A bracket with words in it is set apart from the digits beside it; one with digits only is punctuation."""
    inside = note[1]
    return f" ;{inside}; " if re.search(r"[^0-9\-. +]", inside) else note[0]


def _judge(run: str, *, abroad: bool) -> tuple[str, ...] | Reason:
    """The numbers that make up a run of digits and separators, or why it is none."""
    numbers = _numbers_of(run)
    if numbers:
        if _IP_ADDRESS.fullmatch(run):
            return Reason.OTHER_NUMBER
        return Reason.ODD_GROUPS if _ODD_GROUPS.match(run) else tuple(numbers)
    digits = "".join(_DIGITS.findall(run))
    if foreign := _FROM_ABROAD.fullmatch("+" * run.startswith("+") + digits):
        return _from_abroad(foreign[1]) if abroad else Reason.FOREIGN
    return Reason.LANDLINE if _LOCAL_WITH_EXTENSION.fullmatch(run) else _why_not(digits)


def _numbers_of(run: str) -> list[str]:
    """The mainland numbers that make up a run of digits and separators; none if any digit is left over.

    Two numbers in one run must have a blank or bracket between them: a dash could mean 'from … to …'.
    """
    found: list[str] = []
    digits, end = "", 0
    for group in _DIGITS.finditer(run):
        if found and not digits:
            between = run[end : group.start()]
            if "+" in between or not set(between) & set(" ()"):
                return []
        digits, end = digits + group[0], group.end()
        bare = _without_country(digits)
        # +1 380 000 0000 is a number abroad, whatever it looks like
        if _MOBILE.fullmatch(bare) and not (run.startswith("+") and not found and bare == digits):
            found.append(bare)
            digits = ""
    return [] if digits else found


def _without_country(digits: str) -> str:
    return re.sub(r"^(?:00)?86(?=1[0-9]{10}$)", "", digits)


def _from_abroad(digits: str) -> tuple[str, ...] | Reason:
    """The number in E.164; `digits` begin with the country's code."""
    # Most users never meet such a number, and the tables of all countries take 30 ms to load.
    import phonenumbers  # noqa: PLC0415

    try:
        number = phonenumbers.parse(f"+{digits}")
    except phonenumbers.NumberParseException:
        return Reason.FOREIGN_WRONG
    kind = phonenumbers.number_type(number)
    kinds = phonenumbers.PhoneNumberType
    if kind == kinds.UNKNOWN:
        return Reason.FOREIGN_WRONG
    if kind == kinds.FIXED_LINE:
        return Reason.LANDLINE
    if kind in (kinds.TOLL_FREE, kinds.PREMIUM_RATE, kinds.SHARED_COST, kinds.UAN, kinds.VOICEMAIL):
        return Reason.HOTLINE
    return (phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164),)


def _why_not(digits: str) -> Reason:
    """The reason for a run of digits that is no number to send to."""
    if not digits.strip("0"):
        return Reason.TOO_SHORT
    bare = re.sub(r"^(?:0086|86(?=[0-9]{9}))", "", digits)
    if bare != digits and _LANDLINE_WITHOUT_0.fullmatch(bare) and not _HOTLINE.fullmatch(bare):
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
    for certain in (Reason.OTHER_NUMBER, Reason.ID_CARD):
        if certain in refused:
            return certain
    if re.search(r"[0-9][A-Za-z]+[0-9]|[0-9]{7,}[A-Za-z]|[A-Za-z][0-9]{7,}", text):
        return Reason.LETTERS
    if len(refused) == 1:
        return refused[0]
    if refused:
        return Reason.SEVERAL
    if _LETTER.search(text) and max(map(len, digits)) < 5:
        return Reason.NO_NUMBER  # a name or an address with a house number
    return _why_not("".join(digits))


def beginning(text: str) -> str:
    """A number or its beginning, however it is typed or pasted, as the store has it: no +86, blanks or dashes."""
    bare = re.sub(r"[\s()\-‐-―]", "", unicodedata.normalize("NFKC", text))
    return re.sub(r"^(\+|00)86", "", bare)
