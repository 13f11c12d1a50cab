"""Assemble: what the rooms gave, put together for the next room and, at the end, for the warehouse."""

from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from flows.decide import Decided
from flows.link import Linked
from flows.references import References
from flows.warehouse import NightTables
from schemas.columns import FILING, PARTICIPANT, Column
from schemas.notice import Notice
from schemas.tables import FILES, FILINGS, PARTICIPANTS, REMARKS, TEXT, TOTALS, Readings, a1, cell, empty, filed
from schemas.words import DISPOSITIONS


def batches(files: pd.DataFrame, size: int) -> list[list[str]]:
    """The paths worth opening, ``size`` at a time, in their order."""
    paths = files.loc[files["status"].eq("read"), "path"].tolist()
    return [paths[start : start + size] for start in range(0, len(paths), size)]


def stack(files: pd.DataFrame, read: Sequence[Readings]) -> Readings:
    """What every batch gave as one, its files told of in ``files`` (FILES as collected, with ``filings`` read of each)."""

    def together(schema_frame: pd.DataFrame, part: str) -> pd.DataFrame:
        frames = [frame for readings in read if len(frame := getattr(readings, part))]
        return pd.concat(frames, ignore_index=True) if frames else schema_frame

    filings = together(empty(FILINGS), "filings")
    told = together(empty(FILES), "files").set_index("path")
    files = files.set_index("path")
    files.update(told[["status", "reason", "unit"]].dropna(how="all"))
    counted = filings.groupby("file").size().reindex(files.index).fillna(0).astype("int64")
    files = (
        files.assign(filings=counted).reset_index().astype(dict.fromkeys(("path", "status", "reason", "unit"), TEXT))
    )
    return Readings(
        files=FILES.validate(files),
        filings=FILINGS.validate(filings),
        participants=together(empty(PARTICIPANTS), "participants"),
        remarks=together(empty(REMARKS), "remarks"),
        totals=together(empty(TOTALS), "totals"),
    )


def night_tables(
    run_id: str,
    notice: Notice,
    started_at: datetime,
    readings: Readings,
    references: References,
    decided: Decided,
    linked: Linked,
    groups: pd.DataFrame,
    disposed: pd.DataFrame,
) -> NightTables:
    """The night as the warehouse keeps it, a frame a table of ``sql/tables``."""
    filings = readings.filings.merge(disposed, on="filing_id", validate="1:1").merge(
        linked.members[["filing_id", "group_id"]], on="filing_id", how="left", validate="1:1"
    )
    went = filings["disposition"].value_counts()
    run = pd.DataFrame(
        {
            "started_at": [started_at.replace(tzinfo=None)],
            "ended_at": pd.Series([None], dtype="datetime64[us]"),
            "status": ["complete"],
            "files": [len(readings.files)],
            "filings": [int(readings.files["filings"].sum())],
            **{word: [int(went.get(word, 0))] for word in DISPOSITIONS},
            "findings": [len(decided.findings)],
            "groups": [len(groups)],
        }
    )
    return NightTables(
        run_id,
        notice.year,
        {
            "run": run,
            "file": readings.files,
            "filing": filings.drop(columns=_lineage(FILING)),
            "filing_cell": _filled_cells(readings.filings),
            "participant": readings.participants.drop(columns=_lineage(PARTICIPANT)),
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
            "notice_limit": pd.DataFrame(notice.limits.model_dump().items(), columns=["name", "value"]),
        },
    )


def _filled_cells(filings: pd.DataFrame) -> pd.DataFrame:
    """One row a filled cell of a filing: the column's name, the cell in A1 form, the value as filed."""
    of_a_column = [
        pd.DataFrame(
            {
                "filing_id": filings["filing_id"],
                "column": c.name,
                "cell": filings[cell(c.name)],
                "value": filings[filed(c.name)],
            }
        )
        for c in FILING
    ]
    cells = pd.concat(of_a_column, ignore_index=True).dropna(subset="value")
    return cells.assign(cell=cells["cell"].map({code: a1(code) for code in cells["cell"].unique()}))


def _lineage(columns: Sequence[Column]) -> list[str]:
    return [of(c.name) for c in columns for of in (filed, cell)]
