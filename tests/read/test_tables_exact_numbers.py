"""Numbers of which a cell shows less than it holds."""

from dataclasses import replace

import pytest

from flows.read.tables import read_sheets
from tests.layouts.page import grid
from tests.layouts.usual import COLUMNS, form
from tests.reading import KNOWN


@pytest.mark.parametrize(
    ("column", "number", "shown", "filed", "said"),
    [
        ("budget", 208.0, "208.00", "208", None),
        ("budget", 35.5, "36", "36", "35.5"),
        ("budget", 9800.4, "9,800元", "9,800元", "9800.4元"),
        ("budget", 0.355, "35.5%", "35.5%", None),
        ("budget", 355000.0, "35.5万元", "35.5万元", None),
        ("headcount", 15.0, "十五", "十五", "15"),
        ("otm_no", 12.0, "OTM2020000012", "OTM2020000012", None),
    ],
)
def test_the_number_is_meant_where_its_format_only_rounds_it(column, number, shown, filed, said):
    page = form(written={column: {1: shown}})
    sheet = replace(grid(page), numbers={(4, COLUMNS.index(column)): number})
    (records,) = read_sheets([sheet], KNOWN).filings
    assert records.texts[column].split("\x1f")[0] == filed
    assert records.said.get((column, 0)) == said
