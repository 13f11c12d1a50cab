"""备注 of the plan: what was let in by exception, and what else is to be remarked of a group."""

from collections import Counter

import pandas as pd

from flows.publish.night import Night
from schemas.tables import TEXT
from schemas.words import SEVERITIES

_EXCEPTION = "【例外放行】{clause}　{message}{why}（{who}）"
_REMARK = f"【{SEVERITIES['advise']}】{{clause}}　{{message}}"


def remarks(night: Night) -> pd.Series:
    """The remarks of each group in the plan by group_id, a line each; what is said several times stands once with how often.
    Groups of which there is nothing to be remarked are not there."""
    told = night.view("plan_remark")
    lines = [_line(row) for row in told.to_dict("records")]
    return pd.Series(lines, index=told["group_id"], dtype=TEXT).groupby(level=0, sort=False).agg(_once)


def _once(lines: pd.Series) -> str:
    """Each line once, with how often it is said where that is more than once."""
    return "\n".join(f"{line}（共 {times} 处）" if times > 1 else line for line, times in Counter(lines).items())


def _line(row: dict) -> str:
    if not row["excepted"]:
        return _REMARK.format(**row)
    why = "" if pd.isna(row["note"]) else f"理由：{row['note']}"
    who = "未署名" if pd.isna(row["reviewer"]) else row["reviewer"]
    day = "" if pd.isna(row["decided_on"]) else f"，{row['decided_on']:%Y-%m-%d}"
    return _EXCEPTION.format(clause=row["clause"], message=row["message"], why=why, who=who + day)
