"""The page 说明: the night in figures and how to fill the workbook in."""

from flows.publish import BRIEFING
from flows.publish.exceptions.findings import waiting
from flows.publish.exceptions.registers import counted
from flows.publish.exceptions.todo import words_not_understood
from flows.publish.night import Night
from flows.publish.workbook import Book, Page
from schemas.decisions import TAKE_BACK
from schemas.sheets import NOTE, REVIEWER, TO_UNIT, VERDICT
from schemas.words import DISPOSITIONS, SEVERITIES

_STEPS = (
    "1. 打开“待办”：只列等待处理的，一个项目一块，情况、理由和全部问题都在一屏之内；点蓝底的项目名称，打开它的说明页。"
    "在浅黄格的“{verdict}”中选一项，并在“{reviewer}”写下姓名。",
    "2. “{note}”只供内部；“{to_unit}”写进退回该单位的修改意见和批注，不选意见也会写给单位。",
    "3. 疑似重复也在“待办”，甲乙并列，不同之处有颜色，选“合并”或“不合并”。已自动合并的见“疑似重复”，不对的选“不合并”。",
    "4. 保存后关闭即可，当夜生效；不填不算意见。填报值改变后，原意见失效，问题重新列出，并写明由什么变为什么。",
    "5. 写了不是可选项的字（如“不同意”“√”），不会生效，但会留在原处、排到最前，请改选一项；不要了请选“{take_back}”。",
    "6. 改变主意：在“问题清单”“疑似重复”的同一行另选一项，或选“{take_back}”收回。"
    "同一条在两张表中都填了而意见不同的，都不生效，次日并列待定。全部意见见“已处理”。",
    "7. “问题清单”“疑似重复”可以排序、筛选、调整列宽、删去不看的行，或另存为副本；请不要改“编号”和表头。"
    "表未设密码。说明文字不要以“=”“-”开头，否则会变成公式。",
    "8. 本表被他人打开时，可将副本放入 inputs 的“{year}/处理意见”文件夹，同样有效。",
)
_VERDICT_WORDS = (
    ("同意", "就这一条放行，其他问题仍然有效；没有其他问题时纳入计划。"),
    ("退回", "退回单位修改；单位重新报送前不纳入计划。"),
    ("剔除", f"评审剔除，不纳入计划。系统不会因此告知单位；要告知的，请填“{TO_UNIT}”，写进该单位的修改意见。"),
    ("合并", "两项是同一团组，在计划中只列一次。"),
    ("不合并", "两项是不同团组，以后也不再合并。"),
    ("撤销", "收回此前的意见，恢复为待处理。"),
)
_SEVERITY_WORDS = {
    "prohibit": "通知不允许，不受理；确有特殊依据的，选“同意”放行。",
    "return": "填报有误，单位更正后重新报送；更正前不纳入计划。",
    "hold": "通知要求从严或原则上如此，须由人判断；选“同意”后纳入计划。",
    "advise": "只作提醒，不影响纳入计划，可以不处理。",
}


def write_guide(book: Book, night: Night) -> None:
    """One page at the front of the workbook."""
    page = Page(book, "说明", f"{night.title}异常清单", (16.0, 84.0), "#1F4E79")
    page.say(night.line, font_color="#595959")
    _registers(page, night)
    _figures(page, night)
    page.head("二、怎样填写")
    words = {
        "verdict": VERDICT,
        "note": NOTE,
        "reviewer": REVIEWER,
        "to_unit": TO_UNIT,
        "take_back": TAKE_BACK,
        "year": night.run["year"],
    }
    for step in _STEPS:
        page.say(step.format(**words))
    page.head("三、处理意见的含义")
    for word, told in _VERDICT_WORDS:
        page.row((word, told))
    page.head("四、级别的含义")
    for key, told in _SEVERITY_WORDS.items():
        page.row((SEVERITIES[key], told), mark=key)


def _registers(page: Page, night: Night) -> None:
    """What is wrong in the reference workbooks stands above all else: filings wait for it, and only the office can mend it."""
    problems = night.view("register_problem")
    if len(problems):
        told = f"{counted(problems)}。见“名录问题”；依据这些内容的核对结果先作待核，请尽快更正参考表。"
        page.say(told, bold=True, font_color="#C00000")
    else:
        page.say(f"{counted(problems)}。", font_color="#595959")


def _figures(page: Page, night: Night) -> None:
    run = night.run
    went = "，".join(f"{title} {int(run[word])}" for word, title in DISPOSITIONS.items())
    offered, unclear, waits = night.told("figures", lambda: _waiting(night))
    received = f"文件 {int(run['files'])} 个，申报项目 {int(run['filings'])} 项，归并为团组 {int(run['groups'])} 个"
    page.head("一、本夜概况")
    page.row(("收到", received))
    page.row(("去向", went))
    page.row(("未了结", f"{waits}；其中等本处决定的列在“待办”，其余等单位更正"))
    page.row(("待判定", f"疑似重复 {offered} 对"))
    if unclear:
        told = f"{unclear} 处填写的不是可选的意见，没有生效；在“待办”最前，请改选"
        page.row(("意见待明确", told), mark="unclear")
    page.link("图表", BRIEFING, f"{BRIEFING}：本夜的图表，不联网也能打开")
    workbooks = night.view("current_decision_workbook")
    for told in workbooks[workbooks["problem"].notna()].itertuples():
        page.row(("处理意见来源", f"{told.path}：{told.problem}"), mark="hold")


def _waiting(night: Night) -> tuple[int, int, str]:
    """How many pairs wait, how many words are no verdicts, and which findings wait, in a sentence."""
    pairs = night.view("possible_duplicate")
    offered = int((pairs["outcome"].eq("offered") & pairs["verdict"].isna()).sum())
    return offered, words_not_understood(night), waiting(night.view("open_finding"))
