"""Which decisions hold tonight: the last word on each finding and pair, as long as the value it was made about stands."""

from collections import defaultdict

import pandas as pd

from flows.decide.new_decisions import takes_back
from flows.decide.pair_value import PairValues, what_changed
from schemas.decisions import TAKE_BACK
from schemas.tables import (
    TEXT,
    DataFrame,
    Decisions,
    Filings,
    Findings,
    KeptDecisions,
    LastWords,
    Pairs,
    Standings,
    as_objects,
    is_in,
)

_REPLACED = "已由后来的意见“{verdict}”取代。"
_TAKEN_BACK = "已撤销。"
_NO_LONGER_FOUND = "这个问题已不再出现（已更正、已撤回或已有新版）。"
_VALUE_CHANGED = "填报值由“{then}”变为“{now}”，重新列为待处理。"
_FIELDS_CHANGED = "{changed}，重新列为待判定。"
_IN_DISPUTE = "与其他疑似重复的处理意见相互矛盾，改正前不生效。"


def standings(
    decisions: DataFrame[Decisions], findings: DataFrame[Findings], pairs: DataFrame[Pairs], filings: DataFrame[Filings]
) -> DataFrame[Standings]:
    """Whether each of the year's ``decisions`` holds over tonight's ``findings``, ``pairs`` and current ``filings``."""
    clear = understood(decisions)
    changed = _not_standing(clear, findings, filings)
    last = last_words(clear, changed)
    last = last[last["verdict"].ne(TAKE_BACK)]
    why_not = decisions["reason"].copy()
    why_not.update(_disputed(last[last["kind"].eq("pair")], pairs))
    why_not.update(changed.where(clear["verdict"].ne(TAKE_BACK)))
    why_not.update(_overtaken(clear, changed))
    return Standings.validate(
        pd.DataFrame(
            {"decision_id": decisions["decision_id"], "applied": why_not.isna(), "why_not": why_not.astype(TEXT)}
        )
    )


def understood(decisions: pd.DataFrame) -> pd.DataFrame:
    """Those with nothing wrong in them."""
    return decisions[decisions["problem"].isna()]


def last_words(understood: pd.DataFrame, changed: pd.Series) -> pd.DataFrame:
    """The last decision about each thing among those whose value stands (``changed`` says why one does not) and that were
    not taken back: the night that read it decides, then when its workbook was saved."""
    stands = changed.isna() & ~taken_back(understood)
    return understood[stands].drop_duplicates("about", keep="last")


def last_words_ever(decisions: DataFrame[KeptDecisions]) -> DataFrame[LastWords]:
    """The last word of each year about each finding or pair and each value it had, whether or not it holds today; where all
    were taken back, the last of these as 撤销."""
    clear = understood(decisions)
    taken = pd.concat([taken_back(of_year) for _, of_year in clear.groupby("year")]) if len(clear) else clear["problem"]
    matter = ["year", "about", "value"]
    words = clear.assign(taken=taken.astype(bool))[clear["verdict"].ne(TAKE_BACK)]
    said = words.groupby(matter, dropna=False)
    words = words.assign(revised=said["verdict"].transform("nunique").gt(1) | said["taken"].transform("nunique").gt(1))
    last = words.sort_values("taken", ascending=False, kind="stable").drop_duplicates(matter, keep="last")
    last = last.assign(verdict=last["verdict"].mask(last["taken"], TAKE_BACK)).sort_index()
    return LastWords.validate(last[LastWords.names()].astype(LastWords.dtypes()).reset_index(drop=True))


def taken_back(understood: pd.DataFrame) -> pd.Series:
    """Whether a later 撤销 speaks of a decision."""
    backs = understood["verdict"].eq(TAKE_BACK)
    matters = understood[understood["about"].isin(understood.loc[backs, "about"])]
    earlier: defaultdict[str, list[tuple[object, dict]]] = defaultdict(list)
    taken: list[object] = []
    for place, back, row in zip(matters.index, backs[matters.index], _plain(matters), strict=True):
        if back:
            taken += [before for before, said in earlier[row["about"]] if takes_back(row, said)]
        else:
            earlier[row["about"]].append((place, row))
    return pd.Series(understood.index.isin(taken), index=understood.index)


def _plain(decisions: pd.DataFrame) -> list[dict]:
    """What :func:`takes_back` looks at, a mapping a decision; what is missing is None."""
    return as_objects(decisions[["about", "value", "shown_number", "number"]]).to_dict("records")


def _not_standing(understood: pd.DataFrame, findings: pd.DataFrame, filings: pd.DataFrame) -> pd.Series:
    """Why the value that each decision was made about no longer stands; missing where it does."""
    on_pairs = understood["kind"].eq("pair")
    about_findings = _findings_changed(understood[~on_pairs], findings)
    return pd.concat([about_findings, pairs_changed(understood[on_pairs], filings)]).reindex(understood.index)


def _overtaken(understood: pd.DataFrame, changed: pd.Series) -> pd.Series:
    """Why a decision is not the last word on its matter as it was then: a later one spoke of the same value."""
    matter = understood["about"] + "\x1f" + understood["value"].fillna("").where(changed.notna(), "\x1e")
    later = understood["verdict"].groupby(matter).shift(-1)
    said = later.map(lambda verdict: _REPLACED.format(verdict=verdict), na_action="ignore")
    return said.mask(taken_back(understood) | later.eq(TAKE_BACK), _TAKEN_BACK).astype(TEXT)


def _findings_changed(last: pd.DataFrame, findings: pd.DataFrame) -> pd.Series:
    """Why a decision about a finding no longer holds; missing where it does."""
    now = findings.set_index("finding_id")["value"]
    value = last["about"].map(now)
    stands = value.eq(last["value"]) | (value.isna() & last["value"].isna())
    why_not = pd.Series(None, index=last.index, dtype=TEXT)
    found = is_in(last["about"], now.index)
    for index in last.index[~stands & found]:
        then, new = (_shown(v) for v in (last.at[index, "value"], value.at[index]))
        why_not.at[index] = _VALUE_CHANGED.format(then=then, now=new)
    return why_not.mask(~found, _NO_LONGER_FOUND)


def _shown(value: object) -> str:
    return "空" if pd.isna(value) else str(value)


def pairs_changed(last: pd.DataFrame, filings: pd.DataFrame) -> pd.Series:
    """What changed in the filings of a decided pair; missing where nothing did."""
    return fields_changed(last, filings).map(
        lambda changed: _FIELDS_CHANGED.format(changed=changed), na_action="ignore"
    )


def fields_changed(last: pd.DataFrame, filings: pd.DataFrame) -> pd.Series:
    """Which fields of a decided pair changed, from what to what; missing where none did."""
    value = PairValues(filings.set_index("filing_id")).of
    changes = pd.Series(None, index=last.index, dtype=TEXT)
    for index, then, left, right in last[["value", "filing_id_l", "filing_id_r"]].itertuples():
        changes.at[index] = what_changed(None if pd.isna(then) else then, value(left, right)) or None
    return changes


def _disputed(last: pd.DataFrame, pairs: pd.DataFrame) -> pd.Series:
    """Where linking could not do what was said, because other verdicts say the opposite."""
    outcome = last["about"].map(pairs.set_index("pair_id")["outcome"])
    wanted = last["verdict"].map({"合并": "merged", "不合并": "kept_apart"})
    return pd.Series(None, index=last.index, dtype=TEXT).mask(outcome.notna() & outcome.ne(wanted), _IN_DISPUTE)
