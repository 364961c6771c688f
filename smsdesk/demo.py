"""The demo: a store of its own, thrown away each time, and the practice gateway running inside."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Event

from smsdesk.domain.account import Account, Secret
from smsdesk.domain.recipient import Recipient
from smsdesk.jobs import accounts, keeping, planning, sending
from smsdesk.jobs.desk import open_desk
from smsdesk.jobs.rendering import Line, Order
from smsdesk.settings.secrets import MemoryPasswords
from smsdesk.simulator.model import Account as Customer
from smsdesk.simulator.model import Settings as Behaviour
from smsdesk.simulator.server import Practice
from smsdesk.store.database import FILE_NAME


class Demo:
    """A desk with an account at a practice gateway."""

    def __init__(self, data_dir: Path):
        """Any store of an earlier demo in `data_dir` is removed: the caller holds its window lock."""
        for old in data_dir.glob(f"{FILE_NAME}*"):
            old.unlink()
        keeping.forget_pending(data_dir)  # real accounts in it would send in earnest
        self._practice = Practice(Customer(balance_li=500_000), settings=Behaviour(speed=2.0)).start()
        self.desk = replace(open_desk(data_dir, None, MemoryPasswords()), practice_url=self._practice.url)
        self._fill()

    def _fill(self) -> None:
        """Send some messages, so that no page is empty: their reports and replies come in while one looks."""
        account = accounts.save(
            self.desk,
            Account(
                name="练习网关",
                url=self._practice.url,
                login=self._practice.account,
                extno=self._practice.extno,
                signature="【示例商城】",
                price_li=50,
            ),
            Secret(self._practice.password),
        )
        people = [Recipient(f"1380010{n:04d}", {}, n) for n in range(3001, 3061)]
        bulk = Order(
            account,
            "五月会员日（示例）",
            "五月会员日全场八折，凭本短信到店领取礼品。拒收请回复R",
            "示例名单.xlsx",
            people,
        )
        self._send(planning.plan(self.desk, bulk, Event(), _quiet))
        lines = [
            Line(f"1390010{n:04d}", f"【示例商城】您的取件码是 {n * 7919 % 10000:04d}，请于今日 18:00 前领取。", n)
            for n in range(4001, 4026)
        ]
        codes = Order(account, "取件通知（示例）", "", "示例", ())
        self._send(planning.plan_lines(self.desk, codes, lines, Event(), _quiet))

    def _send(self, campaign_id: int) -> None:
        sending.send(self.desk, campaign_id, Event(), _quiet)

    def push_to(self, url: str | None) -> None:
        """Register an address with the practice gateway, as its administrator would; None: it is asked again."""
        self._practice.set_push(url)

    def close(self) -> None:
        """Stop the practice gateway."""
        self._practice.stop()


def _quiet(_news: object) -> None:
    pass
