"""Layouts as offices send them, each read without a fault."""

import pytest

from tests.layouts.measure import Figures, every_layout, measure

pytestmark = pytest.mark.slow

NAMES = [layout.name for layout in every_layout()]


@pytest.fixture(scope="module")
def figures(tmp_path_factory, references) -> dict[str, Figures]:
    return {one.name: one for one in measure(every_layout(), tmp_path_factory.mktemp("layouts"), references)}


@pytest.mark.parametrize("name", NAMES)
def test_layout(figures, name):
    assert figures[name].wrong == []


def test_there_are_several_dozen_layouts_with_a_name_of_their_own():
    assert len(set(NAMES)) == len(NAMES) > 100
