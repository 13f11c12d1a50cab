"""Who takes part, and in which project."""

from schemas.cells import a1
from schemas.tables import cell, filed
from schemas.words import NO_CELL
from tests.layouts.page import Page
from tests.layouts.truth import TAKING_PART
from tests.layouts.usual import COLUMNS, form, table, taking_part_page
from tests.reading import reading_of


class TestParticipants:
    def test_they_follow_the_projects_number(self, references):
        readings = reading_of(references, form(), taking_part_page())
        assert readings.participants["filing_id"].tolist() == [readings.filings["filing_id"].iloc[0]] * 2
        assert readings.participants["participant"].tolist() == [unit for _, unit, _ in TAKING_PART]

    def test_a_number_of_no_project_is_left_open(self, references):
        page = taking_part_page()
        page.cells[2, 0] = 99
        assert reading_of(references, form(), page).participants["filing_id"].isna().tolist() == [True, False]

    def test_a_list_in_one_cell_names_that_cell(self, references):
        page = Page()
        table(page, 1, columns=[*COLUMNS, "参团单位"])
        page.put(2, 28, "绵阳市水利局4人、宜宾市水利局3人")
        taking_part = reading_of(references, page).participants
        assert taking_part["participants"].tolist() == [4, 3]
        assert [a1(code) for code in taking_part[cell("participant")]] == ["AC2", "AC2"]
        assert taking_part[filed("participant")].tolist() == ["绵阳市水利局4人", "宜宾市水利局3人"]
        assert taking_part[cell("budgeted")].eq(NO_CELL).all()

    def test_totals_and_notes_are_no_participants(self, references):
        page = (
            taking_part_page().put(4, 0, "合计").put(4, 4, 7).put(5, 0, "填表人：").put(6, 1, "注：以上单位均已商定。")
        )
        assert len(reading_of(references, form(), page).participants) == 2


def test_numbered_notes_below_participants_are_none(references):
    page = taking_part_page()
    page.put(5, 0, "备注：").put(6, 0, 1, "以上单位均已列入预算；").put(7, 0, 2, "人数以批复文件为准")
    assert len(reading_of(references, form(), page).participants) == len(TAKING_PART)


def test_a_participant_of_which_only_the_name_is_given_is_one(references):
    page = taking_part_page().put(4, 0, 1, "成都轨道集团").put(5, 0, "备注：无").put(6, 0, 1, "成都市水务局")
    assert len(reading_of(references, form(), page).participants) == len(TAKING_PART) + 2
