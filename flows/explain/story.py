"""What the warehouse knows of one group, one filing or one pair, put together for telling."""

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pandas as pd

from flows.errors import SettingError
from flows.warehouse import read_warehouse
from schemas.form import Form
from schemas.words import FINDING_STATUSES, SEVERITIES
from schemas.yearbook import Yearbook
from sql import statement

_KINDS = {"group": "团组", "filing": "申报", "pair": "疑似重复"}
_MOST_NAMED = 12
_PLACE = re.compile(r"(?P<file>.+?)\s*[#:：]\s*(?P<row>[0-9]{1,7})")


@dataclass(frozen=True)
class Step:
    """What one comparison of two filings said: ``verdict`` agree, close, differ or missing; ``weight`` in bits."""

    name: str
    title: str
    verdict: str
    says: str
    weight: float


@dataclass(frozen=True)
class Pair:
    """Two filings compared, with what each comparison said (none where the night kept no evidence)."""

    pair_id: str
    left: str
    right: str
    probability: float
    weight: float
    outcome: str
    reasons: str
    verdict: str | None
    note: str | None
    reviewer: str | None
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Story:
    """All that is told of ``kind`` group, filing or pair ``id`` as the night ``run_id`` left it; ``titles`` are the form's.

    ``filings`` those told side by side, the lead first; ``group`` the training group's row, where there is one;
    ``within`` the pairs among the filings, ``beyond`` those with others, of which ``others`` tells; ``findings`` and
    ``decisions`` about them; ``last_night`` when the year's last night was, which may no longer know it; of a filing also
    its ``file``, ``nights`` and ``versions``, the ``changes`` of its cells night by night (run_id, column, cell, before,
    now) and in which its ``versions_differ`` from it (filing_id, column, cell, before, now).
    """

    kind: str
    id: str
    run_id: str
    year: int
    titles: dict[str, str]
    started_at: pd.Timestamp
    last_night: pd.Timestamp
    filings: pd.DataFrame
    group: pd.Series | None
    within: tuple[Pair, ...]
    beyond: tuple[Pair, ...]
    others: pd.DataFrame
    findings: pd.DataFrame
    decisions: pd.DataFrame
    file: pd.Series | None = None
    nights: pd.DataFrame = field(default_factory=pd.DataFrame)
    versions: pd.DataFrame = field(default_factory=pd.DataFrame)
    changes: pd.DataFrame = field(default_factory=pd.DataFrame)
    versions_differ: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def title(self) -> str:
        """What this is about, in Chinese."""
        return f"{_KINDS[self.kind]} {self.id}"

    @property
    def sources(self) -> dict[str, str]:
        """Column → the filing that its merged value is from, where that is not the lead."""
        told = None if self.group is None else self.group.get("value_sources")
        return json.loads(told) if isinstance(told, str) else {}


def read_story(what: str, book: Yearbook, warehouse: Path) -> Story:
    """The story of the group, filing or pair of the year of ``book`` that ``what`` names: an id, the beginning of one, a
    系统项目编号, the 编号 of a finding about it, or ``file#row`` (the file by its path below ``inputs``, or the end of it).

    Raises:
        SettingError: there is no warehouse, or ``what`` names nothing or several things.
        WarehouseBusyError: a night is running, or another program has the warehouse open.
    """
    if not warehouse.is_file():
        raise SettingError(f"还没有数据库 {warehouse}，请先运行 huizong nightly。")
    with read_warehouse(warehouse) as connection:
        kind, found, run_id = _asked(connection, unicodedata.normalize("NFKC", what).strip(), book.year)
        return _Asking(connection, run_id, book.form).story(kind, found)


