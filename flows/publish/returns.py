"""``退回修改/<单位>/<原文件名>``: the unit's own workbook with its problem cells marked, to be corrected and sent again.

A file is sent back where at least one of its findings is for the unit to correct: 退回修改 and still open, or sent back by a
reviewer. Its copy then tells every open finding of that file and nothing else: no other unit's filing, no reviewer.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path, PurePosixPath

import pandas as pd

from flows.publish.annotate import annotate
from flows.publish.discreet import discreet
from flows.publish.layout import lay_out
from flows.publish.letter import ADVICE_SHEET, AUTHOR, Letter, Line, Mark
from flows.read import Kind, Unreadable, open_grids, open_source
from flows.settings import Settings
from schemas.decisions import ABOUT_DECISIONS
from schemas.words import SEVERITIES

FOLDER = "退回修改"
UNKNOWN_UNIT = "未识别单位"

View = Callable[[str], pd.DataFrame]

_TOLD = ("severity", "clause", "sheet", "cell", "title", "column", "value", "message", "advice")
"""What the letter tells of a finding, in the order of its columns."""
_NAME_CHARACTERS = 60
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?=\.|$)", re.IGNORECASE)

_HOW_MANY = "共 {number} 处需要核对或更正，有问题的单元格已填色并加批注；点“单元格”一栏可直接到达。"
_WHAT_TO_DO = (
    "请在本工作簿的原表上直接更正后重新报送，批注和本页可以保留。级别为“退回修改”的必须更正；"
    "“待核”“提示”的，可以更正，也可以说明理由。"
)
_CONVERTED = (
    "原文件“{name}”不是 xlsx 格式，不能在原件上批注，已按原来的行列另制为 xlsx；内容未改动，格式可能与原件不同。"
)
_NOT_IN_KIND = "原文件“{name}”的内部结构特殊，不能在原件上批注，已按原来的行列另制；内容未改动，格式可能与原件不同。"
_UNREADABLE = "文件“{name}”没有读取成功，其中的申报项目都没有计入。"
_SEND_AGAIN = "请按“修改建议”处理后重新报送。"
_BY = "制表：{author}"
_COMMENT = "【{word}】{clause}　{message}\n{advice}"


@dataclass(frozen=True)
class _Return:
    """A file to send back: ``path`` as found, ``folder`` and ``name`` of its copy; ``findings`` its own, gravest first, a
    mapping of texts each; ``reason`` why it was not read, where it was not."""

    path: str
    folder: PurePosixPath
    name: str
    findings: tuple[dict[str, str], ...]
    reason: str | None = None

    @property
    def original(self) -> str:
        """The file's own name."""
        return PurePosixPath(self.path).name


def write_returns(staging: Path, view: View, settings: Settings) -> int:
    """Write the copies to send back into the folder ``退回修改`` of ``staging``; how many.

    ``view`` gives ``current_finding``, ``current_file``, ``current_filing`` and ``current_participant`` of the night.
    """
    files, filings = view("current_file"), view("current_filing")
    own = discreet(_open(view("current_finding")), files, filings, view("current_participant"))
    own = own.assign(title=own["filing_id"].map(filings.set_index("filing_id")["title"]))
    returns = _returns(files, own)
    (staging / FOLDER).mkdir(parents=True, exist_ok=True)  # an empty one too takes the place of yesterday's
    for one in returns:
        name, data = _unread(one) if one.reason is not None else _marked(one, settings)
        target = staging / FOLDER / one.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return len(returns)


def _open(findings: pd.DataFrame) -> pd.DataFrame:
    """What is still to be corrected, the gravest of each file first; what a reviewer sent back counts as 退回修改."""
    for_units = findings["file"].notna() & ~findings["rule_id"].str.startswith(ABOUT_DECISIONS)
    kept = findings[findings["status"].isin(("open", "returned")) & for_units]
    severity = kept["severity"].where(kept["status"].ne("returned"), "return")
    rank = severity.map({word: rank for rank, word in enumerate(SEVERITIES)})
    ordered = kept.assign(severity=severity, rank=rank)
    return ordered.sort_values(["file", "rank", "sheet", "cell", "rule_id", "finding_id"], ignore_index=True)


