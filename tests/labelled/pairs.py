"""The pairs written by hand in ``pairs.toml``, each as a season of two filings among others."""

import tomllib
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from flows.references import References
from schemas.columns import COUNTRY, INSTITUTION, UNIT
from schemas.tables import LastYearProjects, empty
from tests.frames import filings
from tests.labelled.season import reference

_TOLD = tomllib.loads((Path(__file__).parent / "pairs.toml").read_text("utf-8"))
_BASE: dict[str, list[str]] = _TOLD["base"]
PAIRS: list[dict[str, object]] = _TOLD["pair"]
"""``why``, ``expect`` (merge, offer, apart) and the columns that differ from ``base``."""

_UNITS = (
    ("四川省农业农村厅", "省级", "省级", True),
    ("眉山市农业农村局", "市级", "眉山市", False),
    ("资阳市农业农村局", "市级", "资阳市", False),
    ("绵阳市农业农村局", "市级", "绵阳市", False),
)
_INSTITUTIONS = (
    ("伊比利亚柑橘研究中心", "Iberian Citrus Research Centre", "西班牙"),
    ("瓦伦西亚农学院", "Valencia Agricultural College", "西班牙"),
    ("海法农业研究院", "Haifa Agricultural Institute", "以色列"),
    ("瓦赫宁根农业培训中心", "Wageningen Agricultural Training Centre", "荷兰"),
)


def references() -> References:
    """A few units, institutions and countries."""
    units = [
        {
            "unit": unit,
            "level": level,
            "region": region,
            "system": "农业",
            "nature": "行政机关",
            "foreign_affairs": right,
            "vertical": False,
            "has_budget": True,
        }
        for unit, level, region, right in _UNITS
    ]
    institutions = [
        {"institution": name, "foreign_name": foreign, "country": country, "formal_cooperation": True}
        for name, foreign, country in _INSTITUTIONS
    ]
    countries = [{"country": name, "hot": False, "belt_road": False} for name in ("西班牙", "以色列", "荷兰", "德国")]
    return References(
        units=reference(UNIT, units),
        institutions=reference(INSTITUTION, institutions),
        countries=reference(COUNTRY, countries),
        last_year=empty(LastYearProjects),
    )


def all_filings() -> pd.DataFrame:
    """Filings ``<place> left`` and ``<place> right`` of every pair, each pair three months after the one before, so that
    no two pairs have to do with each other."""
    return filings([row for place, pair in enumerate(PAIRS) for row in _rows(pair, f"{place:02}", place)])


def filings_of(pair: dict[str, object]) -> pd.DataFrame:
    """Filings ``left`` and ``right`` of one pair, for those that have no date."""
    return filings(_rows(pair, "", 0))


def undated(pair: dict[str, object]) -> bool:
    """Whether a filing of the pair has no date."""
    return "" in pair.get("start_date", ())  # type: ignore[operator]


def _rows(pair: dict[str, object], name: str, place: int) -> list[dict[str, object]]:
    rows = []
    for side, told in enumerate(("left", "right")):
        values = {column: pair.get(column, both)[side] for column, both in _BASE.items()}  # type: ignore[index]
        row = {column: _value(column, text) for column, text in values.items()}
        for day in ("start_date", "end_date"):
            if isinstance(row[day], date):
                row[day] += timedelta(days=92 * place)  # type: ignore[operator]
        rows.append({"filing_id": f"{name} {told}".strip(), **row})
    return rows


def _value(column: str, text: str) -> object:
    if not text:
        return None
    if column in ("headcount", "days"):
        return int(text)
    if column == "cross_region":
        return text == "是"
    return date.fromisoformat(text) if column.endswith("_date") else text
