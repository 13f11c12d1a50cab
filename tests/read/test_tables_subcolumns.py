"""Groups of columns whose parts are no titles of the form."""

from schemas.cells import a1
from tests.frames import cell
from tests.layouts.page import Page
from tests.layouts.truth import FILINGS as FOUR
from tests.layouts.truth import TITLES
from tests.layouts.usual import COLUMNS, shown
from tests.reading import filings_with_cells, reading_of


class TestGroupsOfUnknownParts:
    """A group title of the template over parts that are none."""

    @staticmethod
    def page(column: str, parts: dict[str, list]) -> Page:
        page, at = Page(), 0
        for name in COLUMNS:
            width = len(parts) if name == column else 1
            page.span(1, at, TITLES[name], rows=1 if width > 1 else 2, columns=width)
            for number, (part, values) in enumerate(parts.items() if width > 1 else {"": ()}.items()):
                page.put(2, at + number, part or None)
                for row, value in enumerate(values, start=3):
                    page.put(row, at + number, value)
            for row, filing in enumerate(FOUR if width == 1 else (), start=3):
                page.put(row, at, shown(filing, name))
            at += width
        return page

    def test_yes_and_no_in_columns_of_their_own(self, references):
        readings = reading_of(
            references, self.page("cross_region", {"是": ["√", None, "√", None], "否": [None, "√", "√", None]})
        )
        assert readings.filings["cross_region"].tolist()[:2] == [True, False]
        assert readings.filings["cross_region"].isna().tolist()[2:] == [True, True]
        assert [a1(code) for code in filings_with_cells(readings)[cell("cross_region")]][:2] == ["G3", "H4"]
        assert readings.remarks[["kind", "detail"]].values.tolist() == [["several_values", "是、否"]]

    def test_the_whole_of_an_amount(self, references):
        readings = reading_of(
            references, self.page("budget", {"财政": [20] * 4, "自筹": [30] * 4, "合计": [50, 50, 50, 500_000]})
        )
        assert readings.filings["budget"].tolist()[:3] == [50, 50, 50]
        assert readings.remarks["kind"].tolist() == ["ambiguous"]
        assert readings.totals.empty

    def test_the_days_abroad(self, references):
        readings = reading_of(references, self.page("days", {"国内": [3] * 4, "境外": [21] * 4}))
        assert readings.filings["days"].tolist() == [21] * 4

    def test_what_cannot_be_told_is_said(self, references):
        readings = reading_of(references, self.page("budget", {"财政": [20] * 4, "自筹": [30] * 4}))
        assert readings.remarks[["kind", "column", "value"]].values.tolist() == [["title_twice", "budget", "自筹"]]
