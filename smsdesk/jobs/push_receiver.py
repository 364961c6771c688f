"""The address that the gateway pushes reports and replies to (§6), for one account.

The push names no authentication, so the path holds a long random token, which is compared in constant time; a list of
sender addresses may narrow it further. Whoever knows neither learns nothing: every other request gets the same bare
404, and too many of them, or slow ones, are cut off (`push_door`). `OK` is answered only after the body was committed
as it came and its items were brought in (`push_taking`); where either failed, the gateway gets an error and pushes
again.

Behind a reverse proxy all senders have the proxy's address: let the proxy check them. Forwarding headers are ignored,
since anybody can write them.
"""

from __future__ import annotations

import ipaddress
import secrets
import socket
from collections.abc import Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import TYPE_CHECKING

from smsdesk.domain.account import Account
from smsdesk.domain.errors import InputProblem, Problem, StoreProblem
from smsdesk.domain.words import Words
from smsdesk.jobs import receiving
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.news import Stop, Tell
from smsdesk.jobs.push_taking import Taking
from smsdesk.settings import whole

if TYPE_CHECKING:
    from smsdesk.jobs.push_door import Limits

MOST_BYTES = 4 * 1024 * 1024
"""A larger push is refused."""

SHORTEST_TOKEN = 16
"""Characters; one that is made here has 43."""

_TOKEN_FILE = "push-token"  # noqa: S105 - a file's name
_BACKLOG = 128
_TRY_AGAIN_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Where:
    """Where to listen, and whom to hear. `port` 0 takes a free one; no `allowed` networks: everybody."""

    host: str = "127.0.0.1"
    port: int = 8093
    token: str = field(default="", repr=False)
    allowed: tuple[IPv4Network | IPv6Network, ...] = ()


@dataclass(frozen=True, slots=True)
class Listening:
    """News: pushes are received now. `url` is the address to register with the gateway's administrator."""

    url: str = field(repr=False)
    port: int = 0


@dataclass(frozen=True, slots=True)
class NotListening:
    """News: pushes cannot be received, and why. It is tried again by itself."""

    words: Words


def kept_token(data_dir: Path) -> str:
    """The token of this machine, made the first time: the address that was registered must stay the same."""
    try:
        token = (data_dir / _TOKEN_FILE).read_text(encoding="ascii", errors="replace").strip()
    except FileNotFoundError:
        return new_token(data_dir)
    except OSError as exc:
        raise _not_kept(exc) from exc
    return token if len(token) >= SHORTEST_TOKEN else new_token(data_dir)


def new_token(data_dir: Path) -> str:
    """Make another token: the address that was registered is worth nothing any more."""
    token = secrets.token_urlsafe(32)
    try:
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        whole.write(data_dir / _TOKEN_FILE, token)
    except OSError as exc:
        raise _not_kept(exc) from exc
    return token


def _not_kept(exc: OSError) -> StoreProblem:
    words = Words("无法保存推送令牌：{why}。", "The token of the push address cannot be kept: {why}.")
    return StoreProblem(words.fill(why=exc.strerror or exc))


_NO_ADDRESS = Words("“{address}”不是 IP 地址或网段。", "'{address}' is no IP address or network.")


def networks(addresses: Sequence[str]) -> tuple[IPv4Network | IPv6Network, ...]:
    """Addresses and networks such as `203.0.113.7` and `10.0.0.0/8`.

    Raises:
        InputProblem: one is none.
    """
    found = []
    for address in addresses:
        try:
            found.append(ipaddress.ip_network(address.strip(), strict=False))
        except ValueError:
            raise InputProblem(_NO_ADDRESS.fill(address=address)) from None
    return tuple(found)


def serve(desk: Desk, account: Account, where: Where, stop: Stop, tell: Tell, limits: Limits | None = None) -> None:
    """Receive pushes for `account` until `stop`.

    Tells :class:`Listening` first, then what was pushed as :class:`~smsdesk.jobs.push_taking.Pushed`, about twice a
    second, and each :class:`~smsdesk.jobs.push_taking.Trouble`.

    Raises:
        InputProblem: the token is short or no path segment, or the address cannot be listened on.
        StoreProblem: what an earlier run left cannot be brought in.
    """
    # uvicorn and Starlette are of no use to a window that receives no pushes, and take long to import.
    from smsdesk.jobs import push_door, push_serving  # noqa: PLC0415

    _check_token(where.token)
    receiving.take_in_waiting(desk, account.id)
    with _listening(where) as socket_:
        taking, port = Taking(desk, account.id, tell), socket_.getsockname()[1]
        tell(Listening(address(where.host, port, where.token), port))
        push_serving.run(where, socket_, taking, stop, tell, limits or push_door.Limits())
        taking.tell_now()


def keep_serving(desk: Desk, account: Account, where: Where, stop: Stop, tell: Tell) -> None:
    """As :func:`serve`; where that is not possible, tells :class:`NotListening` and tries again every 30 seconds."""
    while not stop.is_set():
        try:
            serve(desk, account, where, stop, tell)
        except Problem as exc:
            tell(NotListening(exc.words))
            stop.wait(_TRY_AGAIN_SECONDS)


def _check_token(token: str) -> None:
    if len(token) < SHORTEST_TOKEN or not all(c.isascii() and (c.isalnum() or c in "-_.~") for c in token):
        raise InputProblem(
            Words(
                "令牌至少 {n} 个字符，只能用字母、数字和 - _ . ~。",
                "The token must have at least {n} characters, of letters, digits and - _ . ~ only.",
            ).fill(n=SHORTEST_TOKEN)
        )


def _listening(where: Where) -> socket.socket:
    try:
        family = socket.getaddrinfo(where.host, where.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0][0]
        return socket.create_server((where.host, where.port), family=family, backlog=_BACKLOG)
    except (OSError, OverflowError) as exc:
        raise InputProblem(
            Words(
                "无法监听 {host}:{port}：{why}。请换一个端口或地址。",
                "Cannot listen on {host}:{port}: {why}. Choose another port or address.",
            ).fill(host=where.host, port=where.port, why=getattr(exc, "strerror", None) or exc)
        ) from exc


def address(host: str, port: int, token: str) -> str:
    """The address to register with the gateway's administrator."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}{path(token)}"


def path(token: str) -> str:
    """The one path that there is."""
    return f"/push/{token}"
