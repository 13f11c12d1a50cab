"""Where the model runs."""

import shutil
import sys
from collections.abc import Iterator
from importlib.util import find_spec

import numpy as np
import pytest

from flows.errors import AwayError, SettingError
from flows.link import link
from tests.conftest import absent
from tests.frames import filings, participants
from tests.labelled.season import season
from tests.link.cases import BOOK, REFERENCES, TWO, group_of

MASTER = "local[2]"


@pytest.fixture(scope="module")
def spark() -> Iterator[str]:
    """The master of a Spark session on this machine, one for all tests."""
    if not find_spec("pyspark"):
        absent("pyspark")
    if not shutil.which("java"):
        absent("Java, without which linking on Spark is not tested,")
    from pyspark.sql import SparkSession

    session = SparkSession.builder.master(MASTER).config("spark.sql.shuffle.partitions", "2").getOrCreate()
    yield MASTER
    session.stop()


@pytest.mark.slow
def test_spark_links_as_duckdb_does(spark):
    made = season(83, 50)
    here = link(made.filings, participants([]), made.references, BOOK)
    there = link(made.filings, participants([]), made.references, BOOK, spark=spark)
    assert group_of(here) == group_of(there)
    assert here.pairs["outcome"].tolist() == there.pairs["outcome"].tolist()
    assert here.pairs["reasons"].tolist() == there.pairs["reasons"].tolist()
    np.testing.assert_allclose(here.pairs["match_weight"], there.pairs["match_weight"], atol=1e-6)


def test_spark_that_is_not_installed_is_one_clear_line(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(SettingError, match="pyspark"):
        link(filings(TWO), participants([]), REFERENCES, BOOK, spark=MASTER)


@pytest.mark.slow
def test_a_master_that_is_none_is_one_clear_line(spark, monkeypatch):
    from pyspark.sql import SparkSession

    with monkeypatch.context() as without:
        without.setattr(SparkSession, "getActiveSession", lambda: None)
        without.setattr(SparkSession.Builder, "getOrCreate", _refused)
        with pytest.raises(AwayError, match="no such host"):
            link(filings(TWO), participants([]), REFERENCES, BOOK, spark="spark://nobody:7077")


def _refused(_: object) -> None:
    from pyspark.errors import PySparkException

    raise PySparkException("no such host\n\tat org.apache.spark")
