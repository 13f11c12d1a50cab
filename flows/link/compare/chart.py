"""Splink's chart of the linking settings: what each level of each comparison weighs."""

from typing import Any

from schemas.linkage import Linkage


def weights_chart(linkage: Linkage) -> dict[str, Any]:
    """The chart as Vega-Lite has it, in Splink's English, with the comparisons by their Chinese titles."""
    from flows.link.compare.backends import Backend  # Splink is slow to import
    from flows.link.compare.settings import settings

    titles = {comparison.name: comparison.title for comparison in linkage.comparisons}
    model = settings(linkage, Backend("duckdb", None), linkage.comparisons).get_settings("duckdb")
    chart = model.match_weights_chart().chart_dict
    for record in chart["data"]["values"]:
        record["comparison_name"] = titles.get(record["comparison_name"], record["comparison_name"])
    return chart
