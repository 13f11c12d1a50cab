"""Everything that the data files say for one plan year, loaded and checked once, before any work, and handed to the rooms."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from schemas import form as form_file
from schemas import linkage as linkage_file
from schemas import titles as titles_file
from schemas.data_file import Place, file_of_year, read_data_file, years
from schemas.errors import DataFileError
from schemas.form import Form, load_form
from schemas.linkage import Linkage, load_linkage
from schemas.notice import CALLED, Notice, load_notice, notice_tried
from schemas.sheet_words import SheetWords, load_sheet_words
from schemas.spellings import Spellings, load_spellings
from schemas.titles import TitleWords, load_titles
from schemas.verdict_words import VerdictWords, load_verdict_words

DATA = Path(__file__).parent
"""The folder of the data files: one folder a kind, one file a year; ``spellings.toml``, ``sheet_words.toml`` and
``verdict_words.toml`` serve all years."""


@dataclass(frozen=True)
class Yearbook:
    """The data of the plan year ``year``: its ``notice``; ``form``, the columns that offices fill in; ``titles``, how
    offices call these; ``spellings``, how they spell values; ``sheet_words``, what else stands on their sheets;
    ``verdict_words``, what reviewers write for a verdict; ``linkage``, how filings of one group are recognised."""

    year: int
    notice: Notice
    form: Form
    titles: TitleWords
    spellings: Spellings
    sheet_words: SheetWords
    verdict_words: VerdictWords
    linkage: Linkage


def load_yearbook(year: int, folder: Path = DATA, tried: Path | None = None) -> Yearbook:
    """The data of ``year``: its own notice (or that in the file ``tried``), and of the rest what holds for it, the year's own or
    the newest earlier.

    Raises:
        DataFileError: a file is missing or not as it must be; names the file and, where it can, the line.
    """
    notice = notice_tried(tried, year) if tried else load_notice(year, folder / "notices")
    form = load_form(file_of_year(folder / "forms", year, form_file.CALLED))
    if wrong := [*_words_lacking(form, notice)]:
        raise notice.wrong(wrong)
    return Yearbook(
        year=year,
        notice=notice,
        form=form,
        titles=load_titles(file_of_year(folder / "titles", year, titles_file.CALLED), form),
        spellings=load_spellings(folder / "spellings.toml", _vocabularies(folder / "notices")),
        sheet_words=load_sheet_words(folder / "sheet_words.toml"),
        verdict_words=load_verdict_words(folder / "verdict_words.toml"),
        linkage=load_linkage(file_of_year(folder / "linkage", year, linkage_file.CALLED)),
    )


def years_with_notice(folder: Path = DATA) -> list[int]:
    """The years that have a notice, the newest last."""
    return years(folder / "notices")


def _words_lacking(form: Form, notice: Notice) -> Iterator[tuple[Place, str]]:
    """Columns of the form that hold words of a list that the notice does not have, or that ask for something where the notice
    does not."""
    letters = [set(column.required_for) for column in form.filing if column.required_for]
    for types in letters:
        if types != set(notice.meanings.formal_types):
            yield (
                ("meanings", "formal_types"),
                f"申报表按 required_for 对{'、'.join(sorted(types))}必填的一栏，与这里的培训类型不一致",
            )
    for column in (*form.filing, *form.participant):
        if column.vocabulary and not notice.vocabularies.get(column.vocabulary):
            yield (
                ("vocabularies", column.vocabulary),
                f"缺少词表 {column.vocabulary}，申报表的“{column.title}”一栏要从中选填",
            )


def _vocabularies(notices: Path) -> dict[str, set[str]]:
    """The words that any year's notice has; a notice that is being worked on and cannot be read yet has none."""
    words: dict[str, set[str]] = {}
    for year in years(notices):
        try:
            said = read_data_file(notices / f"{year}.toml", CALLED).data.get("vocabularies", {})
        except DataFileError:
            continue
        for name, listed in said.items() if isinstance(said, dict) else ():
            words.setdefault(name, set()).update(word for word in listed if isinstance(word, str))
    return words
