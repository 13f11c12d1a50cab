"""The hash of data by what it says: equal data has equal hashes, in every process."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from pathlib import PurePath
from types import NoneType

import pandas as pd
import pyarrow as pa
from pydantic import BaseModel

Take = Callable[[bytes | memoryview], None]

_PLAIN = (str, int, float, bool, NoneType, date, datetime, PurePath)


def digest(*things: object) -> str:
    """The hash of ``things``: texts, numbers, days, paths, frames, and sequences, sets, mappings, dataclasses and pydantic models
    of such.

    Raises:
        TypeError: one of them is nothing of the kind.
    """
    hashed = hashlib.sha256()
    for thing in things:
        _add(hashed.update, thing)
    return hashed.hexdigest()


def _add(take: Take, thing: object) -> None:
    if isinstance(thing, pd.DataFrame):
        _add_frame(take, thing)
    elif isinstance(thing, _PLAIN):
        _add_text(take, f"{type(thing).__name__} {thing!s}")
    elif isinstance(thing, bytes):
        take(b"b%d:" % len(thing))
        take(thing)
    elif isinstance(thing, BaseModel):
        _add_named(take, thing, type(thing).model_fields)
    elif is_dataclass(thing):
        _add_named(take, thing, (field.name for field in fields(thing) if field.compare))
    elif isinstance(thing, Mapping):
        _add_text(take, f"mapping {len(thing)}")
        for key, value in thing.items():
            _add(take, key)
            _add(take, value)
    elif isinstance(thing, Set):
        _add_text(take, f"set {sorted(map(digest, thing))}")
    elif isinstance(thing, Iterable):
        items = [*thing]
        _add_text(take, f"items {len(items)}")
        for item in items:
            _add(take, item)
    else:
        raise TypeError(f"{type(thing).__name__} has no digest")


def _add_named(take: Take, thing: object, names: Iterable[str]) -> None:
    _add_text(take, f"{type(thing).__module__}.{type(thing).__qualname__}")
    for name in names:
        _add_text(take, name)
        _add(take, getattr(thing, name))


def _add_text(take: Take, text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    take(b"t%d:" % len(data))
    take(data)


def _add_frame(take: Take, frame: pd.DataFrame) -> None:
    _add_text(take, f"frame {frame.dtypes.astype(str).to_dict()}")
    table = pa.Table.from_pandas(frame, preserve_index=False).combine_chunks().replace_schema_metadata()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    take(memoryview(sink.getvalue()))
