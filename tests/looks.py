"""A warehouse of a few nights by hand, as odd as offices are, to see what the workbooks make of it.

``python -m tests.looks FOLDER`` writes the workbooks of the last night there, to be looked at.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import duckdb
import pandas as pd

from flows import warehouse
from flows.assemble import filled_cells, vocabulary_words
from flows.publish import View, publish
from flows.rank import rank
from flows.references import References
from flows.settings import Settings
from schemas.tables import (
    TEXT,
    Countries,
    DecidedPairs,
    Decisions,
    DecisionWorkbooks,
    Dispositions,
    Files,
    Frame,
    Groups,
    Institutions,
    LastYearProjects,
    Standings,
    Units,
    empty,
)
from schemas.warehouse import TABLES
from schemas.words import DISPOSITIONS
from tests import frames
from tests.warehouses import lay_out
from tests.year import BOOK, NOTICE, YEAR

FIRST_NIGHT = datetime(2019, 11, 20, 20, 30)


@dataclass
class Night:
    """What came of one night, in mappings that say what differs from the valid row of ``tests.frames``."""

    filings: Sequence[Mapping[str, object]] = ()
    findings: Sequence[Mapping[str, object]] = ()
    files: Sequence[Mapping[str, object]] = ()
    pairs: Sequence[Mapping[str, object]] = ()
    participants: Sequence[Mapping[str, object]] = ()
    decisions: Sequence[Mapping[str, object]] = ()
    standings: Mapping[str, str | None] = field(default_factory=dict)
    workbooks: Sequence[Mapping[str, object]] = ()


def load_night(connection: duckdb.DuckDBPyConnection, number: int, night: Night) -> str:
    """Load the night; returns its run_id. ``disposition``, ``because`` and ``group_id`` of a filing default to a group of
    its own in the plan."""
    started = FIRST_NIGHT + timedelta(days=number)
    run_id = f"{started:%Y%m%d-%H%M%S}"
    read = frames.filings(night.filings)
    for name, usual in (("disposition", "included"), ("because", None), ("group_id", None)):
        read[name] = pd.Series([row.get(name, usual) for row in night.filings], dtype=TEXT)
    read["group_id"] = read["group_id"].fillna("g-" + read["filing_id"])
    groups = read.drop_duplicates("group_id").assign(lead_filing_id=lambda t: t["filing_id"])
    groups["filings"] = groups["group_id"].map(read.groupby("group_id").size()).astype("int64")
    participants = frames.participants(night.participants)
    taking_part = participants.merge(read[["filing_id", "group_id"]]).groupby("group_id")["participant"]
    groups["participant_units"] = groups["group_id"].map(taking_part.agg("、".join)).astype(TEXT)
    groups = groups.reindex(columns=Groups.names()).astype(Groups.dtypes())
    registers = References(_units(), empty(Institutions), _countries(), empty(LastYearProjects))
    groups = rank(groups, read[Dispositions.names()], registers, NOTICE)
    files = _files(night.files, read)
    went = read["disposition"].value_counts()
    run = {
        "number": number + 1, "started_at": started, "ended_at": None, "status": "complete", "files": len(files), "filings": len(read),
        **{word: int(went.get(word, 0)) for word in DISPOSITIONS}, "findings": len(night.findings), "groups": len(groups),
    }  # fmt: skip
    decisions = _rows(night.decisions, Decisions, run_id=run_id, decided_at=started, number=1, sheet="问题清单", row=5)
    standings = [{"decision_id": key, "applied": why is None, "why_not": why} for key, why in night.standings.items()]
    standings = _rows(standings, Standings)
    tables = {
        "run": pd.DataFrame([run]).astype({"ended_at": "datetime64[us]"}),
        "file": files,
        "filing": read,
        "filing_cell": filled_cells(frames.cells(night.filings), read),
        "participant": participants,
        "finding": frames.findings(night.findings).assign(**_entries(night.findings)),
        "pair": _rows(night.pairs, DecidedPairs),
        "training_group": groups,
        "decision": decisions.merge(standings, on="decision_id"),
        "decision_standing": standings,
        "decision_workbook": _rows(night.workbooks, DecisionWorkbooks, typed=0),
        "unit": _units(),
        "country": _countries(),
        "word": vocabulary_words(NOTICE),
        "notice_limit": pd.DataFrame(NOTICE.limits.model_dump().items(), columns=["name", "value"]),
    }
    nothing = pd.DataFrame()
    kept = {name: tables.get(name, nothing).reindex(columns=warehouse.columns(connection, name)) for name in TABLES}
    warehouse.load(connection, warehouse.NightTables(run_id, YEAR, kept))
    return run_id


def _files(told: Sequence[Mapping[str, object]], read: pd.DataFrame) -> pd.DataFrame:
    known = {row["path"] for row in told}
    rows = [{"path": path, "unit": unit} for path, unit in read.drop_duplicates("file")[["file", "unit"]].values]
    rows = [*told, *(row for row in rows if row["path"] not in known)]
    counted = read.groupby("file").size()
    usual = [{"sha256": row["path"], "size": 1, "filings": counted.get(row["path"], 0)} for row in rows]
    return _rows([{**given, **row} for given, row in zip(usual, rows, strict=True)], Files, status="read")


def _rows(rows: Sequence[Mapping[str, object]], schema: type[Frame], **usual: object) -> pd.DataFrame:
    blank = dict.fromkeys(schema.names()) | usual
    frame = pd.DataFrame([{**blank, **row} for row in rows], columns=list(blank))
    return frame.astype(schema.dtypes())


def _entries(rows: Sequence[Mapping[str, object]]) -> dict[str, pd.Series]:
    return {
        name: pd.Series([row.get(name) for row in rows], dtype=TEXT)
        for name in ("verdict", "note", "reviewer", "to_unit", "unclear")
    }


def _units() -> pd.DataFrame:
    rows = [
        ("四川省农业农村厅", "省级", "省级", "农业"),
        ("四川省卫生健康委员会", "省级", "省级", "卫生"),
        ("绵阳市农业农村局", "市级", "绵阳市", "农业"),
        ("甘孜藏族自治州农牧农村和科学技术局", "市级", "甘孜藏族自治州", "农业"),
    ]
    usual = {"nature": "行政机关", "foreign_affairs": True, "vertical": False, "has_budget": True}
    return _rows([dict(zip(("unit", "level", "region", "system"), row, strict=True)) for row in rows], Units, **usual)


def _countries() -> pd.DataFrame:
    rows = [("荷兰", False), ("美国", True), ("德国", True), ("以色列", False)]
    return _rows([{"country": name, "hot": hot, "belt_road": not hot} for name, hot in rows], Countries)


LONG = "本项目围绕马铃薯脱毒种薯繁育、病毒检测、贮藏、机械化收获与加工等环节系统安排课程和实训。" * 12
A, B, C = "2020/成都市/农业农村局 2020年申报表.xlsx", "2020/绵阳市/=cmd|'C'!A0.xls", "2020/甘孜州/100%#1 表.csv"
ODD_FILES = (
    {"path": "2020/~$申报表.xlsx", "status": "skipped", "reason": "办公软件打开文件时的临时文件。"},
    {
        "path": "2020/扫描件/盖章件（第一页）.pdf",
        "status": "unreadable",
        "reason": "是 PDF 文件，不是表格；请报送电子表格。",
    },
    {
        "path": "2020/" + "很长的文件夹名称" * 12 + "/申报表.xlsx",
        "status": "empty",
        "reason": "没有找到申报项目的表头。",
    },
    {"path": "2020/成都市/副本.xlsx", "status": "duplicate", "reason": f"与“{A}”内容完全相同，只计一次。"},
    {"path": "2020/有\n换行.xlsx", "status": "unreadable", "reason": "文件损坏（压缩包不完整），请重新导出。"},
)
FILINGS = (
    {"filing_id": "f-a1", "file": A, "row": 4},
    {"filing_id": "f-a2", "file": A, "row": 5, "title": "=HYPERLINK(\"http://x\",\"点我\")", "country": "美国",
     "disposition": "held", "because": "四（三）：申报人数 25 人，超过每团 20 人的原则上限。", "headcount": 25},
    {"filing_id": "f-a3", "file": A, "row": 6, "title": LONG, "organiser": "绵阳市农业农村局", "disposition": "returned",
     "because": "四（二）：拟入境日期“2020年13月1日”无法识别。", "priority_class": "一般"},
    {"filing_id": "f-b1", "file": B, "row": 4, "unit": "绵阳市农业农村局", "organiser": "绵阳市农业农村局",
     "title": "赴荷兰马铃薯种薯繁育技术培训", "headcount": 4, "disposition": "merged", "group_id": "g-f-a1",
     "because": f"与“{A}”第 4 行为同一团组，已随其纳入计划。", "institution": "Wageningen Agricultural Training Centre"},
    {"filing_id": "f-b2", "file": B, "row": 5, "unit": "绵阳市农业农村局", "organiser": "甘孜藏族自治州农牧农村和科学技术局",
     "title": "+牦牛繁育\x07与草原生态保护😀技术", "priority_class": "优先2", "country": "以色列", "budget": 1234.5},
    {"filing_id": "f-c1", "file": C, "row": 2, "unit": None, "disposition": "prohibited", "title": "公安队伍能力建设",
     "because": "二（三）3：培训领域“公安”由中央主管部门统一申报，省、市不申报。", "theme": "公安", "budget": None},
    {"filing_id": "f-c2", "file": C, "row": 3, "unit": None, "organiser": None, "institution": None, "headcount": None},
)  # fmt: skip
FINDINGS = (
    {"finding_id": "9f1c22aa01de4477", "clause": "二（三）3", "severity": "prohibit", "file": C, "sheet": "Sheet1",
     "cell": "F2", "column": "培训领域", "value": "公安", "filing_id": "f-c1",
     "message": "培训领域“公安”属由中央主管部门统一申报的领域，省、市单位不申报。", "advice": "请撤回该项目，向主管部门申报。"},
    {"finding_id": "9f1c22aa01de4478", "severity": "return", "file": A, "sheet": "项目申报", "cell": "P6", "unit": "四川省农业农村厅",
     "column": "拟入境日期", "value": "2020年13月1日", "filing_id": "f-a3",
     "message": "拟入境日期“2020年13月1日”无法识别。", "advice": "请按 2020-05-31 的样子填写日期。"},
    {"finding_id": "9f1c22aa01de4479", "clause": "四（三）", "severity": "hold", "file": A, "sheet": "项目申报", "cell": "M5",
     "unit": "四川省农业农村厅", "column": "申报人数", "value": "25", "filing_id": "f-a2", "message":
     "申报人数 25 人，超过每团 20 人的原则上限。", "advice": "请压缩人数；确需增加人数的，请书面说明理由。", "note": "等分管领导"},
    {"finding_id": "9f1c22aa01de4480", "clause": "二（五）2", "severity": "hold", "file": A, "sheet": "项目申报", "cell": "K6",
     "unit": "四川省农业农村厅", "column": "培训内容", "value": "@SUM(A1)" + LONG * 4, "filing_id": "f-a3",
     "message": "培训内容没有说明学什么。", "advice": "请写明课程和实训内容。"},
    {"finding_id": "9f1c22aa01de4481", "clause": "一（三）", "severity": "advise", "file": B, "sheet": "Bob's #1",
     "cell": "H5", "unit": "绵阳市农业农村局", "column": "国家（地区）", "value": "以色列", "filing_id": "f-b2",
     "message": "赴热点国家（地区）的培训从严控制。", "advice": "可考虑非热点国家（地区）。"},
    {"finding_id": "9f1c22aa01de4482", "clause": "二（五）1", "severity": "hold", "file": A, "sheet": "项目申报", "cell": "B4",
     "unit": "四川省农业农村厅", "column": "项目名称", "value": "考察培训", "filing_id": "f-a1", "status": "accepted",
     "message": "项目名称含“考察”，可能是参观考察。", "advice": "请核实。", "verdict": "同意", "note": "-已电话核实", "reviewer": "张三"},
    {"finding_id": "9f1c22aa01de4483", "file": "2020/有\n换行.xlsx", "message": "文件无法读取。", "advice": "请重新导出。"},
)  # fmt: skip
PAIRS_FOUND = (
    {"pair_id": "p1", "filing_id_l": "f-a1", "filing_id_r": "f-b1", "match_probability": 0.9987, "match_weight": 14.2,
     "outcome": "merged", "reasons": "同一境外机构（中外文名称）；出境日期相同；题目中“马铃薯、种薯、繁育”相同。"},
    {"pair_id": "p2", "filing_id_l": "f-a3", "filing_id_r": "f-c2", "match_probability": 0.7312, "match_weight": 2.2,
     "outcome": "offered", "reasons": "题目相近；国家相同；出境日期相差 3 天；组团单位不同。"},
    {"pair_id": "p3", "filing_id_l": "f-a2", "filing_id_r": "f-b2", "match_probability": 0.61, "match_weight": 1.0,
     "outcome": "kept_apart", "reasons": "国家不同。", "verdict": "不合并", "note": "两回事", "reviewer": "李四"},
)  # fmt: skip
DECIDED = (
    {"decision_id": "d1", "about": "9f1c22aa01de4482", "kind": "finding", "verdict": "同意", "note": "-已电话核实",
     "reviewer": "张三", "value": "考察培训", "source": "异常清单.xlsx"},
    {"decision_id": "d2", "about": "p3", "kind": "pair", "verdict": "不合并", "note": "两回事", "reviewer": "李四",
     "value": "甲·项目名称：某某\n乙·项目名称：某某", "filing_id_l": "f-a2", "filing_id_r": "f-b2", "sheet": "疑似重复",
     "source": "处理意见/李四 的副本.xls"},
    {"decision_id": "d3", "about": "9f1c22aa01de4479", "kind": "finding", "verdict": "同意", "reviewer": None, "value": "24",
     "source": "异常清单.xlsx"},
    {"decision_id": "d4", "about": "没有这个编号", "kind": "finding", "verdict": "好的", "problem": "unknown_id",
     "reason": "编号“没有这个编号”不是任何一夜列出过的问题或疑似重复。", "source": "处理意见/李四 的副本.xls"},
)  # fmt: skip
STANDING = {
    "d1": None,
    "d2": None,
    "d3": "填报值由“24”变为“25”，重新列为待处理。",
    "d4": "编号“没有这个编号”不是任何一夜列出过的问题或疑似重复。",
}
BEFORE = (
    {**FILINGS[0], "headcount": 12},
    {**FILINGS[1], "headcount": 24},
    {**FILINGS[3], "disposition": "included", "group_id": None, "because": None},
    {"filing_id": "f-gone", "file": "2020/已撤.xlsx", "title": "后来撤回的项目"},
)
NIGHTS = (
    Night(BEFORE, FINDINGS[2:3]),
    Night(
        FILINGS,
        FINDINGS,
        ODD_FILES,
        PAIRS_FOUND,
        [{"filing_id": "f-a1", "participant": "绵阳市农业农村局", "participants": 4}]
        + [
            {"filing_id": "f-b2", "participant": f"某某县农牧农村和科学技术局{n}", "participants": n}
            for n in range(1, 9)
        ],
        DECIDED,
        STANDING,
        [{"path": "处理意见/王五.xlsx", "problem": "打不开：文件损坏；已入库的处理意见继续有效。"}],
    ),
)


def write(folder: Path, nights: Sequence[Night] = NIGHTS) -> Path:
    """The workbooks of the last of the nights, below ``folder`` as outputs; the folder of the year."""
    with loaded(folder, nights) as (view, settings):
        publish(view, settings.published, settings, BOOK)
    return settings.published


@contextmanager
def loaded(folder: Path, nights: Sequence[Night] = NIGHTS) -> Iterator[tuple[View, Settings]]:
    """What gives the views of the last of the nights, and the settings, with ``folder`` for everything."""
    settings = Settings(YEAR, folder / "inputs", folder / "outputs", folder / "state")
    settings.published.mkdir(parents=True, exist_ok=True)
    lay_out(settings.warehouse)
    with duckdb.connect(settings.warehouse) as connection:
        for number, night in enumerate(nights):
            load_night(connection, number, night)
        yield partial(warehouse.view, connection), settings


if __name__ == "__main__":
    print(write(Path(sys.argv[1])))
