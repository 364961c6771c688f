from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QScrollArea

from smsdesk.settings import paths
from smsdesk.settings.settings import Theme
from smsdesk.ui import theme
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
        ("on_accent", ("accent", "accent_hover")),
    ],
)
def test_every_text_can_be_read_on_every_ground(tokens: Tokens, text: str, grounds: tuple[str, ...]) -> None:
    for ground in grounds:
        assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= 4.5, f"{text} on {ground}"


ICONS = paths.resources() / "icons"
NAMED = re.compile(r'(?:icon=|icon\(|put_icon\(\w+, |icon_button\(|icon_label\(|menu_button\([^\n]*, )"([a-z0-9-]+)"')


def test_every_icon_that_is_named_is_there_and_every_one_that_is_there_is_named() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in (paths.resources().parent / "smsdesk").rglob("*.py"))
    there = {path.stem for path in ICONS.glob("*.svg")}
    assert set(NAMED.findall(code)) - {"icon", "true"} <= there
    assert {name for name in there if f'"{name}"' not in code and f"{name}.svg" not in code} <= {
        "checked-light",
        "checked-dark",
        "chosen-light",
        "chosen-dark",
    }


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_an_icon_is_drawn_in_the_themes_colour_and_as_fine_as_the_screen(qapp: QApplication, scale: float) -> None:
    for theme_of, tokens in ((Theme.LIGHT, LIGHT), (Theme.DARK, DARK)):
        theme.apply(qapp, theme_of, ICONS)
        drawn = theme.pixmap("send", "accent", 16, scale)
        assert drawn.width() == round(16 * scale)
        image = drawn.toImage()
        colours = {
            image.pixelColor(x, y).name()
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).alpha() == 255
        }
        assert tokens.accent in colours


def test_an_icon_follows_the_theme_that_changes(qapp: QApplication) -> None:
    theme.apply(qapp, Theme.LIGHT, ICONS)
    icon = theme.icon("send")
    light = icon.pixmap(16, 16).toImage()
    theme.apply(qapp, Theme.DARK, ICONS)
    assert icon.pixmap(16, 16).toImage() != light
    theme.apply(qapp, Theme.LIGHT, ICONS)
    assert icon.pixmap(16, 16).toImage() == light


def test_a_dialog_over_a_scrolled_page_has_the_buttons_of_every_other(qapp: QApplication) -> None:
    theme.apply(qapp, Theme.LIGHT, ICONS)
    page = QScrollArea()
    pictures = []
    for dialog in (QDialog(), QDialog(page)):
        button = QPushButton("OK", dialog)
        button.setFixedSize(80, 32)
        dialog.ensurePolished()
        pictures.append(button.grab().toImage())
    assert pictures[0] == pictures[1]
