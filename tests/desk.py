"""A reviewer's desk for tests: nights over made-up findings and pairs, with the real warehouse and hand-over, no Prefect.

The workbook has the contract's sheets and titles and nothing else, so that reading decisions is held to these alone.
"""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import duckdb
import pandas as pd
from openpyxl import Workbook, load_workbook

from flows import decision_log, handover, warehouse
from flows.assemble import night_tables
from flows.collect import collect, decision_copies
from flows.decide import Decided, apply, keep_as_shown, lost_in, pair_verdicts, read_decisions, shown
from flows.decide.layout import LAYOUT
from flows.decide.written_rows import Reader, Written
from flows.link import Linked, pair_id
from flows.read import Failure, FoundFile, Unreadable
from flows.references import References
from flows.settings import ReadLimits, Settings
from flows.settle import settle
from schemas.tables import (
    Countries,
    Institutions,
    LastYearProjects,
    Pairs,
    RankedGroups,
    Readings,
    Steps,
    Units,
    empty,
)
from tests import frames
from tests.warehouses import lay_out
from tests.year import BOOK, FORM, NOTICE

FINDING_TITLES = (
    *("编号", "级别", "条款", "单位", "文件", "工作表", "单元格", "项目名称", "栏目", "填报值"),
    *("问题", "修改建议", "首次出现", "处理意见", "处理说明", "处理人", "给单位的话"),
)
PAIR_TITLES = (
    *("编号", "相似度", "文件甲", "行甲", "项目名称甲", "文件乙", "行乙", "项目名称乙"),
    *("处理意见", "处理说明", "处理人"),
)
_NOBODY = References(empty(Units), empty(Institutions), empty(Countries), empty(LastYearProjects))
_ROOT = TemporaryDirectory()
_ENTRIES = ("verdict", "note", "reviewer")
_OF_FINDING = (*_ENTRIES, "to_unit")


_BEGUN: Counter[tuple] = Counter()
"""How many desks have begun with a night."""


class _FailedError(Exception):
    """The night that a test wants to fail."""


