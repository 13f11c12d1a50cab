"""Everything that the data files say for one plan year, loaded and checked once, before any work, and handed to the rooms."""

from dataclasses import dataclass

from schemas.linkage import Linkage, load_linkage
from schemas.notice import Notice, load_notice
from schemas.sheet_words import SheetWords, load_sheet_words
from schemas.spellings import Spellings, load_spellings
from schemas.titles import TitleWords, load_titles


@dataclass(frozen=True)
class Yearbook:
    """The data of the plan year ``year``: its ``notice``; ``titles``, how offices call the columns; ``spellings``, how they
    spell values; ``sheet_words``, what else stands on their sheets; ``linkage``, how filings of one group are recognised."""

    year: int
    notice: Notice
    titles: TitleWords
    spellings: Spellings
    sheet_words: SheetWords
    linkage: Linkage


def load_yearbook(year: int) -> Yearbook:
    """The data of ``year``.

    Raises:
        NoticeError: a file is missing or not as it must be; names the file and, where it can, the line.
    """
    return Yearbook(year, load_notice(year), load_titles(), load_spellings(), load_sheet_words(), load_linkage())
