"""What is wrong in the season on purpose, project by project, and what looks wrong and is not."""

from dataclasses import dataclass, field
from datetime import date

from tests.season.groups import participant
from tests.season.last_year import CONTINUED, MOVED
from tests.season.projects import Row


@dataclass(frozen=True)
class Planted:
    """One problem planted in the filing called ``subject``.

    ``about`` names the column; ``joining`` says of which row of 参团单位, if any. ``made`` is known when the project is
    made up (the rest follows from it), ``written`` replaces what was made up, ``participants`` who joins.
    """

    subject: str
    clause: str
    severity: str
    about: str
    made: Row = field(default_factory=dict)
    written: Row = field(default_factory=dict)
    participants: tuple[Row, ...] = ()
    joining: int | None = None


PLANTED = (
    # 一、申报要求
    Planted("葡萄避雨栽培与酿造", "一（三）", "hold", "theme"),
    Planted("白酒酿造微生物分析", "一（四）", "return", "green_channel", {"green_channel": "招商引资"}),
    Planted(
        "产业技术研究院运行",
        "一（四）",
        "return",
        "green_channel",
        {"training_type": "综合管理类", "green_channel": "科研开发"},
    ),
    # 二（一）、二（二）
    Planted("小麦条锈病抗性", "二（一）", "return", "priority_class", {"priority_class": "优先5"}),
    Planted("建筑信息模型协同设计", "二（二）", "return", "priority_class", {"priority_class": "重点6"}),
    Planted("器官移植协调", "二（一）1", "return", "priority_class", {"priority_class": "优先1", "days": 21}),
    Planted(
        "工业节能诊断",
        "二（一）2",
        "return",
        "priority_class",
        {"priority_class": "优先2", "training_type": "一般性专业类", "institution": "斯图加特智能制造学院"},
    ),
    Planted(
        "科技企业孵化器运营",
        "二（一）4",
        "return",
        "priority_class",
        {"priority_class": "优先4", "training_type": "综合管理类"},
    ),
    # 二（三）1
    Planted("国有企业董事会建设", "二（三）1", "hold", "provincial_cadres", {"provincial_cadres": 2}),
    Planted("数字政府服务设计", "二（三）1", "prohibit", "organiser", {"training_type": "综合管理类"}),
    Planted("重大公共政策风险评估", "二（三）1", "prohibit", "training_type", {"priority_class": "重点2"}),
    Planted(
        "区域协调发展政策评估",
        "二（三）1",
        "hold",
        "country",
        {"training_type": "党政综合管理类", "priority_class": "重点2", "institution": "华盛顿波托马克管理学院"},
    ),
    # 二（三）2
    Planted(
        "海绵城市雨洪管理",
        "二（三）2",
        "prohibit",
        "cross_region",
        {"cross_region": True},
        participants=(participant("德阳市住房和城乡建设局", 3), participant("资阳市住房和城乡建设局", 2)),
    ),
    Planted(
        "实验室生物安全",
        "二（三）2",
        "prohibit",
        "cross_region",
        {"cross_region": True},
        participants=(participant("绵阳市卫生健康委员会", 4),),
    ),
    Planted(
        "生猪规模场疫病净化",
        "二（三）2",
        "return",
        "participant",
        {"cross_region": True},
        participants=(participant("绵阳市农业农村局", 4), participant("金堂县农业农村局", 3)),
        joining=1,
    ),
    Planted(
        "工业园区土壤修复",
        "二（三）2",
        "return",
        "participant",
        {"cross_region": True},
        participants=(participant("德阳市生态环境局", 4), participant("德阳市经济和信息化局", 3)),
        joining=1,
    ),
    Planted(
        "松材线虫病检疫",
        "二（三）2",
        "return",
        "cross_region",
        participants=(participant("广元市林业和草原局", 4),),
    ),
    Planted("中小河流洪水预报@达州", "二（三）2", "return", "cross_region"),
    Planted("流域水质断面溯源@乐山", "二（三）2", "return", "cross_region"),
    Planted("山区泥石流灾害应急处置@雅安", "二（三）2", "prohibit", "cross_region"),
    # 二（三）3
    Planted("电信网络诈骗资金流分析", "二（三）3", "prohibit", "theme"),
    Planted("社区矫正风险评估工具", "二（三）3", "prohibit", "organiser"),
    Planted("城市少数民族流动人口服务", "二（三）3", "prohibit", "theme"),
    Planted("藏羌药浴康复技术", "二（三）3", "hold", "theme"),
    Planted("人工增雨作业效果检验", "二（三）3", "prohibit", "organiser"),
    # 二（三）4
    Planted("汽车维修专业实训体系", "二（三）4", "prohibit", "theme"),
    Planted("县域医共体运行", "二（三）4", "prohibit", "theme"),
    # 二（五）
    Planted("家庭农场经营", "二（五）1", "return", "necessity", written={"necessity": "国内水平较低"}),
    Planted(
        "冰雪旅游运营",
        "二（五）1",
        "hold",
        "title",
        {"institution": "因斯布鲁克山地旅游学院", "title": "赴奥地利冰雪旅游运营参观考察"},
    ),
    Planted(
        "中小企业精益生产",
        "二（五）1",
        "hold",
        "content",
        written={"content": "精益生产概论两讲；其余时间走访当地制造企业，了解价值流和质量追溯做法。"},
    ),
    Planted(
        "科普场馆展项研发",
        "二（五）2",
        "hold",
        "title",
        {"institution": "特温特科技创新中心", "title": "赴荷兰骨干人员培训班"},
    ),
    Planted("退化湿地恢复", "二（五）2", "hold", "content", written={"content": "学习湿地恢复技术。"}),
    Planted(
        "水土流失精细化治理",
        "二（五）3",
        "prohibit",
        "cross_region",
        {"cross_region": True},
        participants=(participant("遂宁市水利局", 4),),
    ),
    Planted("大型科研仪器共享服务", "二（五）4", "hold", "charges_fees", {"charges_fees": True}),
    Planted(
        "超低能耗建筑",
        "二（五）4",
        "hold",
        "budget",
        {"institution": "柏林城市更新研究所", "headcount": 14, "days": 21, "budget": 208.0},
    ),
    # 四（一）
    Planted("沥青路面再生利用", "四（一）", "prohibit", "budgeted", {"budgeted": False}),
    Planted("草原鼠虫害绿色防治", "四（一）", "prohibit", "organiser"),
    Planted(
        "城市综合管廊运维",
        "四（一）",
        "return",
        "budgeted",
        {"cross_region": True},
        participants=(
            participant("自贡市住房和城乡建设局", 3, budgeted=False),
            participant("内江市住房和城乡建设局", 3),
        ),
        joining=0,
    ),
    Planted(
        "工贸企业粉尘防爆",
        "四（一）",
        "return",
        "participant",
        {"cross_region": True},
        participants=(participant("广安市应急管理局", 3), participant("遂宁市应急管理局", 3)),
        joining=0,
    ),
    # 四（二）
    Planted("水稻抗倒伏分子育种", "四（二）", "prohibit", "expert_review", {"expert_review": "未通过"}),
    Planted("青藏高原东缘构造演化", "四（二）", "return", "expert_review", {"expert_review": "未评审"}),
    Planted("山地度假旅游产品开发", "四（二）", "return", "expert_review", {"expert_review": "未评审"}),
    Planted("噪声地图与声环境管理", "四（二）", "return", "contact", written={"contact": None}),
    Planted("乡村小规模学校复式教学", "四（二）", "return", "headcount", written={"headcount": "十余人"}),
    Planted("精神康复社区服务", "四（二）", "return", "organiser", written={"organiser": "攀枝花市阳光康养产业办公室"}),
    Planted("食用菌液体菌种", "四（二）", "return", "country", written={"country": "加里敦"}),
    Planted(
        "茶叶加工清洁化",
        "四（二）",
        "hold",
        "end_date",
        {"days": 21, "start_date": date(2020, 5, 11)},
        {"end_date": date(2020, 6, 20)},
    ),
    Planted("危险化学品事故救援", "四（二）", "return", "phone", written={"phone": "见通讯录"}),
    Planted("长大隧道通风防灾", "四（二）", "return", "training_type", written={"training_type": "技术培训类"}),
    Planted("农田土壤酸化改良", "四（二）", "return", "start_date", {"days": 21}, {"start_date": "2020年2月30日"}),
    Planted(
        "公路边坡智能监测",
        "四（二）",
        "return",
        "start_date",
        {"days": 21, "start_date": date(2020, 4, 3)},
        {"start_date": "3/4/2020"},
    ),
    Planted(
        "既有建筑抗震加固",
        "四（二）",
        "return",
        "end_date",
        {"days": 21, "start_date": date(2020, 9, 7)},
        {"end_date": date(2020, 8, 27)},
    ),
    Planted("农业社会化服务组织运行", "四（二）", "return", "seq"),
    Planted("湖库蓝藻水华防控", "四（二）", "return", "seq", written={"seq": 2}),
    # 四（三）
    Planted("山区桥梁健康监测", "四（三）", "hold", "headcount", {"headcount": 25}),
    Planted("科技成果转移转化", "四（三）", "hold", "headcount"),
    Planted(
        "工业机器人柔性装配",
        "四（三）",
        "hold",
        "headcount",
        {"institution": "斯图加特智能制造学院", "headcount": 14, "days": 21, "start_date": date(2020, 5, 11)},
    ),
    Planted(
        "数字孪生车间",
        "四（三）",
        "hold",
        "headcount",
        {"institution": "斯图加特智能制造学院", "headcount": 13, "days": 21, "start_date": date(2020, 6, 1)},
    ),
    Planted("家禽福利养殖", "四（三）", "return", "days", {"days": 10}),
    Planted(
        "钒钛钢冶炼工艺", "四（三）", "return", "days", {"days": 400, "headcount": 8, "start_date": date(2020, 3, 2)}
    ),
    Planted("普惠金融计量研究", "四（三）", "prohibit", "degree_study", {"degree_study": True}),
    # 四（四）、四（五）
    Planted("蚕桑多元利用", "四（四）", "advise", "letter_no", {"letter_no": None}),
    Planted(
        "跨境电商合规",
        "四（四）",
        "hold",
        "institution",
        {"training_type": "综合管理类", "institution": "都灵工业设计学院"},
    ),
    Planted(
        "多式联运物流组织",
        "四（四）",
        "hold",
        "institution",
        {"training_type": "一般性专业类"},
        {"institution": "安特卫普港务职工学校"},
    ),
    Planted(
        "大型灌区现代化改造",
        "四（四）",
        "hold",
        "institution",
        {"institution": "哥本哈根水环境技术中心", "otm_no": MOVED},
    ),
    Planted("肉牛冷配改良", "四（五）", "return", "otm_no", {"otm_no": None}),
    Planted("妇科内镜诊疗", "四（五）", "return", "otm_no", {"otm_no": "OTM2020519999"}),
    Planted("青少年编程与计算思维", "四（五）", "return", "otm_no", {"otm_no": "OTM2020519999"}),
)

