"""The sheet 疑似重复: two filings side by side, with the three columns to decide in."""

import pandas as pd

from flows.publish.exceptions.findings import lapsed, unclear
from flows.publish.exceptions.links import OPENS, pages
from flows.publish.night import Night
from flows.publish.workbook import WHOLE, Table
from schemas.decisions import VERDICTS
from schemas.sheets import Sheet
from schemas.sheets.exceptions import SIDE_BY_SIDE, SIDES
from schemas.tables import TEXT
from schemas.words import PAIR_OUTCOMES

_FROZEN = len(SIDES) + 1
"""What the two filings are called and the verdict stay in sight."""


def duplicates(sheet: Sheet, night: Night) -> Table:
    """The pairs to decide first, in the order of the view; the decided ones after them, so that they can be taken back."""
    pairs = night.view(sheet.view)
    disputed = pairs["verdict"].notna() & pairs["outcome"].eq("offered")
    decided = pairs["verdict"].notna() & ~disputed
    frame = pairs.assign(decided=decided, disputed=disputed, understood=pairs["unclear"].isna())
    frame = frame.sort_values(["understood", "decided"], kind="stable", ignore_index=True)
    decided, disputed = frame["decided"], frame["disputed"]
    asked = frame["pair_id"].map(unclear(night)).astype(TEXT)
    frame["earlier"] = asked.fillna(frame["pair_id"].map(lapsed(night)).astype(TEXT).where(~decided))
    state = frame["outcome"].map(PAIR_OUTCOMES).mask(decided, "按意见" + frame["verdict"]).mask(disputed, "意见矛盾")
    frame["state"] = state.mask(~frame["understood"], "意见待明确")
    frame["verdict"] = frame["unclear"].fillna(frame["verdict"])
    marks = differences(frame)
    marks["verdict"] = pd.Series("unclear", index=frame.index).mask(frame["understood"])
    marks["state"] = frame["outcome"].map({"offered": "hold", "merged": "good"}).mask(decided, "faint")
    story = pages(frame["pair_id"], night)
    frame["story"] = story.mask(story.notna(), OPENS)
    offered = int((frame["outcome"].eq("offered") & ~decided).sum())
    return night.table(
        sheet,
        frame,
        f"待判定 {offered} 对，其余已合并或已有意见，列在后面，可以撤销。两项不同之处以颜色标出。",
        marks=marks,
        links={"story": story},
        lists={"verdict": VERDICTS["pair"]},
        most_lines={"title_l": 8, "title_r": 8, "file_l": WHOLE, "file_r": WHOLE},
        exact=("match_probability",),
        frozen=_FROZEN,
        colour="#C65911",
    )


def differences(pairs: pd.DataFrame) -> dict[str, pd.Series]:
    """The mark of each value in which the two filings of a pair differ, by column."""
    marks: dict[str, pd.Series] = {}
    for name in SIDE_BY_SIDE:
        left, right = pairs[f"{name}_l"], pairs[f"{name}_r"]
        same = left.eq(right).fillna(False).astype(bool) | (left.isna() & right.isna())
        marks[f"{name}_l"] = marks[f"{name}_r"] = pd.Series("differs", index=pairs.index).mask(same)
    return marks
