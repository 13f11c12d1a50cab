"""The story as one page with Splink's own charts, which opens without a network."""

import json
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

import pandas as pd
from splink.internals.charts import WaterfallChart
from splink.internals.html_utils import load_chart_libraries

from flows.explain import words
from flows.explain.story import Pair, Step, Story
from flows.link import weights_chart
from schemas.linkage import Linkage
from schemas.words import SEVERITIES

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

_NO_NETWORK = (
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    "script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data:\">"
)
"""Vega makes functions of the charts' expressions; nothing is fetched from anywhere."""

_STYLE = """
body { font: 15px/1.6 "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; margin: 2em auto; max-width: 1200px;
  padding: 0 1em; color: #222; }
h1 { font-size: 1.5em; border-bottom: 2px solid #1F4E79; padding-bottom: .3em; color: #1F4E79; }
h2 { font-size: 1.15em; margin-top: 2em; color: #1F4E79; }
h3 { font-size: 1em; margin-bottom: .2em; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #BFBFBF; padding: .3em .5em; vertical-align: top; text-align: left; }
thead th { background: #DDEBF7; }
tbody th { white-space: nowrap; font-weight: normal; background: #F5F5F5; }
td.differs { background: #FFF2CC; }
td.merged { background: #E2EFDA; }
td.number { text-align: right; white-space: nowrap; }
.said { color: #7030A0; }
.quiet { color: #767676; }
.chart { overflow-x: auto; }
"""


def page(story: Story, linkage: Linkage) -> str:
    """The whole page as HTML."""
    pairs = words.told_first(story)
    sections = [
        f"<h1>{escape(story.title)}</h1>",
        f'<p class="quiet">{escape(words.as_of(story))}</p>',
        f"<p><strong>{escape(words.standing(story))}</strong></p>",
        *(f"<p>{escape(line)}</p>" for line in words.legend(story)),
        _file(story),
        "<h2>各申报并列</h2>",
        _side_by_side(story),
        _lead(story),
        *(_pair(story, pair, place) for place, pair in enumerate(pairs)),
        _section("相近而未合并的其他申报", _neighbours(story)),
        _section("问题", _findings(story)),
        _section("评审意见", _decisions(story)),
        _section("各版本", _versions(story)),
        _section("逐夜去向", _nights(story)),
    ]
    charts = [_chart(story, pair) for pair in pairs if pair.steps]
    if charts:
        sections.append(_section("归并设置（现行）", f'<div class="chart" id="chart-{len(charts)}"></div>'))
        charts.append(_in_chinese(weights_chart(linkage)))
    scripts = "".join(f"<script>{library}</script>" for library in load_chart_libraries().values()) if charts else ""
    draw = _script(charts) if charts else ""
    head = f'<meta charset="utf-8">{_NO_NETWORK}<title>{escape(story.title)}</title><style>{_STYLE}</style>'
    return f'<!DOCTYPE html>\n<html lang="zh-CN"><head>{head}</head><body>{"".join(sections)}{scripts}{draw}</body></html>\n'