def _asked(connection: duckdb.DuckDBPyConnection, what: str, year: int) -> tuple[str, str, str]:
    named = _named(connection, what, year)
    if named.empty:
        raise SettingError(
            _of_a_file(connection, what, year)
            or f"{year} 年没有“{what}”：请写团组编号、疑似重复的编号、问题的编号、申报编号（都可只写开头几位）、系统项目编号，"
            f"或“文件#行”。{_near(connection, what, year)}"
        )
    exact = named[named["id"].str.casefold().eq(what.casefold())]
    chosen = exact if len(exact) == 1 else named
    if len(chosen) > 1 and (group := _one_group(connection, chosen)):
        return group
    if len(chosen) > 1:
        listed = [f"{_KINDS[kind]} {name}" for kind, name in zip(named["kind"], named["id"], strict=True)]
        more = f"等 {len(listed)} 个" if len(listed) > _MOST_NAMED else ""
        raise SettingError(f"“{what}”不止一个：{'、'.join(listed[:_MOST_NAMED])}{more}。请写全编号。")
    kind, found, run_id = chosen.iloc[0][["kind", "id", "run_id"]]
    return str(kind), str(found), str(run_id)


def _named(connection: duckdb.DuckDBPyConnection, what: str, year: int) -> pd.DataFrame:
    if not what:
        return pd.DataFrame()
    named = connection.execute(statement("explain", "asked"), {"what": what, "year": year}).df()
    place = _PLACE.fullmatch(what)
    if named.empty and place:
        asked = {"file": place["file"].replace("\\", "/"), "row": int(place["row"]), "year": year}
        named = connection.execute(statement("explain", "asked_place"), asked).df()
    return _counting(named) if "counts" in named and named["named_by"].eq("number").all() else named


def _counting(named: pd.DataFrame) -> pd.DataFrame:
    """Of the filings with one 系统项目编号 those that no newer version has replaced, as the last night knew them."""
    counting = named[named["counts"]] if named["counts"].any() else named
    return counting[counting["run_id"].eq(counting["run_id"].max())]


def _of_a_file(connection: duckdb.DuckDBPyConnection, what: str, year: int) -> str | None:
    """What there is to tell of a finding that is about a whole file or unit, in a sentence."""
    found = connection.execute(statement("explain", "asked_finding"), {"what": what, "year": year}).df()
    if len(found) != 1:
        return None
    told = found.astype(object).where(found.notna(), None).iloc[0]
    state = FINDING_STATUSES[told["status"]] if told["stands"] else "已消失"
    about = f"文件“{told['file']}”" if told["file"] else told["unit"] or "全省"
    return f"“{told['finding_id']}”是关于{about}的问题（{SEVERITIES[told['severity']]}，{state}），不属于哪一项申报：{told['message']}"


def _near(connection: duckdb.DuckDBPyConnection, what: str, year: int) -> str:
    """The ids most like one that is not known, in a sentence; nothing where none is like it."""
    near = connection.execute(statement("explain", "near"), {"what": what, "year": year}).df()
    listed = "、".join(f"{_KINDS[kind]} {name}" for kind, name in zip(near["kind"], near["id"], strict=True))
    return f"相近的有：{listed}。" if listed else ""


def _one_group(connection: duckdb.DuckDBPyConnection, named: pd.DataFrame) -> tuple[str, str, str] | None:
    """The group that all these filings are in: they may share a 系统项目编号."""
    if set(named["kind"]) != {"filing"} or named["run_id"].nunique() > 1:
        return None
    run_id = str(named["run_id"].iloc[0])
    asked = {"run_id": run_id, "ids": named["id"].tolist()}
    groups = connection.execute(statement("explain", "filings"), asked).df()["group_id"]
    return (
        ("group", str(groups.iloc[0]), run_id) if groups.nunique(dropna=False) == 1 and groups.notna().all() else None
    )


