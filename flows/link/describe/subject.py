"""What a title is about: the words left when country, unit, year, batch and the words for training are taken away."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from flows.references import SEPARATORS, References
from schemas.linkage import Words
from schemas.tables import TEXT

_NAMES_A_PATTERN = 400
"""Names in one regular expression: more and the engine's automaton no longer fits its memory."""

_NUMERALS = {
    **{numeral: str(number) for number, numeral in enumerate("一二三四五六七八九十", 1)},
    "首": "1",
    "上": "1",
    "下": "2",
    "春": "1",
    "夏": "2",
    "秋": "3",
    "冬": "4",
    **{letter: str(number) for number, letter in enumerate("甲乙丙丁", 1)},
    **{letter: str(number) for number, letter in enumerate("ABCD", 1)},
    **{
        roman: str(number)
        for number, roman in enumerate(("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"), 1)
    },
}


@dataclass(frozen=True)
class Subjects:
    """What titles are about, one value a title in each; missing where a title says nothing of the kind.

    ``core`` its telling words, ``weak`` the words that say little, ``letters`` both but for filler, all separated by blanks;
    ``batch`` which batch of several (``"1"``, ``"2"``, ``"1.2"``), ``rank`` (初级, 高级) and ``audience`` (管理, 技术) which
    class of several.
    """

    core: pd.Series
    weak: pd.Series
    letters: pd.Series
    batch: pd.Series
    rank: pd.Series
    audience: pd.Series


def subjects(titles: pd.Series, references: References, words: Words) -> Subjects:
    """Read ``titles`` (text); names of ``references`` say nothing about the subject and are taken away."""
    unique = pd.Series(titles.dropna().unique(), dtype=TEXT)
    text = unique.str.normalize("NFKC").str.replace(r"[(（][^()（）]*(?:填报|牵头)[^()（）]*[)）]", " ", regex=True)
    batch, text = _batches(text, words.batch)
    text = _without_names(text, references)
    rank, text = _classes(text, words.rank)
    audience, text = _classes(text, words.audience)
    for pattern in words.noise:
        text = text.str.replace(pattern, " ", regex=True)
    text = text.str.lower().str.replace(r"[^㐀-鿿a-z0-9]+", " ", regex=True)
    for word, meant in words.synonyms.items():
        text = text.str.replace(word, meant, regex=False)
    said_little = "(" + "|".join(sorted(words.weak, key=lambda word: (-len(word), word))) + ")"
    weak = text.str.findall(said_little).str.join(" ")
    core = text.str.replace(said_little, " ", regex=True).str.replace(r"\s+", " ", regex=True).str.strip()
    letters = (core + " " + weak.str.replace("|".join(words.filler), "", regex=True)).str.strip()
    letters = letters.mask(letters.eq(""), weak)
    read = {"core": core, "weak": weak, "letters": letters, "batch": batch, "rank": rank, "audience": audience}
    table = pd.DataFrame(read).set_axis(unique.to_numpy(), axis=0)
    spread = table.mask(table.eq("")).reindex(titles.to_numpy()).set_axis(titles.index, axis=0).astype(TEXT)
    return Subjects(**{name: spread[name] for name in read})


def _batches(text: pd.Series, patterns: Sequence[str]) -> tuple[pd.Series, pd.Series]:
    """Which batch each title says it is: the numbers of every pattern found, in the order of the patterns; and the titles
    without them."""
    # Few titles say so, and looking whether one may is far cheaper than looking what it says.
    rest = text[text.str.count("|".join(f"(?:{pattern})" for pattern in patterns)).gt(0)]
    said = pd.Series("", index=rest.index, dtype=TEXT)
    for pattern in patterns:
        number = rest.str.extract(pattern, expand=False).astype(TEXT)
        plain = number.map(_number, na_action="ignore").astype(TEXT)
        said = said.mask(plain.notna(), said + "." + plain.fillna(""))
        rest = rest.str.replace(pattern, " ", regex=True)
    said = said.str.lstrip(".")
    return said.mask(said.eq("")).astype(TEXT).reindex(text.index), rest.reindex(text.index).fillna(text)


def _classes(text: pd.Series, classes: Mapping[str, str]) -> tuple[pd.Series, pd.Series]:
    """Which of ``classes`` (name → regular expression) each title names, several joined; and the titles without it."""
    rest = text[text.str.contains("级|阶|班")]
    said = pd.Series("", index=rest.index, dtype=TEXT)
    for name, pattern in classes.items():
        said = said.mask(rest.str.count(pattern).gt(0), said + name)
        rest = rest.str.replace(pattern, " ", regex=True)
    return said.mask(said.eq("")).astype(TEXT).reindex(text.index), rest.reindex(text.index).fillna(text)


def _number(numeral: str) -> str:
    if numeral in _NUMERALS:
        return _NUMERALS[numeral]
    if numeral.isdigit():
        return str(int(numeral))
    tens, _, ones = numeral.partition("十")
    return str(int(_NUMERALS.get(tens, "1")) * 10 + int(_NUMERALS.get(ones, "0")))


def _without_names(text: pd.Series, references: References) -> pd.Series:
    for pattern in _name_patterns(references):
        text = text.str.replace(pattern, " ", regex=True)
    return text


def _name_patterns(references: References) -> list[str]:
    """Regular expressions of the names of countries, places, offices and institutions, the longest names first."""
    units, countries, institutions = references.units, references.countries, references.institutions
    regions = units["region"].dropna().drop_duplicates()
    stems = regions.str.replace(r"(?:藏族羌族|藏族|彝族|羌族)?(?:自治州|市|州|地区)$", "", regex=True)
    listed = [units["aliases"], countries["aliases"], institutions["aliases"]]
    aliases = pd.concat([column.dropna().str.split(SEPARATORS).explode() for column in listed])
    names = pd.concat([units["unit"], countries["country"], institutions["institution"], aliases, regions, stems])
    names = pd.Series([*names.dropna().str.strip(), "四川省", "四川"])
    kept = sorted({name for name in names if len(name) >= 2 and name != "省级"}, key=lambda name: (-len(name), name))
    return [
        "|".join(re.escape(name) for name in kept[start : start + _NAMES_A_PATTERN])
        for start in range(0, len(kept), _NAMES_A_PATTERN)
    ]
