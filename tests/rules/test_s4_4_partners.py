"""四（四）: letter of intent, formal cooperation, the institution kept."""

import pytest

from schemas.words import NO_CELL
from tests.rules.cases import Case, filing

MANAGING = {"training_type": "综合管理类"}
GERMAN = {"country": "德国", "institution": "慕尼黑农业学校"}
UNLISTED = {"institution": "某职工学校"}

CASES = [
    filing("letter-missing", letter_no=None),
    filing("letter-missing", letter_no="办理中"),
    filing(letter_no="YX1"),
    filing(**MANAGING),
    filing("institution-not-formal", **MANAGING, **GERMAN),
    filing("institution-not-formal", training_type="党政综合管理类", **GERMAN),
    filing("institution-not-formal", training_type="一般性专业类", **GERMAN),
    filing(training_type="专业技术类", **GERMAN),
    filing(training_type="科研生产类", **GERMAN),
    filing("institution-unlisted", **MANAGING, **UNLISTED),
    filing(**UNLISTED),
    filing("empty-cell", **MANAGING, institution=None),
    filing("empty-cell", institution="待定"),
    # an approved project, known by its number, keeps its institution by any of its names
    filing(otm_no="OTM20190001", institution="瓦赫宁根农业培训中心"),
    filing("institution-kept", otm_no="OTM20190001", institution="加州农业推广学院"),
    filing("institution-kept", otm_no="otm20190003", **GERMAN),
    filing(otm_no="OTM20190003", country="德国", institution="慕尼黑 职业学校"),
    filing("empty-cell", otm_no="OTM20190001", institution=None),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_breaks_exactly(found, case):
    assert sorted(found[case]["rule_id"]) == sorted(case.breaks)


def test_both_institutions_are_named():
    (found,) = filing(otm_no="OTM20190001", institution="加州农业推广学院").findings().to_dict("records")
    assert "上年批复的境外机构是“瓦赫宁根农业培训中心”，本次填报“加州农业推广学院”" in found["message"]


def test_a_table_without_the_column_is_told_once_a_sheet():
    lacking = {"letter_no": None, "letter_no_cell": NO_CELL}
    found = Case([lacking, lacking, {**lacking, "sheet": "续表"}]).findings()
    assert found["rule_id"].tolist() == ["letter-column-missing", "letter-column-missing"]
    assert found["sheet"].tolist() == ["续表", "项目申报"]
    assert found["cell"].isna().all()
    assert found["filing_id"].isna().all()
