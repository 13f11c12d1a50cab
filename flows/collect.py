"""Collect: every path below ``inputs/<year>/``, hashed, each with a status. Nothing is opened but regular files."""

import hashlib
import os
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

import pandas as pd

from flows.decide import recognised
from flows.errors import why
from flows.settings import Settings
from schemas.form import Form
from schemas.tables import TEXT, DataFrame, FoundFiles

DECISIONS_FOLDER = "处理意见"
"""Below ``inputs/<year>/``: copies of the exceptions workbook with decisions in them, never submissions."""

_OURS = {
    "exceptions": "是本系统的异常清单，不是申报表；其中的处理意见已作为副本读取，请移到“处理意见”文件夹。",
    "plan": "是本系统生成的全省计划，不是申报表，不读取其中的项目。",
}
_RUBBISH = {"thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r"}
_RUBBISH_FOLDERS = {"__macosx", "$recycle.bin", "system volume information"}
_CHUNK = 2**20


@dataclass(frozen=True)
class _Found:
    """A path that is not a folder: as shown, where it is, and what is known before it is opened."""

    shown: str
    path: Path
    status: str
    reason: str | None
    regular: bool = False


def collect(settings: Settings, form: Form) -> DataFrame[FoundFiles]:
    """Every path below the year's folder.

    A row a path, in the order of the paths; ``status`` is ``read``
    for what is worth opening, ``duplicate`` for the same bytes under a later path, else ``skipped`` or ``unreadable``
    with the reason. The program's own workbooks are no submissions in the year's ``form``, whatever they are called.
    """
    walked = _walk(settings.season.resolve(), PurePosixPath(str(settings.year)))
    found = sorted(walked, key=lambda found: found.shown)
    ours = recognised([one.path for one in found if one.status == "read"], settings, form)
    found = [replace(one, status="skipped", reason=_OURS[ours[one.path]]) if one.path in ours else one for one in found]
    with ThreadPoolExecutor(settings.workers) as pool:
        rows = list(pool.map(_account, found))
    files = pd.DataFrame(rows, columns=["path", "sha256", "size", "status", "reason"])
    files = files.astype({"path": TEXT, "sha256": TEXT, "size": "Int64", "status": TEXT, "reason": TEXT})
    files["unit"] = pd.Series(pd.NA, index=files.index, dtype=TEXT)
    return FoundFiles.validate(_mark_duplicates(files))


def decision_copies(settings: Settings, files: DataFrame[FoundFiles]) -> list[Path]:
    """Copies of the exceptions workbook: what was dropped into ``inputs/<year>/处理意见/`` or a folder below it, and what
    ``files`` tell to be one elsewhere; each in the order of their paths."""
    folder = settings.season / DECISIONS_FOLDER
    dropped: list[Path] = []
    if folder.is_dir() and not folder.is_symlink():
        dropped = [p for p in folder.rglob("*") if p.is_file() and not p.is_symlink() and not _rubbish(p.name)]
    strays = files.loc[files["reason"].eq(_OURS["exceptions"]), "path"]
    return [*sorted(dropped), *(settings.inputs / path for path in strays.sort_values())]


def _walk(folder: Path, shown: PurePosixPath) -> Iterator[_Found]:
    try:
        entries = list(os.scandir(folder))
    except OSError as error:
        yield _Found(str(shown), folder, "unreadable", f"文件夹打不开（{why(error)}），请检查权限。")
        return
    for entry in entries:
        name = entry.name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        here, path = Path(entry.path), shown / name
        if name != entry.name:
            yield _Found(str(path), here, "unreadable", "文件名的编码无法识别，请改名后重新放入。")
        elif entry.is_symlink():
            yield _Found(str(path), here, "skipped", "是链接，不打开；请放入文件本身。")
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(here, path)
        elif not stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode):
            yield _Found(str(path), here, "skipped", "不是普通文件（管道或设备），不打开。")
        else:
            reason = _why_skipped(entry.name, path)
            yield _Found(str(path), here, "skipped" if reason else "read", reason, regular=True)


def _why_skipped(name: str, shown: PurePosixPath) -> str | None:
    folders = [part.lower() for part in shown.parts[1:-1]]
    if name.startswith("~$"):
        return "办公软件打开文件时的临时文件。"
    if _rubbish(name) or any(part in _RUBBISH_FOLDERS or part.startswith(".") for part in folders):
        return "系统文件或隐藏文件，不是申报表。"
    if folders[:1] == [DECISIONS_FOLDER]:
        return "处理意见的副本，不是申报表。"
    return None


def _rubbish(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in _RUBBISH


def _account(found: _Found) -> tuple[str, str | None, int | None, str, str | None]:
    if not found.regular:
        return found.shown, None, None, found.status, found.reason
    try:
        digest, size = _sha256(found.path)
    except OSError as error:
        if found.status == "skipped":
            return found.shown, None, None, found.status, found.reason
        return found.shown, None, None, "unreadable", f"文件打不开（{why(error)}），请检查权限或是否被占用。"
    return found.shown, digest, size, found.status, found.reason


def _sha256(path: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    # O_NOFOLLOW and O_NONBLOCK: what was a file a moment ago may by now be a link or a pipe.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as opened:
        while chunk := opened.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size


def _mark_duplicates(files: pd.DataFrame) -> pd.DataFrame:
    """The same bytes count once, under the first path; an empty file is no copy of another."""
    candidates = files["status"].eq("read") & files["size"].gt(0).fillna(False)
    first = files["path"].where(candidates).groupby(files["sha256"]).transform("first")
    again = candidates & first.ne(files["path"])
    files.loc[again, "status"] = "duplicate"
    files.loc[again, "reason"] = "与“" + first[again] + "”内容完全相同，只计一次。"
    return files
