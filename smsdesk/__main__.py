"""Starts the window: `smsdesk`, or `python -m smsdesk`."""

from __future__ import annotations

import sys

from smsdesk.app import main as run


def main() -> None:
    """The entry point of `smsdesk`."""
    sys.exit(run())


if __name__ == "__main__":
    main()
