"""What texts say for a finding and against it, added up."""

import pandas as pd
import pytest

from flows.validate.weighing import weighed
from schemas.tables import TEXT
from schemas.weighing import Evidence, Weighed, weighing_slips
from tests.rules.cases import NOTICE

QUESTION = Weighed(
    rule="sightseeing-content",
    columns=("content", "remarks"),
    advise=50,
    hold=80,
    evidence=(
        Evidence(points=60, words=("参观", "走访", "游览"), not_in=("参观者",)),
        Evidence(points=40, words=("国内…普及",), columns=("remarks",)),
        Evidence(points=-60, words=("采样", "上机")),
        Evidence(points=-30, words=("免费",), whole=True),
        Evidence(points=10, words=("讲座",), absent=True),
        Evidence(points=20, words=("一般性专业类",), cell="training_type"),
    ),
)


def asking(question):
    """A notice with this text rule alone."""
    return NOTICE.model_copy(update={"weighed": (question,)})


ROW = {"title": "种薯繁育", "content": None, "remarks": "讲座", "training_type": "专业技术类"}


@pytest.mark.parametrize(
    ("row", "points", "evidence"),
    [
        ({"content": "授课"}, None, None),
        ({"content": "参观农场"}, 60, "“参观”"),
        ({"content": "参观、走访、游览农场"}, 120, "“参观”、“走访”"),
        ({"content": "参观者动线"}, None, None),
        ({"content": "参观车间并上机"}, None, None),
        ({"content": "参观车间，上机"}, 60, "“参观”"),
        ({"content": "上机采样，参观"}, 60, "“参观”"),
        ({"content": "不安排参观、走访"}, None, None),
        ({"content": "参观农场", "remarks": "讲座，国内已经普及"}, 100, "“参观”、“国内已经普及”"),
        ({"content": "参观农场，国内已经普及"}, 60, "“参观”"),
        ({"content": "参观农场", "remarks": "讲座，免费"}, 30, "“参观”"),
        ({"content": "参观农场", "remarks": None}, 70, "“参观”"),
        ({"content": "参观农场", "training_type": "一般性专业类"}, 80, "“参观”"),
        ({"training_type": "一般性专业类"}, None, None),
    ],
)
def test_points(row, points, evidence):
    filings = pd.DataFrame([{**ROW, **row}] * 2, dtype=TEXT)
    found = weighed(filings, asking(QUESTION))
    if points is None:
        assert found.empty
        return
    assert found["place"].tolist() == [0, 1]
    assert found["points"].tolist() == [points] * 2
    assert found["evidence"].tolist() == [evidence] * 2


def test_the_column_with_most_points_is_named_and_what_speaks_against():
    filings = pd.DataFrame([{**ROW, "content": "走访", "remarks": "参观、走访，免费"}], dtype=TEXT)
    (found,) = weighed(filings, asking(QUESTION)).to_dict("records")
    assert (found["column"], found["against"]) == ("remarks", "“免费”")


def test_a_text_that_says_its_title_again_says_little():
    little = Weighed(
        rule="necessity-weak",
        columns=("necessity",),
        advise=50,
        hold=80,
        evidence=(Evidence(points=90, words=("为了", "提高", "培训"), left=5, columns=("necessity",)),),
    )
    said = ["为了提高种薯繁育培训", "为了提高脱毒种薯质量"]
    filings = pd.DataFrame({"title": "种薯繁育", "necessity": said}, dtype=TEXT)
    assert weighed(filings, asking(little))["place"].tolist() == [0]


@pytest.mark.parametrize(
    ("text", "points", "words"),
    [
        ("另派学员 5 人", None, None),
        ("泸州、宜宾各派学员 5 人", 80, "宜宾各派"),
        ("宜宾派学员 5 人，乐山同志留守", 80, "宜宾派"),
        ("泸州派学员 5 人", None, None),
        ("宜宾的土样", None, None),
        ("学员取得硕士学位", 60, "取得硕士学位"),
        ("国内不很普及", None, None),
    ],
)
def test_words_that_say_something_only_together(text, points, words):
    question = Weighed(
        rule="cross-region-text",
        columns=("remarks",),
        advise=50,
        hold=80,
        evidence=(
            Evidence(points=80, words=("泸州", "宜宾", "乐山"), beside=("派", "学员"), unless_in="organiser"),
            Evidence(points=60, words=("取得…学位",)),
            Evidence(points=90, words=("硕士", "国内…普及")),
        ),
    )
    row = {**ROW, "remarks": text, "organiser": "泸州市水务局"}
    found = weighed(pd.DataFrame([row], dtype=TEXT), asking(question))
    told = found.iloc[0] if len(found) else {"points": None, "words": None}
    assert (told["points"], told["words"]) == (points, words)


