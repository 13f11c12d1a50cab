"""What reviewers decided outlives the warehouse: the nights after a loss are those that would have been without it."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st

from flows import decision_log, handover
from flows.decision_log import read_log
from flows.link import pair_id
from tests.decide.cases import HOLD, PAIR, PAIR_ID, entry, history, status, told
from tests.desk import Desk, type_in
from tests.examples import examples

pytestmark = [pytest.mark.usefixtures("quick"), pytest.mark.slow]

Loss = Callable[[Desk], None]


def deleted(desk: Desk) -> None:
    desk.close()
    desk.settings.warehouse.unlink()


def emptied(desk: Desk) -> None:
    for table in desk.connection.execute("SELECT table_name FROM duckdb_tables()").fetchall():
        if table[0] != "warehouse_version":
            desk.connection.execute(f"DELETE FROM {table[0]}")


def put_back(desk: Desk, older: Path) -> None:
    """An older warehouse in the place of today's."""
    desk.close()
    shutil.copy(older, desk.settings.warehouse)


def kept_older(desk: Desk) -> Path:
    """A copy of the warehouse as it is now."""
    desk.close()
    copy = desk.settings.outputs.parent / f"older-{len(desk.nights)}.duckdb"
    shutil.copy(desk.settings.warehouse, copy)
    return copy


def without_file_beside(desk: Desk) -> None:
    """As an older program left its outputs: nothing tells what the workbooks showed."""
    for path in desk.settings.published.rglob("本夜所示.json.gz"):
        path.unlink()


# One decision


@pytest.mark.parametrize("lose", [deleted, emptied])
def test_a_decision_holds_after_the_warehouse_is_lost(desk, lose):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", "已核", "张三")
    desk.night([HOLD])
    before = desk.view("decision")
    lose(desk)
    decided = desk.night([HOLD])
    assert (status(decided), entry(decided)) == ("accepted", ("同意", "已核", "张三"))
    assert any("恢复" in line and "1 条" in line for line in desk.told)
    assert any(desk.nights[1] in line for line in desk.told)
    pd.testing.assert_frame_equal(desk.view("decision"), before)
    assert history(desk) == [("同意", True, None)]


@pytest.mark.parametrize("lose", [deleted, emptied])
def test_that_it_was_lost_is_told_in_the_workbook_and_once(desk, lose):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", "已核", "张三")
    desk.night([HOLD])
    lose(desk)
    decided = desk.night([HOLD])
    (row,) = decided.workbooks[decided.workbooks["problem"].notna()].to_dict("records")
    assert row["path"] == decision_log.NAME
    assert "恢复" in row["problem"]
    assert decided.findings["rule_id"].eq("decision-workbook").sum() == 0
    assert desk.night([HOLD]).workbooks["problem"].isna().all()
    assert desk.told == []


