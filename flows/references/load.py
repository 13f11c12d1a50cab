"""From the folder of the reference workbooks to the registers."""

import os
import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from flows.errors import AwayError, SettingError, why
from flows.read import Failure, read_behind_wall
from flows.references import fit, problems, quotas
from flows.references.entries import Entries
from flows.references.names import settle_names
from flows.references.registers import SCHEMAS, References
from flows.references.workbook import Register, RegisterReader, Workbook
from flows.settings import ReadLimits, Settings, state_folder
from schemas.columns import OPTIONAL_REFERENCES, REFERENCES, Column
from schemas.tables import DTYPES

_NEEDED = ("units", "countries")
"""Without a row of these every filing would be told that its unit or country is none."""

_STRANGERS = (
    ("institutions", "country", "countries", "该机构所在国家（地区）按所写文字处理。"),
    ("last_year", "country", "countries", "该项目不计入热点国家的统计。"),
    ("last_year", "organiser", "units", "该项目不计入任何单位的上年执行情况。"),
    ("last_year", "institution", "institutions", "本年申报的机构按所写名称与它比较。"),
)
"""Table and column whose names another table should have, and what comes of one that it has not."""

_SAVE_AGAIN = "请用 Excel 或 WPS 打开检查（有密码的请取消密码），另存为 xlsx 后再放回。"


def load_references(
    folder: Path,
    limits: ReadLimits = ReadLimits(),  # noqa: B008 it never changes
    state: Path | None = None,
    classes: Collection[str] | None = None,
) -> References:
    """Read the four workbooks in ``folder``, and 指标控制数 where it is there, within ``limits``; ``state`` is the folder of the log of
    errors, ``classes`` are the priority classes of the year's notice, without which any name of a class is taken.

    Raises:
        SettingError: a workbook is missing, cannot be read, or has no header or not all required columns.
        NightError: no process can be started to read them.
    """
    state = state or state_folder()
    settings = Settings(0, folder.parent, folder.parent, state, workers=1, limits=limits)  # reading asks for no year
    there = {table: own for table, own in OPTIONAL_REFERENCES.items() if os.path.lexists(folder / own[0])}
    sought = REFERENCES | there
    asked = [Workbook(_place(folder / name), columns) for name, columns in sought.values()]
    read = read_behind_wall(RegisterReader(), asked, settings)
    found = {
        table: _usable(name, columns, given, needed=table in _NEEDED)
        for (table, (name, columns)), given in zip(sought.items(), read, strict=True)
    }
    tables = {table: Entries(table, *own, found[table]) for table, own in REFERENCES.items()}
    for register in tables.values():
        settle_names(register)
    fit.settle_regions(tables["units"])
    fit.settle_figures(tables["last_year"])
    doubts = tuple(doubt for register in tables.values() for doubt in register.doubts)
    nameless = tuple(row for register in tables.values() for row in register.nameless)
    frames = {table: _frame(register) for table, register in tables.items()}
    references = References(**frames, doubts=doubts, nameless=nameless)
    _tell_strangers(tables, references)
    told = [problem for register in tables.values() for problem in register.problems]
    if "quotas" in there:
        numbers = quotas.entries_of(there["quotas"], found["quotas"])
        settled = quotas.settle(numbers, references.unit_names, classes)
        references, told = replace(references, quotas=settled), [*told, *numbers.problems]
    return references.telling(problems.table(told))


def _tell_strangers(tables: Mapping[str, Entries], references: References) -> None:
    """Tell of names in one workbook that another one should have and has not."""
    known = {
        "units": references.unit_names,
        "institutions": references.institution_names,
        "countries": references.country_names,
    }
    for table, column, asked, effect in _STRANGERS:
        fit.tell_strangers(tables[table], column, known[asked], REFERENCES[asked][0], effect)


def _place(path: Path) -> Path:
    """Where a workbook is, links followed: the office may keep its registers elsewhere."""
    try:
        if path.is_file():
            return path.resolve()
    except OSError as error:
        raise AwayError(f"参考表 {path.name} 打不开（{why(error)}），请检查 {path.parent} 的权限。") from error
    raise AwayError(f"缺少参考表：{path.name}（应在 {path.parent}）。")


def _usable(name: str, columns: tuple[Column, ...], given: Register | Failure, *, needed: bool) -> Register:
    """The table of a workbook, if it is one to work with."""
    if isinstance(given, Failure):
        raise SettingError(f"参考表 {name} 打不开：{_cause(given.reason)}。{_SAVE_AGAIN}")
    if given.trouble:
        raise SettingError(f"参考表 {name} 打不开：{_cause(given.trouble)}。{_SAVE_AGAIN}")
    if not given.header:
        raise SettingError(f"参考表 {name} 没有表头行，应有的栏目：{'、'.join(c.title for c in columns)}。")
    if missing := [column.title for column in columns if column.required and column.title not in given.header]:
        raise SettingError(f"参考表 {name} 缺少栏目：{'、'.join(missing)}。")
    if needed and not given.rows:
        raise SettingError(f"参考表 {name} 的表头下没有任何一行，请放入完整的参考表。")
    return given


def _cause(reason: str) -> str:
    """What is wrong with a file, without what an office should do about its submission."""
    return re.split("。|，请", reason)[0]


def _frame(register: Entries) -> pd.DataFrame:
    values = {
        column.name: pd.Series([entry.values[column.name] for entry in register.entries], dtype=DTYPES[column.kind])
        for column in register.columns
    }
    return SCHEMAS[register.table].validate(pd.DataFrame(values))
