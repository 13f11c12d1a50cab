"""The door of reading: from what stands in workbooks to the decisions of the year."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import pandas as pd

from flows.cache import NOTHING_KEPT, Cache
from flows.decide.as_published import with_lost_nights
from flows.decide.new_decisions import new_decisions
from flows.decide.typed import Typed, one_a_matter, typed_in
from flows.decide.workbooks import RECENT_NIGHTS, WORKBOOK, Source, sources
from flows.decision_log import NAME, Recovered
from flows.read import FoundFile
from flows.settings import Settings
from flows.warehouse import Night
from schemas.tables import TEXT, DataFrame, DecisionReadings, Decisions, DecisionWorkbooks

Recall = Callable[[pd.DataFrame], Mapping[str, pd.DataFrame]]
"""What the warehouse remembers. Asked for ``about``, ``shown_in`` and ``saved_at`` it gives the frames ``nights``
(run_id, number, started_at), ``decisions`` (Decisions, in the order they were read), ``shown`` (what the workbook of a night had in
the row) and ``compared`` (the filings of the pairs among them, as that night had them)."""

_MISSING = "昨夜的异常清单不在原处（可能被移走、改名或删除）；已入库的处理意见继续有效。"
_OLDER = "是 {shown} 夜的旧表，不是最近一夜 {last} 的；其中新填的处理意见已读取。"


@dataclass(frozen=True)
class Said:
    """``decisions`` of the year in the order in which they were read, tonight's last; ``readings`` every row in which something
    is typed tonight; ``workbooks`` those looked through; ``as_read`` the sha256 of each workbook of the outputs, by name, as
    it was read (None where it was not)."""

    decisions: DataFrame[Decisions]
    readings: DataFrame[DecisionReadings]
    workbooks: DataFrame[DecisionWorkbooks]
    as_read: dict[str, str | None]


def read_decisions(
    settings: Settings,
    copies: Sequence[FoundFile],
    recall: Recall,
    night: Night,
    recovered: Recovered,
    cache: Cache = NOTHING_KEPT,
) -> Said:
    """Every decision of the year, those that ``night`` reads for the first time among them.

    ``copies`` are workbooks dropped in for their decisions (:func:`flows.collect.decision_copies`). Nothing in any of the
    workbooks stops the night: what cannot be opened or understood is kept with its reason. ``recovered`` is what
    was done about a warehouse that was lost. What ``cache`` knows of a workbook is not read again.
    """
    recall = with_lost_nights(recall, settings.published)
    nothing = recall(_asked([]))
    nights = nothing["nights"]
    last = nights.iloc[-1] if len(nights) else None
    read = sources(
        settings,
        copies,
        night.started_at,
        None if last is None else last["started_at"].to_pydatetime(),
        nights["run_id"].tail(RECENT_NIGHTS).tolist(),
        cache,
    )
    asked = _asked(read)
    past = recall(asked) if len(asked) else nothing
    typed = one_a_matter(typed_in(read, past))
    new = new_decisions(typed, past, night)
    known = past["decisions"].astype(Decisions.dtypes())
    decisions = pd.concat([known, new], ignore_index=True) if len(new) else known
    found = {source.path: source.sha256 for source in read if source.published}
    return Said(
        decisions=Decisions.validate(decisions),
        readings=_readings(typed),
        workbooks=_workbooks(read, nights["run_id"].tolist(), recovered.told),
        as_read={f"{WORKBOOK}.xlsx": None, **found},
    )


def _asked(read: Iterable[Source]) -> pd.DataFrame:
    rows = [
        (row.about, source.said.shown_in, source.saved_at) for source in read for row in source.said.rows if row.about
    ]
    asked = pd.DataFrame(rows, columns=["about", "shown_in", "saved_at"]).drop_duplicates()
    return asked.astype({"about": TEXT, "shown_in": TEXT, "saved_at": "datetime64[us]"})


def _readings(typed: Sequence[Typed]) -> DataFrame[DecisionReadings]:
    columns = DecisionReadings.names()
    frame = pd.DataFrame([asdict(said) for said in typed], columns=[field.name for field in fields(Typed)])[columns]
    return DecisionReadings.validate(frame.astype(DecisionReadings.dtypes()))


def _workbooks(read: Sequence[Source], nights: list[str], told: Sequence[str]) -> DataFrame[DecisionWorkbooks]:
    rows = [
        (
            source.path,
            source.sha256,
            source.said.shown_in,
            len(source.said.rows),
            source.problem or _older(source, nights),
        )
        for source in read
    ]
    if nights and not any(source.published and source.path.startswith(WORKBOOK) for source in read):
        rows.append((f"{WORKBOOK}.xlsx", None, None, 0, _MISSING))
    if told:
        rows.append((NAME, None, None, 0, "；".join(told) + "。"))
    frame = pd.DataFrame(rows, columns=DecisionWorkbooks.names())
    return DecisionWorkbooks.validate(frame.astype(DecisionWorkbooks.dtypes()))


def _older(source: Source, nights: list[str]) -> str | None:
    """The workbook that everybody opens should be the last night's."""
    shown = source.said.shown_in
    if Path(source.path).stem != WORKBOOK or not source.published or shown not in nights[:-1]:
        return None
    return _OLDER.format(shown=shown, last=nights[-1])
