"""How the columns are called."""

from collections.abc import Iterator

from tests.layouts.page import Book, Page
from tests.layouts.truth import TITLES, Layout, without
from tests.layouts.usual import COLUMNS, body, form, heading, table

SYNONYMS = {
    "seq": "No.", "title": "培训项目名称", "organiser": "主办单位", "priority_class": "项目类别", "training_type": "培训类别",
    "theme": "专业领域", "cross_region": "是否双跨团组", "country": "国别", "institution": "接待机构", "letter_no": "意向书编号",
    "content": "主要培训内容", "necessity": "立项依据", "headcount": "参训人数", "days": "在外天数", "start_date": "出境时间",
    "end_date": "回国时间", "provincial_cadres": "其中：省管干部", "degree_study": "学历教育", "funding_source": "资金来源",
    "budget": "预算金额（万元）", "charges_fees": "是否收费", "budgeted": "是否列入预算", "expert_review": "评审结论",
    "green_channel": "绿色通道", "otm_no": "OTM编号", "contact": "经办人", "phone": "联系方式", "remarks": "说明",
}  # fmt: skip


def layouts() -> Iterator[Layout]:
    """Every layout of this part."""
    yield Layout("栏目用别的叫法", Book([form(titles=SYNONYMS)]))

    broken = {name: f"*{title[:2]}\n{title[2:]} " for name, title in TITLES.items()}
    yield Layout("栏目带星号、换行、空格", Book([form(titles=broken)]))

    wide = {
        name: title.translate({ord("（"): "(", ord("）"): ")"}).replace("日期", "⽇期").replace("人", "⼈")
        for name, title in TITLES.items()
    }
    yield Layout("栏目含半角括号和康熙部首", Book([form(titles=wide)], "xls"))

    with_units = {
        "headcount": "申报人数(人)", "days": "培训天数/天", "start_date": "拟出境日期（年/月/日）", "budget": "经费预算：万元",
        "seq": "序 号", "title": "1.项目名称", "organiser": "2、组团单位", "cross_region": "是否双跨（是/否）",
    }  # fmt: skip
    yield Layout("栏目带单位和编号", Book([form(titles=with_units)]))

    order = [COLUMNS[place] for place in (0, *range(27, 0, -1))]
    yield Layout("栏目次序颠倒", Book([form(columns=order)], "ods"))

    page = Page()
    names = [*COLUMNS[:3], "主管部门", *COLUMNS[3:9], "外方联系人", "预期成果", *COLUMNS[9:], "审核意见"]
    row = heading(page)
    table(page, row, columns=names)
    for number in range(4):
        page.put(row + 1 + number, 3, "省政府").put(row + 1 + number, 10, "John", "报告一份")
    yield Layout("多出几栏", Book([page]))

    fewer = [
        column for column in COLUMNS if column not in ("remarks", "letter_no", "green_channel", "provincial_cadres")
    ]
    yield Layout(
        "少了可以不填的栏目",
        Book([form(columns=fewer)]),
        filings=without("remarks", "letter_no", "green_channel", "provincial_cadres"),
        absent=frozenset({"remarks", "letter_no", "green_channel", "provincial_cadres"}),
    )

    fewer = [column for column in COLUMNS if column not in ("seq", "phone")]
    yield Layout(
        "少了必填的栏目",
        Book([form(columns=fewer)]),
        filings=without("seq", "phone"),
        absent=frozenset({"seq", "phone"}),
        remarks=frozenset({"column_missing"}),
    )

    odd = {"institution": "境外培训机够", "days": "培训的天数量"}
    yield Layout("栏目写错字", Book([form(titles=odd)]), remarks=frozenset({"title_guessed"}))

    page = Page()
    row = heading(page)
    table(page, row, columns=[*COLUMNS, "人数"])
    for number in range(4):
        page.put(row + 1 + number, 28, 99)
    yield Layout("两栏都像申报人数", Book([page]), remarks=frozenset({"title_twice"}))

    page = Page()
    row = heading(page)
    page.put(row, 0, *[TITLES[column] for column in COLUMNS])
    page.put(row + 1, 0, *range(1, 29))
    page.put(row + 2, 0, *["必填" for _ in COLUMNS])
    body(page, row + 3)
    yield Layout("表头下有栏号行和必填行", Book([page]))
