"""The model: Splink compares the filings of each block and says how likely two of them are one group."""

import logging
import math
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import pandas as pd
from splink import Linker, SettingsCreator, block_on

from flows.link.compare.backends import Backend
from schemas.linkage import Comparison, Level, Linkage

_GRAM_TEXTS = ("subject", "letters", "institution", "theme", "content")
_DAYS_APART = "least(coalesce(abs(start_l - start_r), 9999), coalesce(abs(end_l - end_r), 9999))"


_SIEVE_FROM = 5000
"""Filings from which on the early comparisons alone are made first; with fewer it saves nothing."""


def settings(linkage: Linkage, backend: Backend, comparisons: Sequence[Comparison]) -> SettingsCreator:
    """The linking settings as Splink takes them, in the dialect of ``backend``, with these ``comparisons`` only."""
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="id",
        probability_two_random_records_match=linkage.prior,
        blocking_rules_to_generate_predictions=[block_on("block", arrays_to_explode=["block"])],
        comparisons=[_comparison(comparison, backend) for comparison in comparisons],
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=True,
    )


def _comparison(comparison: Comparison, backend: Backend) -> dict[str, Any]:
    agree = next(level for level in comparison.levels if level.verdict == "agree")
    return {
        "output_column_name": comparison.name,
        "comparison_description": comparison.title,
        "comparison_levels": [_level(level, comparison, backend, level is agree) for level in comparison.levels],
    }


def _level(level: Level, comparison: Comparison, backend: Backend, by_rarity: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "sql_condition": _condition(level.condition, backend) or "ELSE",
        "label_for_charts": level.says,
    }
    if level.verdict == "missing":
        return told | {"is_null_level": True}
    told |= {"m_probability": level.m, "u_probability": level.u}
    if by_rarity and comparison.terms:
        told |= {"tf_adjustment_column": comparison.terms, "tf_adjustment_weight": comparison.terms_weight}
    return told


def _condition(condition: str, backend: Backend) -> str:
    """``condition`` with its measures written out: ``{alike_x}`` twice the shared weight of the words of ``x`` over
    both, ``{covered_x}`` the shared weight over the smaller, ``{others_shared}`` how many units both say take part,
    ``{days_apart}``."""
    measures = {"days_apart": _DAYS_APART, "others_shared": backend.shared_count("others")}
    for text in _GRAM_TEXTS:
        shared = backend.shared_weight(f"{text}_grams")
        measures[f"alike_{text}"] = f"(2.0 * {shared} / ({text}_weight_l + {text}_weight_r))"
        measures[f"covered_{text}"] = f"({shared} / least({text}_weight_l, {text}_weight_r))"
        measures[f"own_{text}"] = f"(least({text}_weight_l, {text}_weight_r) - {shared})"
    return condition.format(**measures)


class _Measures(dict[str, str]):
    """What the measures of the settings compare, as far as the columns of a plain difference go."""

    def __missing__(self, name: str) -> str:
        return _DAYS_APART if name == "days_apart" else name


class Model:
    """Splink with the linking settings over described filings; the names of the columns it adds are Splink's own:
    ``gamma_<comparison>`` the level, ``mw_<comparison>`` its weight, ``mw_tf_adj_<comparison>`` that of rarity;
    ``apart`` says that the two are plainly different, ``ask`` that only a reviewer may merge them."""

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
        """One row a pair that shares a block and is worth knowing: alike enough to show, or kept apart by a late
        comparison alone.

        ``id_l`` < ``id_r``, ``match_weight`` (bits), ``match_probability``, and the columns of each comparison.
        """
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
        """The same for the pairs ``id_l``, ``id_r`` of ``ids``, every one of them."""
        asked = pd.DataFrame({"match_key": "0", "join_key_l": ids["id_l"], "join_key_r": ids["id_r"]})
        table = self._backend.register(asked, "asked_pairs")
        self._linker.table_management.register_blocked_pairs_for_predict(table)
        return self._with_levels(self._linker.inference.predict(warning_mode="never").as_pandas_dataframe())

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
            place = np.searchsorted(between, pairs[f"mw_{comparison.name}"].to_numpy(dtype="float64"))
            gamma = np.array([gamma for _, gamma in known])[place]
            levels[f"gamma_{comparison.name}"] = gamma
            apart |= np.isin(gamma, comparison.apart_gammas)
            ask |= np.isin(gamma, comparison.ask_gammas)
        return pairs.assign(**levels, apart=apart, ask=ask)

    def _worth_knowing(self, predictions: Any) -> pd.DataFrame:
        late = [comparison for comparison in self._linkage.comparisons if not comparison.early]
        against = " + ".join(_weight_apart(comparison) for comparison in late) or "0"
        merge_weight = math.log2(self._linkage.merge / (1 - self._linkage.merge))
        return self._linker.misc.query_sql(
            f"select * from {predictions.physical_name} "  # noqa: S608 - Splink names the table, the settings the rest
            f"where match_weight >= {self._linkage.show} or match_weight - ({against}) >= {merge_weight}",
            output_type="pandas",
        )


def _weight_apart(comparison: Comparison) -> str:
    """SQL: what plain differences of ``comparison`` take from the match weight."""
    weights = [comparison.level(gamma).weight for gamma in comparison.apart_gammas]
    near = " or ".join(f"abs(mw_{comparison.name} - ({weight})) < 1e-6" for weight in weights)
    return f"case when {near} then mw_{comparison.name} else 0 end" if near else "0"


def profiles(described: pd.DataFrame, linkage: Linkage) -> np.ndarray:
    """A number a filing of ``described``: two of one number are plainly different from the same filings."""
    conditions = " ".join(
        level.condition.format_map(_Measures())
        for comparison in linkage.comparisons
        if comparison.apart_gammas
        for level in comparison.levels
    )
    columns = [name for name in described.columns if f"{name}_l" in conditions or f"{name}_r" in conditions]
    if not columns:
        return np.zeros(len(described), dtype="int64")
    return described.groupby(columns, dropna=False, sort=True).ngroup().to_numpy()


@contextmanager
def quiet() -> Iterator[None]:
    """Splink's and its SQL parser's remarks are for developers: only errors pass."""
    loggers = [logging.getLogger(name) for name in ("splink", "sqlglot")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
