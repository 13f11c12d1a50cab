"""The story in the terminal."""

from collections.abc import Iterable
from typing import TextIO

from rich import markup
from rich.console import Console
from rich.table import Table

from flows.explain import sentences, side_by_side
from flows.explain.story import Pair, Story
from flows.explain.values import differ, missing, moment, percent, place, shown
from flows.screen import harmless
from schemas.words import SEVERITIES

_NARROWEST = 110
"""Columns of a plain file or pipe, which has no width of its own."""

_MOST_PAIRS = 12
_COLOURS = {"agree": "green", "close": "yellow", "differ": "red", "missing": "dim"}


def tell(story: Story, out: TextIO) -> None:
    """Print the story; in colour on a terminal, as plain text elsewhere."""
    console = Console(file=out, highlight=False, emoji=False)
    if not console.is_terminal:
        console = Console(file=out, highlight=False, emoji=False, width=max(console.width, _NARROWEST))
    console.rule(f"[bold]{escape(story.title)}")
    console.print(escape(sentences.as_of(story)))
    console.print(escape(sentences.standing(story)), style="bold")
    for line in sentences.legend(story):
        console.print(escape(line))
    if told := sentences.file(story):
        console.print(f"[bold]文件：[/bold]{escape(told)}")
    _side_by_side(console, story)
    _lead(console, story)
    _pairs(console, story)
    _neighbours(console, story)
    _findings(console, story)
    _decisions(console, story)
    _versions(console, story)
    _nights(console, story)


def escape(text: object) -> str:
    """Text as it is: neither rich's markup nor what steers a terminal does anything."""
    return markup.escape(harmless(text))


def _escape_lines(text: object) -> str:
    """As :func:`escape`, in the lines that the office wrote: a table's frame is around them."""
    return markup.escape(harmless(text, lines=True))


def _side_by_side(console: Console, story: Story) -> None:
    """The filings in columns, what differs marked."""
    several = len(story.filings) > 1
    title = "各申报并列（不同之处标“≠”）" if several else "申报内容"
    table = Table(title=title, title_justify="left", show_lines=False)
    table.add_column("栏目", style="bold", width=20, overflow="fold")
    letters = side_by_side.letters(story)
    for _, filing in story.filings.iterrows():
        mark = " ★ 牵头" if filing["leads"] and several else ""
        table.add_column(f"{letters[filing['filing_id']]}{mark}", overflow="fold")
    merged = story.group if several else None
    if merged is not None:
        table.add_column("合并后", style="cyan", overflow="fold")

    def add(title: str, cells: Iterable[str], result: str = "", mark: bool = False) -> None:
        told = [f"[yellow]{_escape_lines(cell)}[/yellow]" if mark else _escape_lines(cell) for cell in cells]
        table.add_row(f"≠ {title}" if mark else title, *told, *([_escape_lines(result)] if merged is not None else []))

    add("填报单位", [shown(unit) for unit in story.filings["unit"]])
    add("去向", [sentences.gone(disposition) for disposition in story.filings["disposition"]])
    for name in side_by_side.columns(story):
        values = list(story.filings[name])
        result = "" if merged is None else _merged(story, name, letters)
        add(side_by_side.title(story, name), [shown(value) for value in values], result, differ(values))
    if merged is not None:
        add("参团单位", [""] * len(story.filings), shown(merged["participant_units"]))
    console.print(table)


def _merged(story: Story, name: str, letters: dict[str, str]) -> str:
    if story.group is None:
        return ""
    source = story.sources.get(name)
    return shown(story.group[name]) + (f"（取自{letters.get(source, source)}）" if source else "")


def _lead(console: Console, story: Story) -> None:
    reason = sentences.lead_reason(story)
    if reason:
        console.print(f"[bold]牵头：[/bold]{escape(reason)}")
    if story.group is not None and len(story.filings) > 1:
        console.print("[bold]取值：[/bold]未另注明的，取牵头申报；牵头申报未填的，取自所注的申报。")
        console.print(f"[bold]人数：[/bold]{escape(sentences.headcount(story) or '')}")


def _pairs(console: Console, story: Story) -> None:
    """Why the filings are one group, a waterfall a pair."""
    for pair in side_by_side.told_first(story)[:_MOST_PAIRS]:
        console.print()
        console.print(
            f"[bold]{escape(side_by_side.pair_name(story, pair))}：{sentences.outcome(pair)}[/bold]（编号 {pair.pair_id}）"
        )
        if said := sentences.reviewer(pair):
            console.print(f"评审意见：{escape(said)}", style="magenta")
        console.print(escape(pair.reasons))
        if pair.steps:
            console.print(_waterfall(pair))
    if len(story.within) > _MOST_PAIRS:
        console.print(f"其余 {len(story.within) - _MOST_PAIRS} 对从略，全部见 --html 的页面。", style="dim")


