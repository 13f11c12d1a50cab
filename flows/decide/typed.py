"""What is typed in the workbooks: what differs from what each workbook's own night had put there, and what is wrong with it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import pandas as pd

from flows.decide.pair_value import PairValues
from flows.decide.workbooks import Source
from flows.publish import CUT_FROM, safe
from schemas.decisions import PROBLEMS, VERDICTS
from schemas.verdict_words import verdict_words

Words = tuple[str | None, str | None, str | None, str | None]
"""Verdict, note, reviewer and what is said to the unit, as typed."""


@dataclass(frozen=True)
class Typed:
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
    shown_number: int | None
    source: str
    sheet: str
    row: int
    to_unit: str | None = None
    problem: str | None = None
    reason: str | None = None

    @property
    def words(self) -> Words:
        """What was typed."""
        return self.verdict, self.note, self.reviewer, self.to_unit


def typed_in(read: Iterable[Source], past: Mapping[str, pd.DataFrame]) -> Iterator[Typed]:
    """What differs from what the workbook's own night had put there; words are compared as a cell can show them."""
    shown = {
        (row["about"], row["asked"], row["saved_at"]): row for row in records(past["shown"], past["shown"].columns)
    }
    compared = PairValues(past["compared"].set_index(["run_id", "filing_id"]))
    kept: dict[str | None, list[tuple[str | None, ...]]] = defaultdict(list)
    settled: set[tuple[str | None, Words, str | None]] = set()
    for decision in records(past["decisions"], ("about", "kind", "verdict", "note", "reviewer", "to_unit", "value")):
        kept[decision["about"]].append(words_of(decision))
        settled.add((decision["about"], words_of(decision), _seen(decision["kind"], decision["value"])))
    nights = dict(zip(past["nights"]["run_id"], past["nights"]["number"].tolist(), strict=True))
    for source in read:
        for row in source.said.rows:
            then = shown.get((row.about, source.said.shown_in, source.saved_at), {})
            typed = (row.verdict, row.note, row.reviewer, row.to_unit)
            verdict, note, reviewer, to_unit = (w and safe(w) for w in typed)
            words = verdict, note, reviewer, to_unit
            known = kept[row.about] if source.said.shown_in in nights else kept[row.about] or None
            if _was_told(words, known) if row.told else words == words_of(then):
                continue
            if (
                not then
                and source.said.shown_in not in nights
                and (row.about, words, _seen(row.kind, row.value)) in settled
            ):
                continue  # nothing tells any more what the workbook showed; as far as can be seen, it was this
            yield Typed(
                about=row.about,
                kind=then.get("kind") or row.kind,
                verdict=verdict,
                note=note,
                reviewer=reviewer,
                decided_at=source.saved_at,
                value=_value(row.value, then, compared),
                filing_id_l=then.get("filing_id_l"),
                filing_id_r=then.get("filing_id_r"),
                shown_in=(shown_in := then.get("night") or source.said.shown_in),
                shown_number=nights.get(shown_in),
                source=source.lineage,
                sheet=row.sheet,
                row=row.row,
                to_unit=to_unit,
                **_problem(row.about, row.kind, words, then),
            )


def one_a_matter(typed: Iterable[Typed]) -> list[Typed]:
    """What is typed, where several sheets of one workbook have a row of the same finding or pair and do not contradict each
    other as one: the verdict once, of the rest all that was written."""
    matters: dict[object, list[Typed]] = defaultdict(list)
    for place, said in enumerate(typed):
        matters[place if said.about is None else (said.source, said.shown_in, said.about)].append(said)
    told: list[Typed] = []
    for rows in matters.values():
        verdicts = {said.verdict for said in rows} - {None}
        apart = len(rows) == 1 or len(verdicts) > 1 or len({said.sheet for said in rows}) < len(rows)
        told += rows if apart else [_together(rows)]
    return told


def _together(rows: Sequence[Typed]) -> Typed:
    """The row with the verdict, with what the others say besides."""
    first = next((said for said in rows if said.verdict is not None), rows[0])
    note, reviewer, to_unit = (
        _all_of(getattr(said, name) for said in (first, *rows)) for name in ("note", "reviewer", "to_unit")
    )
    return replace(first, note=note, reviewer=reviewer, to_unit=to_unit)


def _all_of(texts: Iterable[str | None]) -> str | None:
    return "；".join(dict.fromkeys(filter(None, texts))) or None


def words_of(row: Mapping) -> Words:
    """What a row of a workbook or a decision says."""
    return row.get("verdict"), row.get("note"), row.get("reviewer"), row.get("to_unit")


def _was_told(words: tuple[str | None, ...], kept: list[tuple[str | None, ...]] | None) -> bool:
    """Whether a row of 已处理 tells what is known, or (``kept`` is None) what a lost warehouse knew."""
    return kept is None or any(all(map(_tells, words, known)) for known in kept)


def _tells(told: str | None, known: str | None) -> bool:
    """Whether a cell shows ``known``, of which 已处理 cuts what is long."""
    begin, cut, _ = (told or "").partition(CUT_FROM)
    return (known or "").startswith(begin) if cut else told == known


def _seen(kind: str | None, value: str | None) -> str | None:
    """What a row shows of the value that is decided about: of a pair nothing."""
    return as_seen(value) if value and kind == "finding" else None


def as_seen(value: str) -> str:
    """What is read back from the cell that shows ``value``."""
    return safe(value).strip()


def _value(seen: str | None, then: Mapping, compared: PairValues) -> str | None:
    if then.get("kind") == "pair" and then["value"] is None:
        return compared.of((then["run_id"], then["filing_id_l"]), (then["run_id"], then["filing_id_r"]))
    return then.get("value") if then else seen


def _problem(about: str | None, kind: str, words: Words, then: Mapping) -> dict[str, str]:
    """Why what was typed is no decision; nothing where it is one."""
    verdict, note, _, to_unit = words
    kind = then.get("kind") or kind
    if about is None:
        return _because("no_id")
    if not then:
        return _because("unknown_id", about=about)
    if verdict is None and then.get("verdict"):
        return _because("cleared")
    if verdict is None:
        return _because("no_verdict" if note else "only_to_unit" if to_unit else "only_reviewer")
    if verdict not in VERDICTS[kind]:
        return {"problem": "unknown_verdict", "reason": _asked_back(kind, verdict)}
    return {}


def _asked_back(kind: str, said: str) -> str:
    """What the reviewer is asked who wrote a word that is no verdict."""
    words, choices = "、".join(VERDICTS[kind]), verdict_words().choices(kind, said)
    if choices:
        question = f"“{'”，还是“'.join(choices)}”{'吗' * (len(choices) == 1)}"
        return sentence("asked_verdict", said=said, question=question)
    return sentence("unknown_verdict" if choices is None else "no_choice", said=said, words=words)


def _because(problem: str, **values: str) -> dict[str, str]:
    return {"problem": problem, "reason": sentence(problem, **values)}


def sentence(problem: str, **values: str) -> str:
    """What is wrong, for the reviewer; ``problem`` is a key of ``PROBLEMS``."""
    return PROBLEMS[problem].format(**values) + "。"


def records(frame: pd.DataFrame, columns: Iterable[str]) -> list[dict]:
    """Rows as mappings; what is missing is None."""
    names = list(columns)
    values = ([None if pd.isna(value) else value for value in frame[name].tolist()] for name in names)
    return [dict(zip(names, row, strict=True)) for row in zip(*values, strict=True)]
