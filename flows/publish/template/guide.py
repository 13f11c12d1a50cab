"""The sheet 填表说明: how the form is filled in, what it checks by itself, and one worked example."""

from xlsxwriter.utility import xl_col_to_name

from flows.publish.template.selfcheck import CALLED, NO_PROBLEM, PREPARED, READY
from flows.publish.workbook import Book, Page
from schemas.words import SEVERITIES
from schemas.yearbook import Yearbook

GUIDE_SHEET = "填表说明"

_GUIDE = (
    "一、一行填一个项目，写在“{filings}”表头之下；行数不够可接着往下填，不要改动表头。",
    "二、表头底色较深的栏目必填，较浅的选填；鼠标停在表头上有填写提示，带下拉箭头的栏目请从列表中选择。",
    "三、双跨团组的参团单位逐个填入“{participants}”，序号与所属项目在“{filings}”中的序号一致。",
    "四、不要填写出访人员姓名、证件号码等个人信息。",
    "五、日期请填成 {year}-05-11 的样子，人数、天数、经费只填数字，不带单位。",
    "六、报送前可先自查；修改后重新报送的，请另存为新文件名（如加“修改版”）一并放入。",
)

_OF_SELF_CHECK = (
    "一、边填边查：每行最右边的“{called}”一栏写着“{ready}”，或者这一行哪里不合通知的哪一条；表头上方是全表的小结，"
    "“序号”和“项目名称”的底色也随之变化（绿色{ready}，黄色{hold}，橙色{back}，红色{out}），没有填的必填栏是淡红色。",
    "二、“{hold}”的项目可以报送，由审核人判断；“{back}”的请改正后再报，“{out}”的通知不受理。",
    "三、自查只按各栏能判断的条款核对，只认下拉列表里的写法；文字内容、归并后的团组等由省科技厅核对，自查通过不等于最后结论。",
    "四、自查的范围是表头以下 {rows} 行。表中“{called}”一栏和表头加了保护，没有密码；填写的各格都可以改。可以插入行：插入的行没有"
    "“{called}”一栏，它的结果写在表头上方的小结里。整行不能删除，请清空内容；改用复制粘贴的，请选“粘贴数值”，以免带走下拉列表。",
    "五、超过 {rows} 行的，请另存一份填报。不需要宏；能打开本文件的 Excel 和 WPS 表格都能用。",
)


def write_guide(workbook: Book, book: Yearbook, *, checks_itself: bool) -> None:
    """One page on how to fill the form in; where it checks itself, also how, and an example. Column titles stand inside
    sentences, so that it is not taken for a form."""
    notice, form = book.notice, book.form
    widths = (7.0, 34.0, 44.0, 40.0) if checks_itself else (7.0, 34.0, 62.0)
    page = Page(workbook, GUIDE_SHEET, f"{notice.title}申报表填表说明", widths)
    for text in _GUIDE:
        page.say(text.format(filings=form.filing_sheet, participants=form.participant_sheet, year=notice.year))
    if checks_itself:
        page.head("自查")
        told = {"hold": SEVERITIES["hold"], "back": SEVERITIES["return"], "out": SEVERITIES["prohibit"]}
        for text in _OF_SELF_CHECK:
            page.say(text.format(called=CALLED, ready=READY, rows=PREPARED, **told))
    for name, columns in ((form.filing_sheet, form.filing), (form.participant_sheet, form.participant)):
        page.head(f"“{name}”各栏{'，最右边是一个填写示例' if checks_itself else ''}")
        for number, column in enumerate(columns):
            listed = notice.vocabularies.get(column.vocabulary or "", ())
            told_of = f"{column.doc}{'：' + '、'.join(listed) if listed else ''}。"
            cells = [f"{xl_col_to_name(number)} 列", f"“{column.title}”，{column.asked}", told_of]
            page.row([*cells, _example(column.example, notice.year)] if checks_itself else cells)
        if checks_itself:
            said = READY if columns is form.filing else NO_PROBLEM
            told_of = "自动计算，不用填。"
            page.row([f"{xl_col_to_name(len(columns))} 列", f"“{CALLED}”", told_of, _example(said, notice.year)])


def _example(value: str, year: int) -> str:
    """A value of the example as one would type it."""
    return f"例：{value.format(year=year)}" if value else "例：（留空）"
