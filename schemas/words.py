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

NO_CELL = -1
"""The cell code of a value that stands in no cell."""
