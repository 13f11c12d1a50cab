"""Ids that are the same tomorrow, of filings and of participants."""

import hashlib
from pathlib import PurePosixPath

import pandas as pd

from flows.lineage import Lineage, participant_keys
from schemas.tables import TEXT


def filer(filings: pd.DataFrame) -> pd.Series:
    """Who filed; the folder where the workbook does not say."""
    unsaid = filings.loc[filings["unit"].isna(), "file"].unique()
    folders = {path: str(PurePosixPath(path).parent) for path in unsaid}
    return filings["unit"].fillna(filings["file"].map(folders).astype(TEXT))


def filing_ids(filings: pd.DataFrame) -> pd.Series:
    """One id a filing, from what stays the same; repeats are numbered in the order of file, sheet and row."""
    unit = filer(filings)
    old = filings["file"].where(filings["superseded_by"].notna(), "")
    project = filings["organiser"].fillna("") + "\x1f" + filings["title"].fillna("")
    number = filings["otm_no"].str.upper()
    alone = ~pd.DataFrame({"u": unit, "n": number, "o": old}).duplicated(keep=False)
    key = number.where(alone & number.notna(), number.fillna("") + "\x1f" + project)
    identity = unit + "\x1e" + key + "\x1e" + old
    order = filings.assign(identity=identity).sort_values(["file", "sheet", "row"], kind="stable")
    repeat = order.groupby("identity").cumcount().reindex(filings.index)
    identity = identity + "\x1e" + repeat.astype(str)
    return identity.map(lambda text: hashlib.sha256(text.encode()).hexdigest()[:16]).astype(TEXT)


def participant_ids(participants: pd.DataFrame, lineage: Lineage) -> pd.Series:
    """One id a participant, from its filing and its name as filed."""
    keys = participant_keys(participants, lineage)
    return keys.map(lambda key: "t" + hashlib.sha256(key.encode()).hexdigest()[:15]).astype(TEXT)
