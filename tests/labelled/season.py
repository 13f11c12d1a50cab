"""A season whose real groups are known: invented filings, some of one group, some nearly alike and not.

A :class:`World` says how the offices of one season write: how far their words, names, dates and numbers wander. Each
seed draws its own, so that a model cannot be fitted to one way of writing. ``kind`` chooses the words, ``model``,
``held_out`` or ``phrases``: they share neither subjects nor ways of writing a title, and the other ways of writing a
phrase were put down by hand, one by one. Which seeds the settings were chosen on is in ``docs/linking.md``.
"""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pandas as pd

from flows.references import References
from schemas.columns import COUNTRY, INSTITUTION, UNIT, Column
from schemas.tables import DTYPES, LastYearProjects, empty
from tests.frames import filings as build_filings
from tests.frames import participants as build_participants

_HERE = Path(__file__).parent
_VOCABULARY = tomllib.loads((_HERE / "vocabulary.toml").read_text("utf-8"))
_PHRASES = tomllib.loads((_HERE / "phrases.toml").read_text("utf-8"))["phrase"]
_ABROAD = tomllib.loads((_HERE / "abroad.toml").read_text("utf-8"))

_CITY_NAMES = (
    "成都市、绵阳市、德阳市、广元市、南充市、巴中市、达州市、广安市、遂宁市、内江市、自贡市、泸州市、宜宾市、乐山市、眉山市、雅安市、"
    "资阳市、攀枝花市、阿坝藏族羌族自治州、甘孜藏族自治州、凉山彝族自治州"
)
CITIES = tuple(_CITY_NAMES.split("、"))
_BUREAUS = {
    "农业": "农业农村",
    "卫生": "卫生健康委员会",
    "生态环境": "生态环境",
    "教育": "教育",
    "经信": "经济和信息化",
    "交通": "交通运输",
    "文旅": "文化和旅游",
    "应急": "应急管理",
    "水利": "水利",
    "林草": "林业和草原",
    "民政": "民政",
    "住建": "住房和城乡建设",
    "金融": "地方金融监督管理",
    "市场监管": "市场监督管理",
    "科技": "科学技术",
    "商务": "商务",
}
NEAR_MISSES = ("batch", "class", "country", "subject", "sibling", "own_trip")
_FIRST_DAY = date(2020, 2, 3)


@dataclass(frozen=True)
class World:
    """How the offices of one season write. Shares are of 1.

    ``listed`` institutions that are in 境外机构名录; ``english`` duplicates that give the institution in English;
    ``own_organiser`` duplicates that name themselves as organiser; ``same_number``, ``same_letter`` duplicates that use
    the lead's 系统项目编号, 合作意向书编号; ``miss_letter`` near misses that use their neighbour's; ``slip`` duplicates
    whose dates slipped; ``share`` duplicates that file their own people only; ``reword`` duplicates with other words for
    the subject; ``shorten`` those that leave a word of it out; ``unsaid_batch`` batches whose first does not say so;
    ``content`` how 培训内容 comes about; ``declared`` duplicates declared 双跨; ``gaps`` cells left empty; ``lists`` leads
    whose 参团单位 lists (nearly all of) those who send people.
    """

    kind: str = "model"
    listed: float = 0.8
    english: float = 0.35
    own_organiser: float = 0.4
    same_number: float = 0.4
    same_letter: float = 0.6
    miss_letter: float = 0.3
    slip: float = 0.5
    share: float = 0.7
    reword: float = 0.4
    shorten: float = 0.1
    unsaid_batch: float = 0.15
    content: str = "subject"
    declared: float = 0.6
    gaps: float = 0.01
    several: float = 0.3
    compound: float = 0.0
    lists: float = 0.6


