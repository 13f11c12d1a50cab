"""Identify: which filings are the same tomorrow, and which have been replaced by a newer version from the same unit.

What decides which of two files is the newer, in this order: a version named in the file name (修改版, 第二稿, v3 …);
the day named in the file name, or where it names none the day on which the workbook itself says it was last saved
(copying does not change it); the time of that saving; the file's own time; the path. Times of copying therefore decide
only where neither the office nor the workbook says anything.

An older filing is replaced one by one: by its 系统项目编号, and where that is missing by organiser and title. What the
newer version no longer lists counts as withdrawn only where the newer file is plainly a version of the older: it
repeats at least half of it under the same base name, or two thirds (and two filings) under another name, and does not
call itself a supplement. Otherwise it stays: a file with the two corrected rows must not take the other eight away.
"""

import hashlib
import re
import struct
import unicodedata
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path, PurePosixPath

import olefile
import pandas as pd
from rapidfuzz import fuzz

from flows.lineage import Lineage, participant_keys
from flows.read import chinese_numeral
from schemas.tables import TEXT, Cells, DataFrame, Filings, Participants, Readings, Remarks

_FINAL = re.compile(r"最终|终稿|定稿|正式版")
_REVISED = re.compile(
    r"修改意见|修改|修订|修正|更正|订正|更新|新版|最新|重新报送|重新|重报|补正|改后|改好|调整"
    r"|(?<![一-鿿])新(?![一-鿿])|(?<!高)新$|(?<!整)改$|(?<=[（(【\[\-_])改(?=[）)】\]])"
)
_SUPPLEMENT = re.compile(r"补充|增补|追加|新增")
_NUMBER = re.compile(
    r"[vV]\s*(\d{1,2}(?:\.\d{1,2})?)|第([一二三四五六七八九十\d]{1,2})[版稿次]|[（(](\d{1,2})[)）]|[改版稿](\d{1,2})"
)
_MONTH, _DAY = r"(?P<month>1[0-2]|0?[1-9])", r"(?P<day>3[01]|[12]\d|0?[1-9])"
_APART = r"\s*[-_.．/年月\s]\s*"
_DATE = re.compile(rf"(?<!\d)(?P<year>20\d\d|1[89]|2\d){_APART}{_MONTH}{_APART}{_DAY}[日号]?(?!\d)")
_COMPACT = re.compile(r"(?<!\d)(?P<year>20\d{2})年?(?P<month>0[1-9]|1[0-2])月?(?P<day>0[1-9]|[12]\d|3[01])日?(?!\d)")
_MONTH_DAY = re.compile(rf"(?<!\d){_MONTH}月\s*{_DAY}[日号]?(?!\d)")
_DOTTED = re.compile(rf"(?<![\d.vV]){_MONTH}[.．]{_DAY}[日号]?(?![\d.])")
_DAYS = (_DATE, _COMPACT, _MONTH_DAY)
_NOISE = re.compile(r"副本|版本?|稿|[\s\-—_.·()（）【】\[\]+]+")
_SAVED = re.compile(rb"<(?:dcterms:modified|dc:date)[^>]*>([^<]{10,40})<")
_SAME_TITLE = 60.0
_HALF, _MOST = 0.5, 2 / 3


@dataclass(frozen=True)
class _Version:
    """One file of a unit, as far as its age can be told; ``filings`` are positions in the filings frame.

    ``dotted``: another file of the unit has such a day without a year in its name too, so 11.5 is a day.
    """

    path: str
    location: Path
    filings: tuple[int, ...]
    dotted: bool = False

    @cached_property
    def age(self) -> tuple[float, str, str, float, str]:
        """The later, the greater: stage named, day named or of saving, time of saving, file time, path."""
        stem = PurePosixPath(self.path).stem
        saved = _saved_at(self.location)
        stage = _stage(_without_days(stem, dotted=self.dotted))
        day = _day_named(self.path, dotted=self.dotted)
        return stage, day or saved[:10], saved, _file_time(self.location), self.path

    @cached_property
    def base(self) -> str:
        """The file's name without folder, version, date and copy marks."""
        stem = _without_days(PurePosixPath(self.path).stem, dotted=True)
        for mark in (_NUMBER, _FINAL, _REVISED, _NOISE):
            stem = mark.sub("", stem)
        return stem

    @property
    def supplement(self) -> bool:
        """Whether the name says that it adds to another file."""
        return bool(_SUPPLEMENT.search(PurePosixPath(self.path).stem))


