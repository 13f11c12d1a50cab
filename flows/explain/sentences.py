"""The story in sentences, for the terminal and the page alike."""

import pandas as pd

from flows.explain.side_by_side import letters, title
from flows.explain.story import Pair, Story
from flows.explain.values import digest, missing, moment, percent, place, plain, shown
from schemas.decisions import KINDS
from schemas.words import DISPOSITIONS, FILE_STATUSES, FINDING_STATUSES, PAIR_OUTCOMES

_MOST_CHANGES, _MOST_CHARACTERS = 8, 40
"""Of the cells that changed how many are told, and how much of each value."""


def as_of(story: Story) -> str:
    """Of which night this is told, and whether a later night no longer knows it."""
    told = f"{story.year} 年，{moment(story.started_at)} 一夜（{story.run_id}）的结果。"
    if not story.is_last:
        return f"{told}最近一夜（{moment(story.last_night)}）已没有这一条。"
    return told


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


def legend(story: Story) -> list[str]:
    """Each filing told: its short name, its id and where it stands."""
    several = len(story.filings) > 1
    names = letters(story)
    lines = []
    for _, filing in story.filings.iterrows():
        marks = ["牵头"] * bool(several and filing["leads"]) + ["所问"] * bool(
            several and filing["filing_id"] == story.id
        )
        marked = f"（{'，'.join(marks)}）" if marks else ""
        lines.append(f"{names[filing['filing_id']]}{marked} {filing['filing_id']} {place(filing)}")
    return lines


def file(story: Story) -> str | None:
    """The file that a filing stands in, in a sentence."""
    found = story.file
    if found is None:
        return None
    parts = [
        plain(found["path"]),
        FILE_STATUSES[found["status"]],
        f"填报单位 {shown(found['unit'])}",
        f"申报项目 {found['filings']} 项",
        f"内容摘要 {digest(found['sha256'])}",
    ]
    reason = "" if missing(found["reason"]) else plain(found["reason"])
    return "，".join(parts) + "。" + reason


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
        f"{title(story, name)} {shown(group[name])}"
        for name in ("participants_sum", "shares_sum")
        if name in group and not missing(group[name])
    ]
    return "，".join(parts) + "。"


def outcome(pair: Pair) -> str:
    """What was done with a pair, and how likely the two are one group."""
    return f"{PAIR_OUTCOMES[pair.outcome]}，同一团组的可能性 {percent(pair.probability)}，分值 {pair.weight:+.1f}"


def reviewer(pair: Pair) -> str | None:
    """What a reviewer said of a pair."""
    if pair.verdict is None:
        return None
    who = pair.reviewer or "未署名"
    return plain(f"{who}判定“{pair.verdict}”" + (f"：{pair.note}" if pair.note else ""))


def gone(disposition: object) -> str:
    """A disposition as an official reads it."""
    return DISPOSITIONS.get(str(disposition), shown(disposition))


def part(night: pd.Series) -> str:
    """The part of a filing in the group that it was in one night."""
    if missing(night["group_id"]):
        return "不在团组"
    role = "单独" if night["filings"] < 2 else "牵头" if night["leads"] else "并入"
    return f"{role}，{night['filings']} 条"


def version_state(version: pd.Series) -> str:
    """Whether a version counts, or what took its place."""
    return "现行" if missing(version["superseded_by"]) else plain(version["superseded_by"])


def changed(story: Story, changes: pd.DataFrame, key: str, value: object) -> str:
    """The cells that changed in one night, or in which a version differs, in a sentence."""
    rows = changes[changes[key].eq(value)] if len(changes) else changes
    told = [
        f"{title(story, row['column'])}{_at(row['cell'])}由“{_filed(row['before'])}”变为“{_filed(row['now'])}”"
        for row in rows.head(_MOST_CHANGES).to_dict("records")
    ]
    more = f"等 {len(rows)} 处" if len(rows) > len(told) else ""
    return plain("；".join(told)) + more


def _at(cell: object) -> str:
    return "" if missing(cell) else f"（{cell}）"


def _filed(value: object) -> str:
    """A value as filed, as much of it as a line has room for."""
    text = "空" if missing(value) else " ".join(str(value).split())
    return text if len(text) <= _MOST_CHARACTERS else f"{text[:_MOST_CHARACTERS]}…"


def finding_state(finding: pd.Series) -> str:
    """Where a finding stands, or when it went away."""
    return FINDING_STATUSES[finding["status"]] if finding["stands"] else f"{moment(finding['last_seen'])} 后消失"


def decisions(story: Story) -> list[str]:
    """What reviewers said about these findings and pairs, a sentence each."""
    sentences = []
    for _, decision in story.decisions.iterrows():
        who = "未署名" if missing(decision["reviewer"]) else decision["reviewer"]
        note = "" if missing(decision["note"]) else f"：{decision['note']}"
        why = "" if missing(decision["why_not"]) else f"：{str(decision['why_not']).rstrip('。')}"
        holds = "有效" if shown(decision["applied"]) == "是" else f"不再适用{why}"
        verdict = "未填处理意见" if missing(decision["verdict"]) else f"“{decision['verdict']}”"
        of_finding = decision["kind"] == "finding" and not missing(decision["value"])
        value = f"，当时的填报值“{decision['value']}”" if of_finding else ""
        about = f"对{KINDS.get(decision['kind'], '')} {decision['about']}：{verdict}{note}{value}"
        sentences.append(plain(f"{moment(decision['decided_at'])} {who}{about}。（{holds}）"))
    return sentences
