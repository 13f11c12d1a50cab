"""How much the plan is in all."""

import pandas as pd

from flows.publish.night import Night

PRELIMINARY = "本表为预审汇总：正式通知下发前不作审批（通知四（六）1），以正式批复为准。"


def total(night: Night) -> str:
    """How much the plan is in all, and how much of it stands below the line of 指标控制数."""
    plan = night.view("plan")
    told = f"共 {_sum(plan)}，经费预算 {budget_of(plan):,.2f} 万元。"
    above, below = plan[plan["beyond"].isna()], plan[plan["beyond"].notna()]
    if below.empty:
        return told
    return f"{told}其中线上 {_sum(above)}；序号 {int(below['seq'].iloc[0])} 起 {_sum(below)}超出指标控制数，列在线下。"


def budget_of(plan: pd.DataFrame) -> float:
    """The budget of these groups (万元); what is no figure, as an office's 1E+999, counts nothing."""
    return round(float(plan["budget"].replace([float("inf"), float("-inf")], None).sum()), 6)


def _sum(plan: pd.DataFrame) -> str:
    return f"{len(plan)} 个团组 {int(plan['headcount'].sum()):,} 人"
