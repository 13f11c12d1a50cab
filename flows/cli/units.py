"""``huizong template``: the form that a unit fills in."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.cli.chinese import Command
from flows.cli.options import FOLDER, INPUTS, OUTPUT_FILE, YEAR, plan_year, references_in, yearbook
from flows.cli.status import DONE
from flows.errors import SettingError, why
from flows.near import perhaps_folder
from flows.screen import tell

if TYPE_CHECKING:  # its import would cost every command
    from flows.references import References


@click.command("template", Command, help="生成会自查的空白申报表、空白参考表")
@YEAR
@INPUTS
@click.option("--unit", metavar="单位", help="填报单位，写入表头")
@click.option("--all", "folder", type=FOLDER, metavar="文件夹", help="给单位名录中的每个单位各生成一份，放入该文件夹")
@click.option("--reference", is_flag=True, help="改为生成空白参考表（单位名录等），-o 写文件夹，默认“参考表”")
@click.option(*OUTPUT_FILE, type=FOLDER, metavar="文件", help="输出文件，默认“<单位><年份>年申报表.xlsx”")
def template(
    year: int | None, inputs: Path, unit: str | None, folder: Path | None, reference: bool, output: Path | None
) -> int:
    """Write blank submission workbooks, or empty reference workbooks."""
    from flows import publish

    asked = {"--all": folder is not None, "--unit": unit is not None, "--reference": reference}
    if folder is not None and output is not None:
        raise SettingError("--all 已写明文件夹，不能与 -o 同用。")
    if sum(asked.values()) > 1:
        raise SettingError(f"{'、'.join(name for name, given in asked.items() if given)} 不能同用，请只写一个。")
    book = yearbook(plan_year(year))
    if reference:
        return _into(output or Path("参考表"), "空白参考表", lambda into: publish.write_reference_books(into, book))
    registers = inputs / "reference"
    references = references_in(registers, book) if registers.is_dir() else None
    if folder is not None:
        if references is None:
            raise SettingError(
                f"找不到 {registers}{perhaps_folder(registers)}，没有单位名录，不知道有哪些单位。请用 --inputs 写明输入文件夹。"
            )
        return _into(folder, "空白申报表", lambda into: publish.write_for_every_unit(into, book, references))
    if references is None:
        tell(
            f"找不到 {registers}{perhaps_folder(registers)}：申报表没有单位、国家和机构的下拉列表，也不能自查。"
            "请用 --inputs 写明参考表所在的输入文件夹。"
        )
    else:
        unit = _listed(unit, references)
    path = output or Path(publish.form_name(unit or "", book.year))
    if not path.parent.is_dir():
        raise SettingError(f"找不到文件夹：{path.parent}{perhaps_folder(path.parent)}。请先建立该文件夹。")
    if path.exists():
        raise SettingError(f"已有 {path}，没有改动。要重新生成的，请先移走，或用 -o 另写一个文件名。")
    try:
        publish.write_submission(path, book, references, unit=unit)
    except OSError as error:
        raise SettingError(f"不能写入 {path}（{why(error)}），文件可能正被打开。") from error
    tell(f"已生成空白申报表：{path}")
    return DONE


def _into(folder: Path, what: str, write: Callable[[Path], tuple[list[Path], list[Path]]]) -> int:
    """Write several workbooks into ``folder``, which is made where it is not there; tell how many."""
    if not folder.parent.is_dir():
        raise SettingError(f"找不到文件夹：{folder.parent}{perhaps_folder(folder.parent)}。请先建立该文件夹。")
    try:
        folder.mkdir(exist_ok=True)
        written, there = write(folder)
    except OSError as error:
        raise SettingError(f"不能写入 {folder}（{why(error)}），文件可能正被打开。") from error
    tell(f"已生成{what} {len(written)} 份：{folder}")
    if there:
        named = "、".join(path.name for path in there[:_NAMED]) + (" 等" if len(there) > _NAMED else "")
        tell(f"已有 {len(there)} 份没有改动（{named}）；要重新生成的，请先移走。")
    return DONE


_NAMED = 3
"""How many files or near names are told by name."""


def _listed(unit: str | None, references: "References") -> str | None:
    """The unit as 单位名录 calls it; one that it does not have is told with those whose names are near, and stays as it is."""
    from rapidfuzz import fuzz, process

    from flows.read import name_key

    if not unit or not unit.strip():
        return None
    names = {name_key(name): own for name, own in references.unit_names.items()}
    key = name_key(unit)
    if own := names.get(key):
        if own != unit:
            tell(f"“{unit}”在单位名录中的规范名称是“{own}”，已按规范名称写入。")
        return own
    if key in names:
        tell(f"【注意】单位名录中不止一个单位叫“{unit}”，请改用全称。")
        return unit
    found = process.extract(
        key, [name for name, own in names.items() if own], scorer=fuzz.ratio, score_cutoff=_NEAR, limit=20
    )
    near = [*dict.fromkeys(str(names[name]) for name, _, _ in found)][:_NAMED]
    like = f"，相近的有：{'、'.join(near)}" if near else ""
    tell(f"【注意】单位名录中没有“{unit}”{like}。申报表仍按所写名称生成。")
    return unit


_NEAR = 50
"""How alike a name must be, out of 100, to be told as near."""
