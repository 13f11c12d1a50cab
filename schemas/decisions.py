"""What reviewers say: the words they may choose, what these mean, and what may be wrong with what they typed."""

from schemas.sheets import ID, NOTE, REVIEWER, TO_UNIT, VERDICT
from schemas.words import FINDING_VERDICTS, PAIR_VERDICTS

TAKE_BACK = "撤销"
"""Takes back what was last decided about a finding or a pair."""

KINDS = {"finding": "问题", "pair": "疑似重复"}
"""What a decision may be about."""

VERDICTS = {"finding": (*FINDING_VERDICTS, TAKE_BACK), "pair": (*PAIR_VERDICTS, TAKE_BACK)}
"""What may be said of each kind."""

STATUS_OF_VERDICT = {"同意": "accepted", "退回": "returned", "剔除": "excluded"}
"""Where a finding stands after a verdict that holds."""

PROBLEMS = {
    "unknown_verdict": f"{VERDICT}“{{said}}”不在可选项（{{words}}）之内",
    "asked_verdict": f"{VERDICT}“{{said}}”不是可选项，是要{{question}}？请选定一项",
    "no_choice": f"{VERDICT}“{{said}}”还不是决定；决定了请选{{words}}，没有决定的请选“{TAKE_BACK}”，想法写在{NOTE}",
    "no_verdict": f"填了{NOTE}，没有填{VERDICT}",
    "only_to_unit": f"只填了{TO_UNIT}，没有填{VERDICT}；这句话照常写给单位",
    "only_reviewer": f"只填了{REVIEWER}，没有填{VERDICT}",
    "cleared": f"{VERDICT}被清空；空白不算意见，要收回请填“{TAKE_BACK}”",
    "unknown_id": f"{ID}“{{about}}”不是任何一夜列出过的问题或疑似重复",
    "no_id": f"这一行没有{ID}，不知道意见是关于哪一条的",
    "contradicts": "同一条有不同的意见：{said}",
    "nothing_to_take_back": "没有可以撤销的意见",
}
"""Why something that was typed is no decision → the sentence for the reviewer."""

UNFINISHED = ("no_verdict", "only_to_unit", "only_reviewer", "cleared")
"""Problems of a row that was begun and not finished: what was typed is put back into the row the next morning."""

NO_VERDICT = ("unknown_verdict", "contradicts")
"""Problems of a row in which something stands that is no verdict: it stays there, marked, until somebody mends it."""

ABOUT_DECISIONS = "decision-"
"""How the rule_id begins of a finding that is about a decision or a workbook of decisions, never about a filing."""

UNCLEAR = f"{ABOUT_DECISIONS}unclear"
"""The rule_id of what is told of a decision that was not understood."""

COMPARED = {
    "title": "项目名称",
    "organiser": "组团单位",
    "country": "国家（地区）",
    "institution": "境外培训机构",
    "headcount": "申报人数",
    "days": "培训天数",
    "start_date": "拟出境日期",
    "end_date": "拟入境日期",
    "letter_no": "合作意向书编号",
    "otm_no": "系统项目编号",
}
"""The fields of both filings that a decision about a pair is about, and their names in what it keeps: these stay, whatever the
year's form calls them, since a decision ends when what it was made about changes."""
