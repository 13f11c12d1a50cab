"""What a cell means: numbers, days, 是/否, words of the notice, names; and what is said when it cannot be told."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.read.values import dates, numbers
from flows.read.values.ambiguous import Unclear
from flows.read.values.characters import code, fold, lines, one_line, plain
from flows.read.values.choices import Choices, Flags
from flows.read.values.column import Values
from flows.read.values.names import Countries, Institutions, Units
from schemas.columns import by_name
from schemas.notice import load_notice
from schemas.spellings import load_spellings
from tests.year import FILING

NOTICE = load_notice(2020)
SPELLINGS = load_spellings()
COLUMNS = by_name(FILING)
MARCH_5 = date(2020, 3, 5)


def choices(name: str) -> Choices:
    return Choices(NOTICE.vocabularies[name], SPELLINGS.choices[name])


class TestCharacters:
    @pytest.mark.parametrize(
        ("pasted", "meant"),
        [
            ("⽬⽔⼈⾼⽴", "目水人高立"),
            ("⻓江⻔⻋⻛⻅⻢⻰⺠", "长江门车风见马龙民"),
            ("\uf900\ufa19", "豈神"),
            ("\u200b水\u2060利\ufeff", "水利"),
            ("２０２０ＡＢｃ", "2020ABc"),
            ("（一）：，。", "（一）：，。"),
            ("eﬃcient", "efficient"),
        ],
    )
    def test_odd_characters_become_plain_ones(self, pasted, meant):
        assert plain(pasted) == meant

    @pytest.mark.parametrize(
        ("filed", "meant"),
        [
            (" 水\u00a0利 厅　", "水利厅"),
            ("山洪\n预警", "山洪预警"),
            ("Delta  Institute\nfor Water", "Delta Institute for Water"),
            ("赴 德国 BIM 培训", "赴德国 BIM 培训"),
        ],
    )
    def test_short_texts_stand_on_one_line(self, filed, meant):
        assert one_line(filed) == meant

    def test_long_texts_keep_their_lines(self):
        assert lines(" 1.监测\u00a0网络；\r\n\n2.桌面  演练 ") == "1.监测网络；\n2.桌面 演练"

    def test_numbers_of_documents_are_half_width(self):
        assert code("０２８－５５５０１００１（转３）") == "028-55501001(转3)"

    @given(st.text())
    def test_plain_text_stays_as_it_is_the_second_time(self, text):
        assert plain(plain(text)) == plain(text)

    def test_texts_are_compared_without_width_case_and_blanks(self):
        assert fold("Ａ b\n（⻓ 江）") == "ab(长江)"


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


class TestDays:
    @pytest.mark.parametrize(
        "filed",
        [
            "2020年3月5日",
            "2020.3.5",
            "2020/3/5",
            "2020-3-5",
            "2020-03-05",
            "20200305",
            "3月5日",
            "2020 年 3 月 5 日",
            "２０２０．３．５",
            "二〇二〇年三月五日",
            "2020年3月5号",
            "20年3月5日",
            "43895",
            "2020-03-05 00:00:00",
            "2020年3月5日（星期四）",
            "2020.3.5（暂定）",
            "2020。3。5",
            "2020年3月5",
            "5-Mar-2020",
            "March 5, 2020",
            "2020年3月5日左右",
            "3.5",
            "2020、3、5",
            "2020_03_05",
            "2020年3月5日 08:30",
            "约2020年3月5日",
            "2020年03月05日出境",
        ],
    )
    def test_every_usual_writing(self, filed):
        assert dates.day(filed, 2020) == MARCH_5

    @pytest.mark.parametrize(
        "filed",
        [
            "2020/3/15 0:00",
            "2020-3-15 0:00:00",
            "2020-3-15 9:30",
            "2020-03-15 08:00:00.000",
            "2020-03-15T00:00:00",
            "2020-03-15T00:00:00.000Z",
            "2020-03-15T08:00:00+08:00",
            "2020-3-15\n0:00",
            "2020-3-15 9时",
            "2020年3月15日9时30分",
            "2020年3月15日上午9点半",
            "2020/03/15 上午",
            "2020/3/15 下午 02:30:00",
            "3/15/2020 12:00:00 AM",
            "Mar 15, 2020 9:30 p.m.",
            "2020-3-15（周日）9:00",
            "20200315 00:00",
            "20200315000000",
            "43905.5",
            "二0二0年三月十五日",
            "二Ｏ二Ｏ年三月十五日",
        ],
    )
    def test_a_time_of_day_takes_nothing_from_the_day(self, filed):
        assert dates.day(filed, 2020) == date(2020, 3, 15)

    @given(
        st.dates(date(2000, 1, 1), date(2049, 12, 31)),
        st.sampled_from(["{0}年{1}月{2}日", "{0}.{1}.{2}", "{0}/{1}/{2}", "{0}-{1}-{2}", "{0}-{1:02}-{2:02}"]),
        st.times(),
        st.sampled_from(
            [" {0}:{1:02}", " {0:02}:{1:02}:{2:02}", " {0}时", " {0}点{1}分", " 上午 {0}:{1:02}", " {0}:{1:02} AM"]
        ),
    )
    def test_any_day_comes_back_whatever_the_time(self, day, pattern, time, behind):
        written = pattern.format(day.year, day.month, day.day) + behind.format(time.hour, time.minute, time.second)
        assert dates.day(written, 2020) == day

    @pytest.mark.parametrize("filed", ["2020/3/150:00", "2020-3-1 5", "2020-3-1 830", "2020-3-15 09"])
    def test_a_day_whose_end_cannot_be_told_is_none(self, filed):
        assert dates.day(filed, 2020) is None

    @pytest.mark.parametrize(
        ("filed", "readings"),
        [
            ("3/4/2020", ("2020年3月4日", "2020年4月3日")),
            ("3/4/2020 0:00", ("2020年3月4日", "2020年4月3日")),
            ("20-3-5", ("2020年3月5日", "2005年3月20日")),
            ("3/4", ("2020年3月4日", "2020年4月3日")),
        ],
    )
    def test_two_readings_are_no_choice(self, filed, readings):
        assert dates.day(filed, 2020) == Unclear(readings)

    @pytest.mark.parametrize("filed", ["3月15日（3月16日）", "2020年3月15日（2020年3月16日出境）"])
    def test_another_day_in_brackets_is_a_second_reading(self, filed):
        assert dates.day(filed, 2020) == Unclear(("2020年3月15日", "2020年3月16日"))

    @pytest.mark.parametrize("filed", ["2020年3月5日（周四）", "2020年3月5日（3月5日出发）", "3月5日（暂定）"])
    def test_a_note_behind_a_day(self, filed):
        assert dates.day(filed, 2020) == MARCH_5

    def test_a_number_of_month_and_day_may_have_lost_its_last_digit(self):
        assert dates.day(dates.either("3", "1"), 2020) == Unclear(("2020年3月1日", "2020年3月10日"))
        assert dates.day(dates.either("2", "3"), 2020) == date(2020, 2, 3)

    def test_days_left_open_are_none(self):
        assert dates.day("三月十二三日", 2020) is None
        assert dates.day("2020.3.5.", 2020) == MARCH_5

    @pytest.mark.parametrize(("filed", "meant"), [("25/3/2020", (3, 25)), ("3/25/2020", (3, 25)), ("3-25", (3, 25))])
    def test_one_reading_that_is_a_day(self, filed, meant):
        assert dates.day(filed, 2020) == date(2020, *meant)

    @pytest.mark.parametrize(
        "filed", ["2020年2月30日", "2020年3月", "3月上旬", "待定", "21天", "2020", "99.9.9", "", "2020.13.5"]
    )
    def test_what_is_no_day(self, filed):
        assert dates.day(filed, 2020) is None

    @pytest.mark.parametrize(
        "filed",
        [
            "2020.3.5-3.25",
            "2020年3月5日至25日",
            "2020.3.5—2020.3.25",
            "3月5日-3月25日",
            "2020-03-05至2020-03-25",
            "20200305-20200325",
            "2020.3.5-25",
            "2020年3月5日~2020年3月25日（21天）",
            "2020-3-5--2020-3-25",
            "自2020年3月5日起至2020年3月25日止",
            "2020/3/5-2020/3/25",
            "2020-03-05\n2020-03-25",
            "2020年3月5日 2020年3月25日",
            "出境：2020.3.5 入境：2020.3.25",
            "2020年3月5日-25日，共21天",
            "2020-3-5 － 2020-3-25",
            "2020年3月5日→3月25日",
            "2020.03.05-03.25",
            "2020-3-5 8:00-2020-3-25 17:30",
            "2020/3/5 0:00 2020/3/25 0:00",
            "3月5日 上午至3月25日下午",
            "2020-03-05T00:00:00~2020-03-25T00:00:00",
        ],
    )
    def test_a_stay_in_one_cell(self, filed):
        assert dates.period(filed, 2020) == ("2020年3月5日", "2020年3月25日")

    def test_a_stay_over_new_year(self):
        assert dates.period("2020.12.20-1.10", 2020) == ("2020年12月20日", "2021年1月10日")

    @pytest.mark.parametrize("filed", ["2020-3-5", "20-6-15", "2020年3月", "21天", "3月中旬至4月上旬"])
    def test_what_is_no_stay(self, filed):
        assert dates.period(filed, 2020) is None

    @given(
        st.dates(date(2000, 1, 1), date(2049, 12, 31)),
        st.sampled_from(["{0}年{1}月{2}日", "{0}.{1}.{2}", "{0}/{1:02}/{2:02}"]),
    )
    def test_any_day_comes_back(self, day, pattern):
        assert dates.day(pattern.format(day.year, day.month, day.day), 2020) == day

    @given(st.dates(date(2000, 1, 1), date(2049, 12, 31)))
    def test_serial_days(self, day):
        assert dates.serial((day - date(1899, 12, 30)).days) == day
        assert dates.serial((day - date(1904, 1, 1)).days, epoch_1904=True) == day


class TestWords:
    @pytest.mark.parametrize(
        "filed",
        [
            "是",
            "√",
            "有",
            "Y",
            "1",
            "TRUE",
            "☑是 □否",
            "是☑ 否□",
            "■是□否",
            "（√）是（）否",
            "是（√）否（ ）",
            "是，已列入",
            "已列入",
            "√ 是  否",
        ],
    )
    def test_yes(self, filed):
        assert Flags(SPELLINGS).read(filed) is True

    @pytest.mark.parametrize(
        "filed",
        [
            "否",
            "×",
            "无",
            "N",
            "0",
            "FALSE",
            "□是 ☑否",
            "是□ 否☑",
            "否（不收费）",
            "不是",
            "未列入",
            "非双跨",
            "不向学员收费",
        ],
    )
    def test_no(self, filed):
        assert Flags(SPELLINGS).read(filed) is False

    @pytest.mark.parametrize(
        "filed",
        [
            "是（否）",
            "否（是）",
            "是（未列入）",
            "有（无）",
            "是/否",
            "是  √ 否",
            "□是 □否",
            "☑是 ☑否",
            "待定",
            "不确定",
            "/",
        ],
    )
    def test_neither(self, filed):
        assert Flags(SPELLINGS).read(filed) is None

    @pytest.mark.parametrize(
        ("filed", "meant"),
        [
            ("已列入2020年预算", True),
            ("列入2020年度因公出国（境）经费预算", True),
            ("未列入2020年预算", False),
            ("已列入2019年预算", None),
            ("R是 £否", True),
            ("£是 R否", False),
        ],
    )
    def test_words_of_the_year_and_boxes_without_their_font(self, filed, meant):
        assert Flags(SPELLINGS, 2020).read(filed) is meant

    @pytest.mark.parametrize(
        ("filed", "meant"),
        [
            ("优先2", "优先2"),
            ("优先项目（2）", "优先2"),
            ("优先 2 类", "优先2"),
            ("优先二", "优先2"),
            ("第二类优先项目", "优先2"),
            ("优先②", "优先2"),
            ("重点3类", "重点3"),
            ("重点（三）", "重点3"),
            ("重点Ⅲ", "重点3"),
            ("重点-3", "重点3"),
            ("二（二）3", "重点3"),
            ("☑重点3 □一般", "重点3"),
            ("一般项目", "一般"),
            ("普通项目", "一般"),
        ],
    )
    def test_classes(self, filed, meant):
        assert choices("priority_class").one(filed) == meant

    @pytest.mark.parametrize("filed", ["优先", "优先9", "重点6", "其他", "3"])
    def test_what_is_no_class(self, filed):
        assert choices("priority_class").one(filed) is None

    @pytest.mark.parametrize(
        ("filed", "meant"),
        [
            ("经专家评审，通过", "通过"),
            ("通过（5票）", "通过"),
            ("未通过专家评审", "未通过"),
            ("拟通过，但需修改", None),
            ("通过，补充材料后", None),
            ("通过或未通过", None),
        ],
    )
    def test_a_word_among_others(self, filed, meant):
        assert choices("expert_review").one(filed) == meant

    @pytest.mark.parametrize(
        ("name", "filed", "readings"),
        [
            ("priority_class", "优先1（重点2）", ("优先1", "重点2")),
            ("priority_class", "一般（重点项目1）", ("一般", "重点1")),
            ("expert_review", "通过（未通过）", ("通过", "未通过")),
            ("funding_source", "单位自筹（省级财政）", ("单位自筹", "省级财政")),
        ],
    )
    def test_another_word_in_brackets_is_a_second_reading(self, name, filed, readings):
        read = choices(name).several if name == "funding_source" else choices(name).one
        assert read(filed) == Unclear(readings)

    @pytest.mark.parametrize(("filed", "meant"), [("优先1（国家重大战略）", "优先1"), ("重点3（重点3类）", "重点3")])
    def test_a_note_behind_a_class(self, filed, meant):
        assert choices("priority_class").one(filed) == meant

    def test_classes_of_another_year_are_read_the_same_way(self):
        assert Choices(["特别1", "特别2", "普通"], {}).one("特别项目（二）") == "特别2"

    @pytest.mark.parametrize(
        ("filed", "meant"),
        [
            ("单位自筹、省级财政", "单位自筹、省级财政"),
            ("省财政 单位自筹", "省级财政、单位自筹"),
            ("单位自筹50%+省级财政50%", "单位自筹、省级财政"),
            ("市、县财政", "市县财政"),
            ("☑单位自筹 □省级财政 ☑企业自筹", "单位自筹、企业自筹"),
            ("单位自筹30万元", "单位自筹"),
            ("其他（基金会）", "其他"),
        ],
    )
    def test_sources(self, filed, meant):
        assert choices("funding_source").several(filed) == meant

    def test_a_source_that_two_words_end_with_is_unclear(self):
        assert choices("funding_source").several("自筹") == Unclear(("单位自筹", "企业自筹"))

    @pytest.mark.parametrize("filed", ["技术类", "综合类", "管理"])
    def test_a_word_that_is_only_like_a_type_is_no_choice(self, filed):
        assert not isinstance(choices("training_type").one(filed), str)

    def test_an_unknown_source_among_known_ones_is_not_dropped(self):
        assert choices("funding_source").several("单位自筹、赞助") is None


class TestNames:
    UNITS = Units(
        {
            "四川省农业农村厅": "四川省农业农村厅",
            "成都市科学技术局": "成都市科学技术局",
            "成都市科技局": "成都市科学技术局",
            "四川大学": "四川大学",
            "中共四川省委组织部": "中共四川省委组织部",
            "阿坝藏族羌族自治州水务局": "阿坝藏族羌族自治州水务局",
            "绵阳市水务局": "绵阳市水务局",
            "四川省卫生健康委员会": "四川省卫生健康委员会",
        },
        SPELLINGS.units,
        (*SPELLINGS.organisation_endings, *SPELLINGS.organisation_words),
    )
    COUNTRIES = Countries(
        {"德国": "德国", "Germany": "德国", "美国": "美国", "印度": "印度", "荷兰": "荷兰"},
        SPELLINGS.countries,
        SPELLINGS.places,
    )
    INSTITUTIONS = Institutions(
        {"慕尼黑工业大学": "慕尼黑工业大学", "Technical University of Munich": "慕尼黑工业大学"}
    )

    @pytest.mark.parametrize(
        ("filed", "meant"),
        [("德国慕尼黑工业大学", "慕尼黑工业大学"), ("荷兰慕尼黑工业大学", "荷兰慕尼黑工业大学"), ("德国", "德国")],
    )
    def test_an_institution_may_bear_its_own_country(self, filed, meant):
        names = {"慕尼黑工业大学": "慕尼黑工业大学"}
        assert Institutions(names, self.COUNTRIES, {"慕尼黑工业大学": "德国"}).read(filed) == meant

    @pytest.mark.parametrize("filed", ["赴德国", "拟赴德国"])
    def test_where_a_group_goes(self, filed):
        assert self.COUNTRIES.read(filed) == "德国"

    @pytest.mark.parametrize(
        ("filed", "meant"),
        [
            ("四川 省农业农村厅", "四川省农业农村厅"),
            ("省农业农村厅（科教处）", "四川省农业农村厅"),
            ("四川省农业农村厅科教处", "四川省农业农村厅"),
            ("成都科技局", "成都市科学技术局"),
            ("成都市科技局", "成都市科学技术局"),
            ("省委组织部", "中共四川省委组织部"),
            ("省卫健委", "四川省卫生健康委员会"),
            ("阿坝州水务局", "阿坝藏族羌族自治州水务局"),
            ("绵阳市⽔务局", "绵阳市水务局"),
            ("成都科技局、绵阳水务局", "成都市科学技术局、绵阳市水务局"),
            ("四川省绵阳市水务局", "绵阳市水务局"),
            ("四川绵阳市水务局（办公室）", "绵阳市水务局"),
        ],
    )
    def test_units(self, filed, meant):
        assert self.UNITS.read(filed) == meant

    def test_another_name_in_brackets_is_no_department(self):
        assert self.UNITS.read("绵阳市水务局（成都市科技局）") == "绵阳市水务局（成都市科技局）"
        assert self.UNITS.read("成都市科学技术局（成都市科技局）") == "成都市科学技术局"
        names = {"慕尼黑工业大学": "慕尼黑工业大学", "柏林工业大学": "柏林工业大学"}
        assert Institutions(names).read("慕尼黑工业大学（柏林工业大学）") == "慕尼黑工业大学（柏林工业大学）"

    @pytest.mark.parametrize("filed", ["四川大学华西医院", "科技局", "张江公司"])
    def test_units_that_are_not_listed_stay_as_written(self, filed):
        assert self.UNITS.read(filed) == filed

    def test_a_unit_in_a_files_name(self):
        assert self.UNITS.named_in("2020年成都科技局申报表v2") == "成都市科学技术局"
        assert self.UNITS.named_in("申报表") is None

    @pytest.mark.parametrize(
        ("filed", "meant"),
        [
            ("德国（慕尼黑）", "德国"),
            ("慕尼黑（德国）", "德国"),
            ("德国慕尼黑", "德国"),
            ("GERMANY", "德国"),
            ("Germany (Munich)", "德国"),
            ("Munich, Germany", "德国"),
            ("德意志联邦共和国", "德国"),
            ("USA", "美国"),
            ("美 国", "美国"),
            ("德国、美国", "德国、美国"),
            ("尼德兰", "荷兰"),
        ],
    )
    def test_countries(self, filed, meant):
        assert self.COUNTRIES.read(filed) == meant

    @pytest.mark.parametrize(
        ("filed", "meant"),
        [
            ("德国或荷兰", "德国、荷兰"),
            ("德国和荷兰", "德国、荷兰"),
            ("德国及荷兰", "德国、荷兰"),
            ("德国 荷兰", "德国、荷兰"),
            ("德国荷兰", "德国、荷兰"),
            ("德国（备选：荷兰）", "德国、荷兰"),
            ("德国+荷兰", "德国、荷兰"),
            ("德国→美国", "德国、美国"),
            ("德国或荷", "德国或荷"),
            ("德国或美", "德国、美国"),
            ("德国（柏林）、荷兰（鹿特丹）", "德国、荷兰"),
            ("Germany or the Netherlands", "德国、荷兰"),
            ("Germany (UK)", "Germany (UK)"),
            ("德国或泰国", "德国、泰国"),
            ("德国、摩尔多瓦", "德国、摩尔多瓦"),
            ("德国等国", "德国等国"),
            ("德国及北欧", "德国及北欧"),
            ("德国及某国", "德国及某国"),
        ],
    )
    def test_a_cell_that_names_several_countries_is_not_read_as_the_first(self, filed, meant):
        assert self.COUNTRIES.read(filed) == meant

    @pytest.mark.parametrize(
        ("filed", "meant"),
        [
            ("德国（柏林、慕尼黑）", "德国"),
            ("德国柏林和慕尼黑", "德国"),
            ("德国/柏林", "德国"),
            ("德国（Germany）", "德国"),
            ("美国马里兰州", "美国"),
            ("美国新墨西哥州", "美国"),
            ("德意志联邦共和国（慕尼黑）", "德国"),
        ],
    )
    def test_cities_are_no_further_countries(self, filed, meant):
        assert self.COUNTRIES.read(filed) == meant

    @pytest.mark.parametrize("filed", ["火星", "印度尼西亚", "欧洲"])
    def test_countries_that_are_not_listed_stay_as_written(self, filed):
        assert self.COUNTRIES.read(filed) == filed

    @pytest.mark.parametrize(
        "filed",
        [
            "慕尼黑工业大学（德国）",
            "The Technical University of Munich",
            "technical  university of munich (TUM)",
            "慕尼黑工业大学 Technical University of Munich",
        ],
    )
    def test_institutions(self, filed):
        assert self.INSTITUTIONS.read(filed) == "慕尼黑工业大学"


class TestColumns:
    VALUES = Values(2020, NOTICE.vocabularies, SPELLINGS)

    def test_every_kind_has_a_reader_but_names_of_the_reference_workbooks(self):
        for column in FILING:
            read = self.VALUES.reader(column)
            assert read("") in (None, "")

    def test_a_month_and_day_are_of_the_plans_year(self):
        assert Values(2021, NOTICE.vocabularies, SPELLINGS).reader(COLUMNS["start_date"])("3月5日") == date(2021, 3, 5)

    @pytest.mark.parametrize(
        ("filed", "meant"),
        [
            ("OTM 2020530001", "OTM 2020530001"),
            ("ＯＴＭ２０２０５３０００１（补）", "OTM2020530001(补)"),
            ("2.02E+11", None),
            ("2.0205101e+17", None),
            ("OTM2020530001、OTM2020530002", Unclear(("OTM2020530001", "OTM2020530002"))),
            ("OTM2020530001/OTM2020530001", "OTM2020530001/OTM2020530001"),
        ],
    )
    def test_numbers_of_the_system(self, filed, meant):
        assert self.VALUES.reader(COLUMNS["otm_no"])(filed) == meant

    def test_two_telephones_are_no_question(self):
        assert self.VALUES.reader(COLUMNS["phone"])("13900000001/13900000002") == "13900000001/13900000002"
        assert self.VALUES.reader(COLUMNS["phone"])("1.39E+10") is None

    @pytest.mark.parametrize("word", ["无", "/", "—", "不涉及", " 无 ", "N/A"])
    def test_words_for_nothing(self, word):
        assert self.VALUES.is_nothing(word)
