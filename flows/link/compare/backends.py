"""Where the model runs: DuckDB inside the process, or a Spark cluster."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from flows.errors import AwayError, SettingError

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

_CONFIG: dict[str, bool | float | int | str | None] = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
}


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
def open_backend(spark: str, con: duckdb.DuckDBPyConnection) -> Iterator[Backend]:
    """Spark at the master ``spark``; where none is named, DuckDB with ``con``.

    Raises:
        SettingError: Spark is named and not installed here.
        AwayError: it does not start, or its master does not answer.
    """
    if not spark:
        from splink.backends.duckdb import DuckDBAPI

        yield Backend("duckdb", DuckDBAPI(con))
        return
    try:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
        from splink.backends.spark import SparkAPI
    except ImportError as error:
        raise SettingError(
            "设置 spark 要在 Spark 上比对重复申报，但没有安装 pyspark。请按 docs/scale.md 安装，或把 spark 留空。"
        ) from error
    if not spark.startswith("local") and os.environ.get("SPARK_LOCAL_IP") == "127.0.0.1":
        del os.environ["SPARK_LOCAL_IP"]  # pandera's doing: where nobody of the cluster would find us
    ours = SparkSession.getActiveSession() is None
    builder = SparkSession.builder.appName("huizong").master(spark).config(map=_CONFIG)
    try:
        session = builder.getOrCreate()
    except (PySparkException, Py4JError) as error:
        reason = str(error).strip().splitlines()[0]
        raise AwayError(
            f"Spark（{spark}）没有启动：{reason}。请检查 Java（17 或更新）和设置 spark，或把 spark 留空。"
        ) from error
    try:
        session.sparkContext.setLogLevel("ERROR")
        # Nothing is needed of Splink's own functions for Spark, and no folder is set for its intermediate tables.
        api = SparkAPI(spark_session=session, break_lineage_method="persist", register_udfs_automatically=False)
        yield Backend("spark", api)
    finally:
        if ours:
            session.stop()
