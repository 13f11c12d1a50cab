"""The reference workbooks that the provincial office keeps, as tables and as name indexes."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook

from flows.errors import SettingError
from schemas.columns import REFERENCES, Column
from schemas.tables import DTYPES, TEXT, Countries, DataFrame, Frame, Institutions, LastYearProjects, Units

SEPARATORS = r"[、,，;；\n]"

SCHEMAS: dict[str, type[Frame]] = {
    "units": Units,
    "institutions": Institutions,
    "countries": Countries,
    "last_year": LastYearProjects,
}
"""The reference workbooks: table name → schema."""


@dataclass(frozen=True)
class References:
    """The four reference tables: one row a unit, an institution, a country, an approved project of last year."""

    units: DataFrame[Units]
    institutions: DataFrame[Institutions]
    countries: DataFrame[Countries]
    last_year: DataFrame[LastYearProjects]

    @cached_property
    def unit_names(self) -> dict[str, str]:
        """Every name and alias of a unit → its name in 单位名录."""
        return _names(self.units, "unit", "aliases")

    @cached_property
    def institution_names(self) -> dict[str, str]:
        """Every name, foreign name and alias of an institution → its name in 境外机构名录."""
        return _names(self.institutions, "institution", "foreign_name", "aliases")

    @cached_property
    def country_names(self) -> dict[str, str]:
        """Every name of a country → its name in 国家地区."""
        return _names(self.countries, "country", "aliases")


def load_references(folder: Path) -> References:
    """Read the four workbooks in ``folder``.

    Raises:
        SettingError: a workbook or a column is missing, or a required cell is empty or unreadable.
    """
    return References(**{table: _load(folder / name, columns, table) for table, (name, columns) in REFERENCES.items()})


def _names(table: pd.DataFrame, name: str, *others: str) -> dict[str, str]:
    names: dict[str, str] = {}
    for other in others:
        split = table[[name, other]].dropna().assign(**{other: lambda t, o=other: t[o].str.split(SEPARATORS)})
        exploded = split.explode(other)
        exploded[other] = exploded[other].str.strip()
        names |= {alias: full for full, alias in exploded.itertuples(index=False) if alias}
    return names | {full: full for full in table[name]}


def _load(path: Path, columns: tuple[Column, ...], table: str) -> pd.DataFrame:
    if not path.is_file():
        raise SettingError(f"缺少参考表：{path.name}（应在 {path.parent}）。")
    try:
        with CalamineWorkbook.from_path(path) as workbook:
            rows = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, OSError) as error:
        raise SettingError(f"参考表 {path.name} 打不开：{error}。请用 Excel 另存为 xlsx 后再放回。") from error
    wanted = {column.title for column in columns}
    header = next((i for i, row in enumerate(rows) if len(wanted & {str(v).strip() for v in row}) >= 2), None)
    if header is None:
        raise SettingError(f"参考表 {path.name} 没有表头行，应有的栏目：{'、'.join(c.title for c in columns)}。")
    position = {str(title).strip(): i for i, title in enumerate(rows[header])}
    missing = [column.title for column in columns if column.title not in position]
    if missing:
        raise SettingError(f"参考表 {path.name} 缺少栏目：{'、'.join(missing)}。")
    kept = [(header + 2 + i, row) for i, row in enumerate(rows[header + 1 :]) if any(str(v).strip() for v in row)]
    frame = pd.DataFrame(
        {column.name: pd.Series([row[position[column.title]] for _, row in kept], dtype=object) for column in columns}
    )
    for column in columns:
        frame[column.name] = _as_kind(frame[column.name], column, path.name, [number for number, _ in kept])
    return SCHEMAS[table].validate(frame)


def _as_kind(values: pd.Series, column: Column, workbook: str, rows: list[int]) -> pd.Series:
    text = values.map(lambda v: str(int(v)) if isinstance(v, float) and v.is_integer() else str(v).strip())
    text = text.where(text != "", None).astype(TEXT)
    dtype = DTYPES[column.kind]
    if column.kind == "flag":
        read = text.map({"是": True, "否": False, "有": True, "无": False}).astype("boolean")
    elif column.kind in ("whole", "number"):
        read = pd.to_numeric(text, errors="coerce").astype(dtype)
    else:
        read = text
    bad = (text.notna() & read.isna()) | (text.isna() & column.required)
    if bad.any():
        first = int(bad.to_numpy().argmax())
        shown = "为空" if pd.isna(text.iloc[first]) else f"“{text.iloc[first]}”无法识别"
        raise SettingError(f"参考表 {workbook} 第 {rows[first]} 行“{column.title}”{shown}，请更正。")
    return read
