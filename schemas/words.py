"""The fixed words of the contract: what is stored, and what an official reads for it."""

SEVERITIES = {
    "prohibit": "不予受理",
    "return": "退回修改",
    "hold": "待核",
    "advise": "提示",
}
"""Severity of a finding, the gravest first."""

DISPOSITIONS = {
    "included": "纳入计划",
    "merged": "并入团组",
    "held": "待核",
    "returned": "退回修改",
    "prohibited": "不予受理",
    "excluded": "评审剔除",
    "superseded": "已被替代",
}
"""Where a filing ended up this night; each filing has exactly one."""

FILE_STATUSES = {
    "read": "已读取",
    "empty": "未发现申报项目",
    "unreadable": "无法读取",
    "failed": "程序出错",
    "duplicate": "重复文件",
    "superseded": "已有新版",
    "skipped": "未处理",
}
"""What became of a path found below ``inputs/<year>/``.

``duplicate``: the same bytes as another file, counted there; ``superseded``: every filing in it has a newer version;
``skipped``: not a submission (lock files, hidden files, links).
"""

PAIR_OUTCOMES = {"merged": "已自动合并", "offered": "待判定", "kept_apart": "不合并"}
"""What was done with two filings found alike."""

FINDING_STATUSES = {"open": "待处理", "accepted": "已同意", "returned": "已退回", "excluded": "已剔除"}
"""Where a finding stands after the reviewers' decisions."""

FINDING_VERDICTS = ("同意", "退回", "剔除")
PAIR_VERDICTS = ("合并", "不合并")

LEVELS = ("省级", "市级", "县级")
"""层级 in 单位名录."""
NATURES = ("行政机关", "党委组织部", "事业单位", "高等院校", "国有企业", "学会", "协会", "基金会", "培训中心", "其他")
"""单位性质 in 单位名录."""

NO_CELL = -1
"""The cell code of a value that stands in no cell."""

PRECEDENCE = (
    ("excluded", "excluded"),
    ("prohibit", "prohibited"),
    ("return", "returned"),
    ("returned", "returned"),
    ("hold", "held"),
    ("advise", "included"),
    ("accepted", "included"),
)
"""What a finding means for its filing → the filing's disposition, the gravest first. A finding that is open means its
severity; one that a reviewer decided means its status. A filing without findings is included."""

REMARK_KINDS = {
    "ambiguous": "a value with two readings; detail: the readings joined by 、",
    "no_cached_value": "a formula whose result was not saved; value: the formula",
    "error_value": "an error such as #REF! in place of a value",
    "title_guessed": "an unknown title matched to a near one; cell: the title; value: it as filed; detail: the title meant",
    "title_twice": "a second column claims the same field; cell: its title; value: it as filed; detail: the A1 cell of the first",
    "column_missing": "a required column was not found; cell: the first title of the table; value: none",
    "withdrawn": "the newer version no longer lists the project; detail: the newer file",
}
"""What reading may want said besides values (see ``schemas.tables.Remarks``). A cell that was filled and could not be
read needs no remark: its ``_filed`` is there and its value is missing."""
