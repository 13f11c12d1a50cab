"""Where the model runs."""

import os
import shutil
import warnings
from dataclasses import replace
from importlib.util import find_spec

import numpy as np
import pytest

from flows.link import link
from schemas.yearbook import Yearbook
from tests.frames import filings, participants
from tests.labelled.season import season
from tests.link.cases import BOOK, REFERENCES, TWO, group_of


@pytest.fixture
def spark():
    missing = [
        name for name, found in {"pyspark": find_spec("pyspark"), "java": shutil.which("java")}.items() if not found
    ]
    if missing:
        told = f"{' and '.join(missing)} not installed here: linking on Spark HAS NOT BEEN TESTED (see docs/linking.md)"
        warnings.warn(told, stacklevel=1)
        pytest.skip(told)
    os.environ.setdefault(
        "PYSPARK_SUBMIT_ARGS", "--master local[2] --conf spark.sql.shuffle.partitions=2 pyspark-shell"
    )


def _on_spark() -> Yearbook:
    return replace(BOOK, linkage=replace(BOOK.linkage, backend="spark"))


def test_spark_links_as_duckdb_does(spark):
    made = season(83, 50)
    here = link(made.filings, participants([]), made.references, BOOK)
    there = link(made.filings, participants([]), made.references, _on_spark())
    assert group_of(here) == group_of(there)
    assert here.pairs["outcome"].tolist() == there.pairs["outcome"].tolist()
    np.testing.assert_allclose(here.pairs["match_weight"], there.pairs["match_weight"], atol=1e-6)


def test_spark_that_is_not_there_is_one_clear_line(monkeypatch):
    from flows.errors import SettingError

    monkeypatch.setitem(__import__("sys").modules, "pyspark.sql", None)
    with pytest.raises(SettingError, match="pyspark"):
        link(filings(TWO), participants([]), REFERENCES, _on_spark())
