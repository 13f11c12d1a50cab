"""What the exceptions workbook of a night showed, kept in a file beside it.

The workbook itself has by now what reviewers typed into it. What its night had put there the warehouse knows; where the
warehouse has lost that night, this file tells it, so that what was typed is still told from what was shown.
"""

import gzip
import json
import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from flows.decide.pair_value import PairValues
from flows.disk import written_at
from flows.handover import HISTORY
from flows.warehouse import Night
from schemas.decisions import COMPARED
from schemas.tables import (
    TEXT,
    DataFrame,
    DecidedFindings,
    DecidedPairs,
    DecisionReadings,
    Filings,
    NumberedNights,
    as_objects,
)

NAME = "本夜所示.json.gz"
"""In the published folder, and so below the history."""

Recall = Callable[[pd.DataFrame], Mapping[str, pd.DataFrame]]
"""What the warehouse remembers, as :data:`flows.decide.decisions.Recall` says it."""

_LOOKED_AT = 3
"""How many nights of the history that the warehouse does not know are looked at."""

_NO_NUMBER = 1_000_000
"""No night is numbered so high: somebody has changed the file."""

_BEGINS, _LONGEST_BEGINNING = re.compile(rb'\{"run_id": "([-0-9]+)"'), 100
_FINDINGS = ["finding_id", "value", "verdict", "note", "reviewer", "to_unit"]
_PAIRS = ["pair_id", "filing_id_l", "filing_id_r", "verdict", "note", "reviewer"]
_SHOWN = ["about", "kind", "value", "filing_id_l", "filing_id_r", "verdict", "note", "reviewer", "to_unit"]
_READINGS = ["source", "shown_in", "about", "verdict", "note", "reviewer", "to_unit"]
_BROKEN = (OSError, ValueError, KeyError, TypeError, EOFError, zlib.error)
"""What reading a file that is not there, or is no such file, may raise."""


@dataclass(frozen=True)
class AsShown:
    """A night and what its workbook ``shown``: a row a finding or pair, of a pair ``value`` its compared fields; ``readings``
    what that night had found typed."""

    night: Night
    shown: pd.DataFrame
    readings: pd.DataFrame


def shown(findings: DataFrame[DecidedFindings], pairs: DataFrame[DecidedPairs], filings: DataFrame[Filings]) -> bytes:
    """What the workbook of a night shows, compressed; ``filings`` current ones."""
    findings, pairs = (told.assign(verdict=told["unclear"].fillna(told["verdict"])) for told in (findings, pairs))
    return _compressed(_shown_rows(findings[_FINDINGS], pairs[_PAIRS], filings[["filing_id", *COMPARED]]))


def keep_as_shown(folder: Path, night: Night, readings: DataFrame[DecisionReadings], showed: bytes) -> None:
    """Write into ``folder`` what the workbook of ``night`` ``showed`` (:func:`shown`), and what that night found typed.

    Raises:
        OSError: it cannot be written.
    """
    told = {
        "run_id": night.run_id,
        "number": night.number,
        "started_at": night.started_at.replace(tzinfo=None).isoformat(),
        "readings": _rows(readings[_READINGS]),
    }
    begins = json.dumps(told, ensure_ascii=False).removesuffix("}") + ', "shown": '
    # What is compressed piece by piece is read as one.
    pieces = (_compressed(begins), showed, _compressed("}"))
    (folder / NAME).write_bytes(b"".join(pieces))


def _shown_rows(findings: pd.DataFrame, pairs: pd.DataFrame, filings: pd.DataFrame) -> str:
    """What is shown of findings and pairs, as JSON."""
    value = PairValues(filings.set_index("filing_id")).of
    values = [value(left, right) for left, right in zip(pairs["filing_id_l"], pairs["filing_id_r"], strict=True)]
    shown = pd.concat(
        [
            findings.rename(columns={"finding_id": "about"}).assign(kind="finding"),
            pairs.rename(columns={"pair_id": "about"}).assign(kind="pair", value=values),
        ],
        ignore_index=True,
    )
    return json.dumps(_rows(shown.reindex(columns=_SHOWN)), ensure_ascii=False)


def _compressed(text: str) -> bytes:
    return gzip.compress(text.encode("utf-8", "surrogatepass"), compresslevel=3, mtime=0)


def lost_nights(published: Path, known: Mapping[str, int]) -> list[AsShown]:
    """The nights that the warehouse has lost and that come after all of their year that are ``known`` (run_id → number), the
    last one last: the one whose folder is published, and the newest in the history, where a command that found the two
    apart may have put it."""
    history = [path for path in _listed(published / HISTORY, f"*/{NAME}") if path.parent.name not in known]
    newest = sorted(history, key=lambda path: written_at(path) or 0)[-_LOOKED_AT:]
    unknown = [path for path in (published / NAME, *newest) if _run_id(path) not in known]
    found = {told.night.run_id: told for path in unknown if (told := _told(path))}
    after = max(known.values(), default=0)
    lost = [told for run_id, told in found.items() if run_id not in known and told.night.number > after]
    return sorted(lost, key=lambda told: told.night.number)


def _listed(folder: Path, pattern: str) -> list[Path]:
    """The files of ``folder`` that match; none where it may not be looked into."""
    try:
        return [path for path in folder.glob(pattern) if path.is_file()]
    except OSError:
        return []


