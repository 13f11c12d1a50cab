"""How filings of one group are recognised, as data: ``schemas/notices/linkage.toml``, loaded and checked.

The file is meant to be read by an official: which filings are compared (blocking), how each column is compared (levels
with the probabilities m and u and where each came from), and from which probability on two filings are merged or offered.
"""

import math
import tomllib
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from schemas.errors import NoticeError
from schemas.notice import NOTICES

LINKAGE_FILE = NOTICES / "linkage.toml"

_SAME_WEIGHT = 1e-4
"""Two levels of a comparison whose weights (bits) differ by less say the same; a level is recognised by its weight."""

VERDICTS = ("agree", "close", "differ", "missing")
"""What a level says about two values; ``missing`` says nothing, because one of them is not there."""


@dataclass(frozen=True)
class Level:
    """One degree of likeness: ``condition`` in SQL over ``<column>_l`` and ``<column>_r`` (empty: all other pairs).

    ``m`` is the share of pairs of one group at this level, ``u`` that of pairs of different groups; ``says`` is what a
    reviewer reads; ``apart`` marks a plain difference, after which two filings are never of one group; ``ask`` one that
    only a reviewer can judge, after which two filings are at most offered.
    """

    verdict: str
    says: str
    condition: str
    m: float
    u: float
    apart: bool
    ask: bool

    @property
    def weight(self) -> float:
        """What the level adds to the match weight (bits)."""
        return 0.0 if self.verdict == "missing" else math.log2(self.m / self.u)


@dataclass(frozen=True)
class Comparison:
    """How one thing about two filings is compared, the likest level first.

    ``terms`` names the column whose rarity counts (term frequency), by ``terms_weight`` (0 to 1), if any; ``early`` ones
    cost little and rule out most pairs before the others are made.
    """

    name: str
    title: str
    source: str
    levels: tuple[Level, ...]
    terms: str | None
    terms_weight: float
    early: bool

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


@dataclass(frozen=True)
class Block:
    """Filings that have all ``parts`` in common are compared; with ``lacking``, only where one of them lacks that part."""

    name: str
    parts: tuple[str, ...]
    lacking: str | None


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class Linkage:
    """The linking settings.

    ``prior``: probability that two compared filings are of one group; ``merge`` and ``offer``: probabilities from which
    two filings are merged by themselves or offered to a reviewer; ``hold``: least mean match weight (bits) of a filing
    and the cluster that it joins; ``hold_groups``: that of two clusters of several filings that become one; ``show``:
    match weight (bits) from which a pair that is kept apart is still listed; ``window``: most filings of one block
    compared with each other; ``backend``: ``duckdb`` or ``spark``; ``memory``: what DuckDB may use, e.g. ``2GB``.
    """

    backend: str
    memory: str
    prior: float
    merge: float
    offer: float
    hold: float
    hold_groups: float
    show: float
    window: int
    blocks: tuple[Block, ...]
    comparisons: tuple[Comparison, ...]
    words: Words

    def comparison(self, name: str) -> Comparison:
        """The comparison called ``name``."""
        return next(comparison for comparison in self.comparisons if comparison.name == name)


def load_linkage(path: Path = LINKAGE_FILE) -> Linkage:
    """The linking settings in ``path``.

    Raises:
        NoticeError: the file is missing or not as it must be.
    """
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        linkage = Linkage(
            backend=data["backend"],
            memory=data["memory"],
            prior=float(data["prior"]),
            merge=float(data["merge"]),
            offer=float(data["offer"]),
            hold=float(data["hold"]),
            hold_groups=float(data["hold_groups"]),
            show=float(data["show"]),
            window=int(data["window"]),
            blocks=tuple(Block(block["name"], tuple(block["parts"]), block.get("lacking")) for block in data["block"]),
            comparisons=tuple(_comparison(comparison) for comparison in data["comparison"]),
            words=Words(
                noise=tuple(data["words"]["noise"]),
                weak=tuple(data["words"]["weak"]),
                filler=tuple(data["words"]["filler"]),
                synonyms=dict(data["words"]["synonyms"]),
                batch=tuple(data["words"]["batch"]),
                rank=dict(data["words"]["rank"]),
                audience=dict(data["words"]["audience"]),
            ),
        )
    except OSError as error:
        raise NoticeError(f"找不到团组比对设置文件 {path.name}。") from error
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise NoticeError(f"团组比对设置文件 {path.name} 无法识别：{error}。") from error
    _check(linkage, path.name)
    return linkage


def _comparison(data: dict[str, Any]) -> Comparison:
    return Comparison(
        name=data["name"],
        title=data["title"],
        source=data["source"],
        levels=tuple(
            Level(
                verdict=level["verdict"],
                says=level["says"],
                condition=level.get("sql", ""),
                m=float(level.get("m", 1)),
                u=float(level.get("u", 1)),
                apart=bool(level.get("apart", False)),
                ask=bool(level.get("ask", False)),
            )
            for level in data["level"]
        ),
        terms=data.get("terms"),
        terms_weight=float(data.get("terms_weight", 0)),
        early=bool(data.get("early", False)),
    )


def _check(linkage: Linkage, name: str) -> None:
    if not 0 < linkage.offer <= linkage.merge < 1 or not 0 < linkage.prior < 1:
        raise NoticeError(f"团组比对设置文件 {name}：应有 0 < offer ≤ merge < 1，0 < prior < 1。")
    if linkage.backend not in ("duckdb", "spark"):
        raise NoticeError(f"团组比对设置文件 {name}：backend 只能是 duckdb 或 spark，现为“{linkage.backend}”。")
    for comparison in linkage.comparisons:
        said = [level.verdict for level in comparison.levels]
        if said.count("missing") != 1 or comparison.levels[-1].condition or said[-1] == "missing":
            raise NoticeError(
                f"团组比对设置文件 {name}：比对项“{comparison.title}”应有且只有一级 missing（缺一方），最后一级不写 sql（其余情形）。"
            )
        weights = sorted(level.weight for level in comparison.levels)
        if any(after - before < _SAME_WEIGHT for before, after in pairwise(weights)):
            raise NoticeError(f"团组比对设置文件 {name}：比对项“{comparison.title}”有两级分值相同，请合为一级。")
        for level in comparison.levels:
            if level.verdict not in VERDICTS or not (0 < level.m <= 1 and 0 < level.u <= 1):
                raise NoticeError(f"团组比对设置文件 {name}：比对项“{comparison.title}”的“{level.says}”一级不合要求。")
