"""Collect: every path below ``inputs/<year>/``, each with a status; of regular files what they hold, told behind the wall."""

from pathlib import PurePosixPath

import pandas as pd

from flows.cache import NOTHING_KEPT, Cache
from flows.collect.walk import DECISION_COPY, DECISIONS_FOLDER, Found, walk
from flows.decide import recognised
from flows.read import Failure, Fingerprint, FoundFile, fingerprints, found_files
from flows.settings import Settings
from schemas.form import Form
from schemas.tables import TEXT, DataFrame, FoundFiles

__all__ = ["DECISIONS_FOLDER", "collect", "decision_copies", "walk"]

_OURS = {
    "exceptions": "是本系统的异常清单，不是申报表；其中的处理意见已作为副本读取，请移到“处理意见”文件夹。",
    "plan": "是本系统生成的全省计划，不是申报表，不读取其中的项目。",
}


def collect(settings: Settings, form: Form, cache: Cache = NOTHING_KEPT) -> DataFrame[FoundFiles]:
    """Every path below the year's folder.

    A row a path, in the order of the paths; ``status`` is ``read``
    for what is worth opening, ``duplicate`` for the same bytes under a later path, else ``skipped``, ``deferred`` or
    ``unreadable`` with the reason; ``sha256`` and ``size`` are missing where nothing could be opened, ``sha256`` of what is
    too large to be read. The program's own workbooks are no submissions in the year's ``form``, whatever they are called;
    of which ``cache`` knows what they are is not looked into again.
    """
    found = walk(settings.season.resolve(), PurePosixPath(str(settings.year)))
    regular = [one for one in found if one.regular]
    held = dict(zip(regular, fingerprints([one.path for one in regular], settings), strict=True))
    files = pd.DataFrame(
        [_account(one, held.get(one)) for one in found], columns=["path", "sha256", "size", "status", "reason"]
    )
    files = files.astype({"path": TEXT, "sha256": TEXT, "size": "Int64", "status": TEXT, "reason": TEXT})
    files["unit"] = pd.Series(pd.NA, index=files.index, dtype=TEXT)
    return FoundFiles.validate(_mark_duplicates(_mark_ours(files, settings, form, cache)))


def decision_copies(settings: Settings, files: DataFrame[FoundFiles]) -> list[FoundFile]:
    """Copies of the exceptions workbook: what was dropped into ``inputs/<year>/处理意见/`` or a folder below it, and what
    ``files`` tell to be one elsewhere; each in the order of their paths."""
    found = found_files(files, settings.inputs)
    return [
        found[path]
        for reason in (DECISION_COPY, _OURS["exceptions"])
        for path in files.loc[files["reason"].eq(reason), "path"].sort_values()
    ]


def _account(found: Found, held: Fingerprint | Failure | None) -> tuple[str, str | None, int | None, str, str | None]:
    """The row of a path, of which a worker has told what it holds, or why it cannot."""
    sha256, size = (held.sha256, held.size) if isinstance(held, Fingerprint) else (None, None)
    if found.status != "read":
        return found.shown, sha256, size, found.status, found.reason
    if isinstance(held, Failure):
        return found.shown, None, None, held.status, held.reason
    if held is not None and held.refusal is not None:
        return found.shown, None, size, "unreadable", held.refusal
    return found.shown, sha256, size, found.status, None


def _mark_ours(files: pd.DataFrame, settings: Settings, form: Form, cache: Cache) -> pd.DataFrame:
    """The program's own workbooks are skipped."""
    asked = files[files["status"].eq("read")]
    found = found_files(asked, settings.inputs)
    ours = recognised([found[path] for path in asked["path"]], settings, form, cache)
    what = asked["path"].map({path: ours.get(file.place) for path, file in found.items()})
    reasons = what.map(_OURS).dropna()
    files.loc[reasons.index, "status"] = "skipped"
    files.loc[reasons.index, "reason"] = reasons.astype(TEXT)
    return files


def _mark_duplicates(files: pd.DataFrame) -> pd.DataFrame:
    """The same bytes count once, under the first path; an empty file is no copy of another."""
    candidates = files["status"].eq("read") & files["size"].gt(0).fillna(False)
    first = files["path"].where(candidates).groupby(files["sha256"]).transform("first")
    again = candidates & first.ne(files["path"])
    files.loc[again, "status"] = "duplicate"
    files.loc[again, "reason"] = "与“" + first[again] + "”内容完全相同，只计一次。"
    return files
