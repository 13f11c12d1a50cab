"""How offices write a submission: the form as given, and the ways in which they depart from it."""

import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from xml.sax.saxutils import escape

import xlwt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from flows.publish import write_submission
from schemas.columns import titles
from schemas.yearbook import Yearbook
from tests.season.offices import OFFICE
from tests.season.projects import Filing, Row
from tests.season.workbooks import HEAD, LINE, still
from tests.year import FILING, FILING_SHEET, PARTICIPANT, PARTICIPANT_SHEET, UNIT_LABEL

Place = tuple[str, int, int]
"""A cell: sheet, row as Excel counts, column from 0."""


@dataclass
class Submission:
    """One workbook to be written. ``layout`` is a key of :data:`LAYOUTS`; ``saved`` when its office last saved it."""

    path: str
    unit: str
    filings: list[Filing]
    layout: str = "form"
    saved: datetime = datetime(2019, 11, 18, 16, 30)
    total_off_by: float = 0.0
    without: tuple[str, ...] = ()


@dataclass
class Sheet:
    """A sheet before it is written: cells by row (from 1) and column (from 0), merged areas, hidden rows."""

    name: str
    cells: dict[tuple[int, int], object] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)

    def put(self, row: int, column: int, values: Sequence[object]) -> None:
        """Write ``values`` from left to right; None leaves a cell empty."""
        self.cells |= {(row, column + n): value for n, value in enumerate(values) if value is not None}

    def across(self, row: int, first: int, last: int, value: object) -> None:
        """One value over merged cells."""
        self.cells[row, first] = value
        if last > first:
            self.merged.append((row, first, row, last))


@dataclass
class Written:
    """Where things came to stand: (position of the filing, column) and (filing, participant, column) → place."""

    filings: dict[tuple[int, str], Place] = field(default_factory=dict)
    participants: dict[tuple[int, int, str], Place] = field(default_factory=dict)
    totals: dict[str, Place] = field(default_factory=dict)
    header: Place | None = None


def write(submission: Submission, folder: Path, book: Yearbook) -> Written:
    """Write the workbook below ``folder``."""
    path = folder / submission.path
    path.parent.mkdir(parents=True, exist_ok=True)
    if submission.layout == "form":
        written = _form(submission, path, book)
        still(path, submission.saved)
        return written
    sheets, written = LAYOUTS[submission.layout](submission)
    _FILES[path.suffix](path, sheets)
    if path.suffix in (".xlsx", ".ods"):
        still(path, submission.saved)
    return written


def _form(submission: Submission, path: Path, book: Yearbook) -> Written:
    rows = [{"seq": n, **filing.values} for n, filing in enumerate(submission.filings, start=1)]
    joining = [
        (n, k, {"seq": filing.values.get("seq", n + 1), **participant})
        for n, filing in enumerate(submission.filings)
        for k, participant in enumerate(filing.participants)
    ]
    write_submission(path, book, None, submission.unit, rows, [row for _, _, row in joining])
    written = Written()
    with CalamineWorkbook.from_path(path) as workbook:
        top = _header_row(workbook, FILING_SHEET)
        for n in range(len(rows)):
            for c, column in enumerate(FILING):
                written.filings[n, column.name] = FILING_SHEET, top + 1 + n, c
        top = _header_row(workbook, PARTICIPANT_SHEET)
        for position, (n, k, _) in enumerate(joining):
            for c, column in enumerate(PARTICIPANT):
                written.participants[n, k, column.name] = PARTICIPANT_SHEET, top + 1 + position, c
    return written


def _header_row(workbook: CalamineWorkbook, sheet: str) -> int:
    rows = workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return next(number for number, row in enumerate(rows, start=1) if row and row[0] == "序号")


# ── what offices write in the cells ──────────────────────────────────────────

