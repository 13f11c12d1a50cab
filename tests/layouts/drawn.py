"""Layouts drawn at random from independent choices, one a seed: order, groups, merges, titles, sections, offsets, notes.

Unlike the rest of the collection nobody looks at these one by one: what is measured is the share of files without a wrong
cell over many seeds. The titles are those of :mod:`tests.layouts.drawn_words`.
"""

import random
import statistics
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tests.layouts.drawn_words import (
    AREAS,
    CALLED,
    COUNTRIES,
    FLAGS,
    FOREIGN,
    GROUPS,
    KINDS,
    NAMES,
    NOTES,
    PERIODS,
    SECTIONS,
    STRANGE_GROUPS,
    TOTALS,
    UNITS,
)
from tests.layouts.page import Book, Page, Value
from tests.layouts.truth import TEMPLATE, Filing, Layout
from tests.layouts.usual import day

COLUMNS = tuple(column.name for column in TEMPLATE)
OPTIONAL = ("provincial_cadres", "green_channel", "remarks", "letter_no", "theme", "phone", "seq", "contact")
"""Columns that a form may lack."""

SAME_AS_ABOVE = ("organiser", "country", "institution", "funding_source", "contact", "phone")
"""Columns in which 同上 may stand."""

DAYS = (
    "{y}-{mm}-{dd}", "{y}/{m}/{d}", "{y}年{m}月{d}日", "{y}.{m}.{d}", "{y}{mm}{dd}", "{y} 年 {mm} 月 {dd} 日", "{y}-{mm}-{dd} 00:00:00",
    "{m}月{d}日",
)  # fmt: skip
DITTO = ("同上", "〃", "同 上")
MERGING = {"xlsx", "xls", "ods", "html"}
"""Kinds of file that keep merged cells."""


def layouts(seeds: Iterable[int]) -> Iterator[Layout]:
    """One layout a seed."""
    for seed in seeds:
        yield _Drawn(random.Random(f"layout {seed}")).layout(f"抽取 {seed}")


@dataclass
class _Head:
    """A header as drawn: its rows by column from the left, None where a cell is empty, and the merged areas within it."""

    rows: list[list[Value]]
    merged: list[tuple[int, int, int, int]]


