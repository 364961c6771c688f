"""XML read element by element, names without their prefixes; no document type, so no entities of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol
from xml.parsers import expat

_PIECE: Final = 1 << 18


class BadMarkup(ValueError):
    """It is no well-formed XML, or declares a document type, as no spreadsheet program does."""


class Readable(Protocol):
    """A file, or what reads like one."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most `size`; none at the end."""


class Handler(Protocol):
    """What is told of the elements."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins; its attributes have their prefixes."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Text between them, perhaps in pieces."""


def parse(file: Readable, handler: Handler, until: Callable[[], bool] | None = None) -> None:
    """Tell `handler` of the elements in the file, to its end or until `until` says so; :class:`BadMarkup`."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.ordered_attributes = False
    names: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        local = names.get(name)
        if local is None:
            local = names[name] = name.rpartition(":")[2]
        handler.start(local, attributes)

    def end(name: str) -> None:
        handler.end(names[name])

    def doctype(*_: object) -> None:
        raise BadMarkup("a document type")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = doctype
    try:
        while piece := file.read(_PIECE):
            parser.Parse(piece, False)
            if until is not None and until():
                return
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise BadMarkup(str(error)) from error
