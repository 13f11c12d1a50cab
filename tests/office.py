"""A real office program at the reviewer's desk: LibreOffice opens a workbook, types into it, sorts, filters, saves.

Imported, it starts LibreOffice's own Python with this file as the script; run as a script, it talks to the office
program and needs nothing of the project.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Timer
from traceback import format_exc

FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xls": "MS Excel 97",
    ".ods": "calc8",
    ".fods": "OpenDocument Spreadsheet Flat XML",
}
"""How LibreOffice names the formats it saves in, by suffix."""

SECONDS = 180
"""How long it may take over one workbook."""


def python_with_uno(soffice: str) -> str | None:
    """A Python that can talk to LibreOffice: the system's, or the one that came with it."""
    beside = Path(soffice).resolve().parent / "python"
    for candidate in (shutil.which("python3", path="/usr/bin:/bin"), str(beside), sys.executable):
        if (
            candidate
            and subprocess.run([candidate, "-c", "import uno"], capture_output=True, check=False).returncode == 0
        ):
            return candidate
    return None


class Office:
    """LibreOffice at work: started when it is first needed, ended by :meth:`close`."""

    def __init__(self, soffice: str, python: str) -> None:
        self._command = [python, __file__, soffice]
        self._desk: subprocess.Popen[str] | None = None

    def work(self, path: Path, steps: Sequence[list], save_as: Path | None = None) -> list:
        """Open ``path``, do ``steps`` and save; what the steps gave.

        It is saved as ``save_as`` where given, in the format of its suffix.

        Steps: ``["type", 编号, 处理意见, 处理说明, 处理人, 给单位的话]``, ``["key", …]`` the same as keys are pressed, so that what
        begins with = becomes a formula, ``["retitle", sheet, title, new]``, ``["set", sheet, cell, value]``,
        ``["get", sheet, cell]``, ``["sort", sheet, title, descending]``, ``["filter", sheet, title, value]``,
        ``["widen", sheet]``, ``["delete", 编号]``, ``["sheets"]``, ``["fill", sheet, {cell: value}]`` (what may not be typed in a
        protected sheet fails), ``["table", sheet, range, rows]`` the same of many cells, ``["insert", sheet, row]``,
        ``["formula", sheet, cell, formula]``, ``["recalculate"]``, ``["read", sheet, range]`` what cells hold, row by row.
        """
        name = save_as or path
        asked = {"path": str(path), "steps": steps, "save_as": str(name), "kind": FILTERS[name.suffix]}
        answer = self._ask(json.dumps(asked))
        assert "given" in answer, answer
        return answer["given"]

    def close(self) -> None:
        """End LibreOffice."""
        if self._desk:
            self._desk.communicate(timeout=60)
            self._desk = None

    def _ask(self, line: str) -> dict:
        if self._desk is None:
            self._desk = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
            )
        desk = self._desk
        assert desk.stdin is not None
        assert desk.stdout is not None
        too_long = Timer(SECONDS, desk.kill)
        too_long.start()
        try:
            print(line, file=desk.stdin, flush=True)
            said = desk.stdout.readline()
        finally:
            too_long.cancel()
        if not said:
            self._desk = None
        return json.loads(said or "{}")


def main(soffice: str) -> None:
    """Do what each line asks in an office program of our own, which ends with the last."""
    with _office(soffice) as desktop:
        for line in sys.stdin:
            try:
                answer = {"given": _work(desktop, json.loads(line))}
            except Exception:  # noqa: BLE001 - the test is told, and the next may go on
                answer = {"failed": format_exc()}
            print(json.dumps(answer), flush=True)


