"""二（三）: cadres, cross-region groups, the ministries' fields, the departments' fields."""

import pytest

from tests.rules.cases import Case, filing, group

CITY = {"organiser": "绵阳市农业农村局"}
POLITICAL = {"training_type": "党政综合管理类"}
HOT = {"country": "美国", "institution": "加州农业推广学院"}
SOCIETY = {"organiser": "四川省农学会"}
JOINING = ({"participant": "德阳市农业农村局"},)
OWN = {"participant": "四川省农业农村厅", "participants": 15}
ACROSS = {"cross_region": True}
HOSPITAL = {"theme": "医院管理", "training_type": "综合管理类"}
SCHOOL = {"theme": "职业教育"}

CADRES = [
    filing(provincial_cadres=0),
    filing(provincial_cadres=None),
    filing(provincial_cadres_filed="无", provincial_cadres=None),
    filing("provincial-cadres", provincial_cadres=1),
    filing(provincial_cadres=3, organiser="中共四川省委组织部"),
    filing("organisation-department", "provincial-cadres", provincial_cadres=1, organiser="中共绵阳市委组织部"),
    filing("unknown-organiser", provincial_cadres=1, organiser="省某办公室"),
    filing("organisation-department", organiser="中共绵阳市委组织部"),
    filing("organisation-department", organiser="中共三台县委组织部"),
    filing(organiser="中共四川省委组织部"),
    filing("organisation-department", organiser="中共绵阳市委组织部", **POLITICAL),
    filing("local-political", **CITY, **POLITICAL),
    filing("local-political", organiser="三台县农业农村局", **POLITICAL),
    filing("local-political", organiser="绵阳市农业科学研究院", **POLITICAL),
    filing(**CITY, training_type="综合管理类"),
    filing(**POLITICAL),
    filing("hot-country", "hot-political", **POLITICAL, **HOT),
    filing("hot-country", training_type="综合管理类", **HOT),
    filing("hot-country", "hot-political", organiser="中共四川省委组织部", **POLITICAL, **HOT),
]

CROSS_REGION = [
    filing(**ACROSS, joining=JOINING),
    filing(organiser="四川省农业科学院", **ACROSS, otm_no="OTM20209999", joining=JOINING),
    filing(organiser="四川省水利学会", theme="水利", **ACROSS, joining=({"participant": "绵阳市水务局"},)),
    filing("cross-region-right", organiser="四川省畜牧科学研究院", **ACROSS, joining=JOINING),
    filing("cross-region-right", **CITY, **ACROSS, joining=JOINING),
    filing("society-cross-region", **SOCIETY, **ACROSS, joining=JOINING),
    filing(**SOCIETY),
    filing("unknown-organiser", organiser="省某研究院", **ACROSS, joining=JOINING),
    filing("unread-cell", cross_region=None, cross_region_filed="待商"),
    # it says who joins, unless an office of another region filed it, which then joins
    filing("cross-region-joiners", **ACROSS),
    filing("cross-region-joiners", **ACROSS, joining=(OWN,)),
    filing("cross-region-right", "cross-region-joiners", **CITY, **ACROSS, unit="绵阳市农业农村局"),
    filing(**ACROSS, unit="绵阳市农业农村局"),
    # with the organiser's own row they are the whole group; without it the organiser's people are the rest
    filing(**ACROSS, joining=({**OWN, "participants": 12}, *JOINING)),
    filing("participants-below-headcount", **ACROSS, joining=({**OWN, "participants": 11}, *JOINING)),
    filing("participants-below-headcount", joining=({**OWN, "participants": 14},)),
    filing(**ACROSS, joining=({"participant": "德阳市农业农村局", "participants": 11},)),
    filing("unread-cell", **ACROSS, joining=({**OWN, "participants": None, "participants_filed": "若干"}, *JOINING)),
    # participants show it: another region, another system
    filing(**ACROSS, joining=JOINING),
    filing("cross-region-declared", joining=JOINING),
    filing(joining=({"participant": "四川省畜牧科学研究院"},)),
    filing(joining=(OWN,)),
    filing(**CITY, joining=({"participant": "绵阳市农业科学研究院"},)),
    filing("cross-region-declared", "cross-region-right", **CITY, joining=JOINING),
    filing("cross-region-right", **CITY, **ACROSS, joining=JOINING),
    filing("cross-region-declared", "participant-system-provincial", joining=({"participant": "四川省水利厅"},)),
    filing("participant-system-provincial", **ACROSS, joining=({"participant": "四川省人民医院"},)),
    filing(**ACROSS, joining=({"participant": "四川省畜牧科学研究院"},)),
    # who joins: city units of the same system
    filing(**ACROSS, joining=({"participant": "绵阳市农业科学研究院", "system": "农牧"},)),
    filing("participant-county", **ACROSS, joining=({"participant": "三台县农业农村局"},)),
    filing("participant-system", **ACROSS, joining=({"participant": "绵阳市水务局", "system": "水利"},)),
    filing("participant-system", **ACROSS, joining=({"participant": "绵阳市水务局", "system": "农业"},)),
    filing(**ACROSS, joining=({"participant": "绵阳市农业农村局", "system": "水利"},)),
    filing("participant-county", **CITY, joining=({"participant": "三台县农业农村局"},)),
    filing("unknown-participant", **ACROSS, joining=({"participant": "绵阳市新办"},)),
    filing("empty-cell", **ACROSS, joining=({"participant": None},)),
]

