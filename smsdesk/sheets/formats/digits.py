"""Sections for numbers: digits with literals before, between and behind them."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Final

from smsdesk.sheets.formats.code import Code, Show

_PRECISE: Final = Context(prec=400, rounding=ROUND_HALF_UP)
_MOST_DECIMALS: Final = 30  # as Excel


class Number:
    """A section for numbers: digits with literals before, between and behind them."""

    def __init__(self, part: Code):
        self._tokens = [(what if what != "mark" else text, text) for what, text in part.tokens]
        places = [i for i, (what, _) in enumerate(self._tokens) if what == "digit"]
        self._scale = Decimal(100) ** sum(what == "%" for what, _ in self._tokens)
        self._grouped = False
        if places:
            self._take_commas(places)
        self._fraction = next((i for i, (what, _) in enumerate(self._tokens) if what == "/"), None)
        self._exponent = next((i for i, (what, _) in enumerate(self._tokens) if what == "exponent"), None)
        self._point = next((i for i, (what, _) in enumerate(self._tokens) if what in (".", "part")), None)
        self._spread()
        end = self._exponent if self._exponent is not None else len(self._tokens)
        point = self._point if self._point is not None else end
        self._whole = [i for i, (what, _) in enumerate(self._tokens[:point]) if what == "digit"]
        self._decimals = [i for i, (what, _) in enumerate(self._tokens[:end]) if what == "digit" and i > point]
        if len(self._decimals) > _MOST_DECIMALS:
            self._decimals = self._decimals[:_MOST_DECIMALS]
        if self._fraction is not None and self._whole:
            self.show: Show = self._show_fraction
        elif self._exponent is not None and self._whole:
            self.show = self._show_scientific
        else:
            self.show = self._quick() or self._show_fixed

    @property
    def is_whole(self) -> bool:
        """Whether it is `0` alone, perhaps with blanks, so that whole numbers are shown as their digits."""
        return [text for what, text in self._tokens if what != "literal" or text.strip()] == ["0"]

    def _take_commas(self, places: list[int]) -> None:
        """Commas between digits group them, commas behind the last digit before the point divide by a thousand."""
        point = next((i for i, (what, _) in enumerate(self._tokens) if what in (".", "part")), len(self._tokens))
        before = [i for i in places if i < point]
        last = before[-1] if before else -1
        for i, (what, _) in enumerate(self._tokens):
            if what != ",":
                continue
            if before and before[0] < i < last:
                self._grouped = True
            elif i > places[-1] or (last >= 0 and all(w in (",", "literal") for w, _ in self._tokens[last + 1 : i])):
                self._scale /= 1000
        self._tokens = [token for token in self._tokens if token[0] != ","]

    def _spread(self) -> None:
        """`.00` came as one token, since behind seconds it is another thing; here it is a point and digits."""
        if self._point is not None and self._tokens[self._point][0] == "part":
            digits = [("digit", "0")] * (len(self._tokens[self._point][1]) - 1)
            self._tokens[self._point : self._point + 1] = [(".", "."), *digits]
            for name in ("_exponent", "_fraction"):
                at = getattr(self, name)
                if at is not None and at > self._point:
                    setattr(self, name, at + len(digits))

    def _quick(self) -> Show | None:
        """`#,##0.00` and its like by the interpreter's own formatting; None for other shapes and where it may err."""
        shape = "".join(text if what in ("digit", ".") else "x" for what, text in self._tokens)
        match = re.fullmatch(r"x*#*0(?:\.(0{1,4}))?x*", shape)
        if match is None or (self._scale != 1 and self._scale != 100):
            return None
        before = "".join(text for what, text in self._tokens[: self._whole[0]] if what != "digit")
        last = (self._decimals or self._whole)[-1]
        after = "".join(text for what, text in self._tokens[last + 1 :])
        decimals = len(match[1] or "")
        pattern = f"{before.replace('{', '{{').replace('}', '}}')}{{:{',' if self._grouped else ''}.{decimals}f}}"
        show, scale = (pattern + after.replace("{", "{{").replace("}", "}}")).format, float(self._scale)
        slow = self._show_fixed

        def quick(value: float) -> str:
            # A spreadsheet rounds what the fifteen digits say, and halves up: 2.675, stored a little lower, is 2.68.
            return show(value * scale * (1 + 1e-15)) if value < 1e8 else slow(value)

        return quick

    def _show_fixed(self, value: float) -> str:
        exact = rounded(_PRECISE.multiply(Decimal(f"{value:.15g}"), self._scale), len(self._decimals))
        whole, _, decimals = f"{exact:f}".partition(".")
        return self._put(whole, decimals, range(len(self._tokens)))

    def _put(self, whole: str, decimals: str, among: range) -> str:
        """The digits in their places, and the literals between them."""
        shown = self._whole_digits("" if whole == "0" else whole)
        kept = len(decimals.rstrip("0"))
        for n, i in enumerate(self._decimals):
            sign = self._tokens[i][1]
            shown[i] = decimals[n] if n < kept or sign == "0" else " " if sign == "?" else ""
        return "".join(shown.get(i, self._tokens[i][1] if self._tokens[i][0] != "digit" else "") for i in among)

    def _whole_digits(self, digits: str) -> dict[int, str]:
        shown: dict[int, str] = {}
        from_right = 0
        for place in reversed(self._whole):
            is_first = place == self._whole[0]
            taken = digits if is_first else digits[-1:]
            digits = "" if is_first else digits[:-1]
            if not taken and self._tokens[place][1] != "#":
                taken = "0" if self._tokens[place][1] == "0" else " "
            text = ""
            for digit in reversed(taken):
                comma = "," if self._grouped and from_right and from_right % 3 == 0 and digit != " " else ""
                text = digit + comma + text
                from_right += 1
            shown[place] = text
        return shown

    def _show_scientific(self, value: float) -> str:
        at = self._exponent
        assert at is not None  # noqa: S101 - chosen by it
        exact = _PRECISE.multiply(Decimal(f"{value:.15g}"), self._scale)
        mantissa, exponent = scientific(exact, len(self._decimals), len(self._whole))
        whole, _, decimals = mantissa.partition(".")
        digits = [i for i in range(at + 1, len(self._tokens)) if self._tokens[i][0] == "digit"]
        sign = "-" if exponent < 0 else "+" if "+" in self._tokens[at][1] else ""
        power = f"{abs(exponent):0{sum(self._tokens[i][1] == '0' for i in digits)}}"
        tail = "".join(text for what, text in self._tokens[at + 1 :] if what != "digit")
        return f"{self._put(whole, decimals, range(at))}E{sign}{power}{tail}"

    def _show_fraction(self, value: float) -> str:
        at = self._fraction
        assert at is not None  # noqa: S101 - chosen by it
        exact = Fraction(f"{value:.15g}") * Fraction(self._scale)
        above, start = 0, at
        while start and self._tokens[start - 1][0] == "digit":
            start, above = start - 1, above + 1
        end = at + 1
        while end < len(self._tokens) and re.fullmatch(r"[0-9?#]", self._tokens[end][1]):
            end += 1
        below = "".join(text for _, text in self._tokens[at + 1 : end])
        mixed = any(i < start for i in self._whole)
        whole = int(exact) if mixed else 0
        part = _nearest(exact - whole, below)
        if mixed and part[0] == part[1]:
            whole, part = whole + 1, (0, part[1])
        tail = "".join(text for what, text in self._tokens[end:] if what != "digit")
        head = "".join(text for what, text in self._tokens[:start] if what != "digit" and text.strip())
        if mixed and part[0] == 0:
            return f"{head}{whole}{tail}"
        lead = f"{whole} " if whole else ""
        if "?" in below:
            above_width = above if whole else 0
            return f"{head}{lead}{part[0]:>{above_width}}/{part[1]:<{len(below)}}{tail}"
        return f"{head}{lead}{part[0]}/{part[1]}{tail}"


