"""Label rows: labels with their values in the row beneath, where a card is written like many small tables."""

import re

from flows.read.tables.sheet import Sheet
from flows.read.tables.synonyms import FILINGS, LONGEST_TITLE, PARTICIPANTS, STRONG, TitleMeaning, Titles

_APART = 3
"""How many rows, empty or with a heading, may stand between two label rows of a card."""
_MOST_LABELS = 12
"""A row of more titles is the header of a table."""
_WIDE = 3
"""Columns that a label by itself spans where its value stands beneath it."""
_INLINE = re.compile(r"^[^:：]{1,12}[:：]")

Cell = tuple[int, int, str]
"""First column, last column, text."""


def label_row_at(sheet: Sheet, row: int, titles: Titles) -> list[tuple[TitleMeaning, Cell]]:
    """The labels of ``row`` from the left, if it has little else and their values stand in the row beneath; else none."""
    if sum(value is not None for value in sheet.row(row)) > _MOST_LABELS:
        return []
    cells = sheet.own_cells(row)
    if not cells or _heads_participants(cells, titles):
        return []
    labels = [(meaning, cell) for cell in cells if (meaning := _meant(cell[2], titles))]
    strong = sum(meaning.strength == STRONG for meaning, _ in labels)
    if (
        2 * strong < len(cells)
        or 3 * len(labels) < 2 * len(cells)
        or len({meaning.column for meaning, _ in labels}) < len(labels)
    ):
        return []
    return labels if _are_values(sheet.own_cells(row + 1), cells, titles) else []


def is_label_row(sheet: Sheet, row: int, titles: Titles) -> bool:
    """Whether ``row`` is a label row of a card and not the header of a table: another one stands close by, with other labels."""
    labels = label_row_at(sheet, row, titles)
    return bool(labels) and _in_card(sheet, row, labels, titles)


def labels_over_values(sheet: Sheet, row: int, titles: Titles) -> list[tuple[TitleMeaning, Cell]]:
    """The labels of ``row`` whose values stand beneath it: those of a label row, or one across the form."""
    labels = label_row_at(sheet, row, titles)
    if not labels:
        return []
    across = len(labels) == 1 and labels[0][1][1] - labels[0][1][0] + 1 >= _WIDE
    return labels if across or _in_card(sheet, row, labels, titles) else []


def _in_card(sheet: Sheet, row: int, labels: list[tuple[TitleMeaning, Cell]], titles: Titles) -> bool:
    for other in range(row + 2, row + 2 + _APART):
        if below := label_row_at(sheet, other, titles):
            return _differ(labels, below) or _above(sheet, row, labels, titles)
        if len(sheet.filled(other)) > 1:
            break
    return _above(sheet, row, labels, titles)


def _above(sheet: Sheet, row: int, labels: list[tuple[TitleMeaning, Cell]], titles: Titles) -> bool:
    for value in range(row - 1, row - 1 - _APART, -1):
        if above := label_row_at(sheet, value - 1, titles):
            return _differ(labels, above)
        if len(sheet.filled(value)) > 1:
            return False
    return False


def _differ(labels: list[tuple[TitleMeaning, Cell]], other: list[tuple[TitleMeaning, Cell]]) -> bool:
    return not {meaning.column for meaning, _ in labels} & {meaning.column for meaning, _ in other}


def _heads_participants(cells: list[Cell], titles: Titles) -> bool:
    meant = {meaning.column for _, _, text in cells for meaning in titles.meanings(text).get(PARTICIPANTS, ())}
    return "participant" in meant and len(meant) > 1


def _meant(text: str, titles: Titles) -> TitleMeaning | None:
    meanings = titles.meanings(text).get(FILINGS, ()) if len(text) <= LONGEST_TITLE else ()
    return max(meanings, key=lambda meaning: meaning.strength, default=None)


def _are_values(beneath: list[Cell], labels: list[Cell], titles: Titles) -> bool:
    """Whether ``beneath`` are values, each under one of ``labels``, and no labels themselves."""
    spans = {(first, last) for first, last, _ in labels}
    return bool(beneath) and all((first, last) in spans and _is_value(text, titles) for first, last, text in beneath)


def _is_value(text: str, titles: Titles) -> bool:
    meaning = _meant(text, titles)
    return (meaning is None or meaning.strength < STRONG) and not _INLINE.match(text)
