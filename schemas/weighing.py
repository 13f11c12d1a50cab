"""What a text rule weighs: words that speak for a finding and against it, each with its points from the year's file."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from schemas.columns import FILING
from schemas.data_file import Place

if TYPE_CHECKING:
    from schemas.notice import Notice

TEXTS = ("title", "content", "necessity", "remarks")
"""The columns that a text rule may read."""

Word = Annotated[str, Field(pattern=r"^\S(?:.*\S)?$")]
Words = tuple[Word, ...]
Points = Annotated[int, Field(ge=1, le=1000)]
ANY = "…"
"""Within a word: some characters of the same part of a sentence."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(_Part):
    """``words`` and what each is worth in ``points``; below zero they speak against a finding.

    They count in the part of a sentence in which they stand and there only, unless ``whole``: then once for the filing.
    Not counted is a word inside a phrase of ``not_in``, in another column than ``columns`` (empty: in any), without one of
    ``beside`` in the same part, with which it counts once, or standing in the filing's column ``unless_in`` as well.
    ``absent``: counted where none of the words stands in the text; with enough points to be pointed out it speaks by itself.
    ``left``: counted where, the words and the title taken away, fewer characters are left. ``cell``: the words are values of
    that column.
    """

    points: Annotated[int, Field(ge=-1000, le=1000)]
    words: Annotated[Words, Field(min_length=1)]
    not_in: Words = ()
    columns: Words = ()
    beside: Words = ()
    whole: bool = False
    absent: bool = False
    left: Annotated[int, Field(ge=1)] | None = None
    cell: Word | None = None
    unless_in: Word | None = None

    @property
    def of_parts(self) -> bool:
        """Whether the words count in the part of a sentence in which they stand."""
        return not (self.whole or self.absent or self.left or self.cell)

    def speaks_by_absence(self, advise: int) -> bool:
        """Whether that the words are absent is enough to be pointed out, from ``advise`` points on."""
        return self.absent and self.points >= advise

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.points == 0:
            raise ValueError("分值不能是 0")
        return self


class Weighed(_Part):
    """One text rule: the ``columns`` it reads, and its thresholds: from ``advise`` points on it points out, from ``hold`` on
    a person must decide. ``systems``: their provincial departments may, where the rule asks for these."""

    rule: Word
    columns: Annotated[Words, Field(min_length=1)]
    systems: Words = ()
    advise: Points
    hold: Points
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]


def weighing_slips(notice: "Notice") -> Iterator[tuple[Place, str]]:
    """What does not agree within the text rules: columns that are none, thresholds in the wrong order, a rule said twice."""
    columns = {column.name for column in FILING}
    said: set[str] = set()
    for place, one in enumerate(notice.weighed):
        if one.rule in said:
            yield ("weighed", place, "rule"), f"规则“{one.rule}”写了两次"
        said.add(one.rule)
        if one.advise > one.hold:
            yield ("weighed", place, "advise"), f"提示的分值 {one.advise} 高于待核的分值 {one.hold}"
        for column in set(one.columns) - set(TEXTS):
            yield ("weighed", place, "columns"), f"“{column}”不是可以权衡的栏目，应为 {'、'.join(TEXTS)} 之一"
        if not any(evidence.points > 0 for evidence in one.evidence):
            yield ("weighed", place, "evidence"), "没有分值大于 0 的用词，这条规则永远不会说话"
        for system in set(one.systems) - set(notice.system_names):
            yield ("weighed", place, "systems"), f"系统“{system}”不在系统表 [systems] 中"
        for number, evidence in enumerate(one.evidence):
            if evidence.left and not evidence.columns:
                yield ("weighed", place, "evidence", number, "left"), "写了 left，应写明看哪几栏（columns）"
            where = ("weighed", place, "evidence", number)
            for column in set(evidence.columns) - set(one.columns):
                yield (*where, "columns"), f"“{column}”不在这条规则的 columns 里"
            if evidence.unless_in is not None and evidence.unless_in not in columns:
                yield (*where, "unless_in"), f"“{evidence.unless_in}”不是申报表的栏目"
            if evidence.cell is not None and evidence.cell not in columns:
                yield (*where, "cell"), f"申报表没有栏目“{evidence.cell}”"
