"""The words that officials read are said once, in ``schemas/words.py`` and the year's notice."""

import re

import pytest

import sql
from schemas.words import CHANGED, DIMENSIONS, VOCABULARIES

STATEMENTS = [
    (folder, name)
    for folder in ("ask", "explain", "link", "macros", "migrations", "nights", "tables", "views")
    for name in sql.names(folder)
]
HAN = re.compile("[\u4e00-\u9fff]")


def code_of(folder: str, name: str) -> str:
    """A statement without its comments."""
    return re.sub("--.*", "", sql.statement(folder, name))


# A migration may read sentences as earlier versions wrote them.
SAYING = [(folder, name) for folder, name in STATEMENTS if folder != "migrations"]


@pytest.mark.parametrize(("folder", "name"), SAYING, ids="/".join)
def test_no_statement_says_anything_in_chinese(folder, name):
    assert not HAN.search(code_of(folder, name)), "let it join current_word; the word belongs into schemas/words.py"


def test_every_statement_is_looked_at():
    from pathlib import Path

    files = {
        path.relative_to(Path(sql.__file__).parent).as_posix() for path in Path(sql.__file__).parent.rglob("*.sql")
    }
    assert files == {f"{folder}/{name}.sql" for folder, name in STATEMENTS}


def test_the_views_ask_for_vocabularies_and_labels_that_there_are():
    asked = "\n".join(code_of(folder, name) for folder in ("macros", "views") for name in sql.names(folder))
    known = {*VOCABULARIES, "priority_class"}
    assert set(re.findall(r"vocabulary = '(\w+)'", asked)) <= known
    assert set(re.findall(r"code = '(\w+)'", code_of("views", "label"))) == set(VOCABULARIES["label"])
    assert set(re.findall(r"dimension: '(\w+)'", code_of("views", "plan_sum"))) == set(DIMENSIONS)
    assert set(re.findall(r"'(\w+)' AS share_of", code_of("views", "unit_share"))) == set(VOCABULARIES["share"])
    assert set(re.findall(r"'(\w+)' AS what", code_of("macros", "change_between"))) == CHANGED.keys() - {"value"}
