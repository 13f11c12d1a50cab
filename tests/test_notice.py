"""The year's notice: what is wrong in the file is named with its line; next year's is a copy of it and no code."""

import re
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from flows.validate import RULES, rule_book, validate
from flows.validate.tables.texts import OF_BUSINESS
from schemas.errors import DataFileError
from schemas.notice import NOTICES, load_notice
from tests import frames
from tests.rules.cases import BOOK, NOTICE, REFERENCES

TEXT = (NOTICES / "2020.toml").read_text("utf-8")


def line_of(text: str, found: str) -> int:
    return text[: text.index(found)].count("\n") + 1


def loaded(folder: Path, *replacements: tuple[str, str], number: int = 2020):
    """A year's file that is the one of 2020 with replacements."""
    text = TEXT
    for old, new in replacements:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    (folder / f"{number}.toml").write_text(text, "utf-8")
    return load_notice(number, folder)


@pytest.fixture
def year(tmp_path):
    """Loads a year's file that is the one of 2020 with replacements."""
    return partial(loaded, tmp_path)


def found(rows, notice):
    findings = validate(frames.readings(rows), replace(BOOK, notice=notice), REFERENCES)
    return sorted(findings["rule_id"])


# ── the file ─────────────────────────────────────────────────────────────────


def test_what_others_ask_of_the_notice():
    assert NOTICE.year == 2020
    assert "2020" in NOTICE.title
    assert NOTICE.vocabularies["priority_class"][0] == "优先1"
    assert NOTICE.vocabularies["expert_review"] == ("通过", "未通过", "未评审")


def test_a_year_without_a_file_names_those_there_are():
    with pytest.raises(DataFileError, match=r"没有 1999 年的通知规则文件 1999\.toml；现有年份：2020"):
        load_notice(1999)


