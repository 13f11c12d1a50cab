"""What stands beside the warehouse: the copy that is made before one is brought up to date, and one that was put aside."""

import shutil
from datetime import datetime
from itertools import count
from pathlib import Path

from flows.errors import NightError, why


def keep_copy(path: Path, version: int) -> Path:
    """Copy the closed warehouse at ``path`` beside it, under its version and the time it was last written.

    Of each version only the newest copy is kept. Killed in the middle, no half copy stands under such a name.

    Raises:
        NightError: the copy cannot be written; the warehouse is as it was.
    """
    written = datetime.fromtimestamp(path.stat().st_mtime)
    copy = path.with_name(f"{_stem(path, version)}{written:%Y%m%d-%H%M%S}{path.suffix}")
    unfinished = copy.with_name(f".{copy.name}.part")
    try:
        shutil.copyfile(path, unfinished)
        unfinished.replace(copy)
        for older in sorted(path.parent.glob(f"{_stem(path, version)}*{path.suffix}")):
            if older.name < copy.name:
                older.unlink()
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise NightError(
            f"数据库升级前的副本 {copy} 不能写好（{why(error)}），没有升级，数据库没有改动。请腾出空间或检查权限后重新运行。"
        ) from error
    return copy


def put_aside(path: Path, what: str) -> Path:
    """Rename the closed warehouse at ``path``, and its log, to a name that tells ``what`` it is and when it was last written.

    Raises:
        NightError: it cannot be renamed; it is where it was.
    """
    written = datetime.fromtimestamp(path.stat().st_mtime)
    named = path.with_name(f"{path.stem}-{what}-{written:%Y%m%d-%H%M%S}{path.suffix}")
    names = (named if n == 1 else named.with_stem(f"{named.stem}-{n}") for n in count(1))
    aside = next(name for name in names if not name.exists())
    try:
        path.rename(aside)
        log = _log(path)
        if log.exists():
            log.rename(_log(aside))
    except OSError as error:
        raise NightError(f"数据库 {path} 不能移到一旁（{why(error)}）。请检查文件夹 {path.parent} 的权限。") from error
    return aside


def _log(path: Path) -> Path:
    """What DuckDB has not yet written into the file itself."""
    return path.with_name(f"{path.name}.wal")


def _stem(path: Path, version: int) -> str:
    return f"{path.stem}-第{version}版-"
