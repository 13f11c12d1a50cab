"""A second set of layouts written before anyone looked at how they are read."""

from collections.abc import Iterator
from datetime import date, datetime

from tests.layouts.page import Book, Page
from tests.layouts.places import banded, card
from tests.layouts.truth import FILINGS, TAKING_PART, TITLES, UNIT, Layout, changed
from tests.layouts.usual import COLUMNS, body, day, form, heading, shown, table


def layouts() -> Iterator[Layout]:
    """Every layout of this part."""
    yield _titles_over_two_columns()
    yield _every_other_column()
    yield _titles_written_down()
    yield _row_of_units()
    yield _pages_with_totals()
    yield _card_with_spread_titles()
    yield _card_with_units_beside()
    yield _card_with_stay()
    yield _card_with_inner_table()
    yield _table_and_cards()
    yield _heading_that_sounds_like_titles()
    yield _amounts_with_units_in_brackets()
    yield _section_rows_with_figures()
    yield _label_of_totals_over_many_columns()
    yield _signatures_in_the_columns()
    yield _numbers_begin_again()
    yield _column_of_cities()
    yield _number_in_the_title()
    yield _two_sheets_with_own_headers()
    yield _data_on_the_third_sheet()
    yield _hidden_sheet_with_more()
    yield _quoted_values()
    yield _formula_for_days()
    yield _wide_blanks()
    yield _dates_as_numbers_in_text()
    yield _participants_with_totals_and_merges()
    yield _participants_above()
    yield _participants_list_by_lines()
    yield _participants_without_counts()
    yield _contents_with_lines()
    yield _old_form_with_other_names()
    yield _unit_in_heading()
    yield _budget_in_two_columns()
    yield _row_after_the_signature()
    yield _filled_by_two()
    yield _cards_with_inner_tables()
    yield _tables_side_by_side_of_two_kinds()
    yield _cards_in_bands(4)
    yield _cards_in_bands(6, apart=1)
    yield _cards_in_bands(3, kind="ods")
    yield Layout("一页一张卡片，值写在标签下面", Book([banded(Page(f"项目{f['seq']}"), f, 5) for f in FILINGS], "xls"))
    yield _card_in_bands_with_participants()
    yield _card_with_texts_beneath()


def _titles_over_two_columns() -> Layout:
    page = Page()
    row = heading(page)
    column = 0
    for name in COLUMNS:
        wide = 2 if name in ("title", "content", "institution") else 1
        page.span(row, column, TITLES[name], columns=wide)
        for number, filing in enumerate(FILINGS, start=1):
            if (value := shown(filing, name)) is not None:
                page.span(row + number, column, value, columns=wide)
        column += wide
    return Layout("有的栏目占两列", Book([page]))


def _every_other_column() -> Layout:
    page = Page()
    row = heading(page)
    for number, name in enumerate(COLUMNS):
        page.put(row, 2 * number, TITLES[name])
        for line, filing in enumerate(FILINGS, start=1):
            page.put(row + line, 2 * number, shown(filing, name))
    return Layout("隔一列写一栏", Book([page], "xls"))


def _titles_written_down() -> Layout:
    down = {name: "\n".join(title) if len(title) < 7 else title for name, title in TITLES.items()}
    return Layout("栏目竖着写", Book([form(titles=down)]))


def _row_of_units() -> Layout:
    page = Page()
    row = heading(page)
    titles = {"budget": "经费预算"}
    page.put(row, 0, *[titles.get(name, TITLES[name]) for name in COLUMNS])
    page.put(row + 1, COLUMNS.index("headcount"), "（人）", "（天）").put(row + 1, COLUMNS.index("budget"), "（元）")
    body(page, row + 2, written={"budget": lambda v: v * 10_000})
    return Layout("表头下一行写单位", Book([page]))


def _pages_with_totals() -> Layout:
    page = Page()
    row = 1
    for number, part in enumerate((FILINGS[:2], FILINGS[2:]), start=1):
        row = table(page, heading(page, row=row), filings=part)
        page.put(row, 0, "本页小计").put(row, 12, sum(f["headcount"] for f in part))
        page.put(row + 1, 13, f"第 {number} 页 共 2 页")
        row += 3
    page.put(row, 0, "总  计").put(row, 12, 52)
    return Layout("每页一个小计，最后总计", Book([page], "ods"), totals=3)


