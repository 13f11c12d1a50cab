"""The points of each group within its step, in tenths, and what gave them."""

from collections.abc import Callable, Mapping

import pandas as pd

from flows.references import References, carried_out
from schemas.notice import Notice
from schemas.ranking import ANY, Weight
from schemas.tables import TEXT, DataFrame, Groups

Given = tuple[pd.Series, pd.Series]
"""Of each group the tenths of a point that a weight gives it, and the value that it is given for; missing where it is not."""


def weigh(groups: DataFrame[Groups], references: References, notice: Notice) -> Given:
    """The points of each group in tenths, and the sentence that says what gave them, with the clauses."""
    total = pd.Series(0, index=groups.index, dtype="int64")
    told = pd.Series("", index=groups.index, dtype=TEXT)
    for weight in notice.ranking.weights:
        tenths, value = _WEIGH[weight.weighs](groups, references, notice, weight)
        clauses = "、".join(notice.clause_of[clause].number for clause in weight.clauses)
        before, _, after = f"{clauses} {weight.called}".partition(ANY)
        told += (before + value + after + tenths.map(_shown).astype(TEXT) + "；").fillna("")
        total += tenths.where(value.notna(), 0)
    return total, told + "得分 " + total.map(lambda tenths: f"{tenths / 10:g}").astype(TEXT)


def _shown(tenths: int) -> str:
    return f" {tenths / 10:+g}".replace("-", "−")


def _where(holds: pd.Series, value: pd.Series, weight: Weight) -> Given:
    """All points of the ``weight`` for a ``value`` where something ``holds``."""
    holds = holds.fillna(False).astype(bool)
    return holds.astype("int64") * 10 * weight.points, value.astype(TEXT).where(holds)


def _long_term(groups: DataFrame[Groups], references: References, notice: Notice, weight: Weight) -> Given:
    """Mid-to-long-term training (一（二））."""
    days = groups["days"]
    return _where(days.gt(notice.limits.long_term_over), days, weight)


def _specialist(groups: DataFrame[Groups], references: References, notice: Notice, weight: Weight) -> Given:
    """Those who work in technology, research and production (一（二）, 一（四）)."""
    types = groups["training_type"]
    return _where(types.isin(notice.meanings.specialist_types), types, weight)


def _not_hot(groups: DataFrame[Groups], references: References, notice: Notice, weight: Weight) -> Given:
    """A country that is known to be no hot one (一（三）)."""
    hot = groups["country"].map(references.countries.set_index("country")["hot"])
    return _where(hot.eq(False), groups["country"], weight)


def _green_channel(groups: DataFrame[Groups], references: References, notice: Notice, weight: Weight) -> Given:
    """A basis for the green channel (一（四）)."""
    basis = groups["green_channel"]
    return _where(basis.notna(), basis, weight)


def _execution(groups: DataFrame[Groups], references: References, notice: Notice, weight: Weight) -> Given:
    """The share that the unit sent of the people approved for it last year; who had none has the province's (一（五）)."""
    last = carried_out(references)
    sums = last.groupby("unit")[["approved", "executed"]].sum()
    sums = sums[sums["approved"].gt(0)]
    of_all = last[["approved", "executed"]].sum()
    own = groups["organiser"].isin(sums.index)
    approved = groups["organiser"].map(sums["approved"]).where(own, of_all["approved"]).astype("int64")
    executed = groups["organiser"].map(sums["executed"]).where(own, of_all["executed"]).astype("int64")
    sent = executed.where(executed.lt(approved), approved)
    whole = approved.where(approved.gt(0), 1)
    tenths = (20 * weight.points * sent + whole) // (2 * whole)
    share = (1000 * executed + whole // 2) // whole
    value = (share / 10).map("{:.1f}%".format).astype(TEXT)
    return tenths, value.where(own, value + "（上年无项目，按全省）").where(approved.gt(0))


def _summary(groups: DataFrame[Groups], references: References, notice: Notice, weight: Weight) -> Given:
    """The unit owes the summary of a project that it carried out last year (一（五）, 四（六）2)."""
    last = carried_out(references)
    owing = groups["organiser"].map(last[last["owing"]].groupby("unit").size())
    return _where(owing.gt(0), owing.astype("Int64"), weight)


_WEIGH: Mapping[str, Callable[[DataFrame[Groups], References, Notice, Weight], Given]] = {
    "long_term": _long_term,
    "specialist": _specialist,
    "not_hot": _not_hot,
    "green_channel": _green_channel,
    "execution": _execution,
    "summary": _summary,
}
"""What the year's notice may weigh → what weighs it."""
