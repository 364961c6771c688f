"""Taking out of technical text what is about people: for whoever is to help and must not read it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from smsdesk.domain.old_data import HIDDEN

_DIGITS = re.compile(r"\d{5,}")
_ADDRESS = re.compile(r"\b[\w.+-]+://\S+")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|“[^”]*”|‘[^’]*’")
_OTHER_SCRIPT = re.compile(r"[^\x00-\x7f]+")


def number(mobile: str) -> str:
    """A mobile number of which its owner cannot be told, as in old data that were anonymised: `138********`.

    What is told of a failure is stored with it, and must not outlive that.
    """
    return mobile[:3] + HIDDEN


def host(url: str) -> str:
    """A gateway's address without its name: `https://…:8443`."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "…"
    return f"{parts.scheme}://…{port}"


def line(text: str) -> str:
    """A line of a log of which only the words of the program are left.

    Its sentences are English and hold no values but in quotes, digits and addresses; whatever else was put into
    one (a name, a text of a message) is in another script.
    """
    for found in (_ADDRESS, _QUOTED, _DIGITS, _OTHER_SCRIPT):
        text = found.sub("…", text)
    return text