def _card_with_spread_titles() -> Layout:
    page = Page("申请表")
    filing = dict(FILINGS[2])
    card(page, filing, pairs=2)
    page.cells = {
        at: "　".join(v) if isinstance(v, str) and v in TITLES.values() and len(v) == 4 else v
        for at, v in page.cells.items()
    }
    return Layout("卡片标签中间有全角空格", Book([page]), filings=[filing])


def _card_with_units_beside() -> Layout:
    page = Page("申报表")
    page.put(1, 0, f"填报单位：{UNIT}")
    filing = FILINGS[1]
    for number, name in enumerate(COLUMNS):
        page.put(3 + number, 0, TITLES[name], shown(filing, name))
        unit = {"headcount": "人", "days": "天", "budget": "万元", "provincial_cadres": "人"}.get(name)
        if unit:
            page.put(3 + number, 2, unit)
    return Layout("卡片的单位写在值右边一格", Book([page]), filings=[filing])


def _card_with_stay() -> Layout:
    pages = []
    for filing in FILINGS[:2]:
        page = Page(f"表{filing['seq']}")
        page.put(1, 0, f"申报单位：{UNIT}")
        row = 3
        for name in COLUMNS:
            if name in ("end_date", "days"):
                continue
            if name == "start_date":
                a, b = filing["start_date"], filing["end_date"]
                page.put(
                    row,
                    0,
                    "境外培训时间",
                    f"自{day(a, '{y}年{m}月{d}日')}至{day(b, '{y}年{m}月{d}日')}，共{filing['days']}天",
                )
            else:
                page.put(row, 0, TITLES[name], shown(filing, name))
            row += 1
        pages.append(page)
    return Layout("卡片里起止时间和天数一句话", Book(pages), filings=FILINGS[:2])


def _card_with_inner_table() -> Layout:
    page = card(Page("申报表"), dict(FILINGS[0]), pairs=2)
    row = page.end + 1
    page.span(row, 0, "参团情况", rows=3)
    page.put(row, 1, "参团单位", "参团人数", "是否列入预算")
    page.put(row + 1, 1, "绵阳市水利局", 4, "是").put(row + 2, 1, "宜宾市水利局", 3, "是")
    return Layout("卡片里套参团单位小表", Book([page], "xls"), filings=FILINGS[:1], taking_part=TAKING_PART)


def _cards_with_inner_tables() -> Layout:
    page, row = Page("申报表"), 1
    for filing in FILINGS[:2]:
        card(page, dict(filing), pairs=2, row=row)
        row = page.end + 2
        page.put(row, 0, "参团单位", "所在市州", "参团人数", "是否列入预算")
        unit = "绵阳市水利局" if filing["seq"] == 1 else "宜宾市水利局"
        page.put(row + 1, 0, unit, unit[:3], 4, "是")
        row += 4
    taking = ((1, "绵阳市水利局", 4), (2, "宜宾市水利局", 4))
    return Layout("几张卡片各接参团单位小表", Book([page]), filings=FILINGS[:2], taking_part=taking)


def _tables_side_by_side_of_two_kinds() -> Layout:
    page = form()
    page.put(3, 30, "项目序号", "参团单位", "参团人数", "是否列入预算")
    for number, (seq, unit, count) in enumerate(TAKING_PART):
        page.put(4 + number, 30, seq, unit, count, "是")
    page.put(6, 30, "合计", None, 7)
    return Layout("参团单位表在项目表右边", Book([page], "xls"), taking_part=TAKING_PART)


def _table_and_cards() -> Layout:
    pages = [form(filings=FILINGS[:2])]
    pages += [card(Page(f"项目{f['seq']}"), dict(f), pairs=2) for f in FILINGS[2:]]
    return Layout("两个项目在表里，两个是卡片", Book(pages))


def _heading_that_sounds_like_titles() -> Layout:
    page = Page()
    page.span(1, 0, "项目名称、组团单位、境外培训机构等情况汇总表", columns=28)
    page.put(2, 0, "组团单位联系人：赵老师", None, None, "联系电话：028-55500000").put(3, 0, f"填报单位：{UNIT}")
    table(page, 4)
    return Layout("标题里就有栏目的字", Book([page]))


