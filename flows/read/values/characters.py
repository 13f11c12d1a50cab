"""Characters: what was pasted, exported or typed in odd forms, as the plain characters that were meant."""

import re
import unicodedata

_RADICALS = (
    "⺁⺂⺃⺄⺅⺆⺈⺉⺊⺋⺌⺍⺎⺏⺐⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺫⺬⺭⺯⺰⺱⺲⺳⺴⺶⺹⺺"
    "⺻⺼⺾⺿⻀⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳"
)
_MEANT_BY_RADICALS = (
    "厂乛乚乙亻冂刀刂卜㔾小小兀尣尢巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王目示礻糹纟罓罒㓁冗羊耂肀"
    "聿肉艹艹艹虎衤覀西见角讠贝车辶辶辶邑钅長镸长门阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
"""CJK Radicals Supplement (U+2E80 on) → the ideographs they look like; NFKC leaves all but two of them alone."""

_NOTHING = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
)
_DIRECTIONS = "".join(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x2070), *range(0xFE00, 0xFE10))))
_BLANKS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
_CONTROLS = "".join(chr(code) for code in (*range(32), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\r")


def _plain() -> dict[int, str]:
    """Odd character → what it stands for; punctuation keeps its width, which is Chinese as written."""
    table = dict(zip(map(ord, _RADICALS), _MEANT_BY_RADICALS, strict=True))
    compatible = (range(0x2F00, 0x2FD6), range(0xF900, 0xFB07), range(0x2F800, 0x2FA1E))
    wide = (range(0xFF10, 0xFF1A), range(0xFF21, 0xFF3B), range(0xFF41, 0xFF5B))
    table |= {code: unicodedata.normalize("NFKC", chr(code)) for codes in (*compatible, *wide) for code in codes}
    table |= dict.fromkeys(map(ord, _NOTHING + _DIRECTIONS + _CONTROLS), "")
    table |= dict.fromkeys(map(ord, _BLANKS), "\u00a0")
    table[ord("\u3000")] = " "
    return table | {0x2028: "\n", 0x2029: "\n", ord("\t"): " "}


_PLAIN = _plain()
ODD = (
    r"[\x00-\x1f\x7f"
    "\u0080-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    "\u2e80-\u2fd5\u3000\uf900-\ufb06\ufe00-\ufe0f\ufeff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\U0002f800-\U0002fa1d]"
)
"""A regular expression for the characters that :func:`plain` changes."""

_ODD = re.compile(ODD)
_HAN = r"\u3007\u3400-\u9fff\u3001\u3002\uff01-\uff0f\uff1a-\uff20\u2018-\u201d\u300a\u300b\u3010\u3011"
_GLUED = re.compile(rf"(?<=[{_HAN}])\u00a0+|\u00a0+(?=[{_HAN}])")
_SPREAD = re.compile(rf"(?<=[{_HAN}])[\s\u00a0]+(?=[{_HAN}])")
_DASHES = re.compile("[\u2010-\u2015\u2212\u2500\ufe58\ufe63\uff0d]")
_WHITE = re.compile(r"[ \u00a0]+")
_LINES = re.compile(r"\s*\n\s*")
_ANY_WHITE = re.compile(r"\s+")


def plain(text: str) -> str:
    """The text in plain characters; blanks of every kind are still there, no-break ones as U+00A0."""
    return text.translate(_PLAIN) if _ODD.search(text) else text


def one_line(text: str) -> str:
    """A short text as meant: plain characters, no line breaks, no blanks between Chinese characters."""
    return _ANY_WHITE.sub(" ", _SPREAD.sub("", plain(text).strip()))


def code(text: str) -> str:
    """A number or the like as meant: compatible forms as one, dashes and brackets half-width."""
    return _DASHES.sub("-", one_line(unicodedata.normalize("NFKC", plain(text))))


def lines(text: str) -> str:
    """A long text as meant: plain characters, its line breaks and single blanks kept, the padding gone."""
    text = _GLUED.sub("", plain(text.replace("\r\n", "\n").replace("\r", "\n")).strip())
    return _LINES.sub("\n", _WHITE.sub(" ", text))


def fold(text: str) -> str:
    """The text for comparing: plain, compatible forms as one (NFKC), lower case, without any blanks."""
    return _ANY_WHITE.sub("", unicodedata.normalize("NFKC", plain(text))).lower()
