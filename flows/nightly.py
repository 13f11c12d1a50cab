"""The night on one page, as a Prefect flow whose tasks are the steps."""

from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import Any, ParamSpec, TypeVar, cast

import pandas as pd
from duckdb import DuckDBPyConnection
from prefect import Flow, Task, task, unmapped
from prefect.cache_policies import NO_CACHE

from flows import decision_log, handover, scratch, stopping, warehouse
from flows.assemble import apart, batches, night_tables, stack
from flows.cache import Alike, Cache, Kept, alike_before, begin_alike, made_with, note_made_of
from flows.cluster import ONE_AFTER_THE_OTHER, OnlyHere, Runner, of_a_task, on_dask
from flows.collect import collect, decision_copies
from flows.decide import (
    Decided,
    Said,
    apply,
    keep_as_shown,
    lapsed_verdicts,
    lost_in,
    pair_verdicts,
    read_decisions,
    remember_as_written,
    shown,
)
from flows.errors import FallenCountError, HuizongError
from flows.guards import LIKELY, falls
from flows.link import Linked, Verdicts, cluster, form_groups, name_groups
from flows.logbook.measured import measured, of_a_night, steps_so_far, steps_told
from flows.prefect_runs import current_run, show, show_table
from flows.publish import EXCEPTIONS, Mark, Marked, Marking, View, mark, publish, write_returns
from flows.rank import rank
from flows.read import Failure, FoundFile, found_files, parts_changed, read_changed, stop_at_many_faults
from flows.references import References
from flows.settings import Settings
from flows.settle import out_with_lead, settle, told_of_followers
from flows.validate import ACROSS_FILES, OF_ONE_FILE, validate
from flows.versions import current, identify
from schemas.tables import (
    AppliedDecisions,
    DataFrame,
    Dispositions,
    Findings,
    FoundFiles,
    Groups,
    Members,
    RankedGroups,
    Readings,
    empty,
)
from schemas.words import DISPOSITIONS, UNREAD
from schemas.yearbook import Yearbook

FILES_A_BATCH, FILES_A_PART = 1000, 100
"""Files read in one task at most: few enough to show progress, many enough that starting the task and its workers costs nothing;
and of these, files whose readings are kept as one: few enough that a changed file costs little."""

Report = Callable[[str], None]
"""Tells the operator, in Chinese, what the night is at."""

_Given = ParamSpec("_Given")
_Gives = TypeVar("_Gives")

_task = task(cache_policy=NO_CACHE, persist_result=False, log_prints=False)


def batch_step(function: Callable[_Given, _Gives]) -> Task[_Given, _Gives]:
    """A step as a Prefect task that is mapped or submitted."""
    return _task(measured(function))


def step(function: Callable[_Given, _Gives]) -> Callable[_Given, _Gives]:
    """A step as a Prefect task, of the type of its function: Prefect's own types take a table for a coroutine."""
    return cast("Callable[_Given, _Gives]", batch_step(function))


@dataclass(frozen=True)
class Outcome:
    """What the last lines print: the night's id, what came in, of the files those of which nothing was read (status → how many),
    where the filings went, and what everybody must be told."""

    run_id: str
    files: int
    unread: dict[str, int]
    filings: int
    findings: int
    groups: int
    went: dict[str, int]
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ahead:
    """What was done while Prefect started: the files that were found, and of each what it gave, in the cache."""

    files: DataFrame[FoundFiles]
    cache: Cache


@measured
def read_ahead(settings: Settings, book: Yearbook, references: References, report: Report) -> Ahead | None:
    """Find and read the files before the night begins, which then finds them read; None where a cluster is to read them, or that
    cannot be done: the night will meet what is wrong and tell of it."""
    if settings.dask:
        return None
    cache = Cache.of(settings)
    try:
        files = collect(settings, book.form, cache)
        report(f"发现文件 {len(files)} 个，读取新的和改动过的")
        found = found_files(files, settings.inputs)
        for parts in batches(files, FILES_A_BATCH, FILES_A_PART):
            changed = parts_changed(parts, found, settings, book, references, cache)
            read_changed(changed, found, settings, book, references, cache)
    except HuizongError:
        return None
    return Ahead(files, cache)


