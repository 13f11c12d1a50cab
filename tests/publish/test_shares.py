"""The counts of 一（二）, 一（三） and 一（五）: views over one night."""

from datetime import datetime

import pandas as pd
import pytest

from flows import warehouse
from flows.assemble import vocabulary_words
from schemas.words import DISPOSITIONS
from tests import frames
from tests.rules.cases import NOTICE, REFERENCES

HOT = {"country": "美国"}
WATER = {"organiser": "四川省水利厅"}
ROWS = [
    {"priority_class": "优先1", "days": 91},
    {"priority_class": "重点3", "days": 90},
    {"priority_class": "一般", **HOT},
    {"priority_class": "一般", "days": 180},
    {"priority_class": "一般", **WATER, **HOT},
    {"priority_class": None, "organiser": None, "days": None},
]
OUT = {2: "held", 4: "returned"}


@pytest.fixture(scope="module")
def night(tmp_path_factory):
    """A warehouse with one night of six groups, of which two are not in the plan."""
    read = frames.filings(ROWS)
    _, groups = frames.grouped(read)
    disposed = read.assign(disposition=[OUT.get(place, "included") for place in range(len(read))])
    limits = pd.DataFrame(NOTICE.limits.model_dump().items(), columns=["name", "value"])
    counts = dict.fromkeys(("files", "filings", "findings", "groups", *DISPOSITIONS), 0)
    run = pd.DataFrame(
        {
            "number": [1],
            "started_at": [datetime(2020, 1, 1)],
            "ended_at": [datetime(2020, 1, 1)],
            "status": ["complete"],
            **counts,
        }
    )
    tables = {
        "run": run, "filing": disposed, "training_group": groups, "unit": REFERENCES.units, "country": REFERENCES.countries,
        "last_year": REFERENCES.last_year, "notice_limit": limits, "word": vocabulary_words(NOTICE),
    }  # fmt: skip
    with warehouse.open_warehouse(tmp_path_factory.mktemp("night") / "warehouse.duckdb") as connection:
        for name, frame in tables.items():
            kept = [column for column in warehouse.columns(connection, name) if column in frame.columns]
            connection.register("rows", frame[kept])
            connection.execute(f"INSERT INTO {name} BY NAME SELECT 'r' AS run_id, 2020 AS year, * FROM rows")
            connection.unregister("rows")
        yield lambda view, key: warehouse.view(connection, view).set_index(key)


def test_classes_by_unit_and_in_all(night):
    shares = night("share_class", ["unit", "class"])
    assert shares.loc[("全省", "一般"), ["groups", "planned"]].tolist() == [3, 1]
    assert shares.loc[("全省", "一般"), "share"] == 0.5
    assert shares.loc[("全省", "优先"), "planned_share"] == 0.25
    assert shares.loc[("四川省农业农村厅", "一般"), "share"] == 0.5
    assert shares.loc[("四川省水利厅", "一般"), "share"] == 1
    assert pd.isna(shares.loc[("四川省水利厅", "一般"), "planned_share"])
    assert ("未填", "未填") in shares.index


def test_mid_to_long_term_is_over_the_limit_of_the_notice(night):
    shares = night("share_long_term", "unit")
    assert shares.loc["全省", ["groups", "long_term", "planned_long_term"]].tolist() == [6, 2, 2]
    assert shares.loc["四川省农业农村厅", "share"] == 0.5


def test_hot_countries_beside_last_year(night):
    shares = night("share_hot", "unit")
    assert shares.loc["全省", ["groups", "hot", "planned_hot", "last_groups", "last_hot"]].tolist() == [6, 2, 0, 5, 0]
    assert shares.loc["四川省水利厅", ["share", "last_share"]].tolist() == [1, 0]
    assert pd.isna(shares.loc["未填", "last_groups"])


def test_systems_beside_last_year(night):
    shares = night("share_system", "system")
    assert shares.loc["农业", ["groups", "planned", "last_groups", "last_people"]].tolist() == [4, 3, 3, 60]
    assert shares.loc["教育", ["groups", "last_groups"]].tolist() == [0, 1]
    assert shares["share"].sum() == pytest.approx(1)


def test_execution_by_unit_and_in_all(night):
    shares = night("share_execution", "unit")
    assert shares.loc["四川省水利厅", ["approved", "executed", "share"]].tolist() == [20, 9, 0.45]
    assert shares.loc["四川省教育厅", "outstanding"] == 1
    assert shares.loc["四川省农业科学院", "outstanding"] == 0
    assert shares.loc["全省", "share"] == pytest.approx(59 / 100)


def test_every_share_by_unit_in_one_table_for_the_plan(night):
    shares = night("unit_share", ["what", "unit"])
    asked = ["groups", "such", "planned", "planned_such"]
    assert shares.loc[("一般项目", "全省"), asked].tolist() == [6, 3, 4, 1]
    assert shares.loc[("中长期项目", "全省"), asked].tolist() == [6, 2, 4, 2]
    assert shares.loc[("赴热点国家（地区）", "全省"), [*asked, "last_groups", "last_such"]].tolist() == [
        6,
        2,
        4,
        0,
        5,
        0,
    ]
    assert shares.loc[("所属系统", "农业"), ["such", "last_such", "last_groups"]].tolist() == [4, 3, 5]
    assert shares.loc[("上年执行率", "四川省水利厅"), ["last_groups", "last_such", "last_share"]].tolist() == [
        20,
        9,
        0.45,
    ]
    assert shares["clause"].unique().tolist() == ["一（二）", "一（三）", "一（五）"]
    assert shares.groupby("what", sort=False).head(1).index.get_level_values("unit").tolist()[:5] == ["全省"] * 5
