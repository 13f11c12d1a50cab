"""What is said of a table's titles, once."""

from tests.layouts.usual import COLUMNS, form
from tests.reading import reading_of


def test_a_header_is_remarked_upon_once(references):
    readings = reading_of(references, form(columns=[c for c in COLUMNS if c != "phone"]))
    assert readings.remarks[["kind", "column", "detail"]].values.tolist() == [["column_missing", "phone", "联系电话"]]
    assert readings.remarks["filing_id"].isna().all()