def _nearest(part: Fraction, below: str) -> tuple[int, int]:
    """Numerator and denominator nearest to a part of one; `below` is the code's denominator: `??`, or a number."""
    if below.strip("0?#"):
        denominator = int(re.sub(r"\D", "0", below))
        return int(part * denominator + Fraction(1, 2)), denominator
    near = part.limit_denominator(10 ** min(max(len(below), 1), 7) - 1)
    return near.numerator, near.denominator


def rounded(value: Decimal, decimals: int) -> Decimal:
    """To so many decimals, halves up."""
    return value.quantize(Decimal(1).scaleb(-max(decimals, 0)), context=_PRECISE)


def scientific(value: Decimal, decimals: int, width: int = 1) -> tuple[str, int]:
    """Mantissa and exponent; the exponent is a multiple of `width`, as `##0.0E+0` wants it."""
    if not value:
        return f"{rounded(value, decimals):f}", 0
    exponent = value.adjusted() // width * width
    mantissa = rounded(value.scaleb(-exponent, _PRECISE), decimals)
    if mantissa >= 10**width:
        exponent += width
        mantissa = rounded(value.scaleb(-exponent, _PRECISE), decimals)
    return f"{mantissa:f}", exponent


def trimmed(text: str) -> str:
    """Without the noughts that end its decimals."""
    return text.rstrip("0").rstrip(".") if "." in text else text