class Desk:
    """The nights of one year in ``folder``, each after the one before."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.settings = Settings(2020, folder / "inputs", folder / "outputs", folder / "state", workers=1)
        self.copies = self.settings.season / "处理意见"
        self.copies.mkdir(parents=True)
        self.nights: list[str] = []
        self.notes: list[str] = []
        self.told: list[str] = []
        self._open = ExitStack()
        self._connection: duckdb.DuckDBPyConnection | None = None

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The warehouse, open from the first night on."""
        if self._connection is None:
            path = self.settings.warehouse
            if not path.exists():
                lay_out(path)
            self._connection = self._open.enter_context(duckdb.connect(path))
        return self._connection

    def close(self) -> None:
        """Close the warehouse."""
        self._open.close()
        self._connection = None

    @property
    def workbook(self) -> Path:
        """The published exceptions workbook."""
        return self.settings.published / "异常清单.xlsx"

    def night(
        self,
        findings: Sequence[Mapping[str, object]] = (),
        filings: Sequence[Mapping[str, object]] = ({}, {}),
        pairs: Sequence[tuple[str, str]] = (),
        contradictions: Sequence[tuple[str, str, str]] = (),
        during: Callable[[], object] | None = None,
        fail: bool = False,
    ) -> Decided:
        """One night over these findings, filings and offered pairs, of which ``contradictions`` contradict others.

        ``during`` is called before the hand-over; a night that is to ``fail`` does so after it. A first night that many
        desks begin with is done once and copied.
        """
        about = (_frozen(findings), _frozen(filings), tuple(pairs), tuple(contradictions))
        if during or fail or not self._untouched:
            return self._done(*about, during, fail)
        _BEGUN[about] += 1
        if _BEGUN[about] == 1:
            return self._done(*about)
        folder, nights, self.notes, decided = _begun(*about)
        shutil.copytree(folder, self._folder, dirs_exist_ok=True)
        self.nights = [*nights]
        return decided

    @property
    def _untouched(self) -> bool:
        """Whether nothing was dropped and no night was done here."""
        return not self.settings.outputs.exists() and not any(map(Path.is_file, self.settings.inputs.rglob("*")))

    def _done(
        self,
        findings: tuple,
        filings: tuple,
        pairs: Sequence[tuple[str, str]],
        contradictions: Sequence[tuple[str, str, str]],
        during: Callable[[], object] | None = None,
        fail: bool = False,
    ) -> Decided:
        started_at = datetime.now() + timedelta(seconds=2 * len(self.nights))
        readings, members, groups = _read(filings)
        connection = self.connection
        lost = lost_in(self.settings.outputs, warehouse.view(connection, "run"))
        recovered = decision_log.recover(connection, self.settings.decision_log, 2020, lost)
        self.told = [*recovered.told]
        night = warehouse.new_night(connection, started_at, recovered.lost)
        run_id = night.run_id
        handover.settle(self.settings.published, warehouse.current_nights(connection).get(2020))
        recall = partial(warehouse.recall, connection, 2020)
        copies = decision_copies(self.settings, collect(self.settings, FORM))
        said = read_decisions(self.settings, copies, recall, night, recovered)
        opposed = pd.DataFrame(contradictions, columns=["filing_id_l", "filing_id_r", "message"])
        linked = Linked(_linked(pairs, pair_verdicts(said, readings.filings), opposed), members, opposed)
        decided = apply(_found(findings), linked, readings.filings, said, run_id)
        disposed = settle(readings.filings, decided.findings, members, groups)
        tables = night_tables(night, BOOK, readings, _NOBODY, decided, linked, _ranked(filings), disposed)
        staging = handover.stage(self.settings.published, run_id)
        try:
            with warehouse.begun(connection):
                warehouse.load(connection, tables)
                write(staging / "异常清单.xlsx", run_id, decided)
                keep_as_shown(
                    staging, night, decided.readings, shown(decided.findings, decided.pairs, readings.filings)
                )
                if during:
                    during()
                ready = handover.make_ready(staging, self.settings.published, run_id, said.as_read)
                _fail_if(fail)
                warehouse.end_run(connection, run_id, NOTICE.year, started_at, empty(Steps))
        except _FailedError:
            handover.discard(staging)
            return decided
        connection.commit()
        assert decision_log.append(self.settings.decision_log, decided.decisions, 2020) is None
        self.notes = handover.swap_in(ready)
        self.nights.append(run_id)
        return decided

    def view(self, name: str) -> pd.DataFrame:
        """A table or view of the warehouse; what is missing is None."""
        frame = warehouse.view(self.connection, name).astype(object)
        return frame.where(frame.notna(), None)


@cache
def _begun(*about: tuple) -> tuple[Path, list[str], list[str], Decided]:
    """A desk's folder after its first night, the ids of its nights, its notes and what it decided."""
    folder = Path(mkdtemp(dir=_ROOT.name))
    desk = Desk(folder)
    decided = desk._done(*about)
    desk.close()
    return folder, desk.nights, desk.notes, decided


def without_wall(work, paths, settings) -> list:
    """As :func:`flows.read.read_behind_wall`, in this process: quick, for workbooks that do no harm."""

    def attempt(path: Path):
        try:
            return work.read(work.open(path, settings.limits))
        except Unreadable as error:
            return Failure(str(error))

    return [attempt(path) for path in paths]


def written_in(path: Path) -> Written:
    """What the exceptions workbook at ``path`` says."""
    reader = Reader(LAYOUT)
    return reader.read(reader.open(FoundFile(path), ReadLimits())).said


def write(path: Path, run_id: str, decided: Decided) -> None:
    """The workbook of one night: a title row with the night in it, then the contract's columns."""
    book = Workbook()
    findings, pairs = (
        told.assign(verdict=told["unclear"].fillna(told["verdict"])) for told in (decided.findings, decided.pairs)
    )
    names = {
        "编号": "finding_id",
        "填报值": "value",
        "问题": "message",
        **dict(zip(FINDING_TITLES[13:], _OF_FINDING, strict=True)),
    }
    _sheet(book.active, "问题清单", run_id, FINDING_TITLES, findings, names)
    names = {"编号": "pair_id", "相似度": "match_probability", **dict(zip(PAIR_TITLES[8:], _ENTRIES, strict=True))}
    _sheet(book.create_sheet(), "疑似重复", run_id, PAIR_TITLES, pairs, names)
    book.save(path)


