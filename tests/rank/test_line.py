"""指标控制数: nobody above the line is one too many, a larger number puts nobody below, and it is said which number it was."""

from dataclasses import replace

import duckdb
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

import sql
from flows.rank import rank
from schemas.tables import Quotas
from schemas.words import QUOTA_SCOPES as SCOPES
from tests import frames
from tests.examples import examples
from tests.rank.test_rank import PLAIN, dispositions
from tests.rules.cases import NOTICE, REFERENCES

NUMBERS = [
    ("全省", "全省"),
    ("市州", "绵阳市"),
    ("市州", "省级"),
    ("类别", "重点"),
    ("类别", "重点3"),
    ("类别", "一般"),
    ("单位", "四川省水利厅"),
]


def lined(rows, *numbers, out=frozenset()):
    """The groups of these rows, in the order of their ranks, under numbers of people (scope, name, people)."""
    quotas = Quotas.validate(pd.DataFrame(list(numbers), columns=Quotas.names()).astype(Quotas.dtypes()))
    _, groups = frames.grouped(frames.filings([{**PLAIN, **row} for row in rows]))
    references = replace(REFERENCES, quotas=quotas)
    return rank(groups, dispositions(groups, out), references, NOTICE)


def test_without_numbers_there_is_no_line():
    assert lined([{}, {}])["beyond"].isna().all()


def test_from_the_first_that_has_no_room_nobody_steps_over_it():
    rows = [{"headcount": people, "start_date": f"2020-05-{day}"} for people, day in ((10, 11), (8, 12), (2, 13))]
    told = lined(rows, ("全省", "全省", 15))
    assert told["beyond"].tolist()[1:] == [
        "超出全省控制数 15 人，排到本团组 18 人",
        "超出全省控制数 15 人，排到本团组 20 人",
    ]
    assert pd.isna(told["beyond"][0])
    assert told["rank"].tolist() == [1, 2, 3]
    assert lined(rows, ("全省", "全省", 20))["beyond"].isna().all()


def test_below_the_line_they_rank_after_all_that_are_above_it():
    rows = [
        {"priority_class": "优先1", "organiser": "绵阳市水务局", "headcount": 9},
        {"priority_class": "优先2"},
        {"priority_class": "一般"},
    ]
    told = lined(rows, ("市州", "绵阳市", 8))
    assert told["rank"].tolist() == [3, 1, 2]
    assert told["beyond"][0] == "超出市州绵阳市控制数 8 人，排到本团组 9 人"


def test_every_number_that_holds_for_a_group_must_have_room():
    row = {"priority_class": "重点3", "headcount": 10}
    numbers = [
        ("全省", "全省", 9),
        ("市州", "省级", 9),
        ("类别", "重点", 9),
        ("类别", "重点3", 10),
        ("单位", "四川省水利厅", 9),
    ]
    told = lined([row], *numbers)["beyond"][0]
    assert [word for word in ("全省", "省级", "类别重点控", "重点3", "水利厅") if word in told] == [
        "全省",
        "省级",
        "类别重点控",
        "水利厅",
    ]


def test_of_one_that_is_out_it_is_told_whether_there_would_be_room():
    rows = [{"priority_class": "优先1", "headcount": 10}, {"headcount": 10}, {"headcount": 10, "title": "龥"}]
    told = lined(rows, ("全省", "全省", 15), out={0, 2})
    assert told["beyond"].isna().tolist() == [True, True, False]
    assert told["rank"].tolist() == [1, 1, 2]


def test_where_no_headcount_is_known_no_room_is_taken():
    assert lined([{"headcount": None}, {"headcount": 10}], ("全省", "全省", 10))["beyond"].isna().all()


ROWS = st.fixed_dictionaries(
    {
        "priority_class": st.sampled_from(["优先1", "重点3", "重点4", "一般", None]),
        "organiser": st.sampled_from(["四川省水利厅", "绵阳市教育局", "绵阳市水务局", "没人知道"]),
        "headcount": st.sampled_from([1, 5, 12, 20, None]),
        "out": st.booleans(),
    }
)
PEOPLE = st.lists(st.sampled_from([0, 1, 6, 17, 33, 60]), min_size=len(NUMBERS), max_size=len(NUMBERS))


@examples(30)
@given(rows=st.lists(ROWS, min_size=1, max_size=9), people=PEOPLE, which=st.integers(0, 6), more=st.integers(1, 30))
def test_never_more_above_than_the_number_and_a_larger_one_puts_nobody_below(rows, people, which, more):
    out = {place for place, row in enumerate(rows) if row["out"]}
    numbers = [(*number, most) for number, most in zip(NUMBERS, people, strict=True)]
    told = lined(rows, *numbers, out=out)
    planned = told.drop(index=list(out))
    for _, name, most, above in counted(planned, numbers):
        assert above <= most, name
    larger = [(*number[:2], number[2] + more * (place == which)) for place, number in enumerate(numbers)]
    again = lined(rows, *larger, out=out)
    assert not (again["beyond"].notna() & told["beyond"].isna()).any()
    ranks = planned.sort_values("rank")
    assert ranks["rank"].tolist() == list(range(1, len(ranks) + 1))
    assert ranks["beyond"].notna().is_monotonic_increasing


def counted(planned, numbers):
    """Scope, name, number and the people above the line, counted by the view that the workbook shows."""
    quotas = pd.DataFrame(numbers, columns=["scope", "name", "people"])
    word = pd.DataFrame(
        [("quota_scope", place, code, scope) for place, (code, scope) in enumerate(SCOPES.items())],
        columns=["vocabulary", "place", "code", "word"],
    )
    with duckdb.connect() as connection:
        for name, frame in (
            ("current_quota", quotas),
            ("current_word", word),
            ("current_unit", REFERENCES.units),
            ("plan", planned.astype({"headcount": "float64"})),
        ):
            connection.register(name, frame)
        query = sql.statement("views", "quota_use").split(" AS\n", 1)[1]
        used = connection.execute(query).df()
    return used[["scope", "name", "people", "above"]].itertuples(index=False)
