"""Chinese numerals as the number formats [DBNum1] to [DBNum3] write them."""

_DIGITS = {1: "〇一二三四五六七八九", 2: "零壹贰叁肆伍陆柒捌玖", 3: "０１２３４５６７８９"}
_TENS = {1: ("", "十", "百", "千"), 2: ("", "拾", "佰", "仟")}
_GROUPS = ("", "万", "亿", "万亿")


def numeral(digits: str, kind: int, *, spoken: bool) -> str:
    """Digits as numerals of the ``kind`` (1 一, 2 壹, 3 full width); ``spoken`` with 十, 百 and 千, else digit for digit."""
    if kind not in _DIGITS:
        return digits
    whole, point, fraction = digits.partition(".")
    if not spoken or kind not in _TENS or not whole.isdecimal() or len(whole) > 4 * len(_GROUPS):
        return "".join(_DIGITS[kind][int(c)] if c.isdecimal() else c for c in digits)
    after = "".join(_DIGITS[kind][int(c)] for c in fraction if c.isdecimal())
    return _spoken(whole, kind) + (point + after)


def _spoken(whole: str, kind: int) -> str:
    zero = _DIGITS[kind][0]
    if not int(whole):
        return zero
    groups = [whole[max(0, end - 4) : end] for end in range(len(whole), 0, -4)]
    found = ""
    for place, group in reversed(list(enumerate(groups))):
        if int(group):
            found += (zero if found and int(group) < 1000 else "") + _group(group, kind) + _GROUPS[place]
    return found.removeprefix("一") if kind == 1 and found.startswith("一十") else found


def _group(group: str, kind: int) -> str:
    digits, tens = _DIGITS[kind], _TENS[kind]
    found, gap = "", False
    for place, digit in enumerate(group):
        if digit == "0":
            gap = bool(found)
            continue
        found += (digits[0] if gap else "") + digits[int(digit)] + tens[len(group) - 1 - place]
        gap = False
    return found