def test_a_night_that_fails_after_the_loss_leaves_it_to_be_told(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", "已核", "张三")
    desk.night([HOLD])
    deleted(desk)
    desk.night([HOLD], fail=True)
    assert status(desk.night([HOLD])) == "accepted"
    assert any("恢复" in line for line in desk.told)


def test_a_lost_warehouse_without_decisions_is_told_too(desk):
    desk.night([HOLD])
    deleted(desk)
    desk.night([HOLD])
    assert any(desk.nights[0] in line for line in desk.told)


def test_nights_that_a_command_put_into_the_history_are_missed_too(desk):
    desk.night([HOLD])
    older = kept_older(desk)
    for _ in range(2):
        desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    put_back(desk, older)
    handover.settle(desk.settings.published, desk.nights[0])
    assert status(desk.night([HOLD])) == "accepted"
    assert any(all(lost in line for lost in desk.nights[1:3]) for line in desk.told)
    assert desk.view("run")["number"].tolist() == [1, 4]


def test_what_was_typed_and_not_yet_read_is_read_as_if_nothing_had_been_lost(desk):
    desk.night([HOLD], pairs=[PAIR])
    type_in(desk.workbook, "a1", "同意", "已核", "张三")
    type_in(desk.workbook, PAIR_ID, "合并", None, "张三")
    deleted(desk)
    decided = desk.night([HOLD], pairs=[PAIR])
    assert status(decided) == "accepted"
    assert decided.pairs["outcome"].tolist() == ["merged"]
    assert told(decided) == []
    kept = desk.view("decision")
    assert kept["problem"].isna().all()
    assert set(kept["shown_in"]) == {desk.nights[0]}


def test_what_was_typed_on_a_value_that_changed_since_lapses(desk):
    desk.night([HOLD], pairs=[PAIR])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    type_in(desk.workbook, PAIR_ID, "合并", None, "张三")
    deleted(desk)
    decided = desk.night([{**HOLD, "value": "30"}], filings=[{}, {"headcount": 18}], pairs=[PAIR])
    assert status(decided) == "open"
    assert decided.pairs["outcome"].tolist() == ["offered"]


def test_a_decision_that_had_lapsed_stays_so_and_holds_again_with_its_value(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    desk.night([HOLD])
    desk.night([{**HOLD, "value": "30"}])
    deleted(desk)
    assert status(desk.night([{**HOLD, "value": "30"}])) == "open"
    assert len(desk.view("decision")) == 1
    assert status(desk.night([HOLD])) == "accepted"


def test_deciding_again_with_the_same_words_is_a_decision(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    desk.night([HOLD])
    desk.night([{**HOLD, "value": "30"}])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    deleted(desk)
    assert status(desk.night([{**HOLD, "value": "30"}])) == "accepted"
    assert desk.view("decision")["value"].tolist() == ["25", "30"]


def test_what_is_taken_back_after_the_loss_is_taken_back(desk):
    desk.night([HOLD], pairs=[PAIR])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    type_in(desk.workbook, PAIR_ID, "合并", None, "张三")
    desk.night([HOLD], pairs=[PAIR])
    deleted(desk)
    type_in(desk.workbook, "a1", "撤销", None, "李四")
    type_in(desk.workbook, PAIR_ID, "撤销", None, "李四")
    decided = desk.night([{**HOLD, "value": "25"}], pairs=[PAIR])
    assert status(decided) == "open"
    assert decided.pairs["outcome"].tolist() == ["offered"]
    assert told(decided) == []


def test_an_older_warehouse_gets_what_it_lacks_and_keeps_the_order(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    desk.night([HOLD])
    older = kept_older(desk)
    for verdict in ("剔除", "退回"):
        type_in(desk.workbook, "a1", verdict, None, "张三")
        desk.night([HOLD])
    put_back(desk, older)
    assert status(desk.night([HOLD])) == "returned"
    assert desk.view("decision").sort_values("number")["verdict"].tolist() == ["同意", "剔除", "退回"]
    assert any("2 条" in line for line in desk.told)
    assert desk.view("run")["number"].is_unique


def test_the_night_after_a_loss_comes_after_all_that_were_lost(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    for _ in range(3):
        desk.night([HOLD])
    lost = {*desk.nights}
    deleted(desk)
    desk.night([HOLD])
    assert desk.view("run")["number"].tolist() == [5]
    assert not {*desk.view("run")["run_id"]} & lost


@pytest.mark.parametrize("lose", [deleted, emptied])
def test_where_nothing_tells_what_the_workbook_showed_nothing_is_doubled(desk, lose):
    desk.night([HOLD], pairs=[PAIR])
    type_in(desk.workbook, "a1", "同意", "已核", "张三")
    type_in(desk.workbook, PAIR_ID, "合并", None, "张三")
    desk.night([HOLD], pairs=[PAIR])
    without_file_beside(desk)
    lose(desk)
    decided = desk.night([HOLD], pairs=[PAIR])
    assert status(decided) == "accepted"
    assert decided.pairs["outcome"].tolist() == ["merged"]
    assert len(desk.view("decision")) == 2
    assert told(decided) == []


def test_where_nothing_tells_what_the_workbook_showed_a_new_word_is_read(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", "已核", "张三")
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "剔除", "再核", "张三")
    without_file_beside(desk)
    deleted(desk)
    assert status(desk.night([HOLD])) == "excluded"


def test_a_file_that_is_no_such_file_is_as_none(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", "已核", "张三")
    desk.night([HOLD])
    (desk.settings.published / "本夜所示.json.gz").write_bytes(b"\x1f\x8b broken")
    deleted(desk)
    assert status(desk.night([HOLD])) == "accepted"
    assert len(desk.view("decision")) == 1


# The file


def test_each_decision_is_a_line_with_all_that_the_warehouse_has_of_it(desk):
    desk.night([HOLD], pairs=[PAIR])
    type_in(desk.workbook, "a1", "同意", "一行\n又一行", "张三")
    type_in(desk.workbook, PAIR_ID, "看看", None, "李四")
    desk.night([HOLD], pairs=[PAIR])
    log = read_log(desk.settings.decision_log)
    kept = desk.view("decision").sort_values("decision_id", ignore_index=True)
    in_file = log.decisions.sort_values("decision_id", ignore_index=True).astype(object)
    pd.testing.assert_frame_equal(in_file.where(in_file.notna(), None)[list(kept)], kept, check_dtype=False)
    assert desk.settings.decision_log.read_bytes().count(b"\n") == 2


def test_a_file_that_is_lost_is_written_again(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    desk.night([HOLD])
    before = desk.settings.decision_log.read_bytes()
    desk.settings.decision_log.unlink()
    desk.night([HOLD])
    assert desk.settings.decision_log.read_bytes() == before


# Any number of nights, decisions and losses


WORDS = {"finding": ["同意", "退回", "剔除", "撤销"], "pair": ["合并", "不合并", "撤销"]}
PAIRS = [("f0", "f1"), ("f0", "f2"), ("f1", "f2")]


def steps(rng: random.Random) -> list[dict]:
    """What happens before each night: what is typed where, what the values are by then, whether a copy is dropped in."""
    rows = [(f"id{n}", "finding") for n in range(3)] + [(f"{n}", "pair") for n in range(3)]
    nights = []
    for _ in range(rng.randint(2, 4)):
        typed = [
            (about, rng.choice(WORDS[kind]), rng.choice([None, "甲说"]), rng.choice(["张三", "李四"]))
            for about, kind in rows
            if rng.random() < 0.45
        ]
        values = [rng.choice(["25", "25", "30"]) for _ in range(3)]
        people = [rng.choice([20, 20, 18]) for _ in range(3)]
        nights.append({"typed": typed, "values": values, "people": people, "copy": rng.random() < 0.25})
    return nights


def play(desk: Desk, nights: list[dict], lose: str, after: int, older: int) -> tuple:
    """The nights, with a loss after one of them; what became of everything in the last."""
    copies: list[Path] = []
    decided = None
    for place, night in enumerate([{"typed": [], "values": ["25"] * 3, "people": [20] * 3, "copy": False}, *nights]):
        if place:
            for about, *words in night["typed"]:
                type_in(desk.workbook, about if about.startswith("id") else pair_id(*PAIRS[int(about)]), *words)
            if night["copy"]:
                shutil.copy(desk.workbook, desk.copies / f"副本{place}.xlsx")
        if lose != "nothing" and place == after:
            if lose == "older":
                put_back(desk, copies[min(older, len(copies) - 1)])
            else:
                {"deleted": deleted, "emptied": emptied}[lose](desk)
        findings = [{**HOLD, "finding_id": f"id{n}", "value": value} for n, value in enumerate(night["values"])]
        filings = [{"headcount": people} for people in night["people"]]
        decided = desk.night(findings, filings, PAIRS)
        copies.append(kept_older(desk))
    assert decided is not None
    ours = decided.findings[decided.findings["finding_id"].str.startswith("id")]
    kept = desk.view("decision").sort_values(["number", "decided_at", "source", "sheet", "row", "decision_id"])
    return (
        ours[["finding_id", "status", "verdict", "note", "reviewer"]].fillna("").to_numpy().tolist(),
        decided.pairs[["pair_id", "outcome", "verdict", "note", "reviewer"]].fillna("").to_numpy().tolist(),
        [
            tuple(row)
            for row in kept[
                ["about", "verdict", "note", "reviewer", "value", "problem", "shown_number", "number"]
            ].to_numpy()
        ],
        sorted(decided.standings.fillna("")[["applied", "why_not"]].itertuples(index=False, name=None)),
    )


@examples(
    2,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate],
)
@given(seed=st.integers(0, 10**6), lose=st.sampled_from(["deleted", "emptied", "older"]), data=st.data())
def test_a_loss_changes_nothing_in_what_is_decided(tmp_path_factory, seed, lose, data):
    nights = steps(random.Random(seed))
    after = data.draw(st.integers(1, len(nights)))
    older = data.draw(st.integers(0, after - 1))
    without = Desk(tmp_path_factory.mktemp("desk"))
    with_loss = Desk(tmp_path_factory.mktemp("desk"))
    expected = play(without, nights, "nothing", after, older)
    found = play(with_loss, nights, lose, after, older)
    without.close()
    with_loss.close()
    assert found == expected
