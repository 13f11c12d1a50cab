"""Nights and what is otherwise between two of them, as lines for a reader and as JSON for a program."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from flows.nights.causes import KINDS, Cause
from flows.nights.compared import Comparison, Crossing, GroupChange, Moved, Value
from flows.nights.listed import ENDED, Night
from schemas.words import DISPOSITIONS

GROUP_CHANGES = {"new": "新出现的团组", "gone": "不再有的团组", "moved": "去向变化的团组", "changed": "内容变化的团组"}
"""How a group is otherwise, in the order in which it is told."""
_SAME = {True: "没有变化", False: "有改动", None: "是否有改动无从得知（有一夜没有记下）"}
_LONGEST = 60
"""Characters of a value that are shown."""


def listing(nights: list[Night]) -> Iterator[str]:
    """A line a night."""
    for night in nights:
        number = f"第 {night.number} 夜" if night.number else "夜次不明" if night.run_id else "未成夜"
        began = f"{night.started_at:%Y-%m-%d %H:%M}" if night.started_at else "时间不明"
        counts = f"；{_counts(night)}" if night.counts else ""
        name = f"　{night.run_id}" if night.run_id else ""
        why = f"：{night.why}" if night.why else ""
        yield f"{number}{name}　{began}　{ENDED[night.ended]}{why}{counts}"


def listing_as_json(nights: list[Night]) -> str:
    """The same for a program."""
    return _json([asdict(night) | {"ended_told": ENDED[night.ended]} for night in nights])


def lines(comparison: Comparison) -> Iterator[str]:
    """What is otherwise between two nights, and why."""
    yield f"从{_named(comparison.before)}到{_named(comparison.now)}"
    yield from _differing(comparison)
    for change, title in GROUP_CHANGES.items():
        groups = [group for group in comparison.groups if group.change == change]
        if groups:
            yield ""
            yield f"{title}（{len(groups)} 个）"
        for group in groups:
            yield from _group(group)
    if comparison.line:
        yield ""
        yield f"越过指标控制数的线的团组（{len(comparison.line)} 个）"
    for crossing in comparison.line:
        before, now = (beyond or "线以上" for beyond in (crossing.beyond_before, crossing.beyond_now))
        yield f"- {_called(crossing)}：{before} → {now}"
    if not comparison.groups and not comparison.line:
        yield "团组没有变化。"


def as_json(comparison: Comparison) -> str:
    """The same for a program."""
    causes = comparison.causes
    return _json(
        {
            "year": comparison.year,
            "before": asdict(comparison.before),
            "now": asdict(comparison.now),
            "differs": {
                "files": causes.files.to_dict("records"),
                "decisions": causes.decisions.to_dict("records"),
                "references": causes.references.to_dict("records"),
                "same_yearbook": causes.same_yearbook,
                "same_program": causes.same_program,
            },
            "groups": [asdict(group) for group in comparison.groups],
            "line": [asdict(crossing) for crossing in comparison.line],
        }
    )


def _json(told: Any) -> str:
    return json.dumps(told, ensure_ascii=False, indent=2, default=_plain)


def _plain(value: Any) -> Any:
    """What JSON has no word for: moments, and NumPy's numbers."""
    return value.isoformat() if isinstance(value, datetime) else value.item()


def _named(night: Night) -> str:
    return f"第 {night.number} 夜 {night.run_id}（{night.started_at:%Y-%m-%d %H:%M}）"


def _counts(night: Night) -> str:
    counts = night.counts
    went = "，".join(f"{title} {counts[word]}" for word, title in DISPOSITIONS.items() if counts[word])
    return (
        f"文件 {counts['files']}，申报 {counts['filings']}，团组 {counts['groups']}，问题 {counts['findings']}"
        f"{'；' + went if went else ''}"
    )


def _differing(comparison: Comparison) -> Iterator[str]:
    """What a night is made of, thing by thing: the same, otherwise, or unknown."""
    causes = comparison.causes
    told = {
        "file": causes.files_told([*causes.files.index]) if len(causes.files) else None,
        "decision": causes.decisions_told([*causes.decisions.index]) if len(causes.decisions) else None,
        "reference": causes.references_told([*causes.references.index]) if len(causes.references) else None,
    }
    yield "两夜之间："
    for kind, title in KINDS.items():
        if kind in told:
            yield f"  {told[kind] or f'{title}：没有变化'}"
        else:
            same = causes.same_yearbook if kind == "yearbook" else causes.same_program
            yield f"  {title}：{_SAME[same]}"


def _group(group: GroupChange) -> Iterator[str]:
    yield f"- {_called(group)}"
    yield from (f"    {line}" for line in _standing(group))
    yield from (f"    {_value(value)}" for value in group.values)
    yield from (f"    并入 {_moved(filing, '原属团组')}" for filing in group.came if group.change != "gone")
    yield from (f"    移出 {_moved(filing, '现属团组')}" for filing in group.left if group.change != "new")
    yield from (f"    新的问题：{message}" for message in group.found)
    yield from (f"    不再有的问题：{message}" for message in group.no_longer_found if group.change != "gone")
    yield from (f"    {line}" for line in _why(group.why))


def _called(group: GroupChange | Crossing) -> str:
    return f"{group.title or '（无名称）'}（{group.organiser or '单位未识别'}，团组 {group.group_id}）"


def _standing(group: GroupChange) -> Iterator[str]:
    before, now = (DISPOSITIONS[went] if went else None for went in (group.went_before, group.went_now))
    if group.change == "new":
        yield f"现：{now}{_because(group.because_now)}"
    elif group.change == "gone":
        yield f"原：{before}{_because(group.because_before)}"
    elif group.change == "moved":
        yield f"{before} → {now}{_because(group.because_now)}"
    else:
        yield f"去向未变：{now}"


def _because(because: str | None) -> str:
    return f"（{because}）" if because else ""


def _value(value: Value) -> str:
    return f"{value.title}：{_short(value.before)} → {_short(value.now)}"


def _short(text: str | None) -> str:
    if text is None:
        return "（空）"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _moved(filing: Moved, word: str) -> str:
    other = f"（{word} {filing.other_group}）" if filing.other_group else ""
    return f"{filing.file} 第 {filing.row} 行{other}"


def _why(why: tuple[Cause, ...]) -> Iterator[str]:
    if not why:
        yield "原因：两夜所依据的完全相同，请报告开发人员"
    elif why[0].certain:
        yield f"原因：{why[0].told}"
    else:
        near, far = ([cause.told for cause in why if cause.near is own] for own in (True, False))
        if near:
            yield f"可能的原因（与本团组直接有关）：{'。'.join(near)}"
        if far:
            yield f"{'也可能是' if near else '可能的原因'}：{'。'.join(far)}"
