"""The sample lists that come with the program, for whoever wants to try the import."""

from __future__ import annotations

import shutil
from pathlib import Path

from smsdesk.settings import paths
from smsdesk.sheets import writer


def save(folder: Path) -> tuple[Path, ...]:
    """Put the lists into a folder. One that is there by its name already stays: a person may have written into it.

    Raises:
        InputProblem: one cannot be written.
    """
    lists = [file for file in (paths.resources() / "samples").iterdir() if file.suffix in (".xlsx", ".csv")]
    saved = tuple(folder / file.name for file in sorted(lists))
    for file in lists:
        if not (folder / file.name).exists():
            with writer.replacing(folder / file.name) as temporary:
                shutil.copyfile(file, temporary)
    return saved