def identify(readings: Readings, inputs: Path) -> Readings:
    """The readings with final ids, older versions marked, and a remark for each filing withdrawn.

    ``filing_id`` is the hash of who filed and of the 系统项目编号 (organiser and title where it is missing, both where
    the number is not unique), so that it stays when rows move, files are renamed or other values are corrected. An
    older version has an id of its own, with its path in it. ``participant_id`` is the hash of the filing_id and of the
    participant's name as filed.
    """
    filings, lineage = readings.filings.copy(), Lineage(readings.cells)
    superseded, withdrawn = _supersede(filings, inputs)
    filings["superseded_by"] = pd.Series(superseded, dtype=TEXT).reindex(range(len(filings))).to_numpy()
    filings["superseded_by"] = filings["superseded_by"].astype(TEXT)
    final = _ids(filings)
    known = dict(zip(filings["filing_id"], final, strict=True))

    def of_final_filings(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.assign(filing_id=frame["filing_id"].map(known).astype(TEXT))

    withdrawals = _withdrawals(filings, lineage, withdrawn)
    filings["filing_id"] = final
    participants = of_final_filings(readings.participants)
    participants["participant_id"] = _participant_ids(participants, lineage)
    known |= dict(zip(readings.participants["participant_id"], participants["participant_id"], strict=True))
    record_id = readings.cells["record_id"].cat.rename_categories(known)
    return Readings(
        files=_say_superseded(readings.files, filings),
        filings=Filings.validate(filings),
        participants=Participants.validate(participants),
        cells=Cells.validate(readings.cells.assign(record_id=record_id)),
        remarks=Remarks.validate(pd.concat([of_final_filings(readings.remarks), withdrawals], ignore_index=True)),
        totals=readings.totals,
    )


def current(readings: Readings) -> Readings:
    """Only what counts: no older versions, nor what was said about them."""
    kept = readings.filings[readings.filings["superseded_by"].isna()]
    old_ids = set(readings.filings["filing_id"]) - set(kept["filing_id"])
    old_files = set(readings.filings["file"]) - set(kept["file"])

    def counts(frame: pd.DataFrame) -> pd.DataFrame:
        about_old = frame["filing_id"].isin(old_ids) if "filing_id" in frame else False
        said_anyway = frame["kind"].eq("withdrawn") if "kind" in frame else False
        return frame[~(about_old | frame["file"].isin(old_files)) | said_anyway].reset_index(drop=True)

    participants = counts(readings.participants)
    return replace(
        readings,
        filings=kept.reset_index(drop=True),
        participants=participants,
        cells=_of_records(readings.cells, pd.concat([kept["filing_id"], participants["participant_id"]])),
        remarks=counts(readings.remarks),
        totals=counts(readings.totals),
    )


def _of_records(cells: DataFrame[Cells], records: pd.Series) -> DataFrame[Cells]:
    """The cells of ``records``; all of them where none is left out, as on most nights."""
    kept = cells["record_id"].cat.categories.isin(records)
    return cells if kept.all() else Cells.validate(cells[kept[cells["record_id"].cat.codes]].reset_index(drop=True))


def _supersede(filings: pd.DataFrame, inputs: Path) -> tuple[dict[int, str], dict[int, str]]:
    """Position → why it no longer counts; and, of these, position → newer file that no longer lists it."""
    rows = pd.DataFrame(
        {
            "unit": _filer(filings),
            "file": filings["file"],
            "otm": filings["otm_no"].str.upper(),
            "project": filings["organiser"].fillna("") + "\n" + filings["title"],
            "title": filings["title"].fillna(""),
            "row": filings["row"],
        }
    )
    superseded: dict[int, str] = {}
    withdrawn: dict[int, str] = {}
    for unit in _units_with_versions(rows):
        mine = rows[rows["unit"] == unit]
        files = {str(path): tuple(part.index) for path, part in mine.groupby("file")}
        dotted = [path for path in files if _DOTTED.search(PurePosixPath(path).stem)]
        versions = sorted(
            (_Version(path, inputs / path, part, len(dotted) > 1 and path in dotted) for path, part in files.items()),
            key=lambda version: version.age,
        )
        for i, older in enumerate(versions):
            for newer in reversed(versions[i + 1 :]):
                _replace_one_by_one(rows, older, newer, superseded, withdrawn)
    return superseded, withdrawn


def _filer(filings: pd.DataFrame) -> pd.Series:
    """Who filed; the folder where the workbook does not say."""
    return filings["unit"].fillna(filings["file"].map(lambda path: str(PurePosixPath(path).parent)).astype(TEXT))


def _units_with_versions(rows: pd.DataFrame) -> list[str]:
    """Units with a project number or a project in more than one of their files."""
    units: set[str] = set()
    for key in ("otm", "project"):
        files = rows.dropna(subset=[key]).groupby(["unit", key])["file"].nunique()
        units |= set(files[files > 1].index.get_level_values("unit"))
    return sorted(units)


def _replace_one_by_one(
    rows: pd.DataFrame, older: _Version, newer: _Version, superseded: dict[int, str], withdrawn: dict[int, str]
) -> None:
    named = older.base == newer.base and not newer.supplement
    replaced = _matches(rows, older, newer, named)
    share = len(replaced) / len(older.filings)
    version = not newer.supplement and (share >= _HALF if named else share >= _MOST and len(replaced) >= 2)
    for position in older.filings:
        if position in superseded and position not in withdrawn:
            continue
        if position in replaced:
            row = rows.at[replaced[position], "row"]
            superseded[position] = f"已由新版“{newer.path}”第 {row} 行替代。"
            withdrawn.pop(position, None)
        elif version and position not in superseded:
            superseded[position] = f"新版“{newer.path}”未再列入，按撤回处理。"
            withdrawn[position] = newer.path


def _matches(rows: pd.DataFrame, older: _Version, newer: _Version, named: bool) -> dict[int, int]:
    """Older position → newer position of the same project."""
    old, new = rows.loc[list(older.filings)], rows.loc[list(newer.filings)]
    by_number = {number: position for position, number in new["otm"].dropna().items()}
    by_project = {project: position for position, project in new["project"].dropna().items()}
    found: dict[int, int] = {}
    for position, number, project, title in old[["otm", "project", "title"]].itertuples():
        same = by_number.get(number)
        if same is not None and (named or fuzz.ratio(title, rows.at[same, "title"]) >= _SAME_TITLE):
            found[position] = same
            continue
        same = by_project.get(project)
        numbers_differ = same is not None and pd.notna(number) and pd.notna(rows.at[same, "otm"])
        if same is not None and not numbers_differ:
            found[position] = same
    return found


def _ids(filings: pd.DataFrame) -> pd.Series:
    """One id a filing, from what stays the same; repeats are numbered in the order of file, sheet and row."""
    unit = _filer(filings)
    old = filings["file"].where(filings["superseded_by"].notna(), "")
    project = filings["organiser"].fillna("") + "\x1f" + filings["title"].fillna("")
    number = filings["otm_no"].str.upper()
    alone = ~pd.DataFrame({"u": unit, "n": number, "o": old}).duplicated(keep=False)
    key = number.where(alone & number.notna(), number.fillna("") + "\x1f" + project)
    identity = unit + "\x1e" + key + "\x1e" + old
    order = filings.assign(identity=identity).sort_values(["file", "sheet", "row"], kind="stable")
    repeat = order.groupby("identity").cumcount().reindex(filings.index)
    identity = identity + "\x1e" + repeat.astype(str)
    return identity.map(lambda text: hashlib.sha256(text.encode()).hexdigest()[:16]).astype(TEXT)


def _participant_ids(participants: pd.DataFrame, lineage: Lineage) -> pd.Series:
    keys = participant_keys(participants, lineage)
    return keys.map(lambda key: "t" + hashlib.sha256(key.encode()).hexdigest()[:15]).astype(TEXT)


def _withdrawals(filings: pd.DataFrame, lineage: Lineage, withdrawn: dict[int, str]) -> DataFrame[Remarks]:
    """A remark for each filing that its newer version no longer lists; ``filings`` by the ids that ``lineage`` knows."""
    gone = filings.loc[sorted(withdrawn)]
    cells = lineage.of(gone["filing_id"])
    said = pd.DataFrame(
        {
            "file": gone["file"],
            "sheet": gone["sheet"],
            "cell": cells.cell("title"),
            "column": "title",
            "value": cells.filed("title"),
            "kind": "withdrawn",
            "detail": [withdrawn[position] for position in gone.index],
            "filing_id": None,
        }
    )
    return Remarks.validate(said.astype(Remarks.dtypes()))


def _say_superseded(files: pd.DataFrame, filings: pd.DataFrame) -> pd.DataFrame:
    old = filings["superseded_by"].notna()
    count = old.groupby(filings["file"]).agg(["sum", "size"]).reindex(files["path"])
    newest = filings[old].groupby("file")["superseded_by"].first().str.extract("“(.+)”")[0]
    newer = newest.reindex(files["path"]).to_numpy()
    some, every = (count["sum"] > 0).to_numpy(), (count["sum"].eq(count["size"]) & count["sum"].gt(0)).to_numpy()
    files = files.copy()
    files.loc[every, "status"] = "superseded"
    files.loc[every, "reason"] = ("全部申报项目已有新版“" + pd.Series(newer, dtype=TEXT) + "”。")[every].to_numpy()
    part = some & ~every
    files.loc[part, "reason"] = [
        f"其中 {int(number)} 项已有新版“{name}”。" for number, name in zip(count["sum"][part], newer[part], strict=True)
    ]
    return files


def _day_named(path: str, *, dotted: bool = False) -> str:
    """The day in the file's name, ISO; empty where it names none. Without a year: the plan's, or after June the one
    before it, since offices file from autumn on. ``dotted``: 11.5 is such a day."""
    plan, stem = PurePosixPath(path).parts[0], unicodedata.normalize("NFKC", PurePosixPath(path).stem)
    found = next((date for form in _DAYS if (date := form.search(stem))), None)
    found = found or (_DOTTED.search(stem) if dotted else None)
    if found is None:
        return ""
    month, year = int(found["month"]), found.groupdict().get("year")
    if year is None and not plan.isdecimal():
        return ""
    full = f"20{year[-2:]}" if year else str(int(plan) - (month > 6))
    return f"{full}-{month:02}-{int(found['day']):02}"


def _without_days(stem: str, *, dotted: bool) -> str:
    """A file's name without the days in it, those without a year too where they are ``dotted``."""
    stem = unicodedata.normalize("NFKC", stem)
    for form in (*_DAYS, *((_DOTTED,) if dotted else ())):
        stem = form.sub("", stem)
    return stem


def _stage(stem: str) -> float:
    """1 for a first version, 2 and more for later ones, 50 and more for what is called final."""
    numbers = [float(n if n[0].isdigit() else chinese_numeral(n) or 1) for n in _first(_NUMBER.findall(stem))]
    stage = max([1.0, *numbers])
    if _REVISED.search(stem):
        stage += 1
    return stage + 50 if _FINAL.search(stem) else stage


def _first(found: Iterable[tuple[str, ...]]) -> list[str]:
    return [next(part for part in groups if part) for groups in found]


def _saved_at(path: Path) -> str:
    """When the workbook says it was last saved, ISO in UTC; empty where it does not say."""
    if saved := _saved_in_compound(path):
        return saved
    try:
        with zipfile.ZipFile(path) as archive:
            for part in ("docProps/core.xml", "meta.xml"):
                if part in archive.namelist():
                    with archive.open(part) as opened:
                        found = _SAVED.search(opened.read(2**16))
                    return datetime.fromisoformat(found[1].decode()).isoformat() if found else ""
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return ""
    return ""


def _saved_in_compound(path: Path) -> str:
    """When an old binary workbook (xls, et) says it was last saved."""
    try:
        if not olefile.isOleFile(str(path)):
            return ""
        with olefile.OleFileIO(str(path)) as compound:
            saved = compound.get_metadata().last_saved_time
    except (OSError, ValueError, TypeError, AttributeError, IndexError, struct.error):
        return ""
    return saved.isoformat() if saved else ""


def _file_time(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
