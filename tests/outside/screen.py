"""A running program as a screen reader finds it: names, roles, states. Nothing here knows Qt, or the program inside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from outside.bus import ATSPI, PROPERTIES, REGISTRY, Bus, Call, Reference
from outside.desktop import until

_ROOT: Final = (REGISTRY, "/org/a11y/atspi/accessible/root")
_ACCESSIBLE: Final = ATSPI + "Accessible"
_TABLE: Final = ATSPI + "Table"
_STATES: Final = {"enabled": 8, "focusable": 11, "focused": 12, "selected": 23, "showing": 25}
_TOLD: Final = ("Name", "Description", "ChildCount")
_LABELLED_BY: Final = 2
_NOT_ENTERED: Final = ("table", "tree", "list")
"""Roles of what may have a million cells: these are asked for one by one."""

_KEYS: Final = {"Tab": 0xFF09, "Enter": 0xFF0D, "Escape": 0xFF1B, "Up": 0xFF52}
"""Keysyms; that of a Latin letter is its code."""
_CTRL: Final = 4


@dataclass(frozen=True, slots=True)
class Node:
    """One thing on the screen, as it was when it was looked at. `place` is the way to it from the program."""

    reference: Reference
    place: tuple[int, ...]
    name: str
    role: str
    description: str
    children: int
    states: frozenset[str]

    def __str__(self) -> str:
        return f"{self.role} “{self.name}” {self.place}"


class Screen:
    """The program that runs on a desktop, its only one."""

    def __init__(self, session: str):
        self.bus = Bus(session)
        try:
            programs = until(lambda: self.bus.ask(_ROOT, _ACCESSIBLE, "GetChildren"), "a program on the bus")
        except BaseException:
            self.bus.close()
            raise
        self._program: Reference = tuple(programs[0])

    def close(self) -> None:
        """Look at it no more."""
        self.bus.close()

    # -- finding -------------------------------------------------------------------------------------------

    def walk(self, *, below: Node | None = None) -> Iterator[Node]:
        """Everything that is showing, level by level."""
        level = [below] if below else self._look([(self._program, ())])
        while level:
            yield from level
            entered = [node for node in level if node.children and node.role not in _NOT_ENTERED]
            answers = self.bus.ask_all([(node.reference, _ACCESSIBLE, "GetChildren", "", ()) for node in entered])
            found = [
                (tuple(reference), (*node.place, number))
                for node, children in zip(entered, answers, strict=True)
                for number, reference in enumerate(children or ())
                if not reference[1].endswith("/null")
            ]
            level = [node for node in self._look(found) if "showing" in node.states or node.role == "application"]

    def _look(self, found: list[tuple[Any, tuple[int, ...]]]) -> list[Node]:
        """What stands at these places; nothing for what has gone meanwhile."""
        calls: list[Call] = []
        for reference, _ in found:
            calls += [
                *((reference, PROPERTIES, "Get", "ss", (_ACCESSIBLE, name)) for name in _TOLD),
                *((reference, _ACCESSIBLE, method, "", ()) for method in ("GetRoleName", "GetState")),
            ]
        answers = iter(self.bus.ask_all(calls))
        nodes = []
        for (reference, place), (name, description, count, role, bits) in zip(
            found, zip(*[answers] * 5, strict=True), strict=True
        ):
            if name and description and count and role and bits:
                mask = bits[0] | bits[1] << 32
                states = frozenset(state for state, bit in _STATES.items() if mask >> bit & 1)
                nodes.append(Node(reference, place, name[1], role, description[1], count[1], states))
        return nodes

    def found(self, role: str, name: str | Callable[[str], bool]) -> list[Node]:
        """All that is showing with this role and name."""
        fits = name if callable(name) else lambda shown: shown == name
        return [node for node in self.walk() if node.role == role and fits(node.name)]

    def again(self, node: Node) -> Node:
        """The same thing as it is now."""
        now = self._look([(node.reference, node.place)])
        assert now, f"{node} is gone"
        return now[0]

    def find(self, role: str, name: str | Callable[[str], bool]) -> Node:
        """The one thing with this role and name, waited for."""
        nodes = until(lambda: self.found(role, name), f"{role} {name}", otherwise=self.told)
        assert len(nodes) == 1, f"more than one {role} {name}: {nodes}"
        return nodes[0]

    def told(self) -> str:
        """Everything that has a name, for who wonders why something was not found."""
        return "\n".join(str(node) for node in self.walk() if node.name)

    def focused(self) -> Node:
        """What has the focus: the innermost that has a name. (Qt says of the tab in front that it has it, always.)"""

        def those() -> list[Node]:
            nodes = (node for node in self.walk() if "focused" in node.states and node.role != "page tab")
            return [node for node in nodes if node.name]

        return until(those, "a focus", otherwise=self.told)[-1]

    # -- reading -------------------------------------------------------------------------------------------

    def label_of(self, node: Node) -> str:
        """What a label beside it calls it."""
        relations = self.bus.ask(node.reference, _ACCESSIBLE, "GetRelationSet") or []
        labels = [tuple(one) for kind, targets in relations if kind == _LABELLED_BY for one in targets]
        return " ".join(label.name for label in self._look([(one, ()) for one in labels]))

    def table(self, node: Node, most: int = 20) -> tuple[list[str], list[list[str]]]:
        """Heads and cells of a table; of its rows the first `most`."""
        return until(lambda: self._table(node, most), f"{node} to stand still")

    def _table(self, node: Node, most: int) -> tuple[list[str], list[list[str]]] | None:
        """None where it was changing while it was read."""
        size = [(node.reference, PROPERTIES, "Get", "ss", (_TABLE, name)) for name in ("NRows", "NColumns")]
        rows, columns = (answer[1] for answer in self.bus.ask_all(size))
        places = [(row, column) for row in range(min(rows, most)) for column in range(columns)]
        cells = self.bus.ask_all([(node.reference, _TABLE, "GetAccessibleAt", "ii", place) for place in places])
        read = self._look([(tuple(cell), ()) for cell in cells if cell])
        if len(read) < len(places):
            return None
        heads = [(node.reference, _TABLE, "GetColumnDescription", "i", (column,)) for column in range(columns)]
        names = [cell.name for cell in read]
        return self.bus.ask_all(heads), [names[at : at + columns] for at in range(0, len(names), columns)]

    # -- acting --------------------------------------------------------------------------------------------

    def do(self, node: Node, *actions: str) -> None:
        """Do the first of these actions that it has, as a screen reader's key does."""
        offered = [one[0] for one in self.bus.ask(node.reference, ATSPI + "Action", "GetActions")]
        wanted = next((action for action in actions if action in offered), None)
        assert wanted, f"{node} has none of {actions}, but {offered}"
        self.bus.tell(node.reference, ATSPI + "Action", "DoAction", "i", offered.index(wanted))

    def press(self, role: str, name: str | Callable[[str], bool]) -> None:
        """Press a button, tick a box, choose a tab, as soon as that can be done."""
        node = self.find(role, name)
        until(lambda: "enabled" in self.again(node).states, f"{node} to be enabled", otherwise=self.told)
        self.do(node, "Press", "Toggle", "ShowMenu")

    def write(self, role: str, name: str, text: str) -> None:
        """Put a text into a field."""
        node = self.find(role, name)
        assert self.bus.ask(node.reference, ATSPI + "EditableText", "SetTextContents", "s", text)

    def keys(self, *strokes: str) -> None:
        """Press keys one after another: `Tab`, `Ctrl+1`, `a`."""
        for stroke in strokes:
            key = stroke.removeprefix("Ctrl+")
            self.bus.press(_KEYS[key] if key in _KEYS else ord(key), 0 if key == stroke else _CTRL)


def has_row(screen: Screen, table: Node, *cells: str) -> bool:
    """Whether one of a table's first rows has all these cells."""
    return any(set(cells) <= set(row) for row in screen.table(table)[1])
