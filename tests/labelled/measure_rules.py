"""How well the rules do on labelled filings: false alarms among the clean, misses among the faulty, by clause."""

from collections import defaultdict
from dataclasses import dataclass, field

from flows.validate import RULES
from schemas.words import GRAVITY
from tests.labelled.filings import Labelled, findings


@dataclass
class ClauseScore:
    """Of one clause: ``faulty`` filings and those ``missed``; ``alarms`` are clean filings held or returned under it, with the
    rule that did; ``hints`` how many clean filings it only points out."""

    faulty: int = 0
    hints: int = 0
    missed: list[Labelled] = field(default_factory=list)
    alarms: list[tuple[Labelled, str]] = field(default_factory=list)


@dataclass(frozen=True)
class RuleScore:
    """Of all: how many ``clean`` filings, and by clause what the rules made of them and of the faulty."""

    clean: int
    by_clause: dict[str, ClauseScore]

    @property
    def alarmed(self) -> float:
        """The share of clean filings that are held or returned."""
        numbers = {one.number for score in self.by_clause.values() for one, _ in score.alarms}
        return len(numbers) / self.clean

    @property
    def found(self) -> float:
        """The share of faulty filings with a finding under the right clause."""
        faulty = sum(score.faulty for score in self.by_clause.values())
        return 1 - sum(len(score.missed) for score in self.by_clause.values()) / faulty


def rule_score(filings: list[Labelled]) -> RuleScore:
    """What the rules make of the filings."""
    by_clause: dict[str, ClauseScore] = defaultdict(ClauseScore)
    found = findings(filings)
    for one in filings:
        told = found[one.number]
        if one.faulty:
            by_clause[one.clause].faulty += 1
            if not told["clause"].eq(one.clause).any():
                by_clause[one.clause].missed.append(one)
            continue
        for row in told.itertuples():
            if GRAVITY[row.severity] <= GRAVITY["hold"]:
                by_clause[row.clause].alarms.append((one, f"{row.rule_id}：{row.message}"))
            elif row.rule_id in RULES:
                by_clause[row.clause].hints += 1
    return RuleScore(sum(not one.faulty for one in filings), dict(by_clause))
