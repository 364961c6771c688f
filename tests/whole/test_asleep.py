"""Modules that sleep until they are needed."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from smsdesk import asleep
from smsdesk.settings import remembered


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package whose modules sleep."""
    folder = tmp_path / "dormitory"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    finders = list(sys.meta_path)
    asleep.let_sleep("dormitory")
    yield folder
    sys.meta_path[:] = finders
    for name in [name for name in sys.modules if name.startswith("dormitory")]:
        del sys.modules[name]


def slept(name: str) -> ModuleType:
    return import_module(f"dormitory.{name}")


def test_a_module_runs_once_when_something_in_it_is_asked_for(package: Path) -> None:
    (package / "log.py").write_text("said = []")
    (package / "one.py").write_text("from dormitory import log, two\nlog.said.append('one')\ntwice = two.once * 2\n")
    (package / "two.py").write_text("from dormitory import log, one\nlog.said.append('two')\nonce = 21\n")
    one, log = slept("one"), slept("log")
    assert log.said == []
    assert one.__name__ == "dormitory.one"
    assert log.said == [], "the import system's own names wake nobody"
    assert one.twice == 42
    assert one.twice == 42
    assert log.said == ["one", "two"]
    assert type(one) is ModuleType, "awake it is like any other"
    with pytest.raises(AttributeError):
        _ = one.nothing


def test_no_thread_sees_half_of_a_module(package: Path) -> None:
    (package / "slow.py").write_text("import time\ndef early():\n    return late\ntime.sleep(0.3)\nlate = 'whole'\n")
    slow, seen = slept("slow"), list[str]()
    threads = [threading.Thread(target=lambda: seen.append(slow.early())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == ["whole"] * 4


def test_what_fails_to_load_says_so_each_time_until_it_is_mended(package: Path) -> None:
    (package / "broken.py").write_text("import os\nos.environ['MENDED']\nok = 1\n")
    broken = slept("broken")
    for _ in range(2):
        with pytest.raises(KeyError):
            _ = broken.ok
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MENDED", "1")
        assert broken.ok == 1


_WATCHED = """
import sys
from PySide6 import QtWidgets
from PySide6.QtCore import QTimer

class Application(QtWidgets.QApplication):
    def __init__(self, arguments):
        super().__init__(arguments)
        self.watch = QTimer(interval=5)
        self.watch.timeout.connect(self.look)
        self.watch.start()

    def look(self):
        shown = [one for one in self.topLevelWidgets() if one.isVisible()]
        boxes = [one for one in shown if isinstance(one, QtWidgets.QMessageBox)]
        windows = [one for one in shown if isinstance(one, QtWidgets.QMainWindow)]
        {act}

QtWidgets.QApplication = Application
from smsdesk.__main__ import main
sys.argv = ['smsdesk', '--data-dir', sys.argv[1]]
main()
"""


def watched(act: str, data_dir: Path) -> subprocess.CompletedProcess[str]:
    """The program as a process of its own, which does `act` again and again."""
    code = _WATCHED.replace("{act}", act)
    return subprocess.run(
        [sys.executable, "-c", code, str(data_dir)], capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize("page", ["bulk", "balance"])
def test_the_window_is_there_before_what_the_store_is_made_of(tmp_path: Path, page: str) -> None:
    """And one that is closed at once ends at once, whether or not the store was opened."""
    remembered.save(tmp_path, {"page": page})
    done = watched(
        "if windows: heavy = {'sqlalchemy', 'httpx', 'openpyxl', 'numpy', 'keyring', 'uvicorn'}; "
        "print(sorted(heavy & set(sys.modules))); windows[0].close()",
        tmp_path,
    )
    assert (done.returncode, done.stdout) == (0, "[]\n"), done.stderr
    assert "Traceback" not in done.stderr


def test_a_store_that_cannot_be_opened_is_told_of_instead_of_a_window(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "store.sqlite3")) as conn:
        conn.executescript("CREATE TABLE alembic_version (version_num); INSERT INTO alembic_version VALUES ('9999')")
    done = watched("if boxes: print(len(windows), boxes[0].text()); boxes[0].accept()", tmp_path)
    assert done.returncode == 4, done.stderr
    assert done.stdout.startswith("0 "), "no window stands behind the message"
    assert "later version" in done.stdout or "更新版本" in done.stdout
    assert "Traceback" not in done.stderr
