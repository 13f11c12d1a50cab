"""Titles by their names, as offices write them, and by likeness when nothing else fits."""

import pytest

from flows.read.tables.synonyms import FILINGS, PARTICIPANTS, STRONG, WEAK, Titles, title_key
from schemas.errors import DataFileError
from schemas.titles import load_titles
from schemas.yearbook import DATA
from tests.layouts.truth import TITLES
from tests.layouts.usual import form
from tests.reading import BOOK, KNOWN, header
from tests.year import FILING, PARTICIPANT

TITLES_FILE = DATA / "titles" / "2020.toml"
TITLES_KNOWN, PATTERNS = KNOWN.titles, KNOWN.patterns


def strong(title: str, table_: str = FILINGS) -> list[str]:
    return [meaning.column for meaning in TITLES_KNOWN.meanings(title).get(table_, ()) if meaning.strength == STRONG]


@pytest.mark.parametrize("column", FILING, ids=lambda column: column.name)
def test_the_templates_own_titles(column):
    assert strong(column.title) == [column.name]


@pytest.mark.parametrize("column", PARTICIPANT[1:], ids=lambda column: column.name)
def test_the_templates_own_titles_of_participants(column):
    assert strong(column.title, PARTICIPANTS) == [column.name]


@pytest.mark.parametrize(
    ("title", "column"),
    [
        ("国别", "country"),
        ("主办单位", "organiser"),
        ("在外天数", "days"),
        ("接待机构", "institution"),
        ("*项目名称", "title"),
        ("项 目\n名 称", "title"),
        ("1.项目名称", "title"),
        ("（一）组团单位", "organiser"),
        ("【组团单位】", "organiser"),
        ("申报人数(人)", "headcount"),
        ("培训天数/天", "days"),
        ("拟出境日期（年/月/日）", "start_date"),
        ("经费预算：万元", "budget"),
        ("预算金额(元)", "budget"),
        ("ＮＯ．", "seq"),
        ("⽴项类别", "priority_class"),
        ("国家(地区)", "country"),
        ("项目名称\nProject Title", "title"),
        ("是否双跨（填“是”或“否”）", "cross_region"),
        ("因公出国（境）经费预算（万元）", "budget"),
        ("是否纳入因公出国（境）预算", "budgeted"),
        ("是否走绿色通道（依据）", "green_channel"),
        ("联系电话／手机", "phone"),
        ("培训内容及课程安排", "content"),
        ("拟学习内容", "content"),
        ("系统内项目编号", "otm_no"),
    ],
)
def test_titles_as_offices_write_them(title, column):
    assert strong(title) == [column]


@pytest.mark.parametrize(
    "title", ["预期成果", "护照类型", "第一批", "2020年", "", "高原河谷流域山洪预警与应急调度技术培训", "经费" * 40]
)
def test_titles_that_mean_nothing(title):
    assert TITLES_KNOWN.meanings(title) == {}


@pytest.mark.parametrize(
    "what", ["", "培训", "出国（境）", "因公出国（境）", "在外", "境外", "出访", "境外培训", "拟出入境"]
)
@pytest.mark.parametrize("kind", ["起止时间", "起止日期", "起讫时间", "往返日期"])
def test_a_stay_however_it_is_called(what, kind):
    assert strong(what + kind) == ["period"]


@pytest.mark.parametrize(
    ("title", "column"),
    [
        ("前往国家及城市", "country"),
        ("拟赴国别", "country"),
        ("境外承训机构名称", "institution"),
        ("意向书文号", "letter_no"),
        ("国内难以解决的问题", "necessity"),
        ("出国（境）人数", "headcount"),
        ("国（境）外停留天数", "days"),
        ("预计离境时间", "start_date"),
        ("预计回国时间", "end_date"),
        ("其中省委管理干部数", "provincial_cadres"),
        ("资金列支渠道", "funding_source"),
        ("团组经费概算", "budget"),
        ("有无向学员收取费用", "charges_fees"),
        ("已纳入年度出国经费预算", "budgeted"),
        ("专家组评审意见", "expert_review"),
        ("国家系统项目编号", "otm_no"),
        ("参团单位及派员人数", "taking_part"),
    ],
)
def test_further_titles_of_offices(title, column):
    assert strong(title) == [column]