class _Asking:
    """Asks the warehouse about one night."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, run_id: str, form: Form) -> None:
        self._connection = connection
        self._run_id = run_id
        self._form = form

    def story(self, kind: str, found: str) -> Story:
        """The story of one thing."""
        night = self._rows("night").iloc[0]
        year = int(night["year"])
        filings = self._filings(kind, found)
        ids = filings["filing_id"].tolist()
        group_id = self._group_id(kind, filings)
        groups = self._rows("group", group_id=group_id) if group_id else pd.DataFrame()
        pairs = [_pair(row) for row in self._rows("pairs", ids=ids).to_dict("records")]
        within = [pair for pair in pairs if pair.left in ids and pair.right in ids]
        beyond = [pair for pair in pairs if pair not in within]
        neighbours = sorted({pair.right if pair.left in ids else pair.left for pair in beyond})
        about_ids = [found] if kind == "filing" else ids
        findings = self._rows("findings", ids=about_ids, group_id=group_id or "", year=year)
        told = within if kind == "pair" else pairs
        about = [*findings["finding_id"], *(pair.pair_id for pair in told)]
        of_filing = self._of_filing(found) if kind == "filing" else {}
        return Story(
            kind=kind,
            id=found,
            run_id=self._run_id,
            year=year,
            titles=self._form.filing_titles,
            started_at=night["started_at"],
            last_night=night["last_night"],
            filings=filings,
            group=groups.iloc[0] if len(groups) else None,
            within=tuple(within),
            beyond=() if kind == "pair" else tuple(beyond),
            others=self._rows("places", ids=neighbours),
            findings=findings,
            decisions=self._rows("decisions", about=about, ids=about_ids, year=year),
            file=self._file(filings, found) if kind == "filing" else None,
            **of_filing,
        )

    def _filings(self, kind: str, found: str) -> pd.DataFrame:
        """What is told side by side: a group's filings, those of the group that a filing is in, the two of a pair."""
        if kind == "group":
            return self._rows("members", group_id=found)
        if kind == "pair":
            pair = self._rows("pair", pair_id=found).iloc[0]
            return self._rows("filings", ids=[pair["filing_id_l"], pair["filing_id_r"]])
        alone = self._rows("filings", ids=[found])
        group_id = alone["group_id"].iloc[0]
        return self._rows("members", group_id=group_id) if isinstance(group_id, str) else alone

    def _of_filing(self, found: str) -> dict[str, pd.DataFrame]:
        told = {name: self._rows(name, filing_id=found) for name in ("nights", "versions", "changes")}
        versions = told["versions"]["filing_id"].tolist()
        return told | {"versions_differ": self._rows("version_changes", filing_id=found, versions=versions)}

    def _file(self, filings: pd.DataFrame, found: str) -> pd.Series:
        """The file in which the filing stands."""
        return self._rows("file", path=filings.loc[filings["filing_id"].eq(found), "file"].iloc[0]).iloc[0]

    @staticmethod
    def _group_id(kind: str, filings: pd.DataFrame) -> str | None:
        """The group that all the filings are in, if they are."""
        groups = filings["group_id"].unique()
        return groups[0] if len(groups) == 1 and isinstance(groups[0], str) else None

    def _rows(self, name: str, **parameters: object) -> pd.DataFrame:
        text = statement("explain", name)
        known = {key: value for key, value in parameters.items() if f"${key}" in text}
        if "$run_id" in text:
            known["run_id"] = self._run_id
        return self._connection.execute(text, known).df()


def _pair(row: dict[str, object]) -> Pair:
    def text(name: str) -> str | None:
        return row[name] if isinstance(row[name], str) else None  # type: ignore[return-value]

    return Pair(
        pair_id=str(row["pair_id"]),
        left=str(row["filing_id_l"]),
        right=str(row["filing_id_r"]),
        probability=float(row["match_probability"]),  # type: ignore[arg-type]
        weight=float(row["match_weight"]),  # type: ignore[arg-type]
        outcome=str(row["outcome"]),
        reasons=str(row["reasons"]),
        verdict=text("verdict"),
        note=text("note"),
        reviewer=text("reviewer"),
        steps=tuple(_steps(text("evidence"))),
    )


def _steps(evidence: str | None) -> Iterable[Step]:
    return (Step(**said) for said in json.loads(evidence)) if evidence else ()
