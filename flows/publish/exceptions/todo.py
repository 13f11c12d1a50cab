"""The sheet 待办: what waits for a decision, a project a block, with all that one needs to decide in sight."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, groupby
from typing import Any

import pandas as pd

from flows.publish.exceptions.duplicates import differences
from flows.publish.exceptions.findings import lapsed, unclear
from flows.publish.exceptions.links import Links, pages
from flows.publish.night import Night
from flows.publish.workbook import WHOLE, Table
from schemas.decisions import VERDICTS
from schemas.sheets import Sheet
from schemas.sheets.exceptions import DUPLICATES, SIDES
from schemas.tables import TEXT, as_objects, is_in, unclear_id
from schemas.words import DISPOSITIONS, PAIR_OUTCOMES, SEVERITIES

MOST_BLOCKS = 1_000
"""Most blocks of the sheet; the rest stands in 问题清单 and 疑似重复."""

_POINTS = 10.5
"""The size of its text, which is printed at 9 points or more on A4 across."""

_PAIRS_PLACE = 4.5
"""Pairs come after what reviewers wrote, what came back and what verdicts broke, and before what is only held."""

_NECESSITY, _CONTENT, _REASONS = 260, 140, 200
"""Characters that are shown of 立项必要性, 培训内容 and why two filings look alike."""

_NAME = 50
"""Characters of a project's name in a heading: it is a link, and of a link some programs show one line."""

_HOW = (
    "逐项看：蓝底是项目名称，灰底是项目情况，下面一行一个问题。在浅黄格中选“处理意见”，写上“处理人”即可；“处理说明”只供内部，"
    "“给单位的话”写进退回该单位的修改意见。没有决定的留空。"
)
_IF_MERGED = "选“合并”：在计划中只列一次。选“不合并”：各为一个团组，以后也不再合并。"


@dataclass
class _Row:
    """A row of the sheet on its way into the table: ``cells`` by column, ``marks`` by column, where its clause ``leads``, and the
    ``page`` that tells of it."""

    cells: Mapping[str, Any]
    marks: Mapping[str, str] = field(default_factory=dict)
    across: bool = False
    of_pair: bool = False
    leads: str | None = None
    page: str | None = None


def todo(sheet: Sheet, night: Night, links: Links) -> Table:
    """The blocks, what a reviewer wrote and nobody could understand first."""
    found, (pairs, waiting) = _waiting_findings(night), _waiting_pairs(night)
    first = _to_be_said(found[_number(found).le(MOST_BLOCKS)].reset_index(drop=True), night, links)
    blocks = [(float(rows[0]["place"]), _block_of_findings(rows)) for rows in _matters(first)]
    blocks += [(1.0 if pair["unclear"] else _PAIRS_PLACE, _block_of_pair(pair)) for pair in pairs]
    blocks.sort(key=lambda block: block[0])
    shown = [
        *chain.from_iterable(_numbered(block, number) for number, (_, block) in enumerate(blocks[:MOST_BLOCKS], 1))
    ]
    frame = pd.DataFrame([row.cells for row in shown], columns=[column.name for column in sheet.columns]).astype(TEXT)
    marks = {name: pd.Series([row.marks.get(name) for row in shown], dtype=object) for name in frame}
    of_pair = pd.Series([row.of_pair for row in shown], dtype=bool)
    return night.table(
        sheet,
        frame,
        _counted(found, waiting, verdicts_unsigned(night)),
        _HOW,
        title="待办：等待处理的问题和疑似重复",
        marks=marks,
        links={
            "severity": pd.Series([row.page for row in shown], dtype=TEXT),
            "clause": pd.Series([row.leads for row in shown], dtype=TEXT),
        },
        lists={"verdict": VERDICTS["finding"]},
        other_lists={"verdict": (of_pair, VERDICTS["pair"])},
        across=pd.Series([row.across for row in shown], dtype=bool),
        points=_POINTS,
        frozen=0,
        most_lines={"severity": WHOLE, "message": WHOLE, "effect": WHOLE},
        colour="#C00000",
    )


