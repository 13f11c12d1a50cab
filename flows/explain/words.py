"""How values and judgements are shown, in the terminal and on the page alike."""

import math
import re
from collections.abc import Iterable
from datetime import date, datetime

import pandas as pd

from flows.explain.story import Pair, Story
from schemas.decisions import KINDS
from schemas.words import DISPOSITIONS, FILE_STATUSES, FINDING_STATUSES, PAIR_OUTCOMES

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

_BESIDE = {
    "unit": "填报单位",
    "participant_units": "参团单位",
    "participants_sum": "参团单位人数合计",
    "shares_sum": "其他申报所填本单位人数合计",
}
_NO_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that would steer a terminal or turn a line round."""

_DIGEST_SHOWN = 12
_MOST_CHANGES, _MOST_CHARACTERS = 8, 40


def title(story: Story, name: str) -> str:
    """What a column is called."""
    return story.titles.get(name) or _BESIDE.get(name, name)


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
    return plain(value)


def plain(value: object) -> str:
    """Text without the characters that would steer a terminal; what offices typed is not to be trusted."""
    return _NO_TEXT.sub("", str(value))


def moment(value: object) -> str:
    """A point in time to the minute."""
    return "缺" if value is None or value is pd.NaT else f"{value:%Y-%m-%d %H:%M}"


def missing(value: object) -> bool:
    """Whether there is no value."""
    return shown(value) == "缺"


def place(filing: pd.Series) -> str:
    """Where a filing stands."""
    return plain(f"{filing['file']} 第 {filing['row']} 行")


def differ(values: Iterable[object]) -> bool:
    """Whether the filings do not all say the same."""
    return len({shown(value) for value in values}) > 1


def columns(story: Story) -> list[str]:
    """The columns worth showing: of one filing all, of several those that matter, differ or were taken from another."""
    others = [name for name in story.titles if name not in (*SHOWN, "seq")]
    if len(story.filings) > 1:
        others = [name for name in others if name in story.sources or differ(story.filings[name])]
    return [*SHOWN, *others]


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


def as_of(story: Story) -> str:
    """Of which night this is told, and whether a later night no longer knows it."""
    told = f"{story.year} 年，{moment(story.started_at)} 一夜（{story.run_id}）的结果。"
    if story.last_night > story.started_at:
        return f"{told}最近一夜（{moment(story.last_night)}）已没有这一条。"
    return told


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


def digest(sha256: object) -> str:
    """The beginning of a file's digest: the same where the file is the same."""
    return shown(sha256)[:_DIGEST_SHOWN]


def letters(story: Story) -> dict[str, str]:
    """A short name for each filing told side by side: 甲, 乙, 丙 and so on."""
    names = "甲乙丙丁戊己庚辛壬癸"
    ids = story.filings["filing_id"].tolist()
    return {f: names[i] if i < len(names) else f"第{i + 1}件" for i, f in enumerate(ids)}


def pair_name(story: Story, pair: Pair) -> str:
    """The two filings of a pair by their short names, in the order told."""
    first, second = in_order(story, pair)
    return f"{called(story, first)} 与 {called(story, second)}"


def in_order(story: Story, pair: Pair) -> tuple[str, str]:
    """The two filings of a pair in the order told."""
    order = list(letters(story))
    told = [filing for filing in order if filing in (pair.left, pair.right)]
    others = [filing for filing in (pair.left, pair.right) if filing not in order]
    first, second = told + others
    return first, second


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
    return plain(f"{who}判定“{pair.verdict}”" + (f"：{pair.note}" if pair.note else ""))


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
        f"{title(story, name)} {shown(group[name])}"
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
