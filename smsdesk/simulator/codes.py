"""The codes that the gateway hands out (gateway document, the tables behind §6, and the edition of 2021)."""

from __future__ import annotations

from enum import IntEnum


class Status(IntEnum):
    """STATUS: the answer to a whole request; anything but OK means that nothing was done."""

    OK = 0
    FORMAT = 1
    CREDENTIALS = 3
    DISABLED = 7
    NO_NUMBER = 8
    NO_CONTENT = 9
    NO_P2P_NUMBER = 12
    NO_P2P_CONTENT = 20
    TOO_MANY_CONNECTIONS = 21
    TIME_RANGE = 30
    TOO_OFTEN = 31
    TOO_MANY_NUMBERS = 102


class Result(IntEnum):
    """RESULT: the answer for one number inside an accepted request."""

    OK = 0
    EXTNO = 10
    NUMBER_FORMAT = 12
    NO_BALANCE = 15
    SIGNATURE = 17


DELIVERED = "DELIVRD"
"""STAT of a message that arrived."""

INTERIM = "ACCEPTD"
"""STAT that is no end: the final report follows (edition of 2021)."""

REPORT = 1
"""`flag` of a status report (§4)."""

REPLY = 0
"""`flag` of a reply (§5)."""