def _counted(found: pd.DataFrame, pairs: int, unsigned: int) -> str:
    """What waits, in a sentence; and how many verdicts that hold nobody has signed."""
    waits = found["waits"].value_counts()
    blocks = pairs + int(_number(found).max() if len(found) else 0)
    held = int(waits.drop(["unclear", "said"], errors="ignore").sum())
    told = f"等待处理：{blocks} 项，其中问题 {held} 条，疑似重复 {pairs} 对"
    told += f"，处理意见的问题 {waits['said']} 条。" if waits.get("said") else "。"
    if waits.get("unclear"):
        told += f"另有 {waits['unclear']} 处填写的不是可选的意见，没有生效，排在最前。"
    if unsigned:
        told += f"已生效的意见中有 {unsigned} 条没有写处理人，请在“问题清单”“疑似重复”的同一行补上。"
    if blocks > MOST_BLOCKS:
        told += f"本表列前 {MOST_BLOCKS} 项，其余见“问题清单”“疑似重复”。"
    return told


def verdicts_unsigned(night: Night) -> int:
    """How many verdicts that hold have no name beside them."""
    said = night.view("decision_state")
    return int((said["applied"].astype(bool) & said["verdict"].notna() & said["reviewer"].isna()).sum())


def words_not_understood(night: Night) -> int:
    """In how many rows something stands that is no verdict."""
    return int(
        night.view("open_finding")["unclear"].notna().sum() + night.view("possible_duplicate")["unclear"].notna().sum()
    )


def _number(found: pd.DataFrame) -> pd.Series:
    """The number of each row's matter, from 1, in the order of the view."""
    return found["matter"].ne(found["matter"].shift()).cumsum()


def _matters(found: pd.DataFrame) -> Iterator[list[dict[str, Any]]]:
    """The findings of each matter, in the order of the view."""
    for _, rows in groupby(as_objects(found).to_dict("records"), key=lambda row: row["matter"]):
        yield [*rows]


def _waiting_findings(night: Night) -> pd.DataFrame:
    """The rows of the view, but what only says of a row of the same sheet that its word is no verdict."""
    found, said = night.view("to_decide"), night.view("decision_state")
    in_its_row = said.loc[is_in(said["about"], unclear(night).index), "decision_id"]
    told_twice = [unclear_id(decision) for decision in in_its_row]
    return found[~found["id"].isin(told_twice)].reset_index(drop=True)


def _to_be_said(found: pd.DataFrame, night: Night, links: Links) -> pd.DataFrame:
    """``found`` with what is to be said of each before what 同意 would do, and where its place in the submission is."""
    asked, back = (found["id"].map(told(night)).astype(TEXT) for told in (unclear, lapsed))
    return found.assign(
        asked=asked.where(found["waits"].eq("unclear")),
        back=back.where(found["verdict"].isna()),
        leads=links.cells(found),
        page=pages(found["id"], night),
    )


def _waiting_pairs(night: Night) -> tuple[list[dict[str, Any]], int]:
    """The first of the pairs that wait, and how many there are: offered without a verdict that holds, or with a word that is none."""
    pairs = night.view("possible_duplicate")
    waits = pairs[pairs["outcome"].eq("offered") | pairs["unclear"].notna()]
    first = waits.head(MOST_BLOCKS).reset_index(drop=True)
    asked = first["pair_id"].map(unclear(night)).astype(TEXT)
    first = first.assign(
        page=pages(first["pair_id"], night), back=asked.fillna(first["pair_id"].map(lapsed(night)).astype(TEXT))
    )
    marked = {name: marks.notna().tolist() for name, marks in differences(first).items()}
    told = [
        {**row, "differs": {name for name, differs in marked.items() if differs[place]}}
        for place, row in enumerate(as_objects(first).to_dict("records"))
    ]
    return told, len(waits)