def _amounts_with_units_in_brackets() -> Layout:
    written = {
        "budget": {1: "72.5（万元）", 2: "60.00万", 3: "玖拾陆万元", 4: "约55.25万元"},
        "headcount": {1: "18（人）", 2: "15人左右", 3: "8名", 4: "十一人"},
        "days": {1: "21（天）", 2: "20个工作日", 3: "120天左右", 4: "14 天"},
    }
    return Layout("数字后括号里写单位", Book([form(written=written)], "ods"))


def _section_rows_with_figures() -> Layout:
    page = Page()
    row = table(page, heading(page), filings=[])
    for name, part in (("一、省级单位项目", FILINGS[:3]), ("二、市州单位项目", FILINGS[3:])):
        page.put(row, 0, name).put(row, 12, sum(f["headcount"] for f in part)).put(
            row, 19, sum(f["budget"] for f in part)
        )
        row = body(page, row + 1, filings=part)
    return Layout("分节的标题行带合计数", Book([page]))


def _label_of_totals_over_many_columns() -> Layout:
    page = form()
    page.span(8, 0, "合          计", columns=12).put(8, 12, 52).put(8, 19, "283.75万元")
    return Layout("合计两字合并在很多列上", Book([page]), totals=2)


def _signatures_in_the_columns() -> Layout:
    page = form()
    page.put(9, 1, "单位负责人（签字）：", None, "审核人：").put(9, 12, "填表人：", "赵老师").put(
        10, 1, "日期：2019年11月20日"
    )
    page.put(12, 1, "填表说明：1、“立项类别”按通知填写；").put(13, 1, "2、“培训类型”按通知填写。").put(
        14, 1, "3、一式两份"
    )
    return Layout("签字和说明落在栏目里", Book([page], "xls"))


def _numbers_begin_again() -> Layout:
    page = Page()
    row = table(page, heading(page), filings=[])
    for name, part in (("（一）优先项目", FILINGS[:2]), ("（二）其他项目", FILINGS[2:])):
        page.span(row, 0, name, columns=6)
        row = body(page, row + 1, filings=part, written={"seq": lambda v: (v - 1) % 2 + 1})
    return Layout("每一部分重新编号", Book([page]), filings=changed(seq={3: 1, 4: 2}))


def _column_of_cities() -> Layout:
    page = Page()
    row = heading(page)
    names = ["市州（部门）", *COLUMNS]
    table(page, row, columns=names)
    page.span(row + 1, 0, "省直", rows=3).put(row + 4, 0, "成都市")
    return Layout("第一列是合并的市州", Book([page]))


def _number_in_the_title() -> Layout:
    columns = [name for name in COLUMNS if name != "seq"]
    filings = [{n: v for n, v in filing.items() if n != "seq"} for filing in FILINGS]
    page = Page()
    row = heading(page)
    page.put(row, 0, *[TITLES[name] for name in columns])
    for number, filing in enumerate(FILINGS, start=1):
        page.put(row + number, 0, *[shown(filing, name) for name in columns])
    return Layout(
        "没有序号栏", Book([page]), filings=filings, absent=frozenset({"seq"}), remarks=frozenset({"column_missing"})
    )


def _two_sheets_with_own_headers() -> Layout:
    first, second = Page("省级"), Page("市州")
    table(first, heading(first), filings=FILINGS[:3])
    order = [COLUMNS[0], *reversed(COLUMNS[1:])]
    table(
        second,
        heading(second, row=3, column=2),
        left=2,
        columns=order,
        filings=FILINGS[3:],
        titles={"days": "在外天数", "country": "国别"},
    )
    return Layout("两张工作表，表头不同", Book([first, second]))


def _data_on_the_third_sheet() -> Layout:
    cover, blank = Page("封面"), Page("Sheet2")
    cover.put(5, 2, "因公出国（境）培训项目").put(7, 2, "申报材料").put(12, 2, f"申报单位：{UNIT}").put(
        14, 2, "二〇一九年十一月"
    )
    blank.put(1, 0, " ")
    page = Page("附件3")
    table(page, 2)
    return Layout("封面、空表之后才是申报表", Book([cover, blank, page]))


def _hidden_sheet_with_more() -> Layout:
    hidden = form(filings=FILINGS[2:])
    hidden.name, hidden.hidden = "备用", True
    return Layout(
        "另一半项目在隐藏的工作表里", Book([form(filings=FILINGS[:2]), hidden]), remarks=frozenset({"hidden_sheet"})
    )


