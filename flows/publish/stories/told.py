"""What each page tells, as plain rows: its filings with their cells as filed, what was merged and why, the findings, what was decided."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from flows.explain.values import as_read, percent
from flows.publish.night import Night
from schemas.form import Form
from schemas.tables import as_objects
from schemas.words import DISPOSITIONS, FILE_STATUSES, PAIR_OUTCOMES, SEVERITIES, finding_state

Row = dict[str, Any]

_NAMES = "甲乙丙丁戊己庚辛壬癸"
_NAMED = ("organiser", "institution", "country")
"""Columns whose values the registers know by several names."""
_LONGEST = 2_000
"""Characters that are shown of one value."""


@dataclass(frozen=True)
class Value:
    """A column of the filings side by side: the value of each as filed and its cell, whether they ``differ``, and what was
    ``merged`` of them."""

    title: str
    filed: list[tuple[str, str]]
    differ: bool
    merged: str


@dataclass(frozen=True)
class Pair:
    """Two filings compared: what they are called, what was done with them and how likely they are one group; ``steps`` what each
    comparison said, with its weight in bits."""

    row: Row
    names: str
    outcome: str
    steps: list[Row]
    silent: str


@dataclass(frozen=True)
class Story:
    """One page, of ``kind`` group, filing, pair, file or finding."""

    page: str
    kind: str
    title: str
    filings: list[Row] = field(default_factory=list)
    group: Row | None = None
    values: list[Value] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    beside: list[Pair] = field(default_factory=list)
    findings: list[Row] = field(default_factory=list)
    decisions: list[Row] = field(default_factory=list)


def stories(night: Night, form: Form) -> Iterator[Story]:
    """The story of each page of the night, in the order in which they matter."""
    links = night.view("story_link")
    pages = links.drop_duplicates("page")
    known = _Known(night, form, links)
    for page, kind in zip(pages["page"], pages["kind"], strict=True):
        yield known.story(page, kind)


class _Known:
    """The rows of the night's views by the page, or the filing, that they are about."""

    def __init__(self, night: Night, form: Form, links: pd.DataFrame) -> None:
        self._titles = form.filing_titles
        about = dict(zip(links["about"], links["page"], strict=True))
        self._filings = _by(_rows(night.view("story_filing")), "page")
        self._pairs = _by(_rows(night.view("story_pair")), "page")
        self._groups = {row["group_id"]: row for row in _rows(night.view("story_group"))}
        self._files = {row["path"]: row for row in _rows(night.view("file_account"))}
        self._findings = _of_pages(night.view("open_finding"), "finding_id", about)
        self._decisions = _of_pages(night.view("decision_state"), "about", about)
        self._cells: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
        for filing, column, cell, value in night.view("story_cell").itertuples(index=False):
            self._cells[filing][column] = (_cut(value), cell if isinstance(cell, str) else "")

    def story(self, page: str, kind: str) -> Story:
        """All that is told on one page."""
        filings = self._filings.get(page, [])
        names = {row["filing_id"]: _name(place) for place, row in enumerate(filings)}
        pairs = [self._pair(row, names) for row in self._pairs.get(page, [])]
        findings = self._findings.get(page, [])
        group = self._groups.get(page) if kind == "group" else None
        for row in filings:
            row |= {"name": names[row["filing_id"]], "went": DISPOSITIONS[row["disposition"]]}
        for row in findings:
            row |= {
                "name": names.get(row["filing_id"], ""),
                "level": SEVERITIES[row["severity"]],
                "state": finding_state(row["severity"], row["status"]),
                "since": as_read(row["first_seen"]),
                "of_file": self._of_file(row["file"]),
            }
        return Story(
            page=page,
            kind=kind,
            title=_title(filings, findings),
            filings=filings,
            group=group,
            values=self._values(filings, group),
            pairs=[pair for pair in pairs if pair.row["within"]],
            beside=[pair for pair in pairs if not pair.row["within"]],
            findings=findings,
            decisions=[
                row | {"holds": "有效" if row["applied"] else f"无效：{row['why_not'] or ''}"}
                for row in self._decisions.get(page, [])
            ],
        )

    def _values(self, filings: list[Row], group: Row | None) -> list[Value]:
        """The columns that any of the filings fills in, in the order of the form; of several with what was merged of them."""
        if not filings:
            return []
        several = group is not None and len(filings) > 1
        names = {row["filing_id"]: row["name"] for row in filings}
        sources = json.loads(group["value_sources"] or "{}") if group is not None and several else {}
        same = _named_alike(filings)
        told = []
        for name, title in self._titles.items():
            filed = [self._cells[row["filing_id"]].get(name, ("", "")) for row in filings]
            if not any(value for value, _ in filed):
                continue
            merged = ""
            if group is not None and several and name in group:
                source = f"（取自{names.get(sources[name], sources[name])}）" if name in sources else ""
                merged = _cut(as_read(group[name])) + source
            differ = len({value for value, _ in filed}) > 1 and name not in same
            told.append(Value(title, filed, differ, merged))
        return told

    def _pair(self, row: Row, names: Mapping[str, str]) -> Pair:
        sides = sorted("lr", key=lambda side: [*names, row[f"filing_id_{side}"]].index(row[f"filing_id_{side}"]))
        called = [
            names.get(row[f"filing_id_{side}"])
            or f"“{row[f'title_{side}'] or '（无项目名称）'}”（{row[f'file_{side}']} 第 {row[f'row_{side}']} 行）"
            for side in sides
        ]
        steps = json.loads(row["evidence"] or "[]")
        said = [step for step in steps if step["verdict"] != "missing" or step["name"] == "prior"]
        silent = "、".join(step["title"] for step in steps if step["verdict"] == "missing" and step["name"] != "prior")
        told = f"{PAIR_OUTCOMES[row['outcome']]}，同一团组的可能性 {percent(row['match_probability'])}，分值 {row['match_weight']:+.1f}"
        return Pair(row, " 与 ".join(called), told, said, silent)

    def _of_file(self, path: str | None) -> str:
        """What became of a file, in a few words."""
        row = self._files.get(path or "")
        return "" if row is None else f"{FILE_STATUSES[row['status']]}，申报项目 {int(row['filings'] or 0)} 项"