def world(seed: int, kind: str = "model") -> World:
    """The way of writing that ``seed`` draws."""
    draw = Random(f"world {kind} {seed}")
    return World(
        kind=kind,
        listed=draw.choice((0.4, 0.8, 0.95, 1.0)),
        english=draw.uniform(0.1, 0.6),
        own_organiser=draw.uniform(0.1, 0.8),
        same_number=draw.uniform(0.1, 0.8),
        same_letter=draw.uniform(0.1, 0.95),
        miss_letter=draw.choice((0.0, 0.2, 0.6)),
        slip=draw.uniform(0.2, 0.8),
        share=draw.uniform(0.4, 1.0),
        reword=draw.uniform(0.1, 0.6),
        shorten=draw.uniform(0.0, 0.2),
        unsaid_batch=draw.choice((0.0, 0.1, 0.25)),
        content=draw.choice(("subject", "copied", "boilerplate", "own")),
        declared=draw.uniform(0.2, 1.0),
        gaps=draw.choice((0.0, 0.01, 0.03)),
        several=draw.uniform(0.2, 0.4),
        lists=draw.choice((0.0, 0.5, 0.9)),
    )


@dataclass(frozen=True)
class Season:
    """``filings``, ``references``, ``truth``: filing_id → the real group, and ``participants``."""

    filings: pd.DataFrame
    references: References
    truth: pd.Series
    participants: pd.DataFrame


@dataclass(frozen=True)
class _Subject:
    system: str
    theme: str
    thing: tuple[str, ...]
    aspect: tuple[str, ...]


@dataclass(frozen=True)
class _Host:
    country: str
    chinese: str
    english: str
    short: str
    listed: bool


@dataclass
class _Offices:
    """The vocabulary, hosts and units of one season."""

    systems: list[dict[str, object]]
    hosts: dict[str, list[_Host]]
    units: list[dict[str, object]]

    def department(self, system: str) -> str:
        return f"四川省{_office_of(system, '厅')}"

    def bureau(self, system: str, city: str) -> str:
        return f"{city}{_office_of(system, '局')}"


def season(seed: int, groups: int = 800, ways: World | None = None) -> Season:
    """A season of ``groups`` real groups and their near misses (which count among them)."""
    ways = ways or world(seed)
    draw = Random(f"season {ways.kind} {seed}")
    offices = _offices(draw, ways)
    rows: list[dict[str, object]] = []
    count = 0
    while count < groups:
        subject = _subject(draw, offices, ways)
        if draw.random() < ways.several:
            rows += _several(draw, offices, ways, subject, count)
            count += 1
            continue
        single = _single(draw, offices, ways, subject, count)
        rows.append(single)
        count += 1
        if draw.random() < 1 / 3 and count < groups:
            rows.append(_near_miss(draw, offices, ways, single, count))
            count += 1
    draw.shuffle(rows)
    return _as_season(draw, rows, offices, ways)


def _office_of(system: str, ending: str) -> str:
    name = _BUREAUS[system]
    return name if name.endswith("委员会") else name + ending


def _offices(draw: Random, ways: World) -> _Offices:
    systems = _VOCABULARY[ways.kind] if ways.kind in _VOCABULARY else _of_phrases()
    hosts: dict[str, list[_Host]] = {}
    for country, cities in _ABROAD["countries"].items():
        hosts[country] = []
        for city in cities:
            chinese, english = city.split("|")
            for kind in draw.sample(_ABROAD["kinds"], draw.randint(2, 4)):
                names = [form.format(城=chinese, city=english) for form in kind]
                hosts[country].append(_Host(country, *names, listed=draw.random() < ways.listed))
    offices = _Offices(systems, hosts, [])
    for system in (str(each["system"]) for each in systems):
        offices.units.append(_unit(offices.department(system), "省级", "省级", system, "行政机关", True))
        offices.units.append(
            _unit(f"四川省{system}科学研究院", "省级", "省级", system, "事业单位", draw.random() < 0.5)
        )
        offices.units.append(_unit(f"四川{system}职业学院", "省级", "省级", system, "高等院校", True))
        offices.units += [
            _unit(offices.bureau(system, city), "市级", city, system, "行政机关", False) for city in CITIES
        ]
    return offices


def _of_phrases() -> list[dict[str, object]]:
    systems: dict[str, dict[str, object]] = {}
    for phrase in _PHRASES:
        words = systems.setdefault(
            phrase["system"], {"system": phrase["system"], "themes": [], "things": [], "aspects": [""], "near": {}}
        )
        same = "|".join(phrase["same"])
        words["things"] += [same, phrase["near"]]  # type: ignore[operator]
        words["themes"] += [phrase["theme"]]  # type: ignore[operator]
        words["near"] |= {same: phrase["near"], phrase["near"]: same}  # type: ignore[operator]
    return list(systems.values())


