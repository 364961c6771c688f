"""`support`: the bundle for whoever is to help."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from smsdesk.ctl.call import Call, command
from smsdesk.ctl.opening import opened
from smsdesk.ctl.stopping import stopping
from smsdesk.domain.words import Words
from smsdesk.jobs import support
from smsdesk.settings import settings


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("support")(save)


@command
def save(call: Call, file: Annotated[Path, typer.Argument(metavar="FILE.zip", help="Where it is saved.")]) -> int:
    """Save logs, versions and counts to one file for the support: no numbers, texts, names and passwords."""
    with opened(call) as desk, stopping() as stop:
        support.save(desk, call.data_dir, settings.load(call.data_dir), file, stop)
    if call.as_json:
        call.out.document({"file": str(file)})
    else:
        call.out.line(
            Words("支持包已保存为“{file}”。", "The support bundle is saved as '{file}'.").fill(file=file.name)
        )
    return 0
