"""What the registers know, on a hidden sheet: names that may be filled in, and beside each entry what the formulas ask of it.

What depends on a unit alone the rules say themselves, here, once a unit: the formulas only look it up.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_range_abs

from flows.cross_region import may_organise, region_of
from flows.publish.workbook import Book, safe
from flows.references import SEPARATORS, References
from flows.validate import RULES
from schemas.notice import Notice
from schemas.tables import TEXT

REGISTER_SHEET = "名录"
PROVINCE = "省级"
"""The region of all provincial units."""

OF_A_UNIT = ("organisation-department", "vertical-organiser", "organiser-without-budget", "reserved-organiser")
"""Rules about filings that ask of a filing only who organises it; what its other columns must be says the formula."""
_OF_LAST_YEAR = ("execution-rate", "summary-outstanding")


@dataclass
class Registers:
    """The hidden sheet as it will be written: ``columns`` by name, each from its first row on."""

    columns: dict[str, list[object]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def all(self, name: str) -> str:
        """The cells of a column, by the name that the workbook has for them."""
        place = list(self.columns).index(name)
        self.names[called(name)] = (
            f"='{REGISTER_SHEET}'!{xl_range_abs(0, place, max(1, len(self.columns[name])) - 1, place)}"
        )
        return called(name)

    def at(self, name: str, place: str) -> str:
        """The cell of a column in the row that a formula gives."""
        return f"INDEX({self.all(name)},{place})"

    def write(self, book: Book) -> None:
        """Write the sheet, without titles, so that it is not taken for a table."""
        sheet = book.sheet(REGISTER_SHEET)
        for place, values in enumerate(self.columns.values()):
            for row, value in enumerate(values):
                if isinstance(value, str) and value:
                    sheet.write_string(row, place, safe(value), book.style())
                elif isinstance(value, (int, float)):
                    sheet.write_number(row, place, value, book.style())
        sheet.hide()
        define(book, self.names)


def called(*parts: str) -> str:
    """What the workbook calls cells by: a name that no cell can have."""
    return "_".join(("zc", *(re.sub(r"\W", "_", part) for part in parts)))


def define(book: Book, names: Mapping[str, str]) -> None:
    """Tell the workbook its names for cells."""
    for name, cells in names.items():
        book.workbook.define_name(name, cells)


def registers(references: References, notice: Notice) -> Registers:
    """What the formulas ask of the registers. The first row of every entry's columns is of what they do not know."""
    found = Registers()
    _named(found, "unit", references.unit_names, references.units["unit"])
    _named(found, "country", references.country_names, references.countries["country"])
    _named(found, "institution", references.institution_names, references.institutions["institution"])
    _put(found, _units(references, notice))
    _put(found, _countries(references, notice))
    _put(found, _institutions(references))
    _put(found, _last_year(references))
    return found


def _named(found: Registers, kind: str, names: Mapping[str, str | None], entries: pd.Series) -> None:
    """``<kind>_names`` every name, and ``<kind>_of`` the row of its entry."""
    place = {name: row for row, name in enumerate(entries.drop_duplicates(), start=2)}
    known = {name: place[own] for name, own in names.items() if own is not None and own in place}
    found.columns[f"{kind}_names"] = list(known)
    found.columns[f"{kind}_of"] = list(known.values())


def _put(found: Registers, columns: Mapping[str, Iterable[object]]) -> None:
    for name, values in columns.items():
        found.columns[name] = [None, *(None if pd.isna(value) else _plain(value) for value in values)]


def _plain(value: Any) -> object:
    if isinstance(value, str):
        return value
    return int(value) if float(value).is_integer() else float(value)