def _numbered(block: Sequence[_Row], number: int) -> Iterator[_Row]:
    """The rows of a block, its heading numbered."""
    heading, *rows = block
    yield replace(heading, cells={"severity": f"{number}. {heading.cells['severity']}"})
    yield from rows


def _across(text: str, mark: str, page: str | None = None) -> _Row:
    return _Row({"severity": text}, dict.fromkeys(_COLUMNS, mark), across=True, page=page)


def _block_of_findings(rows: Sequence[dict[str, Any]]) -> list[_Row]:
    first = rows[0]
    if first["filing_id"] is None:
        where = f"{first['file']}　{first['sheet'] or ''}" if first["file"] else "处理意见"
        return [_across(where, "block", first["page"]), *map(_finding, rows)]
    name = first["title"] or "（没有项目名称）"
    title = f"{_brief(name, _NAME)}　　{first['unit'] or first['file']}"
    facts = _facts(first) if len(name) <= _NAME else f"项目名称：{name}\n{_facts(first)}"
    return [_across(title, "block", first["page"]), _across(facts, "facts"), *map(_finding, rows)]


def _facts(of: Mapping[str, Any]) -> str:
    """The project in brief, and why it is to be approved."""
    days = None if of["days"] is None else f"{of['days']:.0f} 天"
    people = None if of["headcount"] is None else f"{of['headcount']:.0f} 人"
    between = (
        None
        if of["start_date"] is None or of["end_date"] is None
        else f"{of['start_date']:%Y-%m-%d} 至 {of['end_date']:%m-%d}"
    )
    budget = None if of["budget"] is None else f"{of['budget']:,.2f} 万元"
    organiser = None if of["organiser"] in (None, of["unit"]) else f"组团单位 {of['organiser']}"
    told = (
        *(organiser, of["priority_class"], of["training_type"], of["theme"], of["country"], of["institution"]),
        *(people, days, between, budget, f"现为{DISPOSITIONS[of['disposition']]}"),
        f"{of['file']} 第 {of['row']} 行",
    )
    return "\n".join(
        (
            " · ".join(filter(None, told)),
            f"立项必要性：{_brief(of['necessity'], _NECESSITY)}",
            f"培训内容：{_brief(of['content'], _CONTENT)}",
        )
    )


def _brief(text: str | None, most: int) -> str:
    """A text in one line, cut."""
    line = " ".join((text or "（未填）").split())
    return line if len(line) <= most else f"{line[:most]}……"


def _finding(of: Mapping[str, Any]) -> _Row:
    """One finding with the cells to fill in; a mere remark has none."""
    remark = of["severity"] == "advise" and of["waits"] is None
    cells = {
        "severity": SEVERITIES[of["severity"]],
        "effect": _effect(of),
        "verdict": of["unclear"] or of["verdict"],
        "id": None if remark else of["id"],
        **{name: of[name] for name in ("clause", "message", "value", "note", "reviewer", "to_unit")},
    }
    entry = dict.fromkeys(_ENTRIES, "shut" if remark else "entry")
    if of["unclear"]:
        entry["verdict"] = "unclear"
    marks = {"severity": of["severity"], "id": "small", **entry}
    return _Row(cells, marks, leads=of["leads"])


def _effect(of: Mapping[str, Any]) -> str:
    """What 同意 would do, after what is to be said first."""
    first = [of["asked"], of["back"]]
    if of["waits"] == "broken":
        who = of["apart_by"] or "未署名"
        first.append(f"由“不合并”（{who}）引起：与“{of['kept_apart']}”编号相同。")
    said = [text for text in first if text]
    return "\n".join(
        [*said, f"同意后：{_if_let_in(of)}"] if said and of["waits"] != "said" else [*said, _if_let_in(of)]
    )