def test_no_title_names_two_columns_plainly_but_contacts_with_their_telephone():
    names = [name for called in BOOK.titles.filing.values() for name in called.names]
    assert {title_key(name) for name in names if len(strong(name)) > 1} == {"联系人电话", "联系人联系电话"}


def test_vague_titles_are_weak():
    assert [c.strength for c in TITLES_KNOWN.meanings("单位")[FILINGS]] == [WEAK]


class TestLikeness:
    def test_a_misspelt_title_is_matched_to_a_column_that_is_missing(self):
        assert TITLES_KNOWN.likest(FILINGS, "境外培训机够", ["institution", "content"]) == "institution"

    def test_but_not_to_one_that_is_there(self):
        assert TITLES_KNOWN.likest(FILINGS, "境外培训机够", ["content", "days"]) is None

    @pytest.mark.parametrize("title", ["外方联系人", "培训城市", "团长", "甲乙丙丁"])
    def test_other_columns_of_offices_are_not_matched(self, title):
        assert TITLES_KNOWN.likest(FILINGS, title, list(TITLES)) is None

    @pytest.mark.parametrize(
        ("title", "column"),
        [
            ("培训内容及安排情况", "content"),
            ("境外培训机构全称", "institution"),
            ("培训内容审核意见", None),
            ("申报人数批复", None),
        ],
    )
    def test_a_known_title_with_a_little_more(self, title, column):
        assert TITLES_KNOWN.likest(FILINGS, title, ["content", "institution", "headcount"]) == column

    def test_a_guess_says_so(self):
        found = header(form(titles={"institution": "境外培训机够"}), row=3)
        assert found.fields["institution"].guessed
        assert not found.fields["title"].guessed

    def test_a_guess_needs_values_of_its_kind(self):
        page = form(titles={"days": "培训的天数量"}, written={"days": lambda _: "详见附件"})
        assert "days" not in header(page, row=3).fields


class TestWords:
    def test_a_column_that_does_not_exist_is_said(self, tmp_path):
        path = tmp_path / "titles.toml"
        path.write_text(TITLES_FILE.read_text("utf-8").replace("[filing.days]", "[filing.day]"), "utf-8")
        with pytest.raises(DataFileError, match=r"\[filing.day\] 不是申报表的栏目"):
            load_titles(path, BOOK.form)

    def test_a_column_that_is_missing_is_said(self, tmp_path):
        path = tmp_path / "titles.toml"
        text = TITLES_FILE.read_text("utf-8")
        start = text.index("[participant.region]")
        path.write_text(text[:start] + text[text.index("[", start + 1 + 60) :], "utf-8")
        with pytest.raises(DataFileError, match=r"titles.toml"):
            load_titles(path, BOOK.form)

    def test_words_to_choose_from_in_a_synonym(self, tmp_path):
        path = tmp_path / "titles.toml"
        text = TITLES_FILE.read_text("utf-8").replace(
            'names = ["培训天数",', 'names = ["{境外|}研修{日数|天数}", "培训天数",'
        )
        path.write_text(text, "utf-8")
        titles = Titles(load_titles(path, BOOK.form), BOOK.form, PATTERNS)
        for title in ("境外研修日数", "境外研修天数", "研修日数", "研修天数"):
            assert [c.column for c in titles.meanings(title)[FILINGS]] == ["days"]

    def test_an_official_adds_a_synonym(self, tmp_path):
        path = tmp_path / "titles.toml"
        text = TITLES_FILE.read_text("utf-8").replace('names = ["培训天数",', 'names = ["境外研修日数", "培训天数",')
        path.write_text(text, "utf-8")
        assert [
            c.column
            for c in Titles(load_titles(path, BOOK.form), BOOK.form, PATTERNS).meanings("境外研修日数")[FILINGS]
        ] == ["days"]
