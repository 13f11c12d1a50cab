"""Which row of a newer file replaces each row, and which newer file is a version of each file; whole columns at a time."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz import fuzz, process

NONE = -1
"""The place where there is none."""

_SAME_TITLE = 60.0
_HALF, _MOST = 0.5, 2 / 3

_Places = npt.NDArray[np.int64]
_Flags = npt.NDArray[np.bool_]


def newest(rows: pd.DataFrame, versions: pd.DataFrame) -> tuple[_Places, _Places]:
    """The place of the newest row that replaces each row, and of the newest file that is a version of each file.

    ``rows``: unit, otm, project, title, and ``version``, the place of their file, by which they are sorted; ``versions``:
    ``base`` and ``supplement``, those of one unit from its oldest to its newest. Each file is held against the newest that
    lists something of it, then the next, for as long as that can tell of one of its rows: nearly always once.
    """
    number, project = _Listed(rows, "otm"), _Listed(rows, "project")
    own, titles, numbered = rows["version"].to_numpy(), rows["title"].to_numpy(), rows["otm"].notna().to_numpy()
    base, supplement = pd.factorize(versions["base"])[0], versions["supplement"].to_numpy(bool)
    size = np.bincount(own, minlength=len(versions))
    replaced_by, version_of = np.full(len(rows), NONE), np.full(len(versions), NONE)

    def still_to_tell(left: _Places) -> _Places:
        """Of the rows ``left``, all of a file each, those of files of which something more can be told."""
        mine, open_row = own[left], replaced_by[left] == NONE
        asked = np.maximum(number.version(left), project.version(left)) > mine
        some_open, some_asked = _any_of_file(open_row, mine), _any_of_file(asked, mine)
        open_file = version_of[mine] == NONE
        return left[_any_of_file(open_row & asked, mine) | (some_open & some_asked & open_file)]

    left = still_to_tell(np.arange(len(rows)))
    while len(left):
        mine, in_number, in_project = own[left], number.version(left), project.version(left)
        other = np.full(len(versions), NONE)
        np.maximum.at(other, mine, np.maximum(in_number, in_project))
        there = other[mine]
        named = (base[mine] == base[there]) & ~supplement[there]
        same = np.full(len(left), NONE)

        at = in_project == there
        found = project.row(left[at])
        same[at] = np.where(numbered[left[at]] & numbered[found], NONE, found)
        project.go_on(left[at])

        at = in_number == there
        found = number.row(left[at])
        alike = process.cpdist(titles[left[at]], titles[found], scorer=fuzz.ratio) >= _SAME_TITLE
        same[at] = np.where(named[at] | alike, found, same[at])
        number.go_on(left[at])

        replaced_by[left] = np.where(replaced_by[left] == NONE, same, replaced_by[left])
        count = np.bincount(mine, same != NONE, len(versions))[mine]
        share = count / size[mine]
        is_version = np.where(named, share >= _HALF, (share >= _MOST) & (count >= 2) & ~supplement[there])
        is_version &= version_of[mine] == NONE
        version_of[mine[is_version]] = there[is_version]
        left = still_to_tell(left)
    return replaced_by, version_of


class _Listed:
    """Where the value of a column stands in the files of its unit, asked from the newest file to the oldest.

    Each row has a place: the newest file with its value that it has not gone past. A row without a value has none.
    """

    def __init__(self, rows: pd.DataFrame, column: str) -> None:
        values = rows.groupby(["unit", column], sort=False).ngroup().fillna(NONE).to_numpy(np.int64)
        last = pd.DataFrame({"value": values, "version": rows["version"].to_numpy()})
        last = last.drop_duplicates(keep="last").sort_values(["value", "version"])
        self._rows, self._versions = last.index.to_numpy(), last["version"].to_numpy()
        self._place = np.searchsorted(last["value"], values, side="right") - 1
        self._place[values == NONE] = NONE

    def version(self, rows: _Places) -> _Places:
        """The file at which each of ``rows`` is; its own where no newer one is left."""
        place = self._place[rows]
        return np.where(place == NONE, NONE, self._versions[place])

    def row(self, rows: _Places) -> _Places:
        """The last row there that has its value."""
        return self._rows[self._place[rows]]

    def go_on(self, rows: _Places) -> None:
        """Go past that file, which must be newer than the rows' own."""
        self._place[rows] -= 1


def _any_of_file(flags: _Flags, files: _Places) -> _Flags:
    """Whether one of the rows of the same file has the flag, a row each."""
    return np.isin(files, files[flags])
