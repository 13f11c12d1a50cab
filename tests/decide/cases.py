"""What the tests of decisions share: findings and pairs to decide about, and what is told of them afterwards."""

import pandas as pd

from flows.link import pair_id

HOLD = {"finding_id": "a1", "severity": "hold", "value": "25", "file": "2020/甲.xlsx", "cell": "M4"}
OTHER = {"finding_id": "b2", "severity": "hold", "value": "x", "filing_id": "f1"}
PAIR = ("f0", "f1")
PAIR_ID = pair_id(*PAIR)
ID, OTHER_ID = "00ab34cd00ab34cd", "11ab34cd11ab34cd"
KNOWN = [{**HOLD, "finding_id": ID}, {**OTHER, "finding_id": OTHER_ID}]


def status(decided, about="a1"):
    return decided.findings.set_index("finding_id").at[about, "status"]


def entry(decided, about="a1"):
    row = decided.findings.set_index("finding_id").loc[about]
    return tuple(None if pd.isna(row[name]) else row[name] for name in ("verdict", "note", "reviewer"))


def told(decided, rule="decision-unclear"):
    """What the findings about decisions themselves say."""
    return decided.findings.loc[decided.findings["rule_id"].eq(rule), "message"].tolist()


def history(desk):
    """(verdict, applied tonight, why not) in the order in which they were read."""
    state = desk.view("decision_state").iloc[::-1]
    return [(v, bool(a), w) for v, a, w in zip(state["verdict"], state["applied"], state["why_not"], strict=True)]
