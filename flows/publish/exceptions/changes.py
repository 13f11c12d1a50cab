"""The sheet 本夜变化: what is new, gone or changed since the night before of the same year."""

import pandas as pd

from flows.publish.night import Night
from flows.publish.workbook import WHOLE, Table
from schemas.columns import FILING, titles
from schemas.sheets import Sheet

_CHANGED = ("文件", "申报项目", "填报值", "问题", "疑似重复", "处理意见")
"""What may change, in the order it is told."""
_AS_FILED = titles(FILING)


def changes(sheet: Sheet, night: Night) -> Table:
    """The things that changed, and of a filing each value as filed."""
    changed, values = night.view(sheet.view), night.view("changed_value")
    place = values["cell"].fillna("") + " " + values["column"].map(_AS_FILED)
    values = values.assign(change="变化", what="填报值", place=place, id=values["filing_id"])
    changed = pd.concat([changed, values[changed.columns]], ignore_index=True)
    changed["id"] = changed["id"].where(changed["what"].ne("文件"))
    order = changed["what"].map({what: place for place, what in enumerate(_CHANGED)})
    changed = changed.iloc[order.argsort(kind="stable")].reset_index(drop=True)
    looks = {"新增": "hold", "变化": "advise", "消失": "faint"}
    counts = "，".join(f"{word} {number} 条" for word, number in changed["change"].value_counts().items())
    first = int(night.view("run")["year"].eq(night.run["year"]).sum()) < 2
    nothing = "本年度第一夜，没有可比较的上一夜。" if first else sheet.nothing
    return night.table(
        sheet,
        changed,
        f"与上一夜相比：{counts}。" if counts else nothing,
        marks={"change": changed["change"].map(looks)},
        most_lines={"title": 4, "file": WHOLE, "before": 8, "now": 8},
        nothing=nothing,
    )
