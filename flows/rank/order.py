"""The order of the groups: steps, points, and what tells apart those that have the same of both."""

import numpy as np
import pandas as pd

from flows.rank.line import Places, beyond
from flows.rank.weights import weigh
from flows.references import References
from schemas.notice import Notice
from schemas.tables import TEXT, DataFrame, Dispositions, Groups, RankedGroups
from schemas.words import LEVELS

_UNKNOWN_CLASS = "立项类别不明，排在各类之后"


def rank(
    groups: DataFrame[Groups], disposed: DataFrame[Dispositions], references: References, notice: Notice
) -> DataFrame[RankedGroups]:
    """Every group with its rank and why, those in the plan and those that are not.

    In the plan is a group whose lead's filing is ``included`` in ``disposed``. Those below the line of 指标控制数 rank after all that
    are above it. The same groups rank the same in whatever order they come.
    """
    step, told = _steps(groups, notice)
    points, because = weigh(groups, references, notice)
    place = _places(groups, step, points, references)
    leads = disposed.set_index("filing_id")["disposition"]
    planned = groups["lead_filing_id"].map(leads).eq("included").to_numpy()
    below = beyond(groups, place, planned, references)
    place = np.where(below.notna(), place + len(groups), place)
    ranked = groups.assign(
        rank=np.searchsorted(np.sort(place[planned]), place) + 1,
        points=points / 10,
        ranked_by=told + "。" + because,
        beyond=below,
    )
    return RankedGroups.validate(ranked.astype({"rank": "Int64", "points": "Float64"}))


def _steps(groups: DataFrame[Groups], notice: Notice) -> tuple[pd.Series, pd.Series]:
    """The step of each group's class, those of no class after all others; and how it is told, with its clause."""
    steps = notice.ranking.steps
    at = {word: place for place, step in enumerate(steps) for word in step.classes}
    says = {word: f"{notice.clause_of[step.clause].number} {word}" for step in steps for word in step.classes}
    words = groups["priority_class"]
    return words.map(at).fillna(len(steps)).astype("int64"), words.map(says).astype(TEXT).fillna(_UNKNOWN_CLASS)


def _places(groups: DataFrame[Groups], step: pd.Series, points: pd.Series, references: References) -> Places:
    """The place of each group among all, from 0; no two the same."""
    levels = references.units.set_index("unit")["level"].map({level: place for place, level in enumerate(LEVELS)})
    keys = pd.DataFrame(
        {
            "step": step,
            "points": -points,
            "level": groups["organiser"].map(levels).fillna(len(LEVELS)),
            "organiser": groups["organiser"],
            "start_date": groups["start_date"],
            "title": groups["title"],
            "group_id": groups["group_id"],
        }
    )
    places = np.empty(len(groups), dtype=np.intp)
    places[keys.reset_index(drop=True).sort_values([*keys], na_position="last").index] = np.arange(len(groups))
    return places
