"""What is said of a table's titles, once."""

from schemas.cells import cell_code
from tests.layouts.page import Page
from tests.layouts.usual import COLUMNS, body, form, table
from tests.reading import reading_of


def test_a_header_is_remarked_upon_once(references):
    readings = reading_of(references, form(columns=[c for c in COLUMNS if c != "phone"]))
    assert readings.remarks[["kind", "column", "detail"]].values.tolist() == [["column_missing", "phone", "联系电话"]]
    assert readings.remarks["filing_id"].isna().all()


def test_rows_that_are_nearly_as_good_a_header_are_remarked_upon(references):
    page = Page()
    columns = [name for name in COLUMNS if name != "phone"]
    body(page, table(page, 1, columns=columns, titles={"theme": "方向"}, filings=[]) + 1, columns=columns)
    page.put(2, columns.index("theme"), "电话")
    readings = reading_of(references, page)
    told = readings.remarks[readings.remarks["kind"].eq("header_unclear")]
    assert told[["cell", "column", "value", "detail"]].values.tolist() == [
        [cell_code(1, 0), "seq", "1", "第 1–2 行（方向会另作理解）"]
    ]
    assert len(readings.filings) == 4
