"""On labelled filings the rules find what they must and leave alone what is clean."""

import pytest

from schemas.sureness import MEASURED, load_measured
from tests.labelled.filings import HALVES, labelled
from tests.labelled.measure_rules import YEAR, RuleScore, as_file, measured, rule_score


@pytest.fixture(scope="module")
def scored() -> dict[str, RuleScore]:
    return {half: rule_score(labelled(half)) for half in HALVES}


@pytest.mark.parametrize("half", HALVES)
def test_few_false_alarms_and_few_misses(scored, half):
    assert scored[half].found >= 0.9
    assert scored[half].alarmed <= 0.015


def test_what_the_rules_say_of_themselves_is_what_is_measured(scored):
    told = measured(scored["seen"], scored["unseen"])
    assert load_measured(YEAR) == told, "run: python -m tests.labelled measured"
    assert (MEASURED / f"{YEAR}.toml").read_text("utf-8") == as_file(told)


def test_a_year_that_was_not_measured_has_no_figures(tmp_path):
    assert load_measured(YEAR, tmp_path) is None