class _Night(Flow[..., Outcome]):
    """A flow of which Prefect keeps what tells one run from another: the year's data is large, and Prefect's database bears no
    more than half a megabyte of parameters."""

    def serialize_parameters(self, parameters: dict[str, Any]) -> dict[str, Any]:
        """The plan year and the folders."""
        settings: Settings = parameters["settings"]
        return {"year": settings.year, "inputs": str(settings.inputs), "outputs": str(settings.outputs)}


@of_a_night
def _nightly(
    settings: Settings,
    book: Yearbook,
    references: References,
    started_at: datetime,
    report: Report,
    ahead: Ahead | None = None,
) -> Outcome:
    """One night: collect → read → validate → link → settle → rank → load → publish. ``ahead`` is what was done before it began.

    Raises:
        NightError: the night cannot be finished; yesterday's outputs stand whole.
    """
    stopping.hear()
    scratch.note(flow_run=current_run())
    cache = ahead.cache if ahead else Cache.of(settings)
    untouched = warehouse.untouched(settings.warehouse, settings.state)
    damaged = warehouse.put_aside_if_damaged(settings.warehouse, settings.state)
    with warehouse.open_warehouse(settings.warehouse, report) as connection:
        recovered = recover_decisions(connection, settings, damaged, report)
        settle_outputs(connection, settings, report)
        yesterday = warehouse.last_night(connection, settings.year)
        night = warehouse.new_night(connection, started_at, recovered.lost)

        files = collect_files(settings, book, ahead, cache, report)
        said = read_reviewers(connection, settings, files, night, recovered, cache, report)
        parts = _read_in_batches(files, settings, book, references, cache, report)
        made_of = cache.key("night", _made_of(files, parts, references, book, said, settings))
        alike = alike_before(cache, made_of, yesterday.run_id) if untouched and not recovered.told else None
        made = as_last_night(night, yesterday, said, alike, settings.year, report) if alike else None
        if made is None:
            made = make_night(night, yesterday, files, parts, references, book, said, settings, cache, report)

        with _all_or_nothing(connection, settings, night, said, made.decisions, report) as staging:
            load_night(connection, made, report)
            made = replace(made, load=_loaded)  # the warehouse has the rows, and what is published comes from there
            marking = _marking(settings)
            briefing = publish_night(
                connection, staging, settings, book, night.run_id, made.alike, marking, cache, report
            )
            keep_as_shown(staging, night, said.readings, made.shown)
        outcome = _outcome(connection, night.run_id, recovered)
        if current_run():
            show("briefing", briefing)
            show_table("steps", steps_told(steps_so_far()))
    warehouse.note_untouched(settings.warehouse, settings.state)
    note_made_of(made.alike, made_of, night.run_id)
    cache.forget()
    return outcome


@dataclass(frozen=True)
class _Made:
    """A night that is made: what ``load``s its rows, the ``decisions`` that it has read for the first time, what its workbook
    ``shown``, and the nights that it is ``alike``."""

    load: Callable[[DuckDBPyConnection], None]
    decisions: DataFrame[AppliedDecisions]
    shown: bytes
    alike: Alike


def make_night(
    night: warehouse.Night,
    yesterday: warehouse.LastNight,
    files: DataFrame[FoundFiles],
    parts: list[Kept[Readings]],
    references: References,
    book: Yearbook,
    said: Said,
    settings: Settings,
    cache: Cache,
    report: Report,
) -> _Made:
    """What nobody has made yet: validate → link → settle → rank. ``parts`` are used up."""
    everything = identify_filings(files, parts, settings, cache, report)
    parts.clear()  # stacked in one
    readings = replace(everything, value=current(everything.value))
    validated = _begin_to_validate(readings, settings, book, references, cache)  # beside linking: a core each
    linked = link_filings(readings, references, book, yesterday.members, said, settings, cache, report)
    findings = gather_findings(validated, report)
    groups = form_training_groups(readings, linked, references, book, cache)
    findings = validate_groups(findings, readings, book, references, groups, linked, cache)
    decided = apply_decisions(findings, readings.value, linked, said, night.run_id, report)
    disposed, decided = settle_filings(everything.value, decided, linked, groups)
    ranked = rank_groups(groups, disposed, references, book)

    assert_counts(yesterday, everything.value, groups, settings, report)
    tables = night_tables(night, book, everything.value, references, decided, linked, ranked, disposed, made_with(book))
    alike = begin_alike(cache, night.number)
    showed = alike.kept("shown", lambda: shown(decided.findings, decided.pairs, readings.value.filings))
    return _Made(lambda connection: warehouse.load(connection, tables), decided.decisions, showed, alike)


