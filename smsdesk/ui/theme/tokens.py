"""The tokens of the visual language (docs/look.md): colours of both themes, steps of space, sizes of type, radii.

Nothing outside `ui/theme` names a colour, and no size is anything but a multiple of `SPACE`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SPACE: Final = 4
"""The unit of all gaps, in pixels at 100 %."""

RADIUS_SMALL: Final = 6
"""Corners of what one clicks or types into."""
RADIUS: Final = 8
"""Corners of cards, tables and notices."""
RADIUS_LARGE: Final = 16
"""Corners of what stands for a thing of the world: the handset."""

SMALL: Final = 0.85
"""Type that is beside the point: times, counts in marks. A factor of the system's size, as all four are."""
HEADING: Final = 1.1
"""The title of a card."""
TITLE: Final = 1.35
"""The title of a page or of a dialog that is one step of several."""
FIGURE: Final = 1.6
"""A figure that catches the eye."""

ICON: Final = 16
"""Icons beside words, in pixels at 100 %."""
ICON_TAB: Final = 18
"""Icons on the tabs of the pages."""
ICON_LARGE: Final = 48
"""The icon of a page that is empty."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours of one theme. Every text colour has a contrast of at least 4.5:1 on every ground that it is put on."""

    window: str
    surface: str
    raised: str
    line: str
    text: str
    quiet: str
    accent: str
    on_accent: str
    accent_soft: str
    accent_hover: str
    good: str
    bad: str
    warn: str
    good_soft: str
    bad_soft: str
    warn_soft: str


LIGHT: Final = Tokens(
    window="#f4f5f7",
    surface="#ffffff",
    raised="#f8f9fb",
    line="#d9dce3",
    text="#1c2230",
    quiet="#5a6474",
    accent="#1f5fd0",
    on_accent="#ffffff",
    accent_soft="#e6eefc",
    accent_hover="#184fb0",
    good="#11703f",
    bad="#b3261e",
    warn="#8a5300",
    good_soft="#e3f5ea",
    bad_soft="#fdeceb",
    warn_soft="#fdf1dc",
)
DARK: Final = Tokens(
    window="#16191f",
    surface="#1e222a",
    raised="#252a33",
    line="#3a414e",
    text="#e8ebf1",
    quiet="#a3adbd",
    accent="#7aa7ff",
    on_accent="#0c1526",
    accent_soft="#26344f",
    accent_hover="#94b8ff",
    good="#6fd39b",
    bad="#ff9a92",
    warn="#f3bd62",
    good_soft="#1f3a2b",
    bad_soft="#43262a",
    warn_soft="#40341f",
)
