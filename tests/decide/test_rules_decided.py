"""``huizong rules --decided``: what reviewers made of each rule's findings, from what they typed to what the office reads."""

import json
import re

import duckdb
import pytest

from flows import cli
from tests.decide.cases import PAIR, PAIR_ID
from tests.desk import type_in

pytestmark = [pytest.mark.usefixtures("quick"), pytest.mark.slow]

TEXT = {"rule_id": "sightseeing-content", "clause": "二（五）1", "severity": "hold", "column": "培训内容"}
VISIT = {
    **TEXT,
    "finding_id": "v1",
    "value": "参观、考察工厂",
    "words": "参观；考察",
    "file": "2020/甲.xlsx",
    "cell": "K4",
}
TOUR = {**TEXT, "finding_id": "v2", "value": "参观古堡", "words": "参观", "filing_id": "f1"}
MANY = {
    "rule_id": "headcount",
    "clause": "四（三）",
    "severity": "hold",
    "column": "申报人数",
    "finding_id": "h1",
    "value": "25",
    "filing_id": "f1",
}
LONG = {"rule_id": "days", "clause": "四（三）", "finding_id": "d1", "column": "培训天数", "value": "400"}
FEES = {"rule_id": "charges-fees", "clause": "二（五）4", "severity": "hold", "finding_id": "c1", "value": "是"}


def told(capsys: pytest.CaptureFixture[str], desk, form: str = "json") -> str:
    desk.close()
    capsys.readouterr()
    arguments = ["rules", "--decided", "--year", "2020", "--format", form, "--outputs", str(desk.settings.outputs)]
    assert cli.main(arguments) == cli.DONE
    return capsys.readouterr().out


def rules(capsys: pytest.CaptureFixture[str], desk) -> dict[str, dict]:
    """What is told of each rule, by its id."""
    return {rule["rule_id"]: rule for rule in json.loads(told(capsys, desk))["rules"]}


def counts(rule: dict) -> tuple[int, ...]:
    return tuple(rule[name] for name in ("findings", "passed", "returned", "excluded", "revised", "withdrawn"))


def words(rule: dict) -> dict[str, tuple[int, int]]:
    return {one["word"]: (one["passed"], one["upheld"]) for one in rule["words"]}


@pytest.fixture
def season(desk):
    """Nights in which reviewers let pass, uphold, change their mind and take back; the last finds little of it any more."""
    everything = [VISIT, TOUR, MANY, LONG, FEES]
    desk.night(everything, pairs=[PAIR])
    type_in(desk.workbook, "v1", "同意", "属实训", "张三")
    for about, verdict in {"v2": "退回", "h1": "同意", "d1": "退回", PAIR_ID: "不合并"}.items():
        type_in(desk.workbook, about, verdict)
    desk.night(everything, pairs=[PAIR])
    type_in(desk.workbook, "v2", "剔除", None, "李四")
    type_in(desk.workbook, "d1", "撤销")
    everything = [VISIT, TOUR, {**MANY, "value": "30"}, LONG, FEES]
    desk.night(everything, pairs=[PAIR])
    type_in(desk.workbook, "h1", "退回")
    desk.night(everything, pairs=[PAIR])
    desk.night([VISIT])
    return desk


def test_each_word_counts_once_with_the_last_that_was_said(season, capsys):
    found = rules(capsys, season)
    assert counts(found["sightseeing-content"]) == (2, 1, 0, 1, 1, 0)
    assert counts(found["headcount"]) == (1, 1, 1, 0, 0, 0), "each value that was judged"
    assert counts(found["days"]) == (1, 0, 0, 0, 0, 1), "what was taken back says nothing"
    assert "charges-fees" not in found, "nobody said anything of it"


def test_the_words_are_those_that_the_reviewer_saw_also_where_the_finding_is_gone(season, capsys):
    found = rules(capsys, season)
    assert words(found["sightseeing-content"]) == {"“参观”": (1, 1), "“考察”": (1, 0)}
    assert words(found["headcount"]) == {"申报人数“25”": (1, 0), "申报人数“30”": (0, 1)}
    let, out = found["sightseeing-content"]["examples"]
    assert let.startswith("同意：2020 年 2020/甲.xlsx")
    assert "K4" in let
    assert let.endswith("“参观”、“考察”（张三，属实训） 编号 v1")
    assert out.startswith("剔除：")
    assert out.endswith("编号 v2")


