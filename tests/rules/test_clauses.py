"""Each rule stands in the file of its clause, and the files in the order of the notice."""

import re
from pathlib import Path

import pytest

from flows.validate import RULES, rules
from tests.rules.cases import NOTICE

NUMERALS = "零一二三四五六七八九"
FILES = sorted(path.stem for path in Path(rules.__path__[0]).glob("s*.py"))
ORDER = {clause.number: place for place, clause in enumerate(NOTICE.clauses)}
TOGETHER = {"s2_1_classes": ("二（一）", "二（二）")}
"""A file of several parts: what is asked of every class."""


def clauses_of(stem: str) -> tuple[str, ...]:
    """How the clauses of a file begin: ``s2_3_1_cadres`` has 二（三）1, ``s4_2b_cells`` 四（二）."""
    if stem in TOGETHER:
        return TOGETHER[stem]
    section, *parts = re.match(r"s(\d)(?:_(\d)[a-z]?)?(?:_(\d))?_", stem).groups()
    part, item = parts
    return (NUMERALS[int(section)] + (f"（{NUMERALS[int(part)]}）" if part else "") + (item or ""),)


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_a_rule_stands_in_the_file_of_its_clause(rule):
    stem = rule.holds.__module__.rpartition(".")[2]
    numbers = {rule.clause} if rule.each is None else {item.clause for item in rule.each(NOTICE)}
    assert all(number.startswith(clauses_of(stem)) for number in numbers)


def test_the_files_follow_the_notice():
    first = [min(place for number, place in ORDER.items() if number.startswith(clauses_of(stem))) for stem in FILES]
    assert first == sorted(first)


def test_every_part_of_the_notice_with_rules_has_its_tests():
    tested = {path.stem.removeprefix("test_")[:4] for path in Path(__file__).parent.glob("test_s*.py")}
    assert {stem[:4] for stem in FILES} == tested
