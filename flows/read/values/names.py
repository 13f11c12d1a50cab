"""What a cell means as the name of a unit, a country or an institution: the reference workbook's own name for it."""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from flows.read.values.ambiguous import Unclear
from flows.read.values.characters import code, fold, one_line
from flows.read.values.directory import BRACKETED, INSIDE, Directory, any_of, name_key
from schemas.spellings import Spellings

_SEVERAL = re.compile(r"[、,，;；\n/／]|\s和\s")
_SEVERAL_COUNTRIES = re.compile(r"[、,，;；\n/／+＋→|｜或和及与]")
_NAMED_AT_LEAST = 4
"""Characters of the shortest name of a unit that is looked for within a longer text."""

_PROVINCE = ("四川省", "四川")
_OF_PROVINCE = re.compile(r"^四川省?(?=[^省]{2,12}?[市州县区].)")
_GOING = re.compile(r"^拟?(?:赴|前往|出访)(?=.)")
_LATIN_ARTICLE = re.compile(r"^the(?=[a-z])")


class Units:
    """Reads names of units of 单位名录."""

    def __init__(self, names: Mapping[str, str | None], spellings: Spellings) -> None:
        """Know ``names``: every name and alias → the name in 单位名录; and how units, their names' ends and their
        departments are written."""

        def variants(name: str) -> Iterable[str]:
            forms = set(unit_variants(name))
            for part, others in spellings.units.items():
                forms |= {form.replace(part, other) for form in forms if part in form for other in others}
            return forms

        self._directory = Directory(names, variants)
        endings = (*spellings.organisation_endings, *spellings.organisation_words)
        self._ending = re.compile(rf"(?:{any_of(endings)})$")
        self._section = re.compile(rf"^[-—－·:：/]?[^省市县区厅局委]{{1,12}}(?:{any_of(spellings.section_endings)})$")
        self._within = {name: own for name, own in self._directory.keys.items() if len(name) >= _NAMED_AT_LEAST}
        self._lengths = sorted({len(name) for name in self._within}, reverse=True)

    def read(self, text: str) -> str:
        """The unit's name in 单位名录, else the cleaned text; several units joined by 、."""
        cleaned = one_line(text)
        if found := self.find(cleaned):
            return found
        parts = [part for part in _SEVERAL.split(cleaned) if part.strip()]
        if len(parts) > 1:
            found_parts = [self.find(part) for part in parts]
            if all(found_parts):
                return "、".join(dict.fromkeys(part for part in found_parts if part))
        return cleaned

    def find(self, text: str) -> str | None:
        """The unit that ``text`` names: by any name, without 市, with a department behind it or in brackets."""
        folded = fold(text)
        if found := self._directory.find(folded):
            return found
        bare = BRACKETED.sub("", folded)
        if found := self._directory.find(bare) or self._directory.find(_OF_PROVINCE.sub("", bare)):
            return found if self._directory.inside(folded) <= {found} else None
        known = self._directory.keys
        for end in range(len(bare) - 1, 3, -1):
            name = known.get(name_key(bare[:end]))
            if name and self._ending.search(bare[:end]) and self._section.match(bare[end:]):
                return name
        return None

    def named_in(self, text: str) -> str | None:
        """The unit whose name stands somewhere in ``text`` (a file's or folder's name), the longest name first."""
        sought = name_key(text)
        for length in self._lengths:
            parts = (sought[at : at + length] for at in range(len(sought) - length + 1))
            if found := [part for part in parts if part in self._within]:
                return self._within[min(found)]
        return None


