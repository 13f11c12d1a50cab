"""The sheets of ``异常清单.xlsx``, in which reviewers read what is wrong and write what to do."""

from schemas.columns import Column, Kind
from schemas.sheets.sheet import Sheet
from schemas.words import DISPOSITIONS

ID = "编号"
"""The title of the column by which a row is known, in every sheet."""
VERDICT, NOTE, REVIEWER, TO_UNIT = "处理意见", "处理说明", "处理人", "给单位的话"
"""The titles of the columns in which reviewers write."""

_ENTRIES = (
    Column("verdict", VERDICT, "choice", "从列表中选择", width=9),
    Column("note", NOTE, "text", "理由或说明，只供内部", width=16),
    Column("reviewer", REVIEWER, "text", "谁作的处理", width=8),
)
_ENTRY_NAMES = tuple(column.name for column in _ENTRIES)
_SAID_TO_UNIT = Column("to_unit", TO_UNIT, "text", "写进退回单位的修改意见", width=16)
_ENTRIES_OF_FINDING = (*_ENTRIES, _SAID_TO_UNIT)
_ENTRY_NAMES_OF_FINDING = (*_ENTRY_NAMES, _SAID_TO_UNIT.name)
_STORY = Column("story", "说明页", "choice", "点击可打开说明页：来源、各申报并列、为什么、处理意见", width=6)
_EARLIER = Column("earlier", "此前意见", "text", "已失效的处理意见", width=13)

TODO = Sheet(
    "待办",
    "按项目成块：先是项目的情况，然后一行一个等待处理的问题；疑似重复的两项并列",
    "to_decide",
    (
        Column("severity", "级别", "choice", "后果；疑似重复是相比较的栏目", width=8.5),
        Column("clause", "条款", "text", "通知的条款，点击可打开申报表的该单元格", width=8.5),
        Column("message", "问题", "text", "什么不符合；疑似重复是甲", width=34),
        Column("value", "填报值", "text", "原样；疑似重复是乙", width=20),
        Column("effect", "选“同意”后", "text", "放行以后项目到哪里；退回、剔除的都不纳入", width=18),
        Column("verdict", VERDICT, "choice", "从列表中选择", width=9),
        Column("note", NOTE, "text", "理由或说明，只供内部", width=14),
        Column("reviewer", REVIEWER, "text", "谁作的处理", width=7.5),
        Column("to_unit", TO_UNIT, "text", "写进退回单位的修改意见", width=14),
        Column("id", ID, "text", "问题或疑似重复的编号", width=9),
    ),
    made=("effect",),
    identity="id",
    entries=_ENTRY_NAMES_OF_FINDING,
    decides="either",
    nothing="没有等待处理的问题。",
)

FINDINGS = Sheet(
    "问题清单",
    "一行一个问题",
    "open_finding",
    (
        Column("title", "项目名称", "text", "项目名称", width=19),
        *_ENTRIES_OF_FINDING,
        Column("severity", "级别", "choice", "后果", width=9),
        Column("clause", "条款", "text", "通知的条款", width=9),
        Column("message", "问题", "text", "什么不符合", width=27),
        Column("advice", "修改建议", "text", "怎样改", width=20),
        Column("value", "填报值", "text", "原样", width=14),
        Column("unit", "单位", "text", "填报单位", width=14),
        Column("file", "文件", "text", "相对于 inputs 的路径", width=16),
        Column("sheet", "工作表", "text", "工作表", width=9),
        Column("cell", "单元格", "text", "点击可打开申报表的该单元格", width=7),
        _STORY,
        Column("column", "栏目", "text", "栏目", width=10),
        Column("first_seen", "首次出现", "date", "自何时起未解决", width=11),
        Column("state", "状态", "choice", "待处理、已处理", width=8),
        _EARLIER,
        Column("finding_id", ID, "text", "同一问题每夜不变", width=9),
    ),
    made=("story", "state", "earlier"),
    identity="finding_id",
    entries=_ENTRY_NAMES_OF_FINDING,
    decides="finding",
    nothing="没有发现问题。",
)

SIDES = {"l": "甲", "r": "乙"}
"""How the columns of the two filings of a pair end, in code and on paper."""


def _both(name: str, title: str, kind: Kind, width: float) -> tuple[Column, ...]:
    return tuple(Column(f"{name}_{side}", f"{title}{word}", kind, title, width=width) for side, word in SIDES.items())


_NAMES = _both("title", "项目名称", "text", 18)
_VALUES = (
    *_both("organiser", "组团单位", "text", 13),
    *_both("country", "国家（地区）", "text", 9),
    *_both("institution", "境外培训机构", "text", 14),
    *_both("headcount", "人数", "whole", 5.5),
    *_both("days", "天数", "whole", 5.5),
    *_both("start_date", "拟出境日期", "date", 11),
    *_both("otm_no", "系统项目编号", "text", 12),
)
SIDE_BY_SIDE = tuple(dict.fromkeys(column.name.rpartition("_")[0] for column in (*_NAMES, *_VALUES)))
"""What is shown of both filings of a pair, so that a reader sees where they differ."""

DUPLICATES = Sheet(
    "疑似重复",
    "一行一对疑似描述同一团组的申报项目，甲乙并列",
    "possible_duplicate",
    (
        *_NAMES,  # they stay in sight beside the verdict, and are printed on every page
        *_ENTRIES,
        Column("state", "现状", "choice", "待判定、已自动合并", width=9),
        Column("match_probability", "相似度", "number", "是同一团组的概率", width=8),
        Column("match_weight", "分值", "number", "越高越像同一团组", width=7),
        Column("reasons", "主要理由", "text", "相同和不同之处", width=26),
        _STORY,
        *_both("file", "文件", "text", 15),
        *_both("row", "行", "whole", 5),
        *_VALUES,
        _EARLIER,
        Column("pair_id", ID, "text", "同一对项目每夜不变", width=9),
    ),
    made=("story", "state", "earlier"),
    identity="pair_id",
    entries=_ENTRY_NAMES,
    decides="pair",
    nothing="没有疑似重复的项目。",
)

