"""Raised numbers behind values are marks where a note has their number; else they may be digits that slipped up."""

import pytest

from tests.layouts.usual import COLUMNS, form
from tests.reading import reading_of

BUDGET = COLUMNS.index("budget")


@pytest.mark.parametrize(
    ("note", "explained"),
    [
        ("² 含国际旅费。", True),
        ("注2：含国际旅费。", True),
        ("注：1.培训天数含往返；2.经费含国际旅费。", True),
        ("［2］含国际旅费", True),
        ("¹ 含国际旅费。", False),
        ("填表说明：1.本表一式两份；2.日期格式为2020-01-01。", False),
        ("2.日期格式为2020-01-01。", False),
    ],
)
def test_a_raised_number_is_a_mark_where_a_note_has_it(references, note, explained):
    page = form().put(9, 0, note).put(10, 0, "合计").put(10, BUDGET, 72.5 + 60 + 96 + 55.25)
    page.put(4, BUDGET, "72.5²")
    readings = reading_of(references, page)
    assert readings.filings["budget"][0] == 72.5 if explained else readings.filings["budget"].isna()[0]
    assert (readings.remarks["detail"].tolist() == []) is explained
    if not explained:
        assert readings.remarks["detail"].tolist() == ["72.5、72.52"]
    assert len(readings.totals) == int(explained)