WRONG = [
    (("headcount = 20 ", "headcout = 20 "), "headcout = 20", "limits.headcout：不认得这一项"),
    (("headcount = 20 ", 'headcount = "二十" '), 'headcount = "二十"', "limits.headcount：应为整数，现为“二十”"),
    (("headcount = 20 ", "headcount = -1 "), "headcount = -1", "limits.headcount：应大于 0，现为 -1"),
    (("days_least = 14 ", "days_least = 400 "), "days_least = 400", "天数下限 400 大于上限 360"),
    (("execution_rate = 0.5 ", "execution_rate = 50 "), "execution_rate = 50", "不应大于 1"),
    (('name = "优先2"', 'name = "优先9"'), 'name = "优先9"', "“优先9”不在词表 priority_class 中"),
    (('clause = "二（一）2"', 'clause = "二（九）2"'), 'clause = "二（九）2"', "条款 二（九）2 不在条款表"),
    (
        ('managing_types = ["党政综合管理类",', 'managing_types = ["党政类",'),
        'managing_types = ["党政类"',
        "“党政类”不在词表",
    ),
    (
        ('hot-country = "advise"', 'hot-country = "remind"'),
        'hot-country = "remind"',
        "应为 prohibit、return、hold、advise 之一",
    ),
    (('kinds = ["count"]', 'kinds = ["counts"]'), 'kinds = ["counts"]', "应为 auto、assist、count、person 之一"),
    (('number = "一（四）"', 'number = "一（三）"'), 'number = "一（三）"\nsays = "重点建设', "条款 一（三） 写了两次"),
    (("says_nothing = [", "says_nothing = 5\nrest = ["), "says_nothing = 5", "form.says_nothing：应为方括号里的一列词"),
    (('title = "四川', "title = 四川"), "title = 四川", "文字要加英文双引号"),
    (("[48]00", "[4800"), "phones = [", "正则表达式"),
    (('words = ["立法"]', 'words = ["立法", ""]'), 'words = ["立法", ""]', "有空的词"),
    (('words = ["立法"]', 'words = [" "]'), 'words = [" "]', "有空的词"),
    (('"重点5", "一般"]', '"重点5", "一般", ""]'), '"一般", ""]', "有空的词"),
    (('systems = ["农业", "扶贫"]', 'systems = ["农亚"]'), 'systems = ["农亚"]', "系统“农亚”不在系统表"),
    (('name = "林业"', 'name = "种业"'), 'name = "种业"', "培训领域“种业”写了两次"),
    (('"能源" = ["电力"]', '"能源" = ["水务"]'), '"能源" = ["水务"]', "系统“水务”写了两次"),
    (('title = "四川', "title = “四川"), "title = “四川", "这一行有中文标点 “，应改用英文标点"),
    (('words = ["立法"]', 'words = ["立法"，"修法"]'), 'words = ["立法"，', "这一行有中文标点 ，"),
    (('words = ["立法"]', 'words = ["立法]'), 'words = ["立法]', "缺少英文双引号"),
    (('"党政综合管理类", "综合管理类"', '"党政综合管理类", "综合管理类'), "training_type = ", "文字后面缺少英文双引号"),
    (("headcount = 20 ", "headcount = ２０ "), "headcount = ２０", "数字 ２０ 是全角的，应改用半角"),
    (("long_term = true", "long_term = True"), "long_term = True", "应写 true、false，全部小写"),
    (('provincial_levels = ["省级"]', 'provincial_levels = ["省"]'), "provincial_levels", "“省”不是单位名录里的词"),
    (('societies = ["学会",', 'societies = ["协会等",'), "societies", "“协会等”不是单位名录里的词"),
    (('title = "四川省 2020 年因公出国（境）培训项目计划"', 'title = ""'), 'title = ""', "有空的词"),
    (('classes = ["优先2"]', 'classes = ["优先9"]'), 'classes = ["优先9"]', "“优先9”不在词表 priority_class 中"),
    (('classes = ["优先2"]', 'classes = ["优先1"]'), "[[ranking.steps]]", "优先2没有写在任何一级中"),
    (('classes = ["优先2"]', 'classes = ["优先2", "优先1"]'), 'classes = ["优先2", "优先1"]', "“优先1”写了两次"),
    (
        ('clauses = ["一（二）", "一（四）"]', 'clauses = ["一（八）"]'),
        'clauses = ["一（八）"]',
        "条款 一（八） 不在条款表",
    ),
    (('weighs = "not_hot"', 'weighs = "cold"'), 'weighs = "cold"', "应为 long_term、specialist、not_hot"),
    (
        ('weighs = "not_hot"', 'weighs = "specialist"'),
        'weighs = "specialist"\nclauses = ["一（三）"]',
        "specialist 写了两次",
    ),
    (
        ('报送 … 项"\npoints = -20', '报送 … 项"\npoints = 20'),
        "points = 20\n\n# ─",
        "summary 是扣分，不应大于 0，现为 20",
    ),
    (
        ('called = "…"\npoints = 15', 'called = "…"\npoints = -15'),
        "points = -15\n\n[[ranking",
        "specialist 是加分，不应小于 0，现为 -15",
    ),
    (('called = "…"\npoints = 15', 'called = "…"\npoints = 1.5'), "points = 1.5", "应为整数"),
]


@pytest.mark.parametrize(("change", "place", "said"), WRONG, ids=lambda part: str(part)[:40])
def test_what_is_wrong_is_named_with_its_line(year, tmp_path, change, place, said):
    with pytest.raises(DataFileError) as error:
        year(change)
    told = str(error.value)
    changed = (tmp_path / "2020.toml").read_text("utf-8")
    assert said in told
    assert "2020.toml" in told
    assert f"第 {line_of(changed, place)} 行" in told


def test_everything_that_is_wrong_is_told_at_once(year):
    with pytest.raises(DataFileError, match="有 3 处不合要求"):
        year(
            ("headcount = 20 ", "headcount = 0 "),
            ("days_most = 360 ", "days_most = 0 "),
            ("travel_days = 2 ", "travel_days = -1 "),
        )


def test_a_missing_part_is_named(year):
    with pytest.raises(DataFileError, match=rf"第 {line_of(TEXT, '[limits]')} 行 limits\.headcount：缺少这一项"):
        year(("headcount = 20 ", "# "))


