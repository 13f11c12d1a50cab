"""Words found by the automaton are those that an expression of them all would find."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.validate.lexicon import GONE, Lexicon, covered, lexicon
from flows.validate.once import once
from flows.validate.weighing.parts import Pieced, Sought, parts_of
from flows.validate.words import any_of
from schemas.weighing import ANY

LITERAL = st.text("甲乙丙", min_size=1, max_size=3)
PARTED = st.lists(LITERAL, min_size=1, max_size=3).map(ANY.join)
TEXTS = st.text("甲乙丙不无丁", max_size=24)


@pytest.mark.property
@given(st.lists(LITERAL, max_size=6), TEXTS)
def test_a_lexicon_finds_what_an_expression_finds(words, text):
    wanted = re.compile(any_of(words))
    known = Lexicon(words)
    assert known.spans(text) == [match.span() for match in wanted.finditer(text)]
    assert known.left_of(text) == wanted.sub("", text)
    assert known.covered(text) == wanted.sub(lambda match: GONE * len(match[0]), text)
    assert known.first(text) == (match[0] if (match := wanted.search(text)) else None)


@pytest.mark.property
@given(st.lists(PARTED, min_size=1, max_size=6), st.lists(LITERAL, max_size=2), TEXTS)
def test_words_with_something_between_are_found_as_an_expression_finds_them(words, phrases, text):
    pieced = Pieced([*words, *phrases])
    standing = pieced.standing(text)
    hidden = covered(text, Sought(phrases, pieced).within(text, standing)) if phrases else text
    between = f"[^{GONE}不未无没免]{{0,12}}?"
    wanted = re.compile(any_of(words).replace(re.escape(ANY), between))
    assert Sought(words, pieced).within(hidden, standing) == [match.span() for match in wanted.finditer(hidden)]


@pytest.mark.parametrize(
    ("apart", "found"), [("", True), ("一" * 12, True), ("一" * 13, False), ("一没一", False), ("一，一", False)]
)
def test_how_far_the_pieces_of_a_word_may_stand_apart(apart, found):
    pieced = Pieced(["攻读…学位"])
    text = f"拟攻读{apart}学位"
    assert found == any(Sought(["攻读…学位"], pieced).within(part, pieced.standing(part)) for part in parts_of(text))


def test_a_lexicon_of_the_same_words_is_made_once():
    assert lexicon("甲", "乙") is lexicon("甲", "乙")
    assert lexicon().spans("甲") == []


def test_what_is_made_of_a_thing_is_made_once_for_that_thing_and_not_for_an_equal_one():
    asked = []

    @once
    def made(given_list):
        asked.append(given_list)
        return len(given_list)

    one, other = [1], [1]
    assert [made(one), made(one), made(other), made(one)] == [1, 1, 1, 1]
    assert asked == [one, other]
