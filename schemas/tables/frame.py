"""What a table's schema is made of: a class whose annotations are the columns, with nothing besides them.

Text is pandas' ``str`` (missing: NaN), whole numbers ``Int64``, decimals ``Float64``, dates ``datetime64[s]``, 是/否
``boolean``; missing is missing, never an empty string. A column that is never missing may be a plain ``int64``,
``float64`` or ``bool``.
"""

from collections.abc import Iterable
from functools import cache
from typing import Annotated, Any, ClassVar, NamedTuple, Self, TypeVar, cast

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaError
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

Text = Annotated[pd.StringDtype, None, np.nan]
Whole = pd.Int64Dtype
Number = pd.Float64Dtype
Name = pd.CategoricalDtype
"""A text of which many rows have the same."""
Flag = pd.BooleanDtype
Moment = pa.DateTime

_VOCABULARY, _AT_LEAST, _WITHIN = "isin", "greater_than_or_equal_to", "in_range"
"""pandera's names for the checks that a value is one of a list, no less than a number, and between two numbers or one of them."""


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
        schema = super().build_schema_(**options)
        of_form = {
            column.name: pa.Column(DTYPES[column.kind], nullable=not (cls._required and column.required))
            for column in cls._form
        }
        # As add_columns does, which copies the whole schema first.
        schema.columns = {**schema.columns, **pa.DataFrameSchema(of_form).columns}
        return schema

    @classmethod
    def validate(cls, check_obj: pd.DataFrame, *args: Any, **options: Any) -> DataFrame[Self]:
        """``check_obj`` if it satisfies the schema.

        Dtypes, missing cells, keys, vocabularies and bounds are looked at here: pandera takes some milliseconds for each column,
        and is asked where something else is declared of one, and to tell what is wrong.

        Raises:
            pandera.errors.SchemaError: it does not.
        """
        if args or options or not cls._holds(check_obj):
            return super().validate(check_obj, *args, **options)
        return cast("DataFrame[Self]", check_obj.copy(deep=False))

    @classmethod
    def _holds(cls, frame: pd.DataFrame) -> bool:
        declared, more = cls._declared(), cls._more()
        if cls.to_schema().checks or frame.columns.has_duplicates:
            return False
        if {name: _without_unit(dtype) for name, dtype in frame.dtypes.items()} != declared.dtypes:
            return False
        if frame.empty:
            return True
        if any(frame[name].hasnans for name in declared.never_missing):
            return False
        if not all(frame[name].is_unique for name in declared.unique):
            return False
        if not all(frame[name].dropna().isin(words).all() for name, words in cls._vocabularies().items()):
            return False
        if not all(frame[name].dropna().between(*bounds).all() for name, bounds in cls._bounds().items()):
            return False
        if not more.columns:
            return True
        try:
            more.validate(frame[list(more.columns)])
        except SchemaError:
            return False
        return True

    @classmethod
    @cache
    def _declared(cls) -> "_Declared":
        columns = cls.to_schema().columns.values()
        dtypes = {column.name: _without_unit(column.dtype.type) for column in columns}
        holding = [name for name, dtype in dtypes.items() if not (isinstance(dtype, np.dtype) and dtype.kind in "biu")]
        return _Declared(
            dtypes,
            tuple(column.name for column in columns if not column.nullable and column.name in holding),
            tuple(column.name for column in columns if column.unique),
        )

    @classmethod
    @cache
    def _vocabularies(cls) -> dict[str, list[object]]:
        """Column → the words that it may hold, where these are declared."""
        checks = ((column.name, check) for column in cls.to_schema().columns.values() for check in column.checks)
        return {name: list(check.statistics["allowed_values"]) for name, check in checks if check.name == _VOCABULARY}

    @classmethod
    @cache
    def _bounds(cls) -> dict[str, tuple[float, float]]:
        """Column → the least and the largest number that it may hold, where these are declared."""
        checks = ((column.name, check) for column in cls.to_schema().columns.values() for check in column.checks)
        said = {name: check.statistics for name, check in checks if check.name in (_AT_LEAST, _WITHIN)}
        return {name: (numbers["min_value"], numbers.get("max_value", np.inf)) for name, numbers in said.items()}

    @classmethod
    @cache
    def _more(cls) -> pa.DataFrameSchema:
        """The columns of which something else is declared."""
        looked_at = (_VOCABULARY, _AT_LEAST, _WITHIN)
        return pa.DataFrameSchema(
            {
                name: column
                for name, column in cls.to_schema().columns.items()
                if any(check.name not in looked_at for check in column.checks)
            }
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


class _Declared(NamedTuple):
    """Of a schema's columns the dtypes, moments without their unit; which may hold what is missing and must not; which are
    unique."""

    dtypes: dict[str, Any]
    never_missing: tuple[str, ...]
    unique: tuple[str, ...]


def _without_unit(dtype: Any) -> Any:
    """A dtype, of moments without their unit: pandera takes any."""
    return "M" if isinstance(dtype, np.dtype) and dtype.kind == "M" else dtype


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


Table = TypeVar("Table", pd.DataFrame, pd.Series)


def as_objects(table: Table) -> Table:
    """The table or column as Python's own objects, None where there is no value."""
    return table.astype(object).where(table.notna(), None)


def empty(schema: type[Schema]) -> DataFrame[Schema]:
    """A frame of no rows that satisfies ``schema``."""
    return cast("DataFrame[Schema]", _rowless(schema).copy(deep=False))


@cache
def _rowless(schema: type[Frame]) -> pd.DataFrame:
    return schema.validate(pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in schema.dtypes().items()}))


__all__ = [
    "DTYPES",
    "TEXT",
    "DataFrame",
    "Flag",
    "Frame",
    "Moment",
    "Name",
    "Number",
    "Schema",
    "Series",
    "Text",
    "Whole",
    "as_objects",
    "empty",
    "key",
    "one_of",
    "optional",
]
