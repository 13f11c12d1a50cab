"""What was understood of a file and what is wrong with it, as lines for a terminal."""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import TextIO

import pandas as pd

from flows.check.examine import Examined
from flows.lineage import CellsOf, Lineage
from flows.read import FileReading, Seen
from flows.screen import harmless, tell, tell_lines
from schemas.cells import COLUMNS_A_SHEET, a1, column_letters
from schemas.columns import Column
from schemas.form import Form
from schemas.tables import DataFrame, Findings, Readings
from schemas.words import GRAVITY, SEVERITIES

_SEVERAL = {
    "period": ("start_date", "end_date"),
    "contact_phone": ("contact", "phone"),
    "headcount_days": ("headcount", "days"),
    "country_institution": ("country", "institution"),
}
"""Columns of offices that hold several of the form's → which."""

_BESIDE = {
    "taking_part": "参团单位（一格多个）",
    "project": "所属项目的名称",
    "project_no": "所属项目的系统项目编号",
}
"""Columns of offices that the form does not have → what they say."""


def tell_file(file: Examined, form: Form, out: TextIO, *, layout: bool = False) -> None:
    """Tell on ``out`` of one file; of the ``layout`` alone: which header was found, each column's title, and what it was taken for."""
    tell(f"【{file.name}】", out)
    if file.reading is None or file.readings is None:
        tell_lines(f"  无法读取：{harmless(file.reason)}\n", out)
        return
    lines = [*_layout(file.reading, form)] if layout else [*told_of(file, form), *_findings(file.findings)]
    tell_lines("\n".join(f"  {harmless(line)}" for line in lines) + "\n", out)


def told_of(file: Examined, form: Form) -> Iterable[str]:
    """What was understood of a file that was read: its sheets, rows and columns, and what was read otherwise than it was written."""
    assert file.reading is not None and file.readings is not None  # noqa: S101, PT018 asked of files that were read
    yield from _understood(file.reading, file.readings, form)
    yield from _normalised(file.readings, form)


def _layout(reading: FileReading, form: Form) -> Iterable[str]:
    """Which header was found in which sheet, and column by column what each title was taken for."""
    meanings = _meanings(form)
    if not reading.seen:
        yield "没有找到表头。"
    for seen in reading.seen:
        yield _place_of(seen)
        titles = [(code, text, meanings.get(name, name), guessed) for name, code, text, guessed in seen.titles]
        titles += [(code, text, "未用", False) for code, text in seen.unknown]
        for code, text, meant, guessed in sorted(titles, key=lambda one: (one[0] % COLUMNS_A_SHEET, one[0])):
            yield f"  {a1(code)}　{_flat(text)}　→　{meant}{'（按相近字判断）' if guessed else ''}"
        if seen.doubt:
            yield f"  表头也可能在{seen.doubt}，两种读法相差不多，请核对。"


def _meanings(form: Form) -> dict[str, str]:
    """What each column is called, those that hold several too."""
    meanings = form.titles | _BESIDE
    return meanings | {name: "、".join(meanings[part] for part in parts) for name, parts in _SEVERAL.items()}


def _understood(reading: FileReading, readings: Readings, form: Form) -> Iterable[str]:
    """Which sheet, which rows, which column is which."""
    file = readings.files.iloc[0]
    unit = file["unit"] if isinstance(file["unit"], str) else "未写明"
    taking_part = f"，参团单位 {len(readings.participants)} 个" if len(readings.participants) else ""
    yield f"填报单位：{unit}；申报项目 {len(readings.filings)} 项{taking_part}"
    if isinstance(file["reason"], str):
        yield file["reason"]
    meanings = _meanings(form)
    for seen in reading.seen:
        yield from _seen(seen, meanings)


def _place_of(seen: Seen) -> str:
    """Where a table or card stands, and its rows."""
    what = "参团单位" if seen.table == "participant" else "申报项目"
    if seen.card:
        where = f"卡片（第 {seen.header[0]} 行起）"
    elif seen.header[1]:
        first, last = seen.header
        where = f"表头第 {first} 行" if first == last else f"表头第 {first}–{last} 行"
    else:
        where = "无表头，接上一张表"
    rows = f"第 {_spans(seen.rows)} 行" if seen.rows else "没有内容"
    return f"工作表“{seen.sheet}”：{where}，{what} {len(seen.rows)} 个（{rows}）"


