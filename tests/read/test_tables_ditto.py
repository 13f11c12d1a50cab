"""同上 and what stands for it."""

from schemas.cells import a1
from tests.frames import cell, filed
from tests.layouts.page import Page
from tests.layouts.truth import FILINGS as FOUR
from tests.layouts.usual import body, form, taking_part_page
from tests.reading import filings_with_cells, reading_of


def test_merged_and_ditto_cells(references):
    page = form(written={"theme": {2: "同上"}, "organiser": {2: None}})
    page.merged.append((4, 2, 5, 2))
    filings = filings_with_cells(reading_of(references, page))
    second = filings.iloc[1]
    assert (second["organiser"], second[filed("organiser")], a1(second[cell("organiser")])) == (
        FOUR[0]["organiser"], FOUR[0]["organiser"], "C4",
    )  # fmt: skip
    assert (second["theme"], second[filed("theme")], a1(second[cell("theme")])) == ("水利", "同上", "F5")


def test_ditto_in_the_first_row_of_the_next_sheet(references):
    rest = Page("续")
    body(rest, 1, filings=FOUR[1:], written={"organiser": {2: "同上"}})
    filings = reading_of(references, form(filings=FOUR[:1]), rest).filings
    assert filings["organiser"].iloc[1] == FOUR[0]["organiser"]


def test_ditto_for_the_project_of_participants(references):
    page = taking_part_page()
    for row, cells in enumerate(
        [(1, "绵阳市水利局"), ("同上", "宜宾市水利局"), ("〃", "成都市水务局"), (2, "南充市水务局")], 2
    ):
        page.put(row, 0, *cells, "某市", "水利", 2, "是")
    taking_part = reading_of(references, form(), page).participants
    assert taking_part["seq"].tolist() == [1, 1, 1, 2]
    assert taking_part["filing_id"].notna().all()


def test_ditto_where_no_two_projects_say_the_same_is_told(references):
    dittos = {name: {2: "同上"} for name in ("content", "necessity", "headcount", "start_date", "letter_no")}
    filings = filings_with_cells(reading_of(references, form(written=dittos)))
    second = filings.iloc[1]
    assert [second[name] is None or second.isna()[name] for name in dittos] == [True] * len(dittos)
    assert {second[filed(name)] for name in dittos} == {"同上"}


def test_ditto_of_what_only_the_organiser_can_say_stays_with_it(references):
    names = ("expert_review", "contact", "phone")
    written = {name: {2: "同上", 3: "同上"} for name in names} | {"organiser": {2: "同上"}}
    filings = reading_of(references, form(written=written)).filings
    for name in names:
        assert filings[name].fillna("").tolist()[:3] == [FOUR[0][name], FOUR[0][name], ""]