def _script(charts: Sequence[dict[str, Any]]) -> str:
    data = json.dumps(charts, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")
    return (
        f"<script>{data}.forEach((chart, place) => "
        "vegaEmbed(document.getElementById('chart-' + place), chart, {actions: false, renderer: 'svg'}));</script>"
    )


def _section(title: str, body: str) -> str:
    return f"<h2>{title}</h2>{body}" if body else ""


def _table(titles: Iterable[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of cells that are already HTML."""
    head = "".join(f"<th>{escape(title)}</th>" for title in titles)
    body = "".join("<tr>" + "".join(cells) + "</tr>" for cells in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(value: object, kind: str = "") -> str:
    return f'<td class="{kind}">{escape(words.shown(value))}</td>' if kind else f"<td>{escape(words.shown(value))}</td>"


def _side_by_side(story: Story) -> str:
    letters = words.letters(story)
    filings = [filing for _, filing in story.filings.iterrows()]
    group = story.group if len(filings) > 1 else None
    heads = [letters[f["filing_id"]] + ("（牵头）" if f["leads"] and len(filings) > 1 else "") for f in filings]
    rows = [
        _row("填报单位", [words.shown(filing["unit"]) for filing in filings], group, ""),
        _row("去向", [words.gone(filing["disposition"]) for filing in filings], group, ""),
    ]
    for name in words.columns(story):
        merged = "" if group is None else words.shown(group[name]) + _source(story, name, letters)
        values = [words.shown(filing[name]) for filing in filings]
        rows.append(_row(words.TITLES[name], values, group, merged, mark=True))
    if group is not None:
        rows.append(_row("参团单位", [""] * len(filings), group, words.shown(group["participant_units"])))
    return _table(["栏目", *heads, *(["合并后"] if group is not None else [])], rows)


def _row(title: str, values: list[str], group: pd.Series | None, merged: str, mark: bool = False) -> list[str]:
    kind = "differs" if mark and words.differ(values) else ""
    cells = [
        f"<th>{'≠ ' if kind else ''}{escape(title)}</th>",
        *(_cell(value, kind) if value else "<td></td>" for value in values),
    ]
    return cells + ([f'<td class="merged">{escape(merged)}</td>'] if group is not None else [])


def _source(story: Story, name: str, letters: dict[str, str]) -> str:
    source = story.sources.get(name)
    return f"（取自{letters.get(source, source)}）" if source else ""


def _file(story: Story) -> str:
    told = words.file(story)
    return f"<p><strong>文件：</strong>{escape(told)}</p>" if told else ""


def _lead(story: Story) -> str:
    if story.group is None or len(story.filings) < 2:
        return ""
    told = [
        ("牵头", words.lead_reason(story) or ""),
        ("取值", "未另注明的，取牵头申报；牵头申报未填的，取自所注的申报。"),
        ("人数", words.headcount(story) or ""),
    ]
    return "".join(f"<p><strong>{name}：</strong>{escape(text)}</p>" for name, text in told if text)


def _pair(story: Story, pair: Pair, place: int) -> str:
    said = words.reviewer(pair)
    parts = [
        "<h2>为什么</h2>" if place == 0 else "",
        f"<h3>{escape(words.pair_name(story, pair))}：{escape(words.outcome(pair))}</h3>",
        f'<p class="quiet">编号 {escape(pair.pair_id)}</p>',
        f'<p class="said">评审意见：{escape(said)}</p>' if said else "",
        f"<p>{escape(pair.reasons)}</p>",
    ]
    charted = [other for other in words.told_first(story) if other.steps]
    if pair.steps:
        parts.append(f'<div class="chart" id="chart-{charted.index(pair)}"></div>')
        parts.append(_steps(story, pair))
    return "".join(parts)


def _steps(story: Story, pair: Pair) -> str:
    first, second = words.in_order(story, pair)
    rows = [
        [
            f"<th>{escape(step.title)}</th>",
            _cell(step.says),
            _cell(words.values(story, step.name, first)),
            _cell(words.values(story, step.name, second)),
            f'<td class="number">{step.weight:+.2f}</td>',
        ]
        for step in pair.steps
        if step.name != "prior"
    ]
    names = [words.called(story, first), words.called(story, second)]
    return "<details><summary>各比对项</summary>" + _table(["比对项", "结果", *names, "分值"], rows) + "</details>"


def _chart(story: Story, pair: Pair) -> dict[str, Any]:
    """Splink's waterfall chart of the weights that the night wrote down."""
    first, second = words.in_order(story, pair)
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


def _label(story: Story, step: Step, filing_id: str) -> str:
    """The value above a bar, as much of it as there is room for."""
    if step.name in ("prior", "total"):
        return ""
    text = words.values(story, step.name, filing_id)
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


def _neighbours(story: Story) -> str:
    own = set(story.filings["filing_id"])
    rows = []
    for pair in words.neighbours(story):
        mine, other = (pair.left, pair.right) if pair.left in own else (pair.right, pair.left)
        said = words.reviewer(pair)
        rows.append(
            [
                _cell(pair.pair_id),
                _cell(words.called(story, mine)),
                f"<td>{escape(words.called(story, other))}</td>",
                _cell(words.outcome(pair) + (f"；{said}" if said else "")),
                f"<td>{escape(pair.reasons)}</td>",
            ]
        )
    return _table(["编号", "本组申报", "其他申报", "结果", "主要理由"], rows) if rows else ""


def _findings(story: Story) -> str:
    letters = words.letters(story)
    rows = [
        [
            _cell("团组" if words.missing(finding["filing_id"]) else letters.get(finding["filing_id"], "")),
            _cell(SEVERITIES[finding["severity"]]),
            _cell(finding["clause"]),
            f"<td>{'' if words.missing(finding['cell']) else escape(finding['cell'])}</td>",
            f"<td>{escape(finding['message'])}</td>",
            _cell(words.moment(finding["first_seen"])),
            _cell(words.finding_state(finding)),
        ]
        for _, finding in story.findings.iterrows()
    ]
    return _table(["申报", "级别", "条款", "单元格", "问题", "首次出现", "现状"], rows) if rows else ""


def _decisions(story: Story) -> str:
    return "".join(f'<p class="said">{escape(line)}</p>' for line in words.decisions(story))


def _versions(story: Story) -> str:
    if len(story.versions) < 2:
        return ""
    rows = [
        [
            _cell(version["filing_id"]),
            _cell(words.place(version)),
            _cell(version["title"]),
            _cell(version["headcount"]),
            _cell(words.version_state(version)),
            f"<td>{escape(words.changed(story.versions_differ, 'filing_id', version['filing_id']))}</td>",
        ]
        for _, version in story.versions.iterrows()
    ]
    return _table(["申报编号", "位置", "项目名称", "人数", "现状", "到本条改动了"], rows)


def _nights(story: Story) -> str:
    rows = [
        [
            _cell(words.moment(night["started_at"])),
            f"<td>{'' if words.missing(night['group_id']) else escape(night['group_id'])}</td>",
            _cell(words.part(night)),
            _cell(words.gone(night["disposition"])),
            f"<td>{'' if words.missing(night['because']) else escape(night['because'])}</td>",
            _cell(words.place(night)),
            f"<td>{escape(words.changed(story.changes, 'run_id', night['run_id']))}</td>",
        ]
        for _, night in story.nights.iterrows()
    ]
    return _table(["夜", "团组编号", "在团组中", "去向", "原因", "位置", "改动"], rows) if rows else ""
