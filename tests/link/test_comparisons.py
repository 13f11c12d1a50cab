"""What single comparisons say: classes, days, content, participants, and filings with little to find them by."""

from datetime import date, timedelta

import pytest

from tests.link.cases import GROUP, UNRELATED, linked, outcome, steps_of

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("（初级班）", "（高级班）"),
        ("（基础班）", "进阶班"),
        ("（中级）", "（高级）"),
        ("（管理人员班）", "（技术骨干班）"),
        ("管理班", "技术班"),
        ("（Ⅰ期）", "（Ⅱ期）"),
        ("（一组）", "（二组）"),
        ("I", "II"),
    ],
)
def test_classes_that_differ_are_different_groups(one, other):
    title = "柑橘黄龙病综合防控技术培训"
    rows = [GROUP | {"title": title + one}, GROUP | {"title": title + other, "unit": "眉山市农业农村局"}]
    result = linked(rows)
    assert outcome(result, "f0", "f1") == "kept_apart"
    same = linked([rows[0], rows[0] | {"unit": "眉山市农业农村局"}])
    assert outcome(same, "f0", "f1") == "merged"


def test_one_title_that_names_no_level_says_nothing_about_it():
    rows = [
        GROUP | {"title": "柑橘黄龙病防控培训（初级班）"},
        GROUP | {"title": "柑橘黄龙病防控培训", "unit": "眉山市农业农村局"},
    ]
    assert outcome(linked(rows), "f0", "f1") == "merged"


@pytest.mark.parametrize(("days", "found"), [(20, "merged"), (17, "merged"), (18, "merged"), (90, "kept_apart")])
def test_days_far_apart_are_another_group(days, found):
    end = date(2020, 6, 1) + timedelta(days=days - 1)
    other = GROUP | {"unit": "眉山市农业农村局", "headcount": 3, "days": days, "end_date": end}
    assert outcome(linked([GROUP, other]), "f0", "f1") == found


def test_days_far_apart_are_a_slip_where_the_dates_agree():
    other = GROUP | {"unit": "眉山市农业农村局", "headcount": 3, "days": 210}
    assert outcome(linked([GROUP, other]), "f0", "f1") in ("merged", "offered")


def test_a_filing_without_country_institution_and_numbers_is_compared():
    bare = dict.fromkeys(("country", "institution", "letter_no", "otm_no"))
    result = linked([GROUP, GROUP | bare | {"unit": "眉山市农业农村局", "headcount": 3}, UNRELATED])
    assert outcome(result, "f0", "f1") in ("merged", "offered")


def test_content_that_everyone_has_says_nothing():
    made = [
        GROUP | UNRELATED | {"title": title, "country": country, "content": "课堂教学与现场教学结合，结业考核。"}
        for title, country in (("土壤", "西班牙"), ("水文", "荷兰"), ("渔业", "德国"), ("蚕桑", "以色列")) * 10
    ]
    result = linked([*made, made[0] | {"unit": "眉山市农业农村局"}])
    evidence = {step["name"]: step["weight"] for step in steps_of(result.pairs["evidence"].iloc[0])}
    assert evidence["content"] == 0


def test_a_participant_that_files_itself_speaks_for_one_group():
    rows = [GROUP, GROUP | {"unit": "眉山市农业农村局", "headcount": 3}]

    def weight(*units: str) -> float:
        listed = [{"filing_id": "f0", "participant": unit} for unit in ("四川省农业农村厅", *units)]
        steps = steps_of(linked(rows, taking_part=listed).pairs["evidence"].iloc[0])
        return next(step["weight"] for step in steps if step["name"] == "taking_part")

    assert weight("眉山市农业农村局") > 2
    assert weight("绵阳市农业农村局") < -1
    assert weight() == 0