def _loaded(_: DuckDBPyConnection) -> None:
    """What is left to load once it is done."""


def as_last_night(
    night: warehouse.Night, yesterday: warehouse.LastNight, said: Said, alike: Alike, year: int, report: Report
) -> _Made | None:
    """The night before once more, under another name and day; None where what it showed is no longer kept, or something was decided."""
    showed = alike.found("shown")
    if showed is None or yesterday.run_id is None or said.decisions["run_id"].eq(night.run_id).any():
        return None
    report("文件、参考表和处理意见都与上一夜相同，沿用上一夜的结果")
    again = partial(
        warehouse.load_again,
        night=night,
        before=yesterday.run_id,
        year=year,
        readings=said.readings,
        workbooks=said.workbooks,
    )
    return _Made(again, empty(AppliedDecisions), showed, alike)


def _made_of(
    files: DataFrame[FoundFiles],
    parts: list[Kept[Readings]],
    references: References,
    book: Yearbook,
    said: Said,
    settings: Settings,
) -> object:
    """All that the rows of a night and its outputs depend on besides the night before, of the things that :mod:`flows.cache`
    knows a hash of; what reviewers' workbooks are is told by their decisions."""
    troubled = said.workbooks.loc[said.workbooks["problem"].notna(), ["path", "problem"]]
    folders = [settings.inputs, settings.published]
    return [
        files,
        [part.key for part in parts],
        references,
        references.quotas,
        book,
        said.decisions,
        troubled,
        folders,
        settings.paper,
        settings.guards,
        bool(settings.spark),
        [settings.faults_at_most, settings.faults_share_at_most],
    ]


def _flow(runner: Runner) -> _Night:
    return _Night(_nightly, name="nightly", task_runner=runner, validate_parameters=False, persist_result=False)


nightly = _flow(ONE_AFTER_THE_OTHER)
"""The night as a Prefect flow, on this machine alone."""


def nightly_over(settings: Settings) -> Callable[..., Outcome]:
    """The night as a Prefect flow, on the Dask cluster that ``settings`` name, if any.

    Raises:
        HuizongError: the cluster is not there, or not fit for it.
    """
    if not settings.dask:
        return nightly
    flow = _flow(on_dask(settings))

    def on_cluster(
        settings: Settings,
        book: Yearbook,
        references: References,
        started_at: datetime,
        report: Report,
        ahead: Ahead | None = None,
    ) -> Outcome:
        return flow(settings, book, references, started_at, OnlyHere(report), ahead)  # each task hears of all of them

    return on_cluster


@step
def recover_decisions(
    connection: DuckDBPyConnection, settings: Settings, damaged: str | None, report: Report
) -> decision_log.Recovered:
    """The decisions that the warehouse has lost, back from their file. ``damaged`` says, in Chinese, that it was damaged and is
    begun anew."""
    lost = lost_in(settings.outputs, warehouse.numbered_nights(connection))
    recovered = decision_log.recover(connection, settings.decision_log, settings.year, lost)
    told = (*([damaged] if damaged else []), *recovered.told)
    for line in (*recovered.quiet, *(f"【注意】{line}。" for line in told)):
        report(line)
    return replace(recovered, told=told)


@step
def settle_outputs(connection: DuckDBPyConnection, settings: Settings, report: Report) -> None:
    """The outputs of each year are those of the night that the warehouse calls current, also after a kill."""
    nights = warehouse.current_nights(connection)
    for year in {settings.year, *nights}:
        for told in handover.settle(settings.outputs / str(year), nights.get(year)):
            report(told)


