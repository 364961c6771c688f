"""The container of old Office files ([MS-CFB]): one stream out of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from struct import Struct, unpack_from
from typing import Final

_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST: Final = 0xFFFF_FFFA  # numbers from here on are marks: end, free, table
_ENTRY: Final = 128  # bytes of an entry in the directory
_IN_HEADER: Final = 109  # sectors of the table that the header names itself
_STREAM: Final = 2
_ROOT: Final = 5
_NUMBER: Final = Struct("<I")


class Container:
    """The whole file in memory. Raises ValueError, LookupError or struct.error where it is damaged."""

    def __init__(self, content: bytes):
        if not content.startswith(_MAGIC):
            raise ValueError("no OLE container")
        self._content = content
        shift, mini_shift = unpack_from("<HH", content, 30)
        if not (7 <= shift <= 16 and 4 <= mini_shift <= shift):
            raise ValueError("sectors of an odd size")
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        first_entry, self._cutoff, first_mini, _, first_more, _ = unpack_from("<I4xIIIII", content, 48)
        self._table = self._numbers(self._table_sectors(first_more))
        self._entries = self._joined(first_entry)
        self._mini_table = self._numbers(self._chain(first_mini, self._table))
        self._mini = b""

    def stream(self, *names: str) -> bytes:
        """The content of the first stream with one of these names; LookupError when there is none."""
        wanted = {name.lower() for name in names}
        for at in range(0, len(self._entries) - _ENTRY + 1, _ENTRY):
            length, kind = unpack_from("<HB", self._entries, at + 64)
            name = self._entries[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            if kind == _ROOT:
                self._mini = self._joined(unpack_from("<I", self._entries, at + 116)[0])
            elif kind == _STREAM and name.lower() in wanted:
                first, size = unpack_from("<II", self._entries, at + 116)
                return self._small(first, size) if size < self._cutoff else self._joined(first)[:size]
        raise LookupError(names)

    def _table_sectors(self, first_more: int) -> list[int]:
        """The sectors of the table that tells which sector follows which."""
        sectors = list(unpack_from(f"<{_IN_HEADER}I", self._content, 76))
        count = self._size // 4
        for _ in range(len(self._content) // self._size):
            if first_more >= _LAST:
                break
            *more, first_more = unpack_from(f"<{count}I", self._sector(first_more).ljust(self._size, b"\xff"))
            sectors += more
        return [sector for sector in sectors if sector < _LAST]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._content[start : start + self._size]

    def _numbers(self, sectors: Sequence[int] | Iterator[int]) -> Sequence[int]:
        joined = b"".join(map(self._sector, sectors))
        return [number for (number,) in _NUMBER.iter_unpack(joined[: len(joined) // 4 * 4])]

    def _chain(self, first: int, table: Sequence[int]) -> Iterator[int]:
        """The sectors from the first one on; a chain that bites its tail ends."""
        for _ in range(len(table)):
            if first >= len(table):
                return
            yield first
            first = table[first]

    def _joined(self, first: int) -> bytes:
        return b"".join(map(self._sector, self._chain(first, self._table)))

    def _small(self, first: int, size: int) -> bytes:
        """A stream that lives in the small sectors of the root's own stream."""
        pieces = (
            self._mini[number * self._mini_size : (number + 1) * self._mini_size]
            for number in self._chain(first, self._mini_table)
        )
        return b"".join(pieces)[:size]
