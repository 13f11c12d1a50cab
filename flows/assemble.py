"""Assemble: what the rooms gave, put together for the next room and, at the end, for the warehouse."""

from collections.abc import Sequence
from functools import partial
from zlib import crc32

import numpy as np
import pandas as pd

from flows.cache import NOBODY_KNOWS, MadeWith
from flows.decide import Decided
from flows.lineage import stacked
from flows.link import Linked, evidence_in_full
from flows.references import References
from flows.warehouse import Night, NightTables, vocabulary_words
from schemas.cells import a1
from schemas.linkage import Linkage
from schemas.tables import (
    Ages,
    Cells,
    DataFrame,
    Dispositions,
    Files,
    FilingCells,
    Filings,
    FoundFiles,
    KeptParticipants,
    NoticeLimits,
    Participants,
    RankedGroups,
    Readings,
    Remarks,
    Runs,
    SettledFilings,
    Steps,
    Totals,
    empty,
    is_in,
)
from schemas.tables.frame import Schema
from schemas.words import DISPOSITIONS
from schemas.yearbook import Yearbook

_FILE_OF = {"files": "path", "ages": "path"} | dict.fromkeys(("filings", "participants", "remarks", "totals"), "file")
"""The column of each table that says the file."""


def batches(files: DataFrame[FoundFiles], size: int, part_size: int) -> list[list[list[str]]]:
    """The paths worth opening, about ``size`` at a time and of these at most ``part_size`` a part, in their order.

    Where a part ends depends on the paths themselves, so that a new file changes one part and not all that come after it.
    """
    parts: list[list[str]] = [[]]
    for path in files.loc[files["status"].eq("read"), "path"]:
        parts[-1].append(path)
        if len(parts[-1]) == part_size or crc32(path.encode("utf-8", "surrogatepass")) % (part_size // 2) == 0:
            parts.append([])
    found: list[list[list[str]]] = []
    for part in filter(None, parts):
        if not found or sum(map(len, found[-1])) + len(part) > size:
            found.append([])
        found[-1].append(part)
    return found


def stack(files: DataFrame[FoundFiles], read: Sequence[Readings]) -> Readings:
    """What every batch gave as one, with every file that was found."""

    def together(schema: type[Schema], part: str) -> DataFrame[Schema]:
        frames = [frame for readings in read if len(frame := getattr(readings, part))]
        return schema.validate(pd.concat(frames, ignore_index=True)) if frames else empty(schema)

    told = together(Files, "files").set_index("path")
    every = files.assign(filings=0).set_index("path")
    every.update(told[["status", "reason", "unit", "filings"]])
    return Readings(
        files=Files.validate(every.reset_index().astype(Files.dtypes())),
        filings=together(Filings, "filings"),
        participants=together(Participants, "participants"),
        cells=stacked([readings.cells for readings in read]),
        remarks=together(Remarks, "remarks"),
        totals=together(Totals, "totals"),
        ages=together(Ages, "ages"),
    )


def apart(readings: Readings, size: int) -> list[Readings]:
    """The readings of ``size`` files at a time, each with all that is of its files."""
    part_of = pd.Series(np.arange(len(readings.files)) // size, index=readings.files["path"])
    owners = [
        readings.filings.set_index("filing_id")["file"],
        readings.participants.set_index("participant_id")["file"],
    ]
    record = readings.cells["record_id"].cat
    of_record = record.categories.map(pd.concat(owners).groupby(level=0).first().map(part_of))
    of_cells = of_record.to_numpy(dtype="float64", na_value=np.nan)[record.codes]

    def of(number: int) -> Readings:
        cells = readings.cells[of_cells == number]
        own = {
            name: frame[frame[path].map(part_of).eq(number)].reset_index(drop=True)
            for name, path in _FILE_OF.items()
            for frame in [getattr(readings, name)]
        }
        used = cells["record_id"].cat.remove_unused_categories()
        return Readings(**own, cells=Cells.validate(cells.assign(record_id=used).reset_index(drop=True)))

    return [of(number) for number in range(-(-len(readings.files) // size))]


def night_tables(
    night: Night,
    book: Yearbook,
    readings: Readings,
    references: References,
    decided: Decided,
    linked: Linked,
    groups: DataFrame[RankedGroups],
    disposed: DataFrame[Dispositions],
    made_with: MadeWith = NOBODY_KNOWS,
) -> NightTables:
    """The night as the warehouse keeps it, a frame a table of ``sql/tables``."""
    filings = readings.filings.merge(disposed, on="filing_id", validate="1:1").merge(
        linked.members[["filing_id", "group_id"]], on="filing_id", how="left", validate="1:1"
    )
    went = filings["disposition"].value_counts()
    run = pd.DataFrame(
        {
            "number": [night.number],
            "started_at": [night.started_at.replace(tzinfo=None)],
            "ended_at": pd.Series([None], dtype="datetime64[us]"),
            "status": ["complete"],
            "files": [len(readings.files)],
            "filings": [int(readings.files["filings"].sum())],
            **{word: [int(went.get(word, 0))] for word in DISPOSITIONS},
            "findings": [len(decided.findings)],
            "groups": [len(groups)],
            "program": [made_with.program],
            "yearbook": [made_with.yearbook],
        }
    )
    return NightTables(
        night.run_id,
        book.year,
        {
            "run": Runs.validate(run.astype(Runs.dtypes())),
            "file": readings.files,
            "filing": SettledFilings.validate(filings),
            "filing_cell": filled_cells(readings.cells, readings.filings),
            "participant": KeptParticipants.validate(readings.participants[KeptParticipants.names()]),
            "finding": decided.findings,
            "pair": decided.pairs,
            "training_group": groups,
            "decision": decided.decisions,
            "decision_standing": decided.standings,
            "decision_reading": decided.readings,
            "decision_workbook": decided.workbooks,
            "unit": references.units,
            "institution": references.institutions,
            "country": references.countries,
            "last_year": references.last_year,
            "quota": references.quotas,
            "reference_problem": references.problems,
            "word": vocabulary_words(book.notice),
            "step": empty(Steps),  # the last of them have yet to be taken
            "notice_limit": NoticeLimits.validate(
                pd.DataFrame(book.notice.limits.model_dump().items(), columns=["name", "value"]).astype(
                    NoticeLimits.dtypes()
                )
            ),
        },
        {"pair": partial(_pairs_in_full, book.linkage)},
    )


def _pairs_in_full(linkage: Linkage, pairs: pd.DataFrame) -> pd.DataFrame:
    return pairs.assign(evidence=evidence_in_full(pairs["evidence"].dropna(), linkage))


def filled_cells(cells: DataFrame[Cells], filings: DataFrame[Filings]) -> DataFrame[FilingCells]:
    """The filled ones of ``cells`` that are of ``filings``."""
    cells = cells[cells["value"].notna()]
    of_filings = is_in(cells["record_id"].cat.categories, filings["filing_id"])
    cells = cells[of_filings[cells["record_id"].cat.codes]]
    a1_of = {code: a1(code) for code in cells["cell"].unique()}
    named = cells.rename(columns={"record_id": "filing_id"}).assign(cell=cells["cell"].map(a1_of))
    return FilingCells.validate(named.astype(FilingCells.dtypes()).reset_index(drop=True))
