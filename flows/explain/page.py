"""The story as one page with Splink's own charts, which opens without a network."""

import json
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

import pandas as pd
from splink.internals.html_utils import load_chart_libraries

from flows.explain import sentences, side_by_side
from flows.explain.charts import waterfall, weights
from flows.explain.story import Pair, Story
from flows.explain.values import differ, missing, moment, place, shown
from schemas.linkage import Linkage
from schemas.words import SEVERITIES

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
    pairs = side_by_side.told_first(story)
    sections = [
        f"<h1>{escape(story.title)}</h1>",
        f'<p class="quiet">{escape(sentences.as_of(story))}</p>',
        f"<p><strong>{escape(sentences.standing(story))}</strong></p>",
        *(f"<p>{escape(line)}</p>" for line in sentences.legend(story)),
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
    charts = [waterfall(story, pair) for pair in pairs if pair.steps]
    if charts:
        sections.append(_section("归并设置（现行）", f'<div class="chart" id="chart-{len(charts)}"></div>'))
        charts.append(weights(linkage))
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
    return f'<td class="{kind}">{escape(shown(value))}</td>' if kind else f"<td>{escape(shown(value))}</td>"


def _side_by_side(story: Story) -> str:
    letters = side_by_side.letters(story)
    filings = [filing for _, filing in story.filings.iterrows()]
    group = story.group if len(filings) > 1 else None
    heads = [letters[f["filing_id"]] + ("（牵头）" if f["leads"] and len(filings) > 1 else "") for f in filings]
    rows = [
        _row("填报单位", [shown(filing["unit"]) for filing in filings], group, ""),
        _row("去向", [sentences.gone(filing["disposition"]) for filing in filings], group, ""),
    ]
    for name in side_by_side.columns(story):
        merged = "" if group is None else shown(group[name]) + _source(story, name, letters)
        values = [shown(filing[name]) for filing in filings]
        rows.append(_row(side_by_side.title(story, name), values, group, merged, mark=True))
    if group is not None:
        rows.append(_row("参团单位", [""] * len(filings), group, shown(group["participant_units"])))
    return _table(["栏目", *heads, *(["合并后"] if group is not None else [])], rows)


def _row(title: str, values: list[str], group: pd.Series | None, merged: str, mark: bool = False) -> list[str]:
    kind = "differs" if mark and differ(values) else ""
    cells = [
        f"<th>{'≠ ' if kind else ''}{escape(title)}</th>",
        *(_cell(value, kind) if value else "<td></td>" for value in values),
    ]
    return cells + ([f'<td class="merged">{escape(merged)}</td>'] if group is not None else [])


def _source(story: Story, name: str, letters: dict[str, str]) -> str:
    source = story.sources.get(name)
    return f"（取自{letters.get(source, source)}）" if source else ""


def _file(story: Story) -> str:
    told = sentences.file(story)
    return f"<p><strong>文件：</strong>{escape(told)}</p>" if told else ""


def _lead(story: Story) -> str:
    if story.group is None or len(story.filings) < 2:
        return ""
    told = [
        ("牵头", sentences.lead_reason(story) or ""),
        ("取值", "未另注明的，取牵头申报；牵头申报未填的，取自所注的申报。"),
        ("人数", sentences.headcount(story) or ""),
    ]
    return "".join(f"<p><strong>{name}：</strong>{escape(text)}</p>" for name, text in told if text)


def _pair(story: Story, pair: Pair, place: int) -> str:
    said = sentences.reviewer(pair)
    parts = [
        "<h2>为什么</h2>" if place == 0 else "",
        f"<h3>{escape(side_by_side.pair_name(story, pair))}：{escape(sentences.outcome(pair))}</h3>",
        f'<p class="quiet">编号 {escape(pair.pair_id)}</p>',
        f'<p class="said">评审意见：{escape(said)}</p>' if said else "",
        f"<p>{escape(pair.reasons)}</p>",
    ]
    charted = [other for other in side_by_side.told_first(story) if other.steps]
    if pair.steps:
        parts.append(f'<div class="chart" id="chart-{charted.index(pair)}"></div>')
        parts.append(_steps(story, pair))
    return "".join(parts)


def _steps(story: Story, pair: Pair) -> str:
    first, second = side_by_side.in_order(story, pair)
    rows = [
        [
            f"<th>{escape(step.title)}</th>",
            _cell(step.says),
            _cell(side_by_side.compared_values(story, step.name, first)),
            _cell(side_by_side.compared_values(story, step.name, second)),
            f'<td class="number">{step.weight:+.2f}</td>',
        ]
        for step in pair.steps
        if step.name != "prior"
    ]
    names = [side_by_side.called(story, first), side_by_side.called(story, second)]
    return "<details><summary>各比对项</summary>" + _table(["比对项", "结果", *names, "分值"], rows) + "</details>"


def _neighbours(story: Story) -> str:
    own = set(story.filings["filing_id"])
    rows = []
    for pair in side_by_side.neighbours(story):
        mine, other = (pair.left, pair.right) if pair.left in own else (pair.right, pair.left)
        said = sentences.reviewer(pair)
        rows.append(
            [
                _cell(pair.pair_id),
                _cell(side_by_side.called(story, mine)),
                f"<td>{escape(side_by_side.called(story, other))}</td>",
                _cell(sentences.outcome(pair) + (f"；{said}" if said else "")),
                f"<td>{escape(pair.reasons)}</td>",
            ]
        )
    return _table(["编号", "本组申报", "其他申报", "结果", "主要理由"], rows) if rows else ""


def _findings(story: Story) -> str:
    letters = side_by_side.letters(story)
    rows = [
        [
            _cell("团组" if missing(finding["filing_id"]) else letters.get(finding["filing_id"], "")),
            _cell(SEVERITIES[finding["severity"]]),
            _cell(finding["clause"]),
            f"<td>{'' if missing(finding['cell']) else escape(finding['cell'])}</td>",
            f"<td>{escape(finding['message'])}</td>",
            _cell(moment(finding["first_seen"])),
            _cell(sentences.finding_state(finding)),
        ]
        for _, finding in story.findings.iterrows()
    ]
    return _table(["申报", "级别", "条款", "单元格", "问题", "首次出现", "现状"], rows) if rows else ""


def _decisions(story: Story) -> str:
    return "".join(f'<p class="said">{escape(line)}</p>' for line in sentences.decisions(story))


def _versions(story: Story) -> str:
    if len(story.versions) < 2:
        return ""
    rows = [
        [
            _cell(version["filing_id"]),
            _cell(place(version)),
            _cell(version["title"]),
            _cell(version["headcount"]),
            _cell(sentences.version_state(version)),
            f"<td>{escape(sentences.changed(story, story.versions_differ, 'filing_id', version['filing_id']))}</td>",
        ]
        for _, version in story.versions.iterrows()
    ]
    return _table(["申报编号", "位置", "项目名称", "人数", "现状", "到本条改动了"], rows)


def _nights(story: Story) -> str:
    rows = [
        [
            _cell(moment(night["started_at"])),
            f"<td>{'' if missing(night['group_id']) else escape(night['group_id'])}</td>",
            _cell(sentences.part(night)),
            _cell(sentences.gone(night["disposition"])),
            f"<td>{'' if missing(night['because']) else escape(night['because'])}</td>",
            _cell(place(night)),
            f"<td>{escape(sentences.changed(story, story.changes, 'run_id', night['run_id']))}</td>",
        ]
        for _, night in story.nights.iterrows()
    ]
    return _table(["夜", "团组编号", "在团组中", "去向", "原因", "位置", "改动"], rows) if rows else ""
