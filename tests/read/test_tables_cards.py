"""Cards: forms of labels with their values."""

import pytest

from flows.read.tables.cards import card_rows
from flows.read.tables.find import Layout
from flows.read.tables.sheet import Sheet
from tests.layouts.page import Page, grid
from tests.layouts.places import card
from tests.layouts.truth import FILINGS as FOUR
from tests.layouts.usual import COLUMNS, shown
from tests.reading import KNOWN, column_title, laid_out
from tests.year import FILING


def cards_of(found: Layout) -> int:
    return sum(len(part[1].records) for part in found.parts if isinstance(part, tuple))


class TestCards:
    @pytest.mark.parametrize("pairs", [1, 2, 3, 4])
    def test_a_card_of_pairs(self, pairs):
        assert cards_of(laid_out(card(Page(), dict(FOUR[0]), pairs=pairs))) == 1

    def test_cards_below_each_other(self):
        page = Page()
        for number, filing in enumerate(FOUR):
            card(page, dict(filing), pairs=2, row=1 + number * 25)
        assert cards_of(laid_out(page)) == 4

    @pytest.mark.parametrize("number", [2, 3])
    def test_cards_side_by_side(self, number):
        page = Page()
        for place, filing in enumerate(FOUR[:number]):
            for row, column in enumerate(COLUMNS, start=2):
                page.put(row, 4 * place, column_title(column), shown(filing, column))
        found = [part[1].records for part in laid_out(page).parts if isinstance(part, tuple)]
        assert [records.texts["title"] for records in found] == [[filing["title"]] for filing in FOUR[:number]]
        assert all(len(records.texts) == len(COLUMNS) for records in found)

    def test_a_label_twice_in_a_row_makes_no_second_card(self):
        page = card(Page(), dict(FOUR[0]), pairs=2)
        row = page.end + 1
        page.put(row, 0, "联系人", "王老师", "联系人", "李老师")
        assert cards_of(laid_out(page)) == 1

    def test_projects_in_columns(self):
        page = Page()
        for number, column in enumerate(FILING):
            page.put(1 + number, 0, column.title, *[shown(filing, column.name) for filing in FOUR])
        assert cards_of(laid_out(page)) == 4

    def test_an_empty_card_is_no_project(self):
        page = Page()
        for number, column in enumerate(FILING):
            page.put(1 + number, 0, column.title)
        assert cards_of(laid_out(page)) == 0

    def test_how_to_fill_it_in_is_no_project(self):
        page = Page("Sheet1")
        for number, column in enumerate(FILING):
            page.put(1 + number, 0, column.title, column.doc, "是" if column.required else "否")
        assert card_rows(Sheet(grid(page)), range(1, 29), KNOWN.titles)
        assert cards_of(laid_out(page)) == 0
