"""On labelled filings the rules find what they must and leave alone what is clean."""

import pytest

from tests.labelled.filings import HALVES, labelled
from tests.labelled.measure_rules import rule_score


@pytest.mark.parametrize("half", HALVES)
def test_few_false_alarms_and_few_misses(half):
    scored = rule_score(labelled(half))
    assert scored.found >= 0.9
    assert scored.alarmed <= 0.015
