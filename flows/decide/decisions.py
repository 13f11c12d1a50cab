"""From what is written in workbooks to decisions: what is new in it, what it is about, and what is not understood."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

import pandas as pd

from flows.decide.pairs import pair_value
from flows.decide.sources import WORKBOOK, Source, sources
from flows.publish.look import safe
from flows.settings import Settings
from schemas.decisions import PROBLEMS, TAKE_BACK, VERDICTS
from schemas.tables import TEXT, DataFrame, DecisionReadings, Decisions, DecisionWorkbooks

Recall = Callable[[pd.DataFrame], Mapping[str, pd.DataFrame]]
"""What the warehouse remembers. Asked for ``about``, ``shown_in`` and ``saved_at`` it gives the frames ``nights``
(run_id, started_at), ``decisions`` (Decisions, in the order they were read), ``shown`` (what the workbook of a night had in
the row) and ``compared`` (the filings of the pairs among them, as that night had them)."""

_MISSING = "昨夜的异常清单不在原处（可能被移走、改名或删除）；已入库的处理意见继续有效。"
_CUT = "……（共"
"""How a text goes on in 已处理 that is too long for its cell."""
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


@dataclass(frozen=True)
class _Typed:
    """One thing typed, on its way to being a decision; the fields are those of Decisions."""

    about: str | None
    kind: str
    verdict: str | None
    note: str | None
    reviewer: str | None
    decided_at: datetime
    value: str | None
    filing_id_l: str | None
    filing_id_r: str | None
    shown_in: str | None
    source: str
    sheet: str
    row: int
    problem: str | None = None
    reason: str | None = None

    @property
    def words(self) -> tuple[str | None, str | None, str | None]:
        """What was typed."""
        return self.verdict, self.note, self.reviewer


def read_decisions(
    settings: Settings, copies: Sequence[Path], recall: Recall, run_id: str, started_at: datetime
) -> Said:
    """Every decision of the year, those read tonight for the first time among them (``run_id`` is tonight's).

    ``copies`` are workbooks dropped in for their decisions (:func:`flows.collect.decision_copies`). Nothing in any of the
    workbooks stops the night: what cannot be opened or understood is kept with its reason.
    """
    nights = recall(_asked([]))["nights"]
    last = nights.iloc[-1] if len(nights) else None
    read = sources(settings, copies, started_at, None if last is None else last["started_at"].to_pydatetime())
    past = recall(_asked(read))
    typed = list(_typed(read, past))
    new = _understand(typed, past, run_id)
    decisions = (
        pd.concat([past["decisions"].astype(_dtypes()), new], ignore_index=True) if len(new) else past["decisions"]
    )
    found = {source.path: source.sha256 for source in read if source.published}
    return Said(
        decisions=Decisions.validate(decisions.astype(_dtypes())),
        readings=_readings(typed),
        workbooks=_workbooks(read, nights["run_id"].tolist()),
        as_read={f"{WORKBOOK}.xlsx": None, **found},
    )


def _asked(read: Iterable[Source]) -> pd.DataFrame:
    rows = [
        (row.about, source.said.shown_in, source.saved_at) for source in read for row in source.said.rows if row.about
    ]
    asked = pd.DataFrame(rows, columns=["about", "shown_in", "saved_at"]).drop_duplicates()
    return asked.astype({"about": TEXT, "shown_in": TEXT, "saved_at": "datetime64[us]"})


def _typed(read: Iterable[Source], past: Mapping[str, pd.DataFrame]) -> Iterable[_Typed]:
    """What differs from what the workbook's own night had put there; words are compared as a cell can show them."""
    shown = {
        (row["about"], row["asked"], row["saved_at"]): row for row in _records(past["shown"], past["shown"].columns)
    }
    compared = past["compared"].set_index(["run_id", "filing_id"])
    kept: dict[str | None, list[tuple[str | None, ...]]] = defaultdict(list)
    for decision in _records(past["decisions"], _KEY):
        kept[decision["about"]].append(_words(decision))
    nights = set(past["nights"]["run_id"])
    for source in read:
        for row in source.said.rows:
            then = shown.get((row.about, source.said.shown_in, source.saved_at), {})
            verdict, note, reviewer = words = tuple(w and safe(w) for w in (row.verdict, row.note, row.reviewer))
            known = kept[row.about] if source.said.shown_in in nights else kept[row.about] or None
            if _was_told(words, known) if row.told else words == _words(then):
                continue
            yield _Typed(
                about=row.about,
                kind=then.get("kind") or row.kind,
                verdict=verdict,
                note=note,
                reviewer=reviewer,
                decided_at=source.saved_at,
                value=_value(row.value, then, compared),
                filing_id_l=then.get("filing_id_l"),
                filing_id_r=then.get("filing_id_r"),
                shown_in=then.get("night") or source.said.shown_in,
                source=source.lineage,
                sheet=row.sheet,
                row=row.row,
                **_problem(row.about, row.kind, verdict, note, then),
            )


def _words(row: Mapping) -> tuple[str | None, str | None, str | None]:
    return row.get("verdict"), row.get("note"), row.get("reviewer")


def _was_told(words: tuple[str | None, ...], kept: list[tuple[str | None, ...]] | None) -> bool:
    """Whether a row of 已处理 tells what is known, or (``kept`` is None) what a lost warehouse knew."""
    return kept is None or any(all(map(_tells, words, known)) for known in kept)


def _tells(told: str | None, known: str | None) -> bool:
    """Whether a cell shows ``known``, of which 已处理 cuts what is long."""
    begin, cut, _ = (told or "").partition(_CUT)
    return (known or "").startswith(begin) if cut else told == known


def _value(seen: str | None, then: Mapping, compared: pd.DataFrame) -> str | None:
    if then.get("kind") == "pair":
        return pair_value(compared, (then["run_id"], then["filing_id_l"]), (then["run_id"], then["filing_id_r"]))
    return then.get("value") if then else seen


def _problem(about: str | None, kind: str, verdict: str | None, note: str | None, then: Mapping) -> dict[str, str]:
    """Why what was typed is no decision; nothing where it is one."""
    kind = then.get("kind") or kind
    if about is None:
        return _because("no_id")
    if not then:
        return _because("unknown_id", about=about)
    if verdict is None and then.get("verdict"):
        return _because("cleared")
    if verdict is None:
        return _because("no_verdict" if note else "only_reviewer")
    if verdict not in VERDICTS[kind]:
        return _because("unknown_verdict", said=verdict, words="、".join(VERDICTS[kind]))
    return {}


def _because(problem: str, **values: str) -> dict[str, str]:
    return {"problem": problem, "reason": _reason(problem, **values)}


def _reason(problem: str, **values: str) -> str:
    return PROBLEMS[problem].format(**values) + "。"


def _understand(typed: list[_Typed], past: Mapping[str, pd.DataFrame], run_id: str) -> pd.DataFrame:
    """Decisions of what was not known before, contradictions and idle 撤销 marked."""
    new = _not_known(typed, past)
    understood: dict[str | None, list[dict]] = defaultdict(list)
    for row in _records(past["decisions"], (*_KEY, "run_id")):
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
            new[index] = replace(said, problem="contradicts", reason=_reason("contradicts", said=words))
        elif said.verdict == TAKE_BACK and not _to_take_back(said, understood[said.about]):
            new[index] = replace(said, problem="nothing_to_take_back", reason=_reason("nothing_to_take_back"))
    frame = pd.DataFrame(
        [asdict(said) for said in new], columns=[c for c in _COLUMNS if c not in ("decision_id", "run_id")]
    )
    frame["decision_id"] = _ids(new, past["decisions"])
    frame["run_id"] = run_id
    return frame[_COLUMNS].astype(_dtypes())


def _to_take_back(said: _Typed, earlier: Sequence[Mapping]) -> bool:
    """Whether one of the ``earlier`` decisions on the same matter, in their order, is there for 撤销 to take back."""
    backs = [(place, row) for place, row in enumerate(earlier) if row["verdict"] == TAKE_BACK]
    return any(
        takes_back(asdict(said), row) and not any(takes_back(back, row) for then, back in backs if then > place)
        for place, row in enumerate(earlier)
        if row["verdict"] != TAKE_BACK
    )


def takes_back(back: Mapping, earlier: Mapping) -> bool:
    """Whether 撤销 speaks of an earlier decision: about the same value, or one that its workbook already told."""
    shown = back["shown_in"]
    return earlier["value"] == back["value"] or (isinstance(shown, str) and earlier["run_id"] <= shown)


_COLUMNS = Decisions.names()
_KEY = ("about", "verdict", "note", "reviewer", "value", "shown_in", "source", "problem")


def _not_known(typed: list[_Typed], past: Mapping[str, pd.DataFrame]) -> list[_Typed]:
    """What is said for the first time.

    A workbook that spoke about the same thing last night says something new where its words are other ones; any other
    workbook, where nobody ever typed these words into the workbook of the same night.
    """
    last_night: dict[tuple, set[tuple]] = defaultdict(set)
    for row in _records(past["readings"], past["readings"].columns):
        last_night[row["source"], row["shown_in"], row["about"]].add(_words(row))
    ever = {(row["shown_in"], row["about"], _words(row)) for row in _records(past["decisions"], _KEY)}
    new: dict[tuple, _Typed] = {}
    for said in sorted(typed, key=lambda said: said.decided_at):
        before = last_night.get((said.source, said.shown_in, said.about))
        same = (said.shown_in, said.about, said.words)
        if same not in new and (said.words not in before if before else same not in ever):
            new[same] = said
    return list(new.values())


def _ids(new: list[_Typed], decisions: pd.DataFrame) -> list[str]:
    """One id a decision, from what it says about what; saying it again after something else is another decision."""
    times: dict[tuple, int] = defaultdict(int)
    for row in _records(decisions, _KEY):
        times[_identity(row)] += 1
    ids = []
    for said in new:
        identity = _identity(asdict(said))
        text = "\x1f".join("" if part is None else str(part) for part in (*identity, times[identity]))
        ids.append("d" + hashlib.sha256(text.encode()).hexdigest()[:15])
        times[identity] += 1
    return ids


def _identity(row: Mapping) -> tuple:
    return tuple(row[name] for name in ("about", "verdict", "note", "reviewer", "value", "shown_in"))


def _readings(typed: Sequence[_Typed]) -> DataFrame[DecisionReadings]:
    columns = DecisionReadings.names()
    frame = pd.DataFrame([asdict(said) for said in typed], columns=list(_Typed.__dataclass_fields__))[columns]
    return DecisionReadings.validate(frame.astype({name: "int64" if name == "row" else TEXT for name in columns}))


def _workbooks(read: Sequence[Source], nights: list[str]) -> DataFrame[DecisionWorkbooks]:
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
    frame = pd.DataFrame(rows, columns=DecisionWorkbooks.names())
    return DecisionWorkbooks.validate(
        frame.astype({"path": TEXT, "sha256": TEXT, "shown_in": TEXT, "typed": "int64", "problem": TEXT})
    )


def _older(source: Source, nights: list[str]) -> str | None:
    """The workbook that everybody opens should be the last night's."""
    shown = source.said.shown_in
    if Path(source.path).stem != WORKBOOK or not source.published or shown not in nights[:-1]:
        return None
    return _OLDER.format(shown=shown, last=nights[-1])


def _records(frame: pd.DataFrame, columns: Iterable[str]) -> list[dict]:
    """Rows as mappings; what is missing is None."""
    names = list(columns)
    values = ([None if pd.isna(value) else value for value in frame[name].tolist()] for name in names)
    return [dict(zip(names, row, strict=True)) for row in zip(*values, strict=True)]


def _dtypes() -> dict[str, object]:
    return {name: TEXT for name in _COLUMNS if name not in ("decided_at", "row")} | {
        "decided_at": "datetime64[us]",
        "row": "int64",
    }
