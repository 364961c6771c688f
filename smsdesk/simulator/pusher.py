"""POSTs due reports and replies to the address that a customer registered (§6)."""

from __future__ import annotations

import asyncio
import json
import ssl
import threading

import httpx

from smsdesk.simulator.rules import Gateway, PushJob

_PATIENCE_S = 10.0
"""Seconds that a receiver has to answer."""

_HEADERS = {"Content-Type": "application/json;charset=utf-8"}


class Pusher:
    """Runs in the server's event loop; at rest while no account has anything to push."""

    def __init__(self, gateway: Gateway, lock: threading.Lock) -> None:
        self._gateway = gateway
        self._lock = lock
        self._news = asyncio.Event()

    def wake(self) -> None:
        """There may be something to push. Call in the event loop's thread."""
        self._news.set()

    async def run(self) -> None:
        """Push until cancelled."""
        # Addresses are plain http on this machine: no certificates to load, no proxy to ask.
        no_tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        async with httpx.AsyncClient(verify=no_tls, trust_env=False, timeout=_PATIENCE_S) as client:
            while True:
                self._news.clear()
                with self._lock:
                    job = self._gateway.take_push()
                    wait_s = self._gateway.next_push_in()
                if job is None:
                    await self._rest(wait_s)
                    continue
                ok = await self._post(client, job)
                with self._lock:
                    self._gateway.push_answered(job, ok)

    async def _rest(self, wait_s: float | None) -> None:
        try:
            await asyncio.wait_for(self._news.wait(), wait_s)
        except TimeoutError:
            return

    async def _post(self, client: httpx.AsyncClient, job: PushJob) -> bool:
        body = json.dumps(job.items, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
        try:
            answer = await client.post(job.url, content=body, headers=_HEADERS)
        except httpx.HTTPError:
            return False
        return answer.status_code == httpx.codes.OK and answer.text.strip() == "OK"