def _named_alike(filings: list[Row]) -> set[str]:
    """The columns in which all filings name the same unit, institution or country, however each wrote it."""
    named = {name: {row[name] for row in filings} for name in _NAMED}
    return {name for name, different in named.items() if len(different) == 1 and None not in different}


def _rows(frame: pd.DataFrame) -> list[Row]:
    return as_objects(frame).to_dict("records")


def _by(rows: Iterable[Row], name: str) -> dict[str, list[Row]]:
    kept: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        kept[row[name]].append(row)
    return kept


def _of_pages(frame: pd.DataFrame, name: str, pages: Mapping[str, str]) -> dict[str, list[Row]]:
    """The rows of ``frame`` that are about something on a page, by page."""
    page = frame[name].map(pages)
    return _by(_rows(frame[page.notna()].assign(page=page.dropna())), "page")


def _title(filings: list[Row], findings: list[Row]) -> str:
    """What the page is about: the first filing's project, or a file."""
    if filings:
        return " / ".join(dict.fromkeys(row["title"] or "（没有项目名称）" for row in filings))[:200]
    return next((row["file"] or row["unit"] for row in findings if row["file"] or row["unit"]), "处理意见")


def _name(place: int) -> str:
    return _NAMES[place] if place < len(_NAMES) else f"第{place + 1}件"


def _cut(value: str) -> str:
    return value if len(value) <= _LONGEST else f"{value[:_LONGEST]}……（共 {len(value)} 字，其余见原件）"
