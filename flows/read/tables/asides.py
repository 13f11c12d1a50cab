"""Rows beside the records of a table: notes, signatures, examples and page numbers."""

from flows.read.tables.patterns import Patterns
from flows.read.values.characters import fold


def begin_notes(cells: list[tuple[int, str]], patterns: Patterns) -> bool:
    """Whether a row is 备注, 说明 and the like: numbered notes may follow."""
    return bool(patterns.notes.match(fold(cells[0][1])))


def is_aside(cells: list[tuple[int, str]], patterns: Patterns) -> bool:
    """Whether a row is a note, a signature, an example or a page number rather than a record."""
    folded = [fold(text) for _, text in cells]
    if any(patterns.example.match(text) for text in folded[:2]):
        return True
    labelled = sum(bool(patterns.aside_labelled.match(text) or patterns.footer.match(text)) for text in folded)
    if labelled * 2 >= len(folded) or patterns.aside_labelled.match(folded[0]) or patterns.aside_label.match(folded[0]):
        return True
    return all(patterns.aside_label.match(text) or patterns.footer.match(text) for text in folded)