INNOCENT: dict[str, Row] = {
    "省域治理现代化与公共政策": {"provincial_cadres": 6, "headcount": 18},
    "奶牛精准饲养与牧场数据管理": {"institution": "怀卡托草地畜牧学院", "otm_no": CONTINUED},
    "航空发动机叶片精密加工": {"institution": "里昂航空动力培训中心"},
    "燃气轮机热端部件": {"institution": "里昂航空动力培训中心"},
    "轨道车辆轻量化车体": {"institution": "底特律轨道车辆工程中心"},
    "工业产品设计创新": {"institution": "都灵工业设计学院"},
    "深部地热资源勘查": {
        "content": "主要课程：地球物理勘探、储层评价、回灌试验、野外考察队伍的记录规范，前段授课，后段跟班实训。"
    },
    "水利工程全生命周期造价": {"content": "主要课程：成本数据库、风险分摊、后评价；课程期间不得安排与培训无关的参观。"},
    "焊接技术国际认证": {"training_type": "专业技术类", "institution": "不来梅教育与培训学院"},
    "卒中早期筛查": {"institution": "海德堡临床医学培训院", "days": 21, "start_date": date(2020, 6, 8)},
    "卒中影像判读": {"institution": "海德堡临床医学培训院", "days": 21, "start_date": date(2020, 6, 10)},
    "太赫兹器件设计": {
        "institution": "格勒诺布尔材料研究所",
        "days": 60,
        "start_date": date(2020, 9, 7),
        "headcount": 8,
    },
    "钒钛新材料表征": {
        "institution": "格勒诺布尔材料研究所",
        "days": 60,
        "start_date": date(2020, 9, 7),
        "headcount": 8,
    },
    "实景三维测绘": {"institution": "代尔夫特河口测绘学院", "days": 21, "start_date": date(2020, 5, 18)},
    "地下水数值模拟": {"institution": "代尔夫特河口测绘学院", "days": 21, "start_date": date(2020, 5, 20)},
    "中小学科学探究教学": {
        "institution": "赫尔辛基教师教育中心",
        "title": "中小学科学探究教学培训（第一期）",
        "days": 21,
        "start_date": date(2020, 4, 6),
    },
    "中小学科学探究教学#2": {
        "institution": "赫尔辛基教师教育中心",
        "title": "中小学科学探究教学培训（第二期）",
        "days": 21,
        "start_date": date(2020, 9, 7),
    },
    "重症医学多学科救治": {
        "institution": "墨尔本南区临床技能中心",
        "title": "重症医学多学科救治技术培训第一期",
        "days": 28,
        "start_date": date(2020, 4, 13),
    },
    "重症医学多学科救治#2": {
        "institution": "墨尔本南区临床技能中心",
        "title": "重症医学多学科救治技术培训第二期",
        "days": 28,
        "start_date": date(2020, 8, 17),
    },
    "城市高层建筑火灾防控": {
        "institution": "神户减灾教育中心",
        "title": "城市高层建筑火灾防控培训（一班）",
        "days": 21,
        "start_date": date(2020, 7, 6),
        "headcount": 10,
    },
    "城市高层建筑火灾防控#2": {
        "institution": "神户减灾教育中心",
        "title": "城市高层建筑火灾防控培训（二班）",
        "days": 21,
        "start_date": date(2020, 7, 6),
        "headcount": 10,
    },
    "柑橘黄龙病综合防控": {"institution": "伊比利亚柑橘研究中心", "days": 21, "start_date": date(2020, 8, 3)},
    "柑橘黄龙病综合防控#2": {"institution": "曼谷湄南农业大学培训部", "days": 21, "start_date": date(2020, 8, 5)},
    "森林火灾扑救指挥": {"institution": "维多利亚森林防火学院", "days": 21, "start_date": date(2020, 9, 14)},
    "森林火灾扑救指挥#2": {"institution": "卑尔根海岸林业学院", "days": 21, "start_date": date(2020, 9, 14)},
    "博物馆展陈叙事": {"institution": "爱丁堡博物馆学院", "days": 21, "start_date": date(2020, 5, 4)},
    "博物馆展陈叙事#2": {"institution": "爱丁堡博物馆学院", "days": 21, "start_date": date(2020, 7, 6)},
    "餐厨垃圾厌氧消化": {"institution": "弗莱堡生态环境学院", "days": 18, "start_date": date(2020, 4, 20)},
    "餐厨垃圾厌氧消化#2": {"institution": "弗莱堡生态环境学院", "days": 21, "start_date": date(2020, 6, 1)},
    "高温合金单晶制备": {"priority_class": "优先1", "days": 120, "headcount": 8},
    "冷冻电镜结构解析": {"priority_class": "优先1", "days": 180, "headcount": 8},
    "干细胞质量控制": {"priority_class": "优先1", "days": 92, "headcount": 8},
    "页岩气储层压裂机理": {
        "institution": "阿尔伯塔页岩气工程中心",
        "priority_class": "优先1",
        "days": 150,
        "headcount": 8,
    },
    "高速列车空气动力学": {"priority_class": "优先1", "days": 180, "headcount": 8},
    "核反应堆热工水力": {"priority_class": "优先1", "days": 360, "headcount": 8, "start_date": date(2020, 3, 2)},
    "社区养老服务评估": {"training_type": "综合管理类", "green_channel": "政府间协议"},
}
"""Projects that look wrong, or like another, and are neither."""

UNLISTED = {"猕猴桃溃疡病防治": "基韦西果树技术服务公司"}
"""Specialists' projects with an institution that 境外机构名录 does not list: 四（四） asks nothing of these."""
