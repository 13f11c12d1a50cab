"""The letter to a unit: the first sheet of its returned workbook, and the marks on the cells that it is about."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from flows.publish.workbook import OFFICE
from schemas.cells import column_letters
from schemas.sheets import LETTER
from schemas.words import GRAVITY, SEVERITIES

AUTHOR = f"{OFFICE}（汇总系统）"
"""Who comments on the unit's cells; what it wrote is taken away again when a corrected workbook is sent back once more."""

FILLS = {"prohibit": "FFC7CE", "return": "FFC7CE", "hold": "FFEB9C", "advise": "DDEBF7"}
"""The colour (RGB) of a cell by the gravest that is said of it."""


@dataclass(frozen=True)
class Mark:
    """Something said of a cell: ``cell`` in A1 form, ``text`` its comment."""

    sheet: str
    cell: str
    severity: str
    text: str


def said_of(marks: Sequence[Mark]) -> tuple[str, str]:
    """The gravest severity and the whole comment of marks on one cell."""
    gravest = min((mark.severity for mark in marks), key=GRAVITY.__getitem__)
    return gravest, "\n\n".join(mark.text for mark in marks)


@dataclass(frozen=True)
class Line:
    """One row of the letter, a text a column of :data:`schemas.sheets.LETTER` but the first, and where its link leads (None: nowhere)."""

    texts: tuple[str, ...]
    severity: str
    sheet: str | None
    cell: str | None

    @property
    def location(self) -> str | None:
        """Where the link leads, as a reference inside the workbook."""
        if self.sheet is None:
            return None
        name = self.sheet.replace("'", "''")
        return f"'{name}'!{self.cell or 'A1'}"


@dataclass(frozen=True)
class Letter:
    """The sheet: a title, remarks under it, and a line a problem."""

    title: str
    remarks: tuple[str, ...]
    lines: tuple[Line, ...]


_HOW_MANY = "共 {number} 处需要核对或更正，有问题的单元格已填色并加批注；点“单元格”一栏可直接到达。"
_WHAT_TO_DO = (
    "请在本工作簿的原表上直接更正后重新报送，批注和本页可以保留。级别为“退回修改”的必须更正；"
    "“待核”“提示”的，可以更正，也可以书面说明理由。"
)
CONVERTED = (
    "原文件“{name}”不是 xlsx 格式，不能在原件上批注，已按原来的行列另制为 xlsx；内容未改动，格式可能与原件不同。"
)
NOT_IN_KIND = "原文件“{name}”的内部结构特殊，不能在原件上批注，已按原来的行列另制；内容未改动，格式可能与原件不同。"
_ALONE = (
    "原文件“{name}”不能在原件上批注（{cause}），所以只有本页意见，没有附上原件；"
    "请按下列工作表和单元格在自己的文件中更正后重新报送。"
)
_HOW_MANY_ALONE = "共 {number} 处需要核对或更正，位置见“工作表”“单元格”两栏。"
_UNREADABLE = "文件“{name}”没有读取成功，其中的申报项目都没有计入。"
_SEND_AGAIN = "请核对文件能否正常打开，用申报表模板重新填写，保存为 xlsx 后重新报送。"
_BY = "制表：{author}"
_COMMENT = "【{word}】{clause}　{message}\n{advice}"


def letter_about(original: str, findings: Sequence[Mapping[str, str]], *more: str) -> Letter:
    """The letter about the ``findings`` of the file ``original``, with ``more`` remarks."""
    lines = tuple(
        Line(_texts(finding), finding["severity"], finding["sheet"] or None, finding["cell"] or None)
        for finding in findings
    )
    return Letter(
        title=_title(original),
        remarks=(_HOW_MANY.format(number=len(lines)), _WHAT_TO_DO, *more, _BY.format(author=AUTHOR)),
        lines=lines,
    )


def letter_alone(original: str, findings: Sequence[Mapping[str, str]], reason: str) -> Letter:
    """The letter about the ``findings`` of a file that could be read and not marked; ``reason`` says why."""
    lines = tuple(Line(_texts(finding), finding["severity"], sheet=None, cell=None) for finding in findings)
    alone = _ALONE.format(name=original, cause=reason.split("。")[0])
    remarks = (_HOW_MANY_ALONE.format(number=len(lines)), alone, _BY.format(author=AUTHOR))
    return Letter(_title(original), remarks, lines)


def _texts(finding: Mapping[str, str]) -> tuple[str, ...]:
    """What the columns of the letter say of a finding, all but the first."""
    names = [column.name for column in LETTER.columns[1:]]
    return tuple(SEVERITIES[finding[name]] if name == "severity" else finding[name] for name in names)


def letter_about_unread(original: str, reason: str) -> Letter:
    """The letter that only says why the file ``original`` was not read."""
    told = {
        "severity": "无法读取",
        "clause": "—",
        "value": original,
        "message": reason,
        "advice": _SEND_AGAIN,
    }
    texts = tuple(told.get(column.name, "") for column in LETTER.columns[1:])
    return Letter(
        title=_title(original),
        remarks=(_UNREADABLE.format(name=original), _BY.format(author=AUTHOR)),
        lines=(Line(texts=texts, severity="return", sheet=None, cell=None),),
    )


def marks_about(findings: Iterable[Mapping[str, str]]) -> list[Mark]:
    """What is written beside the cells that ``findings`` are about."""
    return [
        Mark(
            finding["sheet"],
            finding["cell"],
            finding["severity"],
            _COMMENT.format(**finding, word=SEVERITIES[finding["severity"]]),
        )
        for finding in findings
        if finding["sheet"] and finding["cell"]
    ]


@cache
def letter_of(column: str | int) -> str:
    """The letter in Excel of a column of the letter, by its name or its place from 0."""
    names = [known.name for known in LETTER.columns]
    return column_letters(column if isinstance(column, int) else names.index(column))


def _title(original: str) -> str:
    return f"{LETTER.name}：{original}"
