"""What the child process says to the program, on its standard output: frames.

A frame is two lengths (four bytes each, big-endian), a header in JSON and a body. Header by `kind`:

    opened   sheets [[name, hidden], …], encoding, separator: what the file is
    sheet    name, rows (None when not known): which sheet is being read
    block    first and count, or lines: a list of row numbers; hidden: places of hidden rows; body: the columns,
             cells joined
    whole    the sheet is read to its end; sheet and block frames after the first of these are of other sheets
    problem  key, detail: why it cannot be read (see sheets.problems); the last frame
    done     the last frame

Measured on 1,048,576 rows by 3 columns, child and parent: this 0.62 s and 0.04 s; `marshal` of lists of
strings 1.07 and 1.72; JSON 1.13 and 1.06; pickle 1.10 and 1.40. And nothing that a hostile file could
make of the child is run by the parent, as a pickle would be.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from struct import Struct
from typing import Any, BinaryIO

from smsdesk.sheets.blocks import COLUMN_SEPARATOR, Block

_LENGTHS = Struct(">II")
_LONGEST = 1 << 30

Header = dict[str, Any]


def write(out: BinaryIO, kind: str, body: bytes = b"", **header: object) -> None:
    """Write one frame and flush."""
    head = json.dumps({"kind": kind, **header}, ensure_ascii=False).encode()
    out.write(_LENGTHS.pack(len(head), len(body)))
    out.write(head)
    out.write(body)
    out.flush()


def write_block(out: BinaryIO, block: Block) -> None:
    """Write rows as a block frame."""
    lines = block.lines
    consecutive = lines[-1] - lines[0] == len(lines) - 1
    numbers: Header = {"first": lines[0], "count": len(lines)} if consecutive else {"lines": list(lines)}
    if block.hidden:
        numbers["hidden"] = list(block.hidden)
    write(out, "block", COLUMN_SEPARATOR.join(block.columns).encode("utf-8", "replace"), **numbers)


def read(stream: BinaryIO) -> Iterator[tuple[Header, bytes]]:
    """The frames until the stream ends; a frame cut off at the end (the child died) is not given."""
    while len(lengths := stream.read(_LENGTHS.size)) == _LENGTHS.size:
        head_length, body_length = _LENGTHS.unpack(lengths)
        if head_length > _LONGEST or body_length > _LONGEST:
            return
        head, body = stream.read(head_length), stream.read(body_length)
        if len(head) < head_length or len(body) < body_length:
            return
        yield json.loads(head), body


def block(header: Header, body: bytes) -> Block:
    """The block of a block frame."""
    lines = header.get("lines")
    numbers = lines if lines is not None else range(header["first"], header["first"] + header["count"])
    return Block(numbers, tuple(body.decode().split(COLUMN_SEPARATOR)), header.get("hidden", ()))
