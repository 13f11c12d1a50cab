"""Splink's charts of a story, in Chinese: how each comparison moved a pair's weight, and the linking settings."""

from typing import Any

from splink.internals.charts import WaterfallChart

from flows.explain import side_by_side
from flows.explain.story import Pair, Step, Story
from flows.link import weights_chart
from schemas.linkage import Linkage

_IN_CHINESE = {
    "Match weights waterfall chart": "分值瀑布图",
    "Partial match weights (components of final match weight)": "每一比对项各种结果的分值",
    "Use mousewheel to zoom": "绿色支持同一团组，红色反对",
    "Prior (starting) match weight": "起点",
    "Comparison level match weight = log2(m/u)": "分值（比特）",
    "Equivalent match weight": "分值",
    "Probability two random records match": "任意两条申报同属一个团组的可能性",
    "Comparison name": "比对项",
    "M probability": "m：同一团组的申报中的比例",
    "U probability": "u：不同团组的申报中的比例",
    "How each comparison contributes to the final match score": "每一比对项使分值升降多少（比特）；绿色支持同一团组，红色反对",
    "Final score": "合计",
    "Prior match weight": "起点",
    "Comparison column": "比对项",
    "Value (L)": "前者所填",
    "Value (R)": "后者所填",
    "Label": "结果",
    "SQL condition": "条件",
    "Comparison vector value": "级别",
    "Bayes factor = m/u": "m/u",
    "Match weight = log2(m/u)": "分值",
    "Cumulative match probability": "至此的可能性",
    "Match weight description": "说明",
    "Match weight": "分值",
    "Match Weight": "分值（比特）",
    "Column": "比对项",
    "Probability": "可能性",
    "Prior": "起点",
}
"""What the chart says in English, in Chinese; longer phrases stand before those that they contain."""

_ROOM = 11
"""Characters that fit above a bar."""

_FOR_DEVELOPERS = (
    *("sql_condition", "bayes_factor_description", "m_probability_description", "u_probability_description"),
    "comparison_vector_value",
)
"""Fields of the charts' tooltips that say nothing to an official, or in English."""


def waterfall(story: Story, pair: Pair) -> dict[str, Any]:
    """Splink's waterfall chart of the weights that the night wrote down."""
    first, second = side_by_side.in_order(story, pair)
    records = [
        {
            "column_name": step.title,
            "label_for_charts": step.says,
            "sql_condition": None,
            "log2_bayes_factor": step.weight,
            "bayes_factor": 2**step.weight,
            "comparison_vector_value": None,
            "m_probability": None,
            "u_probability": None,
            "bayes_factor_description": None,
            "value_l": _label(story, step, first),
            "value_r": _label(story, step, second),
            "term_frequency_adjustment": False,
            "bar_sort_order": order,
            "record_number": 0,
        }
        for order, step in enumerate([*pair.steps, Step("total", "合计", "agree", "合计", pair.weight)])
    ]
    return _in_chinese(WaterfallChart(records, filter_nulls=True).chart_dict)


def weights(linkage: Linkage) -> dict[str, Any]:
    """Splink's chart of the linking settings of the year as they are now."""
    return _in_chinese(weights_chart(linkage))


def _label(story: Story, step: Step, filing_id: str) -> str:
    """The value above a bar, as much of it as there is room for."""
    if step.name in ("prior", "total"):
        return ""
    text = side_by_side.compared_values(story, step.name, filing_id)
    return text if len(text) <= _ROOM else f"{text[: _ROOM - 1]}…"


def _in_chinese(spec: Any) -> Any:
    """The chart's own words in Chinese, wherever they stand but in its data; without what only a developer reads."""
    if isinstance(spec, dict):
        kept = {key: value for key, value in spec.items() if key != "bind"}
        return {key: value if key == "data" else _in_chinese(value) for key, value in kept.items()}
    if isinstance(spec, list):
        return [_in_chinese(value) for value in spec if not _left_out(value)]
    if isinstance(spec, str):
        for english, chinese in _IN_CHINESE.items():
            spec = spec.replace(english, chinese)
    return spec


def _left_out(part: Any) -> bool:
    """Whether a part of a chart is for a developer, or takes the wheel with which a reader moves down the page."""
    return isinstance(part, dict) and (part.get("field") in _FOR_DEVELOPERS or part.get("name") == "mouse_zoom")