def lost_in(outputs: Path, nights: DataFrame[NumberedNights]) -> dict[int, list[Night]]:
    """Plan year → the nights that the warehouse has lost of it, as :func:`lost_nights` finds them; ``nights`` are those
    that it has. Nights are numbered through all years."""
    years = {int(folder.name): folder for folder in sorted(outputs.glob("[0-9][0-9][0-9][0-9]")) if folder.is_dir()}
    known = {year: of_year.set_index("run_id")["number"].to_dict() for year, of_year in nights.groupby("year")}
    found = {year: [told.night for told in lost_nights(folder, known.get(year, {}))] for year, folder in years.items()}
    return {year: lost for year, lost in found.items() if lost}


def with_lost_nights(recall: Recall, published: Path) -> Recall:
    """``recall``, and what it does not know of nights that the warehouse has lost, from the files beside their workbooks."""

    def recalled(asked: pd.DataFrame) -> Mapping[str, pd.DataFrame]:
        past = recall(asked)
        known = dict(zip(past["nights"]["run_id"], past["nights"]["number"].tolist(), strict=True))
        lost = {told.night.run_id: told for told in lost_nights(published, known)}
        for run_id in {*asked["shown_in"].dropna()} - known.keys() - lost.keys():
            if told := _of_night(published, run_id):
                lost[run_id] = told
        return _completed(past, asked, sorted(lost.values(), key=lambda told: told.night.number)) if lost else past

    return recalled


def _of_night(published: Path, run_id: str) -> AsShown | None:
    """What the workbook of a night showed, which is published or in the history; None where no file tells it."""
    for folder in (published, *sorted(published.glob(f"{HISTORY}/{run_id}*"))):
        told = _told(folder / NAME)
        if told and told.night.run_id == run_id:
            return told
    return None


def _completed(past: Mapping[str, pd.DataFrame], asked: pd.DataFrame, lost: list[AsShown]) -> dict[str, pd.DataFrame]:
    nights = pd.DataFrame([vars(one.night) for one in lost]).astype(past["nights"].dtypes.to_dict())
    nights = pd.concat([past["nights"], nights], ignore_index=True).sort_values("number", ignore_index=True)
    last = lost[-1]
    return {
        **past,
        "nights": nights,
        "readings": last.readings if nights["run_id"].iloc[-1] == last.night.run_id else past["readings"],
        "shown": _shown(past["shown"], asked, lost),
    }


def _shown(known: pd.DataFrame, asked: pd.DataFrame, lost: list[AsShown]) -> pd.DataFrame:
    """What is ``known`` of what was asked, and in its place what the nights of the workbooks showed where these are lost."""
    nights = [_night(named, saved, lost) for named, saved in zip(asked["shown_in"], asked["saved_at"], strict=True)]
    asking = asked.assign(night=nights)
    asking = asking.rename(columns={"shown_in": "asked"}).dropna(subset=["night"]).astype({"night": TEXT})
    showed = pd.concat([one.shown.assign(night=one.night.run_id) for one in lost], ignore_index=True)
    found = asking.merge(showed.astype({"night": TEXT}), on=["about", "night"]).assign(
        run_id=lambda rows: rows["night"]
    )
    keys = ["about", "asked", "saved_at"]
    of_lost = known[keys].merge(asking, on=keys, how="left")["night"].set_axis(known.index)
    is_found = known[keys].merge(found[[*keys, "kind"]], on=keys, how="left")["kind"].set_axis(known.index).notna()
    kept = known.assign(night=of_lost.fillna(known["night"]))[~is_found]
    return pd.concat([kept, found[known.columns]], ignore_index=True)


def _night(shown_in: object, saved_at: datetime, lost: list[AsShown]) -> str | None:
    """The lost night that wrote the workbook: the one that it names; where it names none, the last one before it was saved."""
    ids = [one.night.run_id for one in lost if shown_in == one.night.run_id]
    if pd.isna(shown_in):
        ids = [one.night.run_id for one in lost[-1:] if one.night.started_at <= saved_at]
    return ids[0] if ids else None


def _told(path: Path) -> AsShown | None:
    """What the file at ``path`` tells; None where it does not, or is no such file."""
    try:
        told: Any = json.loads(gzip.decompress(path.read_bytes()).decode("utf-8", "surrogatepass"))
        night = Night(str(told["run_id"]), int(told["number"]), datetime.fromisoformat(told["started_at"]))
        shown, readings = _frame(told["shown"], _SHOWN), _frame(told["readings"], _READINGS)
        return AsShown(night, shown.astype(TEXT), readings.astype(TEXT)) if 0 < night.number < _NO_NUMBER else None
    except _BROKEN:
        return None


def _run_id(path: Path) -> str | None:
    """The night that the file at ``path`` tells of, with which it begins: to know it is far cheaper than to know the rest."""
    try:
        with gzip.open(path) as told:
            begins = _BEGINS.match(told.read(_LONGEST_BEGINNING))
    except _BROKEN:
        return None
    return begins[1].decode() if begins else None


def _frame(rows: list[list[Any]], columns: list[str]) -> pd.DataFrame:
    """The rows that a file tells; those of earlier nights have fewer columns, without the last."""
    told = pd.DataFrame(rows)
    return told.set_axis(columns[: told.shape[1]], axis="columns").reindex(columns=columns)


def _rows(frame: pd.DataFrame) -> list[list[str | None]]:
    return as_objects(frame).to_numpy().tolist()
