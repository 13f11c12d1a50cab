"""Days that a spreadsheet keeps as numbers."""

import pytest

from flows.read.frames import gather
from tests.layouts.page import Book, write
from tests.layouts.usual import form
from tests.reading import BOOK, read_file, reading_of


def test_a_number_for_a_day_may_be_two_days(references):
    readings = reading_of(references, form(written={"start_date": {1: 3.1, 2: "3.1", 3: 3.5}}))
    assert readings.remarks[["kind", "detail"]].values.tolist() == [["ambiguous", "2020年3月1日、2020年3月10日"]]
    assert readings.filings["start_date"].dt.strftime("%m-%d").tolist()[1:3] == ["03-01", "03-05"]


@pytest.mark.parametrize(("days", "unclear"), [(("3.1", "3.5"), 1), (("3.1", "3.10"), 0)])
def test_a_file_of_mere_text_does_not_tell_numbers_from_texts(references, tmp_path, days, unclear):
    write(Book([form(written={"start_date": dict(enumerate(days, start=1))})], "csv"), tmp_path / "a.csv")
    reading = read_file(tmp_path / "a.csv")
    readings = gather(["2020/a.csv"], [reading], BOOK, references)
    assert readings.remarks["kind"].tolist() == ["ambiguous"] * unclear
    assert int(readings.filings["start_date"].isna().sum()) == unclear
