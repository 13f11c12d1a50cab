"""What reviewers say: the titles they write under, the words they may choose, and what may be wrong with what they typed."""

from schemas.words import FINDING_VERDICTS, PAIR_VERDICTS

TAKE_BACK = "撤销"
"""Takes back what was last decided about a finding or a pair."""

VERDICT, NOTE, REVIEWER = "处理意见", "处理说明", "处理人"
"""The titles of the three columns that reviewers fill."""

ENTRIES = {VERDICT: 0, NOTE: 1, REVIEWER: 2}
"""The three columns → how far each stands from the first."""

ID = "编号"
"""The title of the column by which a row is known."""

TOLD_BY = {"是否有效", "读取之夜"}
"""Titles of a table that tells what was decided and is not there to decide in."""

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
