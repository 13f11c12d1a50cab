"""Which of what is typed is a new decision, with its id; contradictions and idle 撤销 are told from it."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace

import pandas as pd

from flows.decide.typed import Typed, records, sentence, words_of
from flows.warehouse import Night
from schemas.decisions import NO_VERDICT, TAKE_BACK, UNFINISHED
from schemas.tables import Decisions

_COLUMNS = Decisions.names()
_OF_TONIGHT = ("decision_id", "run_id", "number")
_KEY = ("about", "verdict", "note", "reviewer", "to_unit", "value", "shown_in", "source", "problem")


def new_decisions(typed: Sequence[Typed], past: Mapping[str, pd.DataFrame], night: Night) -> pd.DataFrame:
    """Decisions of what was not known before ``night``, contradictions and idle 撤销 marked."""
    new = _not_known(typed, past)
    understood: dict[str | None, list[dict]] = defaultdict(list)
    stays: dict[str | None, bool] = {}
    for row in records(past["decisions"], (*_KEY, "number")):
        stays[row["about"]] = row["problem"] in (*UNFINISHED, *NO_VERDICT)
        if row["problem"] is None:
            understood[row["about"]].append(row)
    verdicts: dict[tuple, set[str | None]] = defaultdict(set)
    for said in new:
        if said.problem is None:
            verdicts[said.about, said.value].add(said.verdict)
    for index, said in enumerate(new):
        if said.problem is not None:
            continue
        if len(verdicts[said.about, said.value]) > 1:
            words = "、".join(f"“{word}”" for word in sorted(filter(None, verdicts[said.about, said.value])))
            new[index] = replace(said, problem="contradicts", reason=sentence("contradicts", said=words))
        elif (
            said.verdict == TAKE_BACK and not stays.get(said.about) and not _to_take_back(said, understood[said.about])
        ):
            new[index] = replace(said, problem="nothing_to_take_back", reason=sentence("nothing_to_take_back"))
    frame = pd.DataFrame([asdict(said) for said in new], columns=[c for c in _COLUMNS if c not in _OF_TONIGHT])
    frame["decision_id"] = _ids(new, past["decisions"])
    frame["run_id"], frame["number"] = night.run_id, night.number
    return frame[_COLUMNS].astype(Decisions.dtypes())


def _to_take_back(said: Typed, earlier: Sequence[Mapping]) -> bool:
    """Whether one of the ``earlier`` decisions on the same matter, in their order, is there for 撤销 to take back."""
    backs = [(place, row) for place, row in enumerate(earlier) if row["verdict"] == TAKE_BACK]
    return any(
        takes_back(asdict(said), row) and not any(takes_back(back, row) for then, back in backs if then > place)
        for place, row in enumerate(earlier)
        if row["verdict"] != TAKE_BACK
    )


def takes_back(back: Mapping, earlier: Mapping) -> bool:
    """Whether 撤销 speaks of an earlier decision: about the same value, or one that its workbook already told."""
    shown = back["shown_number"]
    return earlier["value"] == back["value"] or (shown is not None and earlier["number"] <= shown)


def _not_known(typed: Sequence[Typed], past: Mapping[str, pd.DataFrame]) -> list[Typed]:
    """What is said for the first time: a workbook is read every night, with all that was ever typed into it.

    If last night something was typed about the same thing in the same workbook, only other words than those are new. If
    not, words are new unless some copy of that night's workbook has already said them about the same thing.
    """
    last_night: dict[tuple, set[tuple]] = defaultdict(set)
    for row in records(past["readings"], past["readings"].columns):
        last_night[row["source"], row["shown_in"], row["about"]].add(words_of(row))
    ever = {(row["shown_in"], row["about"], words_of(row)) for row in records(past["decisions"], _KEY)}
    new: dict[tuple, Typed] = {}
    for said in sorted(typed, key=lambda said: said.decided_at):
        before = last_night.get((said.source, said.shown_in, said.about))
        same = (said.shown_in, said.about, said.words)
        if same not in new and (said.words not in before if before else same not in ever):
            new[same] = said
    return list(new.values())


def _ids(new: list[Typed], decisions: pd.DataFrame) -> list[str]:
    """One id a decision, from what it says about what; saying it again after something else is another decision."""
    times: dict[tuple, int] = defaultdict(int)
    for row in records(decisions, _KEY):
        times[_identity(row)] += 1
    ids = []
    for said in new:
        identity = _identity(asdict(said))
        text = "\x1f".join("" if part is None else str(part) for part in (*identity, times[identity]))
        ids.append("d" + hashlib.sha256(text.encode()).hexdigest()[:15])
        times[identity] += 1
    return ids


def _identity(row: Mapping) -> tuple:
    told = tuple(row[name] for name in ("about", "verdict", "note", "reviewer", "value", "shown_in"))
    return told if row["to_unit"] is None else (*told, row["to_unit"])
