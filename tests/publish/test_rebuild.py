"""A file of another kind is sent back with the same layout, which says so."""

import io
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl import load_workbook

from flows.publish import write_submission
from flows.publish.returned.letter import AUTHOR
from flows.read import read
from flows.references import References
from schemas.sheets import LETTER
from schemas.tables import Countries, Institutions, LastYearProjects, Units, empty
from tests import frames
from tests.publish.cases import RED, UNIT, Office
from tests.year import BOOK, FILING

pytestmark = pytest.mark.slow

NOTICE = BOOK.notice
NOBODY = References(empty(Units), empty(Institutions), empty(Countries), empty(LastYearProjects))
ROWS = [{**frames.VALID, "seq": 1}, {**frames.VALID, "seq": 2, "otm_no": "OTM2", "headcount": 25, "budget": 33.5}]


def _table() -> list[list[object]]:
    titles = [column.title for column in FILING]
    words = {True: "是", False: "否"}
    values = [[words.get(v, v) if isinstance(v := row.get(c.name), bool) else v for c in FILING] for row in ROWS]
    return [["2020 年申报表"], [f"填报单位：{UNIT}"], titles, *values]


def as_xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("项目申报")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for r, row in enumerate(_table()):
        for c, value in enumerate(row):
            if value is not None:
                sheet.write(r, c, value, day) if isinstance(value, date) else sheet.write(r, c, value)
    sheet.write_merge(6, 6, 0, 3, "合并的说明")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_ods() -> bytes:
    document = OpenDocumentSpreadsheet()
    table = Table(name="项目申报")
    for row in _table():
        line = TableRow()
        for value in row:
            if isinstance(value, int | float):
                cell = TableCell(valuetype="float", value=value)
            elif isinstance(value, date):
                cell = TableCell(valuetype="date", datevalue=value.isoformat())
            else:
                cell = TableCell(valuetype="string")
            if value is not None:
                cell.addElement(P(text=str(value)))
            line.addElement(cell if value is not None else TableCell())
        table.addElement(line)
    document.spreadsheet.addElement(table)
    stream = io.BytesIO()
    document.write(stream)
    return stream.getvalue()


def as_csv() -> bytes:
    lines = [",".join("" if v is None else f'"{v}"' for v in row) for row in _table()]
    return "\r\n".join(lines).encode("gb18030")


def as_html() -> bytes:
    rows = "".join("<tr>" + "".join(f"<td>{'' if v is None else v}</td>" for v in row) + "</tr>" for row in _table())
    return f'<html><meta charset="utf-8"><table>{rows}</table></html>'.encode()


@pytest.mark.parametrize(
    ("name", "make"),
    [("表.xls", as_xls), ("表.et", as_xls), ("表.ods", as_ods), ("表.csv", as_csv), ("表.xls", as_html)],
)
def test_other_kinds_keep_their_layout_and_say_so(office, name, make):
    path = f"2020/成都市/{name}"
    office.file(path, make())
    before = read([path], office.settings, BOOK, NOBODY).filings
    assert len(before) == 2
    office.find(path, sheet=before["sheet"][0], cell="M5", message="申报人数 25 人。")
    (copy,) = office.back().values()
    assert copy.name == "表.xlsx"
    book = load_workbook(copy)
    assert any("不是 xlsx 格式" in str(cell.value) for row in book[LETTER.name] for cell in row)
    sheet = book[before["sheet"][0]]
    assert sheet["M5"].comment.text.startswith(f"{AUTHOR}：\n【退回修改】")
    assert sheet["M5"].fill.fgColor.rgb == f"FF{RED}"
    for one in book:
        assert all(one.row_dimensions[row[0].row].height for row in one.iter_rows()), (
            "no program needs to guess a height"
        )
    again = _dropped_again(office, copy)
    values = [column.name for column in FILING]
    pd.testing.assert_frame_equal(again[values], before[values])
    assert again["row"].tolist() == before["row"].tolist()


def test_a_marked_copy_reads_as_the_original(office, tmp_path):
    original = tmp_path / "甲.xlsx"
    write_submission(original, BOOK, None, unit=UNIT, filings=ROWS)
    office.file("2020/成都市/甲.xlsx", original.read_bytes())
    before = read(["2020/成都市/甲.xlsx"], office.settings, BOOK, NOBODY).filings
    office.find("2020/成都市/甲.xlsx", cell="M5")
    (copy,) = office.back().values()
    again = _dropped_again(office, copy)
    pd.testing.assert_frame_equal(again.drop(columns=["file", "filing_id"]), before.drop(columns=["file", "filing_id"]))


def _dropped_again(office: Office, copy: Path) -> pd.DataFrame:
    """The filings of a copy that is dropped into ``inputs`` again."""
    (office.settings.inputs / "2020" / "再报.xlsx").write_bytes(copy.read_bytes())
    readings = read(["2020/再报.xlsx"], office.settings, BOOK, NOBODY)
    assert readings.files["status"].tolist() == ["read"]
    assert LETTER.name not in set(readings.filings["sheet"])
    return readings.filings