def _waterfall(pair: Pair) -> Table:
    """One row a comparison: from where to where it moved the weight."""
    totals = [0.0]
    for step in pair.steps:
        totals.append(totals[-1] + step.weight)
    low, high = min(totals), max(totals)
    table = Table(box=None, padding=(0, 1), show_header=True, header_style="dim")
    table.add_column("比对项", no_wrap=True)
    table.add_column("结果")
    table.add_column("分值", justify="right")
    table.add_column("累计", justify="right")
    table.add_column(f"{low:.0f} … {high:.0f} 比特", no_wrap=True)
    for before, step in zip(totals, pair.steps, strict=False):
        if step.verdict == "missing" and step.name != "prior":
            continue
        colour = "blue" if step.name == "prior" else _COLOURS[step.verdict]
        after = before + step.weight
        start, end = sorted((before, after))
        bar = " " * round(start - low) + "█" * max(round(end - low) - round(start - low), 1 if step.weight else 0)
        table.add_row(
            step.title, escape(step.says), f"{step.weight:+.1f}", f"{after:+.1f}", f"[{colour}]{bar}[/{colour}]"
        )
    table.add_row("合计", percent(pair.probability), "", f"{pair.weight:+.1f}", "", style="bold")
    unsaid = [step.title for step in pair.steps if step.verdict == "missing" and step.name != "prior"]
    if unsaid:
        table.add_row("无从比较", "、".join(unsaid), "", "", "", style="dim")
    return table


def _neighbours(console: Console, story: Story) -> None:
    told = side_by_side.neighbours(story)
    if not told:
        return
    table = Table(title="相近而未合并的其他申报", title_justify="left")
    table.add_column("编号", no_wrap=True)
    for name in ("本组申报", "其他申报", "结果", "主要理由"):
        table.add_column(name, overflow="fold")
    own = set(story.filings["filing_id"])
    for pair in told[:_MOST_PAIRS]:
        mine, other = (pair.left, pair.right) if pair.left in own else (pair.right, pair.left)
        said = sentences.reviewer(pair)
        table.add_row(
            pair.pair_id,
            escape(side_by_side.called(story, mine)),
            escape(side_by_side.called(story, other)),
            f"{sentences.outcome(pair)}" + (f"；{escape(said)}" if said else ""),
            escape(pair.reasons),
        )
    console.print(table)


def _findings(console: Console, story: Story) -> None:
    if story.findings.empty:
        return
    table = Table(title="问题", title_justify="left")
    for name in ("申报", "级别", "条款", "单元格", "问题", "首次出现", "现状"):
        table.add_column(name, overflow="fold")
    letters = side_by_side.letters(story)
    for _, finding in story.findings.iterrows():
        table.add_row(
            "团组" if missing(finding["filing_id"]) else letters.get(finding["filing_id"], ""),
            SEVERITIES[finding["severity"]],
            finding["clause"],
            "" if missing(finding["cell"]) else finding["cell"],
            escape(finding["message"]),
            moment(finding["first_seen"]),
            sentences.finding_state(finding),
        )
    console.print(table)


def _decisions(console: Console, story: Story) -> None:
    told = sentences.decisions(story)
    if told:
        console.print("[bold]评审意见[/bold]")
    for sentence in told:
        console.print(escape(sentence), style="magenta")


def _versions(console: Console, story: Story) -> None:
    if len(story.versions) < 2:
        return
    table = Table(title="各版本", title_justify="left")
    table.add_column("申报编号", no_wrap=True)
    for name in ("位置", "项目名称", "人数", "现状", "到本条改动了"):
        table.add_column(name, overflow="fold")
    for _, version in story.versions.iterrows():
        table.add_row(
            version["filing_id"],
            escape(place(version)),
            escape(shown(version["title"])),
            shown(version["headcount"]),
            escape(sentences.version_state(version)),
            escape(sentences.changed(story, story.versions_differ, "filing_id", version["filing_id"])),
        )
    console.print(table)


def _nights(console: Console, story: Story) -> None:
    """Night by night where the filing stood, in which group, and where it went."""
    if story.nights.empty:
        return
    table = Table(title="逐夜去向", title_justify="left")
    table.add_column("夜", no_wrap=True)
    table.add_column("团组编号", no_wrap=True)
    for name in ("在团组中", "去向", "原因", "位置", "改动"):
        table.add_column(name, overflow="fold")
    for _, night in story.nights.iterrows():
        table.add_row(
            moment(night["started_at"]),
            "" if missing(night["group_id"]) else night["group_id"],
            sentences.part(night),
            sentences.gone(night["disposition"]),
            "" if missing(night["because"]) else escape(night["because"]),
            escape(place(night)),
            escape(sentences.changed(story, story.changes, "run_id", night["run_id"])),
        )
    console.print(table)
