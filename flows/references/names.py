"""Whose name is whose: a name that two entries claim is nobody's, and an alias that is another entry's name is not used."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from flows.read import name_key, unit_variants
from flows.references.doubts import NAME, Doubt
from flows.references.entries import NAMES, SEPARATORS, Entries, Entry
from flows.references.problems import NAME_HELD
from flows.references.values import as_name
from flows.references.workbook import Written
from schemas.columns import Column


@dataclass(frozen=True)
class _Claim:
    """One other name in one cell of an entry."""

    entry: Entry
    column: Column
    cell: Written
    name: str


def settle_names(register: Entries) -> None:
    """Take from the entries the other names that are not theirs alone, and say so."""
    own = {name_key(entry.name): entry for entry in register.entries}
    claims: dict[str, list[_Claim]] = defaultdict(list)
    for claim in _claims(register):
        claims[name_key(claim.name)].append(claim)
    usual = _usual(register)
    taken: set[tuple[str, str]] = set()
    for key, claimed in claims.items():
        claimants = list(dict.fromkeys([*(claim.entry.name for claim in claimed), *usual.get(key, ())]))
        if key in own:
            others = [claim for claim in claimed if claim.entry is not own[key]]
            for claim in others:
                _is_a_name(register, claim, own[key])
                taken.add((claim.entry.name, key))
        elif len(claimants) > 1:
            _is_claimed_twice(register, claimed, tuple(claimants))
            taken |= {(name, key) for name in claimants}
    for entry in register.entries if taken else ():
        for column in register.columns:
            if column.name in NAMES:
                entry.values[column.name] = _without(entry, column.name, taken)


def _usual(register: Entries) -> dict[str, set[str]]:
    """What units are usually called for short, without being listed so: 省教育厅 → 四川省教育厅; only what is one unit's."""
    called: dict[str, set[str]] = defaultdict(set)
    for entry in register.entries if register.table == "units" else ():
        for variant in unit_variants(name_key(entry.name)):
            called[name_key(variant)].add(entry.name)
    return {key: names for key, names in called.items() if len(names) == 1}


def _claims(register: Entries) -> Iterator[_Claim]:
    for entry in register.entries:
        for column in register.columns:
            if column.name in NAMES:
                for cell in entry.cells[column.name]:
                    if not cell.trouble:
                        names = (as_name(name) for name in re.split(SEPARATORS, cell.text))
                        yield from (_Claim(entry, column, cell, name) for name in names if name_key(name))


def _is_a_name(register: Entries, claim: _Claim, owner: Entry) -> None:
    told = f"“{claim.entry.name}”的{claim.column.title}“{claim.name}”是另一行（{register.place(owner.at)}）的名称，不作它的别名。"
    advice = f"请从 {register.place(claim.cell.cell)} 中删去“{claim.name}”。"
    effect = f"“{claim.name}”只指该名称自己的那一行。"
    register.problem("alias-is-name", claim.cell, claim.column.title, told, effect=effect, advice=advice)


def _is_claimed_twice(register: Entries, claimed: list[_Claim], owners: tuple[str, ...]) -> None:
    at = {entry.name: entry.at for entry in register.entries}
    listing = {claim.entry.name for claim in claimed}
    cells = [claim.cell.cell for claim in claimed] + [at[name] for name in owners if name not in listing]
    where = register.place(*cells)
    why = f"{where} 中，“{claimed[0].name}”是{'、'.join(owners)}共有的叫法"
    register.doubts.append(Doubt(register.table, claimed[0].name, NAME, claimed[0].column.title, (None, *owners), why))
    for claim in claimed:
        others = "、".join(name for name in owners if name != claim.entry.name)
        told = f"“{claim.entry.name}”的{claim.column.title}“{claim.name}”也是{others}的叫法（{where}），无法确定指哪一个，没有采用。"
        advice = f"请只在一行保留“{claim.name}”。"
        register.problem("alias-twice", claim.cell, claim.column.title, told, effect=NAME_HELD, advice=advice)


def _without(entry: Entry, column: str, taken: set[tuple[str, str]]) -> object:
    """The entry's other names without those ``taken`` from it."""
    names = entry.values[column]
    parts = [name.strip() for name in re.split(SEPARATORS, names)] if isinstance(names, str) else []
    kept = [name for name in parts if (entry.name, name_key(name)) not in taken]
    return names if kept == parts else "、".join(kept) or None
