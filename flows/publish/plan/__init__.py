"""``全省计划.xlsx``: the consolidated provincial plan, as the views give it."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import pandas as pd

from flows.cache import NOTHING_KEPT, UNLIKE, Alike, Cache
from flows.publish.night import Night, View, as_the_view_is
from flows.publish.plan.printed import write_printed
from flows.publish.plan.sums import Sums
from flows.publish.plan.total import PRELIMINARY, total
from flows.publish.remarks import remarks
from flows.publish.workbook import WHOLE, Book, Table, new_book
from flows.settings import Paper
from schemas.notice import Notice
from schemas.sheets import CHARTS, PLAN, PRINTED, SUMS, Sheet
from schemas.words import DISPOSITIONS

_LINE = (
    "各控制数分别计算：按计划总表的次序逐个团组累计人数，累计超过控制数的团组和它后面的，都列在线下，后面人数较少的也不递补；"
    "一个团组适用几个控制数的，都没有超过才列在线上。改动参考表“指标控制数.xlsx”，下一夜按新数划线。"
)


def write_plan(
    path: Path,
    view: View,
    notice: Notice,
    sheets: Sequence[Sheet] = PLAN,
    cache: Cache = NOTHING_KEPT,
    paper: Paper = "A4",
    alike: Alike = UNLIKE,
) -> None:
    """Write the plan of the current night to ``path``, the sheet to print for that ``paper``; rows that ``cache`` knows are not made
    again, nor sheets that nights ``alike`` have made."""
    night = Night(view, f"{notice.title}（预审）", "汇总日期", quiet=True, alike=alike)
    with new_book(
        path,
        night.title,
        "因公出国（境）培训项目计划预审汇总",
        night.made,
        many_rows=True,
        cache=cache,
        foot=night.batch,
    ) as book:
        write: dict[str, Callable[[Book, Sheet, Night], None]] = {
            PRINTED.name: partial(write_printed, paper=paper),
            SUMS.name: (sums := Sums()).write,
            CHARTS.name: sums.draw,
        }
        for sheet in sheets:
            if sheet.name in write:
                write[sheet.name](book, sheet, night)
            else:
                night.write(book, sheet, partial(_TABLES.get(sheet.view, as_the_view_is), sheet, night))


def _groups(sheet: Sheet, night: Night) -> Table:
    groups = night.view(sheet.view)
    below = groups["beyond"].notna()
    return night.table(
        sheet,
        groups.assign(remarks=groups["group_id"].map(remarks(night)), ranked_by=_a_reason_a_line(groups["ranked_by"])),
        f"{total(night)}{PRELIMINARY}",
        marks=dict.fromkeys(("seq", "beyond"), pd.Series("hold", index=groups.index).where(below))
        if below.any()
        else {},
        title="总表",
        most_lines={"title": 8, "participant_units": WHOLE, "source_files": WHOLE, "remarks": WHOLE},
        frozen=3,
        colour="#1F4E79",
        together="priority_class",
    )


def _a_reason_a_line(told: pd.Series) -> pd.Series:
    """Why each group stands where it does: its class and points, then what it gets them for, a line each."""
    points_first = told.str.replace(r"^([^。]*)。(.*)；(得分 [^；]*)$", r"\1，\3；\2", regex=True)
    return points_first.str.replace("；", "\n", regex=False)


def _quotas(sheet: Sheet, night: Night) -> Table:
    numbers = night.view(sheet.view)
    problems = night.view("register_problem")["workbook"].eq("指标控制数.xlsx").sum()
    unused = f"另有 {problems} 处有疑问，见异常清单“名录问题”。" if problems else ""
    return night.table(sheet, numbers, f"{_LINE}{unused}", marks={"left_over": _low(numbers["left_over"])}, frozen=2)


def _low(left: pd.Series) -> pd.Series:
    return pd.Series("advise", index=left.index).where(left.gt(0))


def _unit_shares(sheet: Sheet, night: Night) -> Table:
    shares = night.view(sheet.view)
    repeated = shares["what"].eq(shares["what"].shift())
    limits = night.view("current_notice_limit").set_index("name")["value"]
    told = (
        "通知一（二）、一（三）、一（五）看的是比例：各单位牵头申报的团组和其中纳入计划的，与上年相比；归并的申报只算一个团组。"
        "“上年执行率”一项，上年为批复人数，上年该类为执行人数。没有上年数的留空。"
        f"团组少于 {limits['share_groups']:.0f} 个的单位，占比说明不了什么，不列；执行率过低的都列。"
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


def _let_in(sheet: Sheet, night: Night) -> Table:
    """What was let in by exception; who let something in without a name or a reason is asked for it."""
    rows = night.view(sheet.view)
    lacking = rows[["reviewer", "note"]].isna()
    told = int(lacking.any(axis=1).sum())
    return night.table(
        sheet,
        rows.assign(reviewer=rows["reviewer"].fillna("（未署名）"), note=rows["note"].fillna("（未写理由）")),
        *([f"有 {told} 处没有写放行人或理由，请在异常清单“问题清单”的同一行补上。"] if told else []),
        marks={name: pd.Series("hold", index=rows.index).where(lacking[name]) for name in lacking},
    )


_TABLES: Mapping[str, Callable[[Sheet, Night], Table]] = {
    "plan": _groups,
    "quota_use": _quotas,
    "unit_share": _unit_shares,
    "not_in_plan": _not_in_plan,
    "plan_exception": _let_in,
}
"""View → what makes the table of it; a sheet whose view is not named here shows the view as it is."""


def _faint(repeated: pd.Series) -> pd.Series:
    """Marks the words that repeat the row above."""
    return pd.Series("faint", index=repeated.index).where(repeated)
