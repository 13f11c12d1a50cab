"""What crosses the door of a room says which table it is."""

import importlib
import inspect
import pkgutil
import typing
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass

import pandas as pd
import pytest

import flows
from flows import publish, read, references, settings
from schemas import tables, yearbook

VIEW = Callable[[str], pd.DataFrame]
"""Gives a view of the warehouse by its name: its columns are declared in ``sql/views``."""

OTHERWISE_DECLARED = {
    "flows.warehouse.view": "a view of the warehouse, declared in sql/views",
    "flows.warehouse.view_of_alike": "a view of the warehouse, declared in sql/views",
    "flows.warehouse.recall": "what is asked and answered stands in sql/ask",
    "flows.decide.read_decisions": "what is asked and answered stands in sql/ask",
    "flows.warehouse.NightTables": "several tables, each held to the columns of schemas.warehouse",
    "flows.publish.Table": "a sheet of a workbook, with its own columns beside it",
    "flows.validate.Rule": "rows of the table that the rule names",
}
"""What may give or take a table of which no schema is said, and why."""

ROOMS = sorted(f"flows.{module.name}" for module in pkgutil.iter_modules(flows.__path__) if module.name != "__main__")
# Rooms whose workers import little name their types for the type checker alone.
NAMES = vars(tables) | vars(settings) | vars(yearbook) | {"pd": pd}
NAMES |= {name: getattr(door, name) for door in (publish, read, references) for name in door.__all__}


def public(room: str) -> Iterator[tuple[str, object]]:
    """What a room lets others use: the names of its ``__all__``, else those of its own functions and classes that do not
    begin with an underscore. Steps of the flow are the functions in them."""
    module = importlib.import_module(room)
    for name in getattr(module, "__all__", [name for name in vars(module) if not name.startswith("_")]):
        thing = getattr(module, name)
        thing = getattr(thing, "fn", thing)
        if getattr(thing, "__module__", "").startswith(room) and (inspect.isfunction(thing) or is_dataclass(thing)):
            yield f"{room}.{name}", thing


def bare(hint: object) -> bool:
    """Whether a type has a table in it that does not say which."""
    return hint != VIEW and (hint is pd.DataFrame or any(bare(part) for part in typing.get_args(hint)))


@pytest.mark.parametrize("room", ROOMS)
def test_no_table_without_its_schema_crosses_a_door(room):
    told = []
    for name, thing in public(room):
        hints = typing.get_type_hints(thing, localns=NAMES)
        if is_dataclass(thing):
            hints = {field.name: hints[field.name] for field in fields(thing)}
        told += [f"{name}: {part}" for part, hint in hints.items() if bare(hint) and name not in OTHERWISE_DECLARED]
    assert not told


def test_the_doors_are_found():
    found = {name for room in ROOMS for name, _ in public(room)}
    assert found >= {"flows.read.gather", "flows.nightly.link_filings", "flows.link.link", "flows.settle.settle"}
    assert found >= set(OTHERWISE_DECLARED)
