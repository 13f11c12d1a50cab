"""``全省计划.xlsx``: the consolidated provincial plan, as the views give it."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from flows.publish.look import OFFICE, WHOLE, Book, Table, new_book
from schemas.columns import FILING, Column, by_name
from schemas.notice import Notice
from schemas.words import DISPOSITIONS

_AS_FILED = by_name(FILING)


def _same(name: str, width: float, title: str | None = None) -> Column:
    """A column of the submission as the plan shows it."""
    filed = _AS_FILED[name]
    return Column(name, title or filed.title, filed.kind, filed.doc, width=width)


PLAN: tuple[Column, ...] = (
    Column("seq", "序号", "whole", "计划中的顺序", width=5),
    Column("group_id", "团组编号", "text", "同一团组每夜不变", width=16),
    _same("title", 26),
    _same("organiser", 16),
    _same("priority_class", 7),
    _same("training_type", 10),
    _same("theme", 9),
    _same("cross_region", 6),
    _same("country", 9),
    _same("institution", 20),
    _same("headcount", 6, "人数"),
    _same("days", 6, "天数"),
    _same("start_date", 11),
    _same("end_date", 11),
    _same("funding_source", 11),
    _same("budget", 13),
    Column("participant_units", "参团单位", "text", "参加团组的单位", width=24),
    Column("source_files", "来源文件", "text", "申报该团组的文件", width=26),
)
"""One row of 计划总表."""

SHARE: tuple[Column, ...] = (
    Column("dimension", "统计口径", "text", "按什么统计", width=16),
    Column("word", "项目", "text", "其中", width=34),
    Column("groups", "团组数", "whole", "团组（个）", width=10),
    Column("share", "团组占比", "number", "占全部团组", width=10),
    Column("people", "人数", "whole", "人", width=10),
    Column("people_share", "人数占比", "number", "占全部人数", width=10),
    Column("budget", "经费预算（万元）", "number", "万元", width=16),
)
"""One row of 统计."""

UNIT_SHARE: tuple[Column, ...] = (
    Column("clause", "条款", "text", "通知条款", width=9),
    Column("what", "口径", "text", "统计什么", width=19),
    Column("unit", "单位（系统）", "text", "组团单位，或所属系统", width=30),
    Column("groups", "申报团组", "whole", "申报的团组（个）", width=10),
    Column("such", "其中该类", "whole", "其中属于该口径的", width=10),
    Column("share", "申报占比", "number", "占申报团组", width=10),
    Column("planned", "纳入计划", "whole", "纳入计划的团组（个）", width=10),
    Column("planned_such", "计划中该类", "whole", "其中属于该口径的", width=10),
    Column("planned_share", "计划占比", "number", "占纳入计划的团组", width=10),
    Column("last_groups", "上年", "whole", "上年项目数；执行率为批复人数", width=10),
    Column("last_such", "上年该类", "whole", "其中属于该口径的；执行率为执行人数", width=10),
    Column("last_share", "上年占比", "number", "上年占比；执行率", width=10),
)
"""One row of 分单位占比."""

PARTICIPANTS: tuple[Column, ...] = (
    Column("seq", "序号", "whole", "计划总表中的序号", width=6),
    Column("group_id", "团组编号", "text", "团组编号", width=16),
    _same("title", 34),
    _same("organiser", 22),
    Column("participant", "参团单位", "text", "参加团组的单位", width=26),
    Column("region", "所在市州", "text", "所在市（州）", width=14),
    Column("system", "所属系统", "text", "所属系统", width=9),
    Column("participants", "参团人数", "whole", "人", width=9),
    Column("budgeted", "已列入经费预算", "flag", "该单位是否已列入预算", width=9),
)
"""One row of 参团单位."""

NOT_IN_PLAN: tuple[Column, ...] = (
    Column("went", "去向", "choice", "项目的去向", width=9),
    Column("because", "原因", "text", "决定去向的问题", width=44),
    Column("unit", "填报单位", "text", "填报单位", width=18),
    _same("title", 28),
    _same("organiser", 18),
    _same("priority_class", 8),
    _same("country", 9),
    _same("headcount", 6, "人数"),
    _same("budget", 11),
    Column("file", "文件", "text", "来源文件", width=24),
    Column("sheet", "工作表", "text", "工作表", width=10),
    Column("row", "行", "whole", "行号", width=6),
)
"""One row of 未纳入项目."""

_PRELIMINARY = "本表为预审汇总：正式通知下发前不作审批（通知四（六）1），以正式批复为准。"


def write_plan(path: Path, view: Callable[[str], pd.DataFrame], notice: Notice) -> None:
    """Write the plan of the current night to ``path``."""
    night = view("current_run").iloc[0]
    plan, outside = view("plan"), view("not_in_plan")
    title = f"{notice.title}（预审）"
    made = night["started_at"].to_pydatetime()
    of_night = f"编制单位：{OFFICE}　　汇总日期：{made:%Y 年 %m 月 %d 日}　　批次：{night['run_id']}"
    total = f"共 {len(plan)} 个团组，{_whole(plan['headcount'])} 人，经费预算 {plan['budget'].sum():,.2f} 万元。"
    with new_book(path, title, "因公出国（境）培训项目计划预审汇总", made, many_rows=True) as book:
        book.write(
            Table(
                "计划总表",
                f"{title}总表",
                PLAN,
                plan,
                remarks=(of_night, f"{total}{_PRELIMINARY}"),
                most_lines={"title": 8, "participant_units": WHOLE, "source_files": WHOLE},
                frozen=3,
                nothing="本夜没有纳入计划的团组。",
                colour="#1F4E79",
            )
        )
        _shares(book, view("plan_share"), title, of_night, total)
        _unit_shares(book, view("unit_share"), title, of_night)
        participants = Table(
            "参团单位",
            f"{title}参团单位",
            PARTICIPANTS,
            view("plan_participant"),
            (of_night,),
            nothing="没有参团单位。",
        )
        book.write(participants)
        _outside(book, outside, title, of_night)


def _shares(book: Book, shares: pd.DataFrame, title: str, of_night: str, total: str) -> None:
    repeated = shares["dimension"].eq(shares["dimension"].shift())
    book.write(
        Table(
            "统计",
            f"{title}统计",
            SHARE,
            shares,
            (of_night, f"{total}占比按纳入计划的团组计算。"),
            marks={"dimension": pd.Series("faint", index=shares.index).where(repeated)},
            shares=("share", "people_share"),
            nothing="本夜没有纳入计划的团组。",
        )
    )


def _unit_shares(book: Book, shares: pd.DataFrame, title: str, of_night: str) -> None:
    repeated = shares["what"].eq(shares["what"].shift())
    told = (
        "通知一（二）、一（三）、一（五）看的是比例：各单位牵头申报的团组和其中纳入计划的，与上年相比；归并的申报只算一个团组。"
        "“上年执行率”一项，上年为批复人数，上年该类为执行人数。没有上年数的留空。"
    )
    book.write(
        Table(
            "分单位占比",
            f"{title}分单位占比",
            UNIT_SHARE,
            shares,
            (of_night, told),
            marks={name: pd.Series("faint", index=shares.index).where(repeated) for name in ("clause", "what")},
            shares=("share", "planned_share", "last_share"),
            frozen=3,
            nothing="本夜没有团组。",
        )
    )


def _outside(book: Book, outside: pd.DataFrame, title: str, of_night: str) -> None:
    went = outside["disposition"].map(DISPOSITIONS)
    marks = {"went": outside["disposition"].map({"held": "hold", "returned": "return"}).fillna("prohibit")}
    counts = "，".join(f"{word} {number} 项" for word, number in went.value_counts().items())
    remarks = (of_night, f"未纳入计划的申报项目共 {len(outside)} 项{'：' + counts if counts else ''}。")
    frame = outside.assign(went=went)
    book.write(
        Table("未纳入项目", f"{title}未纳入项目", NOT_IN_PLAN, frame, remarks, marks=marks, most_lines={"title": 6})
    )


def _whole(numbers: pd.Series) -> str:
    return f"{int(numbers.sum()):,}"