@pytest.mark.parametrize(
    ("text", "points"), [("国内缺设备", None), ("让大家都去看看", 50), ("开阔眼界", 95), (None, None)]
)
def test_that_nothing_is_said_of_a_gap_speaks_by_itself_where_it_has_the_points(text, points):
    question = Weighed(
        rule="necessity-weak",
        columns=("necessity",),
        advise=50,
        hold=80,
        evidence=(Evidence(points=45, words=("眼界",)), Evidence(points=50, words=("缺",), absent=True)),
    )
    found = weighed(pd.DataFrame([{**ROW, "necessity": text}], dtype=TEXT), asking(question))
    assert [*found["points"]] == [points] * (points is not None)


def points_of(row, *evidence):
    """The points of one filing by this evidence; none where it is not pointed out at all."""
    question = Weighed(
        rule="cadres-text", columns=("title", "content", "remarks"), advise=10, hold=80, evidence=evidence
    ).spelt_out(CLASSES)
    filing = {**ROW, "remarks": None, "organiser_level": "市级", **row}
    found = weighed(pd.DataFrame([filing], dtype=TEXT), asking(question))
    return found["points"].sum()


CLASSES = {"下面": ("乡镇", "村"), "头": ("书记", "主任")}


@pytest.mark.parametrize(
    ("words", "text", "points"),
    [
        (("{头}",), "参加人员为各位书记", 60),
        (("{下面}{头}",), "村主任", 60),
        (("{下面}{头}",), "县主任", 0),
        (("分管…的{头}",), "分管水利的主任", 60),
        (("分管…的{头}",), "分管，水利的主任", 0),
        (("书记", "{头}"), "书记", 60),
    ],
)
def test_a_class_stands_for_each_of_its_words(words, text, points):
    assert points_of({"content": text}, Evidence(points=60, words=words)) == points


@pytest.mark.parametrize(
    ("text", "points"),
    [("书记", 60), ("书记带学员", 0), ("学员，书记", 60), ("带学员", 0), ("书记，书记", 120), ("非学员的书记", 0)],
)
def test_a_word_without_which_it_counts_in_the_same_part(text, points):
    assert points_of({"content": text}, Evidence(points=60, words=("书记",), without=("学员",))) == points


@pytest.mark.parametrize(
    ("row", "points"),
    [
        ({"content": "书记"}, 60),
        ({"content": "书记。不是村干部"}, 0),
        ({"content": "书记", "remarks": "村干部"}, 60),
        ({"content": "书记，村干部", "remarks": "书记"}, 60),
    ],
)
def test_what_a_text_says_anywhere_takes_back_what_it_says_elsewhere(row, points):
    assert points_of(row, Evidence(points=60, words=("书记",), unless_said=("村干部",))) == points


@pytest.mark.parametrize(
    ("row", "points"),
    [
        ({"content": "书记，主任，书记"}, 60),
        ({"content": "书记、主任"}, 120),
        ({"content": "书记", "remarks": "主任"}, 120),
        ({"content": "不含书记，主任"}, 60),
    ],
)
def test_once_counts_in_one_part_of_each_text(row, points):
    assert points_of(row, Evidence(points=60, words=("书记", "主任"), once=True)) == points


@pytest.mark.parametrize(
    ("most", "text", "points"),
    [(1, "书记、主任", 60), (2, "书记、主任、镇长", 120), (3, "书记、主任、镇长", 180), (3, "书记、书记", 60)],
)
def test_at_most_so_many_words_count_in_one_part(most, text, points):
    assert points_of({"content": text}, Evidence(points=60, words=("书记", "主任", "镇长"), most=most)) == points


@pytest.mark.parametrize(
    ("row", "points"),
    [
        ({}, 60),
        ({"organiser_level": "省级"}, 0),
        ({"organiser_level": None}, 0),
        ({"training_type": "科研生产类"}, 0),
    ],
)
@pytest.mark.parametrize(
    "said", [{"words": ("书记",)}, {"words": ("讲座",), "absent": True}, {"words": ("书记",), "whole": True}]
)
def test_where_says_in_which_filings_it_counts(row, points, said):
    kind = Evidence(points=60, where={"organiser_level": ("市级", "县级"), "training_type": ("专业技术类",)}, **said)
    if kind.whole:  # what counts once for the filing needs something that speaks
        assert points_of({"content": "书记", **row}, kind, Evidence(points=20, words=("书记",))) == points + 20
    else:
        assert points_of({"content": "书记", **row}, kind) == points


def test_a_class_that_is_none_is_told_with_its_place():
    evidence = Evidence(points=60, words=("{头}{脚}",), where={"height": ("高",)})
    question = Weighed(rule="cadres-text", columns=("title",), advise=10, hold=80, evidence=(evidence,))
    notice = NOTICE.model_copy(update={"weighed": (question,), "word_classes": {"头": ("书…记",)}})
    assert dict(weighing_slips(notice)) == {
        ("word_classes", "头"): "“书…记”：一类词里只列词，不用 … 和花括号",
        ("weighed", 0, "evidence", 0, "words"): "[word_classes] 里没有“脚”这一类词",
        ("weighed", 0, "evidence", 0, "where"): (
            "“height”不是申报表的栏目，也不是 organiser_level、organiser_nature、organiser_system 之一"
        ),
    }
