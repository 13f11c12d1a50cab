"""``huizong --version``: what is at work here, for whoever asks what is installed."""

import platform
from importlib.metadata import version

import click

from flows.screen import tell

_NAMED = ("prefect", "duckdb")
"""The libraries of which one asks first: the frame of the night, and what the warehouse is written with."""


def lines() -> list[str]:
    """The program, Python and the libraries with their versions, and the version of the warehouse that this program writes."""
    from flows.warehouse import NEWEST

    return [
        f"huizong {version('huizong')}",
        f"Python {platform.python_version()}",
        *(f"{name} {version(name)}" for name in _NAMED),
        f"数据库 第 {NEWEST} 版",
    ]


def _told(ctx: click.Context, _param: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        for line in lines():
            tell(line)
        ctx.exit()


VERSION = click.Option(
    ["--version"],
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_told,
    help="显示程序、Python、主要程序库和数据库的版本",
)
"""The option of the program that tells its versions and ends."""
