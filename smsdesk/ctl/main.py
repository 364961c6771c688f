"""The entry point: which commands there are, what becomes of errors.

Exit status: 0 done; 1 done or stopped, and something needs a person; 2 the call or its input is wrong; 3 the gateway;
4 the store; 70 a fault of this program, with a traceback in the log file.
"""

from __future__ import annotations

import importlib
import io
import locale
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from smsdesk import __version__
from smsdesk.ctl.call import APP, Call, command
from smsdesk.ctl.faults import LogFile
from smsdesk.ctl.output import say
from smsdesk.domain.account import Secret
from smsdesk.domain.errors import Cancelled, GatewayProblem, Problem, StoreProblem
from smsdesk.domain.words import Language, Words

PASSWORD = "SMSDESK_PASSWORD"  # noqa: S105 - a variable's name

_MODULES = {
    "account": "accounts",
    "balance": "balance",
    "statis": "balance",
    "recipients": "recipients",
    "send": "sending",
    "p2p": "sending",
    "campaign": "campaigns",
    "pull": "inbox",
    "reports": "inbox",
    "replies": "inbox",
    "raw": "raw",
    "export": "exporting",
    "data": "data",
    "support": "support",
    "blocklist": "blocklist",
    "template": "templates",
    "people": "people",
    "receiver": "receiver",
    "simulator": "simulator",
}
"""Each command, and the module that adds it to the app."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one call; returns its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    _use_utf8()
    password = os.environ.pop(PASSWORD, "")  # taken out: child processes need not have it
    call = Call(language_of(os.environ), Secret(password) if password else None)
    log = LogFile(lambda: call.data_dir, lambda: (password,) if password else ())
    logging.basicConfig(handlers=[log], level=logging.WARNING)
    try:
        status = _run(call, given, log)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the answer has gone; what is still buffered must not fail at the interpreter's end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status


def language_of(environment: Mapping[str, str]) -> Language:
    """The language of messages: by LC_ALL, LC_MESSAGES, LANG; the system's where none is set."""
    names = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    tag = next((name for name in names if name), None) or locale.getlocale()[0] or ""
    return Language.ZH if tag.lower().startswith("chinese") else Language.of_locale(tag)


def status_of(problem: Problem) -> int:
    """The exit status that a problem means. The one place where that is decided."""
    match problem:
        case GatewayProblem():
            return 3
        case StoreProblem():
            return 4
        case Cancelled():
            return 1
    return 2  # input, or a password that is not there


def _run(call: Call, arguments: Sequence[str], log: LogFile) -> int:
    try:
        _only_text(arguments)
        entry: Any = typer.main.get_command(_app(arguments))
        status = entry.main(args=list(arguments), prog_name="smsdeskctl", standalone_mode=False, obj=call)
    except Problem as problem:
        _tell(call, problem.words.text(call.language), as_json=call.as_json)
        return status_of(problem)
    except (KeyboardInterrupt, typer.Abort):
        return 1
    except BrokenPipeError:
        raise
    except Exception as fault:  # the last line of defence: a sentence, never a traceback
        if hasattr(fault, "format_message"):  # a wrong call, in Typer's words
            return _wrong_call(call, fault, arguments)
        logging.getLogger(__name__).exception("a fault")
        _tell(call, _FAULT.fill(kind=type(fault).__name__, log=log.path).text(call.language), as_json=call.as_json)
        return 70
    if status == _INTERRUPTED:
        return 1
    return status if isinstance(status, int) else 0


_INTERRUPTED = 130
"""What Typer makes of a Ctrl-C."""


_FAULT = Words(
    "程序内部出错（{kind}），细节在 {log}。请把该文件交给维护人员。",
    "A fault of the program ({kind}); details are in {log}. Please hand that file to its maintainers.",
)


def _only_text(arguments: Sequence[str]) -> None:
    """Refuse what is no text: it could be neither stored nor shown."""
    for argument in arguments:
        try:
            argument.encode()
        except UnicodeEncodeError:
            words = Words("参数“{it}”不是 UTF-8 文本。", "The argument '{it}' is not UTF-8 text.")
            raise typer.BadParameter(words.en.format(it=argument)) from None


def _app(arguments: Sequence[str]) -> typer.Typer:
    """The commands that these arguments name, or all.

    A command's module imports what it needs; importing all of them would take most of a second.
    """
    app = typer.Typer(help="SMS Desk without a window: campaigns, reports and replies.", **APP)
    app.callback()(_everywhere)
    named = [name for name in _MODULES if name in arguments] or ([] if "--version" in arguments else list(_MODULES))
    for module in dict.fromkeys(_MODULES[name] for name in named):
        importlib.import_module(f"smsdesk.ctl.{module}").register(app)
    return app


def _version(asked: bool) -> bool:
    if asked:
        sys.stdout.write(f"SMS Desk {__version__}\n")
        raise typer.Exit
    return asked


@command
def _everywhere(
    _call: Call,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> int:
    """SMS Desk without a window: campaigns, reports and replies."""
    return int(version)


def _wrong_call(call: Call, fault: Any, arguments: Sequence[str]) -> int:
    message = str(fault.format_message())
    context = getattr(fault, "ctx", None)
    if type(fault).__name__ == "NoArgsIsHelpError":
        sys.stderr.write(message + "\n")  # the help
        return 2
    if context is not None and not call.as_json:
        say(context.get_usage())
    _tell(call, message, as_json=call.as_json or "--json" in arguments)
    return 2


def _tell(call: Call, sentence: str, *, as_json: bool) -> None:
    if as_json:
        call.as_json = True
        call.out.document({"error": sentence})
    say(sentence)


def _use_utf8() -> None:
    """UTF-8 whatever the locale: Chinese must not crash a program that runs under LANG=C."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
