"""The 21 prefectures of the province as tiles, each about where it lies."""

from collections.abc import Sequence
from dataclasses import dataclass

TILES = {
    "阿坝藏族羌族自治州": ("阿坝州", 1, 2), "绵阳市": ("绵阳", 1, 4), "广元市": ("广元", 1, 5), "巴中市": ("巴中", 1, 6),
    "达州市": ("达州", 1, 7), "甘孜藏族自治州": ("甘孜州", 2, 1), "成都市": ("成都", 2, 3), "德阳市": ("德阳", 2, 4),
    "遂宁市": ("遂宁", 2, 5), "南充市": ("南充", 2, 6), "广安市": ("广安", 2, 7), "雅安市": ("雅安", 3, 2),
    "眉山市": ("眉山", 3, 3), "资阳市": ("资阳", 3, 4), "内江市": ("内江", 3, 5), "乐山市": ("乐山", 4, 3),
    "自贡市": ("自贡", 4, 4), "宜宾市": ("宜宾", 5, 4), "泸州市": ("泸州", 4, 5), "凉山彝族自治州": ("凉山州", 5, 2),
    "攀枝花市": ("攀枝花", 6, 2),
}  # fmt: skip
"""所在市州 → its short name, row and column."""

SHADES = (
    ("#F2F2F2", "#222222"),
    ("#CFE2F3", "#222222"),
    ("#8FBFE3", "#222222"),
    ("#2E75B6", "#FFFFFF"),
    ("#1F4E79", "#FFFFFF"),
)
"""Of a tile and of the text in it, from nobody to most people."""


@dataclass(frozen=True)
class Tile:
    """A prefecture: short name, row, column, people, and the place of its shade in :data:`SHADES`."""

    name: str
    row: int
    column: int
    people: int
    shade: int


def tiles(regions: Sequence[str], people: Sequence[int]) -> list[Tile]:
    """Every prefecture, with the people that set out from there."""
    known = dict(zip(regions, people, strict=True))
    most = max((known.get(region, 0) for region in TILES), default=0)
    return [
        Tile(name, row, column, number := known.get(region, 0), _shade(number, most))
        for region, (name, row, column) in TILES.items()
    ]


def _shade(people: int, most: int) -> int:
    return 0 if not people else 1 + min(3, 4 * people // (most + 1))
