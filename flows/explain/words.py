"""How values and judgements are shown, in the terminal and on the page alike."""

import math
from datetime import date, datetime

import pandas as pd

from flows.explain.story import Pair, Story
from schemas.columns import FILING, by_name
from schemas.words import DISPOSITIONS, FINDING_STATUSES, PAIR_OUTCOMES

SHOWN = (
    "title",
    "organiser",
    "theme",
    "cross_region",
    "country",
    "institution",
    "start_date",
    "end_date",
    "days",
    "headcount",
    "budget",
    "otm_no",
    "letter_no",
    "content",
)
"""The columns of filings shown side by side; the content last, because it is long."""

COMPARED = {
    "subject": ("title",),
    "batch": ("title",),
    "dates": ("start_date", "end_date"),
    "office": ("organiser", "unit"),
}
"""Comparison → the columns that it reads, where they are not of its name."""

TITLES = {name: column.title for name, column in by_name(FILING).items()} | {
    "unit": "填报单位",
    "participant_units": "参团单位",
    "participants_sum": "参团单位人数合计",
    "shares_sum": "其他申报所填本单位人数合计",
}
_LONGEST = 60


def shown(value: object) -> str:
    """A value as an official reads it; 缺 where there is none."""
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)) or value is pd.NA:
        return "缺"
    if isinstance(value, bool) or type(value).__name__ == "bool":
        return "是" if value else "否"
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float):
        return f"{value:g}"
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def moment(value: object) -> str:
    """A point in time to the minute."""
    return "缺" if value is None or value is pd.NaT else f"{value:%Y-%m-%d %H:%M}"


def missing(value: object) -> bool:
    """Whether there is no value."""
    return shown(value) == "缺"


def place(filing: pd.Series) -> str:
    """Where a filing stands."""
    return f"{filing['file']} 第 {filing['row']} 行"


def letters(story: Story) -> dict[str, str]:
    """A short name for each filing told side by side: 甲, 乙, 丙 and so on."""
    names = "甲乙丙丁戊己庚辛壬癸"
    ids = story.filings["filing_id"].tolist()
    return {f: names[i] if i < len(names) else f"第{i + 1}件" for i, f in enumerate(ids)}


def pair_name(story: Story, pair: Pair) -> str:
    """The two filings of a pair by their short names, in the order told."""
    order = list(letters(story))
    first, second = sorted((pair.left, pair.right), key=lambda f: (order.index(f) if f in order else len(order), f))
    return f"{called(story, first)} 与 {called(story, second)}"


def told_first(story: Story) -> list[Pair]:
    """The pairs among the filings: those with the lead first, then the likeliest."""
    leads = set(story.filings.loc[story.filings["leads"], "filing_id"])
    return sorted(story.within, key=lambda pair: (not leads & {pair.left, pair.right}, -pair.weight, pair.pair_id))


def called(story: Story, filing_id: str) -> str:
    """The short name of a filing, or the title of one that is not told side by side."""
    known = letters(story)
    if filing_id in known:
        return known[filing_id]
    other = story.others[story.others["filing_id"].eq(filing_id)]
    return f"“{shown(other['title'].iloc[0])}”（{place(other.iloc[0])}）" if len(other) else filing_id


def outcome(pair: Pair) -> str:
    """What was done with a pair, and how likely the two are one group."""
    return f"{PAIR_OUTCOMES[pair.outcome]}，同一团组的可能性 {percent(pair.probability)}，分值 {pair.weight:+.1f}"


def percent(probability: float) -> str:
    """A probability as an official reads it: never a round 100 or 0 that it is not."""
    if probability > 0.9999:
        return "大于 99.99%"
    if probability < 0.0001:
        return "小于 0.01%"
    return f"{probability:.2%}"


def reviewer(pair: Pair) -> str | None:
    """What a reviewer said of a pair."""
    if pair.verdict is None:
        return None
    who = pair.reviewer or "未署名"
    return f"{who}判定“{pair.verdict}”" + (f"：{pair.note}" if pair.note else "")


def gone(disposition: object) -> str:
    """A disposition as an official reads it."""
    return DISPOSITIONS.get(str(disposition), shown(disposition))


def standing(story: Story) -> str:
    """In a sentence: what this group, filing or pair is, and where it is in the plan."""
    if story.kind == "pair":
        pair = next(pair for pair in story.within if pair.pair_id == story.id)
        return f"两条申报{outcome(pair)}。"
    if story.group is None:
        return f"该申报不在任何团组内，去向：{gone(story.filings['disposition'].iloc[0])}。"
    lead = story.filings[story.filings["leads"]].iloc[0]
    inside = lead["disposition"] == "included"
    told = f"{len(story.filings)} 条申报描述同一团组" if len(story.filings) > 1 else "只有一条申报"
    where = "已纳入全省计划" if inside else f"未纳入全省计划：牵头申报的去向是“{gone(lead['disposition'])}”"
    because = f"（{lead['because']}）" if not inside and not missing(lead["because"]) else ""
    return f"{told}，由{shown(lead['organiser'])}牵头，{where}{because}。"


def lead_reason(story: Story) -> str | None:
    """Why the lead leads, as the night wrote it down."""
    told = None if story.group is None else story.group.get("lead_reason")
    return told if isinstance(told, str) else None


def headcount(story: Story) -> str | None:
    """The merged headcount beside what the participants and the other filings say."""
    group = story.group
    if group is None:
        return None
    parts = [f"牵头申报的全团人数 {shown(group['headcount'])}"]
    parts += [
        f"{TITLES[name]} {shown(group[name])}"
        for name in ("participants_sum", "shares_sum")
        if name in group and not missing(group[name])
    ]
    return "，".join(parts) + "。"


def neighbours(story: Story) -> list[Pair]:
    """The pairs with filings outside worth telling: offered, or judged, or kept apart though much alike."""
    return [pair for pair in story.beyond if pair.outcome != "merged"]


def values(story: Story, comparison: str, filing_id: str) -> str:
    """What a comparison read of a filing."""
    rows = story.filings[story.filings["filing_id"].eq(filing_id)]
    if rows.empty:
        return ""
    return " / ".join(shown(rows.iloc[0].get(name)) for name in COMPARED.get(comparison, (comparison,)))


def in_group(night: pd.Series) -> str:
    """The group that a filing was in one night, and its part in it."""
    if missing(night["group_id"]):
        return "无"
    part = "单独" if night["filings"] < 2 else "牵头" if night["leads"] else "并入"
    return f"{night['group_id']}（{part}，{night['filings']} 条）"


def finding_state(finding: pd.Series) -> str:
    """Where a finding stands, or when it went away."""
    return FINDING_STATUSES[finding["status"]] if finding["stands"] else f"{moment(finding['last_seen'])} 后消失"


def decisions(story: Story) -> list[str]:
    """What reviewers said about these findings and pairs, a sentence each."""
    sentences = []
    for _, decision in story.decisions.iterrows():
        who = "未署名" if missing(decision["reviewer"]) else decision["reviewer"]
        note = "" if missing(decision["note"]) else f"：{decision['note']}"
        why = "" if missing(decision["why_not"]) else f"：{decision['why_not']}"
        holds = "" if shown(decision["applied"]) == "是" else f"（未生效或已失效{why}）"
        about = f"对 {decision['about']} 的意见“{decision['verdict']}”{note}"
        sentences.append(f"{moment(decision['decided_at'])} {who}{about}{holds}")
    return sentences