def _unit(name: str, level: str, region: str, system: str, nature: str, right: bool) -> dict[str, object]:
    return {
        "unit": name,
        "aliases": None,
        "level": level,
        "region": region,
        "system": system,
        "nature": nature,
        "foreign_affairs": right,
        "vertical": False,
        "has_budget": True,
    }


def _subject(draw: Random, offices: _Offices, ways: World) -> _Subject:
    words = draw.choice(offices.systems)
    thing = draw.choice(words["things"])  # type: ignore[call-overload]
    if draw.random() < ways.compound:
        # Many more subjects than words: for seasons far larger than a province's.
        thing = f"{draw.choice(CITIES)[:2]}{draw.choice('甲乙丙丁戊己庚辛壬癸')}{draw.choice('东南西北中')}区{thing.split('|')[0]}"
    aspect = draw.choice(words["aspects"])  # type: ignore[call-overload]
    theme = draw.choice(words["themes"])  # type: ignore[call-overload]
    return _Subject(str(words["system"]), theme, tuple(thing.split("|")), tuple(aspect.split("|")))


def _single(draw: Random, offices: _Offices, ways: World, subject: _Subject, group: int) -> dict[str, object]:
    of_city = draw.random() < 0.5
    organiser = _home(draw, offices, subject, of_city)
    return _filing(draw, offices, ways, subject, group, organiser)


def _home(draw: Random, offices: _Offices, subject: _Subject, of_city: bool) -> str:
    if of_city:
        return offices.bureau(subject.system, draw.choice(CITIES))
    return draw.choice(
        (offices.department(subject.system), f"四川省{subject.system}科学研究院", f"四川{subject.system}职业学院")
    )


def _filing(
    draw: Random, offices: _Offices, ways: World, subject: _Subject, group: int, organiser: str
) -> dict[str, object]:
    """The first filing of a group, with what later ones need under names that begin with an underscore."""
    country = draw.choice(list(offices.hosts))
    host = draw.choice(offices.hosts[country])
    start = _FIRST_DAY + timedelta(days=draw.randrange(290))
    days = draw.choice((14, 14, 15, 20, 21, 21, 21, 28, 30, 60, 90))
    headcount = draw.randint(8, 20)
    words = (subject.thing[0], subject.aspect[0])
    return {
        "_subject": subject,
        "_host": host,
        "_group": group,
        "_words": words,
        "unit": organiser,
        "organiser": organiser,
        "title": _title(draw, ways, words, country, None),
        "theme": subject.theme,
        "cross_region": draw.random() < 0.25,
        "country": country,
        "institution": host.chinese,
        "letter_no": _letter(draw),
        "content": _content(draw, ways, words, None),
        "headcount": headcount,
        "days": days,
        "start_date": start,
        "end_date": start + timedelta(days=days - 1),
        "budget": round(headcount * days * draw.uniform(0.1, 0.3), 1),
        "otm_no": _number(draw),
    }


def _several(draw: Random, offices: _Offices, ways: World, subject: _Subject, group: int) -> list[dict[str, object]]:
    """A group filed by its lead and again by those who send people."""
    lead = _filing(draw, offices, ways, subject, group, _home(draw, offices, subject, of_city=False))
    lead["cross_region"] = draw.random() < 0.9
    senders = draw.sample(CITIES, draw.choice((1, 1, 2, 2, 3)))
    bureaus = [offices.bureau(subject.system, city) for city in senders]
    return [lead | {"_sends": bureaus}, *(_again(draw, offices, ways, lead, bureau) for bureau in bureaus)]


