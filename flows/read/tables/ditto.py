"""同上 and 〃: cells that mean the value of the record above."""

from flows.read.tables.records import NOT_READ, Records
from flows.read.tables.synonyms import FILINGS
from flows.read.values.characters import fold
from schemas.spellings import Spellings

_SAME = {
    "organiser", "country", "institution", "country_institution", "funding_source", "contact", "phone", "contact_phone", "theme",
    "priority_class", "training_type", "cross_region", "degree_study", "charges_fees", "budgeted", "expert_review", "green_channel",
    "taking_part", "participant", "region", "system", "seq", "project", "project_no",
}  # fmt: skip
"""Columns in which one project may have the value of another; of the participants' table 序号 says whose a row is."""

_OWN = {"expert_review", "green_channel", "budgeted", "contact", "phone", "contact_phone"}
"""Of these, what an organiser says of its own projects only."""


def ditto_marks(spellings: Spellings) -> frozenset[str]:
    """The texts that mean the value of the row above, as they may stand in a cell."""
    marks = set(spellings.ditto) | {fold(mark) for mark in spellings.ditto}
    return frozenset(marks | {f"{mark[0]} {mark[1:]}" for mark in marks if len(mark) == 2})


def fill_ditto(records: Records, marks: frozenset[str], before: Records | None = None) -> None:
    """同上 and 〃 mean the value of the record above; that of the first may stand at the end of the table ``before``.

    Where two projects cannot have the same value, or only one organiser can have said it, they mean nothing.
    """
    for name in sorted(records.texts, key=lambda name: name != "organiser"):
        texts = records.texts[name]
        if marks.isdisjoint(texts):
            continue
        for record, text in enumerate(texts):
            if text not in marks:
                continue
            above, place = (records, record - 1) if record else (before, len(before) - 1 if before else 0)
            if above and _may_be_the_same(name, records, record, above, place):
                records.said[name, record] = above.meant(name, place)
            else:
                records.said[name, record] = NOT_READ


def _may_be_the_same(name: str, records: Records, record: int, above: Records, place: int) -> bool:
    """Whether a record may have the value of the one above it in this column."""
    if name not in _SAME or (name == "seq" and records.table == FILINGS):
        return False
    return name not in _OWN or records.meant("organiser", record) == above.meant("organiser", place)
