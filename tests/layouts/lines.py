"""What stands between and below the rows."""

from collections.abc import Iterator

from tests.layouts.page import Book, Page
from tests.layouts.truth import FILINGS, TAKING_PART, Layout, changed
from tests.layouts.usual import COLUMNS, body, form, heading, shown, table

TEXT_TOTALS = "合计"


def layouts() -> Iterator[Layout]:
    """Every layout of this part."""
    page = Page()
    row = heading(page)
    row = table(page, row, filings=FILINGS[:2])
    row = body(page, row + 2, filings=FILINGS[2:])
    yield Layout("中间有空行", Book([page]))

    page = Page()
    row = heading(page)
    row = table(page, row, filings=[])
    for number, name in enumerate(("一、省级单位", "（二）市州单位")):
        page.span(row, 0, name, columns=28)
        row = body(page, row + 1, filings=FILINGS[number * 2 : number * 2 + 2])
        page.put(row, 1, "小计").put(row, 12, sum(f["headcount"] for f in FILINGS[number * 2 : number * 2 + 2]))
        row += 1
    page.put(row, 0, "合 计").put(row, 12, 52).put(row, 19, 283.75)
    yield Layout("分部分、小计、合计", Book([page]), totals=4)

    page = form()
    page.put(page.end + 1, 0, "总计（4个项目）").put(page.end, 12, "52人")
    yield Layout("总计带说明", Book([page], "xls"), totals=1)

    page = Page()
    row = table(page, heading(page))
    for column in (2, 18):
        page.cells = {at: v for at, v in page.cells.items() if not (at[1] == column and at[0] > 4)}
        page.merged.append((4, column, 7, column))
    yield Layout(
        "纵向合并",
        Book([page]),
        filings=changed(organiser=FILINGS[0]["organiser"], funding_source=FILINGS[0]["funding_source"]),
    )

    same = changed(organiser=FILINGS[0]["organiser"], contact=FILINGS[0]["contact"], phone=FILINGS[0]["phone"])
    written = {
        "organiser": {2: "同上", 3: "同上", 4: "〃"},
        "contact": {2: "〃", 3: "同 上", 4: "″"},
        "phone": {2: "同上", 3: "同上", 4: "同上"},
    }
    yield Layout("同上", Book([form(filings=same, written=written)]), filings=same)

    page = form()
    for number in range(5, 15):
        page.put(3 + number, 0, number)
    yield Layout("预先编好的空序号", Book([page]))

    page = Page()
    row = table(page, heading(page), filings=[])
    page.put(row, 0, "示例", "××技术培训", "某某单位", "重点1", "专业技术类", "农业", "否", "德国", "某某学院")
    page.put(row, 12, 10, 14)
    body(page, row + 1)
    yield Layout("表头下有示例行", Book([page]))

    sparse = [dict(filing) for filing in FILINGS]
    for name in COLUMNS[2:]:
        sparse[2][name] = None
    sparse[3] = {name: (None if name in ("seq", "title") else value) for name, value in sparse[3].items()}
    yield Layout("有的项目只填了一部分", Book([form(filings=sparse)]), filings=sparse)

    page = Page()
    row = heading(page)
    order = [*COLUMNS, "参团单位", "参团人数"]
    row = table(page, row, columns=order, filings=[])
    page.put(row, 0, *[shown(FILINGS[0], column) for column in COLUMNS], "绵阳市水利局", 4)
    page.put(row + 1, 28, "宜宾市水利局", 3)
    page.merged += [(row, column, row + 1, column) for column in range(28)]
    body(page, row + 2, filings=FILINGS[1:])
    yield Layout("一个项目占几行，每行一个参团单位", Book([page]), taking_part=TAKING_PART)

    page = Page()
    row = table(page, heading(page))
    page.put(row + 1, 1, "备注：1.经费预算含国际旅费。").put(row + 2, 1, "2.人数含领队。").put(
        row + 4, 1, "（单位盖章）"
    )
    page.put(row + 5, 0, "第1页 共1页")
    yield Layout("注写在第二列", Book([page], "ods"))
