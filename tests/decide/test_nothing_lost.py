"""Whatever is typed, night after night, is in the warehouse."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st

from schemas.decisions import VERDICTS
from tests.decide.cases import HOLD, entry
from tests.desk import Desk, type_in, written_in
from tests.examples import examples

pytestmark = pytest.mark.usefixtures("quick")


WORDS = st.none() | st.sampled_from([*VERDICTS["finding"], "合并", "可以", " 同意 ", "?"]) | st.text(max_size=5)


@pytest.mark.slow
@examples(
    2,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(rounds=st.lists(st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=3, max_size=3), min_size=1, max_size=2))
def test_nothing_typed_is_ever_lost(tmp_path_factory, rounds):
    desk = Desk(tmp_path_factory.mktemp("desk"))
    findings = [{**HOLD, "finding_id": f"id{n}"} for n in range(3)]
    shown = {f"id{n}": (None, None, None) for n in range(3)}
    desk.night(findings)
    for typed in rounds:
        for about, words in zip(shown, typed, strict=True):
            type_in(desk.workbook, about, *(None if w is None else _storable(w) for w in words))
        said = _typed(desk.workbook)
        decided = desk.night(findings)
        kept = desk.view("decision").astype(object)
        kept = {
            tuple(None if pd.isna(v) else v for v in row)
            for row in kept[["about", "verdict", "note", "reviewer"]].to_numpy()
        }
        for about, words in said.items():
            if any(words) and words != shown[about]:
                assert (about, *words) in kept
        shown = {about: entry(decided, about) for about in shown}


def _storable(text: str) -> str:
    return "".join(c for c in text if c.isprintable())


def _typed(path: Path) -> dict[str, tuple]:
    said = {row.about: (row.verdict, row.note, row.reviewer) for row in written_in(path).rows}
    return {f"id{n}": said.get(f"id{n}", (None, None, None)) for n in range(3)}