@contextmanager
def _office(soffice: str) -> Iterator:
    """The desktop of a LibreOffice with a profile of its own."""
    import uno
    from com.sun.star.connection import NoConnectException
    from com.sun.star.lang import DisposedException

    profile = tempfile.mkdtemp()
    pipe = f"desk{os.getpid()}"
    office = subprocess.Popen(
        [
            soffice,
            f"-env:UserInstallation=file://{profile}",
            f"--accept=pipe,name={pipe};urp;",
            *("--headless", "--norestore", "--nologo"),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    context = None
    for _ in range(600):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            break
        except NoConnectException:
            time.sleep(0.1)
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    try:
        yield desktop
    finally:
        with suppress(DisposedException):  # it may be gone before it can answer
            desktop.terminate()
        try:
            office.wait(30)
        except subprocess.TimeoutExpired:
            office.kill()
        shutil.rmtree(profile, ignore_errors=True)


def _work(desktop, asked: dict) -> list:
    import uno
    from com.sun.star.beans import PropertyValue

    def prop(name, value):
        made = PropertyValue()
        made.Name, made.Value = name, value
        return made

    url = uno.systemPathToFileUrl
    document = desktop.loadComponentFromURL(url(asked["path"]), "_blank", 0, (prop("Hidden", True),))
    try:
        given = [STEPS[name](document, prop, *arguments) for name, *arguments in asked["steps"]]
        document.storeToURL(url(asked["save_as"]), (prop("FilterName", asked["kind"]),))
    finally:
        document.close(True)
    return given


def used(sheet):
    """The filled area: cursor, its data as rows, the index of the header row and the titles in it."""
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    last = cursor.RangeAddress
    area = sheet.getCellRangeByPosition(0, 0, last.EndColumn, last.EndRow)
    rows = area.DataArray
    header = next((n for n, row in enumerate(rows) if "编号" in row and "处理意见" in row), None)
    return area, rows, header


def find(document, about):
    """The sheet, row and titles of the row with this 编号 where decisions are typed."""
    for sheet in document.Sheets:
        _, rows, header = used(sheet)
        if header is None or "是否有效" in rows[header]:
            continue
        place = rows[header].index("编号")
        for number, row in enumerate(rows):
            if number > header and row[place] == about:
                return sheet, number, list(rows[header])
    raise LookupError(about)


ENTRIES = ("处理意见", "处理说明", "处理人", "给单位的话")


def type_in(document, _, about, *words):
    """Fill the columns, as a person does: only where the sheet lets one."""
    sheet, row, titles = find(document, about)
    for title, word in zip(ENTRIES, words, strict=False):
        if word is not None:
            cell = sheet.getCellByPosition(titles.index(title), row)
            assert not (sheet.isProtected() and cell.CellProtection.IsLocked), title
            cell.String = word


def key_in(document, _, about, *words):
    """Fill the columns by keys: what begins with = is taken for a formula."""
    sheet, row, titles = find(document, about)
    for title, word in zip(ENTRIES, words, strict=False):
        if word is not None:
            sheet.getCellByPosition(titles.index(title), row).Formula = word


def retitle(document, _, name, title, new):
    sheet = document.Sheets.getByName(name)
    _, rows, header = used(sheet)
    sheet.unprotect("")
    sheet.getCellByPosition(rows[header].index(title), header).String = new


def sort(document, prop, name, title, descending):
    sheet = document.Sheets.getByName(name)
    area, rows, header = used(sheet)
    import uno
    from com.sun.star.table import TableSortField

    field = TableSortField()
    field.Field, field.IsAscending = rows[header].index(title), not descending
    was = sheet.isProtected()
    sheet.unprotect("")
    end = area.RangeAddress
    body = sheet.getCellRangeByPosition(0, header + 1, end.EndColumn, end.EndRow)
    fields = uno.Any("[]com.sun.star.table.TableSortField", (field,))
    body.sort((prop("SortFields", fields), prop("ContainsHeader", False)))
    if was:
        sheet.protect("")


def filter_rows(document, prop, name, title, value):
    sheet = document.Sheets.getByName(name)
    area, rows, header = used(sheet)
    from com.sun.star.sheet import TableFilterField
    from com.sun.star.sheet.FilterOperator import EQUAL

    end = area.RangeAddress
    body = sheet.getCellRangeByPosition(0, header, end.EndColumn, end.EndRow)
    described = body.createFilterDescriptor(True)
    described.ContainsHeader = True
    field = TableFilterField()
    field.Field, field.Operator, field.IsNumeric, field.StringValue = rows[header].index(title), EQUAL, False, value
    described.setFilterFields((field,))
    sheet.unprotect("")
    body.filter(described)


def widen(document, _, name):
    sheet = document.Sheets.getByName(name)
    for number in range(20):
        sheet.Columns.getByIndex(number).Width = 6000


def delete(document, _, about):
    sheet, row, _titles = find(document, about)
    sheet.unprotect("")
    sheet.Rows.removeByIndex(row, 1)


def put(document, _, name, cell, value):
    place = document.Sheets.getByName(name).getCellRangeByName(cell)
    if isinstance(value, str):
        place.String = value
    else:
        place.Value = value


def fill(document, _, name, values):
    """Type values into cells, as a person does: only where the sheet lets one."""
    sheet = document.Sheets.getByName(name)
    for cell, value in values.items():
        place = sheet.getCellRangeByName(cell)
        assert not (sheet.isProtected() and place.CellProtection.IsLocked), cell
        if isinstance(value, str):
            place.String = value
        else:
            place.Value = value


def table(document, _, name, cells, rows):
    """Type rows of values into a range of cells, none of which may be locked."""
    sheet = document.Sheets.getByName(name)
    place = sheet.getCellRangeByName(cells)
    assert not (sheet.isProtected() and place.CellProtection.IsLocked), cells
    place.DataArray = tuple(map(tuple, rows))


def insert(document, _, name, row):
    """Insert a row above that one (as Excel counts)."""
    document.Sheets.getByName(name).Rows.insertByIndex(row - 1, 1)


def formula(document, _, name, cell, said):
    document.Sheets.getByName(name).getCellRangeByName(cell).Formula = said


def read(document, _, name, cells):
    return document.Sheets.getByName(name).getCellRangeByName(cells).DataArray


STEPS = {
    "type": type_in,
    "key": key_in,
    "retitle": retitle,
    "sort": sort,
    "filter": filter_rows,
    "widen": widen,
    "delete": delete,
    "set": put,
    "fill": fill,
    "table": table,
    "insert": insert,
    "formula": formula,
    "read": read,
    "recalculate": lambda document, _: document.calculateAll(),
    "get": lambda document, _, name, cell: document.Sheets.getByName(name).getCellRangeByName(cell).String,
    "sheets": lambda document, _: [sheet.Name for sheet in document.Sheets],
}

if __name__ == "__main__":
    main(sys.argv[1])
