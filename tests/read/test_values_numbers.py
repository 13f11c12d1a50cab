"""What a cell means as a number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.read.values import numbers
from flows.read.values.ambiguous import Unclear


class TestNumbers:
    @pytest.mark.parametrize(
        ("filed", "meant"),
        [
            ("18", 18),
            ("18.0", 18),
            ("18人", 18),
            ("约18人", 18),
            ("共 18 名", 18),
            ("１８", 18),
            ("十八", 18),
            ("十八人", 18),
            ("廿", 20),
            ("二十一人", 21),
            ("一百零五", 105),
            ("1,500", 1500),
            ("18人（含领队1人）", 18),
            ("18人，其中女性5人", 18),
            ("18左右", 18),
            ("总计18人", 18),
            ("18人次", 18),
            ("拟派18人", 18),
            ("18人/团", 18),
        ],
    )
    def test_people(self, filed, meant):
        assert numbers.whole(filed, "people") == meant

    @pytest.mark.parametrize("filed", ["十余人", "18.5", "18+1", "若干", "18人5人", "21天", "-3", "待定", ""])
    def test_what_is_no_number_of_people(self, filed):
        assert numbers.whole(filed, "people") is None

    @pytest.mark.parametrize(
        ("filed", "meant"), [("21天", 21), ("21日", 21), ("三周", 21), ("二十一天", 21), ("2个星期", 14)]
    )
    def test_days(self, filed, meant):
        assert numbers.whole(filed, "days") == meant

    @pytest.mark.parametrize(
        ("filed", "meant"), [("①", 1), ("1.", 1), ("（2）", 2), ("第3项", 3), ("四", 4), ("05", 5)]
    )
    def test_order(self, filed, meant):
        assert numbers.whole(filed, "order") == meant

    @pytest.mark.parametrize("filed", ["15-20人", "15～20", "15至20人"])
    def test_a_span_is_two_readings(self, filed):
        assert numbers.whole(filed, "people") == Unclear(("15", "20"))

    @pytest.mark.parametrize(
        ("filed", "sort", "readings"),
        [
            ("七八人", "people", ("7", "8")),
            ("十二三人", "people", ("12", "13")),
            ("两三周", "days", ("14", "21")),
            ("三五天", "days", ("3", "5")),
            ("约三四十天", "days", ("30", "40")),
        ],
    )
    def test_a_figure_left_open_is_two_readings(self, filed, sort, readings):
        assert numbers.whole(filed, sort) == Unclear(readings)

    @pytest.mark.parametrize(
        ("filed", "sort", "readings"),
        [
            ("18（20）", "people", ("18", "20")),
            ("18人（计划20人）", "people", ("18", "20")),
            ("20天（3周）", "days", ("20", "21")),
        ],
    )
    def test_another_figure_in_brackets_is_a_second_reading(self, filed, sort, readings):
        assert numbers.whole(filed, sort) == Unclear(readings)

    def test_another_amount_in_brackets_is_a_second_reading(self):
        assert numbers.amount("60万元（65万元）") == Unclear(("60万元", "65万元"))

    @pytest.mark.parametrize(
        ("filed", "sort", "meant"),
        [
            ("三周（21天）", "days", 21),
            ("18（人）", "people", 18),
            ("18人（含领队1人）", "people", 18),
            ("（1）", "order", 1),
        ],
    )
    def test_the_same_figure_again_in_brackets(self, filed, sort, meant):
        assert numbers.whole(filed, sort) == meant

    @pytest.mark.parametrize(
        ("filed", "sort", "meant"),
        [
            ("一八", "people", 18), ("一二", "order", 12), ("1、", "order", 1), ("不超过13人", "people", 13), ("限13人", "people", 13),
            ("境外21天", "days", 21), ("21天/期", "days", 21), ("21个自然日", "days", 21),
        ],
    )  # fmt: skip
    def test_figures_with_words_around_them(self, filed, sort, meant):
        assert numbers.whole(filed, sort) == meant

    @pytest.mark.parametrize(
        ("filed", "meant"),
        [
            ("60", 60),
            ("60.5", 60.5),
            ("60万元", 60),
            ("60 万", 60),
            ("六十万元", 60),
            ("￥60", 60),
            ("人民币60万元整", 60),
            ("600,000元", 60),
            ("600000.00元", 60),
            ("605千元", 60.5),
            ("约60万元", 60),
            ("60万元（含国际旅费10万元）", 60),
            ("0.5亿元", 5000),
            ("六点五万元", 6.5),
        ],
    )
    def test_amounts_are_in_wan(self, filed, meant):
        assert numbers.amount(filed) == pytest.approx(meant)

    @pytest.mark.parametrize(
        ("filed", "meant"),
        [
            ("35万5千元", 35.5),
            ("三十五万五千元", 35.5),
            ("三十五万零五百元整", 35.05),
            ("1亿2000万元", 12000),
            ("35w", 35),
            ("35.5万人民币", 35.5),
            ("350千元", 35),
        ],
    )
    def test_amounts_in_two_units_or_in_short(self, filed, meant):
        assert numbers.amount(filed) == pytest.approx(meant)
        assert numbers.has_unit(filed)

    @pytest.mark.parametrize("filed", ["35万5", "35万5千", "35万40万元"])
    def test_an_amount_of_which_a_part_is_missing_is_none(self, filed):
        assert numbers.amount(filed) is None

    @pytest.mark.parametrize("filed", ["6万欧元", "60万美元", "待定", "自筹"])
    def test_what_is_no_amount(self, filed):
        assert numbers.amount(filed) is None

    @given(st.integers(0, 9999))
    def test_chinese_numerals(self, number):
        digits, units = "零一二三四五六七八九", ["", "十", "百", "千"]
        said = ""
        for place, digit in enumerate(reversed(str(number))):
            said = (digits[int(digit)] + (units[place] if digit != "0" else "")) + said
        assert numbers.chinese_numeral(said) == number or "零" in said
