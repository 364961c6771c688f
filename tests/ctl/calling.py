"""Calling `smsdeskctl`: by `main` in this process, which is quick, or as another program does, in one of its own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from smsdesk.ctl.main import main

COMMAND = (sys.executable, "-m", "smsdesk.ctl")
PATIENT = 30  # seconds for one call


@dataclass(frozen=True)
class Answer:
    """What a call gave back."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """Standard output, which must be one JSON document on one line and nothing else."""
        assert self.out.count("\n") == 1, self.out
        document = json.loads(self.out)
        assert isinstance(document, dict)
        return document


@dataclass
class Ctl:
    """Calls on one store, with one password in the environment."""

    data_dir: Path
    database: str | None = None
    password: str = ""
    environment: dict[str, str] = field(default_factory=lambda: {"LANG": "C"})

    def __call__(self, *arguments: object, **more: str) -> Answer:
        """Run it to its end in this process."""
        out_bytes, err_bytes = io.BytesIO(), io.BytesIO()
        out, err = io.TextIOWrapper(out_bytes, encoding="ascii"), io.TextIOWrapper(err_bytes, encoding="ascii")
        with (
            mock.patch.dict(os.environ, self.env(**more), clear=True),
            mock.patch.multiple(sys, stdout=out, stderr=err, stdin=io.TextIOWrapper(io.BytesIO())),
        ):
            status = main(self.command(*arguments)[len(COMMAND) :])
        out.flush()
        err.flush()
        return self._checked(Answer(status, out_bytes.getvalue().decode(), err_bytes.getvalue().decode()))

    def process(self, *arguments: object, text_in: str | None = None, **more: str) -> Answer:
        """Run it to its end in a process of its own."""
        done = subprocess.run(
            self.command(*arguments),
            input=None if text_in is None else text_in.encode(),
            stdin=subprocess.DEVNULL if text_in is None else None,
            capture_output=True,
            env=self.env(**more),
            timeout=PATIENT,
            check=False,
        )
        return self._checked(Answer(done.returncode, done.stdout.decode(), done.stderr.decode()))

    def _checked(self, answer: Answer) -> Answer:
        assert "Traceback" not in answer.err, answer.err
        assert not self.password or self.password not in answer.out + answer.err
        return answer

    def json(self, *arguments: object, status: int = 0, password: str | None = None) -> dict[str, Any]:
        """Run it with `--json`, expect an exit status, and give the document."""
        answer = self(*arguments, "--json", **({} if password is None else {"SMSDESK_PASSWORD": password}))
        assert answer.status == status, (answer.status, answer.out, answer.err)
        return answer.json

    @contextmanager
    def running(self, *arguments: object, stderr: int = subprocess.DEVNULL) -> Iterator[subprocess.Popen[str]]:
        """Start it, and see to its end."""
        process = subprocess.Popen(
            self.command(*arguments),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=stderr,
            env=self.env(),
            encoding="utf-8",
        )
        with process:
            try:
                yield process
            finally:
                if process.poll() is None:
                    process.kill()

    def command(self, *arguments: object) -> list[str]:
        """The whole command line."""
        where = ["--data-dir", str(self.data_dir), *(["--database", self.database] if self.database else [])]
        return [*COMMAND, *where, *map(str, arguments)]

    def env(self, **more: str) -> dict[str, str]:
        """The environment: this process's, without what would change the outcome."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("SMSDESK_", "LC_")) and name not in ("LANG", "PYTHONWARNINGS")
        }
        return {
            **kept,
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
            **({"SMSDESK_PASSWORD": self.password} if self.password else {}),
            **self.environment,
            **more,
        }


def numbers(count: int, first: int = 13800010000) -> list[str]:
    """So many numbers one after another."""
    return [str(first + n) for n in range(count)]


def number_file(path: Path, mobiles: list[str]) -> Path:
    """A text file with a number a line."""
    path.write_text("手机号\n" + "\n".join(mobiles) + "\n", encoding="utf-8")
    return path
