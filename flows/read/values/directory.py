"""The names of a reference workbook, each by whatever else it may be called."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from flows.read.values.characters import fold

BRACKETED = re.compile(r"[(\[【〔{][^()\[\]【】〔〕{}]*[)\]】〕}]")
INSIDE = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]+)[)\]】〕]")
"""What stands in brackets, with them and without."""

_PUNCTUATION = re.compile(r"[\s,，.。·•:：;；、'’‘\"“”()（）\[\]【】<>《》\-–—_/&]+")


class Directory:
    """The names of one reference workbook, as offices vary them.

    ``names``: every name → the workbook's own, None where several entries claim it: then it is found as that name itself,
    which is no entry's, whatever it is a variant of; ``variants``: what else a name may be written as. A variant that two
    entries share says nothing and is left out.
    """

    def __init__(self, names: Mapping[str, str | None], variants: Callable[[str], Iterable[str]]) -> None:
        """Index ``names`` and their ``variants``."""
        self._exact: dict[str, str] = {}
        owners: dict[str, set[str]] = defaultdict(set)
        for name, own in names.items():
            self._exact.setdefault(name_key(name), own or name)
            if own:
                for variant in variants(fold(name)):
                    owners[name_key(variant)].add(own)
        self._varied = {variant: min(own) for variant, own in owners.items() if len(own) == 1 and len(variant) > 1}

    def find(self, text: str) -> str | None:
        """The workbook's name for ``text``, None where it has none."""
        sought = name_key(text)
        return self._exact.get(sought) or self._varied.get(sought) if sought else None

    @property
    def keys(self) -> dict[str, str]:
        """Every key that is known → the workbook's name."""
        return self._varied | self._exact

    def inside(self, folded: str) -> set[str]:
        """The workbook's names that stand in brackets in a folded text."""
        return {found for inside in INSIDE.findall(folded) if (found := self.find(inside))}


def name_key(text: str) -> str:
    """A name for comparing: folded, without punctuation."""
    return _PUNCTUATION.sub("", fold(text))


def any_of(words: Iterable[str]) -> str:
    """A regular expression for any of ``words``, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
