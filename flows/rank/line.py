"""Where the line of 指标控制数 runs: which groups a number of people leaves no room for.

Each number is counted by itself, in the order of the groups, through all that it holds for: from the first one that it has no
room for on, none of them stands above the line, not even a smaller one. A group stands above the line where every number that
holds for it has room. So a larger number never puts a group below, and nobody steps over another.
"""

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from flows.references import References
from schemas.tables import TEXT, DataFrame, Groups
from schemas.words import QUOTA_SCOPES

Places = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]

_PROVINCE, _REGION, _CLASS, _UNIT = QUOTA_SCOPES.values()


def beyond(groups: DataFrame[Groups], place: Places, planned: Flags, references: References) -> pd.Series:
    """Of each group the numbers that leave no room for it, in Chinese; missing where it stands above the line.

    ``place`` is that of each group among all; only those that are ``planned`` take room. Of another it is told whether there
    would be room for it where it would stand.
    """
    told = pd.Series("", index=groups.index, dtype=TEXT)
    people = groups["headcount"].fillna(0).astype("int64")
    order = np.argsort(place)
    for scope, names, numbers in _numbers(groups, references):
        most = names.map(numbers)
        taken = people.where(planned, 0).iloc[order].groupby(names.iloc[order]).cumsum().reindex(groups.index)
        reached = taken + people.where(~planned, 0)
        over = (reached > most).fillna(False).astype(bool)
        said = f"{scope}控制数 " if scope == _PROVINCE else f"{scope}" + names.astype(TEXT) + "控制数 "
        said = (
            said + most.astype("Int64").astype(TEXT) + " 人，排到本团组 " + reached.astype("Int64").astype(TEXT) + " 人"
        )
        told = told.where(~over, told + said.fillna("") + "；")
    return ("超出" + told.str.rstrip("；")).where(told.ne("")).astype(TEXT)


def _numbers(groups: DataFrame[Groups], references: References) -> Iterator[tuple[str, pd.Series, Mapping[str, int]]]:
    """Each scope that has numbers, of each group the name by which they hold for it, and the numbers by name."""
    region = groups["organiser"].map(references.units.set_index("unit")["region"])
    classes = groups["priority_class"]
    by_scope = {
        scope: numbers.set_index("name")["people"].to_dict() for scope, numbers in references.quotas.groupby("scope")
    }
    held = (
        (_PROVINCE, pd.Series(_PROVINCE, index=groups.index, dtype=TEXT)),
        (_REGION, region),
        (_CLASS, classes.str.extract(r"^(\D+)", expand=False)),
        (_CLASS, classes.where(classes.str.contains(r"\d", na=False))),
        (_UNIT, groups["organiser"]),
    )
    for scope, names in held:
        if (numbers := by_scope.get(scope)) and names.isin(list(numbers)).any():
            yield scope, names.where(names.isin(list(numbers))), numbers
