"""Where the model runs: DuckDB inside the process, or a Spark cluster."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from flows.errors import SettingError
from schemas.linkage import Linkage

_COUNTED = "letters_grams"
"""The codes that weigh one each."""

_SHARED_WEIGHT = {
    "duckdb": "coalesce(list_sum(list_transform(list_intersect({column}_l, {column}_r), lambda code: code % 1024)), 0)",
    "spark": "aggregate(array_intersect({column}_l, {column}_r), 0L, (total, code) -> total + code % 1024)",
}
"""The weight of the words that two filings share; a word's code is its rank * 1024 + its weight."""

_SHARED_COUNT = {
    "duckdb": "coalesce(len(list_intersect({column}_l, {column}_r)), 0)",
    "spark": "size(array_intersect({column}_l, {column}_r))",
}
"""The same where every code weighs one."""


@dataclass(frozen=True)
class Backend:
    """A place where Splink runs: ``name``, and Splink's own ``api`` for it."""

    name: str
    api: Any

    def shared_count(self, column: str) -> str:
        """SQL: how many things stand in both ``<column>_l`` and ``<column>_r``."""
        return _SHARED_COUNT[self.name].format(column=column)

    def shared_weight(self, column: str) -> str:
        """SQL: the weight of the codes in both ``<column>_l`` and ``<column>_r``."""
        shared = _SHARED_COUNT if column == _COUNTED else _SHARED_WEIGHT
        return shared[self.name].format(column=column)

    def described(self, con: duckdb.DuckDBPyConnection) -> Any:
        """The table ``described`` of ``con`` as a table of the backend."""
        if self.name == "duckdb":
            return self.api.register("described", dataset_display_name="filings")
        return self._in_spark(con.table("described").to_arrow_table(), "filings")

    def register(self, frame: pd.DataFrame, name: str) -> Any:
        """``frame`` as a table of the backend."""
        if self.name == "duckdb":
            return self.api.register(frame, dataset_display_name=name)
        return self._in_spark(pa.Table.from_pandas(frame, preserve_index=False), name)

    def _in_spark(self, table: pa.Table, name: str) -> Any:
        return self.api.register(self.api.spark.createDataFrame(table), dataset_display_name=name)


@contextmanager
def open_backend(linkage: Linkage, con: duckdb.DuckDBPyConnection) -> Iterator[Backend]:
    """The backend that the settings name; DuckDB uses ``con``.

    Raises:
        SettingError: the settings name Spark and it cannot be started here.
    """
    if linkage.backend == "duckdb":
        from splink.backends.duckdb import DuckDBAPI

        yield Backend("duckdb", DuckDBAPI(con))
        return
    try:
        from pyspark.sql import SparkSession
        from splink.backends.spark import SparkAPI
    except ImportError as error:
        raise SettingError("团组比对设置为 spark，但没有安装 pyspark。请安装，或把 backend 改回 duckdb。") from error
    ours = SparkSession.getActiveSession() is None
    builder = SparkSession.builder.appName("huizong").config("spark.ui.showConsoleProgress", "false")
    session = builder.getOrCreate()
    try:
        session.sparkContext.setLogLevel("ERROR")
        # Nothing is needed of Splink's own functions for Spark, and no folder is set for its intermediate tables.
        api = SparkAPI(spark_session=session, break_lineage_method="persist", register_udfs_automatically=False)
        yield Backend("spark", api)
    finally:
        if ours:
            session.stop()
