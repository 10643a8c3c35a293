"""The command `kg`, also as `python -m kg`.

Exit status: 0 all went well, 1 some of it was refused, 2 it could not go on, 128 + N it was stopped by signal N.
"""

# ruff: noqa: E402
from __future__ import annotations

import signal

# The other imports take a second or two. Until `main` takes over, Ctrl-C ends the process without a traceback.
signal.signal(signal.SIGINT, signal.SIG_DFL)

import sys
from typing import NoReturn

import typer

from kg import terminal
from kg.cli import app
from kg.errors import KgError
from kg.verbs.stopped import Stopped


def main() -> NoReturn:
    """Run `kg` and exit; an error raised on purpose is one line on standard error."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    sys.exit(_run())


def _run() -> int:
    try:
        return app(sys.argv[1:] or ["--help"], standalone_mode=False) or 0
    except KgError as error:
        terminal.tell_error(error)
    except typer.TyperException as error:
        message = error.format_message().replace("Value error, ", "").rstrip(".")
        terminal.tell_error(f"{message}; see kg --help, or kg VERB --help")
    except terminal.NobodyReads:
        return 0
    except Stopped as stopped:
        terminal.tell_error("stopped before the end")
        return 128 + stopped.number
    return 2


def _stop(number: int, _frame: object) -> NoReturn:
    signal.signal(number, signal.SIG_DFL)  # asked twice, the process ends at once
    raise Stopped(number)


if __name__ == "__main__":
    main()
