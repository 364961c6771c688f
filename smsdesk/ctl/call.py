"""What every command is given: where the store is, and how to answer."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, Concatenate, ParamSpec

import typer

from smsdesk.ctl.output import Output
from smsdesk.domain.account import Secret
from smsdesk.domain.words import Language
from smsdesk.settings import paths

P = ParamSpec("P")

_AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output, nothing else there.")]
_DataDir = Annotated[
    str | None,
    typer.Option("--data-dir", metavar="DIR", help="Where the embedded store and logs live. [env: SMSDESK_DATA_DIR]"),
]
_Database = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="URL",
        help="A PostgreSQL database instead, postgresql+psycopg://… [env: SMSDESK_DATABASE]",
    ),
]
_COMMON = {"as_json": (_AsJson, False), "data_dir": (_DataDir, None), "database": (_Database, None)}


@dataclass
class Call:
    """One call of the program. `given_*` and `as_json` fill up while the options are read."""

    language: Language
    password: Secret | None = None
    """`SMSDESK_PASSWORD`, which stands in for the keyring."""
    as_json: bool = False
    given_dir: str | None = None
    given_database: str | None = None

    def take(self, as_json: bool, data_dir: str | None, database: str | None) -> None:
        """The common options of one place of the command line; what stands further on counts."""
        self.as_json = self.as_json or as_json
        self.given_dir = data_dir if data_dir is not None else self.given_dir
        self.given_database = database if database is not None else self.given_database

    @property
    def data_dir(self) -> Path:
        """The folder of the store."""
        return paths.data_dir(self.given_dir)

    @property
    def database(self) -> str | None:
        """The address of a PostgreSQL database, if any."""
        return paths.database_url(self.given_database)

    @property
    def out(self) -> Output:
        """Where answers go."""
        return Output(self.language, self.as_json)


def command(function: Callable[Concatenate[Call, P], int]) -> Callable[..., int]:
    """Turn a function of a :class:`Call` and its own options into what Typer registers.

    Typer reads signatures: the call's place is taken by the context, and the common options are added, so that they
    may stand before a command or after it.
    """
    run: Callable[..., int] = function

    @wraps(function)
    def with_common(
        ctx: typer.Context, *, as_json: bool, data_dir: str | None, database: str | None, **values: Any
    ) -> int:
        call: Call = ctx.obj
        call.take(as_json, data_dir, database)
        return run(call, **values)

    own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
    parameters = [
        inspect.Parameter("ctx", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context),
        *(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own),
        *(
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
            for name, (annotation, default) in _COMMON.items()
        ),
    ]
    seen: Any = with_common
    seen.__signature__ = inspect.Signature(parameters)
    seen.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return with_common


def group(help: str) -> typer.Typer:
    """A Typer app for a group of commands, which takes the common options too."""
    app = typer.Typer(help=help, **APP)
    app.callback(help=help)(_common_only)
    return app


@command
def _common_only(_call: Call) -> int:
    return 0


APP: dict[str, Any] = {
    "add_completion": False,
    "no_args_is_help": True,
    "rich_markup_mode": None,  # rich takes as long to import as all the rest of --help
    "pretty_exceptions_enable": False,  # they print local variables, and one of those may be a password
    "context_settings": {"help_option_names": ["-h", "--help"]},
}
"""Settings of every Typer app here."""
