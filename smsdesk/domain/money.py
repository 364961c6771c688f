"""Money for people. Amounts are in li (厘, 1/1000 yuan), as the gateway has them."""

from __future__ import annotations

from typing import Final

from smsdesk.domain.inbox import ChargeType
from smsdesk.domain.words import Words


def yuan(li: int) -> str:
    """¥1,234.56, with the third decimal only where there is one."""
    sign, whole, rest = "-" if li < 0 else "", *divmod(abs(li), 1000)
    decimals = f"{rest:03d}"
    return f"{sign}¥{whole:,}.{decimals if decimals[2] != '0' else decimals[:2]}"


def standing(balance_li: int, kind: ChargeType | None) -> Words:
    """What a balance is, to be followed by its amount without a sign (§3: negative where something is owed)."""
    if balance_li >= 0:
        return _HELD
    return _OWED if kind is ChargeType.POSTCHARGE else _OVERDRAWN


def balance(balance_li: int, kind: ChargeType | None) -> Words:
    """A balance in words: 余额 ¥12.00, 欠费（已用额度） ¥5.00."""
    return Words("{what} {yuan}", "{what} {yuan}").fill(what=standing(balance_li, kind), yuan=yuan(abs(balance_li)))


def below(limit_li: int) -> Words:
    """What is told of a balance below a limit."""
    return (_BELOW if limit_li >= 0 else _OWES_MORE).fill(yuan=yuan(abs(limit_li)))


_HELD: Final = Words("余额", "Balance")
_OWED: Final = Words("欠费（已用额度）", "Owed (credit used)")
_OVERDRAWN: Final = Words("透支", "Overdrawn by")
_BELOW: Final = Words("余额低于您设的 {yuan}", "the balance is below your limit of {yuan}")
_OWES_MORE: Final = Words("欠费超过您设的 {yuan}", "more is owed than your limit of {yuan}")
