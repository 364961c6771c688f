"""A server for what the practice gateway cannot do: it notes each request as it came and answers any bytes at all."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl


@dataclass(frozen=True)
class Came:
    """A request as it came."""

    line: str
    headers: dict[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        """The body, read by the standard library and not by us."""
        return dict(parse_qsl(self.body.decode("ascii"), keep_blank_values=True, strict_parsing=True))


@dataclass
class RawServer:
    """What it has seen, and what it answers: the bytes of a whole HTTP answer, then the connection ends."""

    url: str
    pieces: list[bytes] = field(default_factory=list)
    """The answer, written piece by piece with `pause_s` seconds between them."""
    pause_s: float = 0.0
    came: list[Came] = field(default_factory=list)

    def answer(self, body: bytes, status: str = "200 OK", **headers: str) -> None:
        """An orderly answer, from now on."""
        named = {"Content-Type": "text/html;charset=utf-8", "Content-Length": str(len(body))}
        named |= {name.replace("_", "-"): value for name, value in headers.items()}
        head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
        self.pieces = [f"HTTP/1.1 {status}\r\n{head}Connection: close\r\n\r\n".encode() + body]


@contextmanager
def raw_server(tls: ssl.SSLContext | None = None) -> Iterator[RawServer]:
    """A server on the loopback address, until the end of the block."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(seen := RawServer("")))
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    seen.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}/sms"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield seen
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(seen: RawServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def handle_one_request(self) -> None:
            try:
                super().handle_one_request()
            except OSError:  # the client went away, as it may
                self.close_connection = True

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            seen.came.append(Came(self.requestline, {k.lower(): v for k, v in self.headers.items()}, body))
            for piece in seen.pieces:
                self.wfile.write(piece)
                self.wfile.flush()
                time.sleep(seen.pause_s)
            self.close_connection = True

        do_GET = do_CONNECT = do_POST  # noqa: N815 - the standard library calls them so

        def log_message(self, *_args: Any) -> None:
            pass

    return Handler
