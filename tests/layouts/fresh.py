"""Layouts written before anyone looked at how they are read: what a second office would send."""

from collections.abc import Iterator
from datetime import datetime

from tests.layouts.page import Book, Page
from tests.layouts.truth import FILINGS, TAKING_PART, TEMPLATE, TITLES, UNIT, Layout, changed
from tests.layouts.usual import COLUMNS, body, form, heading, shown, table, taking_part_page

CITY = "成都市科学技术局"


def layouts() -> Iterator[Layout]:
    """Every layout of this part."""
    yield _one_row_below_many_notes()
    yield _group_heads_over_short_leaves()
    yield _printed_pages()
    yield _two_tables_with_own_totals()
    yield _continued_twice()
    yield _continued_with_shifted_columns()
    yield _card_with_groups()
    yield _card_with_ticks()
    yield _card_label_above_value()
    yield _cards_and_list()
    yield _transposed_with_example()
    yield _wide_card_without_borders()
    yield _only_some_titles_known()
    yield _english_and_chinese_titles()
    yield _titles_with_hints()
    yield _ranges_over_merged_days()
    yield _days_and_range_in_one()
    yield _mixed_days()
    yield _all_text_csv()
    yield _web_table()
    yield _old_excel_with_merges()
    yield _open_document_with_repeats()
    yield _totals_first()
    yield _subtotals_by_city()
    yield _merged_everything_down()
    yield _notes_between()
    yield _participants_beside_rows()
    yield _participants_numbered_for_themselves()
    yield _participants_several_sheets()
    yield _list_of_participants_with_each()
    yield _hidden_codes_and_drop_downs()
    yield _unit_in_words()
    yield _unit_after_table()
    yield _numbers_as_text()
    yield _thousand_yuan()
    yield _ditto_everywhere()
    yield _values_with_remarks()
    yield _radical_titles_and_values()
    yield _empty_form()
    yield _returned_copy()


def _one_row_below_many_notes() -> Layout:
    page = Page("2020")
    for number in range(1, 9):
        page.span(number, 0, f"{number}．填报要求第{number}条：项目名称应当准确，申报人数不超过20人。", columns=20)
    page.put(10, 0, f"报送单位：{UNIT}          填报时间：2019年11月20日          单位：万元、人、天")
    table(page, 11, filings=FILINGS[2:3])
    return Layout("八条说明下只有一个项目", Book([page]), filings=FILINGS[2:3])


def _group_heads_over_short_leaves() -> Layout:
    page = Page()
    top = heading(page)
    groups = [
        ("", [("seq", "序号")]),
        ("项目", [("title", "名称"), ("priority_class", "类别"), ("theme", "领域"), ("content", "内容"), ("necessity", "必要性")]),
        ("组团", [("organiser", "单位"), ("cross_region", "是否双跨")]),
        ("境外", [("country", "国别"), ("institution", "接待单位"), ("letter_no", "意向书号")]),
        ("人员", [("headcount", "总数"), ("provincial_cadres", "省管干部"), ("training_type", "培训类型")]),
        ("日期", [("start_date", "出境"), ("end_date", "入境"), ("days", "天数")]),
        ("经费", [("budget", "金额（万元）"), ("funding_source", "渠道"), ("budgeted", "列入预算"), ("charges_fees", "是否收费")]),
        ("其他", [("degree_study", "学历教育"), ("expert_review", "专家评审"), ("green_channel", "绿色通道"), ("otm_no", "系统编号")]),
        ("联系", [("contact", "联系人"), ("phone", "电话")]),
        ("", [("remarks", "备注")]),
    ]  # fmt: skip
    column, order = 0, []
    for group, leaves in groups:
        if group:
            page.span(top, column, group, columns=len(leaves))
            page.put(top + 1, column, *[leaf for _, leaf in leaves])
        else:
            page.span(top, column, leaves[0][1], rows=2)
        order += [name for name, _ in leaves]
        column += len(leaves)
    body(page, top + 2, columns=order)
    return Layout("大标题下的小标题很短", Book([page], "xls"))


