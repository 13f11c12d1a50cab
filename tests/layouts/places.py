"""Where the table is."""

from collections.abc import Iterator

from tests.layouts.page import Book, Page
from tests.layouts.truth import FILINGS, HEAD_CARD, TAKING_PART, TEMPLATE, TITLES, UNIT, Layout
from tests.layouts.usual import COLUMNS, body, form, heading, shown, table, taking_part_page

LONG_TEXTS = ("title", "content", "necessity", "remarks")
"""What a card has a row for."""


def layouts() -> Iterator[Layout]:
    """Every layout of this part."""
    yield Layout("模板原样", Book([form(), taking_part_page()]), taking_part=TAKING_PART)

    page = Page("Sheet1")
    page.put(2, 3, "附件2").span(3, 3, "因公出国（境）培训项目申报表", columns=10)
    page.put(4, 3, "说明：1.请逐项填写；2.日期请按年月日填写。").put(5, 3, f"申报单位（盖章）：{UNIT}")
    table(page, 8, left=3)
    yield Layout("表在中间，上面有标题和说明", Book([page]))

    page = Page()
    end = table(page, heading(page))
    page.put(end + 1, 0, "填表人：赵老师").put(end + 1, 4, "审核人：钱老师").put(end + 1, 9, "填报日期：2019年11月20日")
    page.put(end + 2, 0, "注：1.以上项目均经党组会研究；").put(end + 3, 0, "2.经费预算已落实。")
    page.put(end + 5, 20, UNIT).put(end + 6, 20, "2019年11月20日")
    yield Layout("表下有签字、注和落款", Book([page]))

    yield Layout("两行表头，合并的大标题", Book([two_row_head()]))
    yield Layout("三行表头", Book([three_row_head()]))

    page = two_row_head()
    page.merged.clear()
    yield Layout("两行表头，大标题未合并（csv）", Book([page], "csv", "gb18030"))

    page = Page()
    row = heading(page)
    row = table(page, row, filings=FILINGS[:2])
    page.put(row, 0, "2020年因公出国（境）培训项目申报表（续）")
    table(page, row + 1, filings=FILINGS[2:])
    yield Layout("表头为打印重复一次", Book([page]))

    page = Page()
    row = heading(page)
    row = table(page, row, filings=FILINGS[:2])
    page.put(row + 1, 0, "二、其他单位")
    order = COLUMNS[:1] + COLUMNS[5:] + COLUMNS[1:5]
    table(page, row + 3, columns=order, filings=FILINGS[2:])
    yield Layout("一张工作表里上下两张表，栏目次序不同", Book([page]))

    page = Page()
    row = heading(page, columns=20)
    table(page, row, filings=FILINGS[:2])
    table(page, row, left=30, filings=FILINGS[2:])
    yield Layout("左右并排两张表", Book([page]))

    first, second = Page("第1页"), Page("第2页")
    table(first, heading(first), filings=FILINGS[:2])
    body(second, 1, filings=FILINGS[2:])
    yield Layout("下一张工作表接着填，没有表头", Book([first, second]))

    pages = []
    for filing in FILINGS:
        page = Page(f"项目{filing['seq']}")
        table(page, heading(page), filings=[filing])
        pages.append(page)
    yield Layout("一个项目一张工作表", Book(pages))

    pages = [card(Page(f"申报表{filing['seq']}"), filing, pairs=2) for filing in FILINGS]
    yield Layout("申报表卡片，一表一项，两对一行", Book(pages))
    pages = [card(Page(f"申报表{filing['seq']}"), filing, pairs=1) for filing in FILINGS]
    yield Layout("申报表卡片，一对一行", Book(pages, "xls"))
    pages = [card(Page(f"{filing['seq']}"), filing, pairs=3, width=2) for filing in FILINGS]
    yield Layout("申报表卡片，三对一行，值格合并", Book(pages))

    page = Page()
    for number, filing in enumerate(FILINGS):
        card(page, filing, pairs=2, row=1 + number * 22)
    yield Layout("几张卡片在一张工作表里上下排列", Book([page]))

    page = Page()
    heading(page, columns=5)
    for number, column in enumerate(TEMPLATE):
        page.put(4 + number, 0, column.title)
        page.put(4 + number, 1, *[shown(filing, column.name) for filing in FILINGS])
    yield Layout("横竖颠倒，一列一个项目", Book([page]))

    page = Page()
    page.span(1, 0, "培训项目申报表", columns=2).put(2, 0, f"申报单位：{UNIT}")
    filing = FILINGS[1]
    for number, column in enumerate(TEMPLATE):
        value = shown(filing, column.name)
        page.put(4 + number, 0, f"{column.title}：{'' if value is None else value}")
    yield Layout("标签和值写在一格里", Book([page], "ods"), filings=[filing])

    notes = Page("填报说明")
    notes.put(1, 0, "栏目", "填写要求", "是否必填")
    for number, column in enumerate(TEMPLATE):
        notes.put(2 + number, 0, column.title, column.doc, "是" if column.required else "否")
    codes = Page("代码表")
    codes.put(1, 0, "立项类别", "培训类型", "国家（地区）", "经费来源", "专家评审结论", "绿色通道依据")
    codes.put(2, 0, "优先1", "党政综合管理类", "德国", "中央财政资助", "通过", "重点建设工程")
    codes.put(3, 0, "优先2", "综合管理类", "美国", "省级财政", "未通过", "科研开发")
    codes.put(4, 0, "重点1", "专业技术类", "法国", "单位自筹", "未评审", "生产试制")
    yield Layout("带填报说明和代码表", Book([notes, form(), codes]))
    notes, codes = _renamed(notes, "Sheet2"), _renamed(codes, "Sheet3")
    yield Layout("说明和代码表的表名看不出来", Book([form(), notes, codes], "xls"))

    page = form()
    page.hidden_rows = [4, 6]
    page.hidden_columns = [2, 9, 12]
    page.filtered = True
    yield Layout("隐藏的行和列、筛选", Book([page]))
    page = form()
    page.hidden = True
    yield Layout("整张表隐藏", Book([page]), remarks=frozenset({"hidden_sheet"}))

    page = form()
    page.put(30_000, 3, " ")
    yield Layout("格式一直设到很后面的行", Book([page]))

    page = Page("汇总")
    row = table(page, heading(page))
    page.put(row + 2, 0, "参团单位情况")
    page.put(row + 3, 0, "序号", "参团单位", "参团人数", "所在市州")
    for number, (seq, unit, count) in enumerate(TAKING_PART):
        page.put(row + 4 + number, 0, seq, unit, count, unit[:3])
    yield Layout("项目表下面接参团单位表", Book([page]), taking_part=TAKING_PART, remarks=frozenset({"column_missing"}))


