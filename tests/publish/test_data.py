"""``数据/``: what other programs read, what a person may open, and what each column is."""

import csv
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.publish.data import GUARDED, guarded, write_data
from schemas.datasets import DATASETS, FOLDER
from tests import looks
from tests.year import BOOK

FORM = BOOK.form


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory):
    """The folder of an odd night, and its views."""
    with looks.loaded(tmp_path_factory.mktemp("night")) as (view, settings):
        write_data(settings.published, view, FORM)
        yield settings.published / FOLDER, view


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [*csv.DictReader(file)]


def unguarded(text: str) -> str:
    return text.removeprefix("'")


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda dataset: dataset.name)
class TestDataset:
    def test_it_has_the_columns_and_the_rows_of_its_view(self, night, dataset):
        folder, view = night
        frame, table = view(dataset.view), pq.read_table(folder / f"{dataset.name}.parquet")
        assert table.column_names == [*frame.columns]
        assert len(table) == len(frame) > 0
        for name in frame.columns:
            shown = [*frame[name].astype(object).where(frame[name].notna(), None)]
            if pa.types.is_date(table.schema.field(name).type):
                shown = [value and value.date() for value in shown]
            assert table[name].to_pylist() == shown, name

    def test_every_column_is_described_with_title_type_and_meaning(self, night, dataset):
        folder, view = night
        known = dataset.described(FORM)
        assert [name for name in view(dataset.view).columns if name not in known] == [], (
            "describe it in schemas/datasets.py"
        )
        told = {row["column"]: row for row in rows_of(folder / "栏目说明.csv") if row["file"] == dataset.name}
        assert told.pop("")["meaning"] == dataset.row
        assert [*told] == [*view(dataset.view).columns]
        assert all(row["title"] and row["type"] and row["meaning"] for row in told.values())

    def test_csv_says_what_parquet_says_and_begins_with_a_mark(self, night, dataset):
        folder, _ = night
        assert (folder / f"{dataset.name}.csv").read_bytes().startswith(b"\xef\xbb\xbf")
        table = pq.read_table(folder / f"{dataset.name}.parquet")
        read = rows_of(folder / f"{dataset.name}.csv")
        for field in table.schema:
            if field.type == pa.string():
                told = [unguarded(row[field.name]) for row in read]
                assert told == [value or "" for value in table[field.name].to_pylist()], field.name

    def test_no_cell_of_the_csv_is_a_formula(self, night, dataset):
        folder, _ = night
        numbers = {f.name for f in pq.read_schema(folder / f"{dataset.name}.parquet") if f.type != pa.string()}
        for row in rows_of(folder / f"{dataset.name}.csv"):
            risky = [value for name, value in row.items() if name not in numbers and value.lstrip().startswith(GUARDED)]
            assert all(value.startswith("'") for value in risky)


def test_dates_numbers_and_flags_are_such(night):
    table = pq.read_table(night[0] / "全省计划.parquet")
    assert [table.schema.field(name).type for name in ("start_date", "headcount", "budget", "cross_region", "title")] == [
        pa.date32(), pa.int64(), pa.float64(), pa.bool_(), pa.string(),
    ]  # fmt: skip
    assert isinstance(table["start_date"][0].as_py(), date)
    assert table.schema.field("budget").metadata[b"unit"].decode() == "万元"
    assert table.schema.field("headcount").metadata[b"title"].decode() == "人数"


def test_the_same_night_gives_the_same_bytes(night, tmp_path):
    folder, view = night
    write_data(tmp_path, view, FORM)
    for path in folder.iterdir():
        assert path.read_bytes() == (tmp_path / FOLDER / path.name).read_bytes(), path.name


def test_a_night_with_nothing_in_it_has_tables_without_rows(tmp_path):
    with looks.loaded(tmp_path / "empty", [looks.Night()]) as (view, settings):
        write_data(settings.published, view, FORM)
    for dataset in DATASETS:
        assert rows_of(settings.published / FOLDER / f"{dataset.name}.csv") == []
        assert len(pq.read_table(settings.published / FOLDER / f"{dataset.name}.parquet")) == 0


@pytest.mark.property
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"]))
        | st.sampled_from(["=1", " \t=1", "'x", "''", "-", "＋1", "\n@"])
    )
)
def test_a_guarded_text_is_no_formula_and_is_had_back(texts):
    for text, told in zip(texts, guarded(pa.chunked_array([pa.array(texts, pa.string())])).to_pylist(), strict=True):
        assert not told.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")) or told == text == ""
        assert unguarded(told) == text
