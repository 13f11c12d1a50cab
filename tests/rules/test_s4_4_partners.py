"""四（四）: letter of intent, formal cooperation, the institution kept."""

import pytest

from schemas.words import NO_CELL
from tests.rules.cases import BOOK, NOTICE, Case, filing

MANAGING = {"training_type": "综合管理类"}
GERMAN = {"country": "德国", "institution": "慕尼黑农业学校"}
UNLISTED = {"institution": "某职工学校"}

CASES = [
    *(filing("letter-wanted", letter_no=None, training_type=kind) for kind in ("专业技术类", "科研生产类")),
    filing("letter-wanted", letter_no="办理中"),
    *(
        filing("letter-missing", letter_no=None, training_type=kind)
        for kind in ("综合管理类", "党政综合管理类", "一般性专业类")
    ),
    filing("letter-missing", letter_no="洽谈中", **MANAGING),
    filing(letter_no="YX1", **MANAGING),
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
    filing("institution-kept", otm_no="OTM20190001", institution="某农业学校"),
    filing("institution-kept", otm_no="otm20190004", organiser="四川省农业科学院"),
    filing(otm_no="OTM20190004", organiser="四川省农业科学院", **GERMAN),
    filing("empty-cell", otm_no="OTM20190001", institution=None),
    # of the country named, as the list has it
    filing("institution-country", country="德国"),
    filing("institution-country", country="荷兰", institution="慕尼黑农业学校"),
    filing("hot-country", "institution-country", country="美国", institution="慕尼黑农业学校"),
    filing("unknown-country", country="加里敦"),
    # abroad, and no agency
    filing("institution-domestic", institution="四川农业大学"),
    filing("institution-domestic", institution="西南 民族大学"),
    *(
        filing("institution-seems-domestic", institution=name)
        for name in ("西南民族大学国际学院", "北京语言大学", "中国农业大学")
    ),
    *(filing("institution-named-country", institution=name) for name in ("德国慕尼黑工业大学", "美国农业部研究中心")),
    *(
        filing("institution-agency", institution=name)
        for name in ("蓝海留学服务有限公司", "环球国际旅行社伦敦分社", "欧亚游学俱乐部")
    ),
    *(
        filing(institution=name)
        for name in (
            "荷兰国家农业学院",
            "美国大学荷兰分校",
            "德国应用技术大学荷兰校区",
            "国际旅游学院",
            "埃因霍温留学生教育研究中心",
            "海外农业职业培训中心",
        )
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_breaks_exactly(found, case):
    assert sorted(found[case]["rule_id"]) == sorted(case.breaks)


def test_both_institutions_are_named():
    (found,) = filing(otm_no="OTM20190001", institution="某农业学校").findings().to_dict("records")
    assert "上年批复的境外机构是“瓦赫宁根农业培训中心”，本次填报“某农业学校”" in found["message"]


def test_what_the_lists_say_of_the_institution_is_told():
    told = [
        filing(**change).findings()["message"].item()
        for change in ({"country": "德国"}, {"institution": "四川农业大学"}, {"institution": "德国慕尼黑工业大学"})
    ]
    assert told == [
        "国家（地区）填报为“德国”，境外培训机构“瓦赫宁根农业培训中心”在境外机构名录中属荷兰，两者不符。",
        "境外培训机构填报为“四川农业大学”，四川农业大学是单位名录中的境内单位，不是境外机构。",
        "境外培训机构填报为“德国慕尼黑工业大学”，名称中的国家（地区）是德国，国家（地区）填报为“荷兰”。",
    ]


def test_a_table_without_the_column_holds_those_that_need_a_letter_and_reminds_the_others_once_a_sheet():
    lacking = {"letter_no": None, "letter_no_cell": NO_CELL}
    sheets = [lacking, lacking, {**lacking, **MANAGING}, {**lacking, **MANAGING, "sheet": "续表"}]
    told = Case(sheets).findings()[["rule_id", "severity", "sheet", "cell", "filing_id"]]
    assert told.astype(object).where(told.notna(), None).to_numpy().tolist() == [
        ["letter-column-missing", "hold", "续表", "E7", "f3"],
        ["letter-column-wanted", "advise", "项目申报", None, None],
        ["letter-column-missing", "hold", "项目申报", "E6", "f2"],
    ]


def test_the_form_requires_what_the_notice_asks_for():
    (asked,) = (column.required_for for column in BOOK.form.filing if column.required_for)
    assert set(asked) == set(NOTICE.meanings.formal_types)
