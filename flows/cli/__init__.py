"""The command line: ``huizong``. The outermost door; heavy rooms are opened only by the command that needs them.

One module a family of commands: :mod:`~flows.cli.night` runs the night, :mod:`~flows.cli.service` every night,
:mod:`~flows.cli.units` and :mod:`~flows.cli.checking` are what units use before they submit, :mod:`~flows.cli.asking`
tells of the notice and of what the night made, :mod:`~flows.cli.tending` of what is wrong. :mod:`~flows.cli.chinese` is
click in Chinese, :mod:`~flows.cli.failures` what is said where one fails.
"""

import gc
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from flows import stopping
from flows.cli.asking import diff, explain, nights, rules
from flows.cli.checking import check
from flows.cli.chinese import Group, told
from flows.cli.failures import failure_of, stopped
from flows.cli.night import nightly
from flows.cli.service import serve
from flows.cli.status import DONE, FAILED, WRONG, say
from flows.cli.tending import doctor
from flows.cli.units import template
from flows.cli.version import VERSION
from flows.privacy import for_owner_and_group
from flows.screen import no_passwords_shown

__all__ = ["DONE", "FAILED", "WRONG", "command", "commands", "main", "run"]

_HUIZONG = Group(
    name="huizong",
    help="因公出国（境）培训项目计划：每夜汇总各单位申报表，核对通知条款，归并重复团组。",
    commands=[nightly, serve, template, check, rules, explain, nights, diff, doctor],
    params=[VERSION],
)


def run() -> NoReturn:
    """The program ``huizong``: one command, then the end of the process."""
    stopping.watch(_stopped)
    # What is imported and read stays: to look through it for garbage again and again took a twelfth of a command's time.
    gc.set_threshold(20_000, 20, 100)
    status = main()
    if "prefect" in sys.modules:
        from flows.prefect_home import close_standard_error

        close_standard_error()
    raise SystemExit(status)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status. Whatever goes wrong is one Chinese line on standard error.

    Raises:
        SystemExit: with 2, the command was wrong.
    """
    stopping.hear()
    with no_passwords_shown(), for_owner_and_group():
        return _answered([*(sys.argv[1:] if arguments is None else arguments)])


def _answered(arguments: list[str]) -> int:
    try:
        return _asked(arguments)
    except click.UsageError as error:
        raise SystemExit(say(told(error), WRONG)) from error
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 the outermost door: the operator gets a sentence, the log the rest
        failure = failure_of(error)
        return say(failure.told, failure.status)


def _stopped() -> int:
    """What is said, from beside the main thread, where the program was asked to stop and does not end."""
    return say(stopped().told, FAILED)


def commands() -> dict[str, str]:
    """Every command and what it does, as ``huizong --help`` says it."""
    return {name: command.help or "" for name, command in _HUIZONG.commands.items()}


def command(name: str) -> click.Command:
    """The command of that name."""
    return _HUIZONG.commands[name]


def _asked(arguments: list[str]) -> int:
    try:
        with _HUIZONG.make_context("huizong", arguments) as context:
            return int(_HUIZONG.invoke(context))
    except click.exceptions.Exit as end:  # --help was told
        return end.exit_code
