"""Marks of footnotes that a note on the sheet explains: 35.5² where ² 含国际旅费 stands below."""

import re
from collections.abc import Iterator

from flows.read.tables.records import Records
from flows.read.tables.sheet import Sheet
from flows.read.values.characters import fold
from flows.read.values.marks import raised_number, without_marks
from schemas.columns import FILING, PARTICIPANT

_OF_DIGITS = {c.name for c in (*FILING, *PARTICIPANT) if c.kind in ("whole", "number", "date")}
_ANY_RAISED = re.compile(r"[0-9０-９][⁰¹²³⁴-⁹]")
_NOTES = re.compile(r"^[(\[]?(?:注|备注|附注|说明)\d{0,2}[)\]]?[:：]?")
"""How a cell begins whose lines may be numbered notes."""

_NUMBERED = re.compile(r"^[(\[]?(?:注)?(\d{1,2})[)\]]?[.、:,]?(?=\D)")
_MARKED = re.compile(r"^(?:[(\[⁽〔]?(?:[⁰¹²³⁴-⁹①-⑳]|注[\d⁰¹²³⁴-⁹])|[\[［〔]\d{1,2}[\]］〕])")


def explain_marks(sheet: Sheet, records: Records) -> None:
    """Say what values are without the raised number behind them, where a note on the sheet has that number."""
    marked = {
        (name, record): number
        for name in _OF_DIGITS.intersection(records.texts)
        if _ANY_RAISED.search("\n".join(records.texts[name]))
        for record, text in enumerate(records.texts[name])
        if (number := raised_number(text)) is not None
    }
    if not marked:
        return
    noted = set(_noted(sheet, set(records.rows)))
    for (name, record), number in marked.items():
        if number in noted and (name, record) not in records.said:
            records.said[name, record] = without_marks(records.texts[name][record])


def _noted(sheet: Sheet, records: set[int]) -> Iterator[int]:
    """The numbers of the notes that stand outside of the rows of records."""
    for row in range(sheet.top, sheet.bottom + 1):
        if row in records:
            continue
        for _, text in sheet.filled(row):
            bare = _NOTES.sub("", text.strip())
            notes = bool(_NOTES.match(text.strip()))
            for line in re.split(r"[\n;；]", bare if notes and not _MARKED.match(text.strip()) else text):
                if (notes or _MARKED.match(line.strip())) and (found := _NUMBERED.match(fold(line))):
                    yield int(found[1])