def test_a_file_in_another_encoding_is_named(tmp_path):
    (tmp_path / "2020.toml").write_bytes(TEXT.encode("gb18030"))
    with pytest.raises(DataFileError, match="不是 UTF-8 编码"):
        load_notice(2020, tmp_path)


def test_a_file_saved_by_an_editor_with_a_mark_is_read(tmp_path):
    (tmp_path / "2020.toml").write_text(TEXT, "utf-8-sig")
    assert load_notice(2020, tmp_path) == NOTICE


def test_a_year_in_the_wrong_file_is_named(tmp_path):
    (tmp_path / "2021.toml").write_text(TEXT, "utf-8")
    with pytest.raises(DataFileError, match="年份写的是 2020，文件名是 2021"):
        load_notice(2021, tmp_path)


def test_a_person_needs_a_reason(year):
    with pytest.raises(DataFileError, match="条款 一（一） 没有规则逐项核对，应写明为什么"):
        year(('why = "是否服务于全省战略', '# why = "是否服务于全省战略'))


# ── the file and the rules ───────────────────────────────────────────────────


def test_every_rule_has_its_severity_in_the_file():
    assert set(NOTICE.severities) == set(RULES)


def test_every_rule_belongs_to_a_clause_and_every_clause_is_looked_after():
    with_rules = {check.clause.number for check in rule_book(NOTICE)}
    for clause in NOTICE.clauses:
        assert (clause.number in with_rules) == bool({"auto", "assist"} & set(clause.kinds)), clause.number
        assert clause.number in with_rules or clause.why, clause.number


def test_what_only_points_out_says_so():
    for clause in NOTICE.clauses:
        rules = [check.rule for check in rule_book(NOTICE) if check.clause is clause]
        kinds = {"assist" if rule.assist else "auto" for rule in rules}
        assert kinds == set(clause.kinds) & {"auto", "assist"}, clause.number


def test_a_severity_for_no_rule_is_named(year):
    line = line_of(TEXT, 'headcount = "hold"')
    with pytest.raises(
        DataFileError,
        match=rf"2020\.toml 有 2 处不合要求：第 {line} 行 severities\.headcounts：给不认得的规则定了级别",
    ):
        rule_book(year(('\nheadcount = "hold" ', '\nheadcounts = "hold" ')))


def test_what_only_points_out_may_not_decide(year):
    with pytest.raises(
        DataFileError,
        match=rf"第 {line_of(TEXT, 'sightseeing-title = ')} 行 severities\.sightseeing-title：规则只作提示、由人判断",
    ):
        rule_book(year(('sightseeing-title = "hold"', 'sightseeing-title = "prohibit"')))


def test_a_severity_left_out_is_named(year):
    line = line_of(TEXT, "[severities]")
    with pytest.raises(DataFileError, match=rf"第 {line} 行 severities\.headcount：缺少这条规则的级别，一般为 hold"):
        rule_book(year(('\nheadcount = "hold" ', "\n# ")))


def test_a_clause_that_a_rule_needs_is_named(year):
    number = 'number = "四（四）"'
    line = line_of(TEXT, number)
    with pytest.raises(
        DataFileError, match=rf"第 {line} 行 .*没有规则依据条款 四（九）；.*请加一行 formerly，.*四（四）"
    ):
        rule_book(year((number, 'number = "四（九）"')))


@pytest.mark.parametrize(
    "change", ['number = "九（七）"\nformerly = "九（八）"', 'number = "九（七）"\nformerly = "四（三）"']
)
def test_a_former_number_that_nothing_knows_is_named(year, tmp_path, change):
    with pytest.raises(DataFileError) as error:
        rule_book(year(('number = "四（四）"', change)))
    changed = (tmp_path / "2020.toml").read_text("utf-8")
    assert f"第 {line_of(changed, change) + 1} 行 " in str(error.value)


