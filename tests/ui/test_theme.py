from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from smsdesk.ui.theme import DARK, LIGHT, Tokens


def luminance(colour: str) -> float:
    """WCAG 2.1, relative luminance."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    made = QColor(colour)
    return 0.2126 * linear(made.redF()) + 0.7152 * linear(made.greenF()) + 0.0722 * linear(made.blueF())


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("text", "grounds"),
    [
        ("text", ("window", "surface", "raised", "accent_soft", "good_soft", "bad_soft", "warn_soft")),
        ("quiet", ("window", "surface", "raised")),
        ("accent", ("window", "surface", "raised", "accent_soft")),
        ("good", ("window", "surface", "raised", "good_soft")),
        ("bad", ("window", "surface", "raised", "bad_soft")),
        ("warn", ("window", "surface", "raised", "warn_soft")),
        ("on_accent", ("accent",)),
    ],
)
def test_every_text_can_be_read_on_every_ground(tokens: Tokens, text: str, grounds: tuple[str, ...]) -> None:
    for ground in grounds:
        assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= 4.5, f"{text} on {ground}"
