"""What the exceptions workbook says before anybody has typed in it: known from what was written, without reading it back."""

from collections.abc import Iterable, Iterator, Sequence

from flows.decide.find_tables import identity, of_pair, verdict_word
from flows.decide.layout import Layout
from flows.decide.written_rows import Row, Written, shown_text
from flows.publish import Placed

_HEADERS = 2
"""From the place of a header, which counts from nought, to the row below it as Excel counts."""


def as_written(placed: Iterable[Placed], run_id: str, layout: Layout) -> Written:
    """What :func:`flows.decide.written_rows.find` finds in the workbook of the night ``run_id`` as it was written, its tables
    where they were ``placed``."""
    rows: list[Row] = []
    sheets = 0
    for one in placed:
        titles = {column.title: column.name for column in one.table.columns}
        if titles.keys() & {*layout.entries}:
            told = bool(titles.keys() & layout.tells)
            sheets += not told
            rows += _rows(one, titles, told, layout)
    return Written(tuple(rows), run_id, sheets)


def _rows(one: Placed, titles: dict[str, str], told: bool, layout: Layout) -> Iterator[Row]:
    asked = (layout.identity, layout.verdict, layout.note, layout.reviewer, layout.value, layout.to_unit)
    kind = "pair" if layout.decided_in["pair"] == one.table.name else "finding"
    shown = [_shown(one, titles.get(title)) for title in asked]
    for place, known_by, verdict, note, reviewer, value, to_unit in zip(one.places, *shown, strict=True):
        about = identity(known_by)
        if verdict or note or reviewer or to_unit:
            of = "pair" if of_pair(about) else kind
            yield Row(
                kind=of,
                sheet=one.table.name,
                row=one.header + _HEADERS + place,
                about=about,
                verdict=verdict_word(verdict),
                note=note,
                reviewer=reviewer,
                value=value if of == "finding" else None,
                to_unit=to_unit,
                told=told,
            )


def _shown(one: Placed, column: str | None) -> Sequence[str | None]:
    """What the cells of a column show."""
    return [None] * len(one.places) if column is None else [shown_text(value) for value in one.values(column)]
