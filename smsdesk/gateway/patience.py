"""How long to wait for a gateway: apart from the client, which takes a tenth of a second to import."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """Time-outs in seconds."""

    connect: float = 10.0
    """To make a connection."""
    silence: float = 60.0
    """Between two pieces of an answer."""
    whole: float = 120.0
    """For a whole request."""
