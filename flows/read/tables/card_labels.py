"""The labels of one row of a card, each with the cells that hold its value: beside it, beneath it, or its own."""

import re
from dataclasses import dataclass

from flows.read.tables.heads.header import Title
from flows.read.tables.label_rows import labels_over_values
from flows.read.tables.sheet import Sheet
from flows.read.tables.synonyms import FILINGS, LONGEST_TITLE, WEAK, Titles

_INLINE = re.compile(r"^\s*([^:：\n]{2,40}?)\s*[:：]\s*(\S.*)?$", re.DOTALL)


@dataclass(frozen=True)
class Label:
    """A label and where its value stands: ``places`` are the filled cells beside it, ``inline`` a value in its own cell."""

    field: str
    strength: int
    title: Title
    places: tuple[tuple[int, int], ...]
    beside: int
    inline: str | None = None

    @property
    def row(self) -> int:
        """The row that its value stands in."""
        return self.places[0][0] if self.places else self.title.row


def row_labels(sheet: Sheet, row: int, titles: Titles) -> list[Label]:
    """The labels of ``row`` from the left, each with the cells of its value: beside it, or beneath."""
    if over := labels_over_values(sheet, row, titles):
        return [
            Label(meaning.column, meaning.strength, Title(first, row, text), ((row + 1, first),), first)
            for meaning, (first, _, text) in over
        ]
    cells = sheet.distinct(row)
    owned = [(first, last, text) for first, last, text in cells if sheet.anchor(row, first)[0] == row]
    groups = [text for first, _, text in cells if text and sheet.anchor(row, first)[0] < row]
    labels: list[Label] = []
    pending: tuple[str, int, Title, int] | None = None
    places: list[tuple[int, int]] = []

    def close() -> None:
        if pending:
            labels.append(Label(pending[0], pending[1], pending[2], tuple(places), pending[3] + 1))

    for number, (first, last, text) in enumerate(owned):
        if not text:
            continue
        meaning = _meaning(text, groups, titles)
        if meaning and pending and not places and meaning[1] == WEAK and _is_value(owned, number, groups, titles):
            meaning = None
        if meaning and pending and meaning[0] == pending[0] and not places:
            meaning = None
        if meaning:
            if pending and (places or first > pending[3] + 1):
                close()
            pending, places = (*meaning, Title(first, row, text), last), []
        elif (inline := _inline(text, groups, titles)) is not None:
            close()
            pending, places = None, []
            name, strength, value = inline
            labels.append(
                Label(name, strength, Title(first, row, text), ((row, first),) if value else (), first, value or "")
            )
        elif pending:
            places.append((row, first))
    close()
    return labels


def _meaning(text: str, groups: list[str], titles: Titles) -> tuple[str, int] | None:
    """The field that a label means and how plainly it says so."""
    if len(text) > LONGEST_TITLE:
        return None
    meanings = titles.meanings(text).get(FILINGS, ())
    for group in groups:
        if len(group) <= LONGEST_TITLE and (joined := titles.meanings(group + text).get(FILINGS, ())):
            strongest = max(meaning.strength for meaning in joined)
            if not meanings or strongest > max(meaning.strength for meaning in meanings):
                meanings = joined
    best = max(meanings, key=lambda meaning: meaning.strength, default=None)
    return (best.column, best.strength) if best else None


def _inline(text: str, groups: list[str], titles: Titles) -> tuple[str, int, str] | None:
    """A label and its value in one cell: 项目名称：……."""
    found = _INLINE.match(text)
    meaning = _meaning(found[1], groups, titles) if found else None
    return (*meaning, (found[2] or "").strip()) if found and meaning else None


def _is_value(owned: list[tuple[int, int, str]], number: int, groups: list[str], titles: Titles) -> bool:
    """Whether a vague title beside a label is rather its value: nothing follows, or the next label does."""
    following = next((text for _, _, text in owned[number + 1 :] if text), None)
    return following is None or _meaning(following, groups, titles) is not None