def _units(references: References, notice: Notice) -> dict[str, Iterable[object]]:
    units = references.units.drop_duplicates("unit").reset_index(drop=True)
    system = units["system"].str.removesuffix("系统")
    rows = pd.DataFrame(
        {
            "organiser": units["unit"],
            "organiser_system": system.map(notice.system_names).astype(TEXT).fillna(system),
            "organiser_system_listed": units["system"],
            "organiser_known": True,
            "budgeted": pd.Series(True, index=units.index, dtype="boolean"),
            "reserved": pd.Series(None, index=units.index, dtype=TEXT),
            "reserved_doubtful": pd.Series(None, index=units.index, dtype="boolean"),
            **{
                f"organiser_{name}": units[name]
                for name in ("level", "nature", "foreign_affairs", "vertical", "has_budget")
            },
        }
    )
    rows = rows.join(_last_years(rows["organiser"], references))
    field_of = _field(rows, notice)
    regions = rows["organiser"].map(region_of(references.units, notice))
    return {
        "unit": rows["organiser"],
        "level": rows["organiser_level"],
        "nature": rows["organiser_nature"],
        "region": regions.mask(regions.eq(""), PROVINCE),
        "system": rows["organiser_system"],
        "system_listed": rows["organiser_system_listed"],
        "across": rows["organiser"].map(may_organise(references.units, notice)).eq(True).fillna(False).astype(int),
        "foreign_affairs": rows["organiser_foreign_affairs"].fillna(True).astype(int),
        "has_budget": rows["organiser_has_budget"].fillna(True).astype(int),
        "field": field_of["field"],
        "by": field_of["by"],
        "approved": rows["approved"],
        "executed": rows["executed"],
        "executed_share": rows["executed_share"],
        "outstanding": rows["outstanding"],
        **{rule: _broken(rule, rows, notice) for rule in (*OF_A_UNIT, *_OF_LAST_YEAR)},
    }


def _field(rows: pd.DataFrame, notice: Notice) -> pd.DataFrame:
    """The ministries' field of each unit, and by what it is known to be of that."""
    tells = RULES["reserved-organiser"].tells
    return pd.DataFrame(columns=["field", "by"], index=rows.index) if tells is None else tells(rows, notice)


def _broken(rule: str, rows: pd.DataFrame, notice: Notice) -> pd.Series:
    """1 where a unit breaks a rule that asks of nothing else."""
    return (~RULES[rule].holds(rows, notice=notice).astype("boolean").fillna(True)).astype(int)


def _last_years(units: pd.Series, references: References) -> pd.DataFrame:
    """What each unit was approved for last year, carried out, and still owes a summary of."""
    last = references.last_year
    own = last["organiser"].map(references.unit_names).fillna(last["organiser"]).astype(TEXT)
    figures = last.groupby(own)[["approved", "executed"]].sum()
    owing = last[~last["summary_filed"].fillna(True) & last["executed"].gt(0)]
    titles = owing.groupby(own.loc[owing.index])["title"].agg(lambda found: "、".join(dict.fromkeys(found.dropna())))
    approved, executed = (
        units.map(figures["approved"]).astype("Float64"),
        units.map(figures["executed"]).astype("Float64"),
    )
    return pd.DataFrame(
        {
            "approved": approved,
            "executed": executed,
            "executed_share": executed / approved.where(approved.gt(0)),
            "outstanding": units.map(titles).astype(TEXT),
        }
    )


def _countries(references: References, notice: Notice) -> dict[str, Iterable[object]]:
    countries = references.countries.drop_duplicates("country")
    return {
        "country": countries["country"],
        "hot": countries["hot"].fillna(False).astype(int),
        "far": countries["country"].isin(notice.travel.far).astype(int),
    }


def _institutions(references: References) -> dict[str, Iterable[object]]:
    institutions = references.institutions.drop_duplicates("institution")
    own = {name: country for name, country in references.country_names.items() if country}

    def known(countries: str) -> str:
        named = (one.strip() for one in pd.Series([countries]).str.split(SEPARATORS, regex=True).iloc[0])
        return "、".join(own.get(one, one) for one in named if one)

    return {
        "institution": institutions["institution"],
        "formal": institutions["formal_cooperation"].fillna(True).astype(int),
        "institution_country": institutions["country"].map(known, na_action="ignore"),
    }


def _last_year(references: References) -> dict[str, Iterable[object]]:
    last = references.last_year.assign(otm_no=references.last_year["otm_no"].str.strip().str.upper())
    last = last.drop_duplicates("otm_no")
    return {
        "last_number": last["otm_no"],
        "last_organiser": last["organiser"].map(references.unit_names).fillna(last["organiser"]),
        "last_title": last["title"],
        "last_institution": last["institution"].map(references.institution_names).fillna(last["institution"]),
    }
