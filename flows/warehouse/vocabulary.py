"""The words that the views say things with, kept with each night."""

import duckdb
import pandas as pd

import sql
from schemas.errors import DataFileError
from schemas.notice import Notice, load_notice
from schemas.tables import DataFrame, VocabularyWords
from schemas.words import VOCABULARIES


def vocabulary_words(notice: Notice | None) -> DataFrame[VocabularyWords]:
    """What the views say things with, the program's own words and those of the year's notice, where it has one."""
    listed = notice.vocabularies if notice else {}
    of_notice = {name: dict(zip(words, words, strict=True)) for name, words in listed.items()}
    rows = [
        (vocabulary, place, code, word)
        for vocabulary, words in (VOCABULARIES | of_notice).items()
        for place, (code, word) in enumerate(words.items(), start=1)
    ]
    words = pd.DataFrame(rows, columns=VocabularyWords.names())
    return VocabularyWords.validate(words.astype(VocabularyWords.dtypes()))


def give_words_to_older_nights(connection: duckdb.DuckDBPyConnection) -> None:
    """Add today's words to the nights that have none: older programs said them in the views themselves."""
    for run_id, year in connection.execute(sql.statement("ask", "wordless")).fetchall():
        connection.register("lacking", vocabulary_words(_notice(year)).assign(run_id=run_id, year=year))
        connection.execute(sql.statement("ask", "give_words"))
        connection.unregister("lacking")


def _notice(year: int) -> Notice | None:
    try:
        return load_notice(year)
    except DataFileError:  # a year whose notice is no longer kept
        return None
