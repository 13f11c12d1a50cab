"""Labelled filings: what offices write, clean, faulty, and clean but built to tempt a rule; written without asking the rules.

``filings_seen.csv`` and ``filings_unseen.csv`` are halves of one set, drawn by lot: rules and words are made by the one,
and of the other only the counts are looked at. ``filings_later.csv`` are sets (``set``) written one after the other, each
counted once as it was written, before the kinds that it showed were mended; these are seen.

A row: ``verdict`` (clean, tempting, faulty), ``clause`` (which it breaks, or
tempts), the organiser, the texts, and other cells that differ from a valid filing (``headcount=20;start_date=2019-11-03``);
``participants=甲:3、乙:4`` are its rows of the sheet 参团单位.
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
LATER = "later"
TEXTS = ("organiser", "training_type", "theme", "title", "content", "necessity")
_FOLDER = Path(__file__).parent
_PROJECT = _FOLDER.parents[1]
_WAN_A_PERSON_AND_DAY = 0.19
_LEAVES = date(2020, 3, 2)
_TYPED = {"headcount": int, "days": int, "cross_region": "是".__eq__, "start_date": date.fromisoformat}


@dataclass(frozen=True)
class Labelled:
    """One filing as the file has it; ``place`` is that file and its line, ``set`` the later set that it is of."""

    place: str
    verdict: str
    clause: str
    row: dict[str, object]
    participants: dict[str, int]
    set: str

    @property
    def faulty(self) -> bool:
        """Whether something must be found."""
        return self.verdict == "faulty"


def labelled(half: str) -> list[Labelled]:
    """The filings of one half; those of the later sets are among the seen."""
    return [*_lines(half), *(_lines(LATER) if half == "seen" else ())]


def sets() -> list[str]:
    """The later sets, in the order in which they were written."""
    return list(dict.fromkeys(one.set for one in _lines(LATER)))


def of_set(name: str) -> list[Labelled]:
    """The filings of one of the later sets."""
    return [one for one in _lines(LATER) if one.set == name]


def _lines(part: str) -> list[Labelled]:
    with (_FOLDER / f"filings_{part}.csv").open(encoding="utf-8", newline="") as lines:
        return [_filing(number, line, part) for number, line in enumerate(csv.DictReader(lines), start=2)]


def _filing(number: int, line: dict[str, str], part: str) -> Labelled:
    row: dict[str, object] = {name: line[name] for name in TEXTS}
    said = dict(one.split("=") for one in line["cells"].split(";") if one)
    taking_part = dict(one.split(":") for one in said.pop("participants", "").split("、") if one)
    cells = {"headcount": 15, "days": 21, "start_date": _LEAVES}
    cells |= {name: _TYPED.get(name, str)(value) for name, value in said.items()}
    people, days, leaves = cells["headcount"], cells["days"], cells["start_date"]
    row |= {
        "remarks": line["remarks"] or None,
        **cells,
        "end_date": leaves + timedelta(days - 1),
        "budget": round(people * days * _WAN_A_PERSON_AND_DAY, 2),
        "priority_class": "一般",
    }
    participants = {name: int(count) for name, count in taking_part.items()}
    return Labelled(f"{part} {number}", line["verdict"], line["clause"], row, participants, line.get("set", ""))


@cache
def references() -> References:
    """The reference workbooks of the sample season."""
    return registers_in()


def findings(filings: list[Labelled]) -> dict[str, pd.DataFrame]:
    """What is found in each, by its place; each is judged in a file of its own but those whose cells name one."""
    known = references()
    formal = known.institutions[known.institutions["formal_cooperation"].eq(True)]
    countries = formal["country"].map(known.countries.set_index("country")["hot"])
    goes_to = formal[countries.eq(False).to_numpy()].iloc[0]
    abroad = {"country": goes_to["country"], "institution": goes_to["institution"]}
    rows = [
        {
            **abroad,
            "filing_id": one.place,
            "file": f"2020/{one.place}.xlsx",
            "otm_no": f"OTM2020{number:04}",
            "unit": one.row["organiser"],
            **one.row,
        }
        for number, one in enumerate(filings)
    ]
    taking_part = [
        {"filing_id": one.place, "participant": name, "participants": people}
        for one in filings
        for name, people in one.participants.items()
    ]
    found = validate(frames.readings(rows, taking_part), BOOK, known, scopes=("filing",))
    of_filing = dict(iter(found.groupby("filing_id")))
    return {one.place: of_filing.get(one.place, found.iloc[:0]) for one in filings}