def _seen(seen: Seen, meanings: dict[str, str]) -> Iterable[str]:
    yield _place_of(seen)
    if seen.header[1] or seen.card:
        ordered = sorted(seen.titles, key=lambda title: title[1] if seen.card else title[1] % COLUMNS_A_SHEET)
        yield "  栏目：" + "　".join(_column(meanings, *title, card=seen.card) for title in ordered)
        if seen.unknown:
            yield "  未用的列：" + "　".join(
                f"{column_letters(code % COLUMNS_A_SHEET)} {_flat(text)}" for code, text in seen.unknown
            )


def _column(meanings: dict[str, str], name: str, code: int, text: str, guessed: bool, *, card: bool) -> str:
    meant = meanings.get(name, name)
    place = a1(code) if card else column_letters(code % COLUMNS_A_SHEET)
    shown = _flat(text)
    if shown == _flat(meant):
        return f"{place} {meant}"
    return f"{place} {shown}→{meant}{'（按相近字判断）' if guessed else ''}"


def _normalised(readings: Readings, form: Form) -> Iterable[str]:
    """What was read otherwise than it was written, one line a column."""
    lineage = Lineage(readings.cells)
    filings, participants = readings.filings, readings.participants
    tables = (
        (filings, lineage.of(filings["filing_id"]), form.filing),
        (participants, lineage.of(participants["participant_id"]), form.participant),
    )
    lines = [
        line
        for frame, cells, columns in tables
        for column in columns
        if len(frame) and (line := _changes(frame[column.name], cells, column))
    ]
    if lines:
        yield "规范后的写法："
        yield from lines


def _changes(values: pd.Series, cells: CellsOf, column: Column) -> str | None:
    """What of a column was read otherwise than it was written, and where."""
    meant, filed = _shown(values), cells.filed(column.name)
    changed = filed.notna() & meant.notna() & filed.ne(meant)
    if not changed.any():
        return None
    rows = pd.DataFrame(
        {
            "filed": filed[changed].map(_flat),
            "meant": meant[changed].map(_flat),
            "cell": cells.cell(column.name)[changed].map(a1),
        }
    )
    rows = rows[rows["filed"].ne(rows["meant"])]
    pairs = [
        f"“{_short(was)}”→“{_short(now)}”（{'、'.join(dict.fromkeys(part['cell']))}）"
        for (was, now), part in rows.groupby(["filed", "meant"], sort=False)
    ]
    return f"  {column.title}：" + "；".join(pairs) if pairs else None


def _shown(values: pd.Series) -> pd.Series:
    """Values as they would be written in the template."""
    if values.dtype.kind == "M":
        return values.dt.strftime("%Y-%m-%d")
    if str(values.dtype) == "boolean":
        return values.map({True: "是", False: "否"}, na_action="ignore").astype("str").mask(values.isna())
    if str(values.dtype) == "Float64":
        return values.map(lambda value: f"{value:.15g}", na_action="ignore").astype("str").mask(values.isna())
    return values.astype("str").mask(values.isna())


def gravest_first(findings: DataFrame[Findings]) -> pd.DataFrame:
    """The findings, the gravest first and else in their order."""
    return findings.sort_values("severity", key=lambda words: words.map(GRAVITY), kind="stable")


def _findings(findings: DataFrame[Findings]) -> Iterable[str]:
    if findings.empty:
        yield "没有发现问题。"
        return
    counts = findings["severity"].value_counts()
    told = "，".join(f"{shown} {counts[word]}" for word, shown in SEVERITIES.items() if word in counts)
    yield f"发现问题 {len(findings)} 条：{told}"
    for finding in gravest_first(findings).itertuples():
        place = f"“{finding.sheet}”{finding.cell}" if isinstance(finding.cell, str) else finding.sheet
        where = f"{place} " if isinstance(place, str) else ""
        yield f"  〔{SEVERITIES[finding.severity]}〕{where}{finding.message}（{finding.clause}）{finding.advice}"


def _spans(rows: Sequence[int]) -> str:
    """Row numbers as spans: 4–7、9."""
    spans: list[list[int]] = []
    for row in sorted(set(rows)):
        if spans and row == spans[-1][1] + 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    return "、".join(str(a) if a == b else f"{a}–{b}" for a, b in spans)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _short(text: str, width: int = 40) -> str:
    """The text cut to ``width`` columns of a terminal."""
    used = 0
    for place, character in enumerate(text):
        used += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if used > width:
            return text[:place] + "…"
    return text
