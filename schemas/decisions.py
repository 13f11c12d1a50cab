"""What reviewers say: the words they may choose, and one pandera schema per table of the reviewer's loop."""

import pandera.pandas as pa

from schemas.tables import TEXT
from schemas.words import FINDING_VERDICTS, PAIR_VERDICTS

TAKE_BACK = "撤销"
"""Takes back what was last decided about a finding or a pair."""

VERDICT, NOTE, REVIEWER = "处理意见", "处理说明", "处理人"
"""The titles of the three columns that reviewers fill."""

KINDS = {"finding": "问题", "pair": "疑似重复"}
"""What a decision may be about."""

VERDICTS = {"finding": (*FINDING_VERDICTS, TAKE_BACK), "pair": (*PAIR_VERDICTS, TAKE_BACK)}
"""What may be said of each kind."""

STATUS_OF_VERDICT = {"同意": "accepted", "退回": "returned", "剔除": "excluded"}
"""Where a finding stands after a verdict that holds."""

PROBLEMS = {
    "unknown_verdict": "处理意见“{said}”不在可选项（{words}）之内",
    "no_verdict": "填了处理说明，没有填处理意见",
    "only_reviewer": "只填了处理人，没有填处理意见",
    "cleared": "处理意见被清空；空白不算意见，要收回请填“撤销”",
    "unknown_id": "编号“{about}”不是任何一夜列出过的问题或疑似重复",
    "no_id": "这一行没有编号，不知道意见是关于哪一条的",
    "contradicts": "同一条有不同的意见：{said}",
    "nothing_to_take_back": "没有可以撤销的意见",
}
"""Why something that was typed is no decision → the sentence for the reviewer."""

UNFINISHED = ("no_verdict", "only_reviewer", "cleared")
"""Problems of a row that was begun and not finished: what was typed is put back into the row the next morning."""

ABOUT_DECISIONS = "decision-"
"""How the rule_id begins of a finding that is about a decision or a workbook of decisions, never about a filing."""

COMPARED = (
    "title",
    "organiser",
    "country",
    "institution",
    "headcount",
    "days",
    "start_date",
    "end_date",
    "letter_no",
    "otm_no",
)
"""The fields of both filings that a decision about a pair is about."""


def _text(*, nullable: bool) -> pa.Column:
    return pa.Column(TEXT, nullable=nullable)


DECISIONS = pa.DataFrameSchema(
    {
        "decision_id": pa.Column(TEXT, unique=True),
        "about": _text(nullable=True),
        "kind": pa.Column(TEXT, pa.Check.isin(list(KINDS)), nullable=True),
        "verdict": _text(nullable=True),
        "note": _text(nullable=True),
        "reviewer": _text(nullable=True),
        "decided_at": pa.Column("datetime64[us]", nullable=False),
        "value": _text(nullable=True),
        "filing_id_l": _text(nullable=True),
        "filing_id_r": _text(nullable=True),
        "shown_in": _text(nullable=True),
        "source": _text(nullable=False),
        "sheet": _text(nullable=False),
        "row": pa.Column("int64", nullable=False),
        "problem": _text(nullable=True),
        "reason": _text(nullable=True),
        "run_id": _text(nullable=False),
    },
    name="decision",
)
"""One row a thing that a reviewer typed. ``about`` the finding_id or pair_id; ``decided_at`` when the workbook it stands
in was last saved; ``value`` what it was made about (a finding's value as filed, a pair's compared fields);
``filing_id_l`` and ``filing_id_r`` the filings of a pair; ``shown_in`` the night that wrote the workbook it was typed
into; ``source``, ``sheet``, ``row`` where it was read; ``problem`` a key of :data:`PROBLEMS` where it is not understood,
``reason`` the sentence; ``run_id`` the night that read it."""

STANDINGS = pa.DataFrameSchema(
    {
        "decision_id": pa.Column(TEXT, unique=True),
        "applied": pa.Column("bool", nullable=False),
        "why_not": _text(nullable=True),
    },
    name="decision_standing",
)
"""One row a decision in one night: whether it holds and, where not, why, in Chinese."""

READINGS = pa.DataFrameSchema(
    {
        "source": _text(nullable=False),
        "sheet": _text(nullable=False),
        "row": pa.Column("int64", nullable=False),
        "shown_in": _text(nullable=True),
        "about": _text(nullable=True),
        "verdict": _text(nullable=True),
        "note": _text(nullable=True),
        "reviewer": _text(nullable=True),
    },
    name="decision_reading",
)
"""One row a row of a workbook in which the night found something typed, new or not."""

WORKBOOKS = pa.DataFrameSchema(
    {
        "path": pa.Column(TEXT, unique=True),
        "sha256": _text(nullable=True),
        "shown_in": _text(nullable=True),
        "typed": pa.Column("int64", nullable=False),
        "problem": _text(nullable=True),
    },
    name="decision_workbook",
)
"""One row a workbook looked through for decisions: ``path`` relative to the year's outputs or to ``inputs``; ``typed`` the
rows with something in the three columns; ``problem`` what is wrong with it, in Chinese."""
