"""The door of the room: what goes in, what comes out, and that it is the same tomorrow."""

from dataclasses import replace

import pandas as pd
import pytest
from pandera.errors import SchemaError

from flows.errors import ProgramFaultError
from flows.validate import RULES, validate
from flows.validate.rule import rule
from schemas.tables import (
    Ages,
    Cells,
    Files,
    Filings,
    Findings,
    Groups,
    Members,
    Participants,
    Readings,
    Remarks,
    Totals,
    empty,
)
from tests import frames
from tests.rules.cases import BOOK, REFERENCES, Case

NOTHING = Readings(
    empty(Files), empty(Filings), empty(Participants), empty(Cells), empty(Remarks), empty(Totals), empty(Ages)
)
ACROSS = {"cross_region": True}
ROWS = [
    {"headcount": 25},
    {"title": None, "otm_no": "A"},
    {"phone": "见通讯录", "otm_no": "B", "file": "2020/乙.xlsx", **ACROSS},
    {"days": None, "days_filed": "若干", "otm_no": "C", "file": "2020/丙.xlsx"},
]
JOINING = [
    {"filing_id": "f2", "file": "2020/乙.xlsx", "participant": "三台县农业农村局"},
    {"filing_id": "f2", "file": "2020/乙.xlsx", "participant": "绵阳市新办", "budgeted": False},
]


def judged(readings: Readings, **given) -> pd.DataFrame:
    return validate(readings, BOOK, REFERENCES, **given)


def by_subject(found: pd.DataFrame) -> dict[tuple[str, str], str]:
    return {(row.rule_id, str(row.filing_id)): row.finding_id for row in found.itertuples()}


def test_nothing_read_is_nothing_found():
    assert judged(NOTHING).empty
    assert judged(NOTHING, scopes=("group",), groups=empty(Groups), members=empty(Members)).empty
    assert list(judged(NOTHING).columns) == Findings.names()


def test_what_is_found_is_findings_and_all_open():
    found = judged(frames.readings(ROWS, JOINING))
    Findings.validate(found)
    assert set(found["status"]) == {"open"}
    assert found["finding_id"].is_unique
    assert sorted(found["rule_id"]) == [
        "empty-cell", "headcount", "participant-county", "participant-not-budgeted", "phone", "unknown-participant", "unread-cell",
    ]  # fmt: skip


@pytest.mark.slow
def test_the_order_of_files_does_not_matter():
    readings = frames.readings(ROWS, JOINING)
    turned = replace(
        readings,
        files=readings.files[::-1].reset_index(drop=True),
        filings=readings.filings[::-1].reset_index(drop=True),
        participants=readings.participants[::-1].reset_index(drop=True),
    )
    pd.testing.assert_frame_equal(judged(readings), judged(turned))


def test_an_id_is_the_same_for_another_value_in_another_row_and_cell():
    before = judged(frames.readings([{"headcount": 25}]))
    moved = frames.readings([{"headcount": 31, "row": 77, "headcount_cell": 82 * 16384 + 12}])
    after = judged(moved)
    assert before["finding_id"].tolist() == after["finding_id"].tolist()
    assert before["cell"].tolist() != after["cell"].tolist()


def test_ids_of_different_columns_and_filings_differ():
    found = judged(frames.readings([{"title": None, "contact": None}, {"title": None, "otm_no": "A"}]))
    assert len(found) == 3
    assert found["finding_id"].is_unique


@pytest.mark.slow
def test_a_participant_keeps_its_ids_when_another_is_added():
    before = by_subject(judged(frames.readings(ROWS, JOINING)))
    added = [{"filing_id": "f2", "file": "2020/乙.xlsx", "participant": "绵阳市农业农村局"}, *JOINING]
    assert by_subject(judged(frames.readings(ROWS, added))) == before


def test_figures_of_two_total_rows_are_two_findings():
    total = {"column": "budget", "value": "1", "stated": 1.0, "computed": 60.0}
    found = Case([{}], totals=[total, {**total, "cell": 9 * 16384 + 19}]).findings()
    assert found["cell"].tolist() == ["T7", "T9"]
    assert found["finding_id"].is_unique


def test_one_cell_of_several_filings_is_a_finding_of_each():
    place = {"theme_cell": 4 * 16384 + 5}
    readings = frames.readings([{"theme": None, **place}, {"theme": None, "otm_no": "A", **place}])
    found = judged(readings)
    assert found["cell"].tolist() == ["F4", "F4"]
    assert found["filing_id"].tolist() == ["f0", "f1"]
    assert found["finding_id"].is_unique


@pytest.mark.slow
def test_only_the_scopes_asked_for():
    readings = Case(ROWS, joining=JOINING, files={"status": "empty"}).readings()
    everything = judged(readings)
    parts = [judged(readings, scopes=(scope,)) for scope in ("file", "filing", "participant", "unit")]
    assert sorted(pd.concat(parts)["finding_id"]) == sorted(everything["finding_id"])
    assert set(parts[0]["rule_id"]) == {"file-empty"}
    assert set(parts[2]["sheet"]) == {"参团单位"}


def test_groups_are_needed_for_their_scope():
    with pytest.raises(ValueError, match="needs groups and members"):
        judged(frames.readings([{}]), scopes=("group",))


def test_what_comes_in_is_checked():
    readings = frames.readings([{}])
    with pytest.raises(SchemaError):
        judged(replace(readings, filings=readings.filings.drop(columns="title")))


def test_a_rule_that_breaks_is_named_and_is_not_taken_for_a_finding(monkeypatch):
    def broken(filings, notice):
        raise KeyError("no such column")

    monkeypatch.setitem(RULES, "headcount", replace(RULES["headcount"], holds=broken))
    with pytest.raises(ProgramFaultError, match=r"^规则 headcount 自身出错，不是申报文件的问题") as fault:
        judged(frames.readings([{}]))
    assert "no such column" in fault.value.story


@pytest.mark.slow
def test_what_was_read_is_left_as_it_was():
    readings = frames.readings(ROWS, JOINING)
    copies = [frame.copy() for frame in (readings.filings, readings.participants)]
    judged(readings)
    for frame, copy in zip((readings.filings, readings.participants), copies, strict=True):
        pd.testing.assert_frame_equal(frame, copy)


def test_a_rule_over_a_table_that_is_not_there_cannot_be_declared():
    declare = rule("x", clause="四（三）", severity="hold", looks_at="", message="", advice="", over="grups")
    with pytest.raises(ValueError, match=r"^rule x: there is no table grups; there are files, .*groups"):
        declare(lambda grups, notice: grups)
