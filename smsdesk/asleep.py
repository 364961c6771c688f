"""Modules that sleep until something in them is asked for: the window shows itself before the store's parts are loaded.

    asleep.let_sleep("smsdesk.jobs", "smsdesk.store")

After that, `from smsdesk.jobs import planning` gives the module without running it, in every file alike; the first
`planning.plan` runs it, as an import would have. `from smsdesk.jobs.planning import plan` asks at once, so what a
window needs for its first picture names such things only for types. SQLAlchemy and what is built on it take longer to
load than all else together, and they are first used on a lane.

`importlib.util.LazyLoader` does the same, but before Python 3.12 lets a second thread see a module that is half loaded.
"""

from __future__ import annotations

import importlib.machinery
import sys
import threading
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

_waking = threading.RLock()
"""One for all: two modules that are waking on two threads may need each other."""


def let_sleep(*packages: str) -> None:
    """Let the modules inside these packages sleep when they are imported from now on."""
    sys.meta_path.insert(0, _Finder(tuple(f"{package}." for package in packages)))


class _Finder(MetaPathFinder):
    def __init__(self, beginnings: tuple[str, ...]):
        self._beginnings = beginnings

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """See :class:`MetaPathFinder`."""
        if not name.startswith(self._beginnings):
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and isinstance(spec.loader, importlib.machinery.SourceFileLoader):
            spec.loader = _Loader(spec.loader)
        return spec


class _Loader(Loader):
    def __init__(self, real: Loader):
        self._real = real

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """See :class:`Loader`."""
        return _Asleep(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Leave it to whoever asks for something."""
        module.__dict__["__wake__"] = self._real


class _Asleep(ModuleType):
    """A module that runs at the first look at anything in it; others wait until it has."""

    def __getattribute__(self, name: str) -> Any:
        if not name.startswith("__"):  # the import system looks at its own names only
            with _waking:
                _wake(self)
        return ModuleType.__getattribute__(self, name)  # by now it may be no instance of this class any more


def _wake(module: ModuleType) -> None:
    loader: Loader | None = module.__dict__.pop("__wake__", None)
    if loader is None:  # awake by now, or this thread is waking it
        return
    try:
        loader.exec_module(module)
    except BaseException:
        module.__dict__["__wake__"] = loader
        raise
    module.__class__ = ModuleType