def test_on_a_terminal_it_reads_like_the_rules(season, capsys):
    text = told(capsys, season, "text")
    assert re.search(r"^二（五）1　国内能够解决的不得申报", text, re.MULTILINE)
    line = r"^    待核 +sightseeing-content +发现 2 +放行 1（50%）、维持 1（退回 0、剔除 1），改过意见 1$"
    assert re.search(line, text, re.MULTILINE)
    assert re.search(r"^        “参观”放行 1、维持 1；“考察”放行 1、维持 0$", text, re.MULTILINE)
    assert "另有 1 条规则发现过问题" in text
    assert "关于疑似重复的意见（不合并 1）不属于任何一条规则" in text


def test_all_years_count_and_what_no_night_knows_is_said(season, capsys):
    season.close()
    with duckdb.connect(season.settings.warehouse) as connection:
        for table in ("run", "finding", "decision"):
            number = ", number - 100 AS number" if table != "finding" else ""
            connection.execute(
                f"INSERT INTO {table} BY NAME SELECT * REPLACE (2019 AS year, run_id || 'x' AS run_id{number}) FROM {table}"
            )
        connection.execute("DELETE FROM finding WHERE year = 2019 AND rule_id = 'headcount'")
    found = rules(capsys, season)
    assert counts(found["sightseeing-content"]) == (4, 2, 0, 2, 2, 0)
    assert counts(found["headcount"]) == (1, 1, 1, 0, 0, 0)
    assert json.loads(told(capsys, season))["unknown"] == 2


def test_a_word_about_a_whole_filing_counts_for_each_of_its_findings_but_those_with_a_word_of_their_own(desk, capsys):
    desk.night([TOUR, MANY, {**LONG, "filing_id": "f1"}, VISIT])
    type_in(desk.workbook, "h1", "退回")
    desk.night([TOUR, MANY, {**LONG, "filing_id": "f1"}, VISIT])
    desk.connection.execute(
        "INSERT INTO decision BY NAME SELECT * REPLACE ('of f1' AS decision_id, 'f1' AS about, NULL AS value, '同意' AS verdict) "
        "FROM decision"
    )
    found = rules(capsys, desk)
    passed = {rule: (told["passed"], told["returned"]) for rule, told in found.items()}
    assert passed == {"sightseeing-content": (1, 0), "headcount": (0, 1), "days": (1, 0)}


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_without_decisions_or_a_warehouse_it_says_so(desk, capsys, form):
    assert "还没有关于各条规则的处理意见" in told(capsys, desk, form)
    assert not desk.settings.warehouse.exists()
    desk.night([VISIT])
    text = told(capsys, desk, form)
    assert "还没有关于各条规则的处理意见" in text
    assert "另有 1 条规则发现过问题" in text


def test_the_workbook_is_one_for_officials(season, capsys, tmp_path):
    from openpyxl import load_workbook

    season.close()
    path = tmp_path / "意见.xlsx"
    arguments = ["rules", "--decided", "--year", "2020", "--format", "xlsx", "--outputs", str(season.settings.outputs)]
    assert cli.main([*arguments, "-o", str(path)]) == cli.DONE
    (sheet,) = load_workbook(path).worksheets
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    start = next(place for place, row in enumerate(rows) if row[0] == "条款")
    (row,) = [dict(zip(rows[start], row, strict=True)) for row in rows if "headcount" in row]
    assert (row["级别"], row["放行"], row["维持"], row["放行比例"]) == ("待核", 1, 1, 0.5)


def test_findings_that_rest_on_no_word_at_all_are_told_by_their_values(desk, capsys):
    desk.night([MANY])
    type_in(desk.workbook, "h1", "同意")
    desk.night([MANY])
    told_of = rules(capsys, desk)["headcount"]
    assert counts(told_of) == (1, 1, 0, 0, 0, 0)
    assert words(told_of) == {"申报人数“25”": (1, 0)}
