"""Which files are sent back, with which of their findings, and where the copy of each goes."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, count
from pathlib import PurePosixPath

import pandas as pd

from flows.publish.file_names import FORBIDDEN, sound
from flows.validate import RULES
from schemas.decisions import ABOUT_DECISIONS
from schemas.sheets import LETTER
from schemas.tables import TEXT
from schemas.words import GRAVITY

UNKNOWN_UNIT = "未识别单位"
_TOLD = tuple(column.name for column in LETTER.columns if column.name != "number")

_SAID = "\n审核意见："
"""What a reviewer said to the unit stands behind it."""
_TAKEN_OUT = "该项目经评审不列入本次计划。"
"""What is said of a project that a reviewer took out."""
_LONGEST_SAID = 1_000
"""Characters of it that are told."""

_LETTER = f"-{LETTER.name}"
"""What the name of a letter without its workbook ends with."""


@dataclass(frozen=True)
class Return:
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

    @property
    def letter(self) -> PurePosixPath:
        """Where a letter without the workbook goes."""
        return self.folder / f"{PurePosixPath(self.name).stem}{_LETTER}.xlsx"


def to_correct(findings: pd.DataFrame) -> pd.DataFrame:
    """What is still to be corrected, the gravest of each file first; what a reviewer sent back counts as 退回修改.

    What a reviewer said to the unit stands behind the advice. It reaches the unit whatever the verdict: what was let in is then a
    remark (提示), and what was taken out is told in one sentence, without advice that nobody can follow any more.
    """
    for_units = findings["file"].notna() & ~findings["rule_id"].str.startswith(ABOUT_DECISIONS)
    said = findings["to_unit"].notna()
    kept = findings[(findings["status"].isin(("open", "returned")) | said) & for_units]
    severity = kept["severity"].where(kept["status"].ne("returned"), "return")
    severity = severity.where(~kept["status"].isin(("accepted", "excluded")), "advise")
    told = kept["to_unit"].str.strip().str.slice(stop=_LONGEST_SAID)
    advice = _advice(kept)
    advice = advice.where(told.isna(), advice + _SAID + told)
    ordered = kept.assign(severity=severity, advice=advice, rank=severity.map(GRAVITY))
    return ordered.sort_values(["file", "rank", "sheet", "cell", "rule_id", "finding_id"], ignore_index=True)


def _advice(kept: pd.DataFrame) -> pd.Series:
    """What the unit may still do: all of it as long as nobody has decided, what was ordered once it is sent back."""
    told = [
        _TAKEN_OUT if status == "excluded"
        else RULES[rule].ordered(advice) if status == "returned" and rule in RULES
        else advice
        for rule, status, advice in kept[["rule_id", "status", "advice"]].itertuples(index=False)
    ]  # fmt: skip
    return pd.Series(told, index=kept.index, dtype=TEXT)


def returns(files: pd.DataFrame, findings: pd.DataFrame) -> list[Return]:
    """Every file to send back and the place of its copy: no two at the same place, whatever Windows takes for the same. A file is
    sent back for what is to be corrected, and for what a reviewer said to the unit."""
    wanted = set(findings.loc[findings["severity"].eq("return") | findings["to_unit"].notna(), "file"])
    files = files.assign(unit=_units(files)).set_index("path").sort_index()
    about: dict[str, list[dict[str, str]]] = defaultdict(list)
    for file, finding in zip(findings["file"], told_of(findings), strict=True):
        about[file].append(finding)
    taken: set[str] = set()
    found = []
    for path, unit, status, reason in files[["unit", "status", "reason"]].itertuples():
        unreadable = status == "unreadable"
        if path not in wanted and not unreadable:
            continue
        folder, name = _place(str(path), str(unit), taken)
        why = str(reason) if unreadable else None
        found.append(Return(str(path), folder, name, tuple(about[str(path)]), why))
    return found


def told_of(findings: pd.DataFrame) -> Iterator[dict[str, str]]:
    """What a letter tells of each finding, as texts by the columns of :data:`schemas.sheets.LETTER`."""
    told = [findings[name].astype(object).where(findings[name].notna(), "").tolist() for name in _TOLD]
    return (dict(zip(_TOLD, finding, strict=True)) for finding in zip(*told, strict=True))


def _units(files: pd.DataFrame) -> pd.Series:
    """Who sent each file; for one that could not be read the unit whose files are the only others in its folder."""
    folder = files["path"].map(lambda path: str(PurePosixPath(path).parent))
    known = files["unit"].groupby(folder)
    neighbour = known.transform("first").where(known.transform("nunique").eq(1))
    return files["unit"].fillna(neighbour).fillna(UNKNOWN_UNIT)


def _place(path: str, unit: str, taken: set[str]) -> tuple[PurePosixPath, str]:
    """The folder and name of a copy. Of two files of the same name the second goes into a folder of its folder's name."""
    original = PurePosixPath(path)
    stem, suffix = sound(original.stem), original.suffix
    base, beside = PurePosixPath(sound(unit)), sound(original.parent.name)
    choices = chain((base, base / beside), (base / f"{beside}{number}" for number in count(2)))
    folder = next(folder for folder in choices if taken.isdisjoint(_names(folder, stem)))
    taken |= _names(folder, stem)
    return folder, f"{stem}{FORBIDDEN.sub('', suffix)}"


def _names(folder: PurePosixPath, stem: str) -> set[str]:
    """What a copy may come to be called, without its suffix and as Windows tells names apart."""
    return {f"{folder}/{stem}".casefold(), f"{folder}/{stem}{_LETTER}".casefold()}