def _returns(files: pd.DataFrame, findings: pd.DataFrame) -> list[_Return]:
    """Every file to send back and the place of its copy: no two at the same place, whatever Windows takes for the same."""
    to_correct = set(findings.loc[findings["severity"].eq("return"), "file"])
    files = files.assign(unit=_units(files)).set_index("path").sort_index()
    about: dict[str, list[dict[str, str]]] = defaultdict(list)
    texts = findings[["file", *_TOLD]].astype(object)
    for finding in texts.where(texts.notna(), "").to_dict("records"):
        about[finding["file"]].append(finding)
    taken: set[str] = set()
    returns = []
    for path, unit, status, reason in files[["unit", "status", "reason"]].itertuples():
        unreadable = status == "unreadable"
        if path not in to_correct and not unreadable:
            continue
        folder, name = _place(str(path), str(unit), taken)
        told = str(reason) if unreadable else None
        returns.append(_Return(str(path), folder, name, tuple(about[str(path)]), told))
    return returns


def _units(files: pd.DataFrame) -> pd.Series:
    """Who sent each file; for one that could not be read the unit whose files are the only others in its folder."""
    folder = files["path"].map(lambda path: str(PurePosixPath(path).parent))
    known = files["unit"].groupby(folder)
    neighbour = known.transform("first").where(known.transform("nunique").eq(1))
    return files["unit"].fillna(neighbour).fillna(UNKNOWN_UNIT)


def _place(path: str, unit: str, taken: set[str]) -> tuple[PurePosixPath, str]:
    """The folder and name of a copy. Of two files of the same name the second goes into a folder of its folder's name."""
    original = PurePosixPath(path)
    stem, suffix = _sound(original.stem), original.suffix
    base, beside = PurePosixPath(_sound(unit)), _sound(original.parent.name)
    choices = chain((base, base / beside), (base / f"{beside}{number}" for number in count(2)))
    folder = next(folder for folder in choices if f"{folder}/{stem}".casefold() not in taken)
    taken.add(f"{folder}/{stem}".casefold())
    return folder, f"{stem}{_FORBIDDEN.sub('', suffix)}"


def _sound(name: str) -> str:
    """``name`` as every system takes it for the name of a file or folder."""
    sound = _FORBIDDEN.sub("_", name)[:_NAME_CHARACTERS].strip(". ") or "_"
    return f"_{sound}" if _RESERVED.match(sound) else sound


def _marked(one: _Return, settings: Settings) -> tuple[str, bytes]:
    """The copy's name and content: in kind where that can be, else with the same layout."""
    location, stem = settings.inputs / one.path, PurePosixPath(one.name).stem
    marks = _marks(one.findings)
    try:
        source = open_source(location, settings.limits)
        if source.kind == Kind.XLSX:
            return f"{stem}{_suffix(one.name, source.data)}", annotate(source.data, marks, _letter(one))
        said = _CONVERTED
    except Unreadable:
        said = _NOT_IN_KIND
    try:
        grids = open_grids(location, settings.limits)
    except Unreadable as error:
        return _unread(one, str(error))
    return f"{stem}.xlsx", lay_out(grids, marks, _letter(one, said.format(name=one.original)))


def _suffix(name: str, data: bytes) -> str:
    """The suffix that fits the content: an xlsx may have been called .xls."""
    macros = b"vbaProject.bin" in data
    suffix = PurePosixPath(name).suffix
    fits = (".xlsm", ".xltm") if macros else (".xlsx", ".xltx")
    return suffix if suffix.lower() in fits else fits[0]


def _unread(one: _Return, reason: str | None = None) -> tuple[str, bytes]:
    """A workbook that only says why the file was not read."""
    texts = ("无法读取", "—", "", "", "", "", one.original, reason or one.reason or "", _SEND_AGAIN)
    line = Line(texts=texts, severity="return", sheet=None, cell=None)
    letter = Letter(
        title=f"{ADVICE_SHEET}：{one.original}",
        remarks=(_UNREADABLE.format(name=one.original), _BY.format(author=AUTHOR)),
        lines=(line,),
    )
    return f"{PurePosixPath(one.name).stem}-{ADVICE_SHEET}.xlsx", lay_out([], [], letter)


def _letter(one: _Return, *more: str) -> Letter:
    lines = tuple(
        Line(
            texts=(SEVERITIES[finding["severity"]], *(finding[name] for name in _TOLD[1:])),
            severity=finding["severity"],
            sheet=finding["sheet"] or None,
            cell=finding["cell"] or None,
        )
        for finding in one.findings
    )
    return Letter(
        title=f"{ADVICE_SHEET}：{one.original}",
        remarks=(_HOW_MANY.format(number=len(lines)), _WHAT_TO_DO, *more, _BY.format(author=AUTHOR)),
        lines=lines,
    )


def _marks(findings: Sequence[dict[str, str]]) -> list[Mark]:
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
