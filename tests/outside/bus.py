"""The accessibility bus (AT-SPI), as far as a screen reader needs it: questions, news, and keys."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from jeepney import (  # type: ignore[import-untyped]  # on Linux it comes with keyring
    DBusAddress,
    HeaderFields,
    MatchRule,
    Message,
    MessageFlag,
    MessageType,
    new_method_call,
)
from jeepney.bus_messages import message_bus  # type: ignore[import-untyped]
from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped]

Reference = tuple[str, str]
"""A program's name on the bus, and an object's path in it."""
Call = tuple[Reference, str, str, str, tuple[object, ...]]
"""Whom, which interface, which method, the signature of its values, and these."""

ATSPI: Final = "org.a11y.atspi."
PROPERTIES: Final = "org.freedesktop.DBus.Properties"
REGISTRY: Final = "org.a11y.atspi.Registry"

_KEYBOARD: Final = (REGISTRY, "/org/a11y/atspi/registry/deviceeventcontroller")
_PRESS_SYMBOL, _LOCK, _UNLOCK = 3, 5, 6
_SECONDS: Final = 20


class Bus:
    """A connection to the accessibility bus of a D-Bus session, which is started by that if need be."""

    def __init__(self, session: str):
        with open_dbus_connection(session) as connection:
            launcher = DBusAddress("/org/a11y/bus", bus_name="org.a11y.Bus", interface="org.a11y.Bus")
            answer = connection.send_and_get_reply(new_method_call(launcher, "GetAddress"), timeout=_SECONDS)
        self._address: str = answer.body[0]
        self._connection = open_dbus_connection(self._address)

    def ask(self, whom: Reference, interface: str, method: str, signature: str = "", *values: object) -> Any:
        """What one call answers; None where that is an error, as when the object has gone meanwhile."""
        return self.ask_all([(whom, interface, method, signature, values)])[0]

    def ask_all(self, calls: Sequence[Call]) -> list[Any]:
        """The same of many calls, of which none waits for the answer to the one before."""
        answers: list[Any] = [None] * len(calls)
        waiting: dict[int, int] = {}
        for place, (whom, interface, method, signature, values) in enumerate(calls):
            address = DBusAddress(whom[1], bus_name=whom[0], interface=interface)
            serial = next(self._connection.outgoing_serial)
            self._connection.send(new_method_call(address, method, signature, values), serial=serial)
            waiting[serial] = place
        while waiting:
            reply = self._connection.receive(timeout=_SECONDS)
            answered = waiting.pop(reply.header.fields.get(HeaderFields.reply_serial), None)
            if answered is not None and reply.header.message_type is MessageType.method_return:
                answers[answered] = reply.body[0] if reply.body else True
        return answers

    def tell(self, whom: Reference, interface: str, method: str, signature: str = "", *values: object) -> None:
        """Call without waiting for the answer, which comes only when a menu or a dialog that opens is closed."""
        address = DBusAddress(whom[1], bus_name=whom[0], interface=interface)
        message = new_method_call(address, method, signature, values)
        message.header.flags |= MessageFlag.no_reply_expected
        self._connection.send(message)

    def press(self, symbol: int, modifiers: int) -> None:
        """Press a key, named by its X keysym, while the keys of this X modifier mask are held."""
        strokes = [(symbol, _PRESS_SYMBOL)]
        if modifiers:
            strokes = [(modifiers, _LOCK), *strokes, (modifiers, _UNLOCK)]
        for code, kind in strokes:
            self.ask(_KEYBOARD, ATSPI + "DeviceEventController", "GenerateKeyboardEvent", "isu", code, "", kind)

    @contextmanager
    def news(self, event: str) -> Iterator[deque[Message]]:
        """Hear of events of one kind, `object:announcement` for one: they are in the queue when the block has ended."""
        kind, member = event.split(":")
        rule = MatchRule(type="signal", interface=f"{ATSPI}Event.{kind.capitalize()}", member=member.capitalize())
        heard: deque[Message] = deque()
        with open_dbus_connection(self._address) as ear:
            ear.send_and_get_reply(message_bus.AddMatch(rule), timeout=_SECONDS)
            registry = DBusAddress("/org/a11y/atspi/registry", bus_name=REGISTRY, interface=REGISTRY)
            ear.send_and_get_reply(new_method_call(registry, "RegisterEvent", "s", (event,)), timeout=_SECONDS)
            with ear.filter(rule, queue=heard):
                yield heard
                ear.send_and_get_reply(message_bus.GetId(), timeout=_SECONDS)  # all that came before has come

    def close(self) -> None:
        """Hang up."""
        self._connection.close()
