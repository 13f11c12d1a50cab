"""Names of units, countries and institutions."""

import pytest

from flows.read.values.names import Countries, Institutions, Units
from schemas.spellings import load_spellings

SPELLINGS = load_spellings()


class TestNames:
    UNITS = Units(
        {
            "四川省农业农村厅": "四川省农业农村厅",
            "成都市科学技术局": "成都市科学技术局",
            "成都市科技局": "成都市科学技术局",
            "四川大学": "四川大学",
            "中共四川省委组织部": "中共四川省委组织部",
            "阿坝藏族羌族自治州水务局": "阿坝藏族羌族自治州水务局",
            "绵阳市水务局": "绵阳市水务局",
            "四川省卫生健康委员会": "四川省卫生健康委员会",
        },
        SPELLINGS,
    )
    COUNTRIES = Countries(
        {"德国": "德国", "Germany": "德国", "美国": "美国", "印度": "印度", "荷兰": "荷兰"},
        SPELLINGS,
    )
    INSTITUTIONS = Institutions(
        {"慕尼黑工业大学": "慕尼黑工业大学", "Technical University of Munich": "慕尼黑工业大学"}
    )

    @pytest.mark.parametrize(
        ("filed", "meant"),
        [("德国慕尼黑工业大学", "慕尼黑工业大学"), ("荷兰慕尼黑工业大学", "荷兰慕尼黑工业大学"), ("德国", "德国")],
    )
    def test_an_institution_may_bear_its_own_country(self, filed, meant):
        names = {"慕尼黑工业大学": "慕尼黑工业大学"}
        assert Institutions(names, self.COUNTRIES, {"慕尼黑工业大学": "德国"}).read(filed) == meant

    @pytest.mark.parametrize("filed", ["赴德国", "拟赴德国"])
    def test_where_a_group_goes(self, filed):
        assert self.COUNTRIES.read(filed) == "德国"

    @pytest.mark.parametrize(
        ("filed", "meant"),
        [
            ("四川 省农业农村厅", "四川省农业农村厅"),
            ("省农业农村厅（科教处）", "四川省农业农村厅"),
            ("四川省农业农村厅科教处", "四川省农业农村厅"),
            ("成都科技局", "成都市科学技术局"),
            ("成都市科技局", "成都市科学技术局"),
            ("省委组织部", "中共四川省委组织部"),
            ("省卫健委", "四川省卫生健康委员会"),
            ("阿坝州水务局", "阿坝藏族羌族自治州水务局"),
            ("绵阳市⽔务局", "绵阳市水务局"),
            ("成都科技局、绵阳水务局", "成都市科学技术局、绵阳市水务局"),
            ("四川省绵阳市水务局", "绵阳市水务局"),
            ("四川绵阳市水务局（办公室）", "绵阳市水务局"),
        ],
    )
    def test_units(self, filed, meant):
        assert self.UNITS.read(filed) == meant

    def test_another_name_in_brackets_is_no_department(self):
        assert self.UNITS.read("绵阳市水务局（成都市科技局）") == "绵阳市水务局（成都市科技局）"
        assert self.UNITS.read("成都市科学技术局（成都市科技局）") == "成都市科学技术局"
        names = {"慕尼黑工业大学": "慕尼黑工业大学", "柏林工业大学": "柏林工业大学"}
        assert Institutions(names).read("慕尼黑工业大学（柏林工业大学）") == "慕尼黑工业大学（柏林工业大学）"

    @pytest.mark.parametrize("filed", ["四川大学华西医院", "科技局", "张江公司"])
    def test_units_that_are_not_listed_stay_as_written(self, filed):
        assert self.UNITS.read(filed) == filed

    def test_a_unit_in_a_files_name(self):
        assert self.UNITS.named_in("2020年成都科技局申报表v2") == "成都市科学技术局"
        assert self.UNITS.named_in("申报表") is None

    @pytest.mark.parametrize(
        ("filed", "meant"),
        [
            ("德国（慕尼黑）", "德国"),
            ("慕尼黑（德国）", "德国"),
            ("德国慕尼黑", "德国"),
            ("GERMANY", "德国"),
            ("Germany (Munich)", "德国"),
            ("Munich, Germany", "德国"),
            ("德意志联邦共和国", "德国"),
            ("USA", "美国"),
            ("美 国", "美国"),
            ("德国、美国", "德国、美国"),
            ("尼德兰", "荷兰"),
        ],
    )
    def test_countries(self, filed, meant):
        assert self.COUNTRIES.read(filed) == meant

    @pytest.mark.parametrize(
        ("filed", "meant"),
        [
            ("德国或荷兰", "德国、荷兰"),
            ("德国和荷兰", "德国、荷兰"),
            ("德国及荷兰", "德国、荷兰"),
            ("德国 荷兰", "德国、荷兰"),
            ("德国荷兰", "德国、荷兰"),
            ("德国（备选：荷兰）", "德国、荷兰"),
            ("德国+荷兰", "德国、荷兰"),
            ("德国→美国", "德国、美国"),
            ("德国或荷", "德国或荷"),
            ("德国或美", "德国、美国"),
            ("德国（柏林）、荷兰（鹿特丹）", "德国、荷兰"),
            ("Germany or the Netherlands", "德国、荷兰"),
            ("Germany (UK)", "Germany (UK)"),
            ("德国或泰国", "德国、泰国"),
            ("德国、摩尔多瓦", "德国、摩尔多瓦"),
            ("德国等国", "德国等国"),
            ("德国及北欧", "德国及北欧"),
            ("德国及某国", "德国及某国"),
        ],
    )
    def test_a_cell_that_names_several_countries_is_not_read_as_the_first(self, filed, meant):
        assert self.COUNTRIES.read(filed) == meant

    @pytest.mark.parametrize(
        ("filed", "meant"),
        [
            ("德国（柏林、慕尼黑）", "德国"),
            ("德国柏林和慕尼黑", "德国"),
            ("德国/柏林", "德国"),
            ("德国（Germany）", "德国"),
            ("美国马里兰州", "美国"),
            ("美国新墨西哥州", "美国"),
            ("德意志联邦共和国（慕尼黑）", "德国"),
        ],
    )
    def test_cities_are_no_further_countries(self, filed, meant):
        assert self.COUNTRIES.read(filed) == meant

    @pytest.mark.parametrize("filed", ["火星", "印度尼西亚", "欧洲"])
    def test_countries_that_are_not_listed_stay_as_written(self, filed):
        assert self.COUNTRIES.read(filed) == filed

    @pytest.mark.parametrize(
        "filed",
        [
            "慕尼黑工业大学（德国）",
            "The Technical University of Munich",
            "technical  university of munich (TUM)",
            "慕尼黑工业大学 Technical University of Munich",
        ],
    )
    def test_institutions(self, filed):
        assert self.INSTITUTIONS.read(filed) == "慕尼黑工业大学"
