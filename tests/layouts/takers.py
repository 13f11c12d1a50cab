"""Who takes part."""

from collections.abc import Iterator

from tests.layouts.page import Book, Page
from tests.layouts.places import card
from tests.layouts.truth import FILINGS, TAKING_PART, UNIT, Layout
from tests.layouts.usual import COLUMNS, form, heading, table, taking_part_page


def layouts() -> Iterator[Layout]:
    """Every layout of this part."""
    for name, text in {
        "顿号": "绵阳市水利局4人、宜宾市水利局3人",
        "括号": "绵阳市水利局（4人）；宜宾市水利局（3人）",
        "换行": "1.绵阳市水利局4人\n2.宜宾市水利局3人",
        "空格": "绵阳水利局 4人 宜宾水利局 3人",
    }.items():
        page = Page()
        row = heading(page)
        table(page, row, columns=[*COLUMNS, "参团单位及人数"])
        page.put(row + 1, 28, text)
        yield Layout(f"参团单位一格：{name}", Book([page]), taking_part=TAKING_PART)

    page = Page("参团情况")
    page.span(1, 0, "参团单位情况表", columns=6)
    page.put(3, 1, "对应项目名称", "参加单位", "派出人数", "市（州）", "行业系统", "是否列入预算")
    page.put(4, 1, FILINGS[0]["title"], "绵阳水利局", "4人", "绵阳市", "水利", "√")
    page.put(5, 1, "同上", "宜宾市水利局（办公室）", "３", "宜宾市", "水利", "√")
    page.put(6, 1, "合计", None, 7)
    yield Layout("参团单位表按项目名称对应", Book([form(), page]), taking_part=TAKING_PART)

    page = taking_part_page()
    page.cells.pop((3, 0))
    page.merged.append((2, 0, 3, 0))
    yield Layout("参团单位表序号合并", Book([page, form()], "xls"), taking_part=TAKING_PART)

    page = taking_part_page()
    page.cells[3, 0] = 9
    yield Layout("参团单位对不上项目", Book([form(), page]), taking_part=(TAKING_PART[0], (0, "宜宾市水利局", 3)))

    page = card(Page(), dict(FILINGS[0]), pairs=2)
    row = page.end + 2
    page.put(row, 0, "参团单位", "所在市州", "参团人数", "是否列入预算")
    page.put(row + 1, 0, "绵阳市水利局", "绵阳市", 4, "是").put(row + 2, 0, "宜宾市水利局", "宜宾市", 3, "是")
    yield Layout("卡片下接参团单位表", Book([page]), filings=FILINGS[:1], taking_part=TAKING_PART)

    yield Layout("csv，UTF-8 带 BOM", Book([form()], "csv", "utf-8-sig"))
    yield Layout("csv，GB18030", Book([form()], "csv", "gb18030"))
    yield Layout("制表符分隔，UTF-16", Book([form()], "tsv", "utf-16"))
    yield Layout("网页表格，GBK", Book([form()], "html", "gbk"))
    page = form()
    page.cells.pop((2, 0))
    page.put(page.end + 2, 0, "报送单位").put(page.end, 1, UNIT)
    yield Layout("填报单位在表下方，标签和名称分两格", Book([page], "ods"))
