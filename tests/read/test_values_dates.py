"""What a cell means as a day or a stay."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.read.values import dates
from flows.read.values.ambiguous import Unclear

MARCH_5 = date(2020, 3, 5)


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
