"""The fixed words of the contract: what is stored, and what an official reads for it."""

SEVERITIES = {
    "prohibit": "不予受理",
    "return": "退回修改",
    "hold": "待核",
    "advise": "提示",
}
"""Severity of a finding, the gravest first."""
GRAVITY = {severity: place for place, severity in enumerate(SEVERITIES)}
"""Severity → its place in this order, the gravest 0."""

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
    "deferred": "留待下夜",
    "duplicate": "重复文件",
    "superseded": "已有新版",
    "skipped": "未处理",
}
"""What became of a path found below ``inputs/<year>/``.

``deferred``: changed while the night was at it, or not to be had in time, through no fault of its own;
``duplicate``: the same bytes as another file, counted there; ``superseded``: every filing in it has a newer version;
``skipped``: not a submission (lock files, hidden files, links).
"""

UNREAD = ("unreadable", "failed", "deferred")
"""The statuses of files of which nothing was read though they were to be."""

PAIR_OUTCOMES = {"offered": "待判定", "merged": "已自动合并", "kept_apart": "不合并"}
"""What was done with two filings found alike; what waits for a reviewer first."""

FINDING_STATUSES = {"open": "待处理", "accepted": "已同意", "returned": "已退回", "excluded": "已剔除"}
"""Where a finding stands after the reviewers' decisions."""

REMINDS = "只作提醒"
"""What is said instead of 待处理 of an open 提示, on which nobody has to decide."""


def finding_state(severity: str, status: str) -> str:
    """Where a finding stands, in a word."""
    return REMINDS if (severity, status) == ("advise", "open") else FINDING_STATUSES[status]


FINDING_VERDICTS = ("同意", "退回", "剔除")
PAIR_VERDICTS = ("合并", "不合并")

LEVELS = ("省级", "市级", "县级")
"""层级 in 单位名录."""
NATURES = ("行政机关", "党委组织部", "事业单位", "高等院校", "国有企业", "学会", "协会", "基金会", "培训中心", "其他")
"""单位性质 in 单位名录."""
REGIONS = (
    "省级",
    *(
        "成都市",
        "自贡市",
        "攀枝花市",
        "泸州市",
        "德阳市",
        "绵阳市",
        "广元市",
        "遂宁市",
        "内江市",
        "乐山市",
        "南充市",
        "眉山市",
    ),
    *(
        "宜宾市",
        "广安市",
        "达州市",
        "雅安市",
        "巴中市",
        "资阳市",
        "阿坝藏族羌族自治州",
        "甘孜藏族自治州",
        "凉山彝族自治州",
    ),
)
"""所在市州 in 单位名录; the first is that of provincial units."""

QUOTA_SCOPES = {"province": "全省", "region": "市州", "class": "类别", "unit": "单位"}
"""范围 in 指标控制数: what a number of people holds for."""

CHANGES = {"new": "新增", "changed": "变化", "gone": "消失"}
"""How a thing is otherwise than the night before."""
CHANGED = {
    "file": "文件",
    "filing": "申报项目",
    "value": "填报值",
    "finding": "问题",
    "pair": "疑似重复",
    "decision": "处理意见",
}
"""What may be otherwise, in the order in which it is told."""

DIMENSIONS = {
    "region": "所在市州",
    "system": "所属系统",
    "priority_class": "立项类别",
    "training_type": "培训类型",
    "country": "国家（地区）",
    "hot": "热点",
    "belt_road": "一带一路",
    "funding_source": "经费来源",
    "month": "出境月份",
    "theme": "培训领域",
    "cross_region": "是否双跨",
    "level": "单位层级",
}
"""What the groups of the plan are counted by, in the order in which it is told."""
SHARES = {
    "class": "{class}项目",
    "long_term": "中长期项目",
    "hot": "赴热点国家（地区）",
    "system": "所属系统",
    "execution": "上年执行率",
}
"""The shares that the notice asks for by unit, in the order in which they are told; ``{class}`` is a kind of 立项类别."""
SHARE_CLAUSES = {
    "class": "一（二）",
    "long_term": "一（二）",
    "hot": "一（三）",
    "system": "一（三）",
    "execution": "一（五）",
}
"""The clause of the notice that asks for each share."""

LABELS = {
    "total": "合计",
    "all_units": "全省",
    "unknown_unit": "（单位未识别）",
    "blank": "未填",
    "unlisted": "不在名录",
    "blank_or_unlisted": "未填或不在名录",
}
"""What stands where there is no name to show."""

VOCABULARIES: dict[str, dict[str, str]] = {
    "severity": SEVERITIES,
    "disposition": DISPOSITIONS,
    "file_status": FILE_STATUSES,
    "finding_status": FINDING_STATUSES,
    "pair_outcome": PAIR_OUTCOMES,
    "level": {level: level for level in LEVELS},
    "region": {region: region for region in REGIONS},
    "dimension": DIMENSIONS,
    "hot": {"true": "热点国家（地区）", "false": "非热点国家（地区）"},
    "belt_road": {"true": "“一带一路”沿线", "false": "其他"},
    "cross_region": {"true": "双跨", "false": "非双跨"},
    "share": SHARES,
    "share_clause": SHARE_CLAUSES,
    "quota_scope": QUOTA_SCOPES,
    "label": LABELS,
}
"""Vocabulary → code → word, in their order: what the warehouse's views say things with and put them in order by."""

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
    "several_values": "several values where one is asked for; detail: the values joined by 、",
    "no_cached_value": "a formula whose result was not saved; value: the formula",
    "error_value": "an error such as #REF! in place of a value",
    "title_guessed": "an unknown title matched to a near one; cell: the title; value: it as filed; detail: the title meant",
    "header_unclear": "other rows are nearly as good a header; cell: the first title; value: the rows taken; detail: the others and what"
    " they would take otherwise",
    "title_twice": "a second column claims the same field; cell: its title; value: it as filed; detail: the A1 cell of the first",
    "column_missing": "a required column was not found; cell: the first title of the table; value: none",
    "struck_out": "a row whose every cell is struck through; cell: the project's name; value: it as filed; detail: the row",
    "hidden_copy": "a hidden sheet lists a project again that a visible one has; value: its name; detail: both places",
    "hidden_sheet": "a hidden sheet with filings that no visible one has; cell: the first title of its table; detail: its name",
    "picture": "a cell that holds only a picture",
    "withdrawn": "the newer version no longer lists the project; detail: the newer file",
}
"""What reading may want said besides values (see ``schemas.tables.Remarks``). A cell that was filled and could not be
read needs no remark: its ``_filed`` is there and its value is missing."""

GONE = ("withdrawn", "struck_out", "hidden_copy")
"""Kinds of remark about filings that no longer count, which are told all the same."""