_SYNONYMS = {
    "title": "培训项目名称",
    "organiser": "主办单位",
    "country": "国别",
    "institution": "接待机构",
    "days": "在外天数",
    "start_date": "出境时间",
    "end_date": "入境时间",
    "headcount": "人数",
    "budget": "经费预算\n（万元）",
    "necessity": "立项必要性",
    "budgeted": "已列入因公出国\n（境）经费预算",
    "letter_no": "意向书编号",
    "contact": "联系人*",
    "phone": "联系电话*",
}


def _plain(name: str, value: object) -> object:
    if isinstance(value, bool):
        return "是" if value else "否"
    return value


def _chatty(name: str, value: object) -> object:
    """Numbers with their units, dates in words, ticks."""
    if isinstance(value, bool):
        return "√" if value else "×"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if name in ("headcount", "provincial_cadres") and isinstance(value, int):
        return f"{value}人"
    if name == "days" and isinstance(value, int):
        return f"{value}天"
    if name == "priority_class" and str(value)[:2] in ("优先", "重点"):
        return f"{str(value)[:2]}项目（{str(value)[2:]}）"
    return value


def _dotted(name: str, value: object) -> object:
    """Dates with dots, classes with 类."""
    if isinstance(value, date):
        return f"{value.year}.{value.month}.{value.day}"
    if name == "priority_class" and str(value)[:2] in ("优先", "重点"):
        return f"{value}类"
    return _plain(name, value)


def _short(office: object) -> object:
    """The first other name of an office."""
    known = OFFICE.get(str(office))
    return known.aliases[0] if known else office


# ── layouts ──────────────────────────────────────────────────────────────────

_ORDER = tuple(column.name for column in FILING)
_BANDS = (
    ("项目基本情况", "seq", "cross_region"),
    ("境外培训机构", "country", "letter_no"),
    ("培训安排", "content", "degree_study"),
    ("经费", "funding_source", "budgeted"),
    ("审核与联系", "expert_review", "remarks"),
)


def _banded(submission: Submission) -> tuple[list[Sheet], Written]:
    """A merged title, a header of two rows with group titles, dates in words, a 合计 row and signatures."""
    sheet, written = Sheet("申报汇总表"), Written()
    last = len(_ORDER) - 1
    sheet.across(1, 0, last, "2020年因公出国（境）培训项目申报汇总表")
    sheet.across(2, 0, 8, f"{UNIT_LABEL}{submission.unit}")
    sheet.across(2, 20, last, "填报日期：2019年11月20日")
    for band, first, end in _BANDS:
        sheet.across(3, _ORDER.index(first), _ORDER.index(end), band)
    names = titles(FILING)
    sheet.put(4, 0, [_SYNONYMS.get(name, names[name]) for name in _ORDER])
    bottom = _rows(sheet, written, submission, 5, _ORDER, _chatty)
    _total(sheet, written, submission, bottom + 1, _ORDER)
    sheet.put(bottom + 3, 1, ["单位负责人（签字）："])
    sheet.put(bottom + 3, 10, ["填表人："])
    return [sheet], written


_SHUFFLED = (
    *("seq", "organiser", "title", "country", "institution", "letter_no", "otm_no", "headcount", "days"),
    *("start_date", "end_date", "priority_class", "training_type", "theme", "cross_region", "budget"),
    *("funding_source", "budgeted", "content", "necessity", "degree_study", "charges_fees", "expert_review"),
    *("green_channel", "provincial_cadres", "contact", "phone", "remarks"),
)


