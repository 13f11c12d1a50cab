"""Which filings have been replaced by a newer version from the same unit, or withdrawn by one.

An older filing is replaced one by one: by its 系统项目编号, and where that is missing by organiser and title. What the
newer version no longer lists counts as withdrawn only where the newer file is plainly a version of the older: it
repeats at least half of it under the same base name, or two thirds (and two filings) under another name, and does not
call itself a supplement. Otherwise it stays: a file with the two corrected rows must not take the other eight away.
"""

from pathlib import PurePosixPath

import pandas as pd

from flows.lineage import Lineage
from flows.versions.age import DOTTED, Version
from flows.versions.ids import filer
from flows.versions.newest import NONE, newest
from schemas.tables import TEXT, Ages, DataFrame, Files, Filings, Remarks


def find_superseded(filings: DataFrame[Filings], ages: DataFrame[Ages]) -> tuple[pd.Series, pd.Series]:
    """Position → why it no longer counts; and, of these, position → newer file that no longer lists it.

    Each filing goes by the newest file that lists it too; where none does, by the newest that is a version of its own.
    """
    rows = pd.DataFrame(
        {
            "unit": filer(filings),
            "file": filings["file"],
            "otm": filings["otm_no"].str.upper(),
            "project": filings["organiser"].fillna("") + "\n" + filings["title"],
            "title": filings["title"].fillna(""),
            "row": filings["row"],
        }
    )
    rows = rows[rows["unit"].isin(_units_with_versions(rows))]
    versions = _versions(rows, ages)
    places = versions[["unit", "file"]].reset_index(names="version")
    rows = rows.reset_index(names="position").merge(places, on=["unit", "file"]).set_index("position")
    rows = rows.sort_values("version", kind="stable")
    replaced_by, version_of = newest(rows, versions)

    listed = replaced_by != NONE
    gone = ~listed & (version_of[rows["version"]] != NONE)
    newer = rows.iloc[replaced_by[listed]]
    replaced = "已由新版“" + newer["file"] + "”第 " + newer["row"].astype(str) + " 行替代。"
    withdrawn = versions["file"].iloc[version_of[rows["version"]][gone]].set_axis(rows.index[gone])
    told = pd.concat([replaced.set_axis(rows.index[listed]), "新版“" + withdrawn + "”未再列入，按撤回处理。"])
    return told.astype(TEXT), withdrawn.sort_index()


def _units_with_versions(rows: pd.DataFrame) -> set[str]:
    """Units with a project number or a project in more than one of their files."""
    units: set[str] = set()
    for key in ("otm", "project"):
        files = rows.dropna(subset=[key]).groupby(["unit", key])["file"].nunique()
        units |= set(files[files > 1].index.get_level_values("unit"))
    return units


def _versions(rows: pd.DataFrame, ages: DataFrame[Ages]) -> pd.DataFrame:
    """The files of each unit, of one unit the newer the later: unit, file, ``base`` name, whether a ``supplement``."""
    files = rows[["unit", "file"]].drop_duplicates(ignore_index=True)
    dotted = files["file"].map(lambda path: DOTTED.search(PurePosixPath(path).stem) is not None).astype(bool)
    dotted &= dotted.groupby(files["unit"]).transform("sum").gt(1)
    known = ages.set_index("path").reindex(files["file"])
    told = [
        Version(path, saved, modified, in_dots)
        for path, saved, modified, in_dots in zip(
            files["file"], known["saved"].fillna(""), known["modified"].fillna(0.0), dotted, strict=True
        )
    ]
    order = sorted(range(len(files)), key=lambda place: (files.at[place, "unit"], told[place].age))
    return (
        files.assign(base=[each.base for each in told], supplement=[each.supplement for each in told])
        .iloc[order]
        .reset_index(drop=True)
    )


def withdrawals(filings: DataFrame[Filings], lineage: Lineage, withdrawn: pd.Series) -> DataFrame[Remarks]:
    """A remark for each filing that its newer version no longer lists; ``filings`` by the ids that ``lineage`` knows."""
    gone = filings.loc[withdrawn.index]
    cells = lineage.of(gone["filing_id"])
    said = pd.DataFrame(
        {
            "file": gone["file"],
            "sheet": gone["sheet"],
            "cell": cells.cell("title"),
            "column": "title",
            "value": cells.filed("title"),
            "kind": "withdrawn",
            "detail": withdrawn,
            "filing_id": None,
        }
    )
    return Remarks.validate(said.astype(Remarks.dtypes()))


def told_of_files(files: DataFrame[Files], filings: DataFrame[Filings], old: pd.Series) -> DataFrame[Files]:
    """The files, with what is to be said of those whose filings, all or some, have a newer version: those that are ``old``."""
    count = old.groupby(filings["file"]).agg(["sum", "size"]).reindex(files["path"])
    newest = filings[old].groupby("file")["superseded_by"].first().str.extract("“(.+)”")[0]
    newer = newest.reindex(files["path"]).to_numpy()
    some, every = (count["sum"] > 0).to_numpy(), (count["sum"].eq(count["size"]) & count["sum"].gt(0)).to_numpy()
    files = files.copy()
    files.loc[every, "status"] = "superseded"
    files.loc[every, "reason"] = ("全部申报项目已有新版“" + pd.Series(newer, dtype=TEXT) + "”。")[every].to_numpy()
    part = some & ~every
    files.loc[part, "reason"] = [
        f"其中 {int(number)} 项已有新版“{name}”。" for number, name in zip(count["sum"][part], newer[part], strict=True)
    ]
    return files
