"""Values that are typed or written otherwise and have one meaning all the same."""

from datetime import date

import pytest

from flows.read.values import Unclear
from flows.read.values.traditional import simplified
from schemas.columns import FILING, by_name
from tests.reading import KNOWN

COLUMNS = by_name(FILING)


@pytest.mark.parametrize(
    ("column", "text", "meant"),
    [
        ("headcount", "15①", 15),
        ("headcount", "15注¹", 15),
        ("headcount", "2O人", 20),
        ("headcount", "'15", 15),
        ("seq", "①", 1),
        ("start_date", "2020-06-29²", date(2020, 6, 29)),
        ("degree_study", "否²", False),
        ("headcount", "15²人", Unclear(("15人", "152人"))),
        ("budget", "35.5²", Unclear(("35.5", "35.52"))),
        ("start_date", "2020-6-1²", Unclear(("2020-6-1", "2020-6-12"))),
        ("budget", "$5.20万", None),
        ("budget", "€ 5.20", None),
        ("budget", "35.5%", None),
        ("expert_review", "通过※", "通过"),
        ("otm_no", "'OTM2O20510196", "OTM2020510196"),
        ("start_date", "2O20-6-29", date(2020, 6, 29)),
        ("start_date", "贰零贰零年陆月贰拾玖日", date(2020, 6, 29)),
        ("start_date", "民国109年6月29日", date(2020, 6, 29)),
        ("start_date", "令和2年6月29日", date(2020, 6, 29)),
        ("start_date", "29-Jun", date(2020, 6, 29)),
        ("start_date", "Mon Jun 29 00:00:00 CST 2020", date(2020, 6, 29)),
    ],
)
def test_what_is_meant(column, text, meant):
    assert KNOWN.values.reader(COLUMNS[column])(text) == meant


def test_traditional_characters_of_names():
    assert simplified("四川省農業農村廳、德國") == "四川省农业农村厅、德国"
