"""``全省计划.xlsx``: the consolidated provincial plan, as the views give it."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from flows.cache import NOTHING_KEPT, Cache
from flows.publish.night import Night, View, as_the_view_is
from flows.publish.remarks import remarks
from flows.publish.workbook import WHOLE, Table, new_book
from schemas.notice import Notice
from schemas.sheets import PLAN, Sheet
from schemas.words import DISPOSITIONS

_PRELIMINARY = "本表为预审汇总：正式通知下发前不作审批（通知四（六）1），以正式批复为准。"


def write_plan(
    path: Path, view: View, notice: Notice, sheets: Sequence[Sheet] = PLAN, cache: Cache = NOTHING_KEPT
) -> None:
    """Write the plan of the current night to ``path``; rows that ``cache`` knows are not made again."""
    night = Night(view, f"{notice.title}（预审）", "汇总日期")
    with new_book(
        path, night.title, "因公出国（境）培训项目计划预审汇总", night.made, many_rows=True, cache=cache
    ) as book:
        for sheet in sheets:
            book.write(_TABLES.get(sheet.view, as_the_view_is)(sheet, night))


def _groups(sheet: Sheet, night: Night) -> Table:
    plan = night.view(sheet.view)
    return night.table(
        sheet,
        plan.assign(remarks=plan["group_id"].map(remarks(night))),
        f"{_total(night)}{_PRELIMINARY}",
        title="总表",
        most_lines={"title": 8, "participant_units": WHOLE, "source_files": WHOLE, "remarks": WHOLE},
        frozen=3,
        colour="#1F4E79",
        together="priority_class",
    )


def _shares(sheet: Sheet, night: Night) -> Table:
    shares = night.view(sheet.view)
    repeated = shares["dimension"].eq(shares["dimension"].shift())
    return night.table(
        sheet,
        shares,
        f"{_total(night)}占比按纳入计划的团组计算。",
        marks={"dimension": _faint(repeated)},
        shares=("share", "people_share"),
    )


def _unit_shares(sheet: Sheet, night: Night) -> Table:
    shares = night.view(sheet.view)
    repeated = shares["what"].eq(shares["what"].shift())
    told = (
        "通知一（二）、一（三）、一（五）看的是比例：各单位牵头申报的团组和其中纳入计划的，与上年相比；归并的申报只算一个团组。"
        "“上年执行率”一项，上年为批复人数，上年该类为执行人数。没有上年数的留空。"
    )
    return night.table(
        sheet,
        shares,
        told,
        marks=dict.fromkeys(("clause", "what"), _faint(repeated)),
        shares=("share", "planned_share", "last_share"),
        frozen=3,
    )


def _not_in_plan(sheet: Sheet, night: Night) -> Table:
    outside = night.view(sheet.view)
    went = outside["disposition"].map(DISPOSITIONS)
    marks = {"went": outside["disposition"].map({"held": "hold", "returned": "return"}).fillna("prohibit")}
    counts = "，".join(f"{word} {number} 项" for word, number in went.value_counts().items())
    told = f"未纳入计划的申报项目共 {len(outside)} 项{'：' + counts if counts else ''}。"
    return night.table(sheet, outside.assign(went=went), told, marks=marks, most_lines={"title": 6}, together="unit")


_TABLES: Mapping[str, Callable[[Sheet, Night], Table]] = {
    "plan": _groups,
    "plan_share": _shares,
    "unit_share": _unit_shares,
    "not_in_plan": _not_in_plan,
}
"""View → what makes the table of it; a sheet whose view is not named here shows the view as it is."""


def _total(night: Night) -> str:
    plan = night.view("plan")
    return f"共 {len(plan)} 个团组，{int(plan['headcount'].sum()):,} 人，经费预算 {plan['budget'].sum():,.2f} 万元。"


def _faint(repeated: pd.Series) -> pd.Series:
    """Marks the words that repeat the row above."""
    return pd.Series("faint", index=repeated.index).where(repeated)
