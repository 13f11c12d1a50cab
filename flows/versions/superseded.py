"""Which filings have been replaced by a newer version from the same unit, or withdrawn by one.

An older filing is replaced one by one: by its 系统项目编号, and where that is missing by organiser and title. What the
newer version no longer lists counts as withdrawn only where the newer file is plainly a version of the older: it
repeats at least half of it under the same base name, or two thirds (and two filings) under another name, and does not
call itself a supplement. Otherwise it stays: a file with the two corrected rows must not take the other eight away.
"""

from pathlib import PurePosixPath

import pandas as pd
from rapidfuzz import fuzz

from flows.lineage import Lineage
from flows.versions.age import DOTTED, Version
from flows.versions.ids import filer
from schemas.tables import TEXT, Ages, DataFrame, Files, Filings, Remarks

_SAME_TITLE = 60.0
_HALF, _MOST = 0.5, 2 / 3


def find_superseded(filings: DataFrame[Filings], ages: DataFrame[Ages]) -> tuple[dict[int, str], dict[int, str]]:
    """Position → why it no longer counts; and, of these, position → newer file that no longer lists it."""
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
    superseded: dict[int, str] = {}
    withdrawn: dict[int, str] = {}
    known = {path: (saved, time) for path, saved, time in ages.fillna({"saved": ""}).itertuples(index=False)}
    for unit in _units_with_versions(rows):
        mine = rows[rows["unit"] == unit]
        files = {str(path): tuple(part.index) for path, part in mine.groupby("file")}
        dotted = [path for path in files if DOTTED.search(PurePosixPath(path).stem)]
        versions = sorted(
            (
                Version(path, part, *known.get(path, ("", 0.0)), dotted=len(dotted) > 1 and path in dotted)
                for path, part in files.items()
            ),
            key=lambda version: version.age,
        )
        for i, older in enumerate(versions):
            for newer in reversed(versions[i + 1 :]):
                _replace_one_by_one(rows, older, newer, superseded, withdrawn)
    return superseded, withdrawn


def _units_with_versions(rows: pd.DataFrame) -> list[str]:
    """Units with a project number or a project in more than one of their files."""
    units: set[str] = set()
    for key in ("otm", "project"):
        files = rows.dropna(subset=[key]).groupby(["unit", key])["file"].nunique()
        units |= set(files[files > 1].index.get_level_values("unit"))
    return sorted(units)


def _replace_one_by_one(
    rows: pd.DataFrame, older: Version, newer: Version, superseded: dict[int, str], withdrawn: dict[int, str]
) -> None:
    named = older.base == newer.base and not newer.supplement
    replaced = _matches(rows, older, newer, named)
    share = len(replaced) / len(older.filings)
    version = not newer.supplement and (share >= _HALF if named else share >= _MOST and len(replaced) >= 2)
    for position in older.filings:
        if position in superseded and position not in withdrawn:
            continue
        if position in replaced:
            row = rows.at[replaced[position], "row"]
            superseded[position] = f"已由新版“{newer.path}”第 {row} 行替代。"
            withdrawn.pop(position, None)
        elif version and position not in superseded:
            superseded[position] = f"新版“{newer.path}”未再列入，按撤回处理。"
            withdrawn[position] = newer.path


def _matches(rows: pd.DataFrame, older: Version, newer: Version, named: bool) -> dict[int, int]:
    """Older position → newer position of the same project."""
    old, new = rows.loc[list(older.filings)], rows.loc[list(newer.filings)]
    by_number = {number: position for position, number in new["otm"].dropna().items()}
    by_project = {project: position for position, project in new["project"].dropna().items()}
    found: dict[int, int] = {}
    for position, number, project, title in old[["otm", "project", "title"]].itertuples():
        same = by_number.get(number)
        if same is not None and (named or fuzz.ratio(title, rows.at[same, "title"]) >= _SAME_TITLE):
            found[position] = same
            continue
        same = by_project.get(project)
        numbers_differ = same is not None and pd.notna(number) and pd.notna(rows.at[same, "otm"])
        if same is not None and not numbers_differ:
            found[position] = same
    return found


def withdrawals(filings: DataFrame[Filings], lineage: Lineage, withdrawn: dict[int, str]) -> DataFrame[Remarks]:
    """A remark for each filing that its newer version no longer lists; ``filings`` by the ids that ``lineage`` knows."""
    gone = filings.loc[sorted(withdrawn)]
    cells = lineage.of(gone["filing_id"])
    said = pd.DataFrame(
        {
            "file": gone["file"],
            "sheet": gone["sheet"],
            "cell": cells.cell("title"),
            "column": "title",
            "value": cells.filed("title"),
            "kind": "withdrawn",
            "detail": [withdrawn[position] for position in gone.index],
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
