"""Reading hundreds of damaged files within seconds: a process that forks, for each, the one that reads it.

    with Forks(folder) as forks:
        forks.read(path)          # what `sheets.child` answers for it, from a process of its own

What is run is the child's own `main`, with its limits, in a process that may crash; only Python is not started anew.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import traceback
from io import BytesIO
from pathlib import Path
from typing import Any, Self

from smsdesk.sheets import child, frames
from smsdesk.sheets.blocks import Block

REQUEST = {"sheet": None, "encoding": None, "separator": None, "seconds": 10, "memory": 1 << 28}


class Forks:
    """The process that forks, and this side of it; its answers go through a file in `folder`."""

    def __init__(self, folder: Path):
        self._answer = folder / "answer"
        self._errors = folder / "errors"
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(self._answer), str(self._errors)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._process.communicate()

    def read(self, path: Path) -> tuple[list[Block], dict[str, Any]]:
        """The blocks of the chosen sheet, and the last frame: `done`, or a `problem` with its key.

        Fails when the reader has ended in another way than by saying so, or for want of memory.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(str(path)) + "\n")
        self._process.stdin.flush()
        status = self._process.stdout.readline().strip()
        errors = self._errors.read_text(errors="replace")
        if "memory allocation of" in errors:  # where Rust gives up; `sheets.reader` makes the same of it
            return [], {"kind": "problem", "key": "memory"}
        assert status == "0", f"the reader of {path.name} ended with {status}: {errors[-2000:]}"
        blocks: list[Block] = []
        header: dict[str, Any] = {"kind": "nothing"}
        is_chosen = True
        for header, body in frames.read(BytesIO(self._answer.read_bytes())):
            is_chosen = is_chosen and header["kind"] != "whole"
            if is_chosen and header["kind"] == "block":
                blocks.append(frames.block(header, body))
        return blocks, header


def main(answer: str, errors: str) -> None:
    """Read the files that are named on standard input, a line each; print the exit status of each reader."""
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            for number, file in ((1, answer), (2, errors)):
                os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
            _read(json.loads(line))
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        print(status, flush=True)  # noqa: T201 - the answer


def _read(path: str) -> None:
    status = 70
    try:
        status = child.main([path, json.dumps(REQUEST)])
    except BaseException:  # noqa: BLE001 - nothing may get back into the loop that forks
        traceback.print_exc()
    finally:
        os._exit(status)


if __name__ == "__main__":
    main(*sys.argv[1:])
