"""How it looks, all of it: tokens, icons, and the palette and style sheet made of them (docs/look.md)."""

from smsdesk.ui.theme.icons import icon, pixmap, tokens_of
from smsdesk.ui.theme.sheet import apply, is_dark, large, palette
from smsdesk.ui.theme.tokens import (
    DARK,
    FIGURE,
    HEADING,
    ICON,
    ICON_LARGE,
    ICON_TAB,
    LIGHT,
    RADIUS,
    RADIUS_LARGE,
    RADIUS_SMALL,
    SMALL,
    SPACE,
    TITLE,
    Tokens,
)

__all__ = [
    "DARK",
    "FIGURE",
    "HEADING",
    "ICON",
    "ICON_LARGE",
    "ICON_TAB",
    "LIGHT",
    "RADIUS",
    "RADIUS_LARGE",
    "RADIUS_SMALL",
    "SMALL",
    "SPACE",
    "TITLE",
    "Tokens",
    "apply",
    "icon",
    "is_dark",
    "large",
    "palette",
    "pixmap",
    "tokens_of",
]
