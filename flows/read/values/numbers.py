"""What a cell means as a number: 约15人, １，５００, 十五, 60万元, 600000元."""

import re
from decimal import Decimal

from flows.read.values.ambiguous import Unclear
from flows.read.values.characters import fold

WAN = Decimal(10_000)
UNITS: dict[str, tuple[str, ...]] = {
    "people": ("人次", "人/团", "人/期", "人/批", "人/次", "人", "名", "位", "个人", "个", "员"),
    "days": ("个自然日", "自然日", "个工作日", "天/期", "天/次", "天/团", "天/批", "天整", "天", "日", "晚"),
    "order": ("号", "项", ".", "、"),
}
"""What may follow a number of each sort."""

MONEY: dict[str, Decimal] = {
    "亿元": WAN,
    "亿": WAN,
    "万元人民币": Decimal(1),
    "万人民币": Decimal(1),
    "元人民币": 1 / WAN,
    "万元": Decimal(1),
    "万": Decimal(1),
    "w元": Decimal(1),
    "w": Decimal(1),
    "千元": Decimal(1) / 10,
    "元": 1 / WAN,
    "块": 1 / WAN,
}
"""Unit of an amount → 万元."""

BEYOND_COUNTING = Decimal(10**12)
"""No office counts that far: such a number is none."""

EITHER = "万元或元"
"""Put behind an amount that is too large for 万元 where no unit is said."""

_DIGITS = {word: number for number, word in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "两": 2,
    "壹": 1,
    "贰": 2,
    "叁": 3,
    "肆": 4,
    "伍": 5,
    "陆": 6,
    "柒": 7,
    "捌": 8,
    "玖": 9,
}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_SCORES = {"廿": "二十", "卅": "三十"}
_NUMERAL = "零一二三四五六七八九〇○两壹贰叁肆伍陆柒捌玖十拾百佰千仟廿卅"
_PART_BEGINS = frozenset(f"0123456789{_NUMERAL}")
_PLAIN = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
_FIGURE = rf"(?P<figure>{_PLAIN}|[{_NUMERAL}]+(?:点[{_NUMERAL}]+)?)"
_BEFORE = re.compile(
    r"^(?:大约|约为|约|共计|合计|总计|总共|共|计划|计|拟派|拟|近|预计|预算|全团|境外|国外|在外|国\(境\)外|不超过|限|至多|最多|人民币|rmb|cny|约计|为|[:=≈~￥¥$](?<!\$)|第|\()+"
)
_AFTER = re.compile(r"(?:左右|上下|整|正|\)|。|许|;|,)+$")
_BRACKETS = re.compile(r"\([^()]*\)")
_OPEN = 2
"""How far apart the two digits of 七八 and 三五 are; those of 一八 are a figure."""

_TWO_DIGITS = re.compile(r"(?P<low>[一二两三四五六七八九])(?P<high>[一二两三四五六七八九])")
_RANGE = re.compile(rf"^({_PLAIN})[^\d,.]{{0,2}}(?:-|–|—|~|至|到|或)({_PLAIN})[^\d,.]*$")
_CIRCLED = re.compile(r"^[①-⑳⑴-⒇⒈-⒛]$")
_UNIT = re.compile(r"[万千亿元块wWｗＷ]")
_EXPONENT = re.compile(r"^\d(?:\.\d+)?e\+?\d{1,2}$")


def whole(text: str, sort: str) -> int | Unclear | None:
    """A whole number of ``people`` or ``days``, or an ``order``; None where it is none."""
    found = _figure(text, sort)
    if isinstance(found, Unclear) or found is None:
        return found
    return int(found) if found == found.to_integral_value() and found < BEYOND_COUNTING else None


def amount(text: str) -> float | Unclear | None:
    """An amount of money in 万元; without a unit it is 万元; None where it is none."""
    if text.endswith(EITHER):
        plain_figure = text.removesuffix(EITHER)
        return Unclear((f"{plain_figure}万元", f"{plain_figure}元"))
    found = _figure(text, "money")
    if isinstance(found, Decimal):
        return float(found) if found < BEYOND_COUNTING else None
    return found


def total(text: str, sort: str) -> float | None:
    """A figure of a row of totals; None where it is none or unclear."""
    found = _figure(text, sort)
    return float(found) if isinstance(found, Decimal) else None


def has_unit(text: str) -> bool:
    """Whether an amount says by itself in what unit it is."""
    return bool(_UNIT.search(text))


def chinese_numeral(numeral: str) -> Decimal | None:
    """十五 → 15, 二〇二〇 → 2020, 一百零五 → 105, 六点五 → 6.5; None where it is no numeral."""
    whole_part, _, fraction = numeral.partition("点")
    for score, meant in _SCORES.items():
        whole_part = whole_part.replace(score, meant)
    if fraction:
        digits = "".join(str(_DIGITS[c]) for c in fraction if c in _DIGITS)
        before = chinese_numeral(whole_part)
        return None if before is None or len(digits) != len(fraction) else before + Decimal(f"0.{digits}")
    if not whole_part or any(c not in _DIGITS and c not in _TENS for c in whole_part):
        return None
    tens = [c in _TENS for c in whole_part]
    if any(tens) and _TWO_DIGITS.search(whole_part):
        return None
    if not any(tens):
        return Decimal("".join(str(_DIGITS[c]) for c in whole_part))
    value, digit = 0, 0
    for place, character in enumerate(whole_part):
        if character in _DIGITS:
            digit = _DIGITS[character]
        else:
            value += (digit if digit or place else 1) * _TENS[character]
            digit = 0
    return Decimal(value + digit)


