"""What becomes of messages, reports and replies that are old."""

from __future__ import annotations

from enum import StrEnum

LEAST_DAYS = 30
"""Nothing younger is touched: reports come for days, and may be handed out again; who had a message lately is asked."""

HIDDEN = "********"
"""What stands in place of a number behind its first three digits, which tell the operator."""


class Removal(StrEnum):
    """How far it goes."""

    ANONYMISE = "anonymise"  # numbers, personal texts and ids go; states, times and codes stay, for the statistics
    DELETE = "delete"  # all goes but the campaigns with their counts
