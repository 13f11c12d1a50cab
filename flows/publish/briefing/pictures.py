"""The charts, drawn by pygal as SVG without scripts; the same numbers give the same bytes."""

from typing import Any

import pygal
from lxml import etree
from pygal.style import Style

from flows.publish.briefing.figures import Figure
from flows.publish.workbook import safe

COLOURS = ("#4F8FC4", "#C77700", "#767676")
"""Of the series, in their order: 3:1 against white, and 4.5:1 against the black numbers on them."""
_INK, _FONT = "#222222", "'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif"
_SIZE, _WIDTH, _A_ROW, _LONGEST = 15, 620, 27, 11
_BESIDE = "\u2003\u2003"
"""Moves a number from the end of its bar to beside it."""
_STYLE = Style(
    background="transparent", plot_background="transparent", foreground=_INK, foreground_strong=_INK, foreground_subtle="#767676",
    opacity="1", opacity_hover="1", transition="0s", colors=COLOURS, value_colors=(_INK,) * len(COLOURS), font_family=_FONT,
    label_font_size=_SIZE, major_label_font_size=_SIZE, value_font_size=_SIZE, no_data_font_size=20,
)  # fmt: skip
_SVG = "{http://www.w3.org/2000/svg}"


def picture(figure: Figure) -> str:
    """The chart of a figure as an element of HTML."""
    upright = figure.upright
    rows = [_short(name) for name in figure.rows]
    wide = 0 if upright else _SIZE * max(map(_beyond, rows), default=0)
    series = figure.charted
    chart: Any = (pygal.Bar if upright else pygal.HorizontalBar)(
        style=_STYLE, js=(), width=_WIDTH, height=300 if upright else 60 + _A_ROW * len(rows) * (1 + len(series)) // 2,
        margin=6, margin_left=int(6 + wide), show_legend=False,
        print_values=True, print_values_position="top", print_zeroes=False, show_y_guides=False, show_x_guides=False,
        show_y_labels=False, show_x_labels=True, tooltip_border_radius=0, truncate_label=-1,
        spacing=8, include_x_axis=True, no_data_text="没有", range=(0, max(1, 1.15 * figure.most)), show_minor_x_labels=upright,
        value_formatter=lambda value: f"{_BESIDE * (not upright)}{value:,.0f}" if value or len(series) < 2 else "",
    )  # fmt: skip
    chart.uuid = figure.name
    chart.x_labels = rows if upright else rows[::-1]
    for title, numbers in series.items():
        chart.add(title, list(numbers) if upright else list(numbers)[::-1])
    return _quiet(chart.render_tree(), f"{figure.title}，数字见旁边的表")


def _quiet(drawn: Any, about: str) -> str:
    """The drawing without scripts, comments and what only scripts use, named for those who cannot see it."""
    tree = etree.fromstring(etree.tostring(drawn))
    for part in [*tree.iter(f"{_SVG}script", f"{_SVG}desc", f"{_SVG}title", etree.Comment)]:
        if part.getparent() is not None:
            part.getparent().remove(part)
    tree.set("role", "img")
    tree.set("aria-label", about)
    return str(etree.tostring(tree, encoding="unicode"))


def _short(name: str) -> str:
    """A name as there is room for it beside a bar; the table has it whole."""
    name = " ".join(safe(name).split())
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"


def _beyond(name: str) -> float:
    """By how many letters a name is wider than pygal reckons, which takes Chinese characters for Latin ones."""
    return 0.42 * sum(ord(character) > 0x2E80 for character in name)