def two_row_head() -> Page:
    """A header of two rows with merged group titles."""
    page = Page()
    top = heading(page)
    groups = {
        "cross_region": (
            "拟赴国家及机构",
            ["country", "institution", "letter_no"],
            ["国家（地区）", "机构名称", "意向书编号"],
        ),
        "necessity": ("培训规模", ["headcount", "days", "provincial_cadres"], ["人数", "天数", "其中省管干部"]),
        "headcount": ("培训时间", ["start_date", "end_date"], ["出境", "入境"]),
        "degree_study": ("经费", ["funding_source", "budget", "budgeted"], ["来源", "预算（万元）", "是否列入预算"]),
        "otm_no": ("联系方式", ["contact", "phone"], ["联系人", "电话"]),
    }
    order: list[str] = []
    column = 0
    for name in COLUMNS:
        if any(name in parts for _, parts, _ in groups.values()) and name not in groups:
            continue
        if name not in order:
            page.span(top, column, TITLES[name], rows=2)
            order.append(name)
            column += 1
        if name in groups:
            title, parts, leaves = groups[name]
            if name in order and name in parts:
                continue
            page.span(top, column, title, columns=len(parts))
            page.put(top + 1, column, *leaves)
            order += parts
            column += len(parts)
    rest = [name for name in COLUMNS if name not in order]
    for name in rest:
        page.span(top, column, TITLES[name], rows=2)
        order.append(name)
        column += 1
    body(page, top + 2, columns=order)
    return page


