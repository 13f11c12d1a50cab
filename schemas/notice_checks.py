"""What must agree within a year's notice, and with the words of 单位名录."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from schemas.data_file import Place
from schemas.ranking import ranking_slips
from schemas.weighing import weighing_slips
from schemas.words import LEVELS, NATURES

if TYPE_CHECKING:
    from schemas.notice import Notice

VOCABULARIES = ("priority_class", "training_type", "funding_source", "expert_review", "green_channel")
"""The vocabularies that rules ask for by name."""


def contradictions(notice: "Notice", year: int) -> Iterator[tuple[Place, str]]:
    """What each part by itself does not show: words that no vocabulary has, lists that do not fit together."""
    if notice.year != year:
        yield ("year",), f"年份写的是 {notice.year}，文件名是 {year}"
    for name in (name for name in VOCABULARIES if not notice.vocabularies.get(name)):
        yield ("vocabularies", name), f"缺少词表 {name}，或其中没有词"
    if notice.limits.days_least > notice.limits.days_most:
        yield ("limits", "days_least"), f"天数下限 {notice.limits.days_least} 大于上限 {notice.limits.days_most}"
    for place, (shorter, longer) in enumerate(pairwise(notice.lengths), 1):
        if shorter.to >= longer.to:
            yield ("lengths", place, "to"), f"各段应从短到长，{longer.to} 天排在 {shorter.to} 天之后"
    yield from _unknown_words(notice)
    yield from _unknown_units(notice)
    yield from _held_without_reason(notice)
    yield from _unknown_systems(notice)
    yield from _said_twice(notice)
    yield from _themes_of_nobody(notice)
    yield from _broken_patterns(notice)
    yield from _clauses_without(notice)
    yield from weighing_slips(notice)
    yield from ranking_slips(notice)


def _unknown_words(notice: "Notice") -> Iterator[tuple[Place, str]]:
    types = ("political_types", "managing_types", "specialist_types", "formal_types")
    meant = dict.fromkeys(types, "training_type") | {
        "government_agreement": "green_channel",
        "central_funding": "funding_source",
        "review_rejected": "expert_review",
        "review_pending": "expert_review",
    }
    for key, vocabulary in meant.items():
        for word in getattr(notice.meanings, key):
            if word not in notice.vocabularies.get(vocabulary, ()):
                yield ("meanings", key), f"“{word}”不在词表 {vocabulary} 中"
    numbers = {clause.known_as for clause in notice.clauses}
    for place, condition in enumerate(notice.classes):
        if condition.name not in notice.vocabularies.get("priority_class", ()):
            yield ("classes", place, "name"), f"“{condition.name}”不在词表 priority_class 中"
        for word in condition.types:
            if word not in notice.vocabularies.get("training_type", ()):
                yield ("classes", place, "types"), f"“{word}”不在词表 training_type 中"
        if condition.clause not in numbers:
            yield ("classes", place, "clause"), f"条款 {condition.clause} 不在条款表 [[clauses]] 中"


def _held_without_reason(notice: "Notice") -> Iterator[tuple[Place, str]]:
    for place, field in enumerate(notice.reserved):
        if field.hold and not field.reason.strip():
            yield ("reserved", place, "reason"), "有 hold 的词语，应写明为什么需要人工判断"


def _unknown_units(notice: "Notice") -> Iterator[tuple[Place, str]]:
    """Levels and natures of units that 单位名录 does not have."""
    lists: list[tuple[Place, tuple[str, ...], tuple[str, ...]]] = [
        (("meanings", key), getattr(notice.meanings, key), LEVELS)
        for key in ("provincial_levels", "local_levels", "county_levels")
    ]
    lists += [
        (("meanings", key), getattr(notice.meanings, key), NATURES)
        for key in ("organisation_departments", "organs", "societies", "universities")
    ]
    lists += [(("classes", place, "levels"), one.levels, LEVELS) for place, one in enumerate(notice.classes)]
    for where, words, known in lists:
        for word in words:
            if word not in known:
                yield where, f"“{word}”不是单位名录里的词，应为 {'、'.join(known)} 之一"


def _unknown_systems(notice: "Notice") -> Iterator[tuple[Place, str]]:
    lists: list[tuple[Place, tuple[str, ...]]] = [
        (("meanings", key), getattr(notice.meanings, key)) for key in ("collecting_systems", "fieldless_systems")
    ]
    for table in ("reserved", "unified", "themes"):
        lists += [((table, place, "systems"), one.systems) for place, one in enumerate(getattr(notice, table))]
    for where, systems in lists:
        for system in systems:
            if system not in notice.system_names:
                yield where, f"系统“{system}”不在系统表 [systems] 中"


def _themes_of_nobody(notice: "Notice") -> Iterator[tuple[Place, str]]:
    for place, theme in enumerate(notice.themes):
        if not theme.shared and not theme.systems:
            yield (
                ("themes", place, "systems"),
                f"培训领域“{theme.name}”应写明 systems，各系统都会用到的写 shared = true",
            )
    if notice.business.advise > notice.business.hold:
        yield (
            ("business", "advise"),
            f"提示的分值 {notice.business.advise} 高于待核的分值 {notice.business.hold}",
        )


def _said_twice(notice: "Notice") -> Iterator[tuple[Place, str]]:
    """Names of themes and systems, of which only the last would count."""
    themes: set[str] = set()
    for place, theme in enumerate(notice.themes):
        for key, names in (("name", (theme.name,)), ("also", theme.also), ("words", theme.words)):
            for name in names:
                if name in themes:
                    yield ("themes", place, key), f"培训领域“{name}”写了两次"
                themes.add(name)
    known: set[str] = set()
    for system, also in notice.systems.items():
        for name in (system, *also):
            if name in known:
                yield ("systems", system), f"系统“{name}”写了两次"
            known.add(name)


def _broken_patterns(notice: "Notice") -> Iterator[tuple[Place, str]]:
    for pattern in notice.form.phones:
        try:
            re.compile(pattern)
        except re.error as error:
            place = "" if error.pos is None else f"，问题在第 {error.pos + 1} 个字符附近"
            yield ("form", "phones"), f"正则表达式 {pattern} 写法不对{place}"


def _clauses_without(notice: "Notice") -> Iterator[tuple[Place, str]]:
    numbers = [clause.number for clause in notice.clauses]
    known = [clause.known_as for clause in notice.clauses]
    for place, clause in enumerate(notice.clauses):
        if numbers.index(clause.number) != place:
            yield ("clauses", place, "number"), f"条款 {clause.number} 写了两次"
        elif known.index(clause.known_as) != place:
            where = "formerly" if clause.formerly else "number"
            yield (
                ("clauses", place, where),
                f"条款 {clause.known_as} 已经是第 {known.index(clause.known_as) + 1} 条的原编号",
            )
        if {"count", "person"} & set(clause.kinds) and not clause.why:
            yield ("clauses", place, "kinds"), f"条款 {clause.number} 没有规则逐项核对，应写明为什么（why）"
