"""What the pages are made of, loaded while nobody waits for it: a page is made in a tenth of a second then."""

from __future__ import annotations

from importlib import import_module
from threading import Event
from typing import Final

_MODULES: Final = (
    "smsdesk.ui.pages.bulk",
    "smsdesk.ui.pages.p2p",
    "smsdesk.ui.pages.replies",
    "smsdesk.ui.pages.reports",
    "smsdesk.ui.pages.campaigns",
    "smsdesk.ui.pages.people",
    "smsdesk.ui.pages.blocklist",
    "smsdesk.ui.pages.balance",
    "smsdesk.ui.widgets.plots",
    "smsdesk.ui.dialogs.settings",
)


def load(stop: Event) -> None:
    """Import all of it, on a lane: whoever wants a page meanwhile waits for that page's part only."""
    for name in _MODULES:
        if stop.is_set():
            return
        import_module(name)
