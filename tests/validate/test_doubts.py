"""What rests on a contradicted or unreadable reference value is held and says why; nothing else changes."""

from functools import cache
from itertools import permutations, product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from flows.read.values import Units
from flows.references.doubts import combinations
from flows.validate import validate
from tests import frames
from tests.references.books import Books
from tests.year import BOOK


def found(books, *rows, joining=(), together=()):
    """Rule, severity and message of what is found in these filings, and of their groups."""
    with TemporaryDirectory() as folder:
        references = books.load(Path(folder))
    readings = frames.readings(list(rows), list(joining))
    findings = validate(readings, BOOK, references)
    if together:
        members, groups = frames.grouped(readings.filings, *together)
        findings = validate(readings, BOOK, references, ("group",), groups, members)
    return {(row.rule_id, row.severity): row.message for row in findings.itertuples() if row.severity != "advise"}


@pytest.mark.parametrize("counts", [(2, 2, 2, 2, 2), (3, 10, 2), (3, 6, 2, 2), (3, 3), (2,)])
def test_every_two_options_of_an_entry_are_tried_together_in_few_readings(counts):
    tried = combinations(counts)
    for (one, first), (other, second) in permutations(enumerate(counts), 2):
        assert {(chosen[one], chosen[other]) for chosen in tried} == {*product(range(first), range(second))}
    assert len(tried) <= 30


@cache
def usual():
    """What is found in a valid filing whatever the registers leave open."""
    return found(Books(), {})


@pytest.mark.slow
@pytest.mark.parametrize("order", ["省级", "市级"])
def test_a_contradicted_level_forbids_nothing_whichever_row_is_first(order):
    other = {"省级": "市级", "市级": "省级"}[order]
    books = Books().put("units", "四川省农业农村厅", "层级", order).again("units", "四川省农业农村厅", 层级=other)
    told = found(books, {"training_type": "党政综合管理类"})
    (message,) = [message for (rule, severity), message in told.items() if rule == "local-political"]
    assert ("local-political", "hold") in told
    assert "单位名录.xlsx“单位名录”C3、C8" in message
    assert "“四川省农业农村厅”的层级互相矛盾" in message
    assert found(books, {}) == usual()


