"""How values are written."""

from collections.abc import Iterator
from datetime import date

from tests.layouts.page import Book, Page
from tests.layouts.truth import FILINGS, TITLES, Layout, changed
from tests.layouts.usual import COLUMNS, day, form, heading, table

DAYS = {
    "年月日": "{y}年{m}月{d}日",
    "点": "{y}.{m}.{d}",
    "八位数字": "{y}{mm}{dd}",
    "月日，年份按计划年": "{m}月{d}日",
    "空格": "{y} 年 {m} 月 {d} 日",
    "斜线": "{y}/{m}/{d}",
    "两位年": "20年{m}月{d}日",
    "带星期": "{y}年{m}月{d}日（星期一）",
    "带时刻": "{y}-{mm}-{dd} 00:00:00",
}
RANGES = {
    "点和短横": "{a.year}.{a.month}.{a.day}-{b.month}.{b.day}",
    "年月日至": "{a.year}年{a.month}月{a.day}日至{b.year}年{b.month}月{b.day}日",
    "破折号": "{a.year}.{a.month}.{a.day}—{b.year}.{b.month}.{b.day}",
    "波浪线": "{a.month}月{a.day}日～{b.month}月{b.day}日",
    "横线日期": "{a.year}-{a.month:02}-{a.day:02}至{b.year}-{b.month:02}-{b.day:02}",
}


