"""指标控制数: how many people the plan may hold, in all, by 市州, by class and by unit. A row that is in doubt draws no line."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

import pandas as pd

from flows.read import name_key
from flows.references.entries import Entries, Entry
from flows.references.problems import NO_LINE
from flows.references.values import as_name
from flows.references.workbook import Register
from schemas.cells import a1
from schemas.columns import Column, titles
from schemas.tables import DataFrame, Quotas
from schemas.words import QUOTA_SCOPES, REGIONS

_PROVINCE, _REGION, _CLASS, _UNIT = QUOTA_SCOPES.values()

Names = Callable[[str], str | None]
"""A name as written → the name that it is known by."""


def entries_of(workbook: tuple[str, tuple[Column, ...]], register: Register) -> Entries:
    """The rows of the workbook as entries by their names; the number of the whole province is called 全省."""
    name, columns = workbook
    known = replace(register, rows=[_with_name(row, titles(columns)) for row in register.rows])
    return Entries("quotas", name, columns, known, named_by="name", effect=NO_LINE)


def _with_name(row: Mapping[str, tuple], title: Mapping[str, str]) -> Mapping[str, tuple]:
    """``row`` with the name that every number of the whole province has, whatever is written there."""
    scope = row.get(title["scope"], ())
    if any(as_name(cell.text) == _PROVINCE for cell in scope[:1]):
        name = (row.get(title["name"]) or scope)[0]
        return {**row, title["name"]: (replace(name, text=_PROVINCE, trouble=None),)}
    return row


def settle(numbers: Entries, units: Mapping[str, str | None], classes: Collection[str] | None) -> DataFrame[Quotas]:
    """The numbers that are in no doubt, by the names that 市州, classes and ``units`` are known by. What is not is told."""
    unit_keys = {name_key(name): own for name, own in units.items()}
    kinds = _kinds(classes or ())
    known: dict[str, tuple[Names, str]] = {
        _PROVINCE: (lambda name: name, ""),
        _REGION: ({name: name for name in REGIONS}.get, f"应为“{REGIONS[0]}”或市（州）全称"),
        _CLASS: (lambda name: name if classes is None or name in kinds else None, f"应为 {'、'.join(kinds)} 之一"),
        _UNIT: (lambda name: unit_keys.get(name_key(name)), "应为单位名录中的一个单位"),
    }
    rows: dict[tuple[str, str], list[Entry]] = {}
    for entry in numbers.entries:
        scope = entry.values["scope"]
        if isinstance(scope, str):
            names, expected = known[scope]
            if (name := names(entry.name)) is None:
                told = f"{scope}“{entry.name}”不认得，{expected}。"
                numbers.problem("unknown", entry.cells["name"][0], "名称", told)
            else:
                rows.setdefault((scope, name), []).append(entry)
    kept = [(*key, entries[0].values["people"]) for key, entries in rows.items() if _agree(numbers, key[1], entries)]
    frame = pd.DataFrame(kept, columns=Quotas.names()).dropna(subset=["people"])
    return Quotas.validate(frame.astype(Quotas.dtypes()).reset_index(drop=True))


def _agree(numbers: Entries, name: str, entries: list[Entry]) -> bool:
    """Whether rows under several names of one unit give one number; else it is told of those after the first."""
    first = entries[0]
    for other in entries[1:]:
        told = f"“{other.name}”就是 {a1(first.at)} 的“{first.name}”，两行都是“{name}”的控制数。"
        numbers.problem("twice", other.at, "名称", told, advice="请只保留一行。")
    return len({entry.values["people"] for entry in entries}) == 1


def _kinds(classes: Collection[str]) -> tuple[str, ...]:
    """The classes and their kinds: 优先1 and 优先."""
    kinds = (re.match(r"\D+", word) for word in classes)
    return tuple(dict.fromkeys([*(kind[0] for kind in kinds if kind), *classes]))
