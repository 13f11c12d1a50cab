"""What a text rule weighs: words that speak for a finding and against it, each with its points from the year's file.

Words of one meaning are a class (``[word_classes]``: posts of officials, ways of paying), and an entry such as ``{付钱}`` or
``分管{地方}`` stands for one with each word of the class, so that what is said in other words is found by its meaning.
"""

import itertools
import re
from collections.abc import Iterator, Mapping
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
_CLASS = re.compile(r"\{([^{}]*)\}")
REGISTERED = ("organiser_level", "organiser_nature", "organiser_system")
"""What the register of units says of the organiser, beside the form's columns."""
Classes = Mapping[str, Words]
ENTRIES = ("words", "not_in", "beside", "without", "unless_said")
"""The entries of a kind of evidence that are words."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(_Part):
    """``words`` and what each is worth in ``points``; below zero they speak against a finding.

    They count in the part of a sentence in which they stand and there only, ``most`` of them, unless ``whole``: then once for
    the filing.
    Not counted is a word inside a phrase of ``not_in``, in another column than ``columns`` (empty: in any), without one of
    ``beside`` in the same part, with which it counts once, with one of ``without`` in the same part or one of
    ``unless_said`` anywhere in the same text, or standing in the filing's column ``unless_in`` as well. ``once``: counted in
    one part of a text.
    ``absent``: counted where none of the words stands in the text; with enough points to be pointed out it speaks by itself.
    ``left``: counted where, the words and the title taken away, fewer characters are left. ``cell``: the words are values of
    that column. ``where``: counted in those filings only whose columns have one of these values.
    """

    points: Annotated[int, Field(ge=-1000, le=1000)]
    words: Annotated[Words, Field(min_length=1)]
    not_in: Words = ()
    columns: Words = ()
    beside: Words = ()
    without: Words = ()
    unless_said: Words = ()
    once: bool = False
    most: Annotated[int, Field(ge=1)] = 2
    whole: bool = False
    absent: bool = False
    left: Annotated[int, Field(ge=1)] | None = None
    cell: Word | None = None
    unless_in: Word | None = None
    where: dict[Word, Words] = {}

    def spelt_out(self, classes: Classes) -> "Evidence":
        """The same with each word of the classes that its entries name."""
        said = {name: _spelt_out(getattr(self, name), classes) for name in ENTRIES}
        return self.model_copy(update=said)

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

    def spelt_out(self, classes: Classes) -> "Weighed":
        """The same with each word of the classes that its evidence names."""
        return self.model_copy(update={"evidence": tuple(one.spelt_out(classes) for one in self.evidence)})


def _spelt_out(words: Words, classes: Classes) -> Words:
    """Each word, and for one that names classes each way of putting their words there."""
    told: dict[str, None] = {}
    for word in words:
        pieces = _CLASS.split(word)  # in turn what stands in the file and the name of a class
        ways = [classes[piece] if nth % 2 else (piece,) for nth, piece in enumerate(pieces)]
        told |= dict.fromkeys("".join(way) for way in itertools.product(*ways))
    return tuple(told)


def weighing_slips(notice: "Notice") -> Iterator[tuple[Place, str]]:
    """What does not agree within the text rules: columns that are none, thresholds in the wrong order, a rule said twice."""
    columns = {column.name for column in FILING}
    known = columns | {*REGISTERED}
    for name, words in notice.word_classes.items():
        for word in words:
            if ANY in word or "{" in word:
                yield ("word_classes", name), f"“{word}”：一类词里只列词，不用 {ANY} 和花括号"
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
            for entry in ENTRIES:
                named = {name for word in getattr(evidence, entry) for name in _CLASS.findall(word)}
                for name in sorted(named - {*notice.word_classes}):
                    yield (*where, entry), f"[word_classes] 里没有“{name}”这一类词"
            for column in set(evidence.where) - known:
                yield (*where, "where"), f"“{column}”不是申报表的栏目，也不是 {'、'.join(REGISTERED)} 之一"
            if evidence.unless_in is not None and evidence.unless_in not in columns:
                yield (*where, "unless_in"), f"“{evidence.unless_in}”不是申报表的栏目"
            if evidence.cell is not None and evidence.cell not in known:
                yield (*where, "cell"), f"申报表没有栏目“{evidence.cell}”"
