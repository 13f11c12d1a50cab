"""Every rule's sentence and advice: whole, with the value and the limit, and without blame."""

import itertools
import re
from importlib import import_module
from pathlib import Path
from string import Formatter

import pandas as pd
import pytest

from flows.validate import RULES, rule_book
from tests.rules.cases import NOTICE, Case, judge
from tests.year import FILING, PARTICIPANT

pytestmark = pytest.mark.slow

PARTS = [import_module(f"tests.rules.{path.stem}") for path in sorted(Path(__file__).parent.glob("test_s*.py"))]
CASES = list(itertools.chain.from_iterable(part.CASES for part in PARTS))
COLUMNS = {column.name: column for column in (*PARTICIPANT, *FILING)}
BLAME = re.compile("错误地|违规|违反|作假|虚报|擅自|故意|不负责|不认真|你|您|必须|nan|None|NA|<")
OF_A_TABLE = {"letter-column-missing", "letter-column-wanted"}
"""Rules whose case is no row that differs from a valid one; they have a test of their own."""


@pytest.fixture(scope="module")
def found():
    """The first finding of each rule, of the first case that breaks it, if possible one that others may stand beside."""
    breaking = sorted((case for case in CASES if case.breaks), key=lambda case: case.alone)
    first = {broken: case for case in reversed(breaking) for broken in case.breaks}
    findings = pd.concat(judge([*dict.fromkeys(first.values())]).values())
    return findings.drop_duplicates("rule_id").set_index("rule_id", drop=False)


def of_a_row(rule_id: str) -> bool:
    return rule_id not in OF_A_TABLE


EACH = pytest.mark.parametrize("rule_id", [*filter(of_a_row, RULES)])


@EACH
def test_says_it_in_whole_sentences_without_blame(found, rule_id):
    for said in found.loc[rule_id, ["message", "advice"]]:
        assert said.endswith("。")
        assert not said.endswith("。。")
        assert not BLAME.search(said), said
        assert "{" not in said
    assert found.loc[rule_id, "advice"].startswith(("请", "如", "确为", "“"))


@EACH
def test_names_the_value_that_its_cell_holds(found, rule_id):
    value, cell, message = found.loc[rule_id, ["value", "cell", "message"]]
    if isinstance(value, str) and isinstance(cell, str):
        plain = value.removesuffix(".0")
        quoted = [word for word in re.findall("“([^”]+)”", message) if word in value]
        assert quoted or any(word in message for word in plain.split("、")), (value, message)


@EACH
def test_carries_what_a_finding_must(found, rule_id):
    rule, finding = RULES[rule_id], found.loc[rule_id]
    assert finding["severity"] == NOTICE.severities[rule.id]
    assert finding["status"] == "open"
    assert finding["clause"] in {clause.number for clause in NOTICE.clauses}
    if rule.about:
        assert finding["column"] == COLUMNS[rule.about].title


LIMITS = {
    "headcount": "20", "group-headcount": "20", "group-split": "20", "days": "14 至 360", "class-long-term": "90",
    "necessity": "10", "content-length": "20", "execution-rate": "50%", "budget-outlier": "3000 元", "budget-per-head": "12 万元",
    "dates-against-days": "20", "days-abroad": "2 天", "departure-year": "2020-12-31", "departure-next-year": "2020-12-31",
}  # fmt: skip


@pytest.mark.parametrize(("rule_id", "limit"), LIMITS.items())
def test_names_the_limit(found, rule_id, limit):
    assert limit in found.loc[rule_id, "message"]


def test_every_rule_has_a_row_that_breaks_it_and_one_that_passes():
    assert {broken for case in CASES for broken in case.breaks} | OF_A_TABLE == set(RULES)
    assert sum(not case.breaks for case in CASES) > 100


def changed(case: Case) -> set[str]:
    """The columns in which a case differs from a valid one."""
    return {name for row in (*case.rows, *case.joining, *case.remarks, *case.totals, case.files) for name in row} - {
        "file"
    }


@EACH
def test_has_a_row_that_passes_beside_the_one_that_breaks_it(rule_id):
    for part in PARTS:
        broken = set().union(*(changed(case) for case in part.CASES if rule_id in case.breaks))
        if any(rule_id not in case.breaks and broken & changed(case) for case in part.CASES):
            return
    pytest.fail(f"no case of {rule_id} just passes: change the same column to what is still allowed")


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_is_declared_in_full(rule):
    assert rule.doc, "the function says what it asks"
    assert rule.looks_at
    assert rule.holds.__name__ != "<lambda>"
    assert rule.about is None or rule.about in COLUMNS
    if rule.about:
        assert COLUMNS[rule.about].title.split("（")[0] in rule.looks_at
    for template in (rule.message, rule.advice):
        assert template.count("{") == len([field for _, field, _, _ in Formatter().parse(template) if field])


def test_a_check_carries_rule_clause_severity_and_columns():
    by_id = {check.rule.id: check for check in rule_book(NOTICE)}
    check = by_id["headcount"]
    assert (check.name, check.title, check.severity, check.rule.over, check.rule.about) == (
        "headcount", "四（三）", "hold", "filings", "headcount",
    )  # fmt: skip