OTHERS = {"file": "2020/乙.xlsx", "unit": "绵阳市农业农村局", **ACROSS}
GROUPS = [
    group(rows=[ACROSS, OTHERS], together=[("f0", "f1")]),
    group(rows=[{}, {"file": "2020/乙.xlsx"}], together=[("f0", "f1")]),
    group("group-cross-region-declared", rows=[{}, OTHERS], together=[("f0", "f1")]),
    group(
        "group-cross-region-declared",
        "member-cross-region-declared",
        rows=[{}, {**OTHERS, "cross_region": False}],
        together=[("f0", "f1")],
    ),
    group("member-cross-region-declared", rows=[ACROSS, {**OTHERS, "cross_region": False}], together=[("f0", "f1")]),
    group("group-cross-region-declared", rows=[{}, {**OTHERS, "unit": "四川省农业农村厅"}], together=[("f0", "f1")]),
    # an office that only collects shows its region, not its system
    group(
        rows=[{**CITY, "unit": "绵阳市农业农村局"}, {**CITY, "unit": "绵阳市科学技术局", "file": "2020/乙.xlsx"}],
        together=[("f0", "f1")],
    ),
    group("group-cross-region-declared", rows=[{}, {**OTHERS, "unit": "绵阳市科学技术局"}], together=[("f0", "f1")]),
    # led by one who may not
    group(
        "group-cross-region-declared",
        "group-cross-region-right",
        rows=[{"organiser": "四川省畜牧科学研究院"}, {**OTHERS, "organiser": "绵阳市农业农村局"}],
        together=[("f0", "f1")],
    ),
    group(
        "group-cross-region-declared",
        "group-society-cross-region",
        rows=[SOCIETY, {**OTHERS, **SOCIETY}],
        together=[("f0", "f1")],
    ),
    group(rows=[{**SOCIETY, **ACROSS}, {**OTHERS, **SOCIETY}], together=[("f0", "f1")]),
    # joined by one who may not, unless the lead's own 参团单位 has it
    group("group-joiners", rows=[ACROSS, {**OTHERS, "organiser": "三台县农业农村局"}], together=[("f0", "f1")]),
    group("group-joiners", rows=[ACROSS, {**OTHERS, "organiser": "绵阳市水务局"}], together=[("f0", "f1")]),
    group("group-joiners-provincial", rows=[ACROSS, {**OTHERS, "organiser": "四川省水利厅"}], together=[("f0", "f1")]),
    group(
        rows=[ACROSS, {**OTHERS, "organiser": "三台县农业农村局"}],
        together=[("f0", "f1")],
        joining=[{"participant": "三台县农业农村局"}],
    ),
    group(
        "group-joiners",
        rows=[ACROSS, OTHERS],
        together=[("f0", "f1")],
        joining=[{"filing_id": "f1", "participant": "三台县农业农村局"}],
    ),
]