class Countries:
    """Reads names of countries of 国家地区."""

    def __init__(self, names: Mapping[str, str | None], spellings: Spellings) -> None:
        """Know ``names`` (every name → the workbook's) and, for countries among them, their usual other names.

        Places such as 马里兰 are no countries, though a country's name stands in theirs.
        """
        usual, places = spellings.countries, spellings.places
        names = {name: own or name for name, own in names.items()}
        self._another = re.compile(rf"等|[^\W\d_]国(?![际家王立都内外])|{any_of(spellings.regions)}")
        owns = {name_key(name): own for name, own in names.items()}
        more: dict[str, str] = {}
        unlisted: dict[str, str] = {}
        for name, others in usual.items():
            own = next((owns[name_key(n)] for n in (name, *others) if name_key(n) in owns), None)
            (unlisted if own is None else more).update(dict.fromkeys((name, *others), own or name))
        self._directory = Directory(more | dict(names), lambda name: ())
        self._unlisted = {name_key(name): own for name, own in unlisted.items()}
        self._spoken = {code(name).lower(): own for name, own in (unlisted | more | dict(names)).items()}
        self._spoken |= {code(place).lower(): "" for place in places}
        known = {*self._directory.keys, *map(name_key, unlisted), *map(name_key, places)}
        self._beginnings = {name for name in known if len(name) > 1 and not name.isascii()}
        self._lengths = sorted({len(name) for name in self._beginnings}, reverse=True)

    def read(self, text: str) -> str:
        """The country's name in 国家地区, else the cleaned text; several countries joined by 、.

        A cell that names others beside the one that is known is not read as that one.
        """
        cleaned = one_line(text)
        if found := self._directory.find(cleaned) or self._directory.find(_GOING.sub("", cleaned)):
            return found
        named, rest = self._named(text)
        if len(named) > 1:
            return "、".join(named)
        if named and self._another.search(rest):
            return cleaned
        parts = [part for part in _SEVERAL_COUNTRIES.split(cleaned) if part.strip()]
        if len(parts) > 1:
            found_parts = [self.find(part) for part in parts]
            kept = list(dict.fromkeys(part for part in found_parts if part))
            cities = [part for part, found in zip(parts, found_parts, strict=True) if not found]
            if any(len(name_key(city)) == 1 for city in cities):
                return cleaned
            if kept and (not cities or len(kept) == 1):
                return "、".join(kept)
        return self.find(cleaned) or cleaned

    def find(self, text: str) -> str | None:
        """The country that ``text`` names, with a city in brackets or behind it, or the city with it in brackets."""
        folded = _GOING.sub("", fold(text))
        candidates = (folded, BRACKETED.sub("", folded), *INSIDE.findall(folded))
        said = (self._directory.find(candidate) or self._unlisted.get(name_key(candidate)) for candidate in candidates)
        if whole := set(filter(None, said)):
            return self._directory.find(whole.pop()) if len(whole) == 1 else None
        bare = name_key(BRACKETED.sub("", folded))
        begins = self._beginning(bare)
        if begins and len(bare) <= len(begins) + 8:
            return self._directory.find(begins)
        words = [part for part in re.split(r"[,，(（]", one_line(text)) if part.strip()]
        return next((found for word in reversed(words) if (found := self._directory.find(word.strip(" )）")))), None)

    def _named(self, text: str) -> tuple[list[str], str]:
        """The countries that ``text`` names anywhere, and what else it says."""
        spoken = code(text).lower()
        named = dict.fromkeys(self._spoken[found] for found in self._names.findall(spoken))
        return [name for name in named if name], self._names.sub("", spoken)

    @cached_property
    def _names(self) -> re.Pattern[str]:
        """Any name of a country or place, the longest first; names of one or two letters may be words."""
        names = sorted((name for name in self._spoken if len(name) > 1 + name.isascii()), key=len, reverse=True)
        latin = "|".join(re.escape(name) for name in names if name.isascii())
        others = "|".join(re.escape(name) for name in names if not name.isascii())
        return re.compile(rf"(?<![a-z])(?:{latin})(?![a-z])|{others}" if latin else others or r"[^\s\S]")

    def beginning(self, folded: str) -> tuple[str, str] | None:
        """The name of a country that a folded text begins with, as it stands there, and the workbook's name for it."""
        begins = self._beginning(folded)
        own = self._directory.find(begins) if begins else None
        return (begins, own) if begins and own else None

    def _beginning(self, text: str) -> str | None:
        """The longest name of a country or place that ``text`` begins with."""
        return next((text[:length] for length in self._lengths if text[:length] in self._beginnings), None)


class Institutions:
    """Reads names of institutions of 境外机构名录."""

    def __init__(
        self,
        names: Mapping[str, str | None],
        countries: Countries | None = None,
        located: Mapping[str, str] | None = None,
    ) -> None:
        """Know ``names``: every name, foreign name and alias → the name in 境外机构名录; ``located``: that → its country."""
        self._countries, self._located = countries, located or {}
        self._directory = Directory(names, _institution_variants)

    def read(self, text: str) -> str | Unclear:
        """The institution's name in 境外机构名录, else the cleaned text; several that it has are no one institution."""
        cleaned = one_line(text)
        if found := self.find(cleaned):
            return found
        parts = [part.strip() for part in _SEVERAL.split(text) if part.strip()]
        said = {found: part for part in parts if (found := self.find(one_line(part)))}
        return Unclear(tuple(said.values()), several=True) if len(parts) == len(said) > 1 else cleaned

    def find(self, text: str) -> str | None:
        """The institution that ``text`` names: in either language, with a place or an abbreviation in brackets."""
        folded = fold(text)
        found_inside = self._directory.inside(folded)
        for candidate in (folded, BRACKETED.sub("", folded)):
            if found := self._directory.find(candidate) or self._directory.find(_LATIN_ARTICLE.sub("", candidate)):
                return found if candidate == folded or found_inside <= {found} else None
        if len(found_inside) == 1:
            return found_inside.pop()
        halves = re.match(
            r"^([\u3400-\u9fff·()（）]+)([a-z][^\u3400-\u9fff]+)$|^([a-z][^\u3400-\u9fff]+?)([\u3400-\u9fff·]+)$",
            folded,
        )
        if halves:
            found_halves = {found for half in halves.groups() if half and (found := self._directory.find(half))}
            return found_halves.pop() if len(found_halves) == 1 else None
        return self._after_country(folded)

    def _after_country(self, folded: str) -> str | None:
        """德国莱茵河谷农业学院: its own country stands before the name."""
        begun = self._countries.beginning(folded) if self._countries else None
        found = self._directory.find(folded[len(begun[0]) :]) if begun else None
        return found if found and begun and self._located.get(found) == begun[1] else None


def unit_variants(name: str) -> Iterable[str]:
    """What offices write for a unit's full name: without 中共, 四川省 or 省, 市 left out."""
    forms = {name, name.removeprefix("中共")}
    for form in list(forms):
        for province in _PROVINCE:
            if form.startswith(province) and len(form) > len(province) + 2:
                rest = form.removeprefix(province)
                forms |= {"省" + rest, "四川" + rest, "四川省" + rest}
                if re.match(r"^.{1,5}[市州]", rest):
                    forms.add(rest)
    for form in list(forms):
        without_city = re.sub(r"^(四川省|四川)?([^省市州县区]{2,3})市(?=.{2,})", r"\2", form)
        forms.add(without_city)
        county = re.match(r"^[^省市州县区]{2,3}市([^市州]{1,4}[县区].{2,})$", form)
        if county:
            forms.add(county[1])
        forms.add(re.sub(r"^([^省市州县区]{2,4}?)(?:藏族羌族|羌族|藏族|彝族)自治州", r"\1州", form))
    return forms


def _institution_variants(name: str) -> Iterable[str]:
    return {name, _LATIN_ARTICLE.sub("", name), BRACKETED.sub("", name)}
