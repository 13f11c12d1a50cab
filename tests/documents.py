"""The pages in ``docs/`` that are made from the code: ``python -m tests.documents`` writes them anew."""

from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from flows.rulebook import coverage, markdown
from schemas.columns import COUNTRY, INSTITUTION, LAST_YEAR, QUOTA, UNIT, Column
from schemas.datasets import DATASETS, DICTIONARY, FOLDER, UNITS
from schemas.sheets import WORKBOOKS, Sheet
from schemas.sureness import load_measured
from schemas.yearbook import load_yearbook, years_with_notice
from tests.licences import licences_page
from tests.warehouses import lay_out

DOCS = Path(__file__).resolve().parents[1] / "docs"

_BOOK = load_yearbook(years_with_notice()[-1])
"""The pages are of the newest year."""

_SHEETS: tuple[tuple[str, tuple[Column, ...]], ...] = (
    (f"申报表“{_BOOK.form.filing_sheet}”", _BOOK.form.filing),
    (f"申报表“{_BOOK.form.participant_sheet}”", _BOOK.form.participant),
    ("单位名录.xlsx", UNIT),
    ("境外机构名录.xlsx", INSTITUTION),
    ("国家地区.xlsx", COUNTRY),
    ("上年项目.xlsx", LAST_YEAR),
    ("指标控制数.xlsx", QUOTA),
)


def columns_page() -> str:
    """Every column of every workbook that the project reads, as Markdown."""
    vocabularies = _BOOK.notice.vocabularies
    parts = ["# Columns", "", f"Made by `make docs` from `schemas/columns.py` and the form and notice of {_BOOK.year}."]
    for name, columns in _SHEETS:
        rows = ((c.name, c.title, c.kind, _asked(c), c.doc + _words(vocabularies, c)) for c in columns)
        parts += ["", f"## {name}", "", *_table(("column", "title", "kind", "required", "what"), rows)]
    return "\n".join(parts) + "\n"


def _asked(column: Column) -> str:
    return "yes" if column.required else f"for {'、'.join(column.required_for)}" if column.required_for else "no"


def _words(vocabularies: dict[str, tuple[str, ...]], column: Column) -> str:
    return "：" + "、".join(vocabularies[column.vocabulary]) if column.vocabulary else ""


def _table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    def line(cells: Iterable[str]) -> str:
        return "| " + " | ".join(cells) + " |"

    titles = list(header)
    return [line(titles), line("---" for _ in titles), *(line(row) for row in rows)]


def rules_page() -> str:
    """Every clause of the 2020 notice and what looks after it, as ``huizong rules`` says it."""
    notice = _BOOK.notice
    return markdown(notice, coverage(notice, measured=load_measured(notice.year)))


def sheets_page() -> str:
    """Every sheet of the workbooks that the program writes, as Markdown."""
    parts = [
        "# Sheets",
        "",
        "Made by `make docs` from `schemas/sheets/`; `made`: by the workbook itself, not in the view.",
    ]
    for workbook, sheets in WORKBOOKS.items():
        parts += ["", f"## {workbook}"]
        for sheet in sheets:
            rows = ((c.name, c.title, c.kind, "made" if c.name in sheet.made else "", c.doc) for c in sheet.columns)
            table = _table(("column", "title", "kind", "", "what"), rows)
            parts += ["", f"### {sheet.name}", "", f"{sheet.row}。View `{sheet.view}`{_read_back(sheet)}.", "", *table]
    return "\n".join(parts) + "\n"


def _read_back(sheet: Sheet) -> str:
    if sheet.decides:
        return f"; read back: {'、'.join(sheet.title(name) for name in sheet.entries)} decide about a {sheet.decides}"
    return "; read back as what was decided earlier" if sheet.tells else ""


def data_page() -> str:
    """Every table that other programs get of a night, as Markdown."""
    parts = [
        "# Data for other programs",
        "",
        f"Made by `make docs` from `schemas/datasets.py` and the form of {_BOOK.year}. A night writes each table into "
        f"`outputs/<year>/{FOLDER}/` as `.parquet` and `.csv`, with the columns and rows of its view, and `{DICTIONARY}.csv` with "
        "what follows. Parquet is exact, and its columns carry title, unit and meaning as metadata. CSV is UTF-8 with BOM and "
        "RFC 4180; a text that begins like a formula, or with `'`, has one `'` before it, which a program takes away.",
    ]
    for dataset in DATASETS:
        known = dataset.described(_BOOK.form)
        columns = (known[name] for name in _columns_of(dataset.view))
        rows = ((c.name, c.title, c.kind, UNITS.get(c.name, ""), c.doc) for c in columns)
        table = _table(("column", "title", "kind", "unit", "what"), rows)
        parts += ["", f"## {dataset.name}", "", f"{dataset.row}。View `{dataset.view}`.", "", *table]
    return "\n".join(parts) + "\n"


def _columns_of(view: str) -> list[str]:
    """The columns of a view of the warehouse."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "warehouse.duckdb"
        lay_out(path)
        with duckdb.connect(path, read_only=True) as connection:
            return connection.table(view).columns


PAGES: dict[str, Callable[[], str]] = {
    "columns.md": columns_page,
    "data.md": data_page,
    "licences.md": licences_page,
    "rules.md": rules_page,
    "sheets.md": sheets_page,
}
"""File in ``docs/`` → what it says today."""


def main() -> None:
    """Write every page."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