RESERVED = [
    *(
        filing("reserved-theme", theme=theme)
        for theme in ("立法", "司法", "公安", "民族", "宗教", "地方立法工作", "公安执法规范化", "民族工作")
    ),
    *(
        filing(theme=theme)
        for theme in ("公安县柑橘产业", "公司法务", "办公安全", "独立法人治理", "中华民族共同体", "公共安全")
    ),
    *(
        filing("reserved-theme-doubtful", theme=theme)
        for theme in ("民族医药", "民族地区农技推广", "民族文化", "司法鉴定")
    ),
    filing("reserved-theme", theme="民族医药与宗教"),
    filing("reserved-organiser", organiser="四川省公安厅", theme="没有列出的领域"),
    # said once where theme and organiser say the same
    filing("reserved-theme", organiser="四川省公安厅", theme="公安"),
    filing("reserved-organiser", organiser="四川省民族宗教事务委员会", theme="民族文化"),
    *(
        filing("reserved-theme", theme=theme)
        for theme in ("少数民族", "民族、现代农业", "民族团结进步创建", "民族事务")
    ),
    *(
        filing("reserved-theme-doubtful", theme=theme)
        for theme in ("民族中医药", "民族乐器", "少数民族双语教育", "民族自治地方经济")
    ),
    filing("reserved-organiser", organiser="四川省司法厅"),
    filing("reserved-organiser", organiser="四川省民族宗教事务委员会", theme="没有列出的领域"),
    filing(organiser="西南民族大学"),
    filing(organiser="公安县农业农村局"),
    filing("vertical-organiser", organiser="四川省气象局", theme="气象"),
]

UNIFIED = [
    filing(organiser="四川省卫生健康委员会", **HOSPITAL),
    filing("unified-theme", organiser="四川省人民医院", **HOSPITAL),
    filing("unified-theme", **HOSPITAL),
    filing("unified-theme", theme="公立医院管理创新"),
    filing("unified-theme", organiser="绵阳市教育局", **SCHOOL),
    filing("unified-theme", theme="教学管理"),
    filing("unified-theme", organiser="四川农业大学", theme="教学管理", training_type="综合管理类"),
    filing(organiser="四川农业大学", **SCHOOL),
    filing(organiser="四川农业大学", theme="医院管理", training_type="科研生产类"),
    filing(theme="动物医院管理"),
    filing(organiser="四川省卫生健康委员会", theme="医院感染防控"),
    filing("unknown-organiser", organiser="某学院", **SCHOOL),
]

LOCAL = {"organiser": "绵阳市农业农村局", "training_type": "一般性专业类"}

CADRES_IN_TEXTS = [
    *(
        filing("cadres-text", **LOCAL, title=title)
        for title in (
            "乡镇党委书记乡村振兴专题",
            "县（市、区）领导干部现代农业专题",
            "处级干部领导力提升",
            "村党组织书记产业发展能力",
            "农业园区管委会主任招商能力",
            "中青年后备干部研修（种植业方向）",
        )
    ),
    filing("cadres-text", **LOCAL, title="种薯产业发展研修", remarks="参训对象为各乡镇党委书记"),
    filing("local-political", **LOCAL | {"training_type": "党政综合管理类"}, title="乡镇党委书记种薯产业专题"),
    filing(title="处级干部领导力提升（种薯产业）"),
    filing(**LOCAL, title="农产品质量检测干部职工操作技能"),
    filing(**LOCAL, title="种薯病毒检测技术骨干研修"),
    filing(**LOCAL, title="马铃薯种薯产业发展与市长期供应保障"),
]

