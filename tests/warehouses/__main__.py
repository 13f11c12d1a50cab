"""Write the newest version's warehouse into this folder: two nights and a decision (see :mod:`tests.warehouses`)."""

import shutil
import sys
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from openpyxl import load_workbook

from tests.nights import INPUTS, STARTED, night
from tests.warehouses import FILES, FOLDER, dump


def record(version: int) -> None:
    """Two nights over :data:`FILES`; the reviewer agrees to the first held finding between them."""
    file = FOLDER / f"{version}.sql"
    if file.exists():
        sys.exit(
            f"{file.name} stands for the warehouses that version {version} has left; a new layout needs a new migration"
        )
    with TemporaryDirectory() as folder:
        inputs, outputs = Path(folder) / "inputs", Path(folder) / "outputs"
        shutil.copytree(INPUTS / "reference", inputs / "reference")
        for path in FILES:
            (inputs / "2020" / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(INPUTS / "2020" / path, inputs / "2020" / path)
        night(inputs, outputs)
        agree(outputs / "2020" / "异常清单.xlsx")
        night(inputs, outputs, STARTED + timedelta(days=1))
        with duckdb.connect(outputs / "warehouse.duckdb", read_only=True) as connection:
            file.write_text(dump(connection), "utf-8")


def agree(path: Path) -> None:
    """Fill the three columns of the first finding that is held."""
    book = load_workbook(path)
    rows = [list(row) for row in book["问题清单"].iter_rows()]
    header = next(place for place, row in enumerate(rows) if any(cell.value == "编号" for cell in row))
    column = {cell.value: place for place, cell in enumerate(rows[header])}
    held = next(row for row in rows[header + 1 :] if row[column["级别"]].value == "待核")
    for title, value in (("处理意见", "同意"), ("处理说明", "已核实"), ("处理人", "评审一")):
        held[column[title]].value = value
    book.save(path)


if __name__ == "__main__":
    from flows.warehouse.layout import NEWEST

    record(NEWEST)
