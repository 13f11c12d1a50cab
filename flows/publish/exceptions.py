"""``异常清单.xlsx``: the exceptions workbook, in which reviewers read what is wrong and write what to do."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from flows.publish.look import OFFICE, WHOLE, Book, Page, Table, new_book
from flows.settings import Settings
from schemas.columns import FILING, Column, titles
from schemas.decisions import KINDS, NOTE, REVIEWER, TAKE_BACK, VERDICT, VERDICTS
from schemas.notice import Notice
from schemas.tables import TEXT
from schemas.words import DISPOSITIONS, FILE_STATUSES, FINDING_STATUSES, PAIR_OUTCOMES, SEVERITIES

View = Callable[[str], pd.DataFrame]

ENTRIES: tuple[Column, ...] = (
    Column("verdict", VERDICT, "choice", "从列表中选择", width=9),
    Column("note", NOTE, "text", "理由或说明", width=16),
    Column("reviewer", REVIEWER, "text", "谁作的处理", width=8),
)
"""The columns that reviewers fill in."""
_ENTRY_NAMES = tuple(column.name for column in ENTRIES)

FINDINGS: tuple[Column, ...] = (
    Column("finding_id", "编号", "text", "同一问题每夜不变", width=9),
    Column("severity", "级别", "choice", "后果", width=9),
    Column("clause", "条款", "text", "通知的条款", width=9),
    Column("unit", "单位", "text", "填报单位", width=14),
    Column("file", "文件", "text", "相对于 inputs 的路径", width=17),
    Column("sheet", "工作表", "text", "工作表", width=9),
    Column("cell", "单元格", "text", "点击可打开申报表的该单元格", width=7),
    Column("title", "项目名称", "text", "项目名称", width=18),
    Column("column", "栏目", "text", "栏目", width=10),
    Column("value", "填报值", "text", "原样", width=15),
    Column("message", "问题", "text", "什么不符合", width=30),
    Column("advice", "修改建议", "text", "怎样改", width=24),
    Column("first_seen", "首次出现", "date", "自何时起未解决", width=11),
    Column("state", "状态", "choice", "待处理、已处理", width=8),
    Column("earlier", "此前意见", "text", "已失效的处理意见", width=14),
    *ENTRIES,
)
"""One row of 问题清单."""

_COMPARED: tuple[tuple[str, str, str, float], ...] = (
    ("title", "项目名称", "text", 18),
    ("organiser", "组团单位", "text", 13),
    ("country", "国家（地区）", "text", 9),
    ("institution", "境外培训机构", "text", 14),
    ("headcount", "人数", "whole", 5.5),
    ("days", "天数", "whole", 5.5),
    ("start_date", "拟出境日期", "date", 11),
    ("otm_no", "系统项目编号", "text", 12),
)
"""What is shown of both filings of a pair: name, title, kind, width."""
_SIDES = {"l": "甲", "r": "乙"}


def _both(name: str, title: str, kind: str, width: float) -> tuple[Column, Column]:
    return tuple(Column(f"{name}_{side}", f"{title}{word}", kind, title, width=width) for side, word in _SIDES.items())  # type: ignore[arg-type,return-value]


_NAMES, _REST = _COMPARED[:1], _COMPARED[1:]
DUPLICATES: tuple[Column, ...] = (
    Column("pair_id", "编号", "text", "同一对项目每夜不变", width=9),
    *(column for compared in _NAMES for column in _both(*compared)),
    Column("state", "现状", "choice", "待判定、已自动合并", width=9),
    Column("match_probability", "相似度", "number", "是同一团组的概率", width=8),
    Column("match_weight", "分值", "number", "越高越像同一团组", width=7),
    Column("reasons", "主要理由", "text", "相同和不同之处", width=26),
    *_both("file", "文件", "text", 15),
    *_both("row", "行", "whole", 5),
    *(column for compared in _REST for column in _both(*compared)),
    Column("earlier", "此前意见", "text", "已失效的处理意见", width=14),
    *ENTRIES,
)
"""One row of 疑似重复: two filings side by side. What they are called stands first: in print it is repeated beside the
entries, which fall on another page."""
_NAMED = 1 + len(_SIDES)

_WENT = tuple(Column(word, title, "whole", f"去向为{title}的项目", width=9) for word, title in DISPOSITIONS.items())

FILES: tuple[Column, ...] = (
    Column("path", "文件", "text", "相对于 inputs 的路径", width=44),
    Column("opens", "打开", "choice", "点击可打开该文件", width=6),
    Column("unit", "单位", "text", "填报单位", width=24),
    Column("status", "状态", "choice", "读到没有", width=14),
    Column("reason", "原因", "text", "没有读取或不计的原因", width=40),
    Column("filings", "申报项目数", "whole", "读到的项目", width=9),
    *_WENT,
)
"""One row of 文件清单."""

_EVEN = (
    Column("sum", "去向合计", "whole", "各去向之和", width=9),
    Column("even", "是否相符", "choice", "申报项目数与去向合计", width=9),
)
RECONCILED: tuple[Column, ...] = (
    Column("path", "文件", "text", "相对于 inputs 的路径", width=52),
    Column("filings", "申报项目数", "whole", "读到的项目", width=9),
    *_WENT,
    *_EVEN,
)
"""One row of 对账."""
RECONCILED_UNITS: tuple[Column, ...] = (
    Column("unit", "单位", "text", "填报单位", width=40),
    Column("files", "文件数", "whole", "有申报项目的文件", width=8),
    Column("filings", "申报项目数", "whole", "读到的项目", width=9),
    *_WENT,
    *_EVEN,
)
"""One row of 分单位对账."""

DECIDED: tuple[Column, ...] = (
    Column("about", "编号", "text", "问题或疑似重复的编号", width=9),
    Column("kind", "类别", "choice", "关于什么", width=9),
    Column("verdict", VERDICT, "choice", "作出的处理意见", width=9),
    Column("note", NOTE, "text", "理由或说明", width=20),
    Column("reviewer", REVIEWER, "text", "谁作的处理", width=9),
    Column("decided_on", "处理时间", "text", "所在的表保存的时间", width=12),
    Column("state", "是否有效", "choice", "今夜是否仍起作用", width=9),
    Column("why", "无效原因", "text", "为什么不起作用", width=24),
    Column("value", "针对的填报值", "text", "作出意见时的填报值", width=20),
    Column("value_now", "现填报值", "text", "最近一夜的填报值", width=14),
    Column("clause", "条款", "text", "通知的条款", width=9),
    Column("unit", "单位", "text", "填报单位", width=14),
    Column("file", "文件", "text", "相对于 inputs 的路径", width=16),
    Column("title", "项目名称", "text", "项目名称", width=18),
    Column("matter", "问题", "text", "关于哪个问题或哪一对项目", width=28),
    Column("origin", "填写处", "text", "在哪个表的哪一行填写", width=16),
    Column("read_in", "读取之夜", "text", "哪一夜读到", width=10),
)
"""One row of 已处理. Its title 是否有效 tells it from the sheets that decisions are read from."""

CHANGES: tuple[Column, ...] = (
    Column("change", "变化", "choice", "新增、变化、消失", width=7),
    Column("what", "类别", "choice", "什么", width=10),
    Column("unit", "单位", "text", "填报单位", width=18),
    Column("file", "文件", "text", "相对于 inputs 的路径", width=24),
    Column("place", "位置", "text", "行或单元格", width=10),
    Column("title", "项目名称", "text", "项目名称", width=26),
    Column("before", "上一夜", "text", "上一夜的样子", width=38),
    Column("now", "本夜", "text", "本夜的样子", width=38),
    Column("id", "所指编号", "text", "项目、问题、疑似重复或处理意见的编号", width=12),
)
"""One row of 本夜变化."""

_CHANGED = ("文件", "申报项目", "填报值", "问题", "疑似重复", "处理意见")
"""What may change, in the order it is told."""
_REMARK = "advise"
"""The severity that asks nothing of anybody."""
_AS_FILED = titles(FILING)
_ANCHORED = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".et")
"""Kinds of files of which a link can name the cell."""
_UNLINKABLE = re.compile(r'[#%"<>|*?\\\x00-\x1f]')
_LONGEST_PATH, _LONGEST_ANCHOR = 218, 200
"""Longest path that Excel opens, and a bound on the place within the workbook."""


@dataclass(frozen=True)
class _Night:
    """What every sheet says of the night."""

    year_title: str
    line: str
    first: bool


def write_exceptions(path: Path, view: View, settings: Settings, notice: Notice) -> None:
    """Write the exceptions of the current night to ``path``; links lead from ``settings.published`` to the submissions."""
    run = view("current_run").iloc[0]
    made = run["started_at"].to_pydatetime()
    line = f"编制单位：{OFFICE}　　核对日期：{made:%Y 年 %m 月 %d 日}　　批次：{run['run_id']}"
    night = _Night(notice.title, line, first=int(view("run")["year"].eq(run["year"]).sum()) < 2)
    said, findings = view("decision_state"), view("open_finding")
    links = _Links(settings)
    with new_book(path, f"{notice.title}异常清单", "因公出国（境）培训项目申报核对", made, many_rows=True) as book:
        _explain(book, night, run, findings, view("possible_duplicate"), view("current_decision_workbook"))
        book.write(_findings(night, findings, said, links))
        book.write(_duplicates(night, view("possible_duplicate"), said))
        book.write(_files(night, view("file_account"), links))
        book.write(_reconciled(night, "对账", RECONCILED, view("reconciliation")))
        book.write(_reconciled(night, "分单位对账", RECONCILED_UNITS, view("reconciliation_by_unit")))
        book.write(_decided(night, said))
        book.write(_changes(night, view("change"), view("changed_value")))


def _findings(night: _Night, findings: pd.DataFrame, said: pd.DataFrame, links: "_Links") -> Table:
    """Those to decide first, in the order of the view; the decided ones after them, so that they can be taken back."""
    decided = findings["status"].ne("open")
    frame = findings.assign(decided=decided).sort_values("decided", kind="stable", ignore_index=True)
    decided = frame["decided"]
    frame["earlier"] = frame["finding_id"].map(_lapsed(said)).where(~decided)
    state = frame["status"].map(FINDING_STATUSES)
    marks = {column.name: pd.Series("faint", index=frame.index).where(decided) for column in FINDINGS}
    marks["severity"] = frame["severity"].mask(decided, "faint")
    frame["state"] = state.mask(frame["earlier"].notna(), "重新待处理")
    frame["severity"] = frame["severity"].map(SEVERITIES)
    waiting = _waiting(findings)
    return Table(
        "问题清单",
        f"{night.year_title}问题清单",
        FINDINGS,
        frame,
        remarks=(
            night.line,
            f"{waiting}。只填浅黄色表头的三栏。",
        ),
        marks=marks,
        links={"cell": links.cells(frame)},
        lists={"verdict": VERDICTS["finding"]},
        most_lines={"title": 6, "file": WHOLE, "sheet": WHOLE},
        entries=_ENTRY_NAMES,
        nothing="没有发现问题。",
        colour="#C00000",
    )


def _waiting(findings: pd.DataFrame) -> str:
    """How many findings wait for somebody, in a sentence; what is only a remark is counted apart."""
    waiting = findings.loc[findings["status"].eq("open"), "severity"].value_counts()
    remarks = int(waiting.get(_REMARK, 0))
    counts = "，".join(
        f"{word} {waiting[key]} 条" for key, word in SEVERITIES.items() if key in waiting.drop(_REMARK, errors="ignore")
    )
    told = f"待处理 {int(waiting.sum()) - remarks} 条{'：' + counts if counts else ''}"
    return told + (f"；另有{SEVERITIES[_REMARK]} {remarks} 条，可以不处理" if remarks else "")


def _duplicates(night: _Night, pairs: pd.DataFrame, said: pd.DataFrame) -> Table:
    disputed = pairs["verdict"].notna() & pairs["outcome"].eq("offered")
    decided = pairs["verdict"].notna() & ~disputed
    frame = pairs.assign(decided=decided, disputed=disputed).sort_values("decided", kind="stable", ignore_index=True)
    decided, disputed = frame["decided"], frame["disputed"]
    frame["earlier"] = frame["pair_id"].map(_lapsed(said)).where(~decided)
    frame["state"] = (
        frame["outcome"].map(PAIR_OUTCOMES).mask(decided, "按意见" + frame["verdict"]).mask(disputed, "意见矛盾")
    )
    marks: dict[str, pd.Series] = {}
    for name, *_ in _COMPARED:
        left, right = frame[f"{name}_l"], frame[f"{name}_r"]
        same = left.eq(right).fillna(False).astype(bool) | (left.isna() & right.isna())
        marks[f"{name}_l"] = marks[f"{name}_r"] = pd.Series("differs", index=frame.index).mask(same)
    marks["state"] = frame["outcome"].map({"offered": "hold", "merged": "good"}).mask(decided, "faint")
    offered = int((frame["outcome"].eq("offered") & ~decided).sum())
    return Table(
        "疑似重复",
        f"{night.year_title}疑似重复",
        DUPLICATES,
        frame,
        remarks=(
            night.line,
            f"待判定 {offered} 对，其余已合并或已有意见，列在后面，可以撤销。两项不同之处以颜色标出。",
        ),
        marks=marks,
        lists={"verdict": VERDICTS["pair"]},
        most_lines={"title_l": 8, "title_r": 8, "file_l": WHOLE, "file_r": WHOLE},
        exact=("match_probability",),
        frozen=_NAMED,
        entries=_ENTRY_NAMES,
        nothing="没有疑似重复的项目。",
        colour="#C65911",
    )


def _lapsed(said: pd.DataFrame) -> pd.Series:
    """The last decision on each thing where it no longer holds, as a sentence, by what it is about."""
    last = said[said["problem"].isna()].drop_duplicates("about")
    last = last[~last["applied"].astype(bool) & last["verdict"].ne(TAKE_BACK)]
    who = last["reviewer"].fillna("未署名")
    day = pd.to_datetime(last["decided_at"]).dt.strftime("%Y-%m-%d")
    sentence = who + " " + day + "“" + last["verdict"] + "”，已失效：" + last["why_not"].fillna("情况已变。")
    return pd.Series(sentence.to_numpy(), index=last["about"].to_numpy())


def _files(night: _Night, files: pd.DataFrame, links: "_Links") -> Table:
    opens = links.files(files["path"].where(files["status"].ne("skipped")))
    frame = files.assign(status=files["status"].map(FILE_STATUSES), opens=opens.mask(opens.notna(), "打开"))
    looks = {
        "unreadable": "prohibit",
        "failed": "prohibit",
        "empty": "hold",
        "superseded": "advise",
        "duplicate": "advise",
        "skipped": "faint",
    }
    counts = "，".join(f"{word} {number} 个" for word, number in frame["status"].value_counts().items())
    return Table(
        "文件清单",
        f"{night.year_title}文件清单",
        FILES,
        frame,
        remarks=(night.line, f"共发现文件 {len(frame)} 个{'：' + counts if counts else ''}。"),
        marks={"status": files["status"].map(looks)},
        links={"opens": opens},
        most_lines={"path": WHOLE},
        nothing="没有发现文件。",
    )


def _reconciled(night: _Night, name: str, columns: tuple[Column, ...], account: pd.DataFrame) -> Table:
    even = account["even"].astype(bool)
    frame = account.assign(sum=account[list(DISPOSITIONS)].sum(axis=1), even=even.map({True: "相符", False: "不符"}))
    total = pd.Series("total", index=frame.index).where(frame.index == len(frame) - 1)
    marks = {column.name: total for column in columns}
    marks["even"] = even.map({True: "good", False: "prohibit"})
    verdict = "相符" if even.all() else "不符"
    return Table(
        name,
        f"{night.year_title}{name}",
        columns,
        frame,
        remarks=(night.line, f"读到的申报项目数应等于各去向之和。本夜：{verdict}。"),
        marks=marks,
        most_lines={"path": WHOLE},
    )


def _decided(night: _Night, said: pd.DataFrame) -> Table:
    holds = said["applied"].astype(bool)
    pair = "与“" + said["file_r"] + "”第 " + said["row_r"].astype(TEXT) + " 行“" + said["title_r"].fillna("") + "”"
    origin = said["source"] + "　" + said["source_sheet"] + " 第 " + said["source_row"].astype(TEXT) + " 行"
    frame = said.assign(
        kind=said["kind"].map(KINDS),
        decided_on=pd.to_datetime(said["decided_at"]).dt.strftime("%Y-%m-%d %H:%M"),
        state=holds.map({True: "有效", False: "无效"}),
        why=said["why_not"].where(~holds),
        matter=said["message"].fillna(pair),
        origin=origin,
    )
    return Table(
        "已处理",
        f"{night.year_title}处理意见记录",
        DECIDED,
        frame,
        remarks=(
            night.line,
            "每条处理意见都保留在此。要撤销或改变，请在“问题清单”“疑似重复”中同一编号处另选处理意见。",
        ),
        marks={"state": holds.map({True: "good", False: "hold"})},
        most_lines={"title": 6, "file": WHOLE, "note": WHOLE, "value": 10},
        cropped=("note",),
        nothing="还没有处理意见。",
    )


def _changes(night: _Night, changes: pd.DataFrame, values: pd.DataFrame) -> Table:
    place = values["cell"].fillna("") + " " + values["column"].map(_AS_FILED)
    values = values.assign(change="变化", what="填报值", place=place, id=values["filing_id"])
    changes = pd.concat([changes, values[changes.columns]], ignore_index=True)
    changes["id"] = changes["id"].where(changes["what"].ne("文件"))
    order = changes["what"].map({what: place for place, what in enumerate(_CHANGED)})
    changes = changes.iloc[order.argsort(kind="stable")].reset_index(drop=True)
    looks = {"新增": "hold", "变化": "advise", "消失": "faint"}
    counts = "，".join(f"{word} {number} 条" for word, number in changes["change"].value_counts().items())
    nothing = "本年度第一夜，没有可比较的上一夜。" if night.first else "与上一夜相比没有变化。"
    return Table(
        "本夜变化",
        f"{night.year_title}本夜变化",
        CHANGES,
        changes,
        remarks=(night.line, f"与上一夜相比：{counts}。" if counts else nothing),
        marks={"change": changes["change"].map(looks)},
        most_lines={"title": 4, "file": WHOLE, "before": 8, "now": 8},
        nothing=nothing,
    )


_STEPS = (
    "1. 打开“问题清单”，从上往下看：最先列出的后果最重，同一单位、同一文件的排在一起。点“单元格”可打开申报表的该处。",
    "2. 在浅黄色表头的“{verdict}”中选一项，必要时写“{note}”，并在“{reviewer}”写下姓名。其余各栏不能修改。",
    "3. 在“疑似重复”中比较甲乙两项（不同之处有颜色），选“合并”或“不合并”。已自动合并的也列在后面，不对的选“不合并”。",
    "4. 保存后关闭即可，当夜生效；不填不算意见。填报值改变后，原意见失效，问题重新列出。",
    "5. 改变主意：在同一行另选一项，或选“{take_back}”收回。全部意见及是否有效见“已处理”。",
    "6. 可以排序、筛选、调整列宽、删去不看的行，或另存为副本；请不要改“编号”和表头。表未设密码。说明文字不要以“=”“-”开头，否则会变成公式。",
    "7. 本表被他人打开时，可将副本放入 inputs 的“{year}/处理意见”文件夹，同样有效。",
)
_VERDICT_WORDS = (
    ("同意", "就这一条放行，其他问题仍然有效；没有其他问题时纳入计划。"),
    ("退回", "退回单位修改；单位重新报送前不纳入计划。"),
    ("剔除", "评审剔除，不纳入计划。"),
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


def _explain(
    book: Book, night: _Night, run: pd.Series, findings: pd.DataFrame, pairs: pd.DataFrame, workbooks: pd.DataFrame
) -> None:
    """One page: the night in figures and how to fill the workbook in."""
    page = Page(book, "说明", f"{night.year_title}异常清单", (16.0, 84.0), "#1F4E79")
    page.say(night.line, font_color="#595959")
    went = "，".join(f"{title} {int(run[word])}" for word, title in DISPOSITIONS.items())
    offered = int((pairs["outcome"].eq("offered") & pairs["verdict"].isna()).sum())
    page.head("一、本夜概况")
    page.row(
        ("收到", f"文件 {int(run['files'])} 个，申报项目 {int(run['filings'])} 项，归并为团组 {int(run['groups'])} 个")
    )
    page.row(("去向", went))
    page.row(("待处理", _waiting(findings).removeprefix("待处理 ")))
    page.row(("待判定", f"疑似重复 {offered} 对"))
    for told in workbooks[workbooks["problem"].notna()].itertuples():
        page.row(("处理意见来源", f"{told.path}：{told.problem}"), mark="hold")
    page.head("二、怎样填写")
    for step in _STEPS:
        words = {"verdict": VERDICT, "note": NOTE, "reviewer": REVIEWER, "take_back": TAKE_BACK, "year": run["year"]}
        page.say(step.format(**words))
    page.head("三、处理意见的含义")
    for word, told in _VERDICT_WORDS:
        page.row((word, told))
    page.head("四、级别的含义")
    for key, told in _SEVERITY_WORDS.items():
        page.row((SEVERITIES[key], told), mark=key)


class _Links:
    """Where links lead: from the outputs to a submission, at a cell where the program can. None rather than a broken one."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def files(self, paths: pd.Series) -> pd.Series:
        """A link for each file, missing where there can be none."""
        return paths.map({path: self._to(path) for path in paths.dropna().unique()}).astype(TEXT)

    def cells(self, findings: pd.DataFrame) -> pd.Series:
        """A link for each finding's cell."""
        base = self.files(findings["file"])
        anchored = findings["file"].str.lower().str.endswith(_ANCHORED).fillna(False).astype(bool)
        place = "#'" + findings["sheet"].str.replace("'", "''") + "'!" + findings["cell"]
        place = place.where(anchored & place.str.len().le(_LONGEST_ANCHOR))
        return (base + place.fillna("")).where(findings["cell"].notna())

    def _to(self, path: str) -> str | None:
        location = self._settings.inputs / path
        if _UNLINKABLE.search(path) or len(str(location)) > _LONGEST_PATH:
            return None
        try:
            there = location.is_file()
        except OSError:
            return None
        try:
            way = os.path.relpath(location, self._settings.published)
        except ValueError:  # another drive
            way = str(location)
        way = way.replace(os.sep, "/")
        return f"external:{way}" if there and not _UNLINKABLE.search(way) else None