CROSS_REGION_IN_TEXTS = [
    *(
        filing("cross-region-text", remarks=remarks)
        for remarks in (
            "面向全省各市州招收学员，每市州1—2名",
            "参训人员由各市（州）农业农村局推荐",
            "学员来自成都、德阳、眉山三市",
            "联合广元、遂宁农业部门人员参训",
        )
    ),
    filing(cross_region=True, remarks="面向全省各市州招收学员", joining=({"participant": "绵阳市农业农村局"},)),
    filing(remarks="成果面向全省推广"),
    filing(remarks="参训人员均为我厅机关处室业务骨干"),
    filing(content="跨部门数据接口规范、种薯追溯平台开发与运行维护，分单元实训。"),
]

RESERVED_IN_TEXTS = [
    *(
        filing("reserved-text", theme="没有列出的领域", title=title)
        for title in (
            "反恐防暴与警务协同",
            "社区矫正与安置帮教实务",
            "宗教活动场所管理",
            "刑事技术与现场勘查",
            "民族事务管理",
        )
    ),
    filing(
        "reserved-text",
        theme="没有列出的领域",
        title="青少年成长",
        content="少年法庭运行、社区矫正衔接，帮教方案设计，分组讨论并提交报告",
    ),
    filing("reserved-theme", theme="公安", title="警务协同"),
    filing("reserved-organiser", organiser="四川省公安厅", theme="没有列出的领域", title="警务协同"),
    filing(title="宗教题材彩塑壁画修复与种薯贮藏环境"),
    filing(title="种薯合作社独立法人治理与公司法实务"),
    filing(content="种薯仓库消防、现场警戒与公安联动演练，病毒检测和贮藏管理实训"),
]

UNIFIED_IN_TEXTS = [
    *(
        filing("teaching-text", organiser="绵阳市教育局", theme="教育", title=title)
        for title in ("产教融合师资培训", "中职专业带头人能力", "中小学校长领导力", "课堂教学改革")
    ),
    filing(
        "teaching-text",
        organiser="绵阳市教育局",
        theme="教育",
        title="种植专业教师",
        content="职业院校课程标准开发、校企合作与实训基地建设，结业提交课程包",
    ),
    *(
        filing("hospital-text", organiser="四川省人民医院", theme="医疗卫生", title=title)
        for title in ("三甲医院精细化医院管理", "护理管理能力", "基层医院院长研修")
    ),
    filing("unified-theme", organiser="四川省人民医院", title="护理管理", **HOSPITAL),
    filing(organiser="四川省卫生健康委员会", theme="医疗卫生", title="护理管理能力"),
    filing("summary-outstanding", organiser="四川省教育厅", theme="教育", title="产教融合师资培训"),
    filing(organiser="四川农业大学", theme="教育", title="产教融合中的种薯繁育", training_type="专业技术类"),
    filing(organiser="四川省人民医院", theme="医疗卫生", title="重症护理气道管理技术"),
    filing(title="动物医院管理"),
    filing(organiser="绵阳市教育局", theme="教育", title="教育专网网络安全防护"),
    filing(title="与农场主校长期合作的种薯实习"),
]

