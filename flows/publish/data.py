"""``数据/``: the plan, the findings and the filings for other programs, as Parquet and CSV, with what each column is.

Both have the columns and the rows of the view, in its order, by their names in code. Parquet is exact, and each column carries its
Chinese title. CSV (UTF-8 with BOM, RFC 4180) may be opened in an office program, which takes some texts for formulas: one that begins
like a formula, or with an apostrophe, has an apostrophe before it (see :data:`GUARDED`), which a program takes away again.
"""

from collections.abc import Callable
from functools import cache as remembered
from functools import partial
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyarrow import csv

from flows.cache import UNLIKE, Alike
from flows.publish.night import View
from flows.publish.workbook import LIKE_A_FORMULA
from schemas.columns import Column
from schemas.datasets import DATASETS, DICTIONARY, FOLDER, UNITS, Dataset
from schemas.form import Form

_BOM = "\ufeff".encode()
_APOSTROPHE = "'"
GUARDED = (*(sign for sign in LIKE_A_FORMULA if not sign.isspace()), _APOSTROPHE)
"""How a text begins, after what is blank, that has an apostrophe before it in CSV."""

_TYPES = {
    "text": pa.string(),
    "whole": pa.int64(),
    "number": pa.float64(),
    "date": pa.date32(),
    "flag": pa.bool_(),
}
"""Kind of a column → its type; other kinds are texts."""
_TYPES_TOLD = {
    pa.string(): "文字",
    pa.int64(): "整数",
    pa.float64(): "数值",
    pa.date32(): "日期（年-月-日）",
    pa.bool_(): "是否（true、false）",
}
_HEAD = ("file", "column", "title", "type", "unit", "meaning")
_ABOUT_HEAD = {
    "file": "数据文件的名称（.csv 和 .parquet 各一份）；column 为空的一行说明一行是什么",
    "column": "栏目名，与数据库视图的相同",
    "title": "中文名称",
    "type": "类型",
    "unit": "数的单位",
    "meaning": "含义。CSV 中以 = + - @（含全角）或 ' 开头的文字（不计其前空白）前加了一个 '，以免成为公式；读入时去掉，Parquet 中没有",
}


def write_data(staging: Path, view: View, form: Form, alike: Alike = UNLIKE) -> None:
    """Write the tables and what their columns are into the folder ``数据`` of ``staging``; what nights ``alike`` have written is not
    made again."""
    folder = staging / FOLDER
    folder.mkdir(parents=True)
    schemas: dict[str, pa.Schema] = {}
    for dataset in DATASETS:
        table = remembered(partial(_as_table_of, view, dataset, form, schemas))
        alike.file(folder / f"{dataset.name}.parquet", partial(_write_parquet, table))
        alike.file(folder / f"{dataset.name}.csv", partial(_write_csv, table))
    alike.file(folder / f"{DICTIONARY}.csv", partial(_write_csv, partial(_dictionary, view, form, schemas)))


def _as_table_of(view: View, dataset: Dataset, form: Form, schemas: dict[str, pa.Schema]) -> pa.Table:
    """The table of ``dataset``, whose schema is noted among the ``schemas``."""
    table = as_table(view(dataset.view), dataset, form)
    schemas[dataset.name] = table.schema
    return table


def _dictionary(view: View, form: Form, schemas: dict[str, pa.Schema]) -> pa.Table:
    """What each column of each table is; ``schemas`` those of tables that were made."""
    described = [dict.fromkeys(_HEAD, None) | {"file": DICTIONARY, "meaning": "一行一个栏目"}]
    described += [_row(DICTIONARY, pa.field(name, pa.string()), name, about) for name, about in _ABOUT_HEAD.items()]
    for dataset in DATASETS:
        schema = schemas.get(dataset.name) or _as_table_of(view, dataset, form, schemas).schema
        described.append(dict.fromkeys(_HEAD, None) | {"file": dataset.name, "meaning": dataset.row})
        described += [_described(dataset.name, field) for field in schema]
    return pa.Table.from_pylist(described, pa.schema([(name, pa.string()) for name in _HEAD]))


def as_table(frame: pd.DataFrame, dataset: Dataset, form: Form) -> pa.Table:
    """``frame``, the rows of the view of ``dataset``, each column of the type of its kind and with its title, its unit and its
    meaning as metadata."""
    known = dataset.described(form)
    fields = [_field(known[name]) if name in known else _undescribed(frame, name) for name in frame.columns]
    schema = pa.schema(fields)
    return pa.Table.from_pandas(frame, schema=schema, preserve_index=False).replace_schema_metadata()


def _field(column: Column) -> pa.Field:
    about = {"title": column.title, "unit": UNITS.get(column.name, ""), "meaning": column.doc}
    return pa.field(column.name, _TYPES.get(column.kind, pa.string()), metadata=about)


def _undescribed(frame: pd.DataFrame, name: str) -> pa.Field:
    """A column that nobody has described yet: a night does not fail for that."""
    return pa.Schema.from_pandas(frame[[name]]).field(name).with_metadata({"title": name, "unit": "", "meaning": ""})


def _described(file: str, field: pa.Field) -> dict[str, str | None]:
    about = {key.decode(): value.decode() for key, value in field.metadata.items()}
    return _row(file, field, about["title"], about["meaning"], about["unit"])


def _row(file: str, field: pa.Field, title: str, meaning: str, unit: str = "") -> dict[str, str | None]:
    told = (file, field.name, title, _TYPES_TOLD.get(field.type, str(field.type)), unit, meaning)
    return dict(zip(_HEAD, told, strict=True))


def _write_parquet(made: Callable[[], pa.Table], path: Path) -> None:
    pq.write_table(made(), path, compression="zstd")


def _write_csv(made: Callable[[], pa.Table], path: Path) -> None:
    table = made()
    texts = {field.name for field in table.schema if field.type == pa.string()}
    safe = pa.table({name: guarded(table[name]) if name in texts else table[name] for name in table.column_names})
    with path.open("wb") as file:
        file.write(_BOM)
        csv.write_csv(safe, file)


def guarded(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """``texts`` as an office program takes them for texts."""
    begins = pc.utf8_slice_codeunits(texts, 0, 1)
    if pc.any(pc.utf8_is_space(begins)).as_py():  # few texts begin with a blank, and to trim them takes long
        begins = pc.utf8_slice_codeunits(pc.utf8_ltrim_whitespace(texts), 0, 1)
    risky = pc.is_in(begins, value_set=pa.array(GUARDED))
    if not pc.any(risky).as_py():
        return texts
    return pc.if_else(risky, pc.binary_join_element_wise(_APOSTROPHE, texts, ""), texts)
