"""Layouts put together at random, the same for the same seed: every kind of disorder with every other."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from tests.layouts.page import Book, Page, Value
from tests.layouts.truth import FILINGS, TAKING_PART, TITLES, UNIT, Filing, Layout
from tests.layouts.usual import COLUMNS, day, taking_part_page

CALLED: dict[str, tuple[str, ...]] = {
    "seq": ("序号", "No.", "项目序号", "序 号"),
    "title": (
        "项目名称",
        "培训项目名称",
        "申报项目名称",
        "团组（项目）名称",
        "出国（境）培训项目名称",
        "培训项目名称（中文）",
    ),
    "organiser": ("组团单位", "主办单位", "组团单位名称", "组团（主办）单位", "组织单位", "牵头单位"),
    "priority_class": ("立项类别", "项目类别", "立项分类", "申报类别", "项目类别（优先/重点/一般）"),
    "training_type": ("培训类型", "培训类别", "培训种类", "培训项目类型"),
    "theme": ("培训领域", "专业领域", "所属领域", "行业领域", "培训专业领域"),
    "cross_region": ("是否双跨", "是否双跨团组", "是否为双跨团组", "双跨团组（是/否）", "是否跨地区跨部门"),
    "country": (
        "国家（地区）",
        "国别",
        "出访国家",
        "拟赴国家（地区）",
        "前往国家",
        "国家/地区",
        "培训国家",
        "派往国别",
    ),
    "institution": (
        "境外培训机构",
        "接待机构",
        "境外接待机构",
        "国外培训机构名称",
        "培训机构",
        "外方接待单位",
        "境外培训机构（中文名称）",
    ),
    "letter_no": ("合作意向书编号", "意向书编号", "意向书号"),
    "content": ("培训内容", "主要培训内容", "培训内容简介", "培训主要内容", "培训内容（课程）"),
    "necessity": (
        "立项必要性（国内无法解决的原因）",
        "立项必要性",
        "必要性",
        "国内无法解决的原因",
        "立项理由",
        "立项必要性及国内无法解决的原因",
    ),
    "headcount": ("申报人数", "人数", "培训人数", "参训人数（人）", "团组人数", "总人数", "拟派人数"),
    "days": ("培训天数", "天数", "在外天数", "境外培训天数（天）", "在外停留天数", "培训时长（天）"),
    "start_date": ("拟出境日期", "出境日期", "出境时间", "出发日期", "开始日期", "离境日期", "计划出境时间"),
    "end_date": ("拟入境日期", "入境日期", "入境时间", "返回日期", "结束日期", "回国日期", "计划入境时间"),
    "provincial_cadres": ("省管干部人数", "其中：省管干部人数", "省管干部（人）", "含省管干部"),
    "degree_study": ("是否学历教育", "学历教育", "是否为学历教育", "是否属于学历教育（是/否）"),
    "funding_source": ("经费来源", "资金来源", "经费渠道", "经费来源渠道"),
    "budget": (
        "经费预算（万元）",
        "预算（万元）",
        "经费预算\n（万元）",
        "预算金额（万元）",
        "项目经费（万元）",
        "培训经费预算(万元)",
    ),
    "charges_fees": ("是否向参训人员收费", "是否收费", "是否向学员收费", "是否向参训人员收取费用"),
    "budgeted": (
        "已列入因公出国（境）经费预算",
        "是否列入预算",
        "是否已列入因公出国（境）经费预算",
        "列入预算情况（是/否）",
    ),
    "expert_review": ("专家评审结论", "评审结论", "专家评审意见", "专家评审结果", "专家论证结论"),
    "green_channel": ("绿色通道依据", "绿色通道", "申请绿色通道依据", "绿色通道类别"),
    "otm_no": ("系统项目编号", "管理系统项目编号", "项目编号", "系统编号", "OTM系统编号"),
    "contact": ("联系人", "联系人姓名", "项目联系人", "经办人"),
    "phone": ("联系电话", "联系方式", "电话", "联系人电话", "手机号码"),
    "remarks": ("备注", "备注说明", "说明"),
}
"""What offices call the columns, from forms of several years and provinces."""

OTHERS = (
    "主管部门",
    "外方联系人",
    "预期成果",
    "人员范围",
    "是否申请中央资助",
    "单位性质",
    "上年执行情况",
    "初审意见",
    "团长",
    "城市",
)

WRITTEN: dict[str, tuple[Callable[[Value], Value], ...]] = {
    "headcount": (lambda v: f"{v}人", lambda v: f"约{v}人", lambda v: str(v), lambda v: f"共{v}人", lambda v: f" {v} "),
    "days": (lambda v: f"{v}天", lambda v: f"{v}日", str, lambda v: f"共 {v} 天"),
    "budget": (
        lambda v: f"{v}万元",
        lambda v: f"{v:.2f}",
        lambda v: f"￥{v}",
        lambda v: f"{v * 10000:,.0f}元",
        lambda v: f"约{v}万",
    ),
    "start_date": tuple(
        lambda v, p=p: day(v, p)
        for p in (
            "{y}年{m}月{d}日",
            "{y}.{m}.{d}",
            "{y}{mm}{dd}",
            "{m}月{d}日",
            "{y}/{m}/{d}",
            "{y} 年 {m} 月 {d} 日",
            "{y}-{m}-{d}",
        )
    ),
    "priority_class": (
        lambda v: f"{v[:2]}项目（{v[2:]}）" if v[2:] else "一般项目",
        lambda v: f"{v}类" if v[2:] else v,
        lambda v: f"{v[:2]}项目{v[2:]}",
    ),
    "training_type": (lambda v: v[:-1], lambda v: f"{v}项目", lambda v: f" {v}"),
    "country": (
        lambda v: f"{v}（首都）",
        lambda v: {"荷兰": "Netherlands", "新西兰": "New Zealand", "德国": "Germany", "美国": "USA"}[v],
        lambda v: f"{v[0]} {v[1:]}",
    ),
    "organiser": (
        lambda v: f"{v}（科教处）",
        lambda v: f"{v[:3]} {v[3:]}",
        lambda v: v.replace("成都市科学技术局", "成都市科技局").replace("四川省", "省"),
    ),
    "institution": (
        lambda v: v.replace("鹿特丹三角洲水利学院", "三角洲水利学院"),
        lambda v: f"{v}（境外）",
        lambda v: f"{v[:4]}\u00a0{v[4:]}",
    ),
    "funding_source": (
        lambda v: v.replace("、", "，"),
        lambda v: v.replace("、", "\n"),
        lambda v: v.replace("省级财政", "省财政").replace("、", "+"),
    ),
    "expert_review": (lambda v: {"通过": "已通过", "未评审": "未评"}[v], lambda v: f"{v} "),
    "green_channel": (lambda v: v and f"{v}项目", lambda v: v or "无", lambda v: v or "/"),
    "title": (
        lambda v: v.translate(str.maketrans("水目高工", "⽔⽬⾼⼯")),
        lambda v: f"{v[:6]}\n{v[6:]}",
        lambda v: f"\u200b{v}　",
    ),
    "content": (lambda v: v.translate(str.maketrans("水长方", "⽔⻓⽅")), lambda v: f" {v}\ufeff"),
    "phone": (lambda v: v.replace("-", "－"), lambda v: f" {v}"),
    "provincial_cadres": (lambda v: v and f"{v}人", lambda v: v if v is None else str(v)),
    "seq": (lambda v: f"{v}.", lambda v: "①②③④"[v - 1], lambda v: f"（{v}）", str),
}
"""Ways of writing a value that still mean it."""

FLAGS: tuple[tuple[str, str], ...] = (
    ("是", "否"),
    ("√", "×"),
    ("有", "无"),
    ("Y", "N"),
    ("☑是 □否", "□是 ☑否"),
    ("是√ 否□", "是□ 否√"),
    ("1", "0"),
    ("是。", "否。"),
)
GROUPED = (
    ("组团情况", ("organiser", "cross_region", "headcount", "provincial_cadres")),
    ("拟赴国家（地区）及机构", ("country", "institution", "letter_no")),
    ("培训时间", ("start_date", "end_date", "days")),
    ("经费情况", ("funding_source", "budget", "charges_fees", "budgeted")),
    ("联系方式", ("contact", "phone")),
)


def layouts(seeds: range) -> Iterator[Layout]:
    """One layout a seed."""
    for seed in seeds:
        yield _Mixture(random.Random(seed)).layout(f"混合 {seed}")


class _Mixture:
    """One layout, put together by a generator of random choices."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.kind = chance.choice(["xlsx", "xlsx", "xlsx", "xls", "ods", "csv", "html", "tsv"])
        self.merges = self.kind not in ("csv", "tsv")
        self.totals = 0
        self.taking_part: tuple[tuple[int, str, int | None], ...] = ()
        self.remarks: set[str] = set()

    def layout(self, name: str) -> Layout:
        """The layout and what is true of it."""
        chance = self._chance
        columns = self._columns()
        titles = {column: chance.choice(CALLED[column]) for column in columns if column in CALLED}
        written = self._written(columns)
        filings = [dict(filing) for filing in FILINGS]
        if "provincial_cadres" in columns and self._says_nothing:
            filings = [filing | {"provincial_cadres": filing["provincial_cadres"] or 0} for filing in filings]
        shape = chance.choice(
            [self._one_sheet, self._one_sheet, self._two_rows, self._sheet_each, self._rest_in_next_sheet, self._card]
        )
        if self.kind in ("csv", "tsv"):
            shape = chance.choice([self._one_sheet, self._two_rows])
        pages = shape(columns, titles, written, filings)
        if (
            self.kind not in ("csv", "tsv")
            and chance.random() < 0.5
            and "seq" in columns
            and not self.taking_part
            and shape != self._card
        ):
            self.taking_part = TAKING_PART
            pages.append(self._participants())
        absent = frozenset(set(COLUMNS) - set(columns) - ({"start_date", "end_date"} if "period" in columns else set()))
        missing = {
            column for column in absent if column not in ("letter_no", "provincial_cadres", "green_channel", "remarks")
        }
        if missing:
            self.remarks.add("column_missing")
        encoding = chance.choice(["utf-8-sig", "gb18030", "utf-8"]) if self.kind in ("csv", "html") else "utf-16"
        return Layout(
            f"{name} {self.kind} {shape.__name__}",
            Book(pages, self.kind, encoding),
            filings=[{n: v for n, v in filing.items() if n not in absent} for filing in filings],
            taking_part=self.taking_part,
            absent=absent,
            totals=self.totals,
            remarks=frozenset(self.remarks),
        )

    def _columns(self) -> list[str]:
        chance = self._chance
        columns = list(COLUMNS)
        if chance.random() < 0.4:
            rest = columns[2:]
            chance.shuffle(rest)
            columns = columns[:2] + rest
        for column in ("letter_no", "provincial_cadres", "green_channel", "remarks", "phone", "theme", "seq"):
            if chance.random() < 0.08:
                columns.remove(column)
        if chance.random() < 0.25:
            place = columns.index("start_date")
            columns[place] = "period"
            columns.remove("end_date")
        for other in chance.sample(OTHERS, chance.choice([0, 0, 1, 2])):
            columns.insert(chance.randrange(2, len(columns)), other)
        return columns

    def _written(self, columns: list[str]) -> dict[str, Callable[[Value], Value]]:
        chance = self._chance
        written: dict[str, Callable[[Value], Value]] = {}
        for column, ways in WRITTEN.items():
            if chance.random() < 0.35:
                written[column] = chance.choice(ways)
        if "start_date" in written:
            written["end_date"] = written["start_date"]
        yes, no = chance.choice(FLAGS)
        for column in ("cross_region", "degree_study", "charges_fees", "budgeted"):
            written[column] = lambda v: yes if v else no
        self._says_nothing = chance.random() < 0.3
        if self._says_nothing:
            written["provincial_cadres"] = lambda v: v or "无"
        pattern = chance.choice(
            [
                "{a.year}.{a.month}.{a.day}-{b.month}.{b.day}",
                "{a.year}年{a.month}月{a.day}日至{b.year}年{b.month}月{b.day}日",
                "{a.month}月{a.day}日—{b.month}月{b.day}日",
                "{a.year}-{a.month:02}-{a.day:02}~{b.year}-{b.month:02}-{b.day:02}",
            ]
        )
        written["period"] = lambda filing: pattern.format(a=filing["start_date"], b=filing["end_date"])  # type: ignore[index]
        return written

    def _cells(self, filing: Filing, columns: list[str], written: dict[str, Callable[[Value], Value]]) -> list[Value]:
        cells: list[Value] = []
        for column in columns:
            if column == "period":
                cells.append(written["period"](filing))
            elif column not in filing:
                cells.append(self._chance.choice([None, "省政府", "报告一份", "是", "John Smith"]))
            elif column in written and (filing[column] is not None or column in ("green_channel", "provincial_cadres")):
                cells.append(written[column](filing[column]))
            else:
                value = filing[column]
                cells.append({True: "是", False: "否"}[value] if isinstance(value, bool) else value)
        return cells

    def _title(self, column: str, titles: dict[str, str]) -> str:
        title = "培训起止时间" if column == "period" else titles.get(column, column)
        odd = self._chance.random()
        if odd < 0.1:
            return f"*{title}"
        if odd < 0.18 and len(title) > 3 and self.kind != "tsv":
            return f"{title[:2]}\n{title[2:]}"
        return f"{title[:1]} {title[1:]}" if odd < 0.22 and len(title) < 5 else title

    def _head(self, page: Page, width: int, left: int = 0) -> int:
        """What stands above a table; gives the row of its header."""
        chance = self._chance
        row = chance.choice([1, 1, 1, 2, 4])
        if chance.random() < 0.8:
            page.span(
                row,
                left,
                f"{chance.choice(['2020年', '', '四川省'])}因公出国（境）培训项目申报{chance.choice(['表', '汇总表', '计划表'])}",
                columns=width if self.merges else 1,
            )
            row += 1
        if chance.random() < 0.3:
            page.put(row, left, "说明：1.本表由组团单位填写；2.日期填写到日；3.人数含领队。")
            row += 1
        label = chance.choice(["填报单位", "申报单位", "报送单位", "填报单位（盖章）"])
        if chance.random() < 0.75:
            page.put(row, left, f"{label}：{chance.choice([UNIT, '省水利厅', '四川水利厅'])}")
            if chance.random() < 0.5:
                page.put(row, left + width - 2, f"填报日期：{date(2019, 11, 20)}")
        else:
            page.put(row, left, label).put(row, left + 1, UNIT)
        return row + 1 + chance.choice([0, 0, 1])

    def _tail(self, page: Page, row: int, left: int, columns: list[str], part: list[Filing]) -> None:
        """What stands below a table."""
        chance = self._chance
        if chance.random() < 0.4:
            page.put(row, left + chance.choice([0, 1]), chance.choice(["合计", "合　计", "总计", "合计："]))
            for column in ("headcount", "budget"):
                if column in columns and columns.index(column) > 1:
                    page.put(row, left + columns.index(column), sum(filing[column] for filing in part))  # type: ignore[misc]
                    self.totals += 1
            row += 1
        row += chance.choice([0, 1, 2])
        for text, at in chance.sample(
            [
                ("填表人：赵老师", 0),
                ("审核人：钱老师", 4),
                ("注：以上项目均经党组会研究同意。", 0),
                ("联系电话：028-55500000", 8),
                ("（盖章）", 10),
            ],
            chance.choice([0, 1, 2, 3]),
        ):
            page.put(row, left + at, text)
            row += chance.choice([0, 1])
        if chance.random() < 0.2:
            page.put(row + 1, left + len(columns) - 2, "2019年11月20日")

    def _rows(self, page: Page, row: int, left: int, columns: list[str], written: dict, filings: list[Filing]) -> int:
        chance = self._chance
        ditto = chance.random() < 0.15
        for number, filing in enumerate(filings):
            if chance.random() < 0.15:
                page.put(
                    row, left, chance.choice(["一、省级部门", "（二）事业单位", "【市州】", "二、一般项目（2项）"])
                )
                row += 1
            if chance.random() < 0.1:
                row += 1
            cells = self._cells(filing, columns, written)
            if ditto and number and "degree_study" in columns:
                cells[columns.index("degree_study")] = "同上"
            page.put(row, left, *cells)
            row += 1
        return row

    def _one_sheet(self, columns: list[str], titles: dict, written: dict, filings: list[Filing]) -> list[Page]:
        chance, page = self._chance, Page(self._chance.choice(["项目申报", "Sheet1", "2020年", "申报汇总"]))
        left = chance.choice([0, 0, 0, 1, 3]) if self.kind not in ("csv", "tsv") else 0
        row = self._head(page, len(columns), left)
        head = [self._title(column, titles) for column in columns]
        page.put(row, left, *head)
        row += 1
        if chance.random() < 0.15:
            page.put(row, left, *range(1, len(columns) + 1))
            row += 1
        again = chance.choice([0, 0, 0, 2])
        if again:
            row = self._rows(page, row, left, columns, written, filings[:again])
            page.put(row, left, *head)
            row += 1
        row = self._rows(page, row, left, columns, written, filings[again:])
        self._list(page, columns, left, row)
        self._tail(page, row, left, columns, filings)
        return [page]

    def _list(self, page: Page, columns: list[str], left: int, end: int) -> None:
        """A last column that lists who takes part."""
        if self._chance.random() > 0.2 or "seq" not in columns:
            return
        column = left + len(columns)
        header = next(
            row for row in range(1, end) if sum((row, c) in page.cells for c in range(left, column)) > len(columns) - 3
        )
        first = next(
            row
            for row in range(header + 1, end)
            if any("山洪" in str(page.cells.get((row, c))) for c in range(left, column))
        )
        page.put(header, column, self._chance.choice(["参团单位", "参团单位及人数", "参加单位及人数"]))
        page.put(
            first,
            column,
            self._chance.choice(
                [
                    "绵阳市水利局4人、宜宾市水利局3人",
                    "绵阳水利局（4人），宜宾水利局（3人）",
                    "绵阳市水利局4人；宜宾市水利局3人。",
                ]
            ),
        )
        self.taking_part = TAKING_PART

    def _two_rows(self, columns: list[str], titles: dict, written: dict, filings: list[Filing]) -> list[Page]:
        page = Page("项目申报")
        used = [(group, [c for c in parts if c in columns]) for group, parts in GROUPED]
        used = [(group, parts) for group, parts in used if len(parts) >= 2]
        grouped = {column for _, parts in used for column in parts}
        order = [column for column in columns if column not in grouped]
        row = self._head(page, len(columns))
        at = 0
        for column in order:
            page.span(row, at, self._title(column, titles), rows=2 if self.merges else 1)
            at += 1
        for group, parts in used:
            page.span(row, at, group, columns=len(parts) if self.merges else 1)
            for column in parts:
                page.put(row + 1, at, self._title(column, titles))
                at += 1
            order += parts
        end = self._rows(page, row + 2, 0, order, written, filings)
        self._tail(page, end, 0, order, filings)
        return [page]

    def _sheet_each(self, columns: list[str], titles: dict, written: dict, filings: list[Filing]) -> list[Page]:
        pages = []
        for filing in filings:
            page = Page(f"项目{filing['seq']}")
            row = self._head(page, len(columns))
            page.put(row, 0, *[self._title(column, titles) for column in columns])
            self._tail(page, self._rows(page, row + 1, 0, columns, written, [filing]), 0, columns, [filing])
            pages.append(page)
        return pages

    def _rest_in_next_sheet(self, columns: list[str], titles: dict, written: dict, filings: list[Filing]) -> list[Page]:
        first, second = Page("表一"), Page("表二")
        row = self._head(first, len(columns))
        first.put(row, 0, *[self._title(column, titles) for column in columns])
        self._rows(first, row + 1, 0, columns, written, filings[:2])
        self._rows(second, 1, 0, columns, written, filings[2:])
        return [first, second]

    def _card(self, columns: list[str], titles: dict, written: dict, filings: list[Filing]) -> list[Page]:
        chance, pages = self._chance, []
        pairs = chance.choice([1, 2, 2, 3])
        for filing in filings:
            page = Page(f"申报表{filing['seq']}")
            page.put(1, 0, "因公出国（境）培训项目申报表").put(2, 0, f"填报单位：{UNIT}")
            ours = [column for column in columns if column in TITLES or column == "period"]
            cells = self._cells(filing, ours, written)
            row, place = 3, 0
            for column, value in zip(ours, cells, strict=True):
                page.put(row, place * 2, self._title(column, titles))
                page.put(row, place * 2 + 1, value)
                place += 1
                if place == pairs or column in ("title", "content", "necessity"):
                    row, place = row + 1, 0
            page.put(row + 2, 0, "单位意见：同意").put(row + 3, 1, "（公章）")
            pages.append(page)
        return pages

    def _participants(self) -> Page:
        chance = self._chance
        page = taking_part_page(
            (
                chance.choice(["序号", "项目序号", "所属项目序号"]),
                chance.choice(["参团单位", "参团单位名称", "参加单位"]),
                chance.choice(["所在市州", "市（州）"]),
                chance.choice(["所属系统", "系统"]),
                chance.choice(["参团人数", "人数", "派出人数（人）"]),
                chance.choice(["已列入因公出国（境）经费预算", "是否列入预算"]),
            ),
            chance.choice(["参团单位", "Sheet3", "附表"]),
        )
        if chance.random() < 0.5:
            page = replace(page, cells={(row + 2, column): value for (row, column), value in page.cells.items()})
            page.put(1, 0, "参团单位情况表")
        return page
