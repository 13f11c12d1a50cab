"""四（二）: reviewed by experts, filled in as the form asks; every cell that is wrong is one finding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.validate import validate
from schemas.words import NO_CELL
from tests.examples import examples
from tests.rules.cases import BOOK, REFERENCES, Case, filing, judge
from tests.year import FILING

ACROSS = {"cross_region": True}
FILE = {"filing_id": None, "sheet": "项目申报"}


def unread(name: str, filed: str, **change: object) -> Case:
    """A filing with a cell that was filled and could not be read."""
    return filing("unread-cell", **{name: None, f"{name}_filed": filed}, **change)


REVIEWED = [
    filing(expert_review="通过"),
    filing("review-rejected", expert_review="未通过"),
    filing("review-pending", expert_review="未评审"),
    unread("expert_review", "拟评审"),
]

CELLS = [
    *(filing("empty-cell", **{c.name: None}) for c in FILING if c.required and c.name not in ("necessity", "otm_no")),
    *(filing(**{c.name: None}) for c in FILING if not c.required and c.name != "letter_no"),
    *(
        filing("empty-cell", **{name: "待定"})
        for name in ("title", "theme", "institution", "content", "contact", "phone")
    ),
    unread("seq", "第一"),
    unread("headcount", "二十来人"),
    unread("days", "三周"),
    unread("start_date", "2020年2月30日"),
    unread("budget", "见附件"),
    unread("degree_study", "部分"),
    unread("training_type", "技术类"),
    unread("funding_source", "上级拨款"),
    unread("provincial_cadres", "若干"),
    filing(provincial_cadres=None, provincial_cadres_filed="无"),
    filing("unknown-organiser", organiser="绵阳市新办"),
    filing("unknown-country", country="加里敦"),
    filing("unknown-country", country="德国、荷兰、比利时"),
    filing("unknown-organiser", organiser="绵阳市农业农村局、绵阳市水利局"),
    filing("empty-cell", "empty-cell", title=None, contact=None),
]

CONTRADICTIONS = [
    Case([{"seq": 1}, {"seq": 1, "otm_no": "A"}, {"seq": 2}], ("seq-twice", "seq-twice")),
    Case([{"seq": 1}, {"seq": 1, "sheet": "续表", "otm_no": "A"}]),
    # 2020-05-11 to 2020-05-31 are 21 days, both ends counted; two days of travel may be more
    filing(days=21),
    filing(days=20),
    filing(days=19),
    filing("days-abroad", days=18),
    filing("dates-against-days", days=22),
    # a stay of half a year is filed as 180 days; far countries take longer
    *(filing(days=180, start_date="2020-03-01", end_date=end) for end in ("2020-08-27", "2020-08-31", "2020-09-04")),
    filing("days-abroad", days=180, start_date="2020-03-01", end_date="2020-09-05"),
    filing("dates-against-days", days=180, start_date="2020-03-01", end_date="2020-08-26"),
    filing(days=30, start_date="2020-05-11", end_date="2020-06-12"),
    filing("days-abroad", days=29, start_date="2020-05-11", end_date="2020-06-11"),
    *(filing(country="智利", institution="某农业学校", days=days) for days in (19, 17)),
    filing("days-abroad", country="智利", institution="某农业学校", days=16),
    filing("dates-in-order", end_date="2020-05-10"),
    filing("dates-against-days", end_date="2020-05-11"),
    filing(start_date="2020-01-01", end_date="2020-01-21"),
    filing(start_date="2020-12-31", end_date="2021-01-20"),
    filing("departure-year", start_date="2019-12-31", end_date="2020-01-20"),
    filing("departure-next-year", start_date="2021-01-01", end_date="2021-01-21"),
    filing("departure-next-year", start_date="2021-12-31", end_date="2022-01-20"),
    filing("departure-year", start_date="2002-05-11", end_date="2002-05-31"),
    filing("departure-year", start_date="2022-05-11", end_date="2022-05-31"),
    filing("headcount-positive", headcount=0, provincial_cadres=None),
    filing(headcount=1),
    filing("budget-positive", budget=0.0),
    filing(budget=0.1),
    filing("cadres-within-headcount", "provincial-cadres", headcount=5, provincial_cadres=6),
    filing("provincial-cadres", headcount=5, provincial_cadres=5),
    filing("cadres-within-headcount", provincial_cadres=-1),
    filing("participants-within-headcount", **ACROSS, headcount=5, joining=({"participant": "绵阳市农业农村局", "participants": 6},)),
    filing(**ACROSS, headcount=6, joining=({"participant": "绵阳市农业农村局", "participants": 6},)),
    filing("participants-positive", **ACROSS, joining=({"participant": "绵阳市农业农村局", "participants": 0},)),
]  # fmt: skip

PHONES = [
    *(
        filing(phone=phone)
        for phone in (
            "028-55500001", "02855500001", "(028)55500001", "（0816）2220001", "0816 2220001", "13900000001", "139 0000 0001",
            "139-0000-0001", "+86 13900000001", "028-55500001-802", "028-55500001转802", "400-800-0001",
            "028-87393999（办）", "13900000001(王处长)", "028-55500001（办），13900000001（手机）", "电话：028-55500001",
            "手机 13900000001",
            "028-55500001、13900000001", "028-55500001 / 13900000001", "13900000001；0816-2220001", "028-5550 0001",
        )
    ),
    *(
        filing("phone", phone=phone)
        for phone in (
            "55500001", "55500001（办）", "028-（办）", "13900000001（5550）",
            "1390000000", "139000000011", "12900000001", "见通讯录", "028-555", "13900000001、555", "028-55500001王某某",
        )
    ),
]  # fmt: skip

PARTICIPANTS = [
    filing("participant-without-project", joining=({"filing_id": None, "seq": 9, "participant": "绵阳市农业农村局"},)),
    filing("unread-cell", joining=({"filing_id": None, "seq": None, "seq_filed": "九", "participant": "绵阳市农业农村局"},)),
    filing("unread-cell", **ACROSS, joining=({"participant": "绵阳市农业农村局", "participants": None, "participants_filed": "数人"},)),
    filing("unknown-participant", **ACROSS, joining=({"participant": "绵阳市新办"},)),
    filing(**ACROSS, joining=({"participant": "绵阳市农业农村局", "region": None, "system": None},)),
]  # fmt: skip

START = {"filing_id": "f0", "column": "start_date", "cell": 4 * 16384 + 14}
READING = [
    Case(
        [{"start_date": None, "start_date_filed": "3/4/2020"}],
        ("ambiguous-cell",),
        remarks=[{**START, "kind": "ambiguous", "value": "3/4/2020", "detail": "2020-03-04、2020-04-03"}],
    ),
    Case(
        [{"start_date": None, "start_date_filed": "3月4日、4月3日"}],
        ("several-values",),
        remarks=[{**START, "kind": "several_values", "value": "3月4日、4月3日", "detail": "3月4日、4月3日"}],
    ),
    Case(
        [{"start_date": None}],
        ("unsaved-formula",),
        remarks=[{**START, "kind": "no_cached_value", "value": "=TODAY()"}],
    ),
    Case(
        [{"start_date": None, "start_date_filed": "#REF!"}],
        ("error-cell",),
        remarks=[{**START, "kind": "error_value", "value": "#REF!"}],
    ),
    Case([{}], ("error-cell",), remarks=[{**START, "kind": "error_value", "value": "#REF!", "column": "remarks"}]),
    Case(
        [{}],
        ("title-guessed",),
        remarks=[{**FILE, "kind": "title_guessed", "column": "country", "value": "国别名称", "detail": "国家（地区）"}],
    ),
    Case(
        [{}],
        ("title-twice",),
        remarks=[{**FILE, "kind": "title_twice", "column": "days", "value": "天数", "detail": "N3"}],
    ),
    Case([{}], ("column-missing",), remarks=[{**FILE, "kind": "column_missing", "column": "phone"}]),
    Case(
        [{}],
        ("withdrawn",),
        remarks=[{**FILE, "kind": "withdrawn", "column": "title", "value": "种薯", "detail": "新.xlsx"}],
    ),
    Case(
        [{}],
        ("struck-out",),
        remarks=[{**FILE, "kind": "struck_out", "column": "title", "value": "种薯", "detail": "7"}],
    ),
    Case(
        [{}],
        ("hidden-copy",),
        remarks=[
            {
                **FILE,
                "kind": "hidden_copy",
                "column": "title",
                "value": "种薯",
                "detail": "旧稿第 4 行，项目申报第 4 行",
            }
        ],
    ),
    Case(
        [{}],
        ("header-unclear",),
        remarks=[
            {**FILE, "kind": "header_unclear", "column": "seq", "value": "3", "detail": "第 4 行（人数会另作理解）"}
        ],
    ),
    Case([{"start_date": None}], ("empty-cell",), remarks=[{**START, "kind": "picture"}]),
    Case([{"remarks": None}], ("picture-only",), remarks=[{**START, "kind": "picture", "column": "remarks"}]),
    Case([{}], ("hidden-sheet",), remarks=[{**FILE, "kind": "hidden_sheet", "column": "title", "detail": "Sheet2"}]),
    Case([{}], ("file-unreadable",), files={"status": "unreadable", "reason": "文件已加密。"}),
    Case(
        [{}],
        ("file-deferred",),
        files={
            "status": "deferred",
            "reason": "本夜清点之后文件有改动（内容与清点时不同），改动后的内容本夜不读取，下一夜再读取。",
        },
    ),
    Case([{}], ("file-failed",), files={"status": "failed", "reason": "读取程序处理这份文件时自身出错。"}),
    Case([{}], ("file-empty",), files={"status": "empty"}),
    Case([{}], files={"status": "skipped", "reason": "隐藏文件。"}),
]

TOTALS = [
    Case([{}], totals=[{"column": "budget", "value": "60", "stated": 60.0, "computed": 60.0}]),
    Case([{}], totals=[{"column": "budget", "value": "60.01", "stated": 60.01, "computed": 60.0}]),
    Case([{}], ("total-differs",), totals=[{"column": "budget", "value": "60.1", "stated": 60.1, "computed": 60.0}]),
    Case([{}], ("total-unread",), totals=[{"column": "budget", "value": "约60", "stated": None, "computed": 60.0}]),
    Case(
        [{"budget": None, "budget_filed": "见附件"}],
        ("unread-cell",),
        totals=[{"column": "budget", "value": "60", "stated": 60.0, "computed": 0.0}],
    ),
]

GROUPS = [
    Case([{"headcount": 10}, {"headcount": 6, "file": "2020/乙.xlsx"}], together=[("f0", "f1")]),
    Case([{"headcount": 10}, {"headcount": 10, "file": "2020/乙.xlsx"}], together=[("f0", "f1")]),
    Case([{"headcount": 10}, {"headcount": 11, "file": "2020/乙.xlsx"}], ("group-shares",), together=[("f0", "f1")]),
    Case(
        [{"headcount": 10}, {"headcount": 6, "file": "2020/乙.xlsx"}, {"headcount": 4, "file": "2020/丙.xlsx"}],
        together=[("f0", "f1", "f2")],
    ),
    Case(
        [{"headcount": 10}, {"headcount": 6, "file": "2020/乙.xlsx"}, {"headcount": 5, "file": "2020/丙.xlsx"}],
        ("group-shares",),
        together=[("f0", "f1", "f2")],
    ),
    # the lead lists whom it counts
    *(
        Case(
            [
                {"headcount": 15, "cross_region": True},
                {"headcount": share, "unit": unit, "cross_region": True, "file": "2020/乙.xlsx"},
            ],
            breaks,
            joining=[
                {"participant": "四川省农业农村厅", "participants": 12},
                {"participant": "绵阳市农业农村局", "participants": 3},
            ],
            together=[("f0", "f1")],
        )
        for unit, share, breaks in (
            ("绵阳市农业农村局", 3, ()),
            ("绵阳市农业农村局", 2, ()),
            ("绵阳市农业农村局", 7, ("group-shares",)),
            ("德阳市农业农村局", 4, ("group-shares",)),
        )
    ),
]

CASES = [*REVIEWED, *CELLS, *CONTRADICTIONS, *PHONES, *PARTICIPANTS, *READING, *TOTALS, *GROUPS]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_breaks_exactly(found, case):
    assert sorted(found[case]["rule_id"]) == sorted(case.breaks)


def test_a_valid_filing_breaks_nothing():
    assert Case([{}] * 3).findings().empty


def test_an_unread_cell_is_quoted_with_what_is_expected():
    (found,) = unread("training_type", "技术类").findings().to_dict("records")
    assert (found["cell"], found["value"], found["column"]) == ("E4", "技术类", "培训类型")
    assert found["message"] == (
        "“培训类型”填报为“技术类”，无法识别；应为以下各词之一：党政综合管理类、综合管理类、一般性专业类、专业技术类、科研生产类。"
    )


def test_both_readings_of_an_ambiguous_date_are_named():
    (found,) = READING[0].findings().to_dict("records")
    assert found["message"] == "“拟出境日期”填报为“3/4/2020”，可读作2020-03-04、2020-04-03，无法确定是哪一个。"
    assert (found["cell"], found["filing_id"]) == ("O4", "f0")


def test_a_formula_without_result_is_quoted():
    (found,) = READING[2].findings().to_dict("records")
    assert found["value"] == "=TODAY()"


def test_a_finding_about_a_file_has_no_filing():
    (found,) = Case([{}], files={"status": "unreadable", "reason": "文件已加密。"}).findings().to_dict("records")
    assert found["file"] == "2020/甲.xlsx"
    assert found["message"] == "文件无法读取：文件已加密。"
    assert all(found[name] != found[name] for name in ("filing_id", "sheet", "cell", "value"))


def test_a_column_that_the_table_lacks_is_no_finding_a_row():
    lacking = {"phone": None, "phone_cell": NO_CELL}
    assert Case([lacking, lacking]).findings().empty


def test_older_versions_are_not_judged():
    readings = Case([{"headcount": 99}]).readings()
    readings.filings["superseded_by"] = "已由新版替代。"
    assert validate(readings, BOOK, REFERENCES).empty


EMPTY = st.sets(st.sampled_from([column.name for column in FILING if column.required]), min_size=1)


@examples(1)
@given(st.lists(EMPTY, min_size=20, max_size=30))
def test_an_empty_required_cell_is_one_finding_and_breaks_nothing_else(lacking):
    cases = {filing(**dict.fromkeys(empty)): empty for empty in lacking}
    titles = {column.name: column.title for column in FILING}
    for case, found in judge([*cases]).items():
        assert sorted(found["column"]) == sorted(titles[name] for name in cases[case])
        assert found["value"].isna().all()
