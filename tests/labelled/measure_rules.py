"""How well the rules do on labelled filings: false alarms among the clean, misses among the faulty, by clause."""

from collections import defaultdict
from dataclasses import dataclass, field

from flows.validate import RULES
from schemas.notice import load_notice
from schemas.sureness import ClauseMeasured, Measured
from schemas.words import GRAVITY
from tests.labelled.filings import Labelled, findings

YEAR = 2020
"""The year whose notice is measured."""

_HEAD = """# 文字规则在标注样本（tests/labelled）上的实测，由 python -m tests.labelled measured 写出，不必手改。
# faulty 应提示的（条），found 提示了的，alarms 没有问题而被待核、退回的；unseen_ 是其中选词时没有看过的一半。
"""


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
    def alarms(self) -> set[str]:
        """The places of the clean filings that are held or returned."""
        return {one.place for score in self.by_clause.values() for one, _ in score.alarms}

    @property
    def faulty(self) -> int:
        """How many filings are faulty."""
        return sum(score.faulty for score in self.by_clause.values())

    @property
    def missed(self) -> int:
        """How many of the faulty have no finding under the right clause."""
        return sum(len(score.missed) for score in self.by_clause.values())

    @property
    def alarmed(self) -> float:
        """The share of clean filings that are held or returned."""
        return len(self.alarms) / self.clean

    @property
    def found(self) -> float:
        """The share of faulty filings with a finding under the right clause."""
        return 1 - self.missed / self.faulty


def measured(seen: RuleScore, unseen: RuleScore) -> Measured:
    """What both halves together come to, and the unseen one by itself, by clause as the notice orders them."""
    told = [
        clause.known_as
        for clause in load_notice(YEAR).clauses
        if clause.known_as in {*seen.by_clause, *unseen.by_clause}
    ]
    clauses = {}
    for clause in told:
        both = [half.by_clause.get(clause, ClauseScore()) for half in (seen, unseen)]
        faulty, found, alarms = (
            [one.faulty for one in both],
            [one.faulty - len(one.missed) for one in both],
            [len(one.alarms) for one in both],
        )
        clauses[clause] = ClauseMeasured(
            faulty=sum(faulty),
            found=sum(found),
            alarms=sum(alarms),
            unseen_faulty=faulty[1],
            unseen_found=found[1],
            unseen_alarms=alarms[1],
        )
    return Measured(clean=seen.clean + unseen.clean, unseen_clean=unseen.clean, clauses=clauses)


def as_file(told: Measured) -> str:
    """The file that keeps it."""
    lines = [_HEAD, f"clean = {told.clean}", f"unseen_clean = {told.unseen_clean}"]
    for clause, one in told.clauses.items():
        lines += ["", f'[clauses."{clause}"]', *(f"{name} = {count}" for name, count in one)]
    return "\n".join(lines) + "\n"


def rule_score(filings: list[Labelled]) -> RuleScore:
    """What the rules make of the filings."""
    by_clause: dict[str, ClauseScore] = defaultdict(ClauseScore)
    found = findings(filings)
    for one in filings:
        told = found[one.place]
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
