"""指标控制数: numbers of people by the names that others know them by; what is in doubt is told with its cell and draws no line."""

import openpyxl
import pytest

from flows.errors import SettingError
from tests.references.books import Books

WORKBOOK = "指标控制数.xlsx"


def quotas(*rows):
    books = Books()
    for row in rows:
        books.add("quotas", row)
    return books


def numbers(references):
    return [tuple(row) for row in references.quotas.astype(object).to_numpy()]


def told(references):
    problems = references.problems
    assert problems["workbook"].eq(WORKBOOK).all()
    assert problems["effect"].isin(["不按这一行控制人数。", "没有采用。", "不影响核对。"]).all()
    return problems["cell"].tolist()


def test_the_workbook_need_not_be_there(tmp_path):
    assert Books().load(tmp_path).quotas.empty


def test_numbers_have_the_names_that_groups_have(tmp_path):
    rows = [
        ("全省", None, 100),
        ("市州", "绵阳市", 20),
        ("市州", "省级", 0),
        ("类别", "优先1", 30),
        ("类别", "一般", 5),
        ("类别", "重点", 40),
        ("单位", "省教育厅", 12),
    ]
    references = quotas(*rows).load(tmp_path)
    assert numbers(references) == [
        ("全省", "全省", 100),
        *rows[1:-1],
        ("单位", "四川省教育厅", 12),
    ]
    assert told(references) == []
    assert references.doubts == ()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rows", "kept", "cells"),
    [
        ([("全省", None, 100), ("全省", "四川省", 100)], 1, ["B3"]),
        ([("全省", None, 100), ("全省", "全省合计", 120)], 0, ["C3"]),
        ([("市州", "棉阳市", 10), ("市州", "绵阳市", 10)], 1, ["B2"]),
        ([("单位", "没人知道", 10)], 0, ["B2"]),
        ([("类别", "优先9", 10)], 0, ["B2"]),
        ([("单位", "省教育厅", 10), ("单位", "四川省教育厅", 10)], 1, ["B3"]),
        ([("单位", "省教育厅", 10), ("单位", "四川省教育厅", 12)], 0, ["B3"]),
        ([("县", "三台县", 10)], 0, ["A2"]),
        ([("市州", "绵阳市", -1)], 0, ["C2"]),
        ([("市州", "绵阳市", "二十")], 0, ["C2"]),
        ([("市州", "绵阳市", 1.5)], 0, ["C2"]),
        ([("市州", "绵阳市", "=10+10")], 0, ["C2"]),
        ([("市州", "绵阳市", None)], 0, ["C2"]),
        ([(None, "绵阳市", 10)], 0, ["A2"]),
        ([("市州", None, 10)], 0, ["B2"]),
    ],
    ids=str,
)
def test_what_is_in_doubt_draws_no_line_and_is_told(tmp_path, rows, kept, cells):
    references = quotas(*rows).load(tmp_path)
    assert len(references.quotas) == kept
    assert told(references) == cells
    assert references.doubts == ()
    assert references.nameless == ()


def test_a_workbook_that_is_there_must_be_one(tmp_path):
    folder = Books().write(tmp_path)
    (folder / WORKBOOK).write_bytes(b"no workbook")
    with pytest.raises(SettingError, match=r"参考表 指标控制数\.xlsx 打不开"):
        Books().load(tmp_path)
    book = openpyxl.Workbook()
    book.active.append(["范围", "人数"])
    book.save(folder / WORKBOOK)
    with pytest.raises(SettingError, match=r"参考表 指标控制数\.xlsx 缺少栏目：名称"):
        Books().load(tmp_path)
