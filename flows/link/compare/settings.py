"""The linking settings as Splink takes them."""

from collections.abc import Sequence
from typing import Any

from splink import SettingsCreator, block_on

from flows.link.compare.backends import Backend
from schemas.linkage import TEXTS, Comparison, Level, Linkage

DAYS_APART = "least(coalesce(abs(start_l - start_r), 9999), coalesce(abs(end_l - end_r), 9999))"
"""SQL: the days between the dates of two filings, of leaving or of returning, whichever are nearer."""


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
    """``condition`` in SQL, with its measures written out.

    ``{alike_x}`` is twice the shared weight of the words of ``x`` over that of both, ``{covered_x}`` the shared weight over
    the smaller, ``{own_x}`` what even the smaller has for itself, ``{others_shared}`` how many units both say take part,
    ``{days_apart}`` the days between their dates.
    """
    measures = {"days_apart": DAYS_APART, "others_shared": backend.shared_count("others")}
    for text in TEXTS:
        shared = backend.shared_weight(f"{text}_grams")
        measures[f"alike_{text}"] = f"(2.0 * {shared} / ({text}_weight_l + {text}_weight_r))"
        measures[f"covered_{text}"] = f"({shared} / least({text}_weight_l, {text}_weight_r))"
        measures[f"own_{text}"] = f"(least({text}_weight_l, {text}_weight_r) - {shared})"
    return condition.format(**measures)