@step
def read_reviewers(
    connection: DuckDBPyConnection,
    settings: Settings,
    files: DataFrame[FoundFiles],
    night: warehouse.Night,
    recovered: decision_log.Recovered,
    cache: Cache,
    report: Report,
) -> Said:
    """What reviewers wrote in the exceptions workbook and its copies, before any submission is read."""
    recall = partial(warehouse.recall, connection, settings.year)
    said = read_decisions(settings, decision_copies(settings, files), recall, night, recovered, cache)
    report(f"读取处理意见：新填 {int(said.decisions['run_id'].eq(night.run_id).sum())} 条")
    return said


@step
def collect_files(
    settings: Settings, book: Yearbook, ahead: Ahead | None, cache: Cache, report: Report
) -> DataFrame[FoundFiles]:
    """The files below the year's folder."""
    report("清点文件")
    files = ahead.files if ahead else collect(settings, book.form, cache)
    report(f"发现文件 {len(files)} 个")
    return files


def _read_in_batches(
    files: DataFrame[FoundFiles],
    settings: Settings,
    book: Yearbook,
    references: References,
    cache: Cache,
    report: Report,
) -> list[Kept[Readings]]:
    """The readings of all files, some a task: on a cluster few, since many tasks are done at once."""
    report(f"读取申报表 {int(files['status'].eq('read').sum())} 个")
    parts = batches(files, FILES_A_PART if settings.dask else FILES_A_BATCH, FILES_A_PART)
    found = unmapped(found_files(files, settings.inputs))
    common = (unmapped(of_a_task(settings)), unmapped(book), unmapped(references), unmapped(cache))
    return [*chain.from_iterable(read_batch.map(parts, found, *common).result())]


@batch_step
def read_batch(
    parts: list[list[str]],
    found: dict[str, FoundFile],
    settings: Settings,
    book: Yearbook,
    references: References,
    cache: Cache,
) -> list[Kept[Readings]]:
    """The readings of one batch of the files ``found``, part by part."""
    return read_changed(parts, found, settings, book, references, cache)


@step
def identify_filings(
    files: DataFrame[FoundFiles],
    parts: list[Kept[Readings]],
    settings: Settings,
    cache: Cache,
    report: Report,
) -> Kept[Readings]:
    """All readings as one, with final ids and older versions marked."""
    depends = [files, [part.key for part in parts]]
    identified = cache.step("filings", depends, lambda: identify(stack(files, [part.value for part in parts])))
    if faults := stop_at_many_faults(identified.value.files, settings):
        report(faults)
    report(f"读到申报项目 {len(identified.value.filings)} 项")
    return identified


def _begin_to_validate(
    readings: Kept[Readings], settings: Settings, book: Yearbook, references: References, cache: Cache
) -> Callable[[], DataFrame[Findings]]:
    """Let the rules be asked beside what comes next; gives what waits for the findings. On a cluster, files are judged some at a
    time as far as they need no others."""
    depends = [readings.key, book, references]
    if not settings.dask:
        return cast(
            "Callable[[], DataFrame[Findings]]", validate_filings.submit(readings, book, references, cache).result
        )
    if cache.has(cache.key("findings", depends)):
        return partial(validate_filings.fn, readings, book, references, cache)
    parts = apart(readings.value, FILES_A_PART)
    of_files = validate_batch.map(parts, unmapped(book), unmapped(references))

    def findings() -> DataFrame[Findings]:
        across = validate(readings.value, book, references, only=ACROSS_FILES)
        found = pd.concat([*of_files.result(), across], ignore_index=True)
        return Findings.validate(found.sort_values(["file", "sheet"], kind="stable", ignore_index=True))

    return lambda: cache.step("findings", depends, findings).value


@batch_step
def validate_filings(
    readings: Kept[Readings], book: Yearbook, references: References, cache: Cache
) -> DataFrame[Findings]:
    """What is wrong with files, filings, participants and units."""
    depends = [readings.key, book, references]
    return cache.step("findings", depends, lambda: validate(readings.value, book, references)).value


@batch_step
def validate_batch(readings: Readings, book: Yearbook, references: References) -> DataFrame[Findings]:
    """What is wrong with some of the files, as far as that shows without the others."""
    return validate(readings, book, references, only=OF_ONE_FILE)


@step
def gather_findings(validated: Callable[[], DataFrame[Findings]], report: Report) -> DataFrame[Findings]:
    """The findings, when they are there."""
    findings = validated()
    report(f"核对通知条款，发现问题 {len(findings)} 条")
    return findings


