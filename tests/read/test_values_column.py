"""What reads the cells of which column."""

from datetime import date

import pytest

from flows.read.values.ambiguous import Unclear
from flows.read.values.column import Values
from schemas.columns import by_name
from tests.year import BOOK, FILING, NOTICE

SPELLINGS = BOOK.spellings


COLUMNS = by_name(FILING)


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
            ("OTM2020530001、OTM2020530002", Unclear(("OTM2020530001", "OTM2020530002"), several=True)),
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
