"""Click in Chinese: the help of a command, and in one line what is wrong with one."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

import click

from flows.near import or_is_it, perhaps

_HELP = {"help_option_names": ["-h", "--help"]}


class Command(click.Command):
    """A command whose help is Chinese."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        """As click's."""
        super().__init__(*arguments, **{"context_settings": _HELP, "options_metavar": "[选项]", **settings})

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click's; what is left over is told in Chinese, and every error says of which command it is."""
        ctx.allow_extra_args = True
        try:
            left = super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise
        if left:
            raise click.UsageError(f"不认识的参数 {' '.join(left)}", ctx)
        return left

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The whole help."""
        formatter.write("\n".join(_help(self, ctx)) + "\n")


class Group(click.Group):
    """A program of several commands whose help is Chinese."""

    def __init__(
        self, name: str, help: str, commands: list[click.Command], params: Sequence[click.Parameter] = ()
    ) -> None:
        """The program ``name`` with ``commands`` in the order in which they are told, and options of its own."""
        super().__init__(
            name,
            {str(command.name): command for command in commands},
            params=[*params],
            help=help,
            context_settings=_HELP,
            no_args_is_help=False,
            options_metavar="",
            subcommand_metavar="命令 …",
        )

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click's; nothing at all is told in Chinese."""
        if not args:
            raise click.UsageError("缺少 命令", ctx)
        return super().parse_args(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The whole help."""
        commands = [(name, command.help or "") for name, command in self.commands.items()]
        formatter.write("\n".join([*_help(self, ctx), *_section("命令", commands)]) + "\n")


class WholeNumber(click.ParamType):
    """A whole number."""

    name = "整数"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number."""
        try:
            return int(value)
        except ValueError:
            self.fail(f"应为整数，现为“{value}”", param, ctx)


class OneOf(click.ParamType):
    """One of some words."""

    name = "词"

    def __init__(self, *words: str) -> None:
        """Only ``words``."""
        self.words = words

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word."""
        if value not in self.words:
            self.fail(f"应为 {'、'.join(self.words)} 之一，现为“{value}”{perhaps(value, self.words)}", param, ctx)
        return str(value)


def told(error: click.UsageError) -> str:
    """What is wrong with a command, in one Chinese line."""
    usage = f"{error.ctx.command_path} --help" if error.ctx else "huizong --help"
    return f"命令有误：{_wrong(error)}；用法见 {usage}。"


def _wrong(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        return f"不认识的参数 {error.option_name}{or_is_it(error.possibilities or ())}"
    if isinstance(error, click.exceptions.NoSuchCommand):
        return f"没有命令 {error.command_name}{or_is_it(error.possibilities or ())}"
    if isinstance(error, click.MissingParameter) and error.param:
        return f"缺少 {_called(error.param)}"
    if isinstance(error, click.BadParameter) and error.param:
        return f"参数 {_called(error.param)} {error.message}"
    if isinstance(error, click.BadOptionUsage):
        taken = [param for param in error.ctx.command.params if error.option_name in param.opts] if error.ctx else []
        is_flag = any(isinstance(param, click.Option) and param.is_flag for param in taken)
        return f"参数 {error.option_name} {'后面不能带内容' if is_flag else '后面缺少内容'}"
    return error.message


def _called(param: click.Parameter) -> str:
    return param.opts[-1] if isinstance(param, click.Option) else str(param.metavar).rstrip("…")


def _help(command: click.Command, ctx: click.Context) -> Iterator[str]:
    pieces = " ".join(piece for piece in command.collect_usage_pieces(ctx) if piece)
    yield f"用法：{ctx.command_path} {pieces}"
    yield ""
    yield command.help or ""
    params = [param for param in command.params if not isinstance(param, click.Option)]
    yield from _section("参数", [(str(param.metavar), getattr(param, "help", None) or "") for param in params])
    options = [param for param in command.params if isinstance(param, click.Option)]
    rows = [(_written(option), option.help or "") for option in options]
    yield from _section("选项", [*rows, ("-h, --help", "显示本说明")])


def _written(option: click.Option) -> str:
    names = ", ".join(option.opts)
    return names if option.is_flag else f"{names} {option.metavar}"


def _section(title: str, rows: list[tuple[str, str]]) -> Iterator[str]:
    if rows:
        widest = max(_width(name) for name, _ in rows)
        yield ""
        yield f"{title}："
        yield from (f"  {name}{' ' * (widest - _width(name))}  {text}" for name, text in rows)


def _width(text: str) -> int:
    """Columns of a terminal."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
