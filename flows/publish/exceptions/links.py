"""Where links lead: from the outputs to a submission, at a cell where the program can. None rather than a broken one."""

import os
import re

import pandas as pd

from flows.publish.night import Night
from flows.publish.stories import to_pages
from flows.settings import Settings
from schemas.tables import TEXT

OPENS = "打开"
"""What a cell says that only leads somewhere."""
_ANCHORED = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".et")
"""Kinds of files of which a link can name the cell."""
_UNLINKABLE = re.compile(r'[#%"<>|*?\\\x00-\x1f]')
_LONGEST_PATH, _LONGEST_ANCHOR = 218, 200
"""Longest path that Excel opens, and a bound on the place within the workbook."""


class Links:
    """Links from ``settings.published`` to the files below ``settings.inputs``."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._known: dict[str, str | None] = {}

    def files(self, paths: pd.Series) -> pd.Series:
        """A link for each file, missing where there can be none."""
        for path in set(paths.dropna()) - self._known.keys():
            self._known[path] = self._to(path)
        return paths.map(self._known).astype(TEXT)

    def cells(self, findings: pd.DataFrame) -> pd.Series:
        """A link for each finding's cell (columns ``file``, ``sheet``, ``cell``)."""
        base = self.files(findings["file"])
        anchored = findings["file"].str.lower().str.endswith(_ANCHORED).fillna(False).astype(bool)
        place = "#'" + findings["sheet"].str.replace("'", "''") + "'!" + findings["cell"]
        place = place.where(anchored & place.str.len().le(_LONGEST_ANCHOR))
        return (base + place.fillna("")).where(findings["cell"].notna())

    def _to(self, path: str) -> str | None:
        location = self._settings.inputs / path
        if _UNLINKABLE.search(path) or len(str(location)) > _LONGEST_PATH:
            return None
        try:
            there = location.is_file()
        except OSError:
            return None
        try:
            way = os.path.relpath(location, self._settings.published)
        except ValueError:  # another drive
            way = str(location)
        way = way.replace(os.sep, "/")
        return f"external:{way}" if there and not _UNLINKABLE.search(way) else None


def pages(ids: pd.Series, night: Night) -> pd.Series:
    """A link for each finding or pair to the page that tells of it; missing where none does."""
    return ("external:" + ids.map(to_pages(night)).astype(TEXT)).astype(TEXT)
