"""The words that stand on sheets around the projects, as regular expressions, made once a process.

All but ``next_label``, ``says_how``, ``no_project`` and ``taking_part`` are matched against folded text.
"""

import re
from collections.abc import Iterable
from functools import cached_property

from flows.read.values.characters import fold
from schemas.sheet_words import SheetWords
from schemas.spellings import Spellings

_NUMERAL = "[一二三四五六七八九十]"
_NOTED = r"(?:[（(][^()（）]*[)）])?"
"""What may follow a word in brackets."""


class Patterns:
    """What tells the rows and cells around the projects, from the words of ``schemas/sheet_words.toml``."""

    def __init__(self, words: SheetWords, spellings: Spellings) -> None:
        """Know ``words``, and from ``spellings`` how names of organisations end."""
        self._words = words
        self._endings, self._within = spellings.organisation_endings, spellings.organisation_words

    @cached_property
    def total(self) -> re.Pattern[str]:
        """A row of totals begins so: 合计（共3项）."""
        words, whole = _any(self._words.totals.words), _any(self._words.totals.whole)
        return re.compile(
            rf"^(?:[一-鿿（）()0-9、\-]{{0,10}}(?:{words})|(?:{whole}))[:：]?(?:[（(].*[)）]|共?\d+[个项].*)?$"
        )

    @cached_property
    def subtotal(self) -> re.Pattern[str]:
        """A row of totals that adds up a part only."""
        return re.compile(_any(self._words.totals.subtotals))

    @cached_property
    def aside_label(self) -> re.Pattern[str]:
        """A cell of a row of signatures or notes, by itself: 填表人, 负责人签字, 单位（盖章）."""
        return re.compile(rf"^(?:{_any(self._words.asides.labels)}){{1,3}}{_NOTED}$")

    @cached_property
    def aside_labelled(self) -> re.Pattern[str]:
        """The same with what it labels behind it."""
        return re.compile(rf"^(?:{_any(self._words.asides.labels)}){{1,3}}{_NOTED}[:：]")

    @cached_property
    def footer(self) -> re.Pattern[str]:
        """The end of a page: its number, a date, a stamp, 以下空白."""
        stamps, footers = _any(self._words.asides.stamps), _any(self._words.asides.footers)
        return re.compile(
            rf"^(?:第?\d+页.*|共\d+页.*|-\d+-|[（(](?:{stamps}|下转.*|续.*|接.*)[)）]|{footers}"
            r"|\d{4}年\d{1,2}月\d{1,2}日|…+)$"
        )

    @cached_property
    def notes(self) -> re.Pattern[str]:
        """What stands over notes below a table."""
        return re.compile(rf"^(?:{_any(self._words.asides.notes)}){_NOTED}(?:[:：]|$)")

    @cached_property
    def example(self) -> re.Pattern[str]:
        """A cell that says that its row is an example."""
        return re.compile(rf"^[（(【\[]?(?:{_any(self._words.asides.examples)})\d*[)）】\]]?[:：]?$")

    @cached_property
    def example_title(self) -> re.Pattern[str]:
        """The beginning of a project's name that says that it is an example."""
        return re.compile(rf"^[（(【\[]?(?:{_any(self._words.asides.example_titles)})[)）】\]:：]")

    @cached_property
    def heading(self) -> re.Pattern[str]:
        """A heading among the rows of a table: 一、优先项目, 成都市."""
        endings = _any((*self._words.headings.endings, *self._endings, *self._within))
        return re.compile(
            rf"^(?:{_NUMERAL}+[、.．]|[（(]{_NUMERAL}+[)）]|第[一二三四五六七八九十\d]+[部分类章节批]+)|"
            rf"^.{{0,12}}(?:{endings})[:：]?(?:[（(].{{0,12}}[)）])?$"
        )

    @cached_property
    def hint(self) -> re.Pattern[str]:
        """A cell of a header that says how to fill in its column, or in what unit."""
        words = _any(self._words.hints.words)
        return re.compile(
            rf"^[(\[]?(?:{words}|yyyy.*|格式.*|示例.*|如[:：].*|例[:：如].*|.*填.{{0,12}}|限.*字.*)[)\]]?$"
        )

    @cached_property
    def says_how(self) -> re.Pattern[str]:
        """The beginning of a hint where a project's name would stand."""
        return re.compile(rf"[（(]?(?:{_any(self._words.hints.openings)})")

    @cached_property
    def title_tail(self) -> re.Pattern[str]:
        """What a title may end with that says nothing of what it means: its unit, how to fill it in."""
        return re.compile(rf"(?:单位)?(?:{_any(self._words.titles.tails)})+$")

    @cached_property
    def title_modifier(self) -> re.Pattern[str]:
        """What a title may have anywhere that does not change what it is about."""
        return re.compile(_any(self._words.titles.modifiers))

    @cached_property
    def group_tail(self) -> re.Pattern[str]:
        """What the title of a group may end with that says nothing of what stands under it."""
        return re.compile(rf"(?:{_any(self._words.titles.group_tails)})+$")

    @cached_property
    def other_thing(self) -> re.Pattern[str]:
        """What a title that is like a known one may be about instead."""
        return re.compile(_any(self._words.titles.other_things))

    @cached_property
    def name_part(self) -> re.Pattern[str]:
        """A part of a group of columns that holds the name of what the group is about."""
        return re.compile(rf"^(?:{_any(self._words.titles.name_parts)}){_NOTED}$")

    @cached_property
    def whole_part(self) -> re.Pattern[str]:
        """A part of a group of columns that stands for the whole group."""
        return re.compile(rf"^(?:{_any(self._words.titles.whole_parts)})$")

    @cached_property
    def bare_unit(self) -> re.Pattern[str]:
        """A unit of measure in a cell of its own."""
        return re.compile(rf"^(?:{_any(self._words.cards.bare_units)})$")

    @cached_property
    def no_project(self) -> re.Pattern[str]:
        """What stands over a column of a card that holds no project."""
        return re.compile(rf"例$|^例|{_any(self._words.cards.no_project)}")

    @cached_property
    def next_label(self) -> re.Pattern[str]:
        """Where the name of the unit that files ends and another label begins in the same cell."""
        labels = "|".join(map(re.escape, self._words.filer.next_labels))
        return re.compile(rf"(?:\s{{2,}}|[\s,，;；|]+)(?={labels})")

    @cached_property
    def no_filer(self) -> re.Pattern[str]:
        """What stands behind 单位： that is no unit: a unit of measure, blanks to be filled in, a stamp."""
        measures, stamps = _any(self._words.filer.measures), _any(self._words.filer.stamps)
        return re.compile(rf"^(?:{measures}|[:：_\-—\s]*|[(（]?(?:{stamps})[)）]?|\d.*)$")

    @cached_property
    def stamp(self) -> re.Pattern[str]:
        """A stamp in brackets behind the name of the unit that files."""
        return re.compile(rf"[(（](?:{_any(self._words.filer.stamps)})[)）]$")

    @cached_property
    def other_sheet(self) -> re.Pattern[str]:
        """The end of the name of a sheet that holds no filings."""
        return re.compile(rf"(?:{_any(self._words.sheets.other_endings)})(?:\d*|[（(].*[)）])$")

    @cached_property
    def taking_part(self) -> re.Pattern[str]:
        """What may stand before a unit in a list of participants: a label, a number."""
        labels = _any(self._words.taking_part.openings)
        return re.compile(rf"^(?:{labels})[:：]|^(?:\d{{1,2}}|{_NUMERAL}+)[.、．)）]\s*|^[①-⑳]")

    @cached_property
    def organisation(self) -> re.Pattern[str]:
        """The name of an organisation, by how it ends or what stands in it."""
        return re.compile(rf"(?:{_any(self._endings)})$|{_any(self._within)}")


def _any(words: Iterable[str]) -> str:
    """Any of ``words``, as folded text has them, the longest first."""
    return "|".join(re.escape(fold(word)) for word in sorted(words, key=len, reverse=True))
