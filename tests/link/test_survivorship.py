"""Groups: who leads, where each value comes from, how many people, who takes part."""

import json
from collections.abc import Sequence
from datetime import date

import pandas as pd
import pytest

from flows.link import form_groups
from flows.link.survivorship.lead import leads
from flows.references import References
from schemas.columns import COUNTRY, INSTITUTION, UNIT
from schemas.tables import TEXT, Groups, LastYearProjects, Members, empty
from tests.frames import filings, participants
from tests.labelled.season import reference
from tests.year import BOOK

DEPARTMENT, CITY, OTHER_CITY, COUNTY = "四川省水利厅", "绵阳市水利局", "德阳市水利局", "三台县水利局"
INSTITUTE, SOCIETY, VERTICAL = "四川省水利科学研究院", "四川省水利学会", "四川水文垂直管理局"
COMPILER = "绵阳市科学技术局"


def _unit(unit: str, level: str, region: str, nature: str, right: bool, vertical: bool = False) -> dict[str, object]:
    return {
        "unit": unit,
        "level": level,
        "region": region,
        "system": "水利",
        "nature": nature,
        "foreign_affairs": right,
        "vertical": vertical,
        "has_budget": True,
    }


REFERENCES = References(
    units=reference(
        UNIT,
        [
            _unit(DEPARTMENT, "省级", "省级", "行政机关", False),
            _unit(INSTITUTE, "省级", "省级", "事业单位", True),
            _unit(SOCIETY, "省级", "省级", "学会", False),
            _unit(VERTICAL, "省级", "省级", "行政机关", True, vertical=True),
            _unit(CITY, "市级", "绵阳市", "行政机关", False),
            _unit(OTHER_CITY, "市级", "德阳市", "行政机关", False),
            _unit(COUNTY, "县级", "绵阳市", "行政机关", False),
            _unit(COMPILER, "市级", "绵阳市", "行政机关", False),
        ],
    ),
    institutions=reference(INSTITUTION, []),
    countries=reference(COUNTRY, []),
    last_year=empty(LastYearProjects),
)


def by(organiser: str, **values: object) -> dict[str, object]:
    """A filing by its organiser itself."""
    return {"organiser": organiser, "unit": organiser, **values}


def group(rows: Sequence[dict[str, object]], taking_part: Sequence[dict[str, object]] = ()) -> pd.Series:
    """The one group of these filings."""
    read = filings(rows)
    members = pd.DataFrame({"filing_id": read["filing_id"], "group_id": "g"}).astype(TEXT)
    formed = form_groups(read, participants(taking_part), members, REFERENCES, BOOK)
    assert len(formed) == 1
    return formed.iloc[0]


WHO_LEADS = [
    ([by(CITY), by(DEPARTMENT)], 1),
    ([by(COUNTY), by(CITY)], 1),
    # 有权组团的先于层级相同而无权的：学会无外事审批权。
    ([by(SOCIETY), by(INSTITUTE)], 1),
    ([by(SOCIETY), by(CITY)], 0),
    # 垂直管理单位不在本次申报范围，不以其牵头。
    ([by(VERTICAL), by(DEPARTMENT)], 1),
    ([by("名录外的单位"), by(COUNTY)], 1),
    # 组团单位相同：组团单位自己报的先于派员单位报的，即使后者填得更全。
    ([by(DEPARTMENT, unit=CITY), by(DEPARTMENT, letter_no=None, theme=None)], 1),
    # 再看哪条填得全，再看谁早。
    ([by(CITY, letter_no=None), by(OTHER_CITY)], 1),
    ([by(CITY, start_date=date(2020, 5, 12)), by(OTHER_CITY, start_date=date(2020, 5, 11))], 1),
    ([by(CITY), by(CITY, unit=CITY)], 0),
]


@pytest.fixture(scope="module")
def led() -> pd.Series:
    """The lead of the group of each case of :data:`WHO_LEADS`, its filings in their order and the other way round."""
    both = [order for rows, _ in WHO_LEADS for order in (rows, rows[::-1])]
    read = filings(
        [{**row, "filing_id": f"{n}f{place}"} for n, rows in enumerate(both) for place, row in enumerate(rows)]
    )
    members = pd.DataFrame({"filing_id": read["filing_id"], "group_id": read["filing_id"].str.split("f").str[0]})
    formed = form_groups(read, participants([]), members.astype(TEXT), REFERENCES, BOOK)
    return formed.set_index("group_id")["lead_filing_id"].str.replace(r"^\d+", "", regex=True)


