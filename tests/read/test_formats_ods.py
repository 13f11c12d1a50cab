"""OpenDocument spreadsheets: repeats, notes, spaces, hidden sheets, values."""

from datetime import date, datetime, timedelta

from odf.office import Annotation
from odf.style import Style, TableProperties
from odf.text import P

from tests.read.workbooks import (
    cells,
    ods_cell,
    ods_row,
    ods_table,
    open_document,
)


def test_ods_repeats_notes_spaces_and_hidden_sheets(opened) -> None:
    hidden = Style(name="ta9", family="table")
    hidden.addElement(TableProperties(display="false"))
    noted = ods_cell("甲")
    noted.addElement(Annotation())
    noted.childNodes[-1].addElement(P(text="批注"))
    table = ods_table(
        ods_row(noted, ods_cell(numbercolumnsrepeated=3), ods_cell("乙")),
        ods_row(ods_cell(), numberrowsrepeated=4),
        ods_row(ods_cell("丙", numbercolumnsrepeated=2), numberrowsrepeated=2),
        ods_row(ods_cell(), numberrowsrepeated=1_048_569),
        name="隐藏",
        stylename=hidden,
    )
    (grid,) = opened(open_document(table, styles=[hidden]))
    assert grid.hidden
    expected = {(1, 0): "甲", (1, 4): "乙", **dict.fromkeys([(6, 0), (6, 1), (7, 0), (7, 1)], "丙")}
    assert cells(grid) == expected


def test_ods_values(opened) -> None:
    row = ods_row(
        ods_cell("2020年3月5日", valuetype="date", datevalue="2020-03-05"),
        ods_cell("x", valuetype="date", datevalue="2020-03-05T09:30:00"),
        ods_cell("9:30", valuetype="time", timevalue="PT09H30M00S"),
        ods_cell("真", valuetype="boolean", booleanvalue="true"),
        ods_cell("￥12.30", valuetype="currency", value=12.3),
        ods_cell("0817", valuetype="string"),
    )
    (grid,) = opened(open_document(ods_table(row)))
    nine = timedelta(hours=9, minutes=30)
    assert grid.rows == [[date(2020, 3, 5), datetime(2020, 3, 5, 9, 30), nine, True, "￥12.30", "0817"]]
    assert grid.numbers == {(1, 4): 12.3}