@contextmanager
def opened(path: Path) -> Iterator[Workbook]:
    """The workbook to be changed; saved at the end."""
    book = load_workbook(path)
    yield book
    book.save(path)


def type_in(
    path: Path,
    about: str,
    verdict: object = None,
    note: object = None,
    reviewer: object = None,
    to_unit: object = None,
) -> None:
    """Fill the columns of the row with this 编号, wherever it is."""
    with opened(path) as book:
        for sheet in book.worksheets:
            rows = list(sheet.iter_rows())
            header = next((row for row in rows if any(cell.value == "编号" for cell in row)), ())
            places = {cell.value: cell.column for cell in header}
            for row in rows:
                if header and row[places["编号"] - 1].value == about:
                    for title, value in (
                        ("处理意见", verdict),
                        ("处理说明", note),
                        ("处理人", reviewer),
                        ("给单位的话", to_unit),
                    ):
                        if title in places:
                            sheet.cell(row[0].row, places[title]).value = value


def _sheet(sheet, name: str, run_id: str, titles: Sequence[str], rows: pd.DataFrame, names: dict[str, str]) -> None:
    sheet.title = name
    sheet.append([f"{name}（{run_id}）"])
    sheet.append(titles)
    kept = rows.astype(object).where(rows.notna(), None)
    for row in kept.to_dict("records"):
        sheet.append([row[names[title]] if title in names else None for title in titles])


def _frozen(rows: Sequence[Mapping[str, object]]) -> tuple[tuple[tuple[str, object], ...], ...]:
    return tuple(tuple(row.items()) for row in rows)


@cache
def _found(rows: tuple) -> pd.DataFrame:
    return frames.findings([dict(row) for row in rows])


@cache
def _read(rows: tuple) -> tuple[Readings, pd.DataFrame, pd.DataFrame]:
    """The readings with their filings counted, each filing a group of its own."""
    readings = frames.readings([dict(row) for row in rows])
    counted = readings.filings.groupby("file").size().reindex(readings.files["path"]).to_numpy()
    return replace(readings, files=readings.files.assign(filings=counted)), *frames.grouped(readings.filings)


@cache
def _ranked(rows: tuple) -> pd.DataFrame:
    """The groups of these filings in the order in which they were filed: where they stand in the plan is no matter here."""
    groups: pd.DataFrame = _read(rows)[2]
    return RankedGroups.validate(
        groups.assign(rank=range(1, len(groups) + 1), points=0.0, ranked_by="", beyond=None).astype(
            RankedGroups.dtypes()
        )
    )


def _linked(pairs: Sequence[tuple[str, str]], law: pd.DataFrame, opposed: pd.DataFrame) -> pd.DataFrame:
    """Pairs of these filings: as judged, and else (or where verdicts contradict each other) offered."""
    if len(opposed):
        law = law[~law["filing_id_l"].isin(opposed["filing_id_l"])]
    said = {pair_id(left, right): row for left, right, *row in law.itertuples(index=False)}
    outcomes = {"合并": "merged", "不合并": "kept_apart"}
    rows = [
        {
            "pair_id": pair_id(left, right),
            "filing_id_l": left,
            "filing_id_r": right,
            "match_probability": 0.9,
            "match_weight": 3.0,
            "outcome": outcomes.get(said.get(pair_id(left, right), [None])[0], "offered"),
            "reasons": "很像。",
            **dict(zip(_ENTRIES, said.get(pair_id(left, right), (None,) * 3), strict=True)),
        }
        for left, right in pairs
    ]
    frame = pd.DataFrame(rows, columns=Pairs.names())
    return Pairs.validate(frame.astype(Pairs.dtypes()))


def _fail_if(fail: bool) -> None:
    if fail:
        raise _FailedError
