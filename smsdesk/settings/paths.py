"""Where things lie."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import platformdirs


def data_dir(given: str | None = None, environment: Mapping[str, str] = os.environ) -> Path:
    """The folder of the store: as given, else `SMSDESK_DATA_DIR`, else the platform's usual place."""
    chosen = given or environment.get("SMSDESK_DATA_DIR")
    return Path(chosen).expanduser().absolute() if chosen else platformdirs.user_data_path("SMSDesk", appauthor=False)


def database_url(given: str | None = None, environment: Mapping[str, str] = os.environ) -> str | None:
    """The address of a PostgreSQL database: as given, else `SMSDESK_DATABASE`, else none."""
    return given or environment.get("SMSDESK_DATABASE") or None


def guide(language: str) -> Path | None:
    """The user guide in a language (`zh-CN`, `en`): inside an installed package, in `docs` in a checkout; else None."""
    package = Path(__file__).parent.parent
    places = (package / "docs", package.parent / "docs")
    return next((file for place in places if (file := place / f"guide.{language}.md").is_file()), None)


def resources() -> Path:
    """The folder with icons, translations and samples: inside an installed package, beside it in a checkout."""
    package = Path(__file__).parent.parent
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"
