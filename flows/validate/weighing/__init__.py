"""Evidence weighed: what a filing's texts say for a finding and against it, in points from the year's file.

A text is cut into its parts of sentences. In each part the points of its words are added up, those against taken off; what
a part says against a finding says nothing of its neighbours. The parts that speak for a finding are added up over the
columns; then comes what counts once for the whole filing. Each different part is passed over once for the words of all rules,
equal texts are judged once, and only those with a word that speaks for a finding are looked into.
"""

import numpy as np
import pandas as pd

from flows.validate.weighing.questions import Looked, Questions, questions_of
from flows.validate.weighing.scales import Scales, joined, little
from schemas.notice import Notice
from schemas.tables import TEXT, as_objects
from schemas.weighing import TEXTS

__all__ = ["joined", "weighed"]

_TOLD = ("rule", "column", "words", "evidence", "against")
_COLUMNS = ("place", "points", *_TOLD)


def weighed(filings: pd.DataFrame, notice: Notice) -> pd.DataFrame:
    """The filings and text rules for whose finding something speaks, one row each, rule by rule.

    ``place`` in ``filings``; ``rule``; ``points``; ``column`` with the strongest evidence; ``words`` for the finding, joined by
    :data:`BETWEEN_WORDS`, ``evidence`` the same and ``against`` those against it as a sentence names them (empty where there
    are none).
    """
    questions = questions_of(notice)
    looked = Looked(questions)
    says_little = {
        little(kind): kind.says_little(filings, notice).to_numpy() for kind in questions.kinds if kind.evidence.left
    }
    spoken = _spoken(filings, questions, looked)
    for question, speaks in zip(questions.all, spoken.T, strict=True):
        for kind in question.kinds:
            if kind.evidence.left:
                speaks |= says_little[little(kind)]
    asked = np.flatnonzero(spoken.any(axis=1))
    rows = dict(zip(asked.tolist(), _rows(filings, asked, questions, says_little), strict=True))
    found = []
    for number, (question, speaks) in enumerate(zip(questions.all, spoken.T, strict=True)):
        scales = Scales(question, questions.bits_of(number), looked, questions.denials)
        for place in np.flatnonzero(speaks).tolist():
            told = scales.weigh(rows[place])
            if told.points > 0:
                found.append((place, told.points, question.rule.rule, *told[1:]))
    table = pd.DataFrame(found, columns=list(_COLUMNS))
    return table.astype({"place": "int64", "points": "int64", **dict.fromkeys(_TOLD, TEXT)})


def _spoken(filings: pd.DataFrame, questions: Questions, looked: Looked) -> np.ndarray:
    """For each filing and question whether its texts have a word that speaks for its finding, or speak by what is absent."""
    asked, filled = {}, {}
    for name in TEXTS:
        if name in filings:
            number, texts = pd.factorize(filings[name])
            asked[name] = _bits([looked.asked(text, name) for text in texts.tolist()], questions.asks)[number]
            filled[name] = number >= 0
    in_all = np.logical_or.reduce(list(asked.values()))
    spoken = in_all[:, : len(questions.all)]
    for place, question in enumerate(questions.all):
        for kind in question.absent:
            there = [filled[name] for name in question.rule.columns if kind.in_column(name)]
            said = in_all[:, questions.place_of(kind)]
            spoken[:, place] |= np.logical_or.reduce(there) & ~said & kind.asked_in(filings).to_numpy()
        for kind in question.sometimes:
            said = in_all[:, questions.place_of(kind)]
            if said.any():
                spoken[:, place] |= said & kind.asked_in(filings).to_numpy()
    return spoken


def _bits(masks: list[int], width: int) -> np.ndarray:
    """The bits of each mask as a row, and a last row, of a text that is missing, with none."""
    different = {mask: number for number, mask in enumerate(dict.fromkeys((*masks, 0)))}
    rows = np.array([[bool(mask >> bit & 1) for bit in range(width)] for mask in different], dtype=bool)
    return rows[[different[mask] for mask in (*masks, 0)]]


def _rows(
    filings: pd.DataFrame, places: np.ndarray, questions: Questions, says_little: dict[str, np.ndarray]
) -> list[dict[str, object]]:
    """The filings at these places with the columns that the evidence asks for; a missing value is None."""
    cells = [name for kind in questions.kinds for name in (kind.evidence.cell, *kind.evidence.where) if name]
    own = [kind.evidence.unless_in for kind in questions.kinds if kind.evidence.unless_in]
    names = [name for name in dict.fromkeys((*TEXTS, *cells, *own)) if name in filings]
    values = [as_objects(filings[name].take(places)).tolist() for name in names]
    values += [told[places].tolist() for told in says_little.values()]
    names += says_little
    return [dict(zip(names, row, strict=True)) for row in zip(*values, strict=True)]