CASES = [
    *(*CADRES, *CROSS_REGION, *GROUPS, *RESERVED, *UNIFIED),
    *(*CADRES_IN_TEXTS, *CROSS_REGION_IN_TEXTS, *RESERVED_IN_TEXTS, *UNIFIED_IN_TEXTS),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_breaks_exactly(found, case):
    assert sorted(found[case]["rule_id"]) == sorted(case.breaks)


def test_the_education_department_files_for_vocational_education():
    found = filing(organiser="四川省教育厅", **SCHOOL).findings()
    assert found["rule_id"].tolist() == ["summary-outstanding"]


def test_why_the_group_is_a_cross_region_one():
    declared, shown = (
        case.findings().query("rule_id == 'cross-region-right'")["message"].item()
        for case in (filing(**CITY, **ACROSS, joining=JOINING), filing(**CITY, joining=JOINING))
    )
    assert declared.startswith("是否双跨填报为“是”，组团单位绵阳市农业农村局（市级行政机关）")
    assert shown.startswith("是否双跨填报为“否”，但参团单位有德阳市农业农村局，")


def test_what_is_wrong_with_the_list_of_participants_is_told():
    lists = ((), (OWN,), ({**OWN, "participants": 9}, *JOINING))
    told = [filing(**ACROSS, joining=joining).findings()["message"].item() for joining in lists]
    assert told == [
        "是否双跨填报为“是”，参团单位表中没有列出参团单位，看不出哪些地区、部门的单位参团。",
        "是否双跨填报为“是”，参团单位表中只列了组团单位自己，看不出哪些地区、部门的单位参团。",
        "申报人数 15 人，参团单位表（组团单位也在其中）合计 12 人，有 3 人没有派出单位。",
    ]


def test_a_finding_about_a_participant_names_its_cell_and_its_filing():
    case = filing(**ACROSS, joining=(*JOINING, {"participant": "三台县农业农村局"}))
    (found,) = case.findings().to_dict("records")
    assert (found["sheet"], found["cell"], found["value"]) == ("参团单位", "B3", "三台县农业农村局")
    assert (found["filing_id"], found["unit"], found["column"]) == ("f0", "四川省农业农村厅", "参团单位")


def test_a_finding_about_a_group_stands_at_its_leads_filing():
    case = group(rows=[{}, OTHERS], together=[("f0", "f1")])
    (found,) = case.findings().to_dict("records")
    assert (found["filing_id"], found["group_id"], found["cell"], found["value"]) == ("f0", "g-f0", "G4", "否")
    assert "绵阳市农业农村局也申报了同一团组" in found["message"]


def test_a_member_of_a_group_is_told_in_its_own_file():
    case = group(rows=[ACROSS, {**OTHERS, "cross_region": False}], together=[("f0", "f1")])
    (found,) = case.findings().to_dict("records")
    assert (found["filing_id"], found["file"], found["group_id"]) == ("f1", "2020/乙.xlsx", "g-f0")


def test_systems_are_called_as_the_list_calls_them():
    (joins,) = filing(**ACROSS, joining=({"participant": "绵阳市水务局"},)).findings()["message"]
    assert joins.startswith("参团单位绵阳市水务局属“水务”系统，组团单位四川省农业农村厅属“农业”系统（单位名录）")
    organiser = (
        filing(organiser="四川省民族宗教事务委员会")
        .findings()
        .set_index("rule_id")
        .loc["reserved-organiser", "message"]
    )
    assert organiser.startswith("组团单位四川省民族宗教事务委员会单位名录中的所属系统是“民族宗教”，民族领域的培训")
    named = filing(organiser="四川省司法厅").findings().set_index("rule_id").loc["reserved-organiser", "message"]
    assert named.startswith("组团单位四川省司法厅单位名称中有“司法厅”，司法领域的培训")


def test_the_field_of_a_theme_is_told_and_the_theme_not_twice():
    told = [filing(theme=theme).findings()["message"].item() for theme in ("民族工作", "公安执法规范化")]
    assert [message.split("，由中央")[0] for message in told] == [
        "培训领域“民族工作”属民族领域",
        "培训领域“公安执法规范化”中有“公安”，属公安领域",
    ]


def test_doubt_gives_its_reason():
    (found,) = Case([{"theme": "民族医药"}]).findings().to_dict("records")
    assert found["severity"] == "hold"
    assert "“民族医药”属相关业务领域还是民族工作，需要人工判断" in found["message"]
