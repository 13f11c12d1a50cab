"""What the briefing tells of a night: each figure as a table, of which the picture shows the same numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from flows.publish.briefing.tiles import TILES
from flows.publish.night import Night
from schemas.words import CHANGED, CHANGES, DIMENSIONS, DISPOSITIONS

_MOST_ROWS = 10
_AGES = ((0, "当天"), (3, "1–3 天"), (7, "4–7 天"), (30, "8–30 天"), (None, "30 天以上"))
"""How long something waits: the most days of each, and its name."""
WAITS = {"finding": "问题", "pair": "疑似重复"}
"""What may wait, and its name."""


@dataclass(frozen=True)
class Figure:
    """A table with a picture: its ``name`` in code, ``title``, what ``rows`` are, ``series`` (title → numbers, one a row); ``told`` in
    one sentence; ``upright`` where the bars stand; the first ``drawn`` of the series are in the picture."""

    name: str
    title: str
    of: str
    rows: Sequence[str]
    series: Mapping[str, Sequence[int]]
    told: str
    upright: bool = False
    drawn: int = 1

    @property
    def in_table(self) -> bool:
        """Whether its bars stand in the table, beside whole names: one series that does not stand upright."""
        return not self.upright and self.drawn == 1

    @property
    def most(self) -> int:
        """The longest bar; 0 where there is nothing to draw."""
        return max((number for numbers in self.charted.values() for number in numbers), default=0)

    @property
    def charted(self) -> dict[str, Sequence[int]]:
        """The series of the picture."""
        return dict([*self.series.items()][: self.drawn])


def figures(night: Night) -> list[Figure]:
    """Every figure of the night, in the order of the page."""
    return [
        _went(night),
        _to_correct(night),
        _new(night),
        _waiting(night),
        _countries(night),
        _months(night),
        regions(night),
    ]


def _went(night: Night) -> Figure:
    run = night.run
    files, filings, groups, findings = (int(run[name]) for name in ("files", "filings", "groups", "findings"))
    told = f"收到文件 {files} 个、申报 {filings} 项，归并为团组 {groups} 个，发现问题 {findings} 条。"
    counts = [int(run[word]) for word in DISPOSITIONS]
    return Figure("went", "申报去向", "去向", [*DISPOSITIONS.values()], {"申报（项）": counts}, told)


def _to_correct(night: Night) -> Figure:
    rows = night.view("to_correct")
    return Figure(
        "to_correct",
        "最需要修改的单位",
        "单位",
        *_first(rows, "unit", {"findings": "问题（条）", "filings": "退回（项）"}),
        f"{len(rows)} 个单位有待改的问题，共 {int(rows['findings'].sum())} 条，{int(rows['filings'].sum())} 项申报因此退回。",
    )


def _new(night: Night) -> Figure:
    before, changed, groups = night.view("night_before"), night.view("change"), night.view("group_change")
    things = {
        title: changed.loc[changed["what"].eq(what), "change"] for what, title in CHANGED.items() if what != "value"
    }
    rows = {"团组": groups["change"]} | things
    counted = {
        title: [int(own.isin(kinds).sum()) for own in rows.values()]
        for title, kinds in (
            (CHANGES["new"], ["new"]), (CHANGES["changed"], ["changed", "moved"]), (CHANGES["gone"], ["gone"])
        )
    }  # fmt: skip
    since = (
        f"与 {before['started_at'].iloc[0]:%Y-%m-%d %H:%M} 一夜相比"
        if len(before)
        else "本年度第一夜，没有可比较的上一夜"
    )
    new, moved, changes, gone = (int(groups["change"].eq(kind).sum()) for kind in ("new", "moved", "changed", "gone"))
    told = f"新增 {new} 个，变化 {moved + changes} 个（去向变了 {moved} 个，只有内容变了 {changes} 个），消失 {gone} 个"
    return Figure(
        "new",
        "新的变化",
        "什么",
        [*rows],
        counted,
        f"{since}{f'：团组{told}' if len(before) else ''}。",
        drawn=len(counted),
    )


def _waiting(night: Night) -> Figure:
    waits = night.view("waiting")
    at_most = pd.cut(waits["days"], [-1, *(days for days, _ in _AGES if days is not None), 10**6], labels=False)
    counted = {
        word: [int((at_most.eq(place) & waits["what"].eq(what)).sum()) for place in range(len(_AGES))]
        for what, word in WAITS.items()
    }
    longest = f"，最久的已等 {int(waits['days'].max())} 天" if len(waits) else ""
    told = f"等待评审意见 {len(waits)} 条{longest}。"
    ages = [name for _, name in _AGES]
    return Figure("waiting", "等待评审", "已等", ages, counted, told, upright=True, drawn=len(counted))


def _countries(night: Night) -> Figure:
    sums = night.view("plan_sum")
    of_plan = sums["dimension"].eq(DIMENSIONS["country"]) & sums["groups"].gt(0)  # others are last year's
    rows = sums[of_plan].sort_values("people", ascending=False, kind="stable")
    told = f"计划 {len(night.view('plan'))} 个团组，{int(rows['people'].sum()):,} 人，去 {len(rows)} 个国家（地区）。"
    return Figure(
        "countries",
        "人数：国家（地区）",
        "国家（地区）",
        *_first(rows, "word", {"people": "人数", "groups": "团组"}),
        told,
    )


def _months(night: Night) -> Figure:
    rows = night.view("plan_month")
    by_month = rows[rows["month"].notna()].set_index("month")
    named = {
        title: [int(by_month[name].get(month, 0)) for month in range(1, 13)]
        for name, title in (("people", "人数"), ("groups", "团组"))
    }
    undated = int(rows.loc[rows["month"].isna(), "people"].sum())
    most = (
        f"最多的是 {named['人数'].index(max(named['人数'])) + 1} 月，{max(named['人数']):,} 人"
        if any(named["人数"])
        else "没有团组"
    )
    return Figure(
        "months", "人数：出境月份", "月份", [f"{month} 月" for month in range(1, 13)], named,
        f"{most}{f'；未填日期的 {undated} 人' if undated else ''}。", upright=True,
    )  # fmt: skip


def regions(night: Night) -> Figure:
    """The places of the units that organise; of these a map is drawn."""
    rows = night.view("plan_region")
    there = int((rows["region"].isin(TILES) & rows["groups"].gt(0)).sum())
    told = f"按组团单位所在市州，{len(TILES)} 个市州中 {there} 个有团组；省级和不在名录的单位只列在表中。"
    counted = {"人数": rows["people"].astype(int).tolist(), "团组": rows["groups"].astype(int).tolist()}
    return Figure("regions", "人数：市州", "所在市州", rows["region"].tolist(), counted, told)


def _first(rows: pd.DataFrame, name: str, columns: Mapping[str, str]) -> tuple[list[str], dict[str, list[int]]]:
    """The first rows, and the others as one."""
    shown, others = rows.head(_MOST_ROWS), rows.iloc[_MOST_ROWS:]
    names = shown[name].tolist() + ([f"其他 {len(others)} 个"] if len(others) else [])
    counted = {
        title: shown[column].astype(int).tolist() + ([int(others[column].sum())] if len(others) else [])
        for column, title in columns.items()
    }
    return names, counted
