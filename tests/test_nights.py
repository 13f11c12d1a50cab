"""The nights of a year, which one is meant, and what is otherwise between two of them and why."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from flows import cli, handover, nights
from flows.attempts import Attempt, Ended
from flows.errors import SettingError
from flows.handover import night_folder
from flows.nights.causes import KINDS, Causes
from tests.looks import Night, load_night
from tests.warehouses import lay_out
from tests.year import BOOK, YEAR

A, B, C = "2020/甲.xlsx", "2020/乙.xlsx", "2020/丙.xlsx"
ONE = {"filing_id": "f1", "file": A, "row": 4, "title": "马铃薯种薯繁育技术培训"}
TWO = {"filing_id": "f2", "file": B, "row": 4, "title": "水库大坝安全监测培训", "otm_no": "OTM2"}
HELD = {"finding_id": "q1", "severity": "hold", "filing_id": "f1", "file": A, "message": "申报人数超过上限。"}
AGREED = {
    "decision_id": "d1",
    "about": "q1",
    "kind": "finding",
    "verdict": "同意",
    "reviewer": "张三",
    "source": "异常清单.xlsx",
}
USUAL = Night([ONE, TWO])
WAITING = Night([{**ONE, "disposition": "held", "because": "待核"}, TWO], [HELD])
LET_IN = replace(
    WAITING, filings=[ONE, TWO], findings=[{**HELD, "status": "accepted"}], decisions=[AGREED], standings={"d1": None}
)
SAME = "UPDATE run SET program = 'p', yearbook = 'y'"


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    lay_out(tmp_path / "warehouse.duckdb")
    return tmp_path


def load(outputs: Path, *told: Night, then: Sequence[str] = (), days: Sequence[int] = ()) -> None:
    """Nights of the warehouse, made with the same program and data; ``then`` what is done to it after that."""
    with duckdb.connect(outputs / "warehouse.duckdb") as connection:
        for number, night in enumerate(told):
            load_night(connection, days[number] if days else number, night)
        for statement in (SAME, *then):
            connection.execute(statement)


def compared(outputs: Path, *named: str) -> nights.Comparison:
    return nights.compare(outputs / "warehouse.duckdb", YEAR, BOOK.form, *named)


def only(outputs: Path, group_id: str) -> nights.GroupChange:
    (found,) = [group for group in compared(outputs).groups if group.group_id == group_id]
    return found


def kinds(group: nights.GroupChange) -> list[tuple[str, bool]]:
    return [(cause.kind, cause.certain) for cause in group.why]


def bytes_of(path: str, of: str) -> dict[str, str]:
    return {"path": path, "sha256": of}


# ── what is otherwise ────────────────────────────────────────────────────────


def test_two_equal_nights_tell_nothing(outputs):
    load(outputs, USUAL, USUAL)
    found = compared(outputs)
    assert found.groups == ()
    assert found.causes.kinds == []
    assert [*nights.lines(found)][-1] == "团组没有变化。"


def test_a_group_came_with_its_file_and_another_went_with_its_own(outputs):
    load(outputs, Night([ONE]), Night([TWO]))
    came, went = only(outputs, "g-f2"), only(outputs, "g-f1")
    assert (came.change, kinds(came), came.went_before, came.went_now) == ("new", [("file", True)], None, "included")
    assert (went.change, kinds(went), went.went_before, went.went_now) == ("gone", [("file", True)], "included", None)
    assert (came.came[0].file, went.left[0].file) == (B, A)


def test_a_value_that_the_unit_filled_in_otherwise_is_because_of_its_file_whatever_else_differs(outputs):
    now = replace(LET_IN, filings=[ONE, {**TWO, "headcount": 3}], files=[bytes_of(B, "other")])
    load(outputs, WAITING, now)
    group = only(outputs, "g-f2")
    assert group.change == "changed"
    assert [(value.column, value.now, value.as_filed) for value in group.values] == [("headcount", "3", True)]
    assert kinds(group) == [("file", True)]


def test_a_group_moved_because_a_reviewer_agreed_though_another_file_is_new(outputs):
    more = {**TWO, "filing_id": "f3", "file": C, "otm_no": "OTM3"}
    load(outputs, WAITING, replace(LET_IN, filings=[ONE, TWO, more]))
    group = only(outputs, "g-f1")
    assert (group.change, group.went_before, group.went_now) == ("moved", "held", "included")
    assert kinds(group) == [("decision", True)]
    assert "张三" in group.why[0].told
    assert "同意" in group.why[0].told


def test_a_decision_that_lapsed_is_no_cause_but_what_came_of_the_file(outputs):
    lapsed = replace(
        WAITING,
        files=[bytes_of(A, "other")],
        findings=[{**HELD, "value": "26"}],
        decisions=[],
        standings={"d1": "填报值改变"},
    )
    load(outputs, LET_IN, lapsed)
    assert kinds(only(outputs, "g-f1")) == [("file", True)]


def test_a_row_of_a_register_is_the_cause_where_nothing_else_differs_and_may_be_where_it_touches_the_group(outputs):
    gone = "DELETE FROM unit WHERE unit = '四川省农业农村厅' AND run_id = (SELECT max(run_id) FROM run)"
    unit = {"unit": "四川省农业农村厅", "organiser": "四川省农业农村厅"}
    load(outputs, Night([{**ONE, **unit}]), Night([{**ONE, **unit, "disposition": "held"}]), then=[gone])
    group = only(outputs, "g-f1")
    assert kinds(group) == [("reference", True)]
    assert "单位名录“四川省农业农村厅”" in group.why[0].told
    with duckdb.connect(outputs / "warehouse.duckdb") as connection:
        connection.execute(
            f"UPDATE file SET sha256 = 'x' WHERE path = '{A}' AND run_id = (SELECT max(run_id) FROM run)"
        )
    assert kinds(only(outputs, "g-f1")) == [("file", False), ("reference", False)]


@pytest.mark.parametrize(
    ("then", "why"),
    [
        ("UPDATE run SET program = 'q' WHERE number = 2", [("program", True)]),
        ("UPDATE run SET yearbook = 'z' WHERE number = 2", [("yearbook", True)]),
        ("UPDATE run SET yearbook = NULL, program = NULL WHERE number = 1", [("yearbook", False), ("program", False)]),
        ("UPDATE run SET program = NULL WHERE number = 1", [("program", False)]),
        (
            "UPDATE run SET program = NULL, yearbook = NULL; UPDATE notice_limit SET value = value + 1 "
            "WHERE name = 'max_headcount' AND run_id = (SELECT max(run_id) FROM run)",
            [("yearbook", False), ("program", False)],
        ),
    ],
    ids=["program", "data", "neither known", "program unknown", "a limit"],
)
def test_the_program_or_the_data_is_told_where_nothing_that_lies_in_the_inputs_differs(outputs, then, why):
    load(outputs, USUAL, WAITING, then=[then])
    assert kinds(only(outputs, "g-f1")) == why


def test_the_same_bytes_taken_otherwise_are_no_cause(outputs):
    unread = replace(USUAL, filings=[TWO], files=[bytes_of(A, A) | {"status": "failed", "filings": 0}])
    load(outputs, unread, USUAL, then=["UPDATE run SET program = 'q' WHERE number = 2"])
    assert kinds(only(outputs, "g-f1")) == [("program", True)]


def test_a_filing_that_was_merged_is_told_where_it_came_from(outputs):
    load(outputs, USUAL, Night([ONE, {**TWO, "group_id": "g-f1", "disposition": "merged"}]))
    assert [(moved.file, moved.other_group) for moved in only(outputs, "g-f1").came] == [(B, "g-f2")]
    assert [(moved.file, moved.other_group) for moved in only(outputs, "g-f2").left] == [(B, "g-f1")]


def test_a_cause_is_certain_where_it_alone_differs_and_never_where_several_do():
    row = {
        "change": ["new"],
        "file": [C],
        "verdict": ["同意"],
        "reviewer": ["张三"],
        "workbook": ["units"],
        "name": ["某局"],
    }
    one, none = pd.DataFrame(row), pd.DataFrame(row).iloc[:0]
    nothing_near: Mapping[str, Mapping[str, Sequence[int]]] = {"file": {}, "decision": {}, "reference": {}}
    for size in range(1, len(KINDS) + 1):
        for differ in combinations(KINDS, size):
            causes = Causes(
                one if "file" in differ else none,
                one if "decision" in differ else none,
                one if "reference" in differ else none,
                "program" not in differ,
                "yearbook" not in differ,
                nothing_near,
                {},
            )
            why = causes.of_group("g", "moved", as_filed=False, same_filings=True, same_findings=True)
            assert [cause.kind for cause in why] == [*differ]
            assert {cause.certain for cause in why} == {size == 1}


# ── which night is meant ─────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Outputs of three nights that found the same."""
    outputs = tmp_path_factory.mktemp("three")
    lay_out(outputs / "warehouse.duckdb")
    load(outputs, USUAL, USUAL, USUAL)
    return outputs


