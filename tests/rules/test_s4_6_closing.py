"""四（六）2: last year's summaries."""

import pytest

from tests.rules.cases import Case, filing

SCHOOLS = {"organiser": "四川省教育厅", "theme": "基础教育"}

CASES = [
    filing("summary-outstanding", **SCHOOLS),
    Case([SCHOOLS, {**SCHOOLS, "otm_no": "OTM2", "theme": "学前教育"}], ("summary-outstanding",)),
    filing(organiser="四川省农业农村厅"),
    # nobody travelled: no summary is due
    filing(organiser="四川省农业科学院"),
    # nothing approved last year
    filing(organiser="绵阳市农业农村局"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_breaks_exactly(found, case):
    assert sorted(found[case]["rule_id"]) == sorted(case.breaks)


def test_the_summary_that_is_due_is_named():
    (found,) = filing(**SCHOOLS).findings().to_dict("records")
    assert "尚未报送：双元制培训" in found["message"]
    assert found["severity"] == "advise"