def _printed_pages() -> Layout:
    page = Page()
    row = 1
    for number, filing in enumerate(FILINGS, start=1):
        row = heading(page, row=row)
        row = table(page, row, filings=[filing])
        page.put(row, 10, f"第{number}页，共4页")
        row += 2
    return Layout("每页重印标题、填报单位和表头", Book([page]))


def _two_tables_with_own_totals() -> Layout:
    page = Page()
    row = heading(page)
    for number, part in enumerate((FILINGS[:3], FILINGS[3:])):
        page.put(row, 0, f"表{number + 1}")
        row = table(page, row + 1, filings=part)
        page.put(row, 1, "合计").put(row, 12, sum(f["headcount"] for f in part)).put(
            row, 19, sum(f["budget"] for f in part)
        )
        row += 3
    return Layout("两张表各有合计", Book([page], "ods"), totals=4)


def _continued_twice() -> Layout:
    pages = [Page("表一"), Page("表二"), Page("表三")]
    table(pages[0], heading(pages[0]), filings=FILINGS[:2])
    body(pages[1], 1, filings=FILINGS[2:3])
    row = body(pages[2], 1, filings=FILINGS[3:])
    pages[2].put(row, 0, "合计").put(row, 12, 52)
    return Layout("接连两张没有表头的续表，合计在最后", Book(pages), totals=1)


def _continued_with_shifted_columns() -> Layout:
    pages = [Page("Sheet1"), Page("Sheet2")]
    table(pages[0], heading(pages[0]), filings=FILINGS[:1])
    pages[1].put(1, 2, "（续上表）")
    body(pages[1], 3, left=2, filings=FILINGS[1:])
    return Layout("续表往右错了两列", Book(pages))


def _card_with_groups() -> Layout:
    pages = []
    for filing in FILINGS:
        page = Page(f"项目{filing['seq']}")
        page.span(1, 0, "出国（境）培训项目申报书", columns=6).put(2, 0, "序号", filing["seq"])
        page.span(3, 0, "基本情况", rows=5)
        rows = [
            ("title", "organiser"),
            ("priority_class", "training_type"),
            ("theme", "cross_region"),
            ("otm_no", "letter_no"),
            ("country", "institution"),
        ]
        for number, pair in enumerate(rows):
            for place, name in enumerate(pair):
                page.put(3 + number, 1 + 2 * place, TITLES[name], shown(filing, name))
        page.span(8, 0, "时间", rows=2)
        page.put(8, 1, "出境", filing["start_date"], "入境", filing["end_date"])
        page.put(9, 1, "天数", filing["days"])
        page.span(10, 0, "人数", rows=1).put(
            10, 1, "总人数", filing["headcount"], "省管干部", filing["provincial_cadres"]
        )
        page.span(11, 0, "经费", rows=2)
        page.put(11, 1, "来源", filing["funding_source"], "预算（万元）", filing["budget"])
        page.put(12, 1, "是否列入预算", shown(filing, "budgeted"), "是否收费", shown(filing, "charges_fees"))
        page.put(13, 0, "培训内容").span(13, 1, filing["content"], columns=5)
        page.put(14, 0, "立项必要性").span(14, 1, filing["necessity"], columns=5)
        page.put(
            15,
            0,
            "学历教育",
            shown(filing, "degree_study"),
            "专家评审结论",
            filing["expert_review"],
            "绿色通道依据",
            filing["green_channel"],
        )
        page.put(16, 0, "联系人", filing["contact"], "联系电话", filing["phone"], "备注", filing["remarks"])
        page.put(18, 0, "单位意见：同意申报。").put(19, 3, "（盖章）").put(20, 3, "2019年11月20日")
        pages.append(page)
    return Layout("卡片左边有竖排的大标题", Book(pages), unit=None)