def three_row_head() -> Page:
    """A header of three rows."""
    page = Page()
    top = heading(page)
    page.span(top, 0, "序号", rows=3)
    page.span(top, 1, "项目基本情况", columns=10)
    names = ["title", "organiser", "priority_class", "training_type", "theme", "cross_region", "content", "necessity"]
    for number, name in enumerate(names):
        page.span(top + 1, 1 + number, TITLES[name], rows=2)
    page.span(top + 1, 9, "境外机构", columns=2).put(top + 2, 9, "国家", "名称")
    page.span(top, 11, "实施计划", columns=5)
    page.span(top + 1, 11, "人数", columns=2).put(top + 2, 11, "总人数", "省管干部人数")
    page.span(top + 1, 13, "时间", columns=3).put(top + 2, 13, "起", "止", "天数")
    page.span(top, 16, "经费", columns=4)
    page.span(top + 1, 16, "来源", rows=2).span(top + 1, 17, "预算（万元）", rows=2)
    page.span(top + 1, 18, "是否收费", rows=2).span(top + 1, 19, "是否列入预算", rows=2)
    rest = ["letter_no", "degree_study", "expert_review", "green_channel", "otm_no", "contact", "phone", "remarks"]
    for number, name in enumerate(rest):
        page.span(top, 20 + number, TITLES[name], rows=3)
    order = [
        "seq",
        *names,
        "country",
        "institution",
        "headcount",
        "provincial_cadres",
        "start_date",
        "end_date",
        "days",
    ]
    order += ["funding_source", "budget", "charges_fees", "budgeted", *rest]
    body(page, top + 3, columns=order)
    return page


def card(page: Page, filing: dict[str, object], pairs: int, row: int = 1, width: int = 1) -> Page:
    """A form of labels with their values beside them, ``pairs`` in a row, long texts on rows of their own."""
    across = pairs * (1 + width)
    page.span(row, 0, HEAD_CARD, columns=across)
    page.put(row + 1, 0, f"填报单位：{UNIT}")
    row += 2
    place = 0
    for column in TEMPLATE:
        value = shown(filing, column.name)
        if column.name in LONG_TEXTS:
            row, place = (row + 1 if place else row), 0
            page.put(row, 0, column.title)
            page.span(row, 1, value, columns=across - 1)
            if value is None:
                page.merged.pop()
            row += 1
            continue
        page.put(row, place * (1 + width), column.title)
        if value is not None:
            page.span(row, place * (1 + width) + 1, value, columns=width)
        place += 1
        if place == pairs:
            row, place = row + 1, 0
    return page


def banded(page: Page, filing: dict[str, object], labels: int, row: int = 1, apart: int = 0) -> Page:
    """A form of rows of ``labels`` with a row of values beneath each, long texts across the form, ``apart`` empty rows
    between them."""
    page.span(row, 0, HEAD_CARD, columns=labels)
    page.put(row + 1, 0, f"填报单位：{UNIT}")
    row += 2
    for band in _bands(labels):
        for place, name in enumerate(band):
            across = labels if name in LONG_TEXTS else 1
            page.span(row, place, TITLES[name], columns=across)
            page.span(row + 1, place, shown(filing, name), columns=across)
        row += 2 + apart
    return page


def _bands(labels: int) -> Iterator[list[str]]:
    band: list[str] = []
    for name in COLUMNS:
        if band and (name in LONG_TEXTS or len(band) == labels):
            yield band
            band = []
        if name in LONG_TEXTS:
            yield [name]
        else:
            band.append(name)
    if band:
        yield band


def _renamed(page: Page, name: str) -> Page:
    page.name = name
    return page
