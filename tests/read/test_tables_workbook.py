"""Whole files: no sheet breaks the reading, and what it gives is small."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from flows.read.formats.grid import Grid
from flows.read.frames import gather
from flows.read.tables import FileReading, read_sheets
from flows.references import References
from flows.settings import PROJECT
from schemas.columns import LAST_YEAR
from schemas.tables import Countries, Filings, Institutions, LastYearProjects, Participants, Units, empty
from schemas.words import NO_CELL
from tests.examples import examples
from tests.frames import cell, filed
from tests.layouts.page import Page
from tests.layouts.truth import FILINGS as FOUR
from tests.layouts.truth import TITLES
from tests.layouts.usual import COLUMNS, form, shown
from tests.reading import BOOK, KNOWN, filings_with_cells, read_pages, reading_of
from tests.year import FILING

NO_REFERENCES = References(*(empty(schema) for schema in (Units, Institutions, Countries, LastYearProjects)))


_WORDS = st.one_of(
    st.sampled_from([c.title for c in FILING]),
    st.sampled_from(
        [
            "参团单位",
            "参团人数",
            "合计",
            "小计",
            "同上",
            "填报单位：",
            "示例",
            "是",
            "2020.3.5-3.25",
            "①",
            "²",
            "()",
            "栏",
            "#REF!",
            "0元",
        ]
    ),
    st.text(st.characters(), max_size=12),
    st.integers(-5, 10**9),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.none(),
)


@pytest.mark.slow
@examples(10, suppress_health_check=[HealthCheck.too_slow])
@given(
    rows_=st.lists(st.lists(_WORDS, max_size=9), max_size=12),
    header=st.booleans(),
    merged=st.lists(st.tuples(*[st.integers(0, 12)] * 4), max_size=4),
    unsaved=st.dictionaries(st.tuples(st.integers(1, 12), st.integers(0, 9)), st.just("A1+1"), max_size=3),
)
def test_no_sheet_breaks_the_reading(rows_, header, merged, unsaved):
    titles = [[column.title for column in FILING][:9], [column.title for column in FILING][9:18]]
    areas = [(min(a, c) + 1, min(b, d), max(a, c) + 1, max(b, d)) for a, b, c, d in merged]
    sheet = Grid("表", [*titles[:header], *rows_], merged=areas, unsaved=unsaved, epoch_1904=header)
    reading = read_sheets([sheet, sheet], KNOWN)
    assert len(reading.links) == len(reading.participants)
    read = gather(["2020/a.xlsx"], [reading], BOOK, NO_REFERENCES)
    Filings.validate(read.filings)
    Participants.validate(read.participants)


def test_cards_are_numbered_as_they_come(references):
    page = Page()
    columns = [column for column in COLUMNS if column != "seq"]
    for number, filing in enumerate(FOUR):
        for place, column in enumerate(columns):
            page.put(1 + number * 40 + place, 0, TITLES[column], shown(filing, column))
    readings = reading_of(references, page)
    assert readings.filings["seq"].tolist() == [1, 2, 3, 4]
    assert filings_with_cells(readings)[cell("seq")].eq(NO_CELL).all()
    assert filings_with_cells(readings)[filed("seq")].isna().all()
    assert readings.remarks.empty


def test_last_years_projects_are_no_filings(references):
    last = Page("上年").put(1, 0, *[column.title for column in LAST_YEAR])
    last.put(2, 0, "OTC2019-1", "四川省水利厅", "奶牛精准饲养培训", "德国", "慕尼黑工业大学", 15, 14, "是")
    assert len(reading_of(references, form(), last).filings) == len(FOUR)


def test_what_a_worker_gives_is_small_and_without_pandas():
    reading = read_pages(form())
    assert isinstance(reading, FileReading)
    assert isinstance(reading.filings[0].texts["title"], str)


def test_the_workers_import_no_pandas():
    code = "import sys, flows.read.one_file; sys.exit('pandas' in sys.modules or 'prefect' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(PROJECT), check=False).returncode == 0
