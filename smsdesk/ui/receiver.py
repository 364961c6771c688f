"""The push receiver inside the window: one lane, on which it starts, stops and starts anew as the settings say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from smsdesk.domain.account import Account
from smsdesk.domain.words import Words
from smsdesk.jobs import push_check, push_receiver, push_taking
from smsdesk.settings.settings import Settings
from smsdesk.ui.lane import Lane, Task

if TYPE_CHECKING:
    from smsdesk.jobs.desk import Desk

_NO_ACCOUNT = Words(
    "接收推送的账号不存在，请选择一个。",
    "There is no account to receive pushes for. Choose one.",
)


@dataclass(frozen=True, slots=True)
class State:
    """How the receiver is."""

    is_on: bool = False
    port: int = 0
    """Where it listens; 0 while it does not."""
    url: str = field(default="", repr=False)
    """The address on this machine, while it listens."""
    last: datetime | None = None
    """When something was pushed last, since the program started."""
    problem: Words | None = None


class Receiver(QObject):
    """Follows the settings and the accounts: :meth:`apply` is called with both whenever one has changed."""

    changed = Signal(object)
    """:class:`State`."""
    came = Signal(object)
    """:class:`~smsdesk.domain.inbox.Came`: what was pushed."""

    def __init__(self, desk: Callable[[], Desk], data_dir: Path, lane: Lane, parent: QObject):
        super().__init__(parent)
        self._desk, self._data_dir, self._lane = desk, data_dir, lane
        self._task: Task | None = None
        self._runs: tuple[Any, ...] = ()
        self.state = State()

    def apply(self, settings: Settings, accounts: list[Account]) -> None:
        """Run as these say; nothing happens where it does already."""
        account = next((one for one in accounts if settings.push_account in (0, one.id)), None)
        wanted = (settings.push_port, settings.push_network, settings.push_allowed, account) if settings.push_on else ()
        if wanted != self._runs:
            self._runs = wanted
            self._start(settings, account)

    def restart(self, settings: Settings, accounts: list[Account]) -> None:
        """Run anew, with the token that is kept now."""
        self._runs = ()
        self.apply(settings, accounts)

    def _start(self, settings: Settings, account: Account | None) -> None:
        if self._task:
            self._task.cancel()
            self._task = None
        self._set(State(is_on=settings.push_on, last=self.state.last))
        if not settings.push_on:
            return
        if account is None:
            self._set(replace(self.state, problem=_NO_ACCOUNT))
            return
        run = partial(_run, self._desk, self._data_dir, account, settings)
        task = self._lane.run(run, on_error=self._failed, on_event=lambda news: self._hear(task, news))
        self._task = task

    def _hear(self, task: Task, news: object) -> None:
        if isinstance(news, push_taking.Pushed):  # of the run before as well: it is in the store
            self._set(replace(self.state, last=news.at, problem=None if task is self._task else self.state.problem))
            self.came.emit(news.came)
        elif task is not self._task:
            return
        elif isinstance(news, push_receiver.Listening):
            self._set(replace(self.state, port=news.port, url=news.url, problem=None))
        elif isinstance(news, push_receiver.NotListening):
            self._set(replace(self.state, port=0, url="", problem=news.words))
        elif isinstance(news, push_taking.Trouble):
            self._set(replace(self.state, problem=news.words))

    def _failed(self, words: Words) -> None:
        if self._task and not self._task.stop.is_set():
            self._set(replace(self.state, port=0, url="", problem=words))

    def _set(self, state: State) -> None:
        if state != self.state:
            self.state = state
            self.changed.emit(state)


def _run(desk: Callable[[], Desk], data_dir: Path, account: Account, settings: Settings, stop: Any, tell: Any) -> None:
    where = push_receiver.Where(
        host=host(settings),
        port=settings.push_port,
        token=push_receiver.kept_token(data_dir),
        allowed=push_receiver.networks(settings.push_allowed),
    )
    push_receiver.keep_serving(desk(), account, where, stop, tell)


def host(settings: Settings) -> str:
    """The address to listen on."""
    return "0.0.0.0" if settings.push_network else "127.0.0.1"  # noqa: S104 - the person has chosen so


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the receiver can be reached."""

    own: str
    """From this machine."""
    registered: str
    """What the gateway's administrator is to register: the proxy's address where there is one."""

    def __repr__(self) -> str:
        return "Addresses(…)"


def addresses(data_dir: Path, settings: Settings, *, fresh: bool = False) -> Addresses:
    """With the kept token, or a `fresh` one. Raises an InputProblem where the public address is none."""
    token = push_receiver.new_token(data_dir) if fresh else push_receiver.kept_token(data_dir)
    own = push_receiver.address("127.0.0.1", settings.push_port, token)
    if settings.push_public:
        return Addresses(own, push_check.public_address(settings.push_public, token))
    if settings.push_network:
        return Addresses(own, push_receiver.address(push_check.own_address(), settings.push_port, token))
    return Addresses(own, own)
