"""What the registers know, beside the rows that name it."""

from collections.abc import Mapping

import pandas as pd

from flows.cross_region import region
from flows.read import name_key
from flows.references import References
from flows.validate.tables.places import at_places
from schemas.notice import Notice
from schemas.tables import TEXT

_TOLD = ("level", "region", "system", "nature", "foreign_affairs", "vertical", "has_budget")


REGISTERS = {"unit": "units", "country": "countries", "institution": "institutions"}
"""Kind of a column → the register whose names stand in it."""


def named(names: pd.Series, spoken: Mapping[str, str]) -> pd.Series:
    """``names`` with those of ``spoken`` (as they are compared) as the entries that they are taken for."""
    known = {name: spoken.get(name_key(name)) for name in names.dropna().unique()}
    return names.map(known).astype(TEXT).fillna(names)


def beside(keys: pd.Series, table: pd.DataFrame, key: str, columns: dict[str, str]) -> pd.DataFrame:
    """For each key the table's ``columns`` (new name → its name there); missing where the table does not know it."""
    known = table.drop_duplicates(key).reset_index(drop=True)
    place = pd.Index(known[key]).get_indexer(pd.Index(keys))
    return at_places(pd.DataFrame({new: known[old] for new, old in columns.items()}), place, keys.index)


def units_beside(names: pd.Series, prefix: str, references: References, notice: Notice) -> pd.DataFrame:
    """What 单位名录 says of each unit, systems by the name by which they are compared: ``<prefix>_level``, ``_region``,
    ``_system``, ``_nature``, ``_foreign_affairs``, ``_vertical``, ``_has_budget``, and ``_known``; ``_system_listed`` is the
    system in the list's own word."""
    told = beside(names, references.units, "unit", {f"{prefix}_{name}": name for name in _TOLD})
    told[f"{prefix}_system_listed"] = told[f"{prefix}_system"]
    told[f"{prefix}_system"] = _canonical_system(told[f"{prefix}_system"], notice)
    told[f"{prefix}_known"] = within(names, references.units["unit"])
    return told


def _canonical_system(system: pd.Series, notice: Notice) -> pd.Series:
    """Each system by the name by which the notice compares them; an unknown one as it is."""
    plain = system.str.removesuffix("系统")
    return plain.map(notice.system_names).astype(TEXT).fillna(plain)


def other_region(rows: pd.DataFrame, notice: Notice) -> pd.Series:
    """Whether unit and organiser are known to be of different regions."""
    unit, organiser = (region(rows[f"{who}_level"], rows[f"{who}_region"], notice) for who in ("unit", "organiser"))
    return unit.notna() & organiser.notna() & unit.ne(organiser)


def other_system(rows: pd.DataFrame) -> pd.Series:
    """Whether unit and organiser are known to be of different systems."""
    unit, organiser = rows["unit_system"], rows["organiser_system"]
    return unit.notna() & organiser.notna() & unit.ne(organiser)


def within(keys: pd.Series, values: pd.Series) -> pd.Series:
    """Whether each key is among ``values``; for many values far faster than ``isin`` on text."""
    return pd.Series(pd.Index(values.drop_duplicates()).get_indexer(pd.Index(keys)) >= 0, index=keys.index)
