"""``huizong template`` and ``huizong check``: what a unit uses before it submits."""

import sys
from pathlib import Path

import click

from flows.cli.chinese import Command
from flows.cli.options import FOLDER, INPUTS, OUTPUT_FILE, YEAR, plan_year, references_in, yearbook
from flows.cli.status import DONE
from flows.errors import SettingError, why
from flows.screen import tell


@click.command("template", Command, help="生成空白申报表")
@YEAR
@INPUTS
@click.option("--unit", metavar="单位", help="填报单位，写入表头")
@click.option(*OUTPUT_FILE, type=FOLDER, metavar="文件", help="输出文件，默认“<单位><年份>年申报表.xlsx”")
def template(year: int | None, inputs: Path, unit: str | None, output: Path | None) -> int:
    """Write a blank submission workbook."""
    from flows.publish import write_submission

    book = yearbook(plan_year(year))
    reference = inputs / "reference"
    references = references_in(reference, book) if reference.is_dir() else None
    path = output or Path(f"{_file_name(unit or '')}{book.year}年申报表.xlsx")
    if not path.parent.is_dir():
        raise SettingError(f"找不到文件夹：{path.parent}。")
    try:
        write_submission(path, book, references, unit=unit)
    except OSError as error:
        raise SettingError(f"不能写入 {path}（{why(error)}），文件可能正被打开。") from error
    tell(f"已生成空白申报表：{path}")
    return DONE


@click.command("check", Command, help="报送前自查：一份文件，同样的规则")
@YEAR
@INPUTS
@click.argument("files", nargs=-1, required=True, type=FOLDER, metavar="文件…", help="申报表")
@click.option("--layout", is_flag=True, help="只说明表头在哪里、每一列读作哪一栏")
def check(year: int | None, inputs: Path, files: tuple[Path, ...], *, layout: bool) -> int:
    """Tell what is wrong with submission workbooks before they are sent."""
    from flows.check import check as check_files
    from flows.check import reference_folder

    reference = reference_folder(inputs)
    book = yearbook(plan_year(year, reference.parent))
    return check_files(files, book, references_in(reference, book), sys.stdout, layout=layout)


def _file_name(text: str) -> str:
    return "".join(c for c in text if c not in '\\/:*?"<>|' and c.isprintable()).strip(". ")
