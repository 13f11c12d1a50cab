"""Which cell a value stands in, and what the office wrote there."""

import numpy as np
import pandas as pd

from flows.lineage import Lineage, participant_keys, stacked
from schemas.tables import TEXT, Cells, empty
from schemas.words import NO_CELL
from tests import frames

ROWS = [{"headcount_filed": "十五人", "headcount_cell": 7}, {"theme": None}, {"phone": None, "phone_cell": NO_CELL}]
LINEAGE = Lineage(frames.cells(ROWS, [{"participant": "绵阳市水利局"}]))


def asked(*ids: str | None) -> pd.Series:
    return pd.Series(ids, index=range(10, 10 + len(ids)), dtype=TEXT)


def test_a_cell_is_found_by_record_and_column():
    of = LINEAGE.of(asked("f1", "f0"))
    assert of.filed("headcount").to_dict() == {10: "15", 11: "十五人"}
    assert of.cell("headcount").iloc[1] == 7


def test_an_empty_cell_has_its_place_and_one_that_is_not_there_has_none():
    assert pd.isna(LINEAGE.of(asked("f1")).filed("theme").iloc[0])
    assert LINEAGE.of(asked("f1")).cell("theme").iloc[0] != NO_CELL
    assert LINEAGE.of(asked("f2")).cell("phone").tolist() == [NO_CELL]


def test_unknown_records_and_columns_have_nothing():
    of = LINEAGE.of(asked("f9", None, "t0"))
    for column in ("headcount", "no such column"):
        assert of.filed(column).isna().all()
        assert of.cell(column).eq(NO_CELL).all()
    assert of.filed("participant").tolist() == [np.nan, np.nan, "绵阳市水利局"]


def test_no_cells_at_all():
    of = Lineage(empty(Cells)).of(asked("f0"))
    assert of.filed("headcount").isna().all()
    assert of.cell("headcount").tolist() == [NO_CELL]


def test_the_cells_of_several_sets_of_files_are_one_table():
    parts = [frames.cells([{"filing_id": name, "theme": name}]) for name in ("a", "b")]
    of = Lineage(stacked([parts[0], empty(Cells), parts[1]])).of(asked("b", "a"))
    assert of.filed("theme").tolist() == ["b", "a"]
    assert stacked([]).empty


def test_a_participant_is_known_by_its_filing_and_its_name_as_filed():
    taking_part = [
        {"participant": "绵阳市水利局"},
        {"participant": None},
        {"participant": None},
        {"filing_id": None, "participant": "绵阳市水利局"},
    ]
    keys = participant_keys(frames.participants(taking_part), Lineage(frames.cells([{}], taking_part)))
    assert keys.is_unique
    assert keys.str.split("\x1f").str[0].tolist() == ["f0", "f0", "f0", "2020/甲.xlsx"]
    assert keys.str[-1].tolist() == ["0", "0", "1", "0"]
