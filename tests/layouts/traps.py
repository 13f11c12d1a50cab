"""Layouts in which what stands nearest is not what is meant."""

from collections.abc import Iterator

from tests.layouts.page import Book, Page
from tests.layouts.truth import FILINGS, TAKING_PART, TEMPLATE, TITLES, UNIT, Layout, changed
from tests.layouts.usual import COLUMNS, body, day, form, heading, shown, table

TIMES = {
    "斜线": ("{y}/{m}/{d} 0:00", "{y}/{m}/{d} 0:00:00"),
    "横线": ("{y}-{m}-{d} 9:30", "{y}-{m}-{d} 17时"),
    "汉字": ("{y}年{m}月{d}日9:00", "{y}年{m}月{d}日下午5点半"),
    "上下午": ("{y}/{mm}/{dd} 上午", "{y}.{m}.{d} 下午"),
    "ISO": ("{y}-{mm}-{dd}T00:00:00", "{y}-{mm}-{dd}T08:00:00.000Z"),
    "换行": ("{y}-{m}-{d}\n9:00", "{y}-{m}-{d}（周三）\n21:40"),
}


def layouts() -> Iterator[Layout]:
    """Every layout of this part."""
    for number, (name, patterns) in enumerate(TIMES.items()):
        written = {
            column: (lambda v, p=pattern: day(v, p))
            for column, pattern in zip(("start_date", "end_date"), patterns, strict=True)
        }
        kind = ("csv", "xlsx", "html")[number % 3]
        yield Layout(
            f"日期后有时刻：{name}", Book([form(written=written)], kind, "gb18030" if kind != "xlsx" else "utf-8")
        )
    yield _stay_with_times()
    yield _numbers_for_days_in_text()
    yield _several_countries()
    yield _numbered_notes()
    yield _numbered_notes_without_a_label()
    yield _last_row_with_a_name_only()
    yield _row_of_hints()
    yield from (_cards_side_by_side(number, kind) for number, kind in ((2, "xlsx"), (4, "ods")))
    yield _participants_with_ditto()
    yield _titles_that_mean_two_things()
    yield _amounts_in_their_own_unit()
    yield _units_with_their_province()
    yield _stray_cell_far_out()


def _stay_with_times() -> Layout:
    page = Page()
    columns = [column for column in COLUMNS if column not in ("start_date", "end_date")]
    row = table(page, heading(page), columns=[*columns, "出国（境）起止时间"])
    for number, filing in enumerate(FILINGS):
        first, last = (day(filing[name], "{y}/{m}/{d}") for name in ("start_date", "end_date"))
        page.put(row - len(FILINGS) + number, len(columns), f"{first} 9:00 至 {last} 20:30")
    return Layout("起止时间一格，带时刻", Book([page], "xls"))


def _numbers_for_days_in_text() -> Layout:
    written = {"start_date": {1: "3.5", 2: "10.11", 3: "4.1", 4: "6.15"}}
    return Layout(
        "文本文件里的 4.1 可能是 4.10",
        Book([form(written=written)], "csv"),
        filings=changed(start_date={3: None}),
        remarks=frozenset({"ambiguous"}),
    )


def _several_countries() -> Layout:
    written = {"country": {1: "荷兰或德国", 2: "新西兰（备选：澳大利亚）", 3: "德国（海德堡、柏林）", 4: "美国→加拿大"}}
    meant = {1: "荷兰、德国", 2: "新西兰、澳大利亚", 4: "美国、加拿大"}
    return Layout("一格写两个国家", Book([form(written=written)]), filings=changed(country=meant))


def _numbered_notes() -> Layout:
    page = form()
    page.put(9, 0, "备注：").put(10, 0, 1, "项目名称须与系统一致；").put(11, 0, 2, "人数以批复为准。")
    return Layout("表下有编号的备注", Book([page]))


def _numbered_notes_without_a_label() -> Layout:
    page = form()
    page.put(8, 0, "合计").put(8, 12, 52).put(9, 0, 1, "项目名称须与系统一致；").put(10, 0, 2, "人数以批复为准")
    return Layout("表下有编号的说明，没有标题", Book([page], "xls"), totals=1)


def _last_row_with_a_name_only() -> Layout:
    bare = {"seq": 5, "title": "大熊猫国家公园巡护监测技术培训"} | dict.fromkeys(COLUMNS[2:])
    page = form().put(8, 0, 5, bare["title"]).put(9, 0, "备注：").put(10, 0, 1, "人数以批复为准")
    return Layout("最后一项只填了序号和名称", Book([page]), filings=[*FILINGS, bare])


def _row_of_hints() -> Layout:
    hints = {
        "seq": "自动编号", "title": "全称", "organiser": "单位名录中的单位", "priority_class": "优先/重点/一般", "country": "国家全称",
        "headcount": "整数", "days": "整数", "start_date": "年月日", "budget": "保留两位小数", "phone": "手机或座机",
    }  # fmt: skip
    page = Page()
    row = heading(page)
    page.put(row, 0, *[column.title for column in TEMPLATE])
    page.put(row + 1, 0, *[hints.get(column) for column in COLUMNS])
    body(page, row + 2)
    return Layout("表头下一行写怎么填", Book([page]))


def _cards_side_by_side(number: int, kind: str) -> Layout:
    page = Page().put(1, 0, f"填报单位：{UNIT}")
    for place, filing in enumerate(FILINGS[:number]):
        for row, column in enumerate(COLUMNS, start=3):
            page.put(row, 4 * place, TITLES[column], shown(filing, column))
    return Layout(f"{number} 张卡片并排", Book([page], kind), filings=FILINGS[:number])


def _participants_with_ditto() -> Layout:
    page = Page("参团单位").put(1, 0, "序号", "参团单位", "所在市州", "所属系统", "参团人数", "是否列入预算")
    more = (*TAKING_PART, (1, "成都市水务局", 2))
    for row, (seq, unit, count) in enumerate(more, start=2):
        first = row == 2
        page.put(row, 0, seq if first else "同上", unit, f"{unit[:2]}市", "水利" if first else "〃", count, "是")
    return Layout("参团单位表的序号写同上", Book([form(), page]), taking_part=more)


def _titles_that_mean_two_things() -> Layout:
    page = form(titles={"theme": "培训主题", "training_type": "项目类型", "country": "前往国家及城市"})
    return Layout("栏目叫法有两种意思", Book([page]))


def _amounts_in_their_own_unit() -> Layout:
    written = {"budget": {1: "725千元", 2: "六十万元整", 3: "96w", 4: "55万2500元"}}
    return Layout("经费各写各的单位", Book([form(written=written)]))


def _units_with_their_province() -> Layout:
    same = changed(organiser="南充市水务局")
    return Layout(
        "单位前面加了省名", Book([form(filings=same, written={"organiser": lambda v: f"四川省{v}"})]), filings=same
    )


def _stray_cell_far_out() -> Layout:
    page = form().put(3, 16_383, " ").put(2_000, 0, "　").put(1, 9_000, "·")
    return Layout("很远的格子里有零星字符", Book([page]))
