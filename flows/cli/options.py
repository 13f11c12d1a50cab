"""The options that several commands take, and what they lead to: the year's data and the reference workbooks."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from flows.cli.chinese import WholeNumber
from flows.cli.status import DONE, say
from flows.errors import AwayError, SettingError
from flows.screen import tell
from flows.settings import written

if TYPE_CHECKING:  # their import would cost every command
    from flows.references import References
    from schemas.yearbook import Yearbook


class _Place(click.Path):
    """A path; nothing at all is none, and never the folder in which the command is run."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path."""
        if not str(value).strip():
            self.fail("不能是空的", param, ctx)
        return super().convert(value, param, ctx)


FOLDER = _Place(path_type=Path, readable=False)
"""A path that each command looks at itself: whether it may be read, it says in its own words."""

YEAR = click.option("--year", type=WholeNumber(), metavar="年份", help="计划年度，默认最新的、有通知的年度")
INPUTS = click.option(
    "--inputs", type=FOLDER, default=lambda: written().folders.inputs, metavar="文件夹", help="输入文件夹，默认 inputs"
)
OUTPUTS = click.option(
    "--outputs",
    type=FOLDER,
    default=lambda: written().folders.outputs,
    metavar="文件夹",
    help="输出文件夹，默认 outputs",
)
OUTPUT_FILE = ("-o", "--output")


def plan_year(asked: int | None, folder: Path | None = None, out: TextIO | None = None) -> int:
    """The plan year: the one that was ``asked`` for; else the newest that has a notice and, where any has, a folder of its own
    below ``folder``. What was chosen is told on ``out`` in one line (standard output where none is given).

    Raises:
        SettingError: there is no notice at all.
    """
    if asked is not None:
        return asked
    noticed = _noticed()
    both = [year for year in _folders(folder) if year in noticed] if folder else []
    place = f"{folder.name} 中" if folder and both else ""
    year = (both or noticed)[-1]
    tell(f"计划年度：{year}（{place}最新的、有通知的年度）", out)
    return year


def year_of_submissions(asked: int | None, inputs: Path) -> int:
    """The plan year of a night: as :func:`plan_year`, but it must have submissions.

    Raises:
        SettingError: no year has both a notice and a folder below ``inputs``.
    """
    if asked is None and inputs.is_dir() and not {*_folders(inputs)} & {*_noticed()}:
        found, known = ("、".join(map(str, years)) or "无" for years in (_folders(inputs), _noticed()))
        raise AwayError(
            f"{inputs} 中没有哪个年度既有申报文件夹、又有通知：文件夹有 {found}，通知有 {known}。"
            "请建立年度文件夹并放入申报表，或用 --year 指明年度。"
        )
    return plan_year(asked, inputs)


def _noticed() -> list[int]:
    from schemas.yearbook import years_with_notice

    years = years_with_notice()
    if not years:
        raise SettingError("没有任何年度的通知规则文件，应在 schemas/notices 中。")
    return years


def _folders(folder: Path) -> list[int]:
    return sorted(int(path.name) for path in folder.glob("[0-9][0-9][0-9][0-9]") if path.is_dir())


def yearbook(year: int, tried: Path | None = None) -> "Yearbook":
    """The year's data, with the notice in the file ``tried`` where one is to be.

    Raises:
        SettingError: some of it is missing or not as it must be.
    """
    from flows.validate import rule_book
    from schemas.errors import DataFileError
    from schemas.yearbook import load_yearbook

    try:
        book = load_yearbook(year, tried=tried)
        rule_book(book.notice)
    except DataFileError as error:
        raise SettingError(str(error)) from error
    return book


def references_in(folder: Path, book: "Yearbook", out: TextIO | None = None) -> "References":
    """The reference workbooks in ``folder`` for the year of ``book``; what is wrong in them is told in one line on ``out`` (standard
    output where none is given)."""
    from flows.references import load_references

    references = load_references(folder, classes=book.notice.vocabularies["priority_class"])
    if len(problems := references.problems):
        first = problems.fillna("").iloc[0]
        place = f"{first['workbook']}“{first['sheet']}”{first['cell']}"
        tell(f"参考表有问题 {len(problems)} 处。第一处：{place}，{first['message']}{first['effect']}", out)
    return references


def settled(outputs: Path) -> None:
    """See that the outputs are those of the current night before a command answers; tell on standard error what was done."""
    from flows.outputs import settle_outputs

    for told in settle_outputs(outputs):
        say(told, DONE)