_READ = Column("filings", "申报项目数", "whole", "读到的项目", width=9)
_WENT = tuple(Column(word, title, "whole", f"去向为{title}的项目", width=9) for word, title in DISPOSITIONS.items())
_EVEN = (
    Column("sum", "去向合计", "whole", "各去向之和", width=9),
    Column("even", "是否相符", "choice", "申报项目数与去向合计", width=9),
)

FILES = Sheet(
    "文件清单",
    "一行一个发现的文件",
    "file_account",
    (
        Column("path", "文件", "text", "相对于 inputs 的路径", width=44),
        Column("opens", "打开", "choice", "点击可打开该文件", width=6),
        Column("unit", "单位", "text", "填报单位", width=24),
        Column("status", "状态", "choice", "读到没有", width=14),
        Column("reason", "原因", "text", "没有读取或不计的原因", width=40),
        _READ,
        *_WENT,
    ),
    made=("opens",),
    nothing="没有发现文件。",
)

RECONCILED = Sheet(
    "对账",
    "一行一个文件，最后是合计",
    "reconciliation",
    (Column("path", "文件", "text", "相对于 inputs 的路径", width=52), _READ, *_WENT, *_EVEN),
    made=("sum",),
)

RECONCILED_UNITS = Sheet(
    "分单位对账",
    "一行一个填报单位，最后是合计",
    "reconciliation_by_unit",
    (
        Column("unit", "单位", "text", "填报单位", width=40),
        Column("files", "文件数", "whole", "有申报项目的文件", width=8),
        _READ,
        *_WENT,
        *_EVEN,
    ),
    made=("sum",),
)

REGISTERS = Sheet(
    "名录问题",
    "一行一处参考表（单位名录等）的问题",
    "register_problem",
    (
        Column("workbook", "工作簿", "text", "哪一份参考表", width=16),
        Column("sheet", "工作表", "text", "工作表", width=12),
        Column("cell", "单元格", "text", "点击可打开参考表的该单元格", width=9),
        Column("column", "栏目", "text", "栏目", width=14),
        Column("value", "值", "text", "原样", width=22),
        Column("message", "问题", "text", "什么不对", width=46),
        Column("effect", "影响", "text", "依据它的核对怎样处理", width=26),
        Column("advice", "怎么改", "text", "怎样更正", width=34),
    ),
    nothing="参考表（单位名录等）没有发现问题。",
)

DECIDED = Sheet(
    "已处理",
    "一行一条处理意见",
    "decision_state",
    (
        Column("title", "项目名称", "text", "项目名称", width=18),
        Column("verdict", VERDICT, "choice", "作出的处理意见", width=9),
        Column("note", NOTE, "text", "理由或说明", width=20),
        Column("reviewer", REVIEWER, "text", "谁作的处理", width=9),
        Column("to_unit", TO_UNIT, "text", "写给单位的话", width=16),
        Column("kind", "类别", "choice", "关于什么", width=9),
        Column("decided_on", "处理时间", "text", "所在的表保存的时间", width=12),
        Column("state", "是否有效", "choice", "今夜是否仍起作用", width=9),
        Column("why", "无效原因", "text", "为什么不起作用", width=24),
        Column("value", "针对的填报值", "text", "作出意见时的填报值", width=20),
        Column("value_now", "现填报值", "text", "最近一夜的填报值", width=14),
        Column("clause", "条款", "text", "通知的条款", width=9),
        Column("unit", "单位", "text", "填报单位", width=14),
        Column("file", "文件", "text", "相对于 inputs 的路径", width=16),
        Column("matter", "问题", "text", "关于哪个问题或哪一对项目", width=28),
        Column("origin", "填写处", "text", "在哪个表的哪一行填写", width=16),
        Column("read_in", "读取之夜", "text", "哪一夜读到", width=10),
        Column("about", ID, "text", "问题或疑似重复的编号", width=9),
    ),
    made=("decided_on", "state", "why", "matter", "origin"),
    identity="about",
    tells=("state", "read_in"),
    nothing="还没有处理意见。",
)

CHANGES = Sheet(
    "本夜变化",
    "一行是与所比之夜相比的一处变化",
    "change",
    (
        Column("change", "变化", "choice", "新增、变化、消失", width=7),
        Column("what", "类别", "choice", "什么", width=10),
        Column("unit", "单位", "text", "填报单位", width=18),
        Column("file", "文件", "text", "相对于 inputs 的路径", width=24),
        Column("place", "位置", "text", "行或单元格", width=10),
        Column("title", "项目名称", "text", "项目名称", width=26),
        Column("before", "此前", "text", "所比之夜的样子", width=38),
        Column("now", "本夜", "text", "本夜的样子", width=38),
        Column("id", "所指编号", "text", "项目、问题、疑似重复或处理意见的编号", width=12),
    ),
    made=("place",),
    nothing="没有变化。",
)

EXCEPTIONS = (TODO, FINDINGS, DUPLICATES, REGISTERS, FILES, RECONCILED, RECONCILED_UNITS, DECIDED, CHANGES)
"""The sheets with tables in their order; before them stands the page 说明."""