@step
def link_filings(
    readings: Kept[Readings],
    references: References,
    book: Yearbook,
    yesterday: DataFrame[Members],
    said: Said,
    settings: Settings,
    cache: Cache,
    report: Report,
) -> Linked:
    """Which filings describe one group."""
    filings, participants = readings.value.filings, readings.value.participants
    verdicts = Verdicts(pair_verdicts(said, filings), lapsed_verdicts(said, filings))
    depends = [readings.key, references, book, verdicts, bool(settings.spark)]  # their last digits differ
    clustered = cache.step(
        "clusters", depends, lambda: cluster(filings, participants, references, book, verdicts, settings.spark)
    )
    linked = name_groups(clustered.value, yesterday)
    outcomes = linked.pairs["outcome"].value_counts()
    report(f"比对重复申报：自动合并 {outcomes.get('merged', 0)} 对，待判定 {outcomes.get('offered', 0)} 对")
    return linked


@step
def form_training_groups(
    readings: Kept[Readings], linked: Linked, references: References, book: Yearbook, cache: Cache
) -> DataFrame[Groups]:
    """The groups with their merged values."""
    filings, participants = readings.value.filings, readings.value.participants
    depends = [readings.key, linked.members, references, book]
    made = cache.step("groups", depends, lambda: form_groups(filings, participants, linked.members, references, book))
    return made.value


@step
def validate_groups(
    findings: DataFrame[Findings],
    readings: Kept[Readings],
    book: Yearbook,
    references: References,
    groups: DataFrame[Groups],
    linked: Linked,
    cache: Cache,
) -> DataFrame[Findings]:
    """The findings so far, those about groups, and that a group's other filings go where its lead goes."""
    offered = linked.pairs[linked.pairs["outcome"].eq("offered")]

    def of_groups() -> DataFrame[Findings]:
        given = ("group",), groups, linked.members, offered
        about_groups = validate(readings.value, book, references, *given)
        of_followers = told_of_followers(readings.value, linked.members, groups, book.form)
        return Findings.validate(pd.concat([about_groups, of_followers], ignore_index=True))

    depends = [readings.key, book, references, groups, linked.members, offered]
    about = cache.step("group_findings", depends, of_groups).value
    return Findings.validate(pd.concat([findings, about], ignore_index=True))


@step
def apply_decisions(
    findings: DataFrame[Findings], readings: Readings, linked: Linked, said: Said, run_id: str, report: Report
) -> Decided:
    """The findings and pairs with what reviewers decided about them."""
    decided = apply(findings, linked, readings.filings, said, run_id)
    holding = decided.standings["applied"]
    report(f"处理意见有效 {holding.sum()} 条，未生效或已失效 {(~holding).sum()} 条")
    return decided


@step
def settle_filings(
    readings: Readings, decided: Decided, linked: Linked, groups: DataFrame[Groups]
) -> tuple[DataFrame[Dispositions], Decided]:
    """Where each filing ended up; and what was decided, with what is told of it."""
    disposed = settle(readings.filings, decided.findings, linked.members, groups)
    kept = out_with_lead(decided.findings, disposed, linked.members, groups)
    return disposed, replace(decided, findings=kept)


@step
def rank_groups(
    groups: DataFrame[Groups], disposed: DataFrame[Dispositions], references: References, book: Yearbook
) -> DataFrame[RankedGroups]:
    """The groups with where each stands in the plan, or would stand, and why."""
    return rank(groups, disposed, references, book.notice)


@step
def assert_counts(
    yesterday: warehouse.LastNight, readings: Readings, groups: DataFrame[Groups], settings: Settings, report: Report
) -> None:
    """Stop a night that holds far less than the one before, unless that is accepted."""
    fallen = "；".join(falls(yesterday, readings.files, len(groups), settings.guards))
    if fallen and not settings.accept_fall:
        raise FallenCountError(f"与上一夜 {yesterday.run_id} 相比少得太多，没有入库，没有发布：{fallen}。{LIKELY}")
    if fallen:
        report(f"按 --accept-fall 放行：{fallen}")


@step
def load_night(connection: DuckDBPyConnection, made: _Made, report: Report) -> None:
    """The night's rows into the warehouse; the count must come out even."""
    report("入库并对账")
    made.load(connection)


