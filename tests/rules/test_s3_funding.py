"""三: central funding waits."""

import pytest

from tests.rules.cases import filing

CASES = [
    filing("central-funding", funding_source="中央财政资助"),
    filing("central-funding", funding_source="省级财政、中央财政资助"),
    filing(funding_source="省级财政、单位自筹"),
    filing("unread-cell", funding_source=None, funding_source_filed="上级拨款"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_breaks_exactly(found, case):
    assert sorted(found[case]["rule_id"]) == sorted(case.breaks)
