"""The model: Splink compares the filings of each block and says how likely two of them are one group."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from splink import Linker

from flows.link.compare.backends import Backend
from flows.link.compare.settings import settings
from schemas.linkage import Comparison, Linkage

_SIEVE_FROM = 5000
"""Filings from which on the early comparisons alone are made first; with fewer it saves nothing."""


class Model:
    """Splink with the linking settings over described filings.

    It gives one row a pair: ``id_l`` < ``id_r`` the positions of the two filings, ``match_weight`` (bits),
    ``match_probability``, ``apart`` (the two are plainly different), ``ask`` (only a reviewer may merge them); and for each
    comparison, by Splink's own names, ``gamma_<comparison>`` its level and, where rarity counts, ``mw_tf_adj_<comparison>`` the
    weight of that (bits).
    """

    def __init__(self, described: Any, filings: int, linkage: Linkage, backend: Backend) -> None:
        """``described`` is a table of ``backend`` with as many rows as there are ``filings``."""
        self._linkage = linkage
        self._backend = backend
        self._table = described
        self._linker = self._new_linker(linkage.comparisons)
        self._early = [comparison for comparison in linkage.comparisons if comparison.early]
        self._sieved = bool(self._early) and filings >= _SIEVE_FROM

    def _new_linker(self, comparisons: Sequence[Comparison]) -> Linker:
        model = settings(self._linkage, self._backend, comparisons)
        return Linker(self._table, model, log_level=None, validate_settings=False)

    def blocked(self) -> pd.DataFrame:
        """The candidate pairs that are worth knowing: alike enough to show, or kept apart by a late comparison alone."""
        if self._sieved:
            self._linker.table_management.register_blocked_pairs_for_predict(self._sieve())
        return self._with_levels(self._worth_knowing(self._linker.inference.predict(warning_mode="never")))

    def _sieve(self) -> Any:
        """The blocked pairs that the late comparisons, which read texts and cost most, could still make alike."""
        hope = sum(max(level.weight for level in c.levels) for c in self._linkage.comparisons if not c.early)
        sieve = self._new_linker(self._early)
        passed = sieve.inference.predict(threshold_match_weight=self._linkage.show - hope, warning_mode="never")
        return sieve.misc.query_sql(
            f"select '0' as match_key, id_l as join_key_l, id_r as join_key_r from {passed.physical_name}"  # noqa: S608
        )

    def pairs(self, ids: pd.DataFrame) -> pd.DataFrame:
        """The pairs ``id_l``, ``id_r`` of ``ids``, every one of them."""
        asked = pd.DataFrame({"match_key": "0", "join_key_l": ids["id_l"], "join_key_r": ids["id_r"]})
        table = self._backend.register(asked, "asked_pairs")
        self._linker.table_management.register_blocked_pairs_for_predict(table)
        return self._with_levels(self._of(self._linker.inference.predict(warning_mode="never"), "true"))

    def _with_levels(self, pairs: pd.DataFrame) -> pd.DataFrame:
        """With the level of each comparison, and whether one says that the two are plainly different.

        Splink keeps the levels only together with all that was compared, which costs far more than the rest; but every
        level of a comparison has a weight of its own.
        """
        levels = {}
        apart, ask = np.zeros(len(pairs), dtype=bool), np.zeros(len(pairs), dtype=bool)
        for comparison in self._linkage.comparisons:
            known = sorted((level.weight, gamma) for gamma, level in comparison.gammas.items())
            steps = np.array([weight for weight, _ in known])
            between = (steps[1:] + steps[:-1]) / 2
            place = np.searchsorted(between, pairs.pop(f"mw_{comparison.name}").to_numpy(dtype="float64"))
            gamma = np.array([gamma for _, gamma in known], dtype=np.int8)[place]
            levels[f"gamma_{comparison.name}"] = gamma
            apart |= np.isin(gamma, comparison.apart_gammas)
            ask |= np.isin(gamma, comparison.ask_gammas)
        return pairs.assign(**levels, apart=apart, ask=ask)

    def _worth_knowing(self, predictions: Any) -> pd.DataFrame:
        late = [comparison for comparison in self._linkage.comparisons if not comparison.early]
        against = " + ".join(_weight_apart(comparison) for comparison in late) or "0"
        merge_weight = math.log2(self._linkage.merge / (1 - self._linkage.merge))
        return self._of(
            predictions, f"match_weight >= {self._linkage.show} or match_weight - ({against}) >= {merge_weight}"
        )

    def _of(self, predictions: Any, where: str) -> pd.DataFrame:
        """What is asked of the pairs of ``predictions`` for which ``where`` holds: Splink keeps three times as much. A level is known
        by its weight, for which four bytes are enough."""
        names = [comparison.name for comparison in self._linkage.comparisons]
        columns = ["id_l", "id_r", "match_weight", "match_probability"]
        columns += [f"cast(mw_{name} as float) as mw_{name}" for name in names]
        columns += [f"mw_tf_adj_{c.name}" for c in self._linkage.comparisons if c.terms]
        query = f"select {', '.join(columns)} from {predictions.physical_name} where {where}"  # noqa: S608 - Splink's names
        found: pd.DataFrame = self._linker.misc.query_sql(query, output_type="pandas")
        return found


def _weight_apart(comparison: Comparison) -> str:
    """SQL: what plain differences of ``comparison`` take from the match weight."""
    weights = [comparison.level(gamma).weight for gamma in comparison.apart_gammas]
    near = " or ".join(f"abs(mw_{comparison.name} - ({weight})) < 1e-6" for weight in weights)
    return f"case when {near} then mw_{comparison.name} else 0 end" if near else "0"
