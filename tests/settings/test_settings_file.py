"""Settings on disk, and where things lie."""

from __future__ import annotations

import dataclasses
import json
import os
import stat
import sys
from pathlib import Path

import pytest

from smsdesk.domain.old_data import Removal
from smsdesk.domain.words import Language
from smsdesk.settings import paths, settings
from smsdesk.settings.settings import Notify, Settings, Theme

CHOSEN = Settings(
    notify=Notify.TEXT,
    language=Language.EN,
    theme=Theme.DARK,
    poll_seconds=60,
    account="练习",
    folder="/home/用户/表格",
    confirm_above=500,
    sensitive=("免费", "贷款"),
    opt_out_ending="不需要请回复0",
    own_numbers=("13800000000",),
    push_on=True,
    push_account=3,
    push_port=9000,
    push_network=True,
    push_allowed=("203.0.113.7", "10.0.0.0/8"),
    push_public="https://sms.example.com",
    export_folder="/导出",
    old_days=90,
    old_how=Removal.DELETE,
    old_daily=True,
    window="01d9d0cb",
)


def write(folder: Path, stored: object) -> None:
    text = stored if isinstance(stored, str) else json.dumps(stored)
    (folder / "settings.json").write_text(text, encoding="utf-8")


def test_what_was_chosen_comes_back(tmp_path: Path) -> None:
    settings.save(tmp_path, CHOSEN)
    assert settings.load(tmp_path) == CHOSEN
    assert Settings() not in (CHOSEN, settings.load(tmp_path))
    settings.save(tmp_path, Settings())
    assert settings.load(tmp_path) == Settings()


def test_every_setting_is_changed_by_this_test(tmp_path: Path) -> None:
    chosen, default = dataclasses.asdict(CHOSEN), dataclasses.asdict(Settings())
    unchanged = [name for name in chosen if chosen[name] == default[name]]
    assert unchanged == []
    settings.save(tmp_path, CHOSEN)
    assert set(json.loads((tmp_path / "settings.json").read_text(encoding="utf-8"))) == set(chosen)


def test_nothing_stored_yet_is_the_defaults(tmp_path: Path) -> None:
    assert settings.load(tmp_path / "not" / "there") == Settings()


@pytest.mark.parametrize("stored", ["", "{", "[1]", "null", "7", '"x"', "[" * 100_000, "\0"])
def test_a_broken_file_is_the_defaults(tmp_path: Path, stored: str) -> None:
    write(tmp_path, stored)
    assert settings.load(tmp_path) == Settings()


def test_a_file_that_is_no_text_is_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_bytes(b"\xff\xfe\x00")
    assert settings.load(tmp_path) == Settings()


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("language", "kl"),
        ("language", 5),
        ("theme", "pink"),
        ("theme", None),
        ("theme", []),
        ("poll_seconds", "often"),
        ("poll_seconds", None),
        ("poll_seconds", float("inf")),
        ("poll_seconds", float("nan")),
        ("account", 5),
        ("folder", None),
        ("push_on", "yes"),
        ("push_port", "here"),
        ("push_network", 1),
        ("push_allowed", 5),
        ("push_public", None),
        ("window", {}),
    ],
)
def test_one_bad_value_does_not_lose_the_others(tmp_path: Path, name: str, bad: object) -> None:
    settings.save(tmp_path, CHOSEN)
    stored = json.loads((tmp_path / "settings.json").read_text(encoding="utf-8"))
    write(tmp_path, {**stored, name: bad, "of_a_later_version": 1})
    default = getattr(Settings(), name)
    assert settings.load(tmp_path) == dataclasses.replace(CHOSEN, **{name: default})


@pytest.mark.parametrize(("stored", "used"), [(0, 5), (-1, 5), (4, 5), (5, 5), (3600, 3600), (10**9, 3600), ("30", 30)])
def test_the_polling_stays_within_its_limits(tmp_path: Path, stored: object, used: int) -> None:
    write(tmp_path, {"poll_seconds": stored})
    assert settings.load(tmp_path).poll_seconds == used


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_the_file_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        settings.save(tmp_path / "data", CHOSEN)
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "data" / "settings.json").stat().st_mode) == 0o600


def test_saving_that_fails_leaves_the_file_before_and_nothing_else(tmp_path: Path) -> None:
    settings.save(tmp_path, CHOSEN)
    with pytest.raises(UnicodeEncodeError):
        settings.save(tmp_path, dataclasses.replace(CHOSEN, theme=Theme.LIGHT, folder="half an emoji \ud83d"))
    assert settings.load(tmp_path) == CHOSEN
    assert [path.name for path in tmp_path.iterdir()] == ["settings.json"]


def test_saving_replaces_the_file_and_never_writes_into_it(tmp_path: Path) -> None:
    settings.save(tmp_path, Settings())
    with (tmp_path / "settings.json").open(encoding="utf-8") as before:
        settings.save(tmp_path, CHOSEN)
        assert json.load(before)["account"] == ""


# -- places


def test_the_data_folder_is_as_given_else_as_the_environment_says_else_the_systems(tmp_path: Path) -> None:
    environment = {"SMSDESK_DATA_DIR": str(tmp_path / "b")}
    assert paths.data_dir(str(tmp_path / "a"), environment) == tmp_path / "a"
    assert paths.data_dir(None, environment) == tmp_path / "b"
    assert paths.data_dir("", {}).name == "SMSDesk"
    assert paths.data_dir(None, {}).is_absolute()


def test_a_folder_may_be_given_from_home_or_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert paths.data_dir("~/desk", {}) == tmp_path / "desk"
    assert paths.data_dir("desk", {}) == tmp_path / "desk"


def test_the_database_is_as_given_else_as_the_environment_says_else_none() -> None:
    environment = {"SMSDESK_DATABASE": "postgresql://b"}
    assert paths.database_url("postgresql://a", environment) == "postgresql://a"
    assert paths.database_url(None, environment) == "postgresql://b"
    assert paths.database_url(None, {}) is None
    assert paths.database_url(None, {"SMSDESK_DATABASE": ""}) is None


def test_the_resources_are_there() -> None:
    assert paths.resources().is_dir()
