"""What is true of the season, as the generator knows it: files, problems, groups, pairs that are none, versions."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from schemas.cells import a1, cell_code
from schemas.columns import titles
from tests.season.groups import APART, GROUPS
from tests.season.last_year import OUTSTANDING, SLOW
from tests.season.layouts import Place, Submission, Written
from tests.season.problems import PLANTED, Planted
from tests.season.submissions import REVISED
from tests.year import FILING, PARTICIPANT

At = tuple[str, int]
"""A filing: its file and its row as Excel counts."""


@dataclass(frozen=True)
class Truth:
    """``files``: path → status, filings in it; ``problems``: one a problem, with the filing's row and the cell it is
    about; ``sheets``: problems of a whole sheet; ``units``: remarks about units; ``groups``: filings of one group, the
    lead first; ``apart``: two filings that are not one group; ``old``: filings that a newer version replaces."""

    files: dict[str, dict[str, object]]
    problems: list[dict[str, object]]
    sheets: list[dict[str, object]]
    units: list[dict[str, object]]
    groups: list[list[At]]
    apart: list[dict[str, object]]
    old: list[At]

    def text(self) -> str:
        """As JSON, a line a thing."""
        parts = [f' "files": {{\n{_lines(f"{_json(path)}: {_json(told)}" for path, told in self.files.items())}\n }}']
        for name in ("problems", "sheets", "units", "groups", "apart", "old"):
            parts.append(f' "{name}": [\n{_lines(map(_json, getattr(self, name)))}\n ]')
        return "{\n" + ",\n".join(parts) + "\n}\n"


def _lines(things: Iterable[str]) -> str:
    return ",\n".join(f"  {thing}" for thing in things)


def _json(thing: object) -> str:
    return json.dumps(thing, ensure_ascii=False)


def tell(
    written: Sequence[tuple[Submission, Written]],
    copies: Sequence[str],
    unreadable: Sequence[str],
    skipped: Sequence[str],
) -> Truth:
    """The truth about the workbooks as written."""
    files: dict[str, dict[str, object]] = {
        submission.path: {"status": "read" if submission.filings else "empty", "filings": len(submission.filings)}
        for submission, _ in written
    }
    files[REVISED]["status"] = "superseded"
    for status, paths in (("duplicate", copies), ("unreadable", unreadable), ("skipped", skipped)):
        files |= {path: {"status": status, "filings": 0} for path in paths}
    at = _places(written)
    filing = {filing.values["organiser"] for submission, _ in written for filing in submission.filings}
    return Truth(
        files=dict(sorted(files.items())),
        problems=[_problem(planted, written) for planted in PLANTED],
        sheets=list(_of_sheets(written)),
        units=[
            {"unit": unit, "clause": clause, "severity": "advise"}
            for clause, units in (("一（五）", SLOW), ("四（六）2", OUTSTANDING))
            for unit in units
            if unit in filing
        ],
        groups=[[at[group.subject], *(at[f"{group.subject}@{j.city}"] for j in group.joining)] for group in GROUPS],
        apart=[{"pair": [at[one], at[other]], "why": why} for one, other, why in APART],
        old=[
            (submission.path, written_.filings[n, "title"][1])
            for submission, written_ in written
            if submission.path == REVISED
            for n in range(len(submission.filings))
        ],
    )


def _places(written: Sequence[tuple[Submission, Written]]) -> dict[str, At]:
    return {
        filing.subject: (submission.path, places.filings[n, "title"][1])
        for submission, places in written
        if submission.path != REVISED
        for n, filing in enumerate(submission.filings)
    }


def _problem(planted: Planted, written: Sequence[tuple[Submission, Written]]) -> dict[str, object]:
    submission, places, n = next(
        (submission, places, n)
        for submission, places in written
        if submission.path != REVISED
        for n, filing in enumerate(submission.filings)
        if filing.subject == planted.subject
    )
    about_filing = planted.joining is None
    names = titles(FILING if about_filing else PARTICIPANT)
    place = (
        places.filings[n, planted.about]
        if planted.joining is None
        else places.participants[n, planted.joining, planted.about]
    )
    return {
        "file": submission.path,
        "row": places.filings[n, "title"][1],
        "sheet": place[0],
        "cell": _a1(place),
        "column": names[planted.about],
        "clause": planted.clause,
        "severity": planted.severity,
        "project": submission.filings[n].values["title"],
    }


def _of_sheets(written: Sequence[tuple[Submission, Written]]) -> Iterable[dict[str, object]]:
    for submission, places in written:
        if submission.total_off_by:
            yield _of_sheet(submission, places.totals["budget"], titles(FILING)["budget"])
        if submission.without and places.header:
            yield _of_sheet(submission, places.header, titles(FILING)[submission.without[0]])


def _of_sheet(submission: Submission, place: Place, column: str) -> dict[str, object]:
    return {
        "file": submission.path,
        "sheet": place[0],
        "cell": _a1(place),
        "column": column,
        "clause": "四（二）",
        "severity": "return",
    }


def _a1(place: Place) -> str | None:
    return a1(cell_code(place[1], place[2]))
