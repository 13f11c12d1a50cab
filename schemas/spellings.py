"""How offices spell values, as data: ``schemas/spellings.toml``, loaded and checked."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from schemas.errors import NoticeError

SPELLINGS_FILE = Path(__file__).with_name("spellings.toml")


@dataclass(frozen=True)
class Spellings:
    """Other spellings of values, as the file has them.

    ``yes`` and ``no`` of a flag; ``nothing`` for what an optional cell holds when there is nothing to say; ``ditto`` for
    the row above's value; ``unlikely_budget`` the amount in 万元 from which on a figure may be in 元, and that where no unit
    is said; ``choices`` by column: word of the vocabulary → its other spellings; ``units``: part of a
    unit's name → what is said for it; ``organisation_endings`` of names of organisations, ``organisation_words`` anywhere in
    them; ``countries``: name → its usual other names;
    ``places`` in whose names a country's stands though they are none.
    """

    yes: tuple[str, ...]
    no: tuple[str, ...]
    nothing: tuple[str, ...]
    ditto: tuple[str, ...]
    unlikely_budget: tuple[float, float]
    choices: dict[str, dict[str, tuple[str, ...]]]
    units: dict[str, tuple[str, ...]]
    organisation_endings: tuple[str, ...]
    organisation_words: tuple[str, ...]
    countries: dict[str, tuple[str, ...]]
    places: tuple[str, ...]


@cache
def load_spellings(path: Path = SPELLINGS_FILE) -> Spellings:
    """The spellings in ``path``.

    Raises:
        NoticeError: the file is missing or not as it must be.
    """
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        return Spellings(
            yes=tuple(data["flag"]["yes"]),
            no=tuple(data["flag"]["no"]),
            nothing=tuple(data["nothing"]["words"]),
            ditto=tuple(data["ditto"]["marks"]),
            unlikely_budget=(data["budget"]["unlikely"], data["budget"]["unlikely_without_unit"]),
            choices={column: _lists(words) for column, words in data["choice"].items()},
            units=_lists(data["units"]),
            organisation_endings=tuple(data["organisations"]["endings"]),
            organisation_words=tuple(data["organisations"]["within"]),
            countries=_lists(data["countries"] | {name: [] for name in data["more_countries"]["names"]}),
            places=tuple(data["places"]["names"]),
        )
    except OSError as error:
        raise NoticeError(f"找不到写法文件 {path.name}。") from error
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise NoticeError(f"写法文件 {path.name} 无法识别：{error}。") from error


def _lists(words: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {word: tuple(spellings) for word, spellings in words.items()}
