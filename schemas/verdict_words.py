"""What reviewers write in the place of a verdict, as data: ``schemas/verdict_words.toml``, loaded and checked."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from schemas.data_file import Place, read_data_file
from schemas.decisions import VERDICTS

CALLED = "处理意见用词文件"

FILE = Path(__file__).parent / "verdict_words.toml"

_OF = {word: word for words in VERDICTS.values() for word in words}
_AROUND = "。.;,!、'\"“”"


@dataclass(frozen=True)
class VerdictWords:
    """``taken`` a word → the verdict that it can only mean; ``asked`` kind of thing → a word → the verdicts that it may mean,
    none where it decides nothing. Words are folded (:func:`folded`)."""

    taken: Mapping[str, str]
    asked: Mapping[str, Mapping[str, tuple[str, ...]]]

    def meant(self, text: str) -> str | None:
        """The verdict that ``text`` can only mean; None where it may mean something else or nothing."""
        return _OF.get(word := folded(text)) or self.taken.get(word)

    def choices(self, kind: str, text: str) -> tuple[str, ...] | None:
        """The verdicts that ``text`` may mean of a ``kind`` of thing; None where it is not known."""
        return self.asked[kind].get(folded(text))


def folded(text: str) -> str:
    """A word as words are compared: no spaces and full stops, of usual width, in small letters."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).strip(_AROUND).casefold()


@cache
def verdict_words() -> VerdictWords:
    """The words of the program's own file."""
    return load_verdict_words(FILE)


def load_verdict_words(path: Path) -> VerdictWords:
    """The words in ``path``. Workers ask for them, so that nothing heavy is imported.

    Raises:
        DataFileError: the file is missing or not as it must be.
    """
    file = read_data_file(path, CALLED)
    file.refuse(_misshapen(file.data))
    file.refuse(_contradictions(file.data))
    return VerdictWords(
        taken={folded(word): verdict for verdict, words in file.data["taken"].items() for word in words},
        asked={
            kind: {folded(word): tuple(group[kind]) for group in file.data["asked"] for word in group["words"]}
            for kind in VERDICTS
        },
    )


def _misshapen(data: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    for key in data.keys() ^ {"taken", "asked"}:
        yield (key,), "应有且只有 taken、asked 两项"
    taken, asked = data.get("taken"), data.get("asked")
    if not isinstance(taken, dict) or not all(map(_is_list, taken.values())):
        yield ("taken",), "应为一组“意见 = 方括号里的一列词”"
    for place, group in enumerate(asked if isinstance(asked, list) else [None]):
        if (
            not isinstance(group, dict)
            or group.keys() != {"words", *VERDICTS}
            or not all(map(_is_list, group.values()))
        ):
            yield ("asked", place), f"应有 words、{'、'.join(VERDICTS)}，各为方括号里的一列词"


def _is_list(words: object) -> bool:
    return isinstance(words, list) and all(isinstance(word, str) and word.strip() for word in words)


def _contradictions(data: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    seen: dict[str, str] = {}
    for verdict, words in data["taken"].items():
        if verdict not in _OF:
            yield ("taken", verdict), f"“{verdict}”不是处理意见"
        for word in words:
            if folded(word) in _OF or folded(word) in seen:
                yield ("taken", verdict), f"“{word}”已有别的意思"
            seen[folded(word)] = verdict
    for place, group in enumerate(data["asked"]):
        for kind, verdicts in VERDICTS.items():
            for verdict in group[kind]:
                if verdict not in verdicts:
                    yield ("asked", place, kind), f"“{verdict}”不在可选项（{'、'.join(verdicts)}）之内"
        for word in group["words"]:
            if folded(word) in seen:
                yield ("asked", place, "words"), f"“{word}”已有别的意思"
            seen[folded(word)] = ""