def layouts() -> Iterator[Layout]:
    """Every layout of this part."""
    for name, pattern in DAYS.items():
        written = {c: (lambda v, p=pattern: day(v, p)) for c in ("start_date", "end_date")}
        yield Layout(f"日期：{name}", Book([form(written=written)]))

    wide = str.maketrans("0123456789.", "０１２３４５６７８９．")
    written = {c: (lambda v: day(v, "{y}.{m}.{d}").translate(wide)) for c in ("start_date", "end_date")}
    yield Layout("日期：全角", Book([form(written=written)]))
    for epoch, start in ((False, date(1899, 12, 30)), (True, date(1904, 1, 1))):
        serial = {c: (lambda v, s=start: (v - s).days) for c in ("start_date", "end_date")}
        name = "1904" if epoch else "1900"
        yield Layout(f"日期：{name} 年制序列数", Book([form(written=serial)], epoch_1904=epoch))
        yield Layout(f"日期：{name} 年制日期格", Book([form()], "xls", epoch_1904=epoch))

    for name, pattern in RANGES.items():
        yield Layout(f"起止时间一格：{name}", Book([in_one_cell(pattern, "培训起止时间")]))
    yield Layout("培训时间一格写起止", Book([in_one_cell(RANGES["点和短横"], "培训时间")], "csv", "utf-16"))

    written = {
        "headcount": {1: "约18人", 2: "１５人", 3: "八人", 4: "共 11 人"},
        "days": {1: "21天", 2: "二十天", 3: "120 日", 4: "两周"},
        "budget": {1: "72.5万元", 2: "￥60", 3: "96 万", 4: "552,500元"},
        "provincial_cadres": {1: "2人", 2: "无", 3: "/", 4: "0"},
        "seq": {1: "1.", 2: "（2）", 3: "③", 4: "四"},
    }
    yield Layout(
        "数字带单位、全角、汉字", Book([form(written=written)]), filings=changed(provincial_cadres={2: 0, 3: 0, 4: 0})
    )

    yuan = {"budget": lambda v: v * 10_000}
    yield Layout("经费以元为单位", Book([form(titles={"budget": "经费预算（元）"}, written=yuan)]))
    page = form(titles={"budget": "经费预算"}, written=yuan)
    page.put(2, 24, "单位：元")
    yield Layout("经费单位写在表上方", Book([page]))
    yield Layout(
        "经费没写单位，看不出是元还是万元",
        Book([form(titles={"budget": "经费预算"}, written=yuan)]),
        filings=changed(budget=None),
        remarks=frozenset({"ambiguous"}),
    )

    flags = ("cross_region", "degree_study", "charges_fees", "budgeted")
    for name, (yes, no) in {
        "√×": ("√", "×"), "有无": ("有", "无"), "YN": ("Y", "N"), "10": (1, 0), "框": ("☑是 □否", "□是 ☑否"),
        "括号里打勾": ("是（√） 否（ ）", "是（ ） 否（√）"), "真假": (True, False),
    }.items():  # fmt: skip
        written = {flag: (lambda v, y=yes, n=no: y if v else n) for flag in flags}
        yield Layout(f"是否：{name}", Book([form(written=written)], "xls" if name in ("10", "真假") else "xlsx"))

    written = {
        "priority_class": {1: "重点项目（4）", 2: "重点3类", 3: "优先项目（一）", 4: "一般项目"},
        "training_type": {1: "专业技术", 2: "一般专业类", 3: "☑专业技术类 □综合管理类", 4: "科研、生产类"},
        "funding_source": {1: "省财政,单位自筹", 2: "本单位自筹", 3: "中央财政；其它", 4: "企业自筹55.25万元"},
        "expert_review": {1: "已通过", 2: "专家评审通过", 3: "通过（5票）", 4: "尚未评审"},
        "green_channel": {1: "无", 2: "/", 3: "“卡脖子”技术", 4: "生产、试制"},
    }
    yield Layout("类别的各种写法", Book([form(written=written)]))

    written = {
        "country": {1: "荷兰（鹿特丹）", 2: "New Zealand", 3: "德意志联邦共和国", 4: "底特律（美国）"},
        "organiser": {1: "省水利厅（外事处）", 2: "四川 省农业农村厅", 3: "省卫健委", 4: "成都科技局"},
        "institution": {
            1: "Rotterdam Delta Institute for Water",
            2: "怀卡托畜牧学院",
            3: "海德堡临床医学培训院（德国）",
        },
    }
    yield Layout("国家、单位、机构的别名", Book([form(written=written)]))

    radicals = str.maketrans("水人长目高门车风见一", "⽔⼈⻓⽬⾼⻔⻋⻛⻅⼀")
    texts = ("title", "organiser", "institution", "content", "necessity", "theme", "country", "remarks")
    pasted = {c: (lambda v: v.translate(radicals) if v else v) for c in texts}
    yield Layout("从 PDF 粘贴的部首字", Book([form(written=pasted)]))

    def spaced(value: object) -> object:
        return f"\u200b{str(value)[:3]}\u00a0{str(value)[3:]}\ufeff" if value else value

    blanks = dict.fromkeys((*texts, "otm_no", "letter_no", "priority_class", "training_type"), spaced)
    page = form(written=dict.fromkeys((*texts, "priority_class", "training_type"), spaced))
    assert blanks
    yield Layout("零宽和不换行空格", Book([page]))

    yield Layout(
        "两种读法的日期",
        Book([form(written={"start_date": {1: "3/5/2020", 4: "20-6-15"}})]),
        filings=changed(start_date={1: None, 4: None}),
        remarks=frozenset({"ambiguous"}),
    )
    yield Layout(
        "读不出来的值",
        Book([form(written={"headcount": {2: "十余人"}, "days": {3: "待定"}, "end_date": {1: "2020年3月下旬"}})]),
        filings=changed(headcount={2: None}, days={3: None}, end_date={1: None}),
    )
    yield Layout(
        "没有存结果的公式",
        Book([form(written={"budget": {1: "=M4*4", 2: "=M5*4"}})]),
        filings=changed(budget={1: None, 2: None}),
        remarks=frozenset({"no_cached_value"}),
    )
    yield Layout(
        "错误值",
        Book([form(written={"days": {1: "#REF!"}, "country": {3: "#N/A"}})]),
        filings=changed(days={1: None}, country={3: None}),
        remarks=frozenset({"error_value"}),
    )

    page = Page()
    columns = [c for c in COLUMNS if c not in ("contact", "phone")] + ["联系人及电话"]
    row = heading(page)
    table(page, row, columns=columns)
    for number, filing in enumerate(FILINGS):
        page.put(row + 1 + number, len(columns) - 1, f"{filing['contact']} {filing['phone']}")
    yield Layout("联系人和电话一格", Book([page]))


def in_one_cell(pattern: str, title: str) -> Page:
    """The template's table with both days in one column."""
    page = Page()
    columns = [column for column in COLUMNS if column not in ("start_date", "end_date")]
    columns.insert(14, title)
    row = heading(page)
    page.put(row, 0, *[TITLES.get(column, column) for column in columns])
    for number, filing in enumerate(FILINGS):
        both = pattern.format(a=filing["start_date"], b=filing["end_date"])
        row_ = row + 1 + number
        for place, column in enumerate(columns):
            value = both if column == title else filing.get(column)
            page.put(row_, place, {True: "是", False: "否"}[value] if isinstance(value, bool) else value)
    return page
