"""The sheet 问题清单: what is wrong, the gravest first, with the three columns to decide in."""

import pandas as pd

from flows.publish.exceptions.links import OPENS, Links, pages
from flows.publish.night import Night
from flows.publish.workbook import WHOLE, Table
from schemas.decisions import NO_VERDICT, TAKE_BACK, VERDICTS
from schemas.sheets import Sheet
from schemas.tables import TEXT
from schemas.words import SEVERITIES, finding_state

_REMARK = "advise"
"""The severity that asks nothing of anybody."""


def findings(sheet: Sheet, night: Night, links: Links) -> Table:
    """Those to decide first, in the order of the view; the decided ones after them, so that they can be taken back."""
    found = night.view(sheet.view)
    decided = found["status"].ne("open") & found["unclear"].isna()
    frame = found.assign(decided=decided, understood=found["unclear"].isna())
    frame = frame.sort_values(["understood", "decided"], kind="stable", ignore_index=True)
    decided = frame["decided"]
    frame["verdict"] = frame["unclear"].fillna(frame["verdict"])
    frame["earlier"] = (
        frame["finding_id"]
        .map(unclear(night))
        .astype(TEXT)
        .fillna(frame["finding_id"].map(lapsed(night)).astype(TEXT).where(~decided))
    )
    states = [finding_state(*stands) for stands in zip(frame["severity"], frame["status"], strict=True)]
    state = pd.Series(states, index=frame.index, dtype=TEXT)
    marks = {column.name: pd.Series("faint", index=frame.index).where(decided) for column in sheet.columns}
    marks["severity"] = frame["severity"].mask(decided, "faint")
    marks["verdict"] = marks["verdict"].mask(~frame["understood"], "unclear")
    frame["state"] = state.mask(frame["earlier"].notna(), "重新待处理").mask(~frame["understood"], "意见待明确")
    frame["severity"] = frame["severity"].map(SEVERITIES)
    story = pages(frame["finding_id"], night)
    frame["story"] = story.mask(story.notna(), OPENS)
    return night.table(
        sheet,
        frame,
        f"待处理 {waiting(found)}。只填浅黄色表头的四栏；“给单位的话”写进退回单位的修改意见，“处理说明”只供内部。",
        marks=marks,
        links={"cell": links.cells(frame), "story": story},
        lists={"verdict": VERDICTS["finding"]},
        frozen=2,
        most_lines={"title": 6, "file": WHOLE, "sheet": WHOLE},
        colour="#C00000",
        together="unit",
    )


def waiting(found: pd.DataFrame) -> str:
    """How many findings wait for somebody, in a sentence; what is only a remark is counted apart."""
    still_open = found.loc[found["status"].eq("open"), "severity"].value_counts()
    remarks = int(still_open.get(_REMARK, 0))
    counts = "，".join(
        f"{word} {still_open[key]} 条"
        for key, word in SEVERITIES.items()
        if key in still_open.drop(_REMARK, errors="ignore")
    )
    told = f"{int(still_open.sum()) - remarks} 条{'：' + counts if counts else ''}"
    return told + (f"；另有{SEVERITIES[_REMARK]} {remarks} 条，可以不处理" if remarks else "")


def unclear(night: Night) -> pd.Series:
    """What a reviewer is asked who wrote a word that is no verdict, by what it is about."""
    said = night.view("decision_state")
    last = said[said["about"].notna()].drop_duplicates("about")
    last = last[last["problem"].isin(NO_VERDICT)]
    return pd.Series(last["why_not"].to_numpy(), index=last["about"].to_numpy(), dtype=TEXT)


def lapsed(night: Night) -> pd.Series:
    """The last decision on each thing where it no longer holds, as a sentence, by what it is about."""
    said = night.view("decision_state")
    last = said[said["problem"].isna()].drop_duplicates("about")
    last = last[~last["applied"].astype(bool) & last["verdict"].ne(TAKE_BACK)]
    who = last["reviewer"].fillna("未署名")
    day = pd.to_datetime(last["decided_at"]).dt.strftime("%Y-%m-%d")
    sentence = who + " " + day + "“" + last["verdict"] + "”，已失效：" + last["why_not"].fillna("情况已变。")
    return pd.Series(sentence.to_numpy(), index=last["about"].to_numpy())
