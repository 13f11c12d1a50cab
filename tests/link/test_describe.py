"""What is read of titles and names, and what filings have in common."""

from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

import duckdb
import pandas as pd
import pytest

from flows.link.describe.filings import describe
from flows.link.describe.institutions import institution_keys
from flows.link.describe.subject import subjects
from schemas.linkage import COLUMNS, Linkage, Part
from schemas.tables import TEXT
from tests.frames import filings, participants
from tests.link.cases import BOOK, GROUP, REFERENCES


@pytest.mark.parametrize(
    ("title", "batch"),
    [
        ("马铃薯培训（第一期）", "1"),
        ("马铃薯培训第2期", "2"),
        ("马铃薯培训二期", "2"),
        ("马铃薯培训（二）", "2"),
        ("第三批马铃薯培训", "3"),
        ("马铃薯培训一班", "1"),
        ("马铃薯培训乙班", "2"),
        ("马铃薯培训B班", "2"),
        ("首期马铃薯培训", "1"),
        ("下半年马铃薯培训", "2"),
        ("马铃薯培训Ⅱ", "2"),
        ("马铃薯培训（Ⅰ期）", "1"),
        ("马铃薯培训III", "3"),
        ("马铃薯培训（II）", "2"),
        ("一组马铃薯培训", "1"),
        ("马铃薯培训A组", "1"),
        ("马铃薯培训1期", "1"),
        ("马铃薯培训第1批", "1"),
        ("马铃薯培训之二", "2"),
        ("马铃薯培训（之一）", "1"),
        ("马铃薯第二阶段培训", "2"),
        ("马铃薯合作组织培训", None),
        ("第二组织形式培训", None),
        ("马铃薯培训第十二期", "12"),
        ("第一期二班马铃薯培训", "1.2"),
        ("马铃薯短期培训", None),
        ("病虫害一期防治期间管理", "1"),
        ("中长期培训", None),
    ],
)
def test_batches(title, batch):
    found = subjects(pd.Series([title], dtype=TEXT), REFERENCES, BOOK.linkage.words).batch.iloc[0]
    assert (None if pd.isna(found) else found) == batch


@pytest.mark.parametrize(
    ("title", "core"),
    [
        ("四川省农业农村厅赴西班牙柑橘黄龙病防控技术培训班", "柑橘黄龙病防治"),
        ("2020年度眉山市柑橘黄龙病防控专题研修", "柑橘黄龙病防治"),
        ("关于选派业务骨干赴西班牙伊比利亚柑橘研究中心学习柑橘黄龙病防治的培训", "柑橘黄龙病防治"),
    ],
)
def test_what_is_left_of_a_title_is_its_subject(title, core):
    found = subjects(pd.Series([title], dtype=TEXT), REFERENCES, BOOK.linkage.words).core.iloc[0]
    assert found.replace(" ", "") == core


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("伊比利亚柑橘研究中心", "伊比利亚柑橘研究中心"),
        ("iberian citrus research centre", "伊比利亚柑橘研究中心"),
        ("Iberian Citrus Reserch Centre", "伊比利亚柑橘研究中心"),
        ("ICRC", "伊比利亚柑橘研究中心"),
        ("伊比利亚柑桔研究中心", "伊比利亚柑橘研究中心"),
        ("伊比利亚柑橘中心", "伊比利亚柑橘研究中心"),
        ("Siberian Citrus Research Centre of Omsk", None),
        ("Havana Agricultural Institute", None),
        ("加泰罗尼亚柑橘研究中心", None),
    ],
)
def test_institutions_by_all_their_names(written, meant):
    found = institution_keys(pd.Series([written], dtype=TEXT), REFERENCES).iloc[0]
    assert (found["institution"] if found["institution_known"] else None) == meant


def described(rows: Sequence[dict[str, object]], linkage: Linkage = BOOK.linkage) -> duckdb.DuckDBPyConnection:
    """A database with the filings ``rows`` as linking sees them."""
    con = duckdb.connect()
    describe(filings(rows), participants([{"participant": "眉山市农业农村局"}]), REFERENCES, linkage, con)
    return con


def test_filings_have_every_part_that_the_settings_may_name():
    with described([GROUP, GROUP]) as con:  # a word that no other filing has is no part
        made = {part for (part,) in con.execute("SELECT DISTINCT part FROM parts").fetchall()}
    assert made == {*get_args(Part), ""}


def test_a_filing_has_every_column_that_the_settings_may_compare():
    with described([GROUP]) as con:
        assert set(con.table("described").columns) == {*COLUMNS, "id", "block"}


@pytest.mark.parametrize("block", BOOK.linkage.blocks, ids=lambda block: block.name)
def test_every_rule_of_blocking_brings_two_filings_together(block):
    other = GROUP | {"otm_no": "OTM20200000"} | ({block.lacking: None} if block.lacking else {})
    with described([GROUP, other], replace(BOOK.linkage, blocks=(block,))) as con:
        (one, two) = con.execute("SELECT block FROM blocks ORDER BY id").fetchall()
    assert set(one[0]) & set(two[0])
