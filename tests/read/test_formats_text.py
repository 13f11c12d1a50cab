"""Text tables in every dialect."""

import pytest


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("序号\t名称\n1\t甲，乙\n", [["序号", "名称"], ["1", "甲，乙"]]),
        ("序号;名称\n1;甲,乙\n2;丙\n", [["序号", "名称"], ["1", "甲,乙"], ["2", "丙"]]),
        ("题\n\n序号,名称,国家\n1,甲,荷兰\n", [["题"], [], ["序号", "名称", "国家"], ["1", "甲", "荷兰"]]),
        ('序号,名称\n1,"甲\n乙,丙"\n2,""\n', [["序号", "名称"], ["1", "甲\n乙,丙"], ["2", None]]),
        ('序号,名称\n1,5" 屏\n2,"甲\n3,乙\n', [["序号", "名称"], ["1", '5" 屏'], ["2", '"甲'], ["3", "乙"]]),
        ("sep=;\n序号;名称\n1;甲\n", [["序号", "名称"], ["1", "甲"]]),
        ('编号,名称\n="007",甲\n', [["编号", "名称"], ["007", "甲"]]),
        ("序号,名称\r1,甲\r", [["序号", "名称"], ["1", "甲"]]),
    ],
)
def test_text_tables_in_every_dialect(text: str, rows: list[list[str | None]], opened) -> None:
    (grid,) = opened(text.encode(), "甲.csv")
    assert (grid.sheet, grid.rows) == ("甲", rows)
