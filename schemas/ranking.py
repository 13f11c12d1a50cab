"""How the groups of the plan are ranked: the steps of 立项类别, and within them the points that 一（二） to 一（五） give."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from schemas.data_file import Place

if TYPE_CHECKING:
    from schemas.notice import Notice

Word = Annotated[str, Field(pattern=r"^\S(?:.*\S)?$")]
Words = Annotated[tuple[Word, ...], Field(min_length=1)]
Weighs = Literal["long_term", "specialist", "not_hot", "green_channel", "execution", "summary"]
"""What of a group may give points; ``execution`` gives the share of them that the unit sent of those approved."""

TAKES = ("summary",)
"""What takes points away."""

ANY = "…"
"""In what a weight is ``called``: where the value of the group stands."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Step(_Part):
    """The ``classes`` that stand together, before those of the steps after it; ``clause`` names them."""

    classes: Words
    clause: Word


class Weight(_Part):
    """So many ``points`` for what the group ``weighs``: what it is ``called``, with its value at :data:`ANY`, and the ``clauses`` that
    ask for it."""

    weighs: Weighs
    clauses: Words
    called: Word
    points: Annotated[int, Field(ge=-1000, le=1000)]


class Ranking(_Part):
    """The ``steps``, the first before all others, and the ``weights`` by which those of one step are told apart."""

    steps: Annotated[tuple[Step, ...], Field(min_length=1)]
    weights: tuple[Weight, ...] = ()


def ranking_slips(notice: "Notice") -> Iterator[tuple[Place, str]]:
    """What does not agree: classes on no step or on two, clauses that are none, points of the wrong sign, a weight said twice."""
    clauses = {clause.known_as for clause in notice.clauses}
    known = notice.vocabularies.get("priority_class", ())
    at: set[str] = set()
    for place, step in enumerate(notice.ranking.steps):
        for word in step.classes:
            if word not in known:
                yield ("ranking", "steps", place, "classes"), f"“{word}”不在词表 priority_class 中"
            if word in at:
                yield ("ranking", "steps", place, "classes"), f"“{word}”写了两次"
            at.add(word)
        if step.clause not in clauses:
            yield ("ranking", "steps", place, "clause"), f"条款 {step.clause} 不在条款表 [[clauses]] 中"
    if missing := [word for word in known if word not in at]:
        yield ("ranking", "steps"), f"{'、'.join(missing)}没有写在任何一级中，不知排在哪里"
    yield from _slips_of_weights(notice.ranking.weights, clauses)


def _slips_of_weights(weights: tuple[Weight, ...], clauses: set[str]) -> Iterator[tuple[Place, str]]:
    seen: set[str] = set()
    for place, weight in enumerate(weights):
        if weight.weighs in seen:
            yield ("ranking", "weights", place, "weighs"), f"{weight.weighs} 写了两次"
        seen.add(weight.weighs)
        for clause in weight.clauses:
            if clause not in clauses:
                yield ("ranking", "weights", place, "clauses"), f"条款 {clause} 不在条款表 [[clauses]] 中"
        if weight.points > 0 and weight.weighs in TAKES:
            yield ("ranking", "weights", place, "points"), f"{weight.weighs} 是扣分，不应大于 0，现为 {weight.points}"
        if weight.points < 0 and weight.weighs not in TAKES:
            yield ("ranking", "weights", place, "points"), f"{weight.weighs} 是加分，不应小于 0，现为 {weight.points}"
