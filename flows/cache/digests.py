"""The hash of data by what it says: equal data has equal hashes, in every process."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Set
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

import pandas as pd
import pyarrow as pa
from pydantic import BaseModel

_NAMED = (date, datetime, PurePath)


def digest(*things: object) -> str:
    """The hash of ``things``: texts, numbers, days, paths, frames, and sequences, sets, mappings by text, dataclasses and
    pydantic models of such.

    Raises:
        TypeError: one of them is nothing of the kind.
    """
    told = json.dumps(things, ensure_ascii=False, default=_told)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def _told(thing: Any) -> Any:
    """What JSON has no word for, by its kind and in words that it has."""
    if isinstance(thing, pd.DataFrame):
        return {"\0frame": _of_frame(thing)}
    if isinstance(thing, bytes):
        return {"\0bytes": hashlib.sha256(thing).hexdigest()}
    kind = f"\0{type(thing).__module__}.{type(thing).__qualname__}"
    if isinstance(thing, _NAMED):
        return {kind: str(thing)}
    if isinstance(thing, BaseModel):
        return {kind: [(name, getattr(thing, name)) for name in type(thing).model_fields]}
    if is_dataclass(thing):
        return {kind: [(field.name, getattr(thing, field.name)) for field in fields(thing) if field.compare]}
    if isinstance(thing, Mapping):
        return {"\0mapping": [*thing.items()]}
    if isinstance(thing, Set):
        return {"\0set": sorted(map(digest, thing))}
    if isinstance(thing, Iterable):
        return [*thing]
    raise TypeError(f"{type(thing).__name__} has no digest")


def _of_frame(frame: pd.DataFrame) -> str:
    table = pa.Table.from_pandas(frame, preserve_index=False).combine_chunks().replace_schema_metadata()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    hashed = hashlib.sha256(str(frame.dtypes.astype(str).to_dict()).encode("utf-8", "surrogatepass"))
    hashed.update(memoryview(sink.getvalue()))
    return hashed.hexdigest()