def _moved(submission: Submission) -> tuple[list[Sheet], Written]:
    """Notes above, the table from B6, columns in another order under other titles, units by their short names, 同上."""
    sheet, written = Sheet("Sheet1"), Written()
    sheet.put(1, 1, ["附件2"])
    sheet.put(2, 1, ["出国（境）培训项目申报表"])
    sheet.put(3, 1, ["说明：1.请逐项填写；2.日期请写明年月日；3.双跨团组请另附参团单位。"])
    sheet.put(4, 1, [f"{UNIT_LABEL}{submission.unit}"])
    order = tuple(name for name in _SHUFFLED if name not in submission.without)
    names = titles(FILING)
    sheet.put(6, 1, [_SYNONYMS.get(name, names[name]) for name in order])
    written.header = sheet.name, 6, 1
    bottom = _rows(sheet, written, submission, 7, order, _dotted, first=1)
    organisers = [written.filings[n, "organiser"] for n in range(len(submission.filings))]
    for (_, above, column), (_, row, _) in reversed(list(pairwise(organisers))):
        same = sheet.cells[above, column] == sheet.cells[row, column]
        sheet.cells[row, column] = "同上" if same else _short(sheet.cells[row, column])
    _, row, column = organisers[0]
    sheet.cells[row, column] = _short(sheet.cells[row, column])
    _total(sheet, written, submission, bottom + 1, order, first=1)
    _joining(sheet, written, submission, bottom + 4)
    return [sheet], written


def _joining(sheet: Sheet, written: Written, submission: Submission, row: int) -> None:
    """The table of participants under the projects."""
    joining = [(n, k, p) for n, filing in enumerate(submission.filings) for k, p in enumerate(filing.participants)]
    if not joining:
        return
    sheet.put(row, 1, ["参团单位"])
    sheet.put(row + 1, 1, [column.title for column in PARTICIPANT])
    for position, (n, k, participant) in enumerate(joining, start=row + 2):
        values = {"seq": n + 1, **participant}
        sheet.put(position, 1, [_plain(column.name, values.get(column.name)) for column in PARTICIPANT])
        for c, column in enumerate(PARTICIPANT, start=1):
            written.participants[n, k, column.name] = sheet.name, position, c


def _plainly(submission: Submission) -> tuple[list[Sheet], Written]:
    """The form's own titles and order, with nothing above the header but a title and the unit."""
    sheet, written = Sheet(FILING_SHEET), Written()
    sheet.put(1, 0, ["四川省2020年因公出国（境）培训项目计划申报表"])
    sheet.put(2, 0, [f"{UNIT_LABEL}{submission.unit}"])
    sheet.put(3, 0, [column.title for column in FILING])
    _rows(sheet, written, submission, 4, _ORDER, _plain)
    joining = Sheet(PARTICIPANT_SHEET)
    joining.put(1, 0, [column.title for column in PARTICIPANT])
    row = 2
    for n, filing in enumerate(submission.filings):
        for k, participant in enumerate(filing.participants):
            values = {"seq": n + 1, **participant}
            joining.put(row, 0, [_plain(column.name, values.get(column.name)) for column in PARTICIPANT])
            for c, column in enumerate(PARTICIPANT):
                written.participants[n, k, column.name] = joining.name, row, c
            row += 1
    return [sheet, joining] if row > 2 else [sheet], written


def _sections(submission: Submission) -> tuple[list[Sheet], Written]:
    """A section heading before each organiser's projects, blank rows between, one project hidden by a filter."""
    sheet, written = Sheet("项目清单"), Written()
    sheet.across(1, 0, 10, "因公出国（境）培训项目申报清单")
    sheet.put(2, 0, [f"{UNIT_LABEL}{submission.unit}"])
    sheet.put(3, 0, [titles(FILING)[name] for name in _ORDER])
    row, organiser = 4, None
    for n, filing in enumerate(submission.filings):
        if filing.values["organiser"] != organiser:
            organiser = filing.values["organiser"]
            sheet.across(row, 0, 5, f"【{organiser}】")
            row += 1
        _row(sheet, written, n, filing, row, _ORDER, _dotted)
        row += 1
    sheet.hidden.append(row - 1)
    sheet.put(row + 1, 0, ["备注：以上项目均已经单位党组会议研究。"])
    return [sheet], written


