"""The tables that an Excel workbook says it has: which of their rows are totals, and what these sum."""

import re

from flows.read.formats.package import Package
from flows.read.formats.refusal import Unreadable
from flows.read.formats.relations import relations
from flows.read.formats.safe_xml import parse
from flows.read.formats.xlsx_marks import column_number

_LAST_CELL = re.compile(r"([A-Z]{1,3})[0-9]+:[A-Z]{1,3}([0-9]+)")


def table_totals(package: Package, sheet: str, xml: bytes) -> dict[int, frozenset[int]]:
    """The rows of totals of the tables on the sheet at ``sheet``, whose content is ``xml``: row → the columns that it sums.
    What is broken about a table costs the sheet nothing."""
    if b"<tablePart" not in xml:
        return {}
    try:
        return _totals(package, sheet)
    except Unreadable:
        return {}


def _totals(package: Package, sheet: str) -> dict[int, frozenset[int]]:
    found: dict[int, frozenset[int]] = {}
    for path, kind in relations(package, sheet).values():
        if kind != "table" or path not in package:
            continue
        table = parse(package.read_xml(path))
        area = _LAST_CELL.fullmatch(table.get("ref", ""))
        if area is None or table.get("totalsRowCount", "0") == "0":
            continue
        first = column_number(area[1].encode())
        columns = table.iterfind("{*}tableColumns/{*}tableColumn")
        found[int(area[2])] = frozenset(
            first + place for place, column in enumerate(columns) if column.get("totalsRowFunction") == "sum"
        )
    return found
