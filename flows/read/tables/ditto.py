"""同上 and 〃: cells that mean the value of the record above."""

from flows.read.tables.records import Records
from flows.read.values.column import ditto_marks


def ditto(records: Records, before: Records | None = None) -> None:
    """同上 and 〃 mean the value of the record above; that of the first may stand at the end of the table ``before``."""
    marks = ditto_marks()
    for name, texts in records.texts.items():
        if marks.isdisjoint(texts):
            continue
        for record, text in enumerate(texts):
            if text in marks and record:
                records.said[name, record] = records.meant(name, record - 1)
            elif text in marks and before:
                records.said[name, record] = before.meant(name, len(before) - 1)
