"""One line of the file: a decision as JSON, with what tells whether it is still as it was written."""

import hashlib
import json
from datetime import datetime
from typing import Any

import pandas as pd

from schemas.tables import KeptDecisions

FORM = 2
"""The form of the lines that this program writes; a later program that means other things by them writes a greater one."""

_ADDED = {2: {"to_unit"}}
"""Form → the columns that it brought; nothing stands in them in lines of an earlier form."""

_FORM, _SUM = "form", "sum"
_KINDS: dict[str, type] = {"str": str, "int64": int, "Int64": int, "bool": bool, "datetime64[us]": str}
"""Dtype of a column → what JSON has of it."""
_COLUMNS = {name: _KINDS[str(dtype)] for name, dtype in KeptDecisions.dtypes().items()}
_MOMENTS = [name for name, dtype in KeptDecisions.dtypes().items() if str(dtype) == "datetime64[us]"]
_NEVER_MISSING = {name for name, column in KeptDecisions.to_schema().columns.items() if not column.nullable}


class NewerLineError(ValueError):
    """A line that a newer program wrote."""


def encode(decision: dict[str, Any]) -> bytes:
    """The line of a decision, with its end."""
    said = {name: _plain(decision[name]) for name in _COLUMNS}
    told = {_FORM: FORM, **said, _SUM: _sum(said)}
    return json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"


def decode(line: bytes) -> dict[str, Any]:
    """The decision of a line.

    Raises:
        NewerLineError: a newer program wrote it.
        ValueError: it is damaged: no such line, or not as it was written.
    """
    found = json.loads(line.decode("utf-8", "surrogatepass"))
    told = found if isinstance(found, dict) else {}
    form, as_written = told.pop(_FORM, None), told.pop(_SUM, None)
    if not isinstance(form, int) or form < 1:
        raise ValueError(line)
    if form > FORM:
        raise NewerLineError(line)
    later = set().union(*(added for of, added in _ADDED.items() if of > form))
    if told.keys() != _COLUMNS.keys() - later or as_written != _sum(told) or not all(map(_fits, told, told.values())):
        raise ValueError(line)
    return told | dict.fromkeys(later) | {name: datetime.fromisoformat(told[name]) for name in _MOMENTS}


def _fits(name: str, value: object) -> bool:
    """Whether a column may have the value."""
    return name not in _NEVER_MISSING if value is None else type(value) is _COLUMNS[name]


def _sum(said: dict[str, Any]) -> str:
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _plain(value: Any) -> Any:
    if pd.isna(value):
        return None
    if isinstance(value, datetime):
        return value.isoformat()
    return value.item() if hasattr(value, "item") else value
