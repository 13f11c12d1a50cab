"""Versions: which filings are the same tomorrow, and which have been replaced by a newer version from the same unit."""

from dataclasses import replace

import pandas as pd

from flows.lineage import Lineage
from flows.versions.ids import filing_ids, participant_ids
from flows.versions.superseded import find_superseded, told_of_files, withdrawals
from schemas.tables import TEXT, Cells, DataFrame, Filings, Participants, Readings, Remarks, is_in
from schemas.words import GONE

__all__ = ["current", "identify"]


def identify(readings: Readings) -> Readings:
    """The readings with final ids, older versions marked, and a remark for each filing withdrawn. What a file itself says no
    longer counts stays so.

    ``filing_id`` is the hash of who filed and of the 系统项目编号 (organiser and title where it is missing, both where
    the number is not unique), so that it stays when rows move, files are renamed or other values are corrected. An
    older version has an id of its own, with its path in it. ``participant_id`` is the hash of the filing_id and of the
    participant's name as filed.
    """
    filings, lineage = readings.filings.copy(), Lineage(readings.cells)
    superseded, withdrawn = find_superseded(filings, readings.ages)
    by_version = superseded.reindex(filings.index).astype(TEXT)
    filings["superseded_by"] = filings["superseded_by"].fillna(by_version).astype(TEXT)
    final = filing_ids(filings)
    known = dict(zip(filings["filing_id"], final, strict=True))

    def of_final_filings(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.assign(filing_id=frame["filing_id"].map(known).astype(TEXT))

    gone = withdrawals(filings, lineage, withdrawn)
    filings["filing_id"] = final
    participants = of_final_filings(readings.participants)
    participants["participant_id"] = participant_ids(participants, lineage)
    known |= dict(zip(readings.participants["participant_id"], participants["participant_id"], strict=True))
    record_id = readings.cells["record_id"].cat.rename_categories(known)
    return Readings(
        files=told_of_files(readings.files, filings, by_version.notna()),
        filings=Filings.validate(filings),
        participants=Participants.validate(participants),
        cells=Cells.validate(readings.cells.assign(record_id=record_id)),
        remarks=Remarks.validate(pd.concat([of_final_filings(readings.remarks), gone], ignore_index=True)),
        totals=readings.totals,
        ages=readings.ages,
    )


def current(readings: Readings) -> Readings:
    """Only what counts: no older versions, nor what was said about them."""
    kept = readings.filings[readings.filings["superseded_by"].isna()]
    old_ids = set(readings.filings["filing_id"]) - set(kept["filing_id"])
    old_files = set(readings.filings["file"]) - set(kept["file"])

    def counts(frame: pd.DataFrame) -> pd.DataFrame:
        about_old = frame["filing_id"].isin(old_ids) if "filing_id" in frame else False
        said_anyway = frame["kind"].isin(GONE) if "kind" in frame else False
        return frame[~(about_old | frame["file"].isin(old_files)) | said_anyway].reset_index(drop=True)

    participants = counts(readings.participants)
    return replace(
        readings,
        filings=kept.reset_index(drop=True),
        participants=participants,
        cells=_of_records(readings.cells, pd.concat([kept["filing_id"], participants["participant_id"]])),
        remarks=counts(readings.remarks),
        totals=counts(readings.totals),
    )


def _of_records(cells: DataFrame[Cells], records: pd.Series) -> DataFrame[Cells]:
    """The cells of ``records``; all of them where none is left out, as on most nights."""
    kept = is_in(cells["record_id"].cat.categories, records)
    return cells if kept.all() else Cells.validate(cells[kept[cells["record_id"].cat.codes]].reset_index(drop=True))
