"""How filings of one group are recognised, as data: ``schemas/linkage/<year>.toml``, loaded and checked.

The file is meant to be read by an official: which filings are compared (blocking), how each column is compared (levels
with the probabilities m and u and where each came from), and from which probability on two filings are merged or offered.
"""

import math
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from string import Formatter
from typing import Annotated, Literal

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

from schemas.data_file import Place, read_data_file

CALLED = "团组比对设置文件"

_SAME_WEIGHT = 1e-4
"""Two levels of a comparison whose weights (bits) differ by less say the same; a level is recognised by its weight."""

Verdict = Literal["agree", "close", "differ", "missing"]
"""What a level says about two values; ``missing`` says nothing, because one of them is not there."""

Part = Literal["otm_no", "letter_no", "institution", "country", "office", "system", "week", "words"]
"""What two filings may have in common, as ``sql/link/parts.sql`` makes it of each."""

TEXTS = ("subject", "letters", "institution", "theme", "content")
"""The texts whose words are weighed."""

MEASURES = {
    *("days_apart", "others_shared"),
    *(f"{measure}_{text}" for measure in ("alike", "covered", "own") for text in TEXTS),
}
"""What a condition may say in braces (:mod:`flows.link.compare.settings`)."""

COLUMNS = {
    *("country", "organiser", "unit", "system", "days", "headcount", "cross_region", "otm_no", "otm_shared"),
    *("letter_no", "letter_signs", "batch", "rank", "audience", "start", "end", "others"),
    *("institution", "institution_known", "institution_script"),
    *(f"{text}_{what}" for text in TEXTS for what in ("grams", "weight")),
}
"""What of a filing a condition may compare, as ``sql/link/described.sql`` makes it."""

_COMPARED = re.compile(r"\b([a-z_]+)_[lr]\b")

Share = Annotated[float, Field(gt=0, le=1)]
Probability = Annotated[float, Field(gt=0, lt=1)]

_STRICT = ConfigDict(extra="forbid", populate_by_name=True)
"""A key that no setting has is a slip; in code settings go by their own names, in the file by those that read better there."""


@dataclass(frozen=True, config=_STRICT)
class Level:
    """One degree of likeness: ``condition`` in SQL over ``<column>_l`` and ``<column>_r`` (empty: all other pairs).

    ``m`` is the share of pairs of one group at this level, ``u`` that of pairs of different groups; ``says`` is what a
    reviewer reads; ``apart`` marks a plain difference, after which two filings are never of one group; ``ask`` one that
    only a reviewer can judge, after which two filings are at most offered.
    """

    verdict: Verdict
    says: str
    condition: str = Field(default="", alias="sql")
    m: Share = 1.0
    u: Share = 1.0
    apart: bool = False
    ask: bool = False

    @property
    def weight(self) -> float:
        """What the level adds to the match weight (bits)."""
        return 0.0 if self.verdict == "missing" else math.log2(self.m / self.u)


@dataclass(frozen=True, config=_STRICT)
class Comparison:
    """How one thing about two filings is compared, the likest level first.

    ``terms`` names the column whose rarity counts (term frequency), by ``terms_weight`` (0 to 1), if any; ``early`` ones
    cost little and rule out most pairs before the others are made.
    """

    name: str
    title: str
    source: str
    levels: tuple[Level, ...] = Field(alias="level", min_length=1)
    terms: str | None = None
    terms_weight: float = Field(default=0.0, ge=0, le=1)
    early: bool = False

    def level(self, gamma: int) -> Level:
        """The level with Splink's comparison value ``gamma`` (-1 missing, 0 the last level)."""
        if gamma < 0:
            return next(level for level in self.levels if level.verdict == "missing")
        ranked = [level for level in self.levels if level.verdict != "missing"]
        return ranked[len(ranked) - 1 - gamma]

    @property
    def gammas(self) -> dict[int, Level]:
        """Every comparison value with its level."""
        ranked = [level for level in self.levels if level.verdict != "missing"]
        by_value = {len(ranked) - 1 - place: level for place, level in enumerate(ranked)}
        return {-1: self.level(-1)} | by_value

    @property
    def apart_gammas(self) -> list[int]:
        """The comparison values that say two filings are plainly different."""
        return [gamma for gamma, level in self.gammas.items() if level.apart]

    @property
    def ask_gammas(self) -> list[int]:
        """The comparison values that only a reviewer can judge."""
        return [gamma for gamma, level in self.gammas.items() if level.ask]


