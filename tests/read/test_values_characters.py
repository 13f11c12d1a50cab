"""Characters: what was pasted or typed in odd forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.read.values.characters import code, fold, lines, one_line, plain


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
