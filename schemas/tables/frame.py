"""What a table's schema is made of: a class whose annotations are the columns, with nothing besides them.

Text is pandas' ``str`` (missing: NaN), whole numbers ``Int64``, decimals ``Float64``, dates ``datetime64[s]``, 是/否
``boolean``; missing is missing, never an empty string. A column that is never missing may be a plain ``int64``,
``float64`` or ``bool``.
"""

from collections.abc import Iterable
from typing import Any, ClassVar, TypeVar

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.engines import pandas_engine
from pandera.typing.pandas import DataFrame, Series

from schemas.columns import Column

TEXT = pd.StringDtype(na_value=np.nan)
DTYPES: dict[str, object] = {
    "text": TEXT,
    "whole": "Int64",
    "number": "Float64",
    "date": "datetime64[s]",
    "flag": "boolean",
    "choice": TEXT,
    "choices": TEXT,
    "unit": TEXT,
    "country": TEXT,
    "institution": TEXT,
}
"""Kind of a column → dtype of its values once read."""


class Text(pandas_engine.STRING):
    """Text as a frame's column is declared: told of a whole column, where pandera tells it of every cell anew."""

    def check(self, *asked: Any) -> bool | Iterable[bool]:
        """Whether the column is text; where it is not, which of its cells are."""
        told = super().check(*asked)
        return told if isinstance(told, bool) else all(told) or told


Whole = pd.Int64Dtype
Number = pd.Float64Dtype
Flag = pd.BooleanDtype
Moment = pa.DateTime


class Frame(pa.DataFrameModel):
    """A table of which every column is declared: those of its annotations and of the form's registry.

    ``class Filings(Frame, form=FILING)`` has the columns of :data:`schemas.columns.FILING` besides its own, each of the
    dtype of its kind and possibly missing.
    """

    class Config:
        """No column that is not declared."""

        strict = True

    _form: ClassVar[tuple[Column, ...]] = ()
    _required: ClassVar[bool] = False

    def __init_subclass__(cls, form: Iterable[Column] = (), required: bool = False, **options: Any) -> None:
        super().__init_subclass__(**options)
        if form:
            cls._form, cls._required = tuple(form), required

    @classmethod
    def build_schema_(cls, **options: Any) -> pa.DataFrameSchema:
        """The schema that pandera checks frames against."""
        return (
            super()
            .build_schema_(**options)
            .add_columns(
                {
                    column.name: pa.Column(
                        Text() if DTYPES[column.kind] == TEXT else DTYPES[column.kind],  # type: ignore[call-arg]
                        nullable=not (cls._required and column.required),
                    )
                    for column in cls._form
                }
            )
        )

    @classmethod
    def names(cls) -> list[str]:
        """The names of the columns, in order."""
        return list(cls.to_schema().columns)

    @classmethod
    def dtypes(cls) -> dict[str, Any]:
        """Column → dtype, as ``astype`` takes them; moments to the microsecond, as DuckDB keeps them."""
        own = {name: column.dtype.type for name, column in cls.to_schema().columns.items()}
        moments = {name: "datetime64[us]" for name, dtype in own.items() if dtype.kind == "M"}
        return own | moments | {column.name: DTYPES[column.kind] for column in cls._form}


def key() -> Any:
    """A column by which a row is known: never missing, no two alike."""
    return pa.Field(unique=True)


def optional(**checks: Any) -> Any:
    """A column that may be missing."""
    return pa.Field(nullable=True, **checks)


def one_of(words: Iterable[str]) -> Any:
    """A column with one of ``words``."""
    return pa.Field(isin=list(words))


Schema = TypeVar("Schema", bound=Frame)


def empty(schema: type[Schema]) -> DataFrame[Schema]:
    """A frame of no rows that satisfies ``schema``."""
    return schema.validate(pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in schema.dtypes().items()}))


__all__ = [
    "DTYPES",
    "TEXT",
    "DataFrame",
    "Flag",
    "Frame",
    "Moment",
    "Number",
    "Schema",
    "Series",
    "Text",
    "Whole",
    "empty",
    "key",
    "one_of",
    "optional",
]
