"""The sheet 本夜变化: what is new, gone or changed since the night that somebody could last have seen."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from flows.publish.night import Night
from flows.publish.workbook import WHOLE, Table
from schemas.form import Form
from schemas.sheets import Sheet
from schemas.tables import TEXT
from schemas.words import CHANGED, CHANGES, DISPOSITIONS, FILE_STATUSES, FINDING_STATUSES, PAIR_OUTCOMES

_MARKS = {"new": "hold", "changed": "advise", "gone": "faint"}
_OUTCOMES = PAIR_OUTCOMES | {"merged": "已合并"}
"""What was done with a pair, by itself or because a reviewer said so."""

State = Mapping[str, Any]
"""What a thing was or is in one night, as the view ``change`` tells it."""


def changes(sheet: Sheet, night: Night, form: Form) -> Table:
    """The things that changed, and of a filing each value as filed."""
    changed = pd.concat(
        [_things(night.view(sheet.view)), _values(night.view("changed_value"), form)], ignore_index=True
    )
    order = {what: place for place, what in enumerate(CHANGED)}
    changed = changed.sort_values("what", key=lambda what: what.map(order), kind="stable", ignore_index=True)
    frame = changed.assign(change=changed["change"].map(CHANGES), what=changed["what"].map(CHANGED))
    counts = "，".join(f"{word} {number} 条" for word, number in frame["change"].value_counts().items())
    before = night.view("night_before")
    with_which = "".join(
        f"与 {began:%Y 年 %m 月 %d 日 %H:%M} 那一夜（批次 {run_id}）相比"
        for run_id, began in before[["run_id", "started_at"]].itertuples(index=False)
    )
    nothing = f"{with_which}，{sheet.nothing}" if with_which else "本年度第一夜，没有可比较的上一夜。"
    return night.table(
        sheet,
        frame,
        f"{with_which}：{counts}。" if counts else nothing,
        marks={"change": changed["change"].map(_MARKS)},
        most_lines={"title": 4, "file": WHOLE, "before": 8, "now": 8},
        nothing=nothing,
    )


def _things(changed: pd.DataFrame) -> pd.DataFrame:
    row = "第 " + changed["row"].astype("Int64").astype(TEXT) + " 行"
    sides = {side: _told(changed["what"], changed[side]) for side in ("before", "now")}
    return changed.assign(
        place=changed["cell"].fillna(row), id=changed["id"].where(changed["what"].ne("file")), **sides
    )


def _values(changed: pd.DataFrame, form: Form) -> pd.DataFrame:
    place = changed["cell"].fillna("") + " " + changed["column"].map(form.filing_titles)
    return changed.assign(change="changed", what="value", place=place, id=changed["filing_id"])


def _told(what: pd.Series, states: pd.Series) -> pd.Series:
    """Each state in words; missing where the thing was not there."""
    told = [_STATES[kind](state) if isinstance(state, dict) else None for kind, state in zip(what, states, strict=True)]
    return pd.Series(told, index=states.index, dtype=TEXT)


def _file(state: State) -> str:
    counted = f"（{state['filings']:.0f} 项）" if pd.notna(state["filings"]) else ""
    return FILE_STATUSES[state["status"]] + counted


def _filing(state: State) -> str:
    return DISPOSITIONS[state["status"]]


def _finding(state: State) -> str:
    # in front, where it is never cut off
    decided = "" if state["status"] == "open" else f"【{FINDING_STATUSES[state['status']]}】"
    return f"{decided}{state['clause']}　{state['message']}"


def _pair(state: State) -> str:
    decided = "（按评审意见）" if state["verdict"] else ""
    return f"与“{state['other_file']}”第 {state['other_row']:.0f} 行：{_OUTCOMES[state['status']]}{decided}"


def _decision(state: State) -> str:
    said = f"“{state['verdict']}”" if state["verdict"] else "（未填处理意见）"
    who = f"，{state['reviewer']}" if state["reviewer"] else ""
    return f"{said}{who}：{'有效' if state['applied'] else state['why_not'] or '未生效'}"


_STATES: Mapping[str, Callable[[State], str]] = {
    "file": _file,
    "filing": _filing,
    "finding": _finding,
    "pair": _pair,
    "decision": _decision,
}
"""What changed → how its state is told."""
