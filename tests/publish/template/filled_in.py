"""The form filled in at an office's desk: what its 自查 says there, and what check says of the same rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from flows.publish.template import checks
from flows.publish.template.selfcheck import FILINGS, PARTICIPANTS, PREPARED
from flows.read import FileReader, FoundFile, gather, words_of
from flows.settings import ReadLimits
from flows.validate import RULES, validate
from schemas.cells import column_letters
from schemas.columns import Column
from tests.office import Office
from tests.reference_folder import registers_in
from tests.year import BOOK, FILING, FILING_SHEET, PARTICIPANT, PARTICIPANT_SHEET

Row = Mapping[str, object]

FIRST, FIRST_JOINING = 4, 3
"""The first rows of the two sheets (as Excel counts)."""
_FIRST_DAY = date(1899, 12, 30)
_OF_UNITS = {rule.id for rule in RULES.values() if rule.over == "units"}


@dataclass(frozen=True)
class FilledIn:
    """By the row of its sheet what 自查 says (``said``, ``said_joining``) and which rules it says are broken (``told``,
    ``told_joining``); ``found`` and ``found_joining`` are those that check finds, of the rules that the form applies; ``head`` what
    stands above all rows. ``sentences`` are what the form, and what check says of a filing's row, by row and rule."""

    path: Path
    said: dict[int, str]
    said_joining: dict[int, str]
    told: dict[int, set[str]]
    told_joining: dict[int, set[str]]
    found: dict[int, set[str]]
    found_joining: dict[int, set[str]]
    head: str
    sentences: dict[tuple[int, str], tuple[str, str]]


def fill_in(office: Office, form: Path, to: Path, filings: Sequence[Row], joining: Sequence[Row] = ()) -> FilledIn:
    """Fill a blank form in with ``filings`` and ``joining``, and let the office program save it as ``to``."""
    steps = [
        _typing(FILING_SHEET, FIRST, FILING, filings),
        *([_typing(PARTICIPANT_SHEET, FIRST_JOINING, PARTICIPANT, joining)] if joining else []),
        ["recalculate"],
        ["read", FILING_SHEET, _column(len(FILING), FIRST)],
        ["read", PARTICIPANT_SHEET, _column(len(PARTICIPANT), FIRST_JOINING)],
        ["read", FILINGS, f"A1:HZ{PREPARED + 1}"],
        ["read", PARTICIPANTS, f"A1:HZ{PREPARED + 1}"],
        ["read", FILING_SHEET, "E2:E2"],
    ]
    *_, said, said_joining, working, working_joining, head = office.work(form, steps, save_as=to)
    found, found_joining, messages = found_in(to)
    return FilledIn(
        to,
        {FIRST + place: row[0] for place, row in enumerate(said[: len(filings)])},
        {FIRST_JOINING + place: row[0] for place, row in enumerate(said_joining[: len(joining)])},
        _broken(working, FIRST, len(filings)),
        _broken(working_joining, FIRST_JOINING, len(joining)),
        found,
        found_joining,
        head[0][0],
        {(row, rule): (_sentence(working, row - FIRST, rule), said) for (row, rule), said in messages.items()},
    )


def found_in(path: Path) -> tuple[dict[int, set[str]], dict[int, set[str]], dict[tuple[int, str], str]]:
    """What check finds in a file, by the rows of the two sheets: of the rules that the form applies to itself; and what it says of a
    filing, with the clause."""
    reader = FileReader(words_of(BOOK))
    readings = gather([path.name], [reader.read(reader.open(FoundFile(path), ReadLimits()))], BOOK, registers_in())
    findings = validate(readings, BOOK, registers_in())
    rows = readings.filings.set_index("filing_id")["row"]
    by_unit = readings.filings.groupby("organiser")["row"].agg(list)
    of = {row: set() for row in readings.filings["row"]}
    joining = {row: set() for row in readings.participants["row"]}
    messages = {}
    for finding in findings.itertuples():
        if finding.sheet == PARTICIPANT_SHEET and finding.rule_id in checks.PARTICIPANT:
            joining[int("".join(filter(str.isdigit, finding.cell)))].add(finding.rule_id)
        elif finding.rule_id in _OF_UNITS:
            organiser = readings.filings.set_index("filing_id")["organiser"][finding.filing_id]
            for row in by_unit[organiser]:
                of[row].add(finding.rule_id)
        elif finding.rule_id in checks.FILING and isinstance(finding.filing_id, str):
            of[rows[finding.filing_id]].add(finding.rule_id)
            messages[rows[finding.filing_id], finding.rule_id] = f"{finding.message}（{finding.clause}）"
    return of, joining, messages


def typed(value: object) -> object:
    """A value as the office program takes it from the keyboard; a day as its number."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return (value - _FIRST_DAY).days
    return value


def _typing(sheet: str, first: int, columns: Sequence[Column], rows: Sequence[Row]) -> list:
    cells = f"A{first}:{column_letters(len(columns) - 1)}{first + len(rows) - 1}"
    return ["table", sheet, cells, [[typed(row.get(column.name)) for column in columns] for row in rows]]


def _column(place: int, first: int) -> str:
    letters = column_letters(place)
    return f"{letters}{first}:{letters}{first + PREPARED - 1}"


def _broken(working: list[list[object]], first: int, rows: int) -> dict[int, set[str]]:
    keys = working[0]
    return {
        first + place: {
            str(key).split(":")[2]
            for key, value in zip(keys, working[1 + place], strict=True)
            if str(key).startswith("rule:") and not str(key).endswith(":participants") and value
        }
        for place in range(rows)
    }


def _sentence(working: list[list[object]], place: int, rule: str) -> str:
    key = next(place for place, key in enumerate(working[0]) if str(key).endswith(f":{rule}"))
    return str(working[1 + place][key])


def differences(told: Mapping[int, set[str]], found: Mapping[int, set[str]]) -> pd.DataFrame:
    """Where 自查 and check do not say the same: row, rule, who alone says it. Of rows that reading takes for none check says
    nothing."""
    rows = [
        (row, rule, "form" if rule in told.get(row, set()) else "check")
        for row in sorted(found)
        for rule in sorted(told.get(row, set()) ^ found.get(row, set()))
    ]
    return pd.DataFrame(rows, columns=["row", "rule", "said by"])