def two_readings(numeral: str) -> tuple[str, str] | None:
    """七八 → 七 and 八, 十二三 → 十二 and 十三, 三四十 → 三十 and 四十; None where the numeral is one figure."""
    found = _TWO_DIGITS.search(numeral)
    if not found or (found[0] != numeral and not any(c in _TENS for c in numeral)):
        return None
    if not 0 < _DIGITS[found["high"]] - _DIGITS[found["low"]] <= _OPEN:
        return None
    before, after = numeral[: found.start()], numeral[found.end() :]
    return before + found["low"] + after, before + found["high"] + after


def _figure(text: str, sort: str) -> Decimal | Unclear | None:
    folded = fold(text)
    if _CIRCLED.match(text.strip()):
        return Decimal(re.sub(r"\D", "", folded))
    if _EXPONENT.match(folded):
        return Decimal(folded)
    between = _RANGE.match(_BEFORE.sub("", folded))
    if between:
        low, high = (_decimal(end) for end in between.groups())
        return low if low == high else Unclear((between[1], between[2]))
    for candidate in (folded, _BRACKETS.sub("", folded)):
        bare = _AFTER.sub("", _BEFORE.sub("", candidate))
        found = _about(bare, sort) or _measured(bare, sort)
        if found is not None:
            return found if candidate == folded else _or_in_brackets(found, folded, sort)
    return None


def _or_in_brackets(found: Decimal | Unclear, folded: str, sort: str) -> Decimal | Unclear:
    """18人（20人）: brackets may hold another figure of the same sort; 三周（21天） is the same again."""
    if isinstance(found, Unclear) or sort == "order":
        return found
    inside = (_AFTER.sub("", _BEFORE.sub("", held[1:-1])) for held in _BRACKETS.findall(folded))
    others = {other for text in inside if (other := _measured(text, sort)) is not None}
    unit = "万元" if sort == "money" else ""
    readings = tuple(f"{figure.normalize():f}{unit}" for figure in (found, *sorted(others - {found})))
    return found if len(readings) == 1 else Unclear(readings)


def _about(text: str, sort: str) -> Unclear | None:
    """七八人, 两三周: a figure that is left open."""
    start = re.match(rf"[{_NUMERAL}]+", text)
    either = two_readings(start[0]) if start and sort != "order" else None
    if start is None or either is None:
        return None
    ends = [_measured(end + text[start.end() :], sort) for end in either]
    return Unclear(tuple(f"{end.normalize():f}" for end in ends if end is not None)) if all(ends) else None


def _measured(text: str, sort: str) -> Decimal | None:
    start = re.match(_FIGURE, text)
    if not start:
        return None
    value, rest = _decimal(start["figure"]), text[start.end() :]
    if value is None or not rest:
        return value
    if sort == "money" and (sum_ := _in_two_units(value, rest)) is not None:
        return sum_
    for unit, factor in _units(sort).items():
        after = rest.removeprefix(unit)
        if (
            after is not rest
            and after != rest
            and (not after or after[0] in ",，;；、。(:")
            and not _counts(after, sort)
        ):
            return value * factor
    return None


def _in_two_units(value: Decimal, rest: str) -> Decimal | None:
    """35万5千元, 三十五万五千元: an amount whose smaller part has a unit of its own."""
    for unit, factor in (("亿", WAN), ("万", Decimal(1))):
        part = rest.removeprefix(unit)
        if part is not rest and part[:1] in _PART_BEGINS and part[-1] in "元块":
            smaller = _measured(part, "money")
            return value * factor + smaller if smaller is not None and smaller < factor else None
    return None


def _counts(rest: str, sort: str) -> bool:
    """Whether what follows an amount is a second amount of the same sort that is not marked as a part of the first."""
    return (
        bool(rest)
        and not re.match(r"^[,;、。(，；（]?(?:其中|含|包括|另|包含|均|全部|由|已)", rest)
        and bool(re.search(r"\d", rest))
    )


def _units(sort: str) -> dict[str, Decimal]:
    if sort == "money":
        return MONEY
    units = {unit: Decimal(1) for unit in UNITS[sort]}
    return (
        units | {"周": Decimal(7), "个星期": Decimal(7), "星期": Decimal(7), "个周": Decimal(7)}
        if sort == "days"
        else units
    )


def _decimal(figure: str) -> Decimal | None:
    if figure[0] in _NUMERAL:
        return chinese_numeral(figure)
    return Decimal(figure.replace(",", "").replace("，", ""))