@step
def publish_night(
    connection: DuckDBPyConnection,
    staging: Path,
    settings: Settings,
    book: Yearbook,
    run_id: str,
    alike: Alike,
    marking: Mark,
    cache: Cache,
    report: Report,
) -> str:
    """The night's workbooks, written into a folder beside the published one: those of the province while workers mark the
    copies for the units. The figures of the briefing in Markdown."""
    report("生成全省计划、异常清单和退回修改")
    view = _one_at_a_time(partial(warehouse.view_of_alike, connection, alike.since))
    with ThreadPoolExecutor(1) as beside:
        of_province = beside.submit(publish, view, staging, settings, book, cache, alike)
        copies = write_returns(staging, view, settings, cache, alike, marking)
        published = of_province.result()
        remember_as_written(cache, settings, staging / EXCEPTIONS, published.placed, run_id)
    report(f"生成退回修改 {len(copies)} 份")
    for copy in copies:
        if copy.unmarked is not None:
            report(f"不能在原件上批注，退回修改中只有意见：{copy.path}（{copy.unmarked.split('。')[0]}）")
    return published.briefing


@batch_step
def mark_batch(markings: list[Marking], settings: Settings) -> list[tuple[int, Marked | Failure]]:
    """Some of the workbooks to send back, marked, each with its place."""
    return [*mark(markings, settings)]


def _marking(settings: Settings) -> Mark:
    """What marks workbooks: the wall here, or the workers of the cluster, whose tasks belong to the flow and not to the step that waits
    for them."""
    if not settings.dask:
        return mark
    flow = copy_context()

    def mark_on_cluster(markings: Sequence[Marking], settings: Settings) -> Generator[tuple[int, Marked | Failure]]:
        starts = range(0, len(markings), FILES_A_PART)
        parts = [markings[start : start + FILES_A_PART] for start in starts]
        marked = flow.run(mark_batch.map, parts, unmapped(of_a_task(settings)))
        for start, part in zip(starts, marked, strict=True):
            yield from ((start + place, one) for place, one in part.result())

    return mark_on_cluster


def _one_at_a_time(view: View) -> View:
    """``view`` for several threads: a connection has one question at a time."""
    asking = Lock()

    def asked(name: str) -> pd.DataFrame:
        with asking:
            return view(name)

    return asked


@contextmanager
def _all_or_nothing(
    connection: DuckDBPyConnection,
    settings: Settings,
    night: warehouse.Night,
    said: Said,
    decisions: DataFrame[AppliedDecisions],
    report: Report,
) -> Iterator[Path]:
    """Warehouse and outputs of a night: within, its rows are loaded and its outputs written into the folder that is given; then
    both change, in one short stretch that no signal enters. What fails before leaves both as they were."""
    staging = handover.stage(settings.published, night.run_id)
    try:
        with warehouse.begun(connection):
            yield staging
            warehouse.end_run(connection, night.run_id, settings.year, datetime.now(), steps_so_far())
            ready = handover.make_ready(staging, settings.published, night.run_id, said.as_read)
    except BaseException:
        handover.discard(staging)
        raise
    with stopping.held_off():
        connection.commit()
        stopping.done(night.run_id)
        unwritten = decision_log.append(settings.decision_log, decisions, settings.year)
        notes = handover.swap_in(ready)
    for note in (*([f"【注意】{unwritten}。"] if unwritten else []), *notes):
        report(note)
    numbers = warehouse.numbered_nights(connection).set_index("run_id")["number"]
    handover.forget_old(settings.published, numbers.to_dict(), settings.history, settings.logs)


def _outcome(connection: DuckDBPyConnection, run_id: str, recovered: decision_log.Recovered) -> Outcome:
    run = warehouse.view(connection, "current_run").iloc[0]
    status = warehouse.view(connection, "current_file")["status"]
    return Outcome(
        run_id=run_id,
        files=int(run["files"]),
        unread={word: int(count) for word in UNREAD if (count := status.eq(word).sum())},
        filings=int(run["filings"]),
        findings=int(run["findings"]),
        groups=int(run["groups"]),
        went={word: int(run[word]) for word in DISPOSITIONS},
        told=recovered.told,
    )