def _card_with_ticks() -> Layout:
    page = Page("申报表")
    filing = FILINGS[0]
    page.put(1, 1, f"填报单位：{UNIT}")
    row = 3
    for name in COLUMNS:
        value = shown(filing, name)
        if isinstance(filing[name], bool):
            value = "☑是　□否" if filing[name] else "□是　☑否"
        if name == "training_type":
            value = "□党政综合管理类 □综合管理类 □一般性专业类 ☑专业技术类 □科研生产类"
        if name == "funding_source":
            value = "□中央财政资助 ☑省级财政 □市县财政 ☑单位自筹 □企业自筹 □其他"
        if name == "expert_review":
            value = "☑通过 □未通过 □未评审"
        page.put(row, 1, f"{TITLES[name]}：").span(row, 2, value if value is not None else "", columns=4)
        if value is None:
            page.merged.pop()
        row += 1
    return Layout("卡片里勾选方框，标签带冒号", Book([page]), filings=[filing])


def _card_label_above_value() -> Layout:
    page = Page("申报表")
    page.put(1, 0, f"填报单位：{UNIT}")
    row = 2
    parts = [COLUMNS[:7], COLUMNS[7:14], COLUMNS[14:21], COLUMNS[21:]]
    for part in parts:
        page.put(row, 0, *[TITLES[name] for name in part])
        page.put(row + 1, 0, *[shown(FILINGS[3], name) for name in part])
        row += 2
    return Layout("卡片的值写在标签下面", Book([page]), filings=FILINGS[3:])


def _cards_and_list() -> Layout:
    pages = []
    for filing in FILINGS[:2]:
        page = Page(str(filing["seq"]))
        page.put(1, 0, f"申报单位：{UNIT}")
        for number, column in enumerate(TEMPLATE):
            page.put(2 + number, 0, column.title, shown(filing, column.name))
        page.put(40, 0, "参团单位", "绵阳市水利局4人、宜宾市水利局3人" if filing["seq"] == 1 else "无")
        pages.append(page)
    return Layout("卡片里用一格列参团单位", Book(pages), filings=FILINGS[:2], taking_part=TAKING_PART)


def _transposed_with_example() -> Layout:
    page = Page()
    page.put(1, 0, f"填报单位：{UNIT}")
    page.put(2, 0, "栏目", "填写说明", "项目1", "项目2", "项目3", "项目4")
    for number, column in enumerate(TEMPLATE):
        page.put(3 + number, 0, column.title, column.doc, *[shown(filing, column.name) for filing in FILINGS])
    return Layout("一列一个项目，旁边有填写说明列", Book([page]))


