"""Which units are of one region, who may organise a cross-region group, and who may lead one."""

import pytest

from flows.cross_region import may_lead, may_organise, region_of
from tests.rules.registers import registers
from tests.year import NOTICE

UNITS = registers().units


def test_all_provincial_units_are_of_one_region_and_the_others_of_their_citys():
    region = region_of(UNITS.assign(region=UNITS["region"].mask(UNITS["unit"].eq("四川省水利厅"))), NOTICE)
    assert region["四川省农业农村厅"] == region["四川省水利厅"] == ""
    assert region["三台县农业农村局"] == region["绵阳市农业农村局"] == "绵阳市"
    assert "某某局" not in region


@pytest.mark.parametrize(
    ("unit", "may"),
    [
        ("四川省农业农村厅", True),
        ("中共四川省委组织部", True),
        ("四川省农业科学院", True),  # no organ, but 外事审批权 of its own
        ("四川省水利学会", True),
        ("四川省畜牧科学研究院", False),
        ("四川省农学会", False),
        ("绵阳市农业农村局", False),
        ("三台县农业农村局", False),
    ],
)
def test_organs_of_the_province_and_its_units_with_the_right(unit, may):
    assert may_organise(UNITS, NOTICE)[unit] == may_lead(UNITS, NOTICE)[unit] == may


def test_a_city_unit_organises_none_whatever_its_right():
    units = UNITS.assign(foreign_affairs=True)
    assert not may_organise(units, NOTICE)["绵阳市农业农村局"]


def test_a_unit_under_vertical_management_leads_none():
    units = UNITS.assign(vertical=UNITS["unit"].eq("四川省农业农村厅").astype("boolean"))
    assert may_organise(units, NOTICE)["四川省农业农村厅"]
    assert not may_lead(units, NOTICE)["四川省农业农村厅"]
    assert may_lead(units, NOTICE)["四川省水利厅"]
