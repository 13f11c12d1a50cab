"""同上 and 〃: cells that mean the value of the record above."""

from flows.read.tables.records import Records
from flows.read.values.characters import fold
from schemas.spellings import Spellings


def ditto_marks(spellings: Spellings) -> frozenset[str]:
    """The texts that mean the value of the row above, as they may stand in a cell."""
    marks = set(spellings.ditto) | {fold(mark) for mark in spellings.ditto}
    return frozenset(marks | {f"{mark[0]} {mark[1:]}" for mark in marks if len(mark) == 2})


def fill_ditto(records: Records, marks: frozenset[str], before: Records | None = None) -> None:
    """同上 and 〃 mean the value of the record above; that of the first may stand at the end of the table ``before``."""
    for name, texts in records.texts.items():
        if marks.isdisjoint(texts):
            continue
        for record, text in enumerate(texts):
            if text in marks and record:
                records.said[name, record] = records.meant(name, record - 1)
            elif text in marks and before:
                records.said[name, record] = before.meant(name, len(before) - 1)