@pytest.mark.parametrize(
    "said", ["20191121-203000", "2", "第２夜", " 第 2 夜 ", "2019-11-21", "20191121", "2019年11月21日"]
)
def test_a_night_is_named_by_its_id_its_number_or_its_day(three, said):
    assert compared(three, said).before.number == 2


@pytest.mark.parametrize("said", ["9", "2019-11-31", "昨夜", "", "2019-12-24", "99999999"])
def test_a_night_that_there_is_not_is_refused_with_those_that_there_are(three, said):
    with pytest.raises(SettingError, match="第 2 夜 20191121-203000"):
        compared(three, said)


def test_the_current_night_is_compared_with_the_last_that_somebody_could_have_seen(outputs):
    load(outputs, USUAL, USUAL, USUAL, USUAL)
    day = "UPDATE run SET started_at = '2019-11-21 0' || number || ':00:00' WHERE number > 2"
    with duckdb.connect(outputs / "warehouse.duckdb") as connection:
        connection.execute(day)
        connection.execute("UPDATE run SET started_at = '2019-11-20 23:00:00' WHERE number = 2")
        assert connection.execute("SELECT number FROM night_before").fetchall() == [(2,)]
        connection.execute("UPDATE run SET started_at = '2019-11-21 00:00:00'")
        assert connection.execute("SELECT number FROM night_before").fetchall() == [(1,)]