@dataclass(frozen=True, config=_STRICT)
class Block:
    """Filings that have all ``parts`` in common are compared; with ``lacking``, only where one of them lacks that part."""

    name: str
    parts: tuple[Part, ...] = Field(min_length=1, max_length=3)
    lacking: Part | None = None


@dataclass(frozen=True, config=_STRICT)
class Words:
    """Word lists for titles.

    ``noise`` is taken away (regular expressions); ``weak`` counts little, of which ``filler`` not even by its characters;
    ``synonyms`` maps a word to the one it counts as; ``batch`` are regular expressions whose group 1 is the number of a
    batch; ``rank`` and ``audience`` map what a class is called to the regular expression that tells it.
    """

    noise: tuple[str, ...]
    weak: tuple[str, ...]
    filler: tuple[str, ...]
    synonyms: dict[str, str]
    batch: tuple[str, ...]
    rank: dict[str, str]
    audience: dict[str, str]


@dataclass(frozen=True, config=_STRICT)
class Linkage:
    """The linking settings.

    ``prior``: probability that two compared filings are of one group; ``merge`` and ``offer``: probabilities from which
    two filings are merged by themselves or offered to a reviewer; ``mean_weight``: least mean match weight (bits) of a filing
    and the cluster that it joins; ``mean_weight_groups``: that of two clusters of several filings that become one; ``show``:
    match weight (bits) from which a pair that is kept apart is still listed; ``window``: most filings of one block
    compared with each other; ``memory``: what DuckDB may use, e.g. ``2GB``.
    """

    memory: str
    prior: Probability
    merge: Probability
    offer: Probability
    mean_weight: float
    mean_weight_groups: float
    show: float
    window: Annotated[int, Field(gt=0)]
    blocks: tuple[Block, ...] = Field(alias="block", min_length=1)
    comparisons: tuple[Comparison, ...] = Field(alias="comparison", min_length=1)
    words: Words = Field()

    def comparison(self, name: str) -> Comparison:
        """The comparison called ``name``."""
        return next(comparison for comparison in self.comparisons if comparison.name == name)


def load_linkage(path: Path) -> Linkage:
    """The linking settings in ``path``.

    Raises:
        DataFileError: the file is missing or not as it must be.
    """
    file = read_data_file(path, CALLED)
    linkage = file.fit(Linkage)
    file.refuse(_contradictions(linkage))
    return linkage


def _contradictions(linkage: Linkage) -> Iterator[tuple[Place, str]]:
    if linkage.offer > linkage.merge:
        yield ("offer",), "应有 offer ≤ merge"
    for place, comparison in enumerate(linkage.comparisons):
        where: Place = ("comparison", place)
        said = [level.verdict for level in comparison.levels]
        if said.count("missing") != 1 or comparison.levels[-1].condition or said[-1] == "missing":
            yield where, f"比对项“{comparison.title}”应有且只有一级 missing（缺一方），最后一级不写 sql（其余情形）"
            continue
        weights = sorted(level.weight for level in comparison.levels)
        if any(after - before < _SAME_WEIGHT for before, after in pairwise(weights)):
            yield where, f"比对项“{comparison.title}”有两级分值相同，请合为一级"
        yield from _unknown_names(comparison, where)
    yield from _broken_patterns(linkage.words)


def _unknown_names(comparison: Comparison, where: Place) -> Iterator[tuple[Place, str]]:
    if comparison.terms and comparison.terms not in COLUMNS:
        yield (*where, "terms"), f"没有可比的栏目 {comparison.terms}"
    for place, level in enumerate(comparison.levels):
        sql: Place = (*where, "level", place, "sql")
        try:
            measures = {name for _, name, _, _ in Formatter().parse(level.condition) if name is not None}
        except ValueError:
            yield sql, "花括号没有成对"
            continue
        for name in sorted(measures - MEASURES):
            yield sql, f"没有度量 {{{name}}}，名称可能写错"
        for name in sorted({*_COMPARED.findall(level.condition)} - COLUMNS):
            yield sql, f"没有可比的栏目 {name}，名称可能写错"


def _broken_patterns(words: Words) -> Iterator[tuple[Place, str]]:
    patterns = (
        *((("words", "noise"), pattern) for pattern in words.noise),
        *((("words", "batch"), pattern) for pattern in words.batch),
        *((("words", "rank", name), pattern) for name, pattern in words.rank.items()),
        *((("words", "audience", name), pattern) for name, pattern in words.audience.items()),
    )
    for place, pattern in patterns:
        try:
            re.compile(pattern)
        except re.error:
            yield place, f"正则表达式 {pattern} 写法不对"
