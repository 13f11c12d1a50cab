"""How well a header explains its rows: one figure, by which all that may be the header are weighed against each other.

What counts for it: each column that is explained, by how plainly its title says what it is and how well the values beneath
fit. What counts against it: each row that it takes, each cell of it that is neither a title nor a group, each title that
another one hides.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeAlias

from flows.read.tables.heads.header import HeadColumn, Header
from flows.read.tables.heads.hints import are_hints
from flows.read.tables.knowledge import Knowledge
from flows.read.tables.sheet import Sheet
from flows.read.tables.synonyms import STRONG, Meanings, is_strong

Fit: TypeAlias = Callable[[str, int], float]
"""The share of the values beneath that may be of a field, by the field and the column; 1 where that cannot be told."""

PLAIN, VAGUE, GUESSED, TWICE = 3.0, 1.5, 1.0, 0.5
"""What an explained column counts: by a name of its field, by a vague word, by likeness; one more column of a field."""

FIT = 1.0
"""What a column counts more where all values beneath fit its field, and less where none does."""

GROUP, UNITS, ROW = 0.2, 0.1, 0.3
"""What a group over explained columns counts and a row that says units of amounts, and what another row costs."""

UNEXPLAINED, HIDDEN = 0.3, 1.0
"""What a column costs that means nothing known, and a plain title above the one that is taken for its column's."""

NEARLY = 1.0
"""Explanations this close to each other are told."""


def score(
    sheet: Sheet,
    rows: tuple[int, int],
    columns: Sequence[HeadColumn],
    headers: Sequence[Header],
    known: Knowledge,
    fit: Fit,
) -> float:
    """How well ``headers``, with these ``columns``, explain the ``rows`` from the first to the last."""
    if not headers:
        return 0.0
    first, last = rows
    titled = next((row for row in range(last, first, -1) if not are_hints(sheet, row, known)), first)
    by_place = {column.column: column for column in columns}
    explained = sum(_explained(header, by_place, fit) for header in headers)
    unexplained = sum(len(header.unknown) for header in headers)
    return (
        explained
        + GROUP * _groups(sheet, (first, titled), by_place)
        - UNEXPLAINED * unexplained
        - HIDDEN * _hidden(columns, known)
        - ROW * sum(bool(sheet.own_cells(row)) for row in range(first, titled))
        + UNITS * (last - titled)
    )


def _explained(header: Header, columns: dict[int, HeadColumn], fit: Fit) -> float:
    found = TWICE * len(header.twice)
    for name, title in header.titles.items():
        meant = columns[title.column].meanings.get(header.table, ())
        plain = any(meaning.column == name and meaning.strength == STRONG for meaning in meant)
        found += GUESSED if title.guessed else PLAIN if plain else VAGUE
        found += FIT * (2 * fit(name, title.column) - 1)
    return found


def _groups(sheet: Sheet, rows: tuple[int, int], columns: dict[int, HeadColumn]) -> int:
    """How many cells of the rows above the last are groups over columns that mean something."""
    first, last = rows
    found = 0
    for row in range(first, last):
        cells = sheet.own_cells(row)
        over = [cell for cell in cells if any(_under(columns, at, row) for at in range(cell[0], cell[1] + 1))]
        found += len(over) if len(cells) > 1 else 0
    return found


def _under(columns: dict[int, HeadColumn], at: int, row: int) -> bool:
    return at in columns and columns[at].row > row and bool(columns[at].meanings)


def _hidden(columns: Sequence[HeadColumn], known: Knowledge) -> int:
    """How many plain titles stand over a single column that means nothing, or something else."""
    over = Counter(part for column in columns for part in dict.fromkeys(column.parts[:-1]))
    return sum(
        any(
            is_strong(meant) and (not column.meanings or (over[part] == 1 and not _share(meant, column.meanings)))
            for part in column.parts[:-1]
            if (meant := known.titles.meanings(part))
        )
        for column in columns
    )


def _share(one: Meanings, other: Meanings) -> bool:
    return any({m.column for m in one[table]} & {m.column for m in other.get(table, ())} for table in one)