def test_a_class_that_does_not_exist_is_told_with_this_years_clause(year):
    anew = year(('number = "二（一）"', 'number = "三（一）"\nformerly = "二（一）"'))
    rows = [{"priority_class": None, "priority_class_filed": "优先9"}]
    (told,) = validate(frames.readings(rows), replace(BOOK, notice=anew), REFERENCES)["message"]
    assert told.startswith("立项类别填报为“优先9”，通知三（一）没有这一类")


@pytest.mark.slow
def test_without_the_clause_on_societies_they_are_judged_as_everybody(year):
    number = 'number = "二（五）3"\n'
    off = year((number, f"{number}active = false\n"))
    society = {**ROW, "organiser": "四川省农学会", "cross_region": True}
    with_clause, without = found([society], load_notice(2020)), found([society], off)
    assert set(with_clause) - set(without) == {"society-cross-region"}
    assert set(without) - set(with_clause) == {"cross-region-right"}


def test_a_clause_that_no_rule_is_left_for_says_why(year):
    gone = ('name = "优先4"\nclause = "二（一）4"', 'name = "优先4"\nclause = "二（一）2"')
    with pytest.raises(DataFileError, match="条款 二（一）4 没有规则核对，应写明为什么"):
        rule_book(year(gone))
    assert rule_book(year(gone, NO_RULE))


NO_RULE = (
    'says = "国家以及省部级重点党政人才培训"\nkinds = ["auto"]',
    'says = "国家以及省部级重点党政人才培训"\nkinds = ["person"]\nwhy = "本年没有这一类。"',
)

# ── next year ────────────────────────────────────────────────────────────────

NEXT_YEAR = (
    ("year = 2020", "year = 2021"),
    ('title = "四川省 2020 年', 'title = "四川省 2021 年'),
    ("headcount = 20 ", "headcount = 25 "),
    ("days_least = 14 ", "days_least = 21 "),
    ("long_term_over = 90 ", "long_term_over = 60 "),
    (
        '"优先1", "优先2", "优先3", "优先4", "重点1", "重点2", "重点3", "重点4", "重点5", "一般"]',
        '"优先1", "优先2", "优先3", "重点1", "重点2", "重点6", "一般"]',
    ),
    ('name = "优先4"\nclause = "二（一）4"', 'name = "优先3"\nclause = "二（一）3"'),
    ('[[ranking.steps]]\nclasses = ["优先4"]\nclause = "二（一）4"\n', ""),
    ('[[ranking.steps]]\nclasses = ["重点4"]\nclause = "二（二）4"\n', ""),
    ('[[ranking.steps]]\nclasses = ["重点5"]\nclause = "二（二）5"\n', ""),
    ('classes = ["重点3"]\nclause = "二（二）3"', 'classes = ["重点6"]\nclause = "二（二）3"'),
    NO_RULE,
    ('\nheadcount = "hold" ', '\nheadcount = "return" '),
    ('"观光", "游览", "拜访"', '"观光", "游览", "团建", "拜访"'),
    ('says = "每团原则上不超过 20 人；14 至 360 天的非学历教育"', 'says = "每团原则上不超过 25 人"'),
    ('number = "四（四）"', 'number = "四（四）"\nactive = false'),
    ('number = "四（五）"', 'number = "九（七）"\nformerly = "四（五）"'),
)
ROW = {"start_date": "2021-05-10", "end_date": "2021-05-31", "days": 21, "priority_class": "重点1"}


@pytest.fixture
def next_year(year):
    return year(*NEXT_YEAR, number=2021)


CHANGES = [
    ({}, []),
    ({"headcount": 25}, []),
    ({"headcount": 26}, ["headcount"]),
    ({"days": 20, "end_date": "2021-05-29"}, ["days"]),
    ({"priority_class": "重点6"}, []),
    ({"priority_class": None, "priority_class_filed": "优先4"}, ["priority-class-exists"]),
    ({"priority_class": "优先3", "organiser": "绵阳市农业农村局"}, ["class-level"]),
    ({"priority_class": "优先1", "days": 61, "end_date": "2021-07-09"}, []),
    ({"priority_class": "优先1", "days": 60, "end_date": "2021-07-08"}, ["class-long-term"]),
    ({"title": "现代农业团建"}, ["sightseeing-title"]),
    ({"letter_no": None}, []),
    ({"training_type": "综合管理类", "country": "德国", "institution": "慕尼黑农业学校"}, []),
    ({"otm_no": None}, ["otm-missing"]),
    ({"start_date": "2019-05-10", "end_date": "2019-05-31"}, ["departure-year"]),
]  # fmt: skip