def _if_let_in(of: Mapping[str, Any]) -> str:
    if of["waits"] == "said":
        return str(of["advice"])
    if of["severity"] == "advise":
        return "只作提醒。"
    if of["filing_id"] is None:
        return "该表各项目不再因此留下。"
    others = f"（{of['clauses']}）"
    if of["excluded"]:
        return "仍为评审剔除。"
    if of["prohibits"]:
        return f"仍不予受理：另有 {of['prohibits']} 条{others}。"
    if of["returns"]:
        return f"仍须单位修改：另有 {of['returns']} 条{others}。"
    if of["holds"]:
        return f"还须同意另外 {of['holds']} 条{others}。"
    if of["led"]:
        return "随牵头的申报处理。"
    ranked = "" if of["rank"] is None else f"；若只同意这一项，排第 {of['rank']:.0f} 位"
    joined = f"；另有 {of['joined']:.0f} 件参团的申报（{of['joined_units']}）随之并入" if of["joined"] else ""
    return f"纳入计划{ranked}{joined}。"


def _block_of_pair(pair: Mapping[str, Any]) -> list[_Row]:
    """Two filings side by side: what they are called, where they stand, and then what differs."""
    state = PAIR_OUTCOMES[pair["outcome"]]
    heading = f"疑似重复（{state}）　相似度 {min(pair['match_probability'], 0.9999):.2%}"
    shut = dict.fromkeys(_ENTRIES, "shut")
    sides = {"message": "甲", "value": "乙"}
    names = _Row(
        {
            "severity": "项目名称",
            "message": pair["title_l"],
            "value": pair["title_r"],
            "effect": (pair["back"] or "") + _IF_MERGED,
            "verdict": pair["unclear"] or pair["verdict"],
            "note": pair["note"],
            "reviewer": pair["reviewer"],
            "id": pair["pair_id"],
        },
        {
            **dict.fromkeys(("verdict", "note", "reviewer"), "entry"),
            **({"verdict": "unclear"} if pair["unclear"] else {}),
            "to_unit": "shut",
            "id": "small",
            **_differing(pair, "title"),
        },
        of_pair=True,
    )
    told = {name: tuple(_shown(pair[f"{name}_{side}"]) for side in SIDES) for name in _COMPARED}
    rest = [
        _Row({"severity": _COMPARED[name], "message": left, "value": right}, {**shut, **_differing(pair, name)})
        for name, (left, right) in told.items()
        if _differing(pair, name)
    ]
    alike = "；".join(
        f"{_COMPARED[name]} {left}" for name, (left, _) in told.items() if left and not _differing(pair, name)
    )
    if alike:
        rest.append(_Row({"severity": "相同", "message": alike}, shut))
    places = [f"{pair[f'file_{side}']} 第 {pair[f'row_{side}']} 行" for side in SIDES]
    return [
        _across(heading, "block", pair["page"]),
        _across(_brief(pair["reasons"], _REASONS), "facts"),
        _Row({"severity": "栏目", **sides}, {**dict.fromkeys(("severity", "clause", *sides), "side"), **shut}),
        names,
        _Row({"severity": "来源", "message": places[0], "value": places[1]}, shut),
        *rest,
    ]


def _differing(pair: Mapping[str, Any], name: str) -> dict[str, str]:
    return {"message": "differs", "value": "differs"} if f"{name}_l" in pair["differs"] else {}


def _shown(value: Any) -> str | None:
    if value is None:
        return None
    return (
        f"{value:%Y-%m-%d}" if hasattr(value, "strftime") else f"{value:g}" if isinstance(value, float) else str(value)
    )


_ENTRIES = ("verdict", "note", "reviewer", "to_unit")
_COLUMNS = ("severity", "clause", "message", "value", "effect", *_ENTRIES, "id")
_COMPARED = {
    name.removesuffix("_l"): DUPLICATES.title(name).removesuffix(SIDES["l"])
    for name in (column.name for column in DUPLICATES.columns)
    if name.endswith("_l") and name not in ("title_l", "file_l", "row_l")
}
"""What is compared of two filings → what it is called."""
