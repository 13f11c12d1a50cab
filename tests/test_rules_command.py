"""``huizong rules``: every clause, what looks after it, and what that found last night."""

import json
import re
from pathlib import Path

import openpyxl
import pytest

from flows import cli, warehouse
from flows.rulebook import COVERAGE, NOT_IN_FORCE, coverage, markdown
from flows.validate import RULES, rule_book
from schemas.notice import NOTICES, load_notice
from schemas.sureness import load_measured
from schemas.words import DISPOSITIONS
from tests.rules.cases import NOTICE

NUMBERED = [
    *(f"一（{item}）" for item in "一二三四五"),
    *(f"二（一）{item}" for item in range(1, 5)),
    *(f"二（二）{item}" for item in range(1, 6)),
    *(f"二（三）{item}" for item in range(1, 5)),
    *(f"二（五）{item}" for item in range(1, 5)),
    "三",
    *(f"四（{item}）" for item in "一二三四五"),
    "四（六）1",
    "四（六）2",
]
"""Every numbered item of the notice."""


@pytest.fixture
def night(tmp_path: Path) -> Path:
    """An outputs folder whose warehouse has one night with three findings of one rule."""
    counts = dict.fromkeys(("files", "filings", "findings", "groups", *DISPOSITIONS), 0)
    with warehouse.open_warehouse(tmp_path / "warehouse.duckdb") as connection:
        connection.execute(
            f"INSERT INTO run BY NAME SELECT 'r' AS run_id, 2020 AS year, 1 AS number, TIMESTAMP '2020-01-01' AS started_at, "
            f"'complete' AS status, {', '.join(f'{number} AS {name}' for name, number in counts.items())}"
        )
        connection.execute(
            "INSERT INTO finding BY NAME SELECT 'r' AS run_id, 2020 AS year, range::VARCHAR AS finding_id, "
            "'headcount' AS rule_id, '四（三）' AS clause, 'hold' AS severity, '多。' AS message, '请减。' AS advice, "
            "'open' AS status FROM range(3)"
        )
    return tmp_path


def asked(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert cli.main(["rules", *map(str, arguments)]) == cli.DONE
    return capsys.readouterr().out


def test_every_numbered_item_of_the_notice_is_there():
    assert set(NUMBERED) <= {clause.number for clause in NOTICE.clauses}


def test_every_clause_is_looked_after_or_says_why():
    table = coverage(NOTICE)
    assert set(table["clause"]) == {clause.number for clause in NOTICE.clauses}
    without = table[table["rule_id"].isna()]
    assert without["why"].notna().all()
    assert set(table["rule_id"].dropna()) == set(RULES)
    assert len(table.dropna(subset=["rule_id"])) == len(rule_book(NOTICE))


def test_plain_text_names_clause_severity_rule_and_last_night(capsys, night):
    told = asked(capsys, "--outputs", night)
    assert re.search(r"^四（三）　每团原则上不超过 20 人", told, re.MULTILINE)
    assert re.search(r"^    待核 +headcount +昨夜 3 +按列判断，确定 +申报人数$", told, re.MULTILINE)
    assert re.search(r"^    退回修改 +days +昨夜 0 +按列判断，确定 +培训天数$", told, re.MULTILINE)


def test_of_a_clause_that_texts_decide_the_figures_are_told(capsys, tmp_path):
    told = asked(capsys, "--no-findings")
    assert re.search(
        r"^二（五）1.*\n    把握：按文字判断：标注样本中应提示的 \d+ 条提示了 \d+ 条，没有问题的 \d+ 条误报 \d+ 条",
        told,
        re.MULTILINE,
    )
    assert "没有用标注样本测过" in markdown(NOTICE, coverage(NOTICE))


def test_json_is_for_programs(capsys, night):
    told = json.loads(asked(capsys, "--format", "json", "--outputs", night))
    clauses = {clause["clause"]: clause for clause in told["clauses"]}
    assert clauses["一（一）"]["kinds"] == ["person"]
    assert clauses["一（一）"]["rules"] == []
    assert clauses["一（一）"]["why"]
    (headcount,) = [rule for rule in clauses["四（三）"]["rules"] if rule["rule_id"] == "headcount"]
    sure = {"sure": "按列判断，确定"}
    assert headcount == {"rule_id": "headcount", "severity": "hold", "looks_at": "申报人数", "findings": 3, **sure}


def test_without_a_night_there_are_no_counts(capsys, tmp_path):
    told = asked(capsys, "--format", "markdown", "--outputs", tmp_path)
    assert "昨夜问题数" not in told
    assert not (tmp_path / "warehouse.duckdb").exists()


def test_another_years_night_is_not_counted(night):
    assert warehouse.findings_by_rule(night / "warehouse.duckdb", 2021) is None


def test_a_warehouse_in_use_does_not_hide_the_rules(capsys, night):
    (night / "warehouse.duckdb").write_bytes(b"not a database")
    assert cli.main(["rules", "--outputs", str(night)]) == cli.DONE
    said = capsys.readouterr()
    assert "headcount" in said.out
    assert said.err.startswith("昨夜的问题数未列：")


def test_the_workbook_is_one_for_officials(capsys, night, tmp_path):
    path = tmp_path / "规则.xlsx"
    assert str(path) in asked(capsys, "--format", "xlsx", "--outputs", night, "-o", path)
    sheet = openpyxl.load_workbook(path)["条款与规则"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    header = [column.title for column in COVERAGE]
    start = rows.index(header)
    told = [dict(zip(header, row, strict=True)) for row in rows[start + 1 :]]
    (headcount,) = [row for row in told if row["规则"] == "headcount"]
    assert (headcount["条款"], headcount["级别"], headcount["昨夜问题数"]) == ("四（三）", "待核", 3)
    assert len(told) == len(coverage(NOTICE))


def test_a_file_can_be_written(capsys, tmp_path):
    path = tmp_path / "rules.md"
    asked(capsys, "--format", "markdown", "--no-findings", "-o", path)
    assert path.read_text("utf-8") == markdown(NOTICE, coverage(NOTICE, measured=load_measured(NOTICE.year)))


@pytest.mark.parametrize("form", ["markdown", "xlsx"])
def test_a_file_that_cannot_be_written_is_named(capsys, tmp_path, form):
    path = tmp_path / "nowhere" / "rules"
    assert cli.main(["rules", "--no-findings", "--format", form, "-o", str(path)]) == cli.WRONG
    assert "不能写入" in capsys.readouterr().err


def test_a_clause_that_is_not_in_force_says_so(tmp_path):
    text = (NOTICES / "2020.toml").read_text("utf-8")
    text = text.replace('number = "四（四）"', 'number = "四（四）"\nactive = false')
    (tmp_path / "2020.toml").write_text(text, "utf-8")
    table = coverage(load_notice(2020, tmp_path))
    (row,) = table[table["clause"].eq("四（四）")].to_dict("records")
    assert row["kinds"] != row["kinds"]
    assert NOT_IN_FORCE in markdown(NOTICE, table)


def test_the_commands_file_is_read_only(night):
    before = (night / "warehouse.duckdb").stat().st_mtime_ns
    assert warehouse.findings_by_rule(night / "warehouse.duckdb", 2020) == {("四（三）", "headcount"): 3}
    assert (night / "warehouse.duckdb").stat().st_mtime_ns == before