def _listed(submission: Submission) -> tuple[list[Sheet], Written]:
    """Participants listed in one cell of the project's own row."""
    sheet, written = Sheet("申报表"), Written()
    sheet.across(1, 0, 12, "因公出国（境）培训项目申报表")
    sheet.put(2, 0, [f"{UNIT_LABEL}{submission.unit}"])
    names = titles(FILING)
    sheet.put(3, 0, [*(names[name] for name in _ORDER), "参团单位"])
    _rows(sheet, written, submission, 4, _ORDER, _plain)
    for n, filing in enumerate(submission.filings):
        said = "、".join(f"{p['participant']}{p['participants']}人" for p in filing.participants)
        sheet.put(4 + n, len(_ORDER), [said or None])
        for k in range(len(filing.participants)):
            for column in PARTICIPANT:
                written.participants[n, k, column.name] = sheet.name, 4 + n, len(_ORDER)
    return [sheet], written


def _card(submission: Submission) -> tuple[list[Sheet], Written]:
    """One project as a form of labels and values, two pairs a line."""
    (filing,) = submission.filings
    sheet, written = Sheet("申报表"), Written()
    sheet.across(1, 0, 3, "因公出国（境）培训项目申报表")
    sheet.across(2, 0, 3, f"{UNIT_LABEL}{submission.unit}")
    values = {"seq": 1, **filing.values}
    long = ("title", "content", "necessity", "remarks")
    row, column = 3, 0
    for name in _ORDER:
        if name in long and column:
            row, column = row + 1, 0
        sheet.put(row, column, [titles(FILING)[name], _plain(name, values.get(name))])
        written.filings[0, name] = sheet.name, row, column + 1
        row, column = (row + 1, 0) if column or name in long else (row, 2)
    return [sheet], written


def _rows(
    sheet: Sheet,
    written: Written,
    submission: Submission,
    top: int,
    order: Sequence[str],
    shown: Callable[[str, object], object],
    first: int = 0,
) -> int:
    """The projects, one a row from ``top``; returns the last row."""
    for n, filing in enumerate(submission.filings):
        _row(sheet, written, n, filing, top + n, order, shown, first)
    return top + len(submission.filings) - 1


def _row(
    sheet: Sheet,
    written: Written,
    n: int,
    filing: Filing,
    row: int,
    order: Sequence[str],
    shown: Callable[[str, object], object],
    first: int = 0,
) -> None:
    values: Row = {"seq": n + 1, **filing.values}
    sheet.put(row, first, [shown(name, values.get(name)) for name in order])
    written.filings |= {(n, name): (sheet.name, row, first + c) for c, name in enumerate(order)}


def _total(
    sheet: Sheet, written: Written, submission: Submission, row: int, order: Sequence[str], first: int = 0
) -> None:
    sheet.put(row, first, ["合计"])
    for name, extra in (("headcount", 0.0), ("budget", submission.total_off_by)):
        numbers = [filing.values[name] for filing in submission.filings]
        column = first + order.index(name)
        sheet.cells[row, column] = round(sum(n for n in numbers if isinstance(n, (int, float))) + extra, 1)
        written.totals[name] = sheet.name, row, column


LAYOUTS: dict[str, Callable[[Submission], tuple[list[Sheet], Written]]] = {
    "banded": _banded,
    "moved": _moved,
    "plain": _plainly,
    "sections": _sections,
    "listed": _listed,
    "card": _card,
}


# ── kinds of file ────────────────────────────────────────────────────────────


def _xlsx(path: Path, sheets: Sequence[Sheet]) -> None:
    workbook = Workbook()
    for number, made in enumerate(sheets):
        sheet = workbook.active if number == 0 else workbook.create_sheet()
        assert isinstance(sheet, Worksheet)
        sheet.title = made.name
        for (row, column), value in made.cells.items():
            cell = sheet.cell(row, column + 1, value)
            cell.alignment = Alignment(wrap_text=True, vertical="center")
            if row > 2:
                cell.border = LINE
            if isinstance(value, date):
                cell.number_format = "yyyy/m/d"
        for top, left, bottom, right in made.merged:
            sheet.merge_cells(start_row=top, start_column=left + 1, end_row=bottom, end_column=right + 1)
            cell = sheet.cell(top, left + 1)
            cell.alignment = Alignment(horizontal="center", vertical="center")
            cell.font = Font(bold=True, size=14 if top == 1 else 11)
            if top > 2:
                cell.fill = HEAD
        for row in made.hidden:
            sheet.row_dimensions[row].hidden = True
        for column, width in _widths(made).items():
            sheet.column_dimensions[get_column_letter(column + 1)].width = width
    workbook.save(path)


