"""The sheet 已处理: every decision that was ever read this year, and whether it still holds."""

import pandas as pd

from flows.publish.night import Night
from flows.publish.workbook import WHOLE, Table
from schemas.decisions import KINDS
from schemas.sheets import Sheet
from schemas.tables import TEXT


def decided(sheet: Sheet, night: Night) -> Table:
    """The decisions, the latest first."""
    said = night.view(sheet.view)
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
    return night.table(
        sheet,
        frame,
        "每条处理意见都保留在此。要撤销或改变，请在“待办”“问题清单”“疑似重复”中同一编号处另选处理意见。",
        title="处理意见记录",
        marks={"state": holds.map({True: "good", False: "hold"})},
        most_lines={"title": 6, "file": WHOLE, "note": WHOLE, "to_unit": WHOLE, "value": 10},
        cropped=("note", "to_unit"),
    )