def _quoted_values() -> Layout:
    written = {
        "cross_region": lambda v: "“是”" if v else "“否”",
        "priority_class": {1: "重点项目第4类", 2: "重点项目之三", 3: "优先1（科研领军人才）", 4: "一般"},
        "training_type": {1: "专业技术类培训项目", 2: "一般性专业", 3: "（专业技术类）"},
        "expert_review": lambda v: f"经专家评审，{v}" if v == "通过" else v,
    }
    return Layout("值带引号和说明", Book([form(written=written)]))


def _formula_for_days() -> Layout:
    page = form(written={"days": lambda _: "=P4-O4+1"})
    return Layout(
        "天数全是没存结果的公式", Book([page]), filings=changed(days=None), remarks=frozenset({"no_cached_value"})
    )


def _wide_blanks() -> Layout:
    texts = ("title", "organiser", "country", "institution", "training_type", "funding_source", "contact", "theme")
    written = {
        name: (lambda v: f"　{v[:2]}　{v[2:]}　" if isinstance(v, str) and "、" not in v else v) for name in texts
    }
    return Layout("值里有全角空格", Book([form(written=written)], "csv", "gb18030"))


def _dates_as_numbers_in_text() -> Layout:
    written = {
        "start_date": lambda v: str((v - date(1899, 12, 30)).days),
        "end_date": lambda v: datetime(v.year, v.month, v.day, 10, 30),
    }
    return Layout("日期是文本的序列数、带钟点", Book([form(written=written)]))


def _participants_with_totals_and_merges() -> Layout:
    page = Page("参团")
    page.span(1, 0, "参团单位情况", columns=5)
    page.put(2, 0, "项目名称", "序号", "参团单位", "参团人数", "是否列入预算")
    page.span(3, 0, FILINGS[0]["title"], rows=3)
    page.put(3, 1, 1, "绵阳市水利局", 4, "是").put(4, 1, 2, "宜宾市水利局", 3, "是").put(5, 1, "小计", None, 7)
    page.put(6, 0, "合计").put(6, 3, 7).put(8, 0, "备注：以上单位预算均已落实。")
    return Layout("参团单位表有合并、小计、合计", Book([form(), page], "xls"), taking_part=TAKING_PART)


def _participants_above() -> Layout:
    page = Page("汇总")
    page.put(1, 0, f"填报单位：{UNIT}").put(2, 0, "一、参团单位").put(
        3, 0, "项目序号", "参团单位", "参团人数", "已列入预算"
    )
    for number, (seq, unit, count) in enumerate(TAKING_PART):
        page.put(4 + number, 0, seq, unit, count, "是")
    page.put(7, 0, "二、申报项目")
    table(page, 8)
    return Layout("参团单位表在项目表上面", Book([page]), taking_part=TAKING_PART)


def _participants_list_by_lines() -> Layout:
    page = Page()
    row = heading(page)
    table(page, row, columns=[*COLUMNS, "参加单位及人数"])
    page.put(row + 1, 28, "1. 绵阳市水利局  4人\n2. 宜宾市水利局  3人\n共2个单位7人")
    return Layout("参加单位分行列出，带小结", Book([page]), taking_part=TAKING_PART)


def _participants_without_counts() -> Layout:
    page = Page()
    row = heading(page)
    table(page, row, columns=[*COLUMNS, "参团单位"])
    page.put(row + 1, 28, "绵阳市水利局、宜宾市水利局等")
    taking = ((1, "绵阳市水利局", None), (1, "宜宾市水利局", None))
    return Layout("参团单位没写人数", Book([page]), taking_part=taking)


def _contents_with_lines() -> Layout:
    filings = [dict(filing) for filing in FILINGS]
    filings[0]["content"] = "1.山洪预警指标体系；\n2.雨量雷达组网；\n3.桌面演练。"
    return Layout("培训内容分行", Book([form(filings=filings)], "ods"), filings=filings)


