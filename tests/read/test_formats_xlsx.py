"""Excel's workbooks: dates, times and truths, the epoch, references of cells, encodings of old ones."""

from datetime import date, datetime, time, timedelta

import xlsxwriter
import xlwt

from flows.read.formats import xlsx
from tests.formats import package, parts, strict
from tests.read.workbooks import ROWS, cells, errors_in_xlsx, old_excel, placed, rows_at, written, xlwt_rows


def test_dates_times_and_truths_are_what_they_are(opened) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        for row, (value, form) in enumerate(
            [
                (date(2020, 3, 5), "yyyy年m月d日"),
                (datetime(2020, 3, 5, 9, 30), "yyyy-mm-dd hh:mm"),
                (time(9, 30), "hh:mm"),
                (timedelta(hours=30), "[h]:mm"),
            ]
        ):
            sheet.write_datetime(row, 0, value, book.add_format({"num_format": form}))
        sheet.write_boolean(4, 0, True)
        sheet.write_number(5, 0, 43895)

    (grid,) = opened(written(fill))
    assert [row[0] for row in grid.rows] == [
        date(2020, 3, 5),
        datetime(2020, 3, 5, 9, 30),
        time(9, 30),
        timedelta(hours=30),
        True,
        43895,
    ]


def test_the_epoch_of_1904_is_counted_with_and_said(opened) -> None:
    (grid,) = opened(written(rows_at(0, 0), {"date_1904": True}))
    assert grid.epoch_1904
    assert cells(grid) == placed(ROWS)

    def fill(book: xlwt.Workbook) -> None:
        book.dates_1904 = True
        xlwt_rows(book)

    (grid,) = opened(old_excel(fill))
    assert grid.epoch_1904
    assert cells(grid) == placed(ROWS)
    assert not opened(written(rows_at(0, 0)))[0].epoch_1904


def test_strict_workbooks_may_write_dates_as_text(opened) -> None:
    held = parts(strict(written(rows_at(0, 0))))
    name = "xl/worksheets/sheet1.xml"
    held[name] = held[name].replace(b'<c r="C2" s="1"><v>43895</v></c>', b'<c r="C2" s="1" t="d"><v>2020-03-05</v></c>')
    assert cells(opened(package(held))[0]) == placed(ROWS)


def test_the_reference_of_a_cell_may_be_in_single_quotes(opened) -> None:
    held = parts(written(errors_in_xlsx))
    name = "xl/worksheets/sheet1.xml"
    body = held[name].index(b"<sheetData")
    held[name] = held[name][:body] + held[name][body:].replace(b'"', b"'")
    assert opened(package(held))[0].errors == {(2, 1), (3, 4)}


def test_cells_without_a_reference_follow_each_other() -> None:
    xml = b"<w><sheetData><row><c><v>1</v></c><c r='C1'><v>2</v></c><c><v>3</v></c></row><row r='4'><c><v>4</v></c></row></sheetData></w>"
    assert [place for place, _ in xlsx.cells(xml)] == [(1, 0), (1, 2), (1, 3), (4, 0)]


def test_old_workbooks_that_misname_their_encoding_are_read_right(opened) -> None:
    data = bytearray(old_excel(lambda book: book.add_sheet("申报").write(0, 0, "马铃薯 A")))
    at = data.index(b"\x42\x00\x02\x00\xb0\x04")
    data[at + 4 : at + 6] = (936).to_bytes(2, "little")
    assert cells(opened(bytes(data))[0]) == {(1, 0): "马铃薯 A"}
