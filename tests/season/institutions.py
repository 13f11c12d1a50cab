"""Institutions abroad, all invented: names in both languages, country, formal cooperation, and what they teach."""

import csv
from dataclasses import dataclass
from pathlib import Path

TITLES = ("机构名称", "外文名称", "别名", "国家（地区）", "正式合作关系")


@dataclass(frozen=True)
class Institution:
    """One row of 境外机构名录, with the themes it teaches, or the systems whose themes it teaches."""

    name: str
    foreign: str
    aliases: str
    country: str
    formal: bool
    teaches: tuple[str, ...]

    @property
    def row(self) -> tuple[str, ...]:
        """The cells of the row."""
        return self.name, self.foreign, self.aliases, self.country, "是" if self.formal else "否"


def _read() -> tuple[Institution, ...]:
    with Path(__file__).with_suffix(".csv").open(encoding="utf-8", newline="") as opened:
        _, *lines = csv.reader(opened)
    return tuple(
        Institution(name, foreign, aliases, country, formal == "是", tuple(teaches.split()))
        for name, foreign, aliases, country, formal, teaches in lines
    )


INSTITUTIONS = _read()
INSTITUTION = {institution.name: institution for institution in INSTITUTIONS}
