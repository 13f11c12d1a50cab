"""What a cell means as 是 or 否, or as words of the notice."""

import pytest

from flows.read.values.ambiguous import Unclear
from flows.read.values.choices import Choices, Flags
from schemas.notice import load_notice
from schemas.spellings import load_spellings

NOTICE = load_notice(2020)


SPELLINGS = load_spellings()


def choices(name: str) -> Choices:
    return Choices(NOTICE.vocabularies[name], SPELLINGS.choices[name], SPELLINGS.choice_endings)


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
        assert Choices(["特别1", "特别2", "普通"], {}, SPELLINGS.choice_endings).one("特别项目（二）") == "特别2"

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