def _widths(made: Sheet) -> dict[int, float]:
    """Wide enough for the longest short text; long texts wrap."""
    merged = {(row, column) for row, column, _, _ in made.merged}
    widths: dict[int, float] = {}
    for (row, column), value in made.cells.items():
        if (row, column) not in merged and row > 2:
            widths[column] = max(widths.get(column, 9), min(40, 2 * len(str(value)) + 2))
    return widths


def _xls(path: Path, sheets: Sequence[Sheet]) -> None:
    workbook = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="YYYY-M-D")
    for made in sheets:
        sheet = workbook.add_sheet(made.name)
        heads = {(top, left) for top, left, _, _ in made.merged}
        for (row, column), value in made.cells.items():
            if (row, column) not in heads:
                sheet.write(row - 1, column, value, *([day] if isinstance(value, date) else []))
        for top, left, bottom, right in made.merged:
            sheet.write_merge(top - 1, bottom - 1, left, right, made.cells[top, left])
    workbook.save(str(path))


def _csv(path: Path, sheets: Sequence[Sheet]) -> None:
    (made,) = sheets
    width = 1 + max(column for _, column in made.cells)
    lines = [
        ",".join(_quoted(made.cells.get((row, column))) for column in range(width))
        for row in range(1, 1 + max(row for row, _ in made.cells))
    ]
    path.write_bytes("\r\n".join([*lines, ""]).encode("gb18030"))


def _quoted(value: object) -> str:
    said = "" if value is None else f"{value:%Y/%m/%d}" if isinstance(value, date) else str(value)
    return '"' + said.replace('"', '""') + '"' if any(mark in said for mark in ',"\n') else said


_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_ODS = "application/vnd.oasis.opendocument.spreadsheet"


def _ods(path: Path, sheets: Sequence[Sheet]) -> None:
    # By hand, since odfpy declares every namespace that the process has used so far: not the same bytes each time.
    body = "".join(f'<table:table table:name="{escape(made.name)}">{_ods_rows(made)}</table:table>' for made in sheets)
    names = " ".join(f'xmlns:{name}="{_ODF}:{name}:1.0"' for name in ("office", "table", "text", "meta", "manifest"))
    parts = {
        "mimetype": _ODS,
        "content.xml": f'<office:document-content {names} office:version="1.2"><office:body><office:spreadsheet>{body}'
        "</office:spreadsheet></office:body></office:document-content>",
        "meta.xml": f'<office:document-meta {names} xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.2">'
        "<office:meta><dc:date></dc:date></office:meta></office:document-meta>",
        "META-INF/manifest.xml": f'<manifest:manifest {names} manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        '<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>',
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part if name == "mimetype" else f'<?xml version="1.0" encoding="UTF-8"?>{part}')


def _ods_rows(made: Sheet) -> str:
    rows, width = (1 + max(place[n] for place in made.cells) for n in (0, 1))
    return "".join(
        f"<table:table-row>{''.join(_ods_cell(made.cells.get((row, c))) for c in range(width))}</table:table-row>"
        for row in range(1, rows)
    )


def _ods_cell(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    kind = f'office:value-type="float" office:value="{value}"'
    if isinstance(value, date):
        kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    elif isinstance(value, str):
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{escape(str(value))}</text:p></table:table-cell>"


_FILES: dict[str, Callable[[Path, Sequence[Sheet]], None]] = {
    ".xlsx": _xlsx,
    ".xls": _xls,
    ".csv": _csv,
    ".ods": _ods,
}
