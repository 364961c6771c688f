"""Where a part of a list of recipients comes from: a value, by which it can be read again."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from smsdesk.domain.campaign import Part


@dataclass(frozen=True, slots=True)
class How:
    """How a person has said that rows are read; None: as it is found by what is in them."""

    sheet: str | None = None
    encoding: str | None = None
    separator: str | None = None
    header_row: int | None = None
    """0: there is no header."""
    column: str | None = None


@dataclass(frozen=True, slots=True)
class FromFile:
    """A recipient file."""

    path: Path
    how: How = How()

    @property
    def name(self) -> str:
        """What it is called."""
        return self.path.name

    @property
    def key(self) -> object:
        """What it is, however it is read: the same again takes its place."""
        return self.path


@dataclass(frozen=True, slots=True)
class FromClipboard:
    """A text that was pasted. Each has a name of its own."""

    name: str
    text: str = field(repr=False)  # people's numbers: nothing for a log
    how: How = How()

    @property
    def key(self) -> object:
        """See :attr:`FromFile.key`."""
        return "pasted", self.name


@dataclass(frozen=True, slots=True)
class FromKeyboard:
    """Numbers that were typed one after another; a list has one such part."""

    name: str
    numbers: tuple[str, ...] = field(repr=False)

    @property
    def key(self) -> object:
        """See :attr:`FromFile.key`."""
        return "typed"


@dataclass(frozen=True, slots=True)
class FromGroup:
    """The people of a group, or everybody in the address book."""

    name: str
    group: str | None = None
    """The group's own name; None: everybody."""
    group_id: int = 0

    @property
    def key(self) -> object:
        """See :attr:`FromFile.key`."""
        return "group", self.group_id


@dataclass(frozen=True, slots=True)
class FromCampaign:
    """The people of a campaign, or a part of them."""

    name: str
    campaign: str
    """The campaign's own name."""
    campaign_id: int
    part: Part | None = None

    @property
    def key(self) -> object:
        """See :attr:`FromFile.key`."""
        return "campaign", self.campaign_id, self.part


Origin: TypeAlias = FromFile | FromClipboard | FromKeyboard | FromGroup | FromCampaign
READABLE = FromFile | FromClipboard
"""Those that a person can have read otherwise."""
STORED = FromGroup | FromCampaign
"""Those that are in the store."""
