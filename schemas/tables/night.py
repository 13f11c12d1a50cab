"""What the warehouse keeps of a night besides the tables that the rooms hand to each other."""

import numpy as np
import pandera.pandas as pa

from schemas.columns import PARTICIPANT
from schemas.tables.frame import Frame, Moment, Series, Text, Whole, key, one_of, optional
from schemas.tables.readings import Filings
from schemas.words import DISPOSITIONS


class SettledFilings(Filings):
    """One row a project row read, with where it ended up, why (in Chinese), and the group it belongs to."""

    disposition: Series[Text] = one_of(DISPOSITIONS)
    because: Series[Text] = optional()
    group_id: Series[Text] = optional()


class FilingCells(Frame):
    """One row a filled cell of a filing: where it stands, in A1 form (missing where in no cell), and the text as filed."""

    filing_id: Series[Text]
    column: Series[Text]
    cell: Series[Text] = optional()
    value: Series[Text]


class KeptParticipants(Frame, form=PARTICIPANT):
    """One row a unit taking part in a filing, without an id of its own, since its cells are not kept."""

    filing_id: Series[Text] = optional()
    file: Series[Text]
    sheet: Series[Text]
    row: Series[np.int64]


class EarlierFiles(Frame):
    """One row a path that the night before found, with its bytes and what became of it, in the words of that night."""

    path: Series[Text] = key()
    sha256: Series[Text] = optional()
    status: Series[Text]


class Runs(Frame):
    """One row a night; ``number`` is its place among all nights of the warehouse, from 1, whatever the clock said; the counts
    are those that its last lines print; ``program`` and ``yearbook`` the hashes of the program with its libraries and of the
    year's data that it was made with, missing where nobody wrote them down."""

    number: Series[np.int64]
    started_at: Series[Moment]
    ended_at: Series[Moment] = optional()
    status: Series[Text]
    files: Series[np.int64]
    filings: Series[np.int64]
    included: Series[np.int64]
    merged: Series[np.int64]
    held: Series[np.int64]
    returned: Series[np.int64]
    prohibited: Series[np.int64]
    excluded: Series[np.int64]
    superseded: Series[np.int64]
    findings: Series[np.int64]
    groups: Series[np.int64]
    program: Series[Text] = optional()
    yearbook: Series[Text] = optional()


class NumberedNights(Frame):
    """One row a night that the warehouse has: its id, plan year, and place among all nights."""

    run_id: Series[Text] = key()
    year: Series[np.int64]
    number: Series[np.int64]


class VocabularyWords(Frame):
    """One row a word that the views say something with: ``vocabulary`` of :data:`schemas.words.VOCABULARIES` or of the
    year's notice, ``place`` in it from 1, ``code`` as stored, ``word`` as an official reads it."""

    vocabulary: Series[Text]
    place: Series[np.int64]
    code: Series[Text]
    word: Series[Text]


class Steps(Frame):
    """One row a step of a night, in the order in which they began: rows of the table that it was about, in and out (missing
    where it took or gave none); its ``seconds``; the most bytes that the program had held when it ended (``peak_bytes``), and
    the most that one of its workers had (missing where it had none)."""

    place: Series[np.int64] = key()
    step: Series[Text]
    began_at: Series[Moment]
    seconds: Series[np.float64] = pa.Field()
    rows_in: Series[Whole] = optional()
    rows_out: Series[Whole] = optional()
    peak_bytes: Series[np.int64]
    worker_bytes: Series[Whole] = optional()


class NoticeLimits(Frame):
    """One row a number of the year's notice (people, days, characters, shares)."""

    name: Series[Text] = key()
    value: Series[np.float64] = pa.Field()