@pytest.mark.slow
@pytest.mark.parametrize(("case", "lead"), [(case, lead) for case, (_, lead) in enumerate(WHO_LEADS)])
def test_who_leads(case, lead, led):
    rows, _ = WHO_LEADS[case]
    assert led[str(2 * case)] == f"f{lead}"
    assert led[str(2 * case + 1)] == (f"f{1 - lead}" if rows[0] != rows[1] else "f0")


@pytest.mark.slow
def test_why_the_lead_leads():
    assert group([by(DEPARTMENT), by(CITY)])["lead_reason"] == "四川省水利厅有权组团，其他申报的组团单位没有。"
    assert "层级最高（市级）" in group([by(COUNTY), by(CITY)])["lead_reason"]
    assert "自己申报" in group([by(DEPARTMENT, unit=CITY), by(DEPARTMENT)])["lead_reason"]
    assert "最完整" in group([by(CITY, letter_no=None), by(CITY)])["lead_reason"]
    assert pd.isna(group([by(CITY)])["lead_reason"])


def test_the_lead_in_linking_is_the_lead_of_the_group():
    read = filings([by(COUNTY), by(DEPARTMENT, unit=CITY), by(DEPARTMENT, theme=None), by(CITY)])
    assert leads(read, pd.Series(0, index=read.index), REFERENCES, BOOK.notice).tolist() == [
        False,
        False,
        True,
        False,
    ]


def test_values_are_the_leads_and_gaps_are_filled_from_the_next():
    merged = group(
        [
            by(CITY, letter_no="YX-3", title="别的写法", budget=1.0),
            by(DEPARTMENT, letter_no=None, title="正式写法", remarks=None, budget=60.0),
            by(OTHER_CITY, letter_no="YX-3", remarks="备注", theme=None),
        ]
    )
    assert (merged["title"], merged["budget"], merged["letter_no"], merged["remarks"]) == (
        "正式写法",
        60.0,
        "YX-3",
        "备注",
    )
    assert json.loads(merged["value_sources"]) == {"letter_no": "f0", "remarks": "f2"}


def test_nothing_is_said_of_sources_where_all_is_the_leads():
    assert pd.isna(group([by(CITY)])["value_sources"])
    assert pd.isna(group([by(DEPARTMENT), by(CITY)])["value_sources"])


def test_headcount_is_the_leads_total_and_shares_are_added_up():
    merged = group(
        [
            by(DEPARTMENT, headcount=18),
            by(DEPARTMENT, unit=CITY, headcount=4),
            by(OTHER_CITY, headcount=5),
            by(COUNTY, headcount=18),
        ],
        [{"participant": CITY, "participants": 4}, {"participant": OTHER_CITY, "participants": 5}],
    )
    assert merged["headcount"] == 18
    assert merged["shares_sum"] == 9
    assert merged["participants_sum"] == 9


def test_a_share_is_no_total():
    listed = [{"participant": CITY, "participants": 4}, {"participant": OTHER_CITY, "participants": 9}]
    assert group([by(DEPARTMENT, headcount=None), by(CITY, headcount=4)], listed)["headcount"] == 13
    alone = group([by(DEPARTMENT, headcount=None), by(CITY, headcount=4), by(OTHER_CITY, headcount=6)])
    assert alone["headcount"] == 6
    assert json.loads(alone["value_sources"]) == {"headcount": "f2"}
    assert pd.isna(group([by(DEPARTMENT, headcount=None)])["headcount"])


def test_sums_are_missing_where_nothing_was_filed():
    alone = group([by(DEPARTMENT)])
    assert pd.isna(alone["participants_sum"])
    assert pd.isna(alone["shares_sum"])
    assert pd.isna(alone["participant_units"])


def test_a_unit_listed_by_several_filings_counts_once_by_the_leads_word():
    listed = [
        {"filing_id": "f1", "participant": CITY, "participants": 6},
        {"filing_id": "f0", "participant": CITY, "participants": 4},
        {"filing_id": "f1", "participant": OTHER_CITY, "participants": 3},
    ]
    merged = group([by(DEPARTMENT), by(COUNTY)], listed)
    assert merged["participants_sum"] == 7
    assert merged["participant_units"] == f"{CITY}、{OTHER_CITY}、{COUNTY}"