def _again(draw: Random, offices: _Offices, ways: World, first: dict[str, object], unit: str) -> dict[str, object]:
    """``first`` as another office writes it down."""
    subject, host, words = first["_subject"], first["_host"], first["_words"]
    assert isinstance(subject, _Subject)
    assert isinstance(host, _Host)
    assert isinstance(words, tuple)
    if draw.random() < ways.reword:
        words = (draw.choice(subject.thing), draw.choice(subject.aspect))
    if draw.random() < ways.shorten:
        words = (words[0], words[1][: max(2, len(words[1]) - 2)])
    row = dict(first) | {
        "_words": words,
        "_sends": (),
        "unit": unit,
        "organiser": unit if draw.random() < ways.own_organiser else first["organiser"],
        "title": _title(draw, ways, words, str(first["country"]), str(first.get("_batch") or "")),
        "institution": _written(draw, ways, host),
        "cross_region": draw.random() < ways.declared,
        "otm_no": first["otm_no"] if draw.random() < ways.same_number else _number(draw),
        "letter_no": first["letter_no"] if draw.random() < ways.same_letter else draw.choice((None, _letter(draw))),
        "content": _content(draw, ways, words, str(first["content"])),
    }
    if draw.random() < ways.slip:
        slip = timedelta(days=draw.choice((-3, -2, -1, 1, 2, 3)))
        row |= {"start_date": first["start_date"] + slip, "end_date": first["end_date"] + slip}  # type: ignore[operator]
    if draw.random() < ways.share:
        row |= {"headcount": draw.randint(1, 6)}
    if draw.random() < 0.3:
        row |= {"theme": draw.choice(_themes(offices, subject.system))}
    return row


def _themes(offices: _Offices, system: str) -> Sequence[str]:
    return next(words["themes"] for words in offices.systems if words["system"] == system)  # type: ignore[return-value]


def _written(draw: Random, ways: World, host: _Host) -> str:
    if draw.random() < ways.english:
        return draw.choice((host.english, host.english, host.english.upper()))
    return draw.choice((host.chinese, host.chinese, host.chinese, host.short))


def _near_miss(draw: Random, offices: _Offices, ways: World, first: dict[str, object], group: int) -> dict[str, object]:
    """A filing of another group that looks much like ``first``; may change ``first`` where both must say it."""
    subject = first["_subject"]
    assert isinstance(subject, _Subject)
    way = draw.choice(NEAR_MISSES)
    other_office = offices.bureau(subject.system, draw.choice(CITIES))
    base = dict(first) | {"_group": group, "otm_no": _number(draw), "_miss": way}
    if draw.random() >= ways.miss_letter:
        base["letter_no"] = _letter(draw)
    change: Callable[..., dict[str, object]] = _CHANGES[way]
    base = change(draw, offices, ways, base, first)
    filer = str(base["unit"]) if way == "own_trip" or draw.random() < 0.5 else other_office
    # Numbers that only duplicates share stay the near miss's own.
    row = _again(draw, offices, replace(ways, same_number=1, same_letter=1, own_organiser=0.5), base, filer)
    return row | {"_miss": way}


def _other_batch(
    draw: Random, offices: _Offices, ways: World, base: dict[str, object], first: dict[str, object]
) -> dict[str, object]:
    earlier, later = draw.choice(
        (("第一期", "第二期"), ("第1期", "第2期"), ("（一期）", "（二期）"), ("第一批", "第二批"), ("上半年", "下半年"))
        if base["_miss"] == "batch"
        else (("一班", "二班"), ("甲班", "乙班"), ("（1班）", "（2班）"), ("A班", "B班"))
    )
    words = first["_words"]
    if draw.random() >= ways.unsaid_batch:
        first["title"] = _title(draw, ways, words, str(first["country"]), earlier)  # type: ignore[arg-type]
    later_by = timedelta(days=draw.choice((0, 0, 0, 7, 30, 60)))
    return base | {
        "_batch": later,
        "start_date": first["start_date"] + later_by,  # type: ignore[operator]
        "end_date": first["end_date"] + later_by,  # type: ignore[operator]
    }


def _other_country(
    draw: Random, offices: _Offices, ways: World, base: dict[str, object], first: dict[str, object]
) -> dict[str, object]:
    country = draw.choice([name for name in offices.hosts if name != first["country"]])
    host = draw.choice(offices.hosts[country])
    return base | {"country": country, "_host": host, "institution": host.chinese}


