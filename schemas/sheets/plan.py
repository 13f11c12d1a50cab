"""The sheets of ``全省计划.xlsx``, the consolidated provincial plan."""

from schemas.columns import Column
from schemas.sheets.sheet import Sheet

_GROUP = Column("group_id", "团组编号", "text", "同一团组每夜不变", width=16)


def _title(width: float) -> Column:
    return Column("title", "项目名称", "text", "培训项目的完整名称", width=width)


def _organiser(width: float) -> Column:
    return Column("organiser", "组团单位", "unit", "单位名录中的单位", width=width)


def _class(width: float) -> Column:
    return Column("priority_class", "立项类别", "choice", "通知所列类别，或一般", width=width)


_COUNTRY = Column("country", "国家（地区）", "country", "前往的国家（地区）", width=9)
_HEADCOUNT = Column("headcount", "人数", "whole", "全团人数（人）", width=6)


def _budget(width: float) -> Column:
    return Column("budget", "经费预算（万元）", "number", "全团经费预算（万元）", width=width)


GROUPS = Sheet(
    "计划总表",
    "一行一个纳入计划的团组",
    "plan",
    (
        Column("seq", "序号", "whole", "计划中的顺序", width=5),
        _GROUP,
        _title(26),
        _organiser(16),
        _class(7),
        Column("training_type", "培训类型", "choice", "培训类型", width=10),
        Column("theme", "培训领域", "text", "培训领域", width=9),
        Column("cross_region", "是否双跨", "flag", "是否跨地区、跨部门组团", width=6),
        _COUNTRY,
        Column("institution", "境外培训机构", "institution", "接待培训的境外机构", width=20),
        _HEADCOUNT,
        Column("days", "天数", "whole", "境外培训天数（天）", width=6),
        Column("start_date", "拟出境日期", "date", "拟出境日期", width=11),
        Column("end_date", "拟入境日期", "date", "拟入境日期", width=11),
        Column("funding_source", "经费来源", "choices", "经费来源", width=11),
        _budget(13),
        Column("participant_units", "参团单位", "text", "参加团组的单位", width=24),
        Column("source_files", "来源文件", "text", "申报该团组的文件", width=26),
        Column("remarks", "备注", "text", "例外放行的条款、理由、评审人和日期，以及提示", width=40),
        Column("ranked_by", "排序依据", "text", "为什么排在这里：类别，得分和依据的条款", width=52),
        Column(
            "beyond",
            "指标控制",
            "text",
            "超出哪个指标控制数（列在线下）；空白的在线上",
            width=18,
        ),
    ),
    made=("remarks",),
    nothing="本夜没有纳入计划的团组。",
)

QUOTAS = Sheet(
    "指标控制数",
    "一行一个指标控制数",
    "quota_use",
    (
        Column("scope", "范围", "choice", "全省、市州、类别或单位", width=9),
        Column("name", "名称", "text", "市（州）、类别或单位", width=30),
        Column("people", "控制数", "whole", "至多多少人", width=10),
        Column("groups", "团组", "whole", "计划中适用这个控制数的团组（个）", width=10),
        Column("filed", "人数", "whole", "它们的人数", width=10),
        Column("above_groups", "线上团组", "whole", "其中列在线上的（个）", width=10),
        Column("above", "线上人数", "whole", "其中列在线上的（人）", width=10),
        Column("left_over", "余数", "whole", "控制数减线上人数（人）", width=10),
        Column("below_groups", "线下团组", "whole", "其中列在线下的（个），也可能是因为别的控制数", width=10),
        Column("below", "线下人数", "whole", "其中列在线下的（人）", width=10),
    ),
    nothing="没有指标控制数。需要划线的，请在 inputs/reference 放入“指标控制数.xlsx”，栏目为范围（全省、市州、类别、单位）、名称、人数。",
)

PRINTED = Sheet(
    "计划打印",
    "一行一个纳入计划的团组，供打印，线上的在前",
    "plan",
    (
        Column("seq", "序号", "whole", "计划总表中的序号", width=5),
        _title(24),
        _organiser(18),
        _class(9),
        Column("training_type", "培训类型", "choice", "培训类型", width=10),
        Column("country", "国家（地区）", "country", "前往的国家（地区）", width=9),
        Column("institution", "境外培训机构", "institution", "接待培训的境外机构", width=18),
        _HEADCOUNT,
        Column("days", "天数", "whole", "境外培训天数（天）", width=6),
        Column("start_date", "拟出境日期", "date", "拟出境日期", width=11.5),
        Column("funding_source", "经费来源", "choices", "经费来源", width=10),
        Column("budget", "万元", "number", "全团经费预算（万元）", width=9),
    ),
    nothing="本夜没有纳入计划的团组。",
)

