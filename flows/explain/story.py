"""What the warehouse knows of one group, one filing or one pair, put together for telling."""

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pandas as pd

from flows.explain.asked import KINDS, asked
from flows.warehouse import read_warehouse, see_that_it_is_there
from schemas.form import Form
from schemas.yearbook import Yearbook
from sql import statement


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
    ``decisions`` about them; ``last_night`` when the year's last night was, which no longer knows it unless the story is that
    of the last night (``is_last``); of a filing also its ``file``, ``nights`` and ``versions``, the ``changes`` of its cells
    night by night (run_id, column, cell, before, now) and in which its ``versions_differ`` from it (filing_id, column, cell,
    before, now).
    """

    kind: str
    id: str
    run_id: str
    year: int
    titles: dict[str, str]
    started_at: pd.Timestamp
    last_night: pd.Timestamp
    is_last: bool
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
        return f"{KINDS[self.kind]} {self.id}"

    @property
    def sources(self) -> dict[str, str]:
        """Column → the filing that its merged value is from, where that is not the lead."""
        told = None if self.group is None else self.group.get("value_sources")
        return json.loads(told) if isinstance(told, str) else {}


def read_story(what: str, book: Yearbook, warehouse: Path) -> Story:
    """The story of the group, filing or pair of the year of ``book`` that ``what`` names: an id, the beginning of one, a
    系统项目编号, the 编号 of a finding about it, ``file#row`` (the file by its path below ``inputs``, or the end of it), or a
    project's name or part of it.

    Raises:
        SettingError: there is no warehouse, or ``what`` names nothing or several things.
        WarehouseBusyError: a night is running, or another program has the warehouse open.
    """
    see_that_it_is_there(warehouse)
    with read_warehouse(warehouse) as connection:
        kind, found, run_id = asked(connection, unicodedata.normalize("NFKC", what).strip(), book.year)
        return _Asking(connection, run_id, book.form).story(kind, found)


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
            is_last=bool(night["is_last"]),
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
