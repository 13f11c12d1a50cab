"""``huizong rules``, ``explain``, ``nights`` and ``diff``: what is asked about the notice and about what nights made."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.cli.chinese import Command, OneOf
from flows.cli.options import FOLDER, OUTPUT_FILE, OUTPUTS, YEAR, plan_year, settled, yearbook
from flows.cli.status import DONE, say
from flows.errors import HuizongError, SettingError, why
from flows.near import perhaps_folder
from flows.screen import tell, tell_lines
from flows.settings import WAREHOUSE, state_folder

if TYPE_CHECKING:
    from schemas.notice import Notice


@click.command("rules", Command, help="通知的每一条由什么核对，昨夜发现多少问题")
@YEAR
@click.option(
    "--format",
    "form",
    type=OneOf("text", "markdown", "json", "xlsx"),
    default="text",
    metavar="格式",
    help="text、markdown、json 或 xlsx，默认 text",
)
@click.option(
    *OUTPUT_FILE,
    type=FOLDER,
    metavar="文件",
    help="输出文件；xlsx 默认“通知规则<年份>.xlsx”，与 --decided 同用时“规则处理意见<年份>.xlsx”",
)
@OUTPUTS
@click.option("--no-findings", is_flag=True, help="不列昨夜的问题数")
@click.option("--decided", is_flag=True, help="各条规则发现的问题，历年审核人放行、维持了多少，依据哪些用词")
def rules(year: int | None, form: str, output: Path | None, outputs: Path, no_findings: bool, decided: bool) -> int:
    """Tell every clause and what looks after it, or what reviewers made of the rules."""
    shown = output is None and form in ("markdown", "json")
    notice = yearbook(plan_year(year, out=sys.stderr if shown else sys.stdout)).notice
    told = _decided(notice, outputs) if decided else _covered(notice, outputs, no_findings)
    path = output or (Path(f"{told.called}{notice.year}.xlsx") if form == "xlsx" else None)
    if path is None:
        tell_lines(told.text(form).removesuffix("\n"))
        return DONE
    try:
        if form == "xlsx":
            told.write(path, datetime.now())
        else:
            path.write_text(told.text(form), "utf-8")
    except OSError as error:
        raise SettingError(f"不能写入 {path}（{why(error)}），文件夹不存在或文件正被打开。") from error
    tell(f"已生成{told.called}：{path}")
    return DONE


@dataclass(frozen=True)
class _Told:
    """What is told of the rules: what it is ``called``, its ``text`` in a form, and how it is written as a workbook."""

    called: str
    text: Callable[[str], str]
    write: Callable[[Path, datetime], None]


def _covered(notice: "Notice", outputs: Path, no_findings: bool) -> _Told:
    """Every clause and what looks after it."""
    from flows import rulebook
    from schemas.sureness import load_measured

    found = None if no_findings else _last_night(outputs, notice.year)
    table = rulebook.coverage(notice, found, load_measured(notice.year))
    return _Told(
        "通知规则",
        lambda form: rulebook.TEXT_FORMATS[form](notice, table),
        lambda path, made: rulebook.write_workbook(path, notice, table, made),
    )


def _decided(notice: "Notice", outputs: Path) -> _Told:
    """What reviewers made of the rules, over all years."""
    from flows import rulebook
    from flows.decide import last_words_ever
    from flows.warehouse import judged

    settled(outputs)
    told = rulebook.decided(notice, judged(outputs / WAREHOUSE, last_words_ever))
    return _Told(
        "规则处理意见",
        lambda form: rulebook.DECIDED_TEXTS[form](notice, told),
        lambda path, made: rulebook.write_decided(path, notice, told, made),
    )


@click.command("explain", Command, help="为什么这些申报是同一团组，一条申报的来龙去脉")
@YEAR
@OUTPUTS
@click.option("--html", type=FOLDER, metavar="文件", help="写成网页，不联网也能打开")
@click.argument(
    "what",
    metavar="编号或名称",
    help="团组、申报、疑似重复的编号（可只写开头几位），系统项目编号，“文件#行”，或项目名称（可只写一部分）",
)
def explain(year: int | None, outputs: Path, html: Path | None, what: str) -> int:
    """Tell why filings are one group, or what became of one."""
    from flows.explain import explain as tell_story
    from flows.explain import explain_on_page

    book, warehouse = yearbook(plan_year(year, outputs)), outputs / WAREHOUSE
    settled(outputs)
    if html:
        return explain_on_page(what, book, warehouse, html, sys.stdout)
    return tell_story(what, book, warehouse, sys.stdout)


@click.command("diff", Command, help="两夜之间哪些团组有变化，为什么")
@YEAR
@OUTPUTS
@click.option("--json", "as_json", is_flag=True, help="以 JSON 列出，供其他程序读取")
@click.option(
    "--try",
    "tried",
    type=FOLDER,
    metavar="文件夹",
    help="看 nightly --try 放入这个文件夹的试算与正式的最近一夜有什么不同",
)
@click.argument(
    "before",
    metavar="[夜]",
    required=False,
    help="与哪一夜比：批次、第几夜或日期，默认今天以前的最近一夜（试算：正式的最近一夜）",
)
@click.argument("now", metavar="[夜]", required=False, help="看哪一夜，默认现行的一夜（试算：试算的一夜）")
def diff(
    year: int | None, outputs: Path, as_json: bool, tried: Path | None, before: str | None, now: str | None
) -> int:
    """Tell which groups are otherwise in one of two nights, and why."""
    from flows import nights as nights_room
    from flows.trial import compared_with, see_that_it_is_one

    if tried is not None:
        see_that_it_is_one(tried)
        outputs = tried
    before = before or compared_with(outputs)

    book = yearbook(plan_year(year, outputs, out=sys.stderr if as_json else sys.stdout))
    settled(outputs)
    compared = nights_room.compare(outputs / WAREHOUSE, book.year, book.form, before, now)
    _tell(nights_room.as_json(compared).split("\n") if as_json else nights_room.lines(compared))
    return DONE


@click.command("nights", Command, help="列出各夜：怎样结束，收到多少，去向如何")
@YEAR
@OUTPUTS
@click.option("--json", "as_json", is_flag=True, help="以 JSON 列出，供其他程序读取")
def nights(year: int | None, outputs: Path, as_json: bool) -> int:
    """List the nights of a year."""
    from flows import nights as nights_room
    from flows.attempts import attempts

    found_in = plan_year(year, outputs, out=sys.stderr if as_json else sys.stdout)
    # Not settled before: what a killed night has left is what tells of it.
    found = nights_room.nights(outputs, found_in, attempts(state_folder()))
    if as_json:
        _tell(nights_room.listing_as_json(found).split("\n"))
    else:
        _tell(nights_room.listing(found) if found else [f"{found_in} 年还没有任何一夜{_nowhere(outputs)}。"])
    return DONE


def _nowhere(outputs: Path) -> str:
    """That there is no such folder, where there is none."""
    return "" if outputs.is_dir() else f"（没有文件夹 {outputs}{perhaps_folder(outputs)}）"


def _tell(lines: Iterable[str]) -> None:
    """Each as one line, whatever a file has written into it."""
    for line in lines:
        tell(line)


def _last_night(outputs: Path, year: int) -> dict[tuple[str, str], int] | None:
    """How many findings each rule made; a warehouse that cannot be asked right now is told, the rules are shown anyway."""
    from flows.warehouse import findings_by_rule, see_that_it_is_there

    try:
        settled(outputs)
        see_that_it_is_there(outputs / WAREHOUSE)
        return findings_by_rule(outputs / WAREHOUSE, year)
    except HuizongError as error:
        say(f"昨夜的问题数未列：{error}", DONE)
        return None