def _old_form_with_other_names() -> Layout:
    names = {
        "title": "团组（项目）名称",
        "organiser": "组团单位全称",
        "country": "拟赴国别（地区）",
        "institution": "境外承办机构名称",
        "content": "主要培训内容",
        "necessity": "立项必要性和可行性",
        "headcount": "团组总人数",
        "days": "在外停留天数",
        "start_date": "计划出发时间",
        "end_date": "计划回国时间",
        "funding_source": "经费来源渠道",
        "budget": "经费预算总额（万元）",
        "budgeted": "是否列入本单位因公出国经费预算",
        "otm_no": "培训管理系统项目编号",
        "expert_review": "专家评审是否通过",
        "phone": "联系手机",
        "degree_study": "是否属学历教育",
        "priority_class": "项目类别（优先、重点、一般）",
    }
    return Layout("旧表样的叫法", Book([form(titles=names)]), remarks=frozenset({"title_guessed"}))


def _unit_in_heading() -> Layout:
    page = Page()
    page.span(1, 0, "2020年因公出国（境）培训项目申报表", columns=28)
    page.put(2, 0, "填报单位：", "省水利厅", None, "联系人：", "赵老师", None, "单位：万元")
    table(page, 3)
    return Layout("填报单位、联系人、金额单位在一行", Book([page]))


def _budget_in_two_columns() -> Layout:
    page = Page()
    row = heading(page)
    names = [*COLUMNS[:20], "人均经费（万元）", "其中：国际旅费（万元）", *COLUMNS[20:]]
    table(page, row, columns=names)
    for number in range(1, 5):
        page.put(row + number, 20, 4.03, 20)
    return Layout("经费另有人均和旅费两栏", Book([page]))


def _row_after_the_signature() -> Layout:
    page = form(filings=FILINGS[:3])
    page.put(7, 0, "填表人：赵老师").put(8, 0, "补充项目：")
    body(page, 9, filings=FILINGS[3:])
    return Layout("签字下面又补了一行", Book([page]))


def _filled_by_two() -> Layout:
    written = {
        "cross_region": {1: "√", 2: "否", 3: "×", 4: "N"},
        "degree_study": {1: 0, 2: "否", 3: "无", 4: "FALSE"},
        "budgeted": {1: "已列入", 2: "是", 3: "有", 4: "未列入"},
        "funding_source": {
            1: "省级财政/单位自筹",
            2: "自筹（单位）",
            3: "中央财政资助、其他（基金会）",
            4: "企业自筹100%",
        },
        "otm_no": lambda v: v.lower() if v.endswith("2") else f" {v}",
    }
    filings = changed(otm_no={2: "otm2020510102"})
    return Layout("一栏里写法不一", Book([form(written=written)]), filings=filings)


def _cards_in_bands(labels: int, apart: int = 0, kind: str = "xlsx") -> Layout:
    page = Page("申报表")
    for filing in FILINGS:
        banded(page, filing, labels, row=page.end + 2 if page.cells else 1, apart=apart)
    return Layout(f"卡片接着卡片，每行 {labels} 个标签，值写在下面", Book([page], kind))


def _card_in_bands_with_participants() -> Layout:
    page = banded(Page("申报表"), FILINGS[0], 4)
    row = page.end + 2
    page.put(row, 0, "参团单位", "所在市州", "参团人数", "是否列入预算")
    page.put(row + 1, 0, "绵阳市水利局", "绵阳市", 4, "是").put(row + 2, 0, "宜宾市水利局", "宜宾市", 3, "是")
    return Layout("卡片的值写在标签下面，下接参团单位表", Book([page]), filings=FILINGS[:1], taking_part=TAKING_PART)


def _card_with_texts_beneath() -> Layout:
    page = Page("申报表")
    page.span(1, 0, "因公出国（境）培训项目申报表", columns=4)
    page.put(2, 0, f"填报单位：{UNIT}")
    row = 3
    pairs = [name for name in COLUMNS if name not in ("title", "content", "necessity", "remarks")]
    page.put(row, 0, "项目名称").span(row, 1, FILINGS[2]["title"], columns=3)
    for number, name in enumerate(pairs):
        page.put(row + 1 + number // 2, number % 2 * 2, TITLES[name], shown(FILINGS[2], name))
    for name in ("content", "necessity"):
        row = page.end + 1
        page.span(row, 0, TITLES[name], columns=4).span(row + 1, 0, FILINGS[2][name], columns=4)
    row = page.end + 1
    page.put(row, 0, "单位意见：同意申报。（盖章）")
    return Layout("卡片里长文字写在标签下面", Book([page], "ods"), filings=FILINGS[2:3])
