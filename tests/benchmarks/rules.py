"""100,000 filings against the whole book, beside what one would use instead: one pydantic model, row by row.

The filings are the sample season's, read and linked, repeated under other numbers, to other institutions and with other contents.
The model has the form's kinds, the vocabularies and the notice's limits; it looks nothing up, reads no words, and makes
no sentences, groups or ids.
"""

import re
import resource
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import pandas as pd
from pydantic import BaseModel, Field, ValidationError, model_validator
from rich.console import Console
from rich.table import Table

from flows.assemble import stack
from flows.collect import collect
from flows.lineage import stacked
from flows.link import form_groups, link
from flows.read import read
from flows.references import References, load_references
from flows.settings import settings
from flows.validate import rule_book, validate
from flows.versions import current, identify
from schemas.tables import TEXT, Cells, DataFrame, Readings
from schemas.yearbook import load_yearbook
from tests.year import FILING

PROJECT = Path(__file__).resolve().parents[2]
FILINGS = 100_000
RUNS = 3

BOOK = load_yearbook(2020)
NOTICE = BOOK.notice
PriorityClass = Literal[NOTICE.vocabularies["priority_class"]]
TrainingType = Literal[NOTICE.vocabularies["training_type"]]
Basis = Literal[NOTICE.vocabularies["green_channel"]]
SAID = Annotated[str, Field(min_length=1)]
PHONE = re.compile("|".join(NOTICE.form.phones))


class Row(BaseModel):
    """One filing, as a model would check it."""

    seq: int
    title: SAID
    organiser: SAID
    priority_class: PriorityClass
    training_type: TrainingType
    theme: SAID
    cross_region: bool
    country: SAID
    institution: SAID
    letter_no: SAID
    content: Annotated[str, Field(min_length=NOTICE.limits.content_characters)]
    necessity: Annotated[str, Field(min_length=NOTICE.limits.necessity_characters)]
    headcount: Annotated[int, Field(ge=1, le=NOTICE.limits.headcount)]
    days: Annotated[int, Field(ge=NOTICE.limits.days_least, le=NOTICE.limits.days_most)]
    start_date: date
    end_date: date
    degree_study: Literal[False]
    funding_source: SAID
    budget: Annotated[float, Field(gt=0)]
    charges_fees: Literal[False]
    budgeted: Literal[True]
    expert_review: Literal["通过"]
    green_channel: Basis | None = None
    otm_no: SAID
    contact: SAID
    phone: SAID

    @model_validator(mode="after")
    def days_fit_the_dates(self) -> "Row":
        """Days of training against days abroad; the telephone."""
        spare = (self.end_date - self.start_date).days + 1 - self.days
        if not 0 <= spare <= NOTICE.limits.travel_days or not PHONE.fullmatch(self.phone):
            raise ValueError("dates or phone")
        return self


def main() -> None:
    """Print the table."""
    references, readings, groups, members = _season()
    table = Table(f"{len(readings.filings):,} filings", "seconds", "findings", "filings a second")

    def book() -> int:
        return len(validate(readings, BOOK, references))

    def book_of_groups() -> int:
        return len(validate(readings, BOOK, references, scopes=("group",), groups=groups, members=members))

    rows = readings.filings[[column.name for column in FILING]]
    runs: dict[str, Callable[[], int]] = {
        f"the whole book, {len(rule_book(NOTICE))} checks: files, filings, participants, units": book,
        "… and groups": book_of_groups,
        "row-by-row pydantic, 26 fields": lambda: _row_by_row(rows),
    }
    for title, run in runs.items():
        seconds, found = min(_timed(run) for _ in range(RUNS))
        table.add_row(title, f"{seconds:.2f}", f"{found:,}", f"{len(rows) / seconds:,.0f}")
    Console(width=120).print(table)
    Console().print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB, best of {RUNS}")


def _timed(run: Callable[[], int]) -> tuple[float, int]:
    started = time.perf_counter()
    found = run()
    return time.perf_counter() - started, found


def _row_by_row(filings: pd.DataFrame) -> int:
    """How many things the model has against the rows."""
    found = 0
    for row in filings.astype(object).where(filings.notna(), None).to_dict("records"):
        try:
            Row.model_validate(row)
        except ValidationError as error:
            found += error.error_count()
    return found


def _season() -> tuple[References, Readings, pd.DataFrame, pd.DataFrame]:
    """The sample season ``FILINGS`` long."""
    season = settings(2020, PROJECT / "inputs", PROJECT / "outputs")
    references = load_references(season.reference)
    files = collect(season, BOOK.form)
    part = read(files.loc[files["status"].eq("read"), "path"].tolist(), season, BOOK, references)
    readings = current(identify(stack(files, [part])))
    linked = link(readings.filings, readings.participants, references, BOOK)
    groups = form_groups(readings.filings, readings.participants, linked.members, references, BOOK)
    times = -(-FILINGS // len(readings.filings))

    def repeated(frame: pd.DataFrame, *names: str) -> pd.DataFrame:
        return pd.concat([_numbered(frame, names, n) for n in range(times)], ignore_index=True)

    filings = repeated(readings.filings, "filing_id", "file", "otm_no", "institution", "content").iloc[:FILINGS]
    kept = set(filings["filing_id"])
    members = repeated(linked.members, "filing_id", "group_id")
    groups = repeated(groups, "group_id", "lead_filing_id", "institution")
    references = replace(references, institutions=repeated(references.institutions, "institution"))
    groups = groups[groups["lead_filing_id"].isin(kept)].reset_index(drop=True)
    longer = Readings(
        files=repeated(readings.files, "path"),
        filings=filings,
        participants=repeated(readings.participants, "participant_id", "filing_id", "file"),
        cells=stacked([_cells_numbered(readings.cells, n) for n in range(times)]),
        remarks=repeated(readings.remarks, "filing_id", "file"),
        totals=repeated(readings.totals, "file"),
        ages=repeated(readings.ages, "path"),
    )
    return references, longer, groups, members[members["filing_id"].isin(kept)].reset_index(drop=True)


def _numbered(frame: pd.DataFrame, names: tuple[str, ...], n: int) -> pd.DataFrame:
    changed: dict[str, Any] = {name: (frame[name] + f"~{n}").astype(TEXT) for name in names}
    return frame.assign(**changed)


def _cells_numbered(cells: DataFrame[Cells], n: int) -> DataFrame[Cells]:
    return cells.assign(record_id=cells["record_id"].cat.rename_categories(lambda record: f"{record}~{n}"))


if __name__ == "__main__":
    main()
