"""How offices spell values, as data: ``schemas/spellings.toml``, loaded and checked. It serves every year."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from schemas.data_file import NO_MORE, Place, read_data_file

CALLED = "写法文件"


@dataclass(frozen=True)
class Spellings:
    """Other spellings of values, as the file has them.

    ``yes`` and ``no`` of a flag; ``nothing`` for what an optional cell holds when there is nothing to say; ``ditto`` for
    the row above's value; ``unlikely_budget`` the amount in 万元 from which on a figure may be in 元, and that where no unit
    is said; ``choices`` by vocabulary: word → its other spellings; ``choice_endings`` that may be left out behind a word;
    ``units``: part of a unit's name → what is said for it; ``organisation_endings`` of names of organisations,
    ``organisation_words`` anywhere in them, ``section_endings`` of their departments; ``countries``: name → its usual other
    names; ``places`` in whose names a country's stands though they are none; ``regions`` that say of a cell that it names
    several countries.
    """

    yes: tuple[str, ...]
    no: tuple[str, ...]
    nothing: tuple[str, ...]
    ditto: tuple[str, ...]
    unlikely_budget: tuple[float, float]
    choices: dict[str, dict[str, tuple[str, ...]]]
    choice_endings: tuple[str, ...]
    units: dict[str, tuple[str, ...]]
    organisation_endings: tuple[str, ...]
    organisation_words: tuple[str, ...]
    section_endings: tuple[str, ...]
    countries: dict[str, tuple[str, ...]]
    places: tuple[str, ...]
    regions: tuple[str, ...]


@dataclass(frozen=True)
class _Budget:
    unlikely: float
    unlikely_without_unit: float
    __pydantic_config__: ClassVar[dict[str, str]] = NO_MORE


@dataclass(frozen=True)
class _Organisations:
    endings: tuple[str, ...]
    within: tuple[str, ...]
    sections: tuple[str, ...]
    __pydantic_config__: ClassVar[dict[str, str]] = NO_MORE


@dataclass(frozen=True)
class _File:
    yes: tuple[str, ...]
    no: tuple[str, ...]
    nothing: tuple[str, ...]
    ditto: tuple[str, ...]
    places: tuple[str, ...]
    more_countries: tuple[str, ...]
    choice_endings: tuple[str, ...]
    regions: tuple[str, ...]
    budget: _Budget
    choice: dict[str, dict[str, tuple[str, ...]]]
    units: dict[str, tuple[str, ...]]
    organisations: _Organisations
    countries: dict[str, tuple[str, ...]]
    __pydantic_config__: ClassVar[dict[str, str]] = NO_MORE


def load_spellings(path: Path, vocabularies: Mapping[str, Collection[str]]) -> Spellings:
    """The spellings in ``path``; ``vocabularies`` are the words that any year's notice has.

    Raises:
        DataFileError: the file is missing or not as it must be, or it spells a word that no notice has.
    """
    file = read_data_file(path, CALLED)
    said = file.fit(_File)
    file.refuse(_contradictions(said, vocabularies))
    return Spellings(
        yes=said.yes,
        no=said.no,
        nothing=said.nothing,
        ditto=said.ditto,
        unlikely_budget=(said.budget.unlikely, said.budget.unlikely_without_unit),
        choices=said.choice,
        choice_endings=said.choice_endings,
        units=said.units,
        organisation_endings=said.organisations.endings,
        organisation_words=said.organisations.within,
        section_endings=said.organisations.sections,
        countries=said.countries | dict.fromkeys(said.more_countries, ()),
        places=said.places,
        regions=said.regions,
    )


def _contradictions(said: _File, vocabularies: Mapping[str, Collection[str]]) -> Iterator[tuple[Place, str]]:
    for word in sorted({*said.yes} & {*said.no}):
        yield ("no",), f"“{word}”既是“是”又是“否”"
    if said.budget.unlikely_without_unit > said.budget.unlikely:
        yield ("budget", "unlikely_without_unit"), "不应大于 unlikely"
    for vocabulary, words in said.choice.items():
        if vocabulary not in vocabularies:
            yield ("choice", vocabulary), f"没有词表 {vocabulary}"
            continue
        meant: dict[str, str] = {}
        for word, spellings in words.items():
            if word not in vocabularies[vocabulary]:
                yield ("choice", vocabulary, word), f"“{word}”不在任何一年通知的词表 {vocabulary} 中"
            for spelling in spellings:
                other = meant.setdefault(spelling, word)
                if other != word:
                    yield ("choice", vocabulary, word), f"“{spelling}”已经是“{other}”的写法"
