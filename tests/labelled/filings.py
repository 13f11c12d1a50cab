"""Labelled filings: what offices write, clean, faulty, and clean but built to tempt a rule; written without asking the rules.

``filings_seen.csv`` and ``filings_unseen.csv`` are halves of one set, drawn by lot: rules and words are made by the one,
and of the other only the counts are looked at. What was written later, in other words, and looked at is among the seen.

A row: ``verdict`` (clean, tempting, faulty), ``clause`` (which it breaks, or
tempts), the organiser, the texts, and other cells that differ from a valid filing (``headcount=20``).
"""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pandas as pd

from flows.references import References
from flows.validate import validate
from tests import frames
from tests.reference_folder import registers_in
from tests.year import BOOK

HALVES = ("seen", "unseen")
TEXTS = ("organiser", "training_type", "theme", "title", "content", "necessity")
_FOLDER = Path(__file__).parent
_PROJECT = _FOLDER.parents[1]
_WAN_A_PERSON_AND_DAY = 0.19
_LEAVES = date(2020, 3, 2)


@dataclass(frozen=True)
class Labelled:
    """One filing as the file has it; ``number`` is its line."""

    number: int
    verdict: str
    clause: str
    row: dict[str, object]

    @property
    def faulty(self) -> bool:
        """Whether something must be found."""
        return self.verdict == "faulty"


def labelled(half: str) -> list[Labelled]:
    """The filings of one half."""
    with (_FOLDER / f"filings_{half}.csv").open(encoding="utf-8", newline="") as lines:
        return [_filing(number, line) for number, line in enumerate(csv.DictReader(lines), start=2)]


def _filing(number: int, line: dict[str, str]) -> Labelled:
    row: dict[str, object] = {name: line[name] for name in TEXTS}
    cells = dict(one.split("=") for one in line["cells"].split(";") if one)
    people, days = int(cells.get("headcount", 15)), int(cells.get("days", 21))
    row |= {
        "remarks": line["remarks"] or None,
        "headcount": people,
        "days": days,
        "start_date": _LEAVES,
        "end_date": _LEAVES + timedelta(days - 1),
        "budget": round(people * days * _WAN_A_PERSON_AND_DAY, 2),
        "priority_class": "一般",
    }
    return Labelled(number, line["verdict"], line["clause"], row)


@cache
def references() -> References:
    """The reference workbooks of the sample season."""
    return registers_in()


def findings(filings: list[Labelled]) -> dict[int, pd.DataFrame]:
    """What is found in each, by its number; each is judged in a file of its own."""
    known = references()
    formal = known.institutions[known.institutions["formal_cooperation"].eq(True)]
    countries = formal["country"].map(known.countries.set_index("country")["hot"])
    goes_to = formal[countries.eq(False).to_numpy()].iloc[0]
    abroad = {"country": goes_to["country"], "institution": goes_to["institution"]}
    rows = [
        {
            **one.row,
            **abroad,
            "file": f"2020/{one.number}.xlsx",
            "otm_no": f"OTM2020{one.number:04}",
            "unit": one.row["organiser"],
        }
        for one in filings
    ]
    found = validate(frames.readings(rows), BOOK, known, scopes=("filing",))
    return {one.number: found[found["file"].eq(f"2020/{one.number}.xlsx")] for one in filings}
