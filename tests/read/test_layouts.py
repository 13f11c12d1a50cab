"""Layouts as offices send them, each read without a fault."""

import pytest

from tests.layouts import drawn
from tests.layouts.measure import Figures, every_layout, measure

pytestmark = pytest.mark.slow

UNSEEN = range(7_000_000, 7_000_060)
"""Seeds of drawn layouts that nobody has looked into: where this fails, look at others (``python -m tests.layouts --seeds``)."""

NAMES = [layout.name for layout in every_layout()]


@pytest.fixture(scope="module")
def figures(tmp_path_factory, references) -> dict[str, Figures]:
    return {one.name: one for one in measure(every_layout(), tmp_path_factory.mktemp("layouts"), references)}


@pytest.mark.parametrize("name", NAMES)
def test_layout(figures, name):
    assert figures[name].wrong == []


def test_there_are_several_dozen_layouts_with_a_name_of_their_own():
    assert len(set(NAMES)) == len(NAMES) > 100


def test_layouts_drawn_at_random_are_read_without_a_wrong_cell(tmp_path, references):
    figures = measure([*drawn.layouts(UNSEEN)], tmp_path, references)
    unsound = [one for one in figures if not one.sound]
    assert len(unsound) <= 1
    assert sum(one.right for one in figures) >= 0.9995 * sum(one.cells for one in figures)
    assert sum(one.lost + one.invented for one in figures) == 0