def _wide_card_without_borders() -> Layout:
    page = Page()
    page.put(1, 2, "因公出国（境）培训项目申报表").put(3, 1, f"填报单位： {UNIT}")
    filing = FILINGS[1]
    for number in range(0, 28, 2):
        for place, name in enumerate(COLUMNS[number : number + 2]):
            page.put(5 + number // 2, 1 + 5 * place, f"{TITLES[name]}：")
            page.put(5 + number // 2, 3 + 5 * place, shown(filing, name))
    return Layout("卡片的值隔一列才写", Book([page], "xls"), filings=[filing])


def _only_some_titles_known() -> Layout:
    odd = {
        "theme": "培训所属领域",
        "institution": "境外培训接待单位名称",
        "necessity": "立项的必要性",
        "contact": "单位联系人姓名",
    }
    page = form(titles=odd)
    return Layout("几个没见过的叫法", Book([page]), remarks=frozenset({"title_guessed"}))


def _english_and_chinese_titles() -> Layout:
    both = {
        "title": "项目名称\nProject Title",
        "country": "国家（地区）\nCountry",
        "days": "培训天数\n(Days)",
        "headcount": "申报人数\n(Persons)",
        "budget": "经费预算（万元）\nBudget",
        "institution": "境外培训机构 Institution",
    }
    return Layout("栏目中英文对照", Book([form(titles=both)]))


def _titles_with_hints() -> Layout:
    hints = {
        "title": "项目名称（必填，不超过50字）", "cross_region": "是否双跨（填“是”或“否”）", "start_date": "拟出境日期（格式：2020-01-01）",
        "priority_class": "立项类别（见填表说明）", "budget": "经费预算(单位：万元)", "phone": "联系电话（手机）", "seq": "序号*",
        "funding_source": "经费来源（可多选）", "degree_study": "是否学历教育\r\n（是/否）", "organiser": "【组团单位】",
    }  # fmt: skip
    return Layout("栏目带填写提示", Book([form(titles=hints)]))


def _ranges_over_merged_days() -> Layout:
    page = form()
    for row, filing in enumerate(FILINGS, start=4):
        page.cells.pop((row, 15))
        a, b = filing["start_date"], filing["end_date"]
        page.span(row, 14, f"{a.year}年{a.month}月{a.day}日-{b.month}月{b.day}日", columns=2)
    return Layout("起止日期合并在两格里写", Book([page]))


def _days_and_range_in_one() -> Layout:
    page = Page()
    columns = [c for c in COLUMNS if c not in ("start_date", "end_date", "days")] + ["培训时间及天数"]
    row = heading(page)
    table(page, row, columns=columns)
    for number, filing in enumerate(FILINGS, start=1):
        a, b = filing["start_date"], filing["end_date"]
        page.put(
            row + number,
            len(columns) - 1,
            f"{a.year}.{a.month}.{a.day}-{b.year}.{b.month}.{b.day}（共{filing['days']}天）",
        )
    return Layout("起止日期和天数一格", Book([page]))


def _mixed_days() -> Layout:
    written = {
        "start_date": {1: datetime(2020, 3, 5), 2: "2020-10-11", 3: "二〇二〇年四月一日", 4: "6月15日"},
        "end_date": {1: 43915, 2: "２０２０年１０月３０日", 3: "2020年7月29号", 4: "28-Jun-2020"},
    }
    return Layout("一栏里日期写法各不相同", Book([form(written=written)]))


def _all_text_csv() -> Layout:
    page = form()
    page.cells = {at: str(value) for at, value in page.cells.items()}
    page.put(page.end + 1, 0, "合计").put(page.end, 12, "52").put(page.end, 19, "283.75")
    return Layout("全是文本的 csv，带合计", Book([page], "csv", "gb18030"), totals=2)


def _web_table() -> Layout:
    page = Page()
    page.span(1, 0, "因公出国（境）培训项目管理系统导出", columns=28)
    page.span(2, 0, f"申报单位：{UNIT}", columns=28)
    table(page, 3)
    return Layout("系统导出的网页表格", Book([page], "html", "utf-8"))


def _old_excel_with_merges() -> Layout:
    page = Page()
    row = table(page, heading(page, columns=28))
    for column in (2, 16):
        page.cells = {at: v for at, v in page.cells.items() if not (at[1] == column and at[0] in (5, 7))}
        page.merged += [(4, column, 5, column), (6, column, 7, column)]
    page.put(row + 1, 2, "单位负责人：").put(row + 1, 6, "填表人：陈老师").put(row + 1, 10, "联系电话：028-55500000")
    filings = changed(organiser={2: FILINGS[0]["organiser"], 4: FILINGS[2]["organiser"]}, provincial_cadres={2: 2})
    return Layout("xls，两行一合并，表下有签字", Book([page], "xls"), filings=filings)


def _open_document_with_repeats() -> Layout:
    page = Page("表")
    row = heading(page, row=5, column=2)
    table(page, row + 2, left=2)
    page.put(60, 2, "填表人：吴老师")
    return Layout("ods，表在 C 列，隔很多空行", Book([page], "ods"))


def _totals_first() -> Layout:
    page = Page()
    row = heading(page)
    table(page, row, filings=[])
    page.put(row + 1, 0, "合计").put(row + 1, 12, 52).put(row + 1, 19, 283.75)
    body(page, row + 2)
    return Layout("合计行在最前", Book([page]), totals=2)


def _subtotals_by_city() -> Layout:
    page = Page()
    row = table(page, heading(page), filings=[])
    for filing in FILINGS:
        page.put(row, 1, f"{filing['organiser']}")
        row = body(page, row + 1, filings=[filing])
        page.put(row, 0, f"{filing['organiser'][:3]}小计").put(row, 12, filing["headcount"]).put(
            row, 13, filing["days"]
        )
        row += 1
    page.put(row, 0, "全省总计").put(row, 12, 52).put(row, 13, 175)
    return Layout("按单位分节，单位名单独占第二列", Book([page]), totals=10)


def _merged_everything_down() -> Layout:
    same = changed(
        organiser=CITY,
        country="美国",
        institution="底特律轨道车辆工程中心",
        contact="刘老师",
        phone="028-55501004",
        funding_source="企业自筹",
    )
    page = form(filings=same)
    for name in ("organiser", "country", "institution", "contact", "phone", "funding_source"):
        column = COLUMNS.index(name)
        page.cells = {at: v for at, v in page.cells.items() if not (at[1] == column and at[0] > 4)}
        page.merged.append((4, column, 7, column))
    return Layout("很多栏从头合并到尾", Book([page]), filings=same)


def _notes_between() -> Layout:
    page = Page()
    row = table(page, heading(page), filings=FILINGS[:2])
    page.span(row, 0, "以下项目为补充申报：", columns=28)
    row = body(page, row + 1, filings=FILINGS[2:3])
    page.put(row, 1, "注：上述项目已商省卫生健康委员会。")
    body(page, row + 1, filings=FILINGS[3:])
    return Layout("项目之间夹着说明", Book([page]))


def _participants_beside_rows() -> Layout:
    page = Page()
    row = heading(page)
    order = [*COLUMNS[:8], "参团单位名称", "所属市州", "参团人数", *COLUMNS[8:]]
    table(page, row, columns=order)
    page.put(row + 1, 8, "绵阳市水利局\n宜宾市水利局").put(row + 1, 10, "4\n3")
    return Layout("参团单位和人数分两栏，各列两行", Book([page]), taking_part=TAKING_PART)


def _participants_numbered_for_themselves() -> Layout:
    page = Page("附表 参团单位明细")
    page.span(1, 0, "参团单位明细", columns=6)
    page.put(2, 0, "序号", "所属项目序号", "参团单位", "人数", "是否纳入预算", "备注")
    page.put(3, 0, 1, 1, "绵阳市水利局", "4人", "是").put(4, 0, 2, 1, "宜宾市水利局", "三人", "是")
    page.put(6, 0, "填表人：")
    return Layout("参团单位表自有序号，另有项目序号", Book([form(), page], "xls"), taking_part=TAKING_PART)


def _participants_several_sheets() -> Layout:
    one, two = taking_part_page(name="参团1"), Page("参团2")
    one.cells = {at: v for at, v in one.cells.items() if at[0] < 3}
    two.put(1, 0, "项目名称", "参训单位", "名额", "所在地").put(2, 0, FILINGS[0]["title"], "宜宾市水利局", 3, "宜宾")
    return Layout(
        "参团单位分在两张表", Book([form(), one, two]), taking_part=TAKING_PART, remarks=frozenset({"column_missing"})
    )


def _list_of_participants_with_each() -> Layout:
    page = Page()
    row = heading(page)
    table(page, row, columns=[*COLUMNS, "参训单位"])
    page.put(row + 1, 28, "绵阳市水利局，宜宾市水利局各3人").put(row + 2, 28, "无").put(row + 3, 28, "/")
    taking = ((1, "绵阳市水利局", 3), (1, "宜宾市水利局", 3))
    return Layout("参训单位写“各3人”", Book([page]), taking_part=taking)


def _hidden_codes_and_drop_downs() -> Layout:
    codes = Page("hidden_1")
    codes.put(1, 0, "优先1", "是", "德国", "通过").put(2, 0, "优先2", "否", "美国", "未通过").put(
        3, 0, "重点1", None, "法国", "未评审"
    )
    codes.hidden = True
    people = Page("联系人名单")
    people.put(1, 0, "序号", "单位名称", "联系人", "联系电话").put(2, 0, 1, CITY, "李某", "028-1").put(
        3, 0, 2, UNIT, "王某", "028-2"
    )
    institutions = Page("机构参考")
    institutions.put(1, 0, "国家（地区）", "境外培训机构", "外文名称", "备注").put(2, 0, "德国", "某学院", "X", None)
    return Layout("隐藏的下拉项、联系人名单、机构参考表", Book([form(), codes, people, institutions]))


def _unit_in_words() -> Layout:
    page = Page()
    page.put(1, 0, "2020年度因公出国（境）培训项目申报汇总表")
    page.put(2, 0, "填报单位（盖章）").span(2, 2, "省水利厅", columns=4).put(
        2, 8, "填报人：周老师", "联系电话：028-55500001"
    )
    table(page, 4)
    return Layout("填报单位和名称分格，用简称", Book([page]))


def _unit_after_table() -> Layout:
    page = Page()
    row = table(page, heading(page, unit=None))
    page.put(row + 2, 20, f"报送单位：{UNIT}（公章）").put(row + 3, 20, "2019年11月22日")
    return Layout("报送单位在落款", Book([page]))


def _numbers_as_text() -> Layout:
    written = {
        "headcount": str, "days": lambda v: f" {v} ", "budget": lambda v: f"{v:,.2f}", "seq": lambda v: f"{v:02}",
        "phone": {2: 13900000002}, "provincial_cadres": lambda v: "—" if v is None else f"{v}名",
        "otm_no": lambda v: f"{v} ",
    }  # fmt: skip
    filings = changed(provincial_cadres={2: 0, 3: 0, 4: 0})
    return Layout("数字都存成文本", Book([form(written=written)]), filings=filings)


def _thousand_yuan() -> Layout:
    written = {"budget": {1: "725千元", 2: "60万元整", 3: "人民币96万元", 4: "55.25万元（含国际旅费20万元）"}}
    return Layout("经费写法各异", Book([form(written=written)]))


def _ditto_everywhere() -> Layout:
    alike = [
        "organiser", "priority_class", "training_type", "theme", "cross_region", "country", "institution", "degree_study", "funding_source",
        "charges_fees", "budgeted", "expert_review", "contact", "phone",
    ]  # fmt: skip
    same = changed(**{name: FILINGS[0][name] for name in alike})
    written = {name: {2: "同上", 3: "〃", 4: "”"} for name in alike}
    return Layout("几乎每栏都写同上", Book([form(filings=same, written=written)]), filings=same)


def _values_with_remarks() -> Layout:
    written = {
        "headcount": {1: "18人（含领队1人）", 2: "15人，其中女性5人"},
        "cross_region": {1: "是（绵阳、宜宾）", 2: "否。"},
        "budgeted": {1: "是，已列入部门预算", 4: "否（正在申请）"},
        "country": {3: "德国·海德堡", 4: "美国 底特律"},
        "expert_review": {3: "通过（2019年11月）"},
        "degree_study": {1: "非学历教育", 2: "否 "},
        "charges_fees": {1: "不收费", 2: "不向学员收费"},
    }
    return Layout("值后面带说明", Book([form(written=written)]))


def _radical_titles_and_values() -> Layout:
    swap = str.maketrans("目人日方金食长门马高立培", "⽬⼈⽇⽅⾦⻝⻓⻔⻢⾼⽴培")
    titles = {name: title.translate(swap) for name, title in TITLES.items()}
    texts = ("title", "content", "necessity", "organiser", "institution", "theme", "training_type", "funding_source")
    written = {name: (lambda v: v.translate(swap) if v else v) for name in texts}
    return Layout("栏目和值都有部首字", Book([form(titles=titles, written=written)], "csv", "utf-8"))


def _empty_form() -> Layout:
    page = Page()
    row = table(page, heading(page), filings=[])
    for number in range(10):
        page.put(row + number, 0, number + 1)
    page.put(row + 10, 0, "合计")
    return Layout("空表，只有序号和合计", Book([page]), filings=())


def _returned_copy() -> Layout:
    findings = Page("修改意见")
    findings.put(1, 0, "修改意见").put(
        3, 0, "序号", "级别", "条款", "项目名称", "栏目", "单元格", "填报值", "问题", "修改建议"
    )
    findings.put(
        4,
        0,
        1,
        "退回修改",
        "四（二）",
        FILINGS[0]["title"],
        "培训天数",
        "N4",
        "九",
        "培训天数“九”无法识别。",
        "请填数字。",
    )
    return Layout("退回后改好的表，带修改意见", Book([findings, form(), taking_part_page()]), taking_part=TAKING_PART)
