"""Why two filings are thought one group."""

import pytest

from tests.link.cases import BOOK, GROUP, linked, steps_of


def test_reasons_are_chinese_and_evidence_adds_up():
    result = linked([GROUP, GROUP | {"unit": "眉山市农业农村局", "headcount": 3}])
    pair = result.pairs.iloc[0]
    assert pair["reasons"].startswith("支持：")
    assert "主题相同" in pair["reasons"]
    steps = steps_of(pair["evidence"])
    assert [step["name"] for step in steps] == ["prior", *(c.name for c in BOOK.linkage.comparisons)]
    assert sum(step["weight"] for step in steps) == pytest.approx(pair["match_weight"], abs=0.02)
    assert pair["match_probability"] == pytest.approx(1 / (1 + 2 ** -pair["match_weight"]))


@pytest.mark.slow
def test_numbers_that_differ_speak_against_and_missing_ones_say_nothing():
    first = GROUP | {"otm_no": "OTM2020000001"}

    def weight(**changed: object) -> float:
        rows = [first, first | {"unit": "眉山市农业农村局"} | changed]
        steps = steps_of(linked(rows).pairs["evidence"].iloc[0])
        return {step["name"]: step["weight"] for step in steps}

    same, other, none = (weight(otm_no=number) for number in ("OTM2020000001", "OTM2020000002", None))
    assert same["otm_no"] > 4
    assert other["otm_no"] < 0
    assert none["otm_no"] == 0
    numbers = ("YX2020-0101", "YX2020-0234", "YX2020-1001", "YX2020-0I01", None)
    letters = [weight(letter_no=number)["letter_no"] for number in numbers]
    assert letters[0] > 2
    assert letters[1] < -1
    # 两字颠倒、错一个字：可能是笔误，不作反对。
    assert letters[2] == letters[3] == pytest.approx(0.5, abs=0.1)
    assert letters[4] == 0