def test_a_year_with_one_night_has_nothing_to_compare(outputs):
    load(outputs, USUAL)
    with pytest.raises(SettingError, match="只有一夜"):
        compared(outputs)


# ── the nights of a year ─────────────────────────────────────────────────────


def test_every_night_that_anything_knows_of_is_listed(outputs):
    unknown = "UPDATE decision SET run_id = '20191119-203000', number = 7, shown_in = '20191118-203000'"
    load(outputs, USUAL, LET_IN, then=[unknown])
    published = outputs / str(YEAR)
    for run_id, folder in (("20191121-203000", published), ("20191117-203000", published / "历史" / "a")):
        folder.mkdir(parents=True)
        night_folder.say(folder, night_folder.NightFolder(run_id, ()))
    handover.stage(published, "20191122-203000")
    found = nights.nights(outputs, YEAR)
    assert [(night.run_id, night.ended) for night in found] == [
        ("20191117-203000", "kept"), ("20191118-203000", "lost"), ("20191119-203000", "lost"), ("20191120-203000", "complete"),
        ("20191121-203000", "current"), ("20191122-203000", "unfinished"),
    ]  # fmt: skip
    assert found[4].counts["filings"] == 2
    assert found[4].counts["included"] == 2
    lines = [*nights.listing(found)]
    assert len(lines) == len(found)
    assert "未完成" in lines[-1]
    assert "文件 2，申报 2，团组 2，问题 1；纳入计划 2" in lines[4]


def test_a_folder_without_a_warehouse_has_no_nights(outputs):
    (outputs / "warehouse.duckdb").unlink()
    assert nights.nights(outputs, YEAR) == []


@pytest.mark.parametrize("command", ["nights", "diff"])
def test_the_command_gives_json_and_nothing_besides(outputs, capsys, monkeypatch, command):
    monkeypatch.setenv("HUIZONG_STATE", str(outputs / "state"))
    load(outputs, WAITING, LET_IN)
    assert cli.main([command, "--outputs", str(outputs), "--json"]) == cli.DONE
    told = json.loads(capsys.readouterr().out)
    if command == "nights":
        assert [night["number"] for night in told] == [1, 2]
    else:
        assert [group["change"] for group in told["groups"]] == ["moved"]
        assert told["groups"][0]["why"][0]["kind"] == "decision"
    assert cli.main([command, "--outputs", str(outputs)]) == cli.DONE
    assert "第 2 夜" in capsys.readouterr().out


def test_what_offices_filed_does_not_steer_the_terminal(outputs, capsys, monkeypatch):
    monkeypatch.setenv("HUIZONG_STATE", str(outputs / "state"))
    load(outputs, USUAL, Night([{**ONE, "title": "a\x1b[31m\nb\u2028c"}, TWO]))
    assert cli.main(["diff", "--outputs", str(outputs)]) == cli.DONE
    told = capsys.readouterr().out
    assert "\x1b" not in told
    assert "\u2028" not in told
    assert not any(line.startswith("b") for line in told.splitlines())


# ── attempts of which no night came ──────────────────────────────────────────


def test_attempts_that_failed_were_stopped_or_killed_stand_in_the_list_with_why(outputs):
    load(outputs, USUAL, USUAL)
    handover.stage(outputs / str(YEAR), "20191122-203000")

    def tried(day: int, ended: Ended | None = None, year: int | None = YEAR, into: Path = outputs) -> Attempt:
        moment = datetime(2019, 11, day, 20, 29).astimezone()
        done = (moment + timedelta(minutes=9)).isoformat() if ended else None
        return Attempt(str(day), year, moment.isoformat(), 0, done, ended, str(into))

    found = nights.nights(
        outputs,
        YEAR,
        [
            tried(18, Ended("wrong", "找不到输入文件夹。"), year=None),
            tried(19, Ended("failed", "数据库正被占用。"), year=YEAR + 1),
            tried(19, Ended("failed", "数据库正被占用。"), into=outputs / "another"),
            tried(20, Ended("done", "本夜完成。", run_id="20191120-203000")),
            tried(21),  # it was killed when all was done
            tried(22, Ended("stopped", "已中止，原有结果保持不变。")),
            tried(23),
        ],
    )
    assert [(night.run_id, night.ended, night.why) for night in found] == [
        ("", "wrong", "找不到输入文件夹。"),
        ("20191120-203000", "complete", None),
        ("20191121-203000", "current", None),
        ("20191122-203000", "stopped", "已中止，原有结果保持不变。"),
        ("", "killed", None),
    ]
    lines = [*nights.listing(found)]
    assert "未成夜　2019-11-18 20:29　没有运行：找不到输入文件夹。" in lines[0]
    assert "被强行结束" in lines[-1]
