"""The cells without a value, and those that reading remarked upon."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from flows.lineage import CellsOf
from flows.validate.tables.rows import CellRows, RemarkRows
from schemas.columns import Column
from schemas.notice import Notice
from schemas.tables import DataFrame, empty
from schemas.words import NO_CELL

_PLACE = ["file", "sheet", "unit", "filing_id", "subject"]
_KEY = ["file", "sheet", "cell", "column"]
_EXPECTED = {
    "whole": "整数，例如 15",
    "number": "数字，例如 60.5",
    "date": "日期，例如 {year}-05-11",
    "flag": "“是”或“否”",
    "text": "文字",
    "unit": "单位名录中的单位",
    "country": "国家（地区）名称",
    "institution": "境外机构名称",
}
_NUMBERS = ("otm_no", "letter_no", "phone")
"""Texts that a program takes for figures, and shortens."""


def without_value(rows: pd.DataFrame, cells: CellsOf, columns: Iterable[Column], notice: Notice) -> list[pd.DataFrame]:
    """The cells of ``rows`` that have no value, a frame a column: nothing in them, or nothing that could be read. A column
    that the sheet does not have has no cells."""
    places = rows[_PLACE]
    found: list[pd.DataFrame] = []
    for column in columns:
        bare = rows[column.name].isna()
        if not bare.any():
            continue
        cell = cells.cell(column.name)
        missing = bare & cell.ne(NO_CELL)
        if missing.any():
            value = cells.at(np.flatnonzero(missing)).filed(column.name)
            found.append(
                places[missing].assign(
                    column=column.name,
                    title=column.title,
                    doc=column.doc,
                    required=column.required,
                    cell=cell[missing],
                    value=value,
                    blank=value.isna() | value.str.strip().isin(notice.form.says_nothing),
                    expected=_expected(column, notice),
                    training_type=rows["training_type"][missing] if "training_type" in rows else None,
                )
            )
    return found


def remarked_upon(found: list[pd.DataFrame], remarks: DataFrame[RemarkRows], others_too: bool) -> DataFrame[CellRows]:
    """The cells ``found`` without a value, with what reading remarked of them in ``remarks``, and (``others_too``) the
    other cells that it remarked upon."""
    if not found and remarks.empty:
        return empty(CellRows)
    if remarks.empty:
        cells = pd.concat([empty(CellRows), *found], ignore_index=True)
        return CellRows.validate(cells.astype(CellRows.dtypes()))
    bare = empty(CellRows).drop(columns=["remark", "detail"])
    cells = pd.concat([bare, *found], ignore_index=True)
    said = remarks.rename(columns={"kind": "remark", "value": "remarked"}).drop_duplicates(_KEY)
    cells = cells.merge(said[[*_KEY, "remark", "remarked", "detail"]], on=_KEY, how="left", validate="m:1")
    cells["value"] = cells["value"].fillna(cells["remarked"])
    cells = cells.drop(columns="remarked")
    if others_too:
        there = pd.MultiIndex.from_frame(remarks[_KEY]).isin(pd.MultiIndex.from_frame(cells[_KEY]))
        others = remarks[~there].rename(columns={"kind": "remark"}).assign(required=False, blank=False)
        cells = pd.concat([cells, others], ignore_index=True)
    return CellRows.validate(cells.astype(CellRows.dtypes()))


def how_empty(cells: DataFrame[CellRows], notice: Notice) -> pd.DataFrame:
    """``empty``: that nothing is filled in, or what is and says nothing."""
    said = ("填的是“" + cells["value"] + "”，等于没有填写").fillna("未填写")
    return pd.DataFrame({"empty": said.mask(cells["remark"].eq("picture"), "一格里只有图片，没有文字，等于没有填写")})


def _expected(column: Column, notice: Notice) -> str:
    words = "、".join(notice.vocabularies.get(column.vocabulary or "", ()))
    by_kind = {"choice": f"以下各词之一：{words}", "choices": f"以下各词，多项用“、”分隔：{words}"}
    if column.name in _NUMBERS:
        return "完整的编号或号码，单元格设为文本格式"
    return (_EXPECTED | by_kind)[column.kind].format(year=notice.year)
