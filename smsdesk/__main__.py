"""Starts the window: `smsdesk`, or `python -m smsdesk`."""

from __future__ import annotations

import gc
import sys

from smsdesk import asleep


def main() -> None:
    """The entry point of `smsdesk`."""
    gc.disable()  # nothing that is loaded now becomes garbage, and looking for it takes a tenth of the start
    asleep.let_sleep("smsdesk.jobs", "smsdesk.store")
    from smsdesk.app import main as run  # noqa: PLC0415 - after the two lines above

    sys.exit(run())


if __name__ == "__main__":
    main()