@pytest.fixture(scope="module")
def found_next_year(tmp_path_factory) -> list[list[str]]:
    """The rules that each of :data:`CHANGES` breaks, each in a file of its own, its money in proportion."""
    rows = [{**ROW, **change} for change, _ in CHANGES]
    own = [f"2021/{number}.xlsx" for number, _ in enumerate(rows)]
    paid = [
        row | {"file": file, "budget": row.get("headcount", 20) * row["days"] / 7}
        for row, file in zip(rows, own, strict=True)
    ]
    notice = loaded(tmp_path_factory.mktemp("notice"), *NEXT_YEAR, number=2021)
    findings = validate(frames.readings(paid), replace(BOOK, notice=notice), REFERENCES)
    return [sorted(findings.loc[findings["file"].eq(file), "rule_id"]) for file in own]


@pytest.mark.parametrize("case", range(len(CHANGES)))
def test_next_year_is_a_copy_of_the_file(found_next_year, case):
    change, rules = CHANGES[case]
    assert found_next_year[case] == rules, change


def test_next_years_numbers_severities_and_clauses_are_told(next_year):
    findings = validate(
        frames.readings([{**ROW, "headcount": 26, "otm_no": None}]), replace(BOOK, notice=next_year), REFERENCES
    )
    told = findings.set_index("rule_id")
    assert told.loc["headcount", "message"] == "申报人数 26 人，超过每团 25 人的原则上限。"
    assert told.loc["headcount", "severity"] == "return"
    assert told.loc["otm-missing", "clause"] == "九（七）"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('rule = "fees-text" ', 'rule = "fee-text" ', "没有这样的文字规则"),
        ('rule = "fees-text" ', 'rule = "people-text" ', "规则“people-text”写了两次"),
        ('cell = "headcount"', 'cell = "heads"', "申报表没有栏目“heads”"),
        ('systems = ["卫生"]\nadvise', 'systems = ["卫星"]\nadvise', "系统“卫星”不在系统表"),
        ("left = 5\n", "left = 0\n", "不应小于 1，现为 0"),
        ("[business]\nadvise = 50 ", "[business]\nadvise = 90 ", "提示的分值 90 高于待核的分值 80"),
    ],
)
def test_a_slip_in_what_is_weighed_is_named_with_its_line(year, before, after, said):
    with pytest.raises(DataFileError, match=r"第 \d+ 行 ") as error:
        rule_book(year((before, after)))
    assert said in str(error.value)


def test_every_text_rule_is_weighed():
    texts = {check.rule.id for check in rule_book(NOTICE) if check.rule.over == "texts"}
    assert texts == {*NOTICE.weighed_by, OF_BUSINESS}


# ── words ────────────────────────────────────────────────────────────────────


def test_every_exception_holds_a_word_that_it_excepts():
    lists = [((*field.words, *field.alone), (*field.not_in, *field.hold)) for field in NOTICE.reserved]
    lists += [(field.words, field.not_in) for field in NOTICE.unified]
    for words, exceptions in lists:
        for phrase in exceptions:
            assert any(word in phrase for word in words), phrase


def test_no_number_of_the_notice_stands_in_the_code():
    numbers = {"20", "14", "360", "90", "3.5"}
    for path in (Path(__file__).parents[1] / "flows" / "validate").glob("*.py"):
        code = re.sub(r'""".*?"""|#.*|"(?:[^"\\]|\\.)*"', "", path.read_text("utf-8"), flags=re.DOTALL)
        assert not numbers & set(re.findall(r"(?<![\w.])\d+(?:\.\d+)?", code)), path.name