class _Drawn:
    """One layout, drawn by ``chance``."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.kind = chance.choice(("xlsx",) * 5 + ("xls", "xls", "ods", "csv", "tsv", "html"))
        self.totals = 0

    def layout(self, name: str) -> Layout:
        """The layout and what is true of it."""
        chance = self._chance
        columns = self._order()
        filings = self._filings(chance.choice((1, 2, 2, 3, 3, 4, 5, 7)))
        page = Page(chance.choice(("项目申报", "Sheet1", "汇总表", "2020年计划", "申报表（报省厅）", "附件2")))
        written = self._written()
        table = columns + ([] if chance.random() < 0.5 else [None] * 0)
        row, left, unit = self._above(page, len(table))
        head = self._header(columns)
        if chance.random() < 0.05:
            page.put(
                row - 1, left + len(columns) - 1, chance.choice(("单位：万元", "（单位：人、万元）", "密级：内部"))
            )
        row = self._put_head(page, row, left, head, merge=True)
        row = self._below_head(page, row, left, columns)
        filings = self._body(page, row, left, columns, filings, written, head)
        pages = [page]
        if chance.random() < 0.2 and self.kind in ("xlsx", "xls", "ods"):
            notes = Page("填表说明").put(1, 0, "填表说明").put(2, 0, "1.项目名称应与系统一致。")
            pages.insert(chance.randrange(2), notes)
        there = {part for column in columns for part in ({"period": ("start_date", "end_date")}.get(column, (column,)))}
        absent = frozenset(set(COLUMNS) - there)
        return Layout(
            f"{name} {self.kind}",
            Book(pages, self.kind, chance.choice(("utf-8-sig", "gb18030")) if self.kind != "tsv" else "utf-16"),
            filings=[{n: v for n, v in filing.items() if n not in absent} for filing in filings],
            unit=unit,
            absent=absent,
        )

    # ── what is filed ──

    def _filings(self, number: int) -> list[Filing]:
        chance = self._chance
        areas = chance.sample(AREAS, number)
        seq = chance.choice((1, 1, 1, 5))
        return [self._filing(seq + place, area) for place, area in enumerate(areas)]

    def _filing(self, seq: int, area: str) -> Filing:
        chance = self._chance
        start = date(2020, 2, 10) + timedelta(days=chance.randrange(260))
        days = chance.choice((14, 18, 21, 25, 90, 120))
        unit, country = chance.choice(UNITS), chance.choice(COUNTRIES)
        headcount = chance.randrange(5, 25)
        return {
            "seq": seq,
            "title": area + chance.choice(("技术培训", "专题研修", "高级研修", "管理能力提升培训", "骨干人才培养")),
            "organiser": unit,
            "priority_class": chance.choice(("优先1", "优先2", "优先4", "重点1", "重点3", "重点5", "一般")),
            "training_type": chance.choice(KINDS),
            "theme": area[:4],
            "cross_region": chance.random() < 0.3,
            "country": country,
            "institution": country + chance.choice(("应用科学大学", "继续教育学院", "国际合作培训中心", "研究所")),
            "letter_no": f"YX2020-{chance.randrange(10_000):04}",
            "content": f"系统学习{area}的规划、标准与运行管理，安排课程讲授和现场实训。",
            "necessity": f"国内{area}起步较晚，缺少成熟的课程体系和实训条件。",
            "headcount": headcount,
            "days": days,
            "start_date": start,
            "end_date": start + timedelta(days=days - 1),
            "provincial_cadres": chance.choice((0, 0, 1, 3)),
            "degree_study": chance.random() < 0.2,
            "funding_source": chance.choice(("单位自筹", "市县财政", "省级财政", "企业自筹", "省级财政、单位自筹")),
            "budget": round(headcount * chance.choice((3.3, 4.25, 5.0, 6.18)), 2),
            "charges_fees": chance.random() < 0.2,
            "budgeted": chance.random() < 0.8,
            "expert_review": chance.choice(("通过", "通过", "未评审", "未通过")),
            "green_channel": chance.choice((None, None, None, "科研开发", "政府间协议")),
            "otm_no": f"OTM2020{chance.randrange(10**6):06}",
            "contact": chance.choice(NAMES),
            "phone": f"028-8{chance.randrange(10**7):07}",
            "remarks": chance.choice((None, None, "首次申报", "与往年项目衔接")),
        }  # fmt: skip

    def _order(self) -> list[str]:
        """The columns from the left: the form's order, another, or groups in another order; foreign ones among them."""
        chance = self._chance
        columns = list(COLUMNS)
        for name in OPTIONAL:
            if chance.random() < 0.1:
                columns.remove(name)
        if chance.random() < 0.15:
            columns[columns.index("start_date")] = "period"
            columns.remove("end_date")
        keys = [name for name in ("seq", "title") if name in columns]
        rest = [name for name in columns if name not in keys]
        how = chance.choice(("form", "form", "mixed", "blocks"))
        if how == "mixed":
            chance.shuffle(rest)
        elif how == "blocks":
            cut = sorted(chance.sample(range(1, len(rest)), 4))
            blocks = [rest[a:b] for a, b in zip((0, *cut), (*cut, len(rest)), strict=True)]
            chance.shuffle(blocks)
            rest = [name for block in blocks for name in block]
        for name in chance.sample(FOREIGN, chance.choice((0, 0, 1, 2, 4))):
            rest.insert(chance.randrange(len(rest) + 1), name)
        return [*keys, *rest] if chance.random() < 0.85 else [*rest[:1], *keys, *rest[1:]]

    # ── how values are written ──

    def _written(self) -> dict[str, Callable[[Value], Value]]:
        chance = self._chance
        written: dict[str, Callable[[Value], Value]] = {}
        yes, no = chance.choice(FLAGS)
        for name in ("cross_region", "degree_study", "charges_fees", "budgeted"):
            written[name] = lambda v: yes if v else no
        pattern = chance.choice((None, None, *DAYS))
        for name in ("start_date", "end_date"):
            # A day without a year is one of the plan year's: those beyond it are written out.
            written[name] = lambda v: v if pattern is None else day(v, pattern if v.year == 2020 else DAYS[0])
        between = chance.choice(PERIODS)
        written["period"] = lambda filing: between.format(a=filing["start_date"], b=filing["end_date"])
        if chance.random() < 0.3:
            written |= {"headcount": lambda v: f"{v}人", "days": lambda v: f"{v}天", "budget": lambda v: f"{v}万元"}
        if chance.random() < 0.2:
            written["priority_class"] = lambda v: f"{v}类" if v[2:] else "一般项目"
        if chance.random() < 0.2:
            written["training_type"] = lambda v: v.removesuffix("类")
        if chance.random() < 0.3:
            nothing = chance.choice(("无", "/", "—"))
            written["green_channel"] = lambda v: v or nothing
        return written

    def _cells(self, filing: Filing, columns: list[str], written: dict[str, Callable[[Value], Value]]) -> list[Value]:
        cells: list[Value] = []
        for name in columns:
            if name in FOREIGN:
                cells.append(self._chance.choice((None, "无", "同意", "—", "张某", "已落实")))
            elif name == "period":
                cells.append(written[name](filing))
            else:
                value = filing[name]
                shown = written[name](value) if name in written else value
                cells.append({True: "是", False: "否"}[shown] if isinstance(shown, bool) else shown)
        return cells

    # ── the header ──

    def _title(self, name: str) -> str:
        chance = self._chance
        title = name if name in FOREIGN else chance.choice(CALLED[name])
        odd = chance.random()
        if odd < 0.06:
            return f"*{title}" if chance.random() < 0.5 else f"{title}*"
        if odd < 0.12 and len(title) > 3:
            return f"{title[: len(title) // 2]}\n{title[len(title) // 2 :]}"
        if odd < 0.16:
            return f"{title}\n（必填）"
        if odd < 0.2:
            return f" {title} "
        return f"{title[0]} {title[1]}" if odd < 0.3 and len(title) == 2 else title

    def _header(self, columns: list[str]) -> _Head:
        titles = [self._title(name) for name in columns]
        if self._chance.random() < 0.4:
            return _Head([titles], [])
        spans = self._spans(columns)
        rows: list[list[Value]] = [[None] * len(columns), [None] * len(columns)]
        merged = []
        alone_below = self._chance.random() < 0.12
        merging = self._chance.random() < 0.75
        for first, last, group in spans:
            if group is None:
                rows[int(alone_below)][first] = titles[first]
                if merging and not alone_below:
                    merged.append((0, first, 1, first))
                continue
            rows[0][first] = group
            rows[1][first : last + 1] = titles[first : last + 1]
            if last > first and merging:
                merged.append((0, first, 0, last))
        if self._chance.random() < 0.12:
            return self._third(rows, merged, spans, merging=merging)
        return _Head(rows, merged)

    def _third(
        self, rows: list[list[Value]], merged: list, spans: list[tuple[int, int, str | None]], *, merging: bool
    ) -> _Head:
        """A third row over the two: what stands over several groups."""
        top: list[Value] = [None] * len(rows[0])
        merged = [(a + 1, b, c + 1, d) for a, b, c, d in merged]
        place = 0
        while place < len(spans):
            first, _, group = spans[place]
            if group is None:
                if merging and (1, first, 2, first) in merged:
                    merged.remove((1, first, 2, first))
                    merged.append((0, first, 2, first))
                    top[first], rows[0][first] = rows[0][first], None
                place += 1
                continue
            end = place
            while end + 1 < len(spans) and spans[end + 1][2] is not None and end - place < 2:
                end += 1
            top[first] = self._chance.choice(("一、申报内容", "项目申报信息", "二、组织实施", "其他信息", "第二部分"))
            if merging:
                merged.append((0, first, 0, spans[end][1]))
            place = end + 1
        return _Head([top, *rows], merged)

    def _spans(self, columns: list[str]) -> list[tuple[int, int, str | None]]:
        """Groups of neighbouring columns with their titles, and columns of their own with none."""
        chance, spans, place = self._chance, [], 0
        sensible = chance.random() < 0.5
        meant = {name: group for group, names in GROUPS.items() for name in names}
        while place < len(columns):
            last, group = place, None
            if sensible:
                group = meant.get(columns[place])
                while group and last + 1 < len(columns) and meant.get(columns[last + 1]) == group:
                    last += 1
                if last == place and chance.random() < 0.7:
                    group = None
            elif chance.random() < 0.75:
                last = min(len(columns) - 1, place + chance.randrange(1, 5))
                group = chance.choice(STRANGE_GROUPS)
            spans.append((place, last, group))
            place = last + 1
        return spans

    def _put_head(self, page: Page, row: int, left: int, head: _Head, *, merge: bool) -> int:
        for number, titles in enumerate(head.rows):
            page.put(row + number, left, *titles)
        if merge and self.kind in MERGING:
            page.merged += [(row + a, left + b, row + c, left + d) for a, b, c, d in head.merged]
        return row + len(head.rows)

    # ── around the table ──

    def _above(self, page: Page, width: int) -> tuple[int, int, str | None]:
        """What stands above; gives the row and the first column of the header, and the unit that files."""
        chance = self._chance
        left = chance.choice((0, 0, 0, 1, 2)) if self.kind != "tsv" else 0
        row = chance.choice((1, 1, 2))
        if chance.random() < 0.3:
            page.put(row, left, chance.choice(("附件1", "附件2：", "附表3")))
            row += 1
        title = chance.choice(
            ("2020年度因公出国（境）培训项目申报汇总表", "因公出国（境）培训计划申报表", "2020年出国培训项目表")
        )
        spanned = self.kind in MERGING and chance.random() < 0.6
        page.span(row, left, title, columns=width if spanned else 1)
        row += 1 + chance.choice((0, 0, 1))
        unit = chance.choice(UNITS)
        label = chance.choice(("填报单位", "申报单位", "报送单位（盖章）", "单位名称"))
        how = chance.choice(("inline", "inline", "beside", "with date"))
        if how == "beside":
            page.put(row, left, label).put(row, left + 2, unit)
        else:
            page.put(row, left, f"{label}：{unit}" + ("        单位：万元、人、天" if chance.random() < 0.2 else ""))
            if how == "with date":
                page.put(row, left + width - 2, "填报日期：2019年11月20日")
        row += 1
        if chance.random() < 0.25:
            page.put(row, left, chance.choice(NOTES))
            row += 1
        return row + chance.choice((0, 0, 0, 1)), left, unit

    def _below_head(self, page: Page, row: int, left: int, columns: list[str]) -> int:
        chance = self._chance
        if chance.random() < 0.12:
            page.put(row, left, *range(1, len(columns) + 1))
            row += 1
        if chance.random() < 0.06:
            page.put(row, left, *["必填"] * len(columns))
            row += 1
        return row

    def _body(
        self,
        page: Page,
        row: int,
        left: int,
        columns: list[str],
        filings: list[Filing],
        written: dict[str, Callable[[Value], Value]],
        head: _Head,
    ) -> list[Filing]:
        chance = self._chance
        sections, again = chance.random() < 0.3, chance.random() < 0.15
        merge_again, ditto = chance.random() < 0.5, chance.random() < 0.15
        told: list[Filing] = []
        for number, filing in enumerate(filings):
            if sections and (number == 0 or chance.random() < 0.4):
                page.put(row, left, chance.choice(SECTIONS))
                row += 1
            if again and number and chance.random() < 0.5:
                row = self._put_head(page, row, left, head, merge=merge_again)
            cells = self._cells(filing, columns, written)
            if ditto and number:
                filing = dict(filing)
                for name in SAME_AS_ABOVE:
                    if name in columns and chance.random() < 0.3:
                        cells[columns.index(name)] = chance.choice(DITTO)
                        theirs = name in ("contact", "phone") and filing["organiser"] != told[-1]["organiser"]
                        filing[name] = None if theirs else told[-1][name]
            page.put(row, left, *cells)
            if chance.random() < 0.03:
                page.put(row, left + len(columns) + 1, chance.choice(("已核", "待补材料", "√", 3)))
            if chance.random() < 0.04 and self.kind in ("xlsx", "xls"):
                page.hidden_rows.append(row)
            told.append(filing)
            row += 1 + (chance.random() < 0.04)
        if chance.random() < 0.1 and self.kind == "xlsx":
            page.hidden_columns.append(left + chance.randrange(len(columns)))
        row = self._sums(page, row, left, columns, filings)
        row += chance.choice((0, 0, 1))
        for text in chance.sample(
            ("填表人：某某        审核人：某某", *NOTES, "联系电话：028-86720000"), chance.choice((0, 0, 1, 2))
        ):
            page.put(row, left + chance.choice((0, 0, 1)), text)
            row += 1
        return told

    def _sums(self, page: Page, row: int, left: int, columns: list[str], filings: list[Filing]) -> int:
        """Rows of sums of any name, or without one."""
        chance = self._chance
        if chance.random() > 0.45:
            return row
        label = chance.choice(TOTALS)
        place = chance.choice((0, 0, 1))
        if label:
            page.put(row, left + place, label)
        of_all = {"平均值": statistics.mean, "最大值": max}.get(label, sum)
        for name in ("headcount", "budget"):
            if name in columns and columns.index(name) > place:
                page.put(row, left + columns.index(name), round(of_all([filing[name] for filing in filings]), 2))  # type: ignore[type-var]
        return row + 1
