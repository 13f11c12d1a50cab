"""The linking settings."""

import pytest

from schemas.errors import DataFileError
from schemas.linkage import load_linkage
from schemas.yearbook import DATA
from tests.link.cases import BOOK


def _settings_file(tmp_path, old: str, new: str):
    text = (DATA / "linkage" / "2020.toml").read_text("utf-8")
    assert old in text
    path = tmp_path / "linkage.toml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("offer = 0.03", "offer = 0.999", "offer ≤ merge"),
        ('verdict = "agree"', 'verdict = "perhaps"', "不合要求"),
        ("mean_weight = ", "mean_wait = ", "mean_weight"),
        ("[words]", "[words", "无法识别"),
        ('verdict = "missing"', 'verdict = "differ"', "缺一方"),
    ],
)
def test_settings_that_cannot_be_understood(tmp_path, old, new, told):
    with pytest.raises(DataFileError, match=told):
        load_linkage(_settings_file(tmp_path, old, new))


def test_every_comparison_has_a_level_for_missing_and_one_for_all_else():
    for comparison in BOOK.linkage.comparisons:
        assert [level.verdict for level in comparison.levels].count("missing") == 1
        assert comparison.levels[-1].condition == ""


def test_rarity_counts_where_it_earns_its_place():
    assert {c.name: c.terms for c in BOOK.linkage.comparisons if c.terms} == {"institution": "institution"}
