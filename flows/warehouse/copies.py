"""The copy of an older warehouse that is made before it is brought up to date."""

import shutil
from datetime import datetime
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


def _stem(path: Path, version: int) -> str:
    return f"{path.stem}-第{version}版-"