CASES = [
    (Books().put("units", "四川省农业农村厅", "垂直管理", "？"), {}, "vertical-organiser"),
    (Books().again("units", "四川省农业农村厅", 因公出国经费预算="否"), {}, "organiser-without-budget"),
    (
        Books().put("units", "四川省农学会", "单位性质", "协会学会"),
        {"organiser": "四川省农学会", "cross_region": True, "unit": "绵阳市农业农村局"},
        "society-cross-region",
    ),
    (Books().put("units", "四川省农业农村厅", "所属系统", None), {"theme": "职业教育"}, "unified-theme"),
    (
        Books().put("units", "中共绵阳市委组织部", "层级", "厅级"),
        {"organiser": "中共绵阳市委组织部"},
        "organisation-department",
    ),
    (
        Books().again("institutions", "瓦赫宁根农业培训中心", 正式合作关系="否"),
        {"training_type": "综合管理类"},
        "institution-not-formal",
    ),
    (Books().again("countries", "荷兰", 热点="是"), {"training_type": "党政综合管理类"}, "hot-political"),
    (
        Books().again("last_year", "OTM20190001", 境外培训机构="慕尼黑农业学校"),
        {"otm_no": "OTM20190001"},
        "institution-kept",
    ),
    (Books().put("units", "四川省农学会", "别名", "省教育厅"), {"organiser": "省教育厅"}, "unknown-organiser"),
    (Books().put("countries", "美国", "别名", "荷兰王国"), {"country": "荷兰王国"}, "unknown-country"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("books", "change", "rule"), CASES, ids=[rule for _, _, rule in CASES])
def test_what_rests_on_a_doubt_is_held_and_says_why(books, change, rule):
    told = found(books, change)
    assert [severity for name, severity in told if name == rule] == ["hold"]
    assert "名录有疑问" in told[rule, "hold"]
    assert ".xlsx“" in told[rule, "hold"]
    assert not {severity for _, severity in told} - {"hold"}


@pytest.mark.slow
def test_whether_two_units_are_of_one_region_is_open_where_one_has_none():
    books = Books().put("units", "德阳市农业农村局", "所在市州", None)
    joining = [{"participant": "德阳市农业农村局", "budgeted": True}]
    told = found(books, {"organiser": "绵阳市农业农村局"}, joining=joining)
    assert set(told) == {("cross-region-declared", "hold"), ("cross-region-right", "hold")}


@pytest.mark.slow
def test_two_units_without_a_region_may_be_of_one():
    books = Books().put("units", "德阳市农业农村局", "所在市州", "?").put("units", "绵阳市农业农村局", "所在市州", "?")
    joining = [{"participant": "德阳市农业农村局", "budgeted": True}]
    told = found(books, {"organiser": "绵阳市农业农村局"}, joining=joining)
    assert {severity for _, severity in told} == {"hold"}


@pytest.mark.slow
def test_what_is_wrong_whatever_the_register_means_is_as_grave_as_ever():
    books = Books().again("units", "四川省农业农村厅", 层级="市级")
    assert ("not-budgeted", "prohibit") in found(books, {"budgeted": False})
    assert ("phone", "return") in found(books, {"phone": "12"})


@pytest.mark.slow
def test_a_group_is_held_for_a_doubt_about_whoever_joins_it():
    books = Books().put("units", "德阳市农业农村局", "所属系统", None)
    rows = [
        {"cross_region": True},
        {"file": "2020/乙.xlsx", "unit": "德阳市农业农村局", "organiser": "四川省农业农村厅", "headcount": 3},
    ]
    told = found(books, *rows, together=[("f0", "f1")])
    assert [severity for rule, severity in told if rule == "group-joiners"] == ["hold"]


@pytest.mark.slow
@pytest.mark.parametrize("filed", ["省教育厅", "省 教育厅", "省教育厅基础教育处", "省教育厅（盖章）"])
def test_a_name_that_two_units_claim_is_held_however_it_is_written(filed, tmp_path):
    references = Books().put("units", "四川省农学会", "别名", "省教育厅").load(tmp_path)
    organiser = Units(references.unit_names, BOOK.spellings).read(filed)
    readings = frames.readings([{"organiser": organiser}])
    findings = validate(readings, BOOK, references)
    told = findings[findings["rule_id"].eq("unknown-organiser")]
    assert told["severity"].tolist() == ["hold"]


NAMELESS = [
    (["units", "四川省农业农村厅"], {}, "unknown-organiser"),
    (["units", "四川省农业农村厅"], {"organiser": "省农业农村厅"}, "unknown-organiser"),
    (["countries", "荷兰"], {}, "unknown-country"),
    (["institutions", "瓦赫宁根农业培训中心"], {"training_type": "综合管理类"}, "institution-unlisted"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("row", "change", "rule"), NAMELESS)
def test_a_row_that_lost_its_name_forbids_nobody(row, change, rule):
    books = Books()
    next(one for one in books.rows[row[0]] if one[0] == row[1])[0] = None
    told = found(books, change)
    assert [severity for name, severity in told if name == rule] == ["hold"]
    assert "一行没有" in told[rule, "hold"]
    assert {severity for _, severity in told} == {"hold"}


@pytest.mark.slow
def test_a_row_without_a_name_that_is_somebody_elses_changes_nothing():
    books = Books().add("units", [None, "省档案馆", "省级", "省级", "档案", "事业单位", "否", "否", "是"])
    assert ("unknown-organiser", "return") in found(books, {"organiser": "四川省无名中心"})
    assert found(books, {}) == usual()
