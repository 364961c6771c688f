"""`/practice/…`: switches and looks for tests and trainings that run the gateway in another process."""

from __future__ import annotations

import json
import threading
from collections.abc import AsyncIterator, Callable

from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route

from smsdesk.simulator.faults import Fault, Faults, Kind
from smsdesk.simulator.rules import Gateway

_ROWS_AT_ONCE = 1000


class Control:
    """The control routes. A web page must not reach them through a name that it made point to this machine."""

    def __init__(self, gateway: Gateway, faults: Faults, lock: threading.Lock, on_traffic: Callable[[], None]) -> None:
        self._gateway = gateway
        self._faults = faults
        self._lock = lock
        self._on_traffic = on_traffic

    def mount(self) -> Mount:
        """The routes, for the application."""
        return Mount(
            "/practice",
            routes=[
                Route("/faults", self._add_fault, methods=["POST"]),
                Route("/faults", self._list_faults, methods=["GET"]),
                Route("/faults", self._clear_faults, methods=["DELETE"]),
                Route("/faults/{number:int}", self._remove_fault, methods=["DELETE"]),
                Route("/ledger", self._ledger, methods=["GET"]),
                Route("/reply", self._reply, methods=["POST"]),
                Route("/state", self._state, methods=["GET"]),
            ],
            middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])],
        )

    async def _add_fault(self, request: Request) -> Response:
        try:
            fault = Fault.from_json(await request.json())
        except ValueError as error:
            return _mistake(str(error))
        if fault.kind is Kind.REFUSE and not fault.seconds:
            return _mistake("Over HTTP `refuse` needs `seconds`: nobody could reach the gateway to end it.")
        return JSONResponse(self._faults.switch_on(fault).as_json(), 201)

    async def _list_faults(self, _request: Request) -> Response:
        return JSONResponse({"faults": [switch.as_json() for switch in self._faults.active]})

    async def _clear_faults(self, _request: Request) -> Response:
        self._faults.clear()
        return JSONResponse({"faults": []})

    async def _remove_fault(self, request: Request) -> Response:
        switch = self._faults.find(request.path_params["number"])
        if switch is None:
            return _mistake("No such fault is on.", 404)
        switch.off()
        return JSONResponse(switch.as_json())

    async def _ledger(self, _request: Request) -> Response:
        """One JSON object: the sums and every entry; streamed, so that sending goes on meanwhile."""
        return StreamingResponse(self._ledger_chunks(), media_type="application/json")

    async def _ledger_chunks(self) -> AsyncIterator[str]:
        with self._lock:
            counts = self._gateway.ledger.counts()
            entries = self._gateway.ledger.entries()
        yield f'{{"counts":{json.dumps(counts)}'
        for name, rows in entries.items():
            yield f',\n"{name}":['
            for start in range(0, len(rows), _ROWS_AT_ONCE):
                chunk = rows[start : start + _ROWS_AT_ONCE]
                lines = ",\n".join(json.dumps(row._asdict(), ensure_ascii=False) for row in chunk)
                yield f",\n{lines}" if start else lines
            yield "]"
        yield "}"

    async def _reply(self, request: Request) -> Response:
        try:
            fields = await request.json()
            mobile, content, account = str(fields["mobile"]), str(fields["content"]), fields.get("account")
            with self._lock:
                mid = self._gateway.reply(mobile, content, account)
        except (ValueError, KeyError, TypeError, AttributeError):
            return _mistake("A reply is a JSON object with `mobile` and `content`, and `account` if not the first.")
        self._on_traffic()
        return JSONResponse({"mid": mid}, 201)

    async def _state(self, _request: Request) -> Response:
        with self._lock:
            state = self._gateway.state()
        return JSONResponse({**state, "faults": [switch.as_json() for switch in self._faults.active]})


def _mistake(sentence: str, code: int = 400) -> Response:
    return JSONResponse({"error": sentence}, code)
