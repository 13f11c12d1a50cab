"""Builders of frames: a valid row, of which a test changes the one thing that it is about.

Where a row says ``headcount_filed`` or ``headcount_cell``, that is what the office wrote in the column ``headcount``, and the
cell code of where; else it wrote the value, in the cell of the row and the column's place in the form.
"""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from flows.lineage import Lineage
from schemas.cells import cell_code
from schemas.columns import Column
from schemas.tables import (
    TEXT,
    Ages,
    Cells,
    DataFrame,
    Files,
    Filings,
    Findings,
    Frame,
    Groups,
    Members,
    Participants,
    Readings,
    Remarks,
    Totals,
    empty,
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
"""A filing, but for 序号."""

VALID_PARTICIPANT: dict[str, object] = {
    "participant": "绵阳市农业农村局",
    "region": "绵阳市",
    "system": "农业",
    "participants": 3,
    "budgeted": True,
}
"""A unit taking part in it, but for 序号."""


Row = Mapping[str, object]


def filed(name: str) -> str:
    """What a row calls the text of a column as the office wrote it."""
    return f"{name}_filed"


def cell(name: str) -> str:
    """What a row calls the cell code of a column."""
    return f"{name}_cell"


def filings(rows: Sequence[Row]) -> DataFrame[Filings]:
    """Filings, one row a mapping: what it does not say is valid, ``filing_id`` and 序号 count from 0 and 1."""
    return Filings.validate(_frame(_whole_filings(rows), FILING, Filings))


def _whole_filings(rows: Sequence[Row]) -> list[Row]:
    return [
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


def participants(rows: Sequence[Row]) -> DataFrame[Participants]:
    """Participants, one row a mapping with ``filing_id`` and what differs from a valid row."""
    return Participants.validate(_frame(_whole_participants(rows), PARTICIPANT, Participants))


def _whole_participants(rows: Sequence[Row]) -> list[Row]:
    return [
        {
            "participant_id": f"t{number}",
            "filing_id": "f0",
            "file": "2020/甲.xlsx",
            "sheet": "参团单位",
            "row": 2 + number,
            "seq": 1,
            **VALID_PARTICIPANT,
            "participant": f"参团单位{number}",
            **row,
        }
        for number, row in enumerate(rows)
    ]


def cells(rows: Sequence[Row], taking_part: Sequence[Row] = ()) -> DataFrame[Cells]:
    """The cells of these filings and participants."""
    found = [
        (row[key], column.name, row.get(cell(column.name), cell_code(row["row"], place)), _text(row, column.name))
        for whole, key, columns in (
            (_whole_filings(rows), "filing_id", FILING),
            (_whole_participants(taking_part), "participant_id", PARTICIPANT),
        )
        for row in whole
        for place, column in enumerate(columns)
    ]
    frame = pd.DataFrame(found, columns=Cells.names())
    texts = frame.astype({"record_id": TEXT, "column": TEXT})
    return Cells.validate(texts.astype(Cells.dtypes()))


def with_cells(frame: pd.DataFrame, cells: DataFrame[Cells]) -> pd.DataFrame:
    """Filings or participants with, for each column, what stands in the form (``headcount_filed``) and where
    (``headcount_cell``)."""
    key, columns = ("participant_id", PARTICIPANT) if "participant_id" in frame else ("filing_id", FILING)
    of = Lineage(cells).of(frame[key])
    texts = {filed(column.name): of.filed(column.name) for column in columns}
    return frame.assign(**texts, **{cell(column.name): of.cell(column.name) for column in columns})


def readings(rows: Sequence[Row], taking_part: Sequence[Row] = (), ages: DataFrame[Ages] | None = None) -> Readings:
    """Readings of these filings and participants, with a row in ``files`` for each of their files; of none an age is known but
    those told in ``ages``."""
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
        cells=cells(rows, taking_part),
        remarks=empty(Remarks),
        totals=empty(Totals),
        ages=empty(Ages) if ages is None else ages,
    )


def findings(rows: Sequence[Row]) -> DataFrame[Findings]:
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


def grouped(read: DataFrame[Filings], *together: Sequence[str]) -> tuple[DataFrame[Members], DataFrame[Groups]]:
    """Members and Groups: the filings named together are one group led by the first, the others alone. How many people
    they are is not counted."""
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


def _frame(rows: Sequence[Row], columns: tuple[Column, ...], schema: type[Frame]) -> pd.DataFrame:
    frame = pd.DataFrame({name: pd.Series([row.get(name) for row in rows], dtype=object) for name in schema.names()})
    for column in columns:
        if column.kind == "date":
            frame[column.name] = pd.to_datetime(frame[column.name])
    return frame.astype(schema.dtypes())


def _text(row: Row, name: str) -> str | None:
    return row[filed(name)] if filed(name) in row else _as_filed(row.get(name))


def _as_filed(value: object) -> str | None:
    if value is None:
        return None
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else str(value)
