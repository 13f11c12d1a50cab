"""Cells whose value is not read: formulas without a saved result, and errors such as #REF!; each is remarked on."""

from flows.read.tables.records import NOT_READ, Records, Remark
from flows.read.tables.sheet import Sheet, printable
from schemas.cells import cell_code

ERRORS = frozenset(
    {"#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#N/A", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)


def unsaved_and_errors(sheet: Sheet, records: Records, first: int | None) -> list[Remark]:
    """Remarks on formulas without a saved result, error values and pictures among the records; their values are not read.

    ``first`` is the place of the first record among the filings of the file, None where the records are no filings.
    """
    grid = sheet.grid
    places: dict[int, list[tuple[str, int]]] = {}
    errors = {
        code
        for name, texts in records.texts.items()
        if not ERRORS.isdisjoint(texts)
        for code in _error_codes(records, name)
    }
    unsaved = {cell_code(*place): printable(formula) for place, formula in grid.unsaved.items()}
    errors |= {cell_code(*place) for place in grid.errors}
    pictures = {cell_code(*place) for place in grid.pictures}
    if not errors and not unsaved and not pictures:
        return []
    for name in records.texts:
        for record in range(len(records)):
            places.setdefault(records.code(name, record), []).append((name, record))
    remarks = [
        Remark("picture", sheet.name, code, name, None, None, None if first is None else first + record)
        for code in sorted(pictures)
        for name, record in places.get(code, ())[:1]
    ]
    for code, kind in [*((code, "no_cached_value") for code in unsaved), *((code, "error_value") for code in errors)]:
        for number, (name, record) in enumerate(places.get(code, ())):
            text = unsaved.get(code) or records.texts[name][record]
            if code in unsaved:
                text = text if text.startswith("=") else f"={text}"
                records.texts[name][record] = text
            records.said[name, record] = NOT_READ
            if number == 0:
                remarks.append(
                    Remark(kind, sheet.name, code, name, text, None, None if first is None else first + record)
                )
    return remarks


def _error_codes(records: Records, name: str) -> list[int]:
    return [records.code(name, record) for record, text in enumerate(records.texts[name]) if text in ERRORS]