def test_a_unit_that_one_filing_lists_twice_counts_once():
    listed = [{"participant": CITY, "participants": people} for people in (3, 5)]
    assert group([by(DEPARTMENT)], listed)["participants_sum"] == 5


def test_people_are_the_larger_of_headcount_and_participants():
    listed = [{"participant": CITY, "participants": 9}, {"participant": OTHER_CITY, "participants": 10}]
    assert group([by(DEPARTMENT, headcount=15)], listed)["people"] == 19
    assert group([by(DEPARTMENT, headcount=20)], listed)["people"] == 20
    assert pd.isna(group([by(DEPARTMENT, headcount=None)])["people"])


def test_a_list_that_repeats_the_leads_total_tells_of_the_group_and_not_of_a_unit():
    rows = [by(DEPARTMENT, headcount=18), by(CITY, headcount=18)]
    listed = [{"filing_id": "f1", "participant": CITY, "participants": 18}]
    listed += [{"filing_id": "f1", "participant": OTHER_CITY, "participants": 6}]
    assert group(rows, listed)["participants_sum"] == 6


def test_shares_in_all_are_the_larger_of_list_and_filings_region_by_region():
    rows = [by(DEPARTMENT, headcount=20), by(COMPILER, headcount=7), by(OTHER_CITY, headcount=2)]
    listed = [{"participant": CITY, "participants": 5}, {"participant": OTHER_CITY, "participants": 4}]
    assert group(rows, listed)["shares_in_all"] == 7 + 4
    # 名单本身已超过牵头单位的人数：名单另有问题，不再相加。
    assert pd.isna(group([rows[0] | {"headcount": 8}, *rows[1:]], listed)["shares_in_all"])
    assert pd.isna(group(rows[:1], listed)["shares_in_all"])


def test_a_headcount_above_the_leads_is_told():
    assert (
        group([by(DEPARTMENT, headcount=10), by(CITY, headcount=12), by(COUNTY, headcount=11)])["larger_headcount"]
        == 12
    )
    assert pd.isna(group([by(DEPARTMENT, headcount=12), by(CITY, headcount=12)])["larger_headcount"])


def test_participants_are_the_union_of_what_is_listed_and_who_sent_filings():
    listed = [{"filing_id": "f0", "participant": OTHER_CITY, "participants": 3}]
    merged = group([by(DEPARTMENT), by(DEPARTMENT, unit=CITY), by(COUNTY)], listed)
    assert set(merged["participant_units"].split("、")) == {OTHER_CITY, COUNTY, CITY}


def test_an_office_that_only_passes_filings_on_takes_no_part():
    # 绵阳市科技局汇总报送，参团的是名单中的绵阳市水利局。
    listed = [{"filing_id": "f0", "participant": CITY, "participants": 3}]
    assert group([by(DEPARTMENT), by(DEPARTMENT, unit=COMPILER)], listed)["participant_units"] == CITY


def test_who_takes_part_in_a_filing_alone_is_what_it_lists():
    assert group([by(CITY, unit=COMPILER)], [{"participant": COUNTY}])["participant_units"] == COUNTY


def test_participants_not_in_the_directory_keep_their_filed_name():
    listed = [{"participant": "某未列单位", "participants": 2}]
    merged = group([by(DEPARTMENT)], listed)
    assert (merged["participant_units"], merged["participants_sum"]) == ("某未列单位", 2)


def test_each_group_once_whatever_the_order():
    rows = [by(CITY), by(DEPARTMENT), by(OTHER_CITY)]
    read = filings(rows)
    members = pd.DataFrame({"filing_id": ["f0", "f1", "f2"], "group_id": ["b", "b", "a"]}).astype(TEXT)
    formed = form_groups(read, participants([]), members, REFERENCES, BOOK)
    again = form_groups(read.iloc[::-1], participants([]), members.iloc[::-1], REFERENCES, BOOK)
    pd.testing.assert_frame_equal(formed, again)
    assert formed[["group_id", "filings"]].to_numpy().tolist() == [["a", 1], ["b", 2]]


def test_no_filings_no_groups():
    none = form_groups(filings([]), participants([]), empty_members(), REFERENCES, BOOK)
    assert none.empty
    Groups.validate(none)


def empty_members():
    return empty(Members)