def _other_subject(
    draw: Random, offices: _Offices, ways: World, base: dict[str, object], first: dict[str, object]
) -> dict[str, object]:
    mine = first["_subject"]
    assert isinstance(mine, _Subject)
    same_system = [words for words in offices.systems if words["system"] == mine.system]
    near = same_system[0].get("near")
    while True:
        if near and base["_miss"] == "sibling":
            meant = near["|".join(mine.thing)]  # type: ignore[index]
            other = replace(mine, thing=tuple(meant.split("|")))
            break
        other = _subject(draw, replace_systems(offices, same_system), ways)
        sibling = other.thing == mine.thing or (other.aspect == mine.aspect and other.aspect != ("",))
        different = other.thing != mine.thing or other.aspect != mine.aspect
        if different and sibling == (base["_miss"] == "sibling"):
            break
    words = (other.thing[0], other.aspect[0])
    return base | {"_subject": other, "_words": words, "content": _content(draw, ways, words, str(first["content"]))}


def replace_systems(offices: _Offices, systems: list[dict[str, object]]) -> _Offices:
    """The same offices with the words of some systems only."""
    return _Offices(systems, offices.hosts, offices.units)


def _own_trip(
    draw: Random, offices: _Offices, ways: World, base: dict[str, object], first: dict[str, object]
) -> dict[str, object]:
    subject = first["_subject"]
    assert isinstance(subject, _Subject)
    mine, other = (offices.bureau(subject.system, city) for city in draw.sample(CITIES, 2))
    first |= {"unit": mine, "organiser": mine, "cross_region": False}
    later_by = timedelta(days=draw.choice((-1, 1)) * draw.randint(17, 80))
    host = draw.choice((base["_host"], draw.choice(offices.hosts[str(first["country"])])))
    assert isinstance(host, _Host)
    return base | {
        "unit": other,
        "organiser": other,
        "cross_region": False,
        "_host": host,
        "institution": host.chinese,
        "start_date": first["start_date"] + later_by,  # type: ignore[operator]
        "end_date": first["end_date"] + later_by,  # type: ignore[operator]
    }


_CHANGES: dict[str, Callable[..., dict[str, object]]] = {
    "batch": _other_batch,
    "class": _other_batch,
    "country": _other_country,
    "subject": _other_subject,
    "sibling": _other_subject,
    "own_trip": _own_trip,
}


def _title(draw: Random, ways: World, words: tuple[str, str], country: str, batch: str | None) -> str:
    return _TITLES[ways.kind](draw, words, country, batch or "")


def _model_title(draw: Random, words: tuple[str, str], country: str, batch: str) -> str:
    subject = "".join(words)
    form = draw.choice(
        (
            "{s}培训",
            "赴{c}{s}培训",
            "{s}技术培训",
            "2020年{s}专题培训班",
            "{s}研修班",
            "{c}{s}技术研修",
            "{s}能力提升培训",
            "关于{s}的培训",
            "{s}专业技术人员出国培训",
        )
    )
    title = form.format(s=subject, c=country)
    return title + batch if draw.random() < 0.7 or not batch else f"{batch}{title}"


def _held_out_title(draw: Random, words: tuple[str, str], country: str, batch: str) -> str:
    thing, aspect = words
    form = draw.choice(
        (
            "{t}{a}研修项目",
            "四川省{t}{a}骨干人才赴{c}研修",
            "{t}{a}人才培养计划",
            "选派{t}{a}业务骨干赴{c}学习",
            "{a}（{t}）高级研修班",
            "赴{c}研修{t}{a}",
            "{t}的{a}实务培训",
            "{t}{a}与管理培训班",
            "{c}{t}{a}国际先进经验培训",
            "{t}、{a}课程研修",
        )
    )
    title = form.format(t=thing, a=aspect, c=country)
    return f"{title}（{batch.strip('（）')}）" if batch and draw.random() < 0.5 else title + batch


def _phrase_title(draw: Random, words: tuple[str, str], country: str, batch: str) -> str:
    form = draw.choice(
        (
            "{s}培训",
            "{s}培训项目",
            "赴{c}{s}培训班",
            "{s}（{c}）",
            "四川省{s}专题研修",
            "{s}骨干赴{c}培训",
            "2020年度{s}出国培训",
            "赴{c}开展{s}学习培训",
        )
    )
    title = form.format(s=words[0], c=country)
    return f"{title}{batch}" if draw.random() < 0.5 else f"{title}（{batch.strip('（）')}）" if batch else title


