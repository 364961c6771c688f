"""One request's way: read it, ask the faults what goes wrong, let the rules work, answer or fail to."""

from __future__ import annotations

import asyncio
import json
import threading
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

from starlette.types import Receive, Scope, Send

from smsdesk.simulator.faults import Fault, Faults, Kind, Plan, Switch
from smsdesk.simulator.model import Edition
from smsdesk.simulator.reading import read_fields
from smsdesk.simulator.rules import Answer, Gateway, Twist
from smsdesk.simulator.sockets import Exchange

_BLANKS = b" " * (1 << 20)
_HUGE_CHUNKS = 33
_LOOK_AGAIN_S = 0.02
"""How often a hanging request looks whether it is released."""

_PAGE = """<html>
<head><title>{code}</title></head>
<body>
<center><h1>{code}</h1></center>
<hr><center>nginx/1.20.1</center>
</body>
</html>
"""
_NO_JSON = "系统繁忙，请稍后再试".encode()


class SmsEndpoint:
    """The gateway's one address, as an ASGI application. GET or POST, whatever the content type."""

    def __init__(
        self,
        gateway: Gateway,
        faults: Faults,
        lock: threading.Lock,
        stopping: asyncio.Event,
        on_traffic: Callable[[], None],
    ) -> None:
        self._gateway = gateway
        self._faults = faults
        self._lock = lock
        self._stopping = stopping
        self._on_traffic = on_traffic
        self._open: Counter[str] = Counter()
        self._endings: dict[Kind, Callable[[_Request, Switch], Awaitable[None]]] = {
            Kind.REFUSE: self._drop_before,
            Kind.DROP_BEFORE: self._drop_before,
            Kind.DROP_AFTER: self._drop_after,
            Kind.HALF: self._half,
            Kind.HTML: self._page,
            Kind.HTTP: self._page,
            Kind.NOT_JSON: self._page,
            Kind.HANG: self._hang,
            Kind.STATUS: self._status,
            Kind.HUGE: self._huge,
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        exchange = Exchange(scope, receive, send)
        if scope["method"] not in ("GET", "POST"):
            await exchange.answer(b"", 405)
            return
        body = await exchange.read_body()
        if body is None:
            return
        fields = read_fields(scope["query_string"], body)
        plan = self._faults.plan(fields.get("action", ""))
        if plan.closing is not None:
            # Before the answer: the client's next connection may come as soon as it has that.
            self._faults.close_door(plan.closing)
        account = fields.get("account", "")
        self._open[account] += 1
        try:
            await self._respond(_Request(exchange, fields, plan, self._open[account]))
        finally:
            self._open[account] -= 1

    async def _respond(self, request: _Request) -> None:
        if request.plan.delay_s and not await self._pause(request.plan.delay_s):
            await request.exchange.reset()
            return
        ending = request.plan.ending
        if ending is None:
            await request.exchange.answer(self._work(request))
        else:
            await self._endings[ending.fault.kind](request, ending)

    async def _pause(self, seconds: float) -> bool:
        """Wait; False if the server stops meanwhile."""
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return True
        return False

    def _work(self, request: _Request) -> bytes:
        plan = request.plan
        twist = Twist(plan.forced, plan.again)
        with self._lock:
            answer = self._gateway.handle(request.fields, open_requests=request.open_requests, twist=twist)
        if plan.edits and "list" in answer:
            answer["list"] = plan.edit_list(answer["list"])
        self._on_traffic()
        return self._encode(answer)

    def _encode(self, answer: Answer) -> bytes:
        compact = self._gateway.settings.edition is Edition.SECOND
        separators = (",", ":") if compact else (", ", ": ")
        return json.dumps(answer, ensure_ascii=False, separators=separators).encode("utf-8", "replace")

    # The endings that a fault chooses

    async def _drop_before(self, request: _Request, _ending: Switch) -> None:
        await request.exchange.reset()

    async def _drop_after(self, request: _Request, _ending: Switch) -> None:
        self._work(request)
        await request.exchange.reset()

    async def _half(self, request: _Request, _ending: Switch) -> None:
        await request.exchange.half(self._work(request))

    async def _page(self, request: _Request, ending: Switch) -> None:
        if ending.fault.done:
            self._work(request)
        body, code = _page_of(ending.fault)
        await request.exchange.answer(body, code)

    async def _hang(self, request: _Request, ending: Switch) -> None:
        answer = self._work(request) if ending.fault.done else None
        gone = asyncio.ensure_future(request.exchange.client_gone())
        while ending.on and not gone.done():
            await asyncio.wait({gone}, timeout=_LOOK_AGAIN_S)
        if gone.done():
            return
        gone.cancel()
        if answer is None:
            await request.exchange.reset()
        else:
            await request.exchange.answer(answer)

    async def _status(self, request: _Request, ending: Switch) -> None:
        with self._lock:
            answer = self._gateway.refuse(request.fields, ending.fault.number)
        await request.exchange.answer(self._encode(answer))

    async def _huge(self, request: _Request, _ending: Switch) -> None:
        answer = self._work(request)

        async def chunks() -> AsyncIterator[bytes]:
            yield answer[:1]
            for _ in range(_HUGE_CHUNKS):
                yield _BLANKS
            yield answer[1:]

        await request.exchange.stream(chunks())


class _Request:
    """What is known of one request."""

    __slots__ = ("exchange", "fields", "open_requests", "plan")

    def __init__(self, exchange: Exchange, fields: Mapping[str, str], plan: Plan, open_requests: int) -> None:
        self.exchange = exchange
        self.fields = fields
        self.plan = plan
        self.open_requests = open_requests


def _page_of(fault: Fault) -> tuple[bytes, int]:
    match fault.kind:
        case Kind.HTML:
            return _PAGE.format(code=fault.number).encode(), fault.number
        case Kind.HTTP:
            return b"", fault.number
        case _:
            return _NO_JSON, 200
