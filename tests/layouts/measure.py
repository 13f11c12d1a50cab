"""How well layouts are read: cells right, rows lost, rows invented."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pandas as pd

from flows.read import read
from flows.references import References
from flows.settings import Settings
from schemas.cells import COLUMNS_A_SHEET
from schemas.tables import Cells, Filings, Participants, Readings, Remarks, Totals
from schemas.words import NO_CELL
from schemas.yearbook import Yearbook, load_yearbook
from tests.frames import cell, filed, with_cells
from tests.layouts import cells, fresh, heads, lines, mixed, more, places, takers, traps
from tests.layouts.page import write
from tests.layouts.truth import TEMPLATE, Layout
from tests.reference_folder import registers_in

YEAR = 2020
MIXTURES = 20
"""How many layouts are put together at random."""


@dataclass
class Figures:
    """What came of one layout: ``right`` of ``cells``; rows ``lost`` and ``invented``; ``wrong`` says what was wrong."""

    name: str
    cells: int = 0
    right: int = 0
    lost: int = 0
    invented: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """No cell is wrong, no row is lost or invented."""
        return self.right == self.cells and not self.lost and not self.invented

    @property
    def perfect(self) -> bool:
        """Nothing at all was wrong."""
        return not self.wrong


def every_layout() -> list[Layout]:
    """Every layout of the collection."""
    parts = (places, heads, lines, cells, takers, fresh, more, traps)
    return [*(layout for part in parts for layout in part.layouts()), *mixed.layouts(range(MIXTURES))]


def measure(layouts: Sequence[Layout], folder: Path, references: References | None = None) -> list[Figures]:
    """Write ``layouts`` below ``folder`` and read them all in one pass."""
    season = folder / "inputs" / str(YEAR)
    season.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, layout in enumerate(layouts):
        ending = {"html": "xls", "tsv": "txt"}.get(layout.book.kind, layout.book.kind)
        write(layout.book, season / f"{number:03}.{ending}")
        paths.append(f"{YEAR}/{number:03}.{ending}")
    settings = Settings(YEAR, folder / "inputs", folder / "outputs", folder / "state", workers=2)
    references = references or registers_in()
    readings = read(paths, settings, _book(), references)
    Filings.validate(readings.filings)
    Participants.validate(readings.participants)
    Remarks.validate(readings.remarks)
    Totals.validate(readings.totals)
    Cells.validate(readings.cells)
    filings = with_cells(readings.filings, readings.cells)
    return [_compare(layout, path, filings, readings) for layout, path in zip(layouts, paths, strict=True)]


def _book() -> Yearbook:
    """The year's data with the form that the layouts are of."""
    book = load_yearbook(YEAR)
    later = tuple(replace(column, required=False) for column in book.form.filing if column not in TEMPLATE)
    return replace(book, form=replace(book.form, filing=TEMPLATE, other_filing=(*book.form.other_filing, *later)))


def _compare(layout: Layout, path: str, filings: pd.DataFrame, readings: Readings) -> Figures:
    figures = Figures(layout.name)
    found = filings[filings["file"] == path]
    by_title = {title: place for place, title in enumerate(found["title"]) if isinstance(title, str)}
    by_number = {number: place for place, number in enumerate(found["otm_no"]) if isinstance(number, str)}
    met = set()
    for wanted in layout.filings:
        place = by_number.get(str(wanted.get("otm_no")), by_title.get(str(wanted.get("title"))))
        if place is None or place in met:
            figures.lost += 1
            figures.cells += len(TEMPLATE) - len(layout.absent)
            figures.wrong.append(f"lost {wanted.get('title') or wanted.get('otm_no')}")
            continue
        met.add(place)
        _cells(layout, wanted, found.iloc[place], figures)
    figures.invented = len(found) - len(met)
    figures.wrong += [f"invented row {row}" for place, row in enumerate(found["row"]) if place not in met]
    figures.wrong += list(_besides(layout, path, found, readings))
    return figures


def _cells(layout: Layout, wanted: dict[str, object], got: pd.Series, figures: Figures) -> None:
    pages = {page.name: page for page in layout.book.pages}
    page = pages.get(str(got["sheet"]), layout.book.pages[0] if len(pages) == 1 else None)
    for column in TEMPLATE:
        name = column.name
        if name in layout.absent:
            if got[cell(name)] != NO_CELL or pd.notna(got[name]):
                figures.wrong.append(f"{name} is not in the file, read {got[name]!r}")
            continue
        figures.cells += 1
        value = wanted.get(name) or 0 if name == "provincial_cadres" else wanted.get(name)
        right = _same(value, got[name])
        figures.right += right
        if not right:
            figures.wrong.append(f"{name}: wanted {value!r}, read {got[name]!r} from {got[filed(name)]!r}")
        if pd.notna(got[filed(name)]) and page is not None:
            row, place = divmod(int(got[cell(name)]), COLUMNS_A_SHEET)
            held = page.cells.get((row, place))
            if not _holds(held, got[filed(name)]):
                figures.wrong.append(f"{name}: cell holds {held!r}, filed {got[filed(name)]!r}")


def _besides(layout: Layout, path: str, found: pd.DataFrame, readings: Readings) -> Iterator[str]:
    taken = readings.participants[readings.participants["file"] == path].merge(
        found[["filing_id", "seq"]].rename(columns={"seq": "of"}), on="filing_id", how="left"
    )
    read_ = {
        (_plain(of) or 0, who, _plain(count)) for of, who, count in taken[["of", "participant", "participants"]].values
    }
    if read_ != set(layout.taking_part):
        yield f"participants: wanted {sorted(layout.taking_part)}, read {sorted(read_, key=str)}"
    remarks = readings.remarks[readings.remarks["file"] == path]
    if set(remarks["kind"]) != layout.remarks:
        yield f"remarks: wanted {sorted(layout.remarks)}, made {remarks[['kind', 'column', 'value', 'detail']].values.tolist()}"
    totals = readings.totals[readings.totals["file"] == path]
    if len(totals) != layout.totals or not (totals["stated"] - totals["computed"]).abs().lt(1e-6).all():
        yield f"totals: {totals[['column', 'value', 'stated', 'computed']].values.tolist()}"
    told = readings.files.set_index("path").loc[path]
    if (told["unit"] if isinstance(told["unit"], str) else None) != layout.unit:
        yield f"unit: {told['unit']}"
    if told["status"] != ("read" if layout.filings else "empty"):
        yield f"status: {told['status']} {told['reason']}"


def _plain(value: object) -> object:
    return None if pd.isna(value) else int(value)  # type: ignore[call-overload]


def _same(wanted: object, got: object) -> bool:
    if wanted is None or pd.isna(got):  # type: ignore[call-overload]
        return wanted is None and bool(pd.isna(got))  # type: ignore[call-overload]
    if isinstance(wanted, date):
        return pd.Timestamp(wanted) == got
    if isinstance(wanted, bool):
        return bool(got) is wanted
    return got == wanted if isinstance(wanted, str) else abs(float(wanted) - float(got)) < 1e-9  # type: ignore[arg-type]


def _holds(held: object, text: str) -> bool:
    """Whether a cell as written holds the text that was read as filed."""
    if isinstance(held, bool):
        return text in ({"TRUE", "1"} if held else {"FALSE", "0"}) or text == str(held)
    if isinstance(held, int | float):
        return abs(float(text) - held) < 1e-9
    return held is not None and (text == str(held).strip() or text in str(held) or str(held).strip() in text)