_TITLES = {"phrases": _phrase_title, "model": _model_title, "held_out": _held_out_title}

_BOILERPLATE = "课堂教学、现场教学、案例研讨与交流，邀请境外专家授课，结合实际开展研讨。"


def _content(draw: Random, ways: World, words: tuple[str, str], before: str | None) -> str:
    """培训内容 as the world has it: after the subject, copied from the first, the same for all, or each its own."""
    if ways.content == "boilerplate":
        return _BOILERPLATE
    if ways.content == "copied" and before is not None and draw.random() < 0.8:
        return before
    thing, aspect = words
    parts = [
        f"{thing}{aspect}的理论与方法",
        f"{aspect}案例教学",
        f"{thing}现场实训",
        "有关法规与标准",
        "结业考核",
        f"国外{thing}行业概况",
        "分组研讨",
    ]
    if ways.content == "own":
        parts = draw.sample(parts, 3)
    return "；".join(parts) + "。"


def _letter(draw: Random) -> str:
    return f"YX2020-{draw.randrange(100_000):05}"


def _number(draw: Random) -> str:
    return f"OTM2020{draw.randrange(1_000_000):06}"


_CAN_BE_EMPTY = (
    "theme",
    "letter_no",
    "content",
    "headcount",
    "days",
    "start_date",
    "end_date",
    "otm_no",
    "cross_region",
)


def _as_season(draw: Random, rows: list[dict[str, object]], offices: _Offices, ways: World) -> Season:
    seen: dict[str, int] = {}
    for number, row in enumerate(rows):
        unit = str(row["unit"])
        seen[unit] = seen.get(unit, 0) + 1
        row |= {"filing_id": f"{draw.getrandbits(64):016x}{number}", "file": f"2020/{unit}.xlsx", "row": 3 + seen[unit]}
        row |= {name: None for name in _CAN_BE_EMPTY if draw.random() < ways.gaps}
    filings = build_filings([{k: v for k, v in row.items() if not k.startswith("_")} for row in rows])
    truth = pd.Series([row["_group"] for row in rows], index=filings["filing_id"])
    return Season(filings, _references(offices), truth, build_participants(_taking_part(draw, rows, offices, ways)))


def _taking_part(
    draw: Random, rows: list[dict[str, object]], offices: _Offices, ways: World
) -> list[dict[str, object]]:
    """参团单位: what leads list of those who send people, and what other cross-region filings list."""
    listed = []
    for row in rows:
        subject = row["_subject"]
        assert isinstance(subject, _Subject)
        sends = row.get("_sends")
        if sends is None and row["cross_region"] and row["unit"] == row["organiser"]:
            sends = [offices.bureau(subject.system, city) for city in draw.sample(CITIES, 2)]
        if sends and draw.random() < ways.lists:
            named = [unit for unit in sends if draw.random() < 0.95]  # type: ignore[attr-defined]
            listed += [{"filing_id": row["filing_id"], "participant": unit} for unit in (row["unit"], *named)]
    return listed


def _references(offices: _Offices) -> References:
    hosts = [host for each in offices.hosts.values() for host in each if host.listed]
    institutions = [
        {
            "institution": host.chinese,
            "foreign_name": host.english,
            "aliases": host.short,
            "country": host.country,
            "formal_cooperation": True,
        }
        for host in hosts
    ]
    countries = [{"country": country, "aliases": None, "hot": False, "belt_road": False} for country in offices.hosts]
    return References(
        units=reference(UNIT, offices.units),
        institutions=reference(INSTITUTION, institutions),
        countries=reference(COUNTRY, countries),
        last_year=empty(LastYearProjects),
    )


def reference(columns: tuple[Column, ...], rows: Sequence[dict[str, object]]) -> pd.DataFrame:
    """A reference table of ``rows``."""
    return pd.DataFrame(
        {c.name: pd.Series([row.get(c.name) for row in rows], dtype=DTYPES[c.kind]) for c in columns}  # type: ignore[call-overload]
    )
