"""Builders of frames: a valid row, of which a test changes the one thing that it is about."""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from schemas.cells import cell_code
from schemas.columns import Column
from schemas.tables import (
    DTYPES,
    TEXT,
    Files,
    Filings,
    Findings,
    Groups,
    Members,
    Participants,
    Readings,
    Remarks,
    Totals,
    cell,
    empty,
    filed,
)
from tests.year import FILING, PARTICIPANT

HEADER_ROW = 3

VALID: dict[str, object] = {
    "title": "高原特色马铃薯脱毒种薯繁育技术培训",
    "organiser": "四川省农业农村厅",
    "priority_class": "重点3",
    "training_type": "专业技术类",
    "theme": "现代农业",
    "cross_region": False,
    "country": "荷兰",
    "institution": "瓦赫宁根农业培训中心",
    "letter_no": "YX2020-0001",
    "content": "脱毒种薯三级繁育体系、病毒检测、贮藏与田间管理技术课程及实训。",
    "necessity": "国内脱毒种薯检测与繁育标准化技术尚有差距，需系统学习。",
    "headcount": 15,
    "days": 21,
    "start_date": date(2020, 5, 11),
    "end_date": date(2020, 5, 31),
    "provincial_cadres": 0,
    "degree_study": False,
    "funding_source": "单位自筹",
    "budget": 60.0,
    "charges_fees": False,
    "budgeted": True,
    "expert_review": "通过",
    "green_channel": None,
    "otm_no": "OTM20200001",
    "contact": "王某某",
    "phone": "028-55500001",
    "remarks": None,
}


def filings(rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    """Filings, one row a mapping: what it does not say is valid, ``filing_id`` and 序号 count from 0 and 1."""
    full = [
        {
            "filing_id": f"f{number}",
            "file": "2020/甲.xlsx",
            "sheet": "项目申报",
            "row": HEADER_ROW + 1 + number,
            "unit": "四川省农业农村厅",
            "superseded_by": None,
            **VALID,
            "seq": number + 1,
            "otm_no": f"OTM2020{number:04}",
            **row,
        }
        for number, row in enumerate(rows)
    ]
    places = ("filing_id", "file", "sheet", "row", "unit", "superseded_by")
    return Filings.validate(_read_from_sheet(full, FILING, places)) if full else empty(Filings)


def participants(rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    """Participants, one row a mapping with ``filing_id`` and what differs from a valid row."""
    full = [
        {
            "filing_id": "f0",
            "file": "2020/甲.xlsx",
            "sheet": "参团单位",
            "row": 2 + number,
            "seq": 1,
            "participant": f"参团单位{number}",
            "region": "绵阳市",
            "system": "农业",
            "participants": 3,
            "budgeted": True,
            **row,
        }
        for number, row in enumerate(rows)
    ]
    places = ("filing_id", "file", "sheet", "row")
    return Participants.validate(_read_from_sheet(full, PARTICIPANT, places)) if full else empty(Participants)


def readings(rows: Sequence[Mapping[str, object]], taking_part: Sequence[Mapping[str, object]] = ()) -> Readings:
    """Readings of these filings and participants, with a row in ``files`` for each of their files."""
    read = filings(rows)
    paths = read["file"].drop_duplicates()
    files = pd.DataFrame(
        {
            "path": paths,
            "sha256": paths,
            "size": 1,
            "unit": read.loc[paths.index, "unit"],
            "status": "read",
            "reason": None,
            "filings": read.groupby("file")["file"].transform("size").loc[paths.index],
        }
    ).astype(Files.dtypes())
    return Readings(
        files=Files.validate(files.reset_index(drop=True)),
        filings=read,
        participants=participants(taking_part),
        remarks=empty(Remarks),
        totals=empty(Totals),
    )


def findings(rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    """Findings, one row a mapping; ``severity`` and ``filing_id`` are what most tests say."""
    blank = dict.fromkeys(Findings.names())
    full = [
        {
            **blank,
            "finding_id": f"p{number}",
            "rule_id": "some-rule",
            "clause": "四（二）",
            "severity": "return",
            "message": "有问题。",
            "advice": "请更正。",
            "filing_id": "f0",
            "status": "open",
            **row,
        }
        for number, row in enumerate(rows)
    ]
    return Findings.validate(pd.DataFrame(full, columns=Findings.names()).astype(TEXT)) if full else empty(Findings)


def grouped(read: pd.DataFrame, *together: Sequence[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Members and Groups: the filings named together are one group led by the first, the others alone."""
    leads = {filing: group[0] for group in together for filing in group}
    lead = read["filing_id"].map(lambda filing: leads.get(filing, filing))
    members = pd.DataFrame(
        {"filing_id": read["filing_id"], "group_id": "g-" + lead, "leads": read["filing_id"].eq(lead)}
    )
    members = members.astype(Members.dtypes())
    size = lead.groupby(lead).size()
    groups = read[read["filing_id"].isin(lead)].copy()
    groups["lead_filing_id"] = groups["filing_id"]
    groups["group_id"] = "g-" + groups["filing_id"]
    groups["filings"] = groups["filing_id"].map(size).astype("int64")
    groups = groups.reindex(columns=Groups.names()).astype(Groups.dtypes())
    return Members.validate(members), Groups.validate(groups.reset_index(drop=True))


def _read_from_sheet(
    rows: Sequence[Mapping[str, object]], columns: tuple[Column, ...], places: tuple[str, ...]
) -> pd.DataFrame:
    frame = pd.DataFrame({name: [row[name] for row in rows] for name in places})
    frame = frame.astype({name: "int64" if name == "row" else TEXT for name in places})
    for position, column in enumerate(columns):
        values = [row.get(column.name) for row in rows]
        dtype = DTYPES[column.kind]
        frame[column.name] = pd.Series(pd.to_datetime(values) if column.kind == "date" else values).astype(dtype)
        frame[filed(column.name)] = pd.Series(
            [row.get(filed(column.name), _as_filed(value)) for row, value in zip(rows, values, strict=True)], dtype=TEXT
        )
        frame[cell(column.name)] = [cell_code(int(row["row"]), position) for row in rows]  # type: ignore[call-overload]
    return frame


def _as_filed(value: object) -> str | None:
    if value is None:
        return None
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else str(value)