SUMS = Sheet(
    "汇总",
    "一行是一个统计口径中的一项；立项类别另有小计，每个口径有合计",
    "plan_sum",
    (
        Column("dimension", "统计口径", "text", "按什么汇总", width=12),
        Column("word", "项目", "text", "其中", width=28),
        Column("groups", "团组", "whole", "计划中的团组（个）", width=7),
        Column("people", "人数", "whole", "人", width=8),
        Column("people_share", "人数占比", "number", "占合计人数", width=9),
        Column("person_days", "人天", "whole", "人数乘天数", width=10),
        Column("budget", "万元", "number", "经费预算（万元）", width=12),
        Column("last_groups", "上年项目", "whole", "上年批复的项目（个）；空白的，上年项目表没有这一栏", width=9),
        Column("last_approved", "上年批复", "whole", "上年批复的人数", width=9),
        Column("last_executed", "上年执行", "whole", "上年执行的人数", width=9),
        Column("executed_share", "执行率", "number", "上年执行人数占批复人数", width=9),
        Column("difference", "比上年", "whole", "本年人数比上年批复人数多（负数为少）", width=8),
    ),
    made=("people_share", "executed_share", "difference"),
    nothing="本夜没有纳入计划的团组。",
)

CHARTS = Sheet(
    "图表",
    "一行一类立项类别，其下是图",
    "plan_sum",
    (
        Column("kind", "类别", "text", "优先、重点、一般", width=10),
        Column("groups", "团组", "whole", "计划中的团组（个）", width=10),
        Column("people", "人数", "whole", "人", width=10),
        Column("people_share", "人数占比", "number", "占合计人数", width=10),
    ),
    made=("people_share",),
    nothing="本夜没有纳入计划的团组。",
)

UNIT_SHARES = Sheet(
    "分单位占比",
    "一行是一个单位（系统）在一个口径上的占比",
    "unit_share",
    (
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
    ),
    nothing="本夜没有团组。",
)

PARTICIPANTS = Sheet(
    "参团单位",
    "一行一个参加计划中团组的单位",
    "plan_participant",
    (
        Column("seq", "序号", "whole", "计划总表中的序号", width=6),
        _GROUP,
        _title(34),
        _organiser(22),
        Column("participant", "参团单位", "text", "参加团组的单位", width=26),
        Column("region", "所在市州", "text", "所在市（州）", width=14),
        Column("system", "所属系统", "text", "所属系统", width=9),
        Column("participants", "参团人数", "whole", "人", width=9),
        Column("budgeted", "已列入经费预算", "flag", "该单位是否已列入预算", width=9),
    ),
    nothing="没有参团单位。",
)

NOT_IN_PLAN = Sheet(
    "未纳入项目",
    "一行一个未纳入计划的申报项目",
    "not_in_plan",
    (
        Column("went", "去向", "choice", "项目的去向", width=9),
        Column("because", "原因", "text", "决定去向的问题", width=44),
        Column("unit", "填报单位", "text", "填报单位", width=18),
        _title(28),
        _organiser(18),
        _class(8),
        _COUNTRY,
        _HEADCOUNT,
        _budget(11),
        Column("file", "文件", "text", "来源文件", width=24),
        Column("sheet", "工作表", "text", "工作表", width=10),
        Column("row", "行", "whole", "行号", width=6),
    ),
    made=("went",),
)

EXCEPTIONS_LET_IN = Sheet(
    "例外放行",
    "一行一处经评审人同意放行的问题，所属团组在计划中",
    "plan_exception",
    (
        Column("seq", "序号", "whole", "计划总表中的序号", width=6),
        _GROUP,
        _title(30),
        _organiser(20),
        Column("clause", "条款", "text", "通知的条款", width=10),
        Column("level", "级别", "choice", "放行前的后果", width=10),
        Column("message", "问题", "text", "什么不符合", width=44),
        Column("note", "放行理由", "text", "评审人写的理由或说明", width=26),
        Column("reviewer", "放行人", "text", "谁同意放行", width=10),
        Column("decided_on", "放行日期", "date", "所在的表保存的日期", width=11),
    ),
    nothing="计划中没有例外放行的团组。",
)

PLAN = (GROUPS, PRINTED, EXCEPTIONS_LET_IN, QUOTAS, SUMS, CHARTS, UNIT_SHARES, PARTICIPANTS, NOT_IN_PLAN)
"""The sheets in their order."""
