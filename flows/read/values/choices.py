"""What a cell means as 是 or 否, or as words of a vocabulary of the notice."""

import re
from collections.abc import Iterable, Mapping, Sequence

from flows.read.values.ambiguous import Unclear
from flows.read.values.characters import fold
from flows.read.values.numbers import whole
from schemas.spellings import Spellings

_TICKED = "☑☒✓✔√■●◉🗹🗸▣"
_UNTICKED = "□☐○◯◻▢〇"
_BOXES = re.compile(f"[{_TICKED}{_UNTICKED}]")
_BRACKET_TICKS = re.compile(rf"[(\[【〔]([{_TICKED}vx×✗✘]?)[)\]】〕]")
_WINGDINGS = re.compile(r"(?<![a-z])[rst](?![a-z])")
"""Ticked boxes of a form whose font got lost; £ is the empty box."""

_PUNCTUATION = re.compile(r"[\s,，;；:：。.、()（）\[\]【】《》<>“”\"'‘’*·]+")
_SEPARATORS = re.compile(r"[、,，;；/／|＋+＆&\n]|以及|及|和|与")
_SHARES = re.compile(r"[(（:：]?[约共]?\d+(?:[,，]\d{3})*(?:\.\d+)?(?:%|％|万元|元|万)?[)）]?")
_BRACKETED = re.compile(r"\([^()]*\)")
_YES_START, _NO_START = re.compile(r"^是(?![否不])(?!.*否)"), re.compile(r"^(?:否(?!.*是)|不是)")
_TAKEN_BACK = re.compile(r"但|不|未|暂|待|若|如|需|应|补|拟|或")
_OTHER = "其他"
_NEGATED = re.compile(r"^(?:不|未|无|没|非|尚未|暂未|免)(?!定|确定|详|知|明|清楚|限)")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}


class Flags:
    """Reads cells that hold 是 or 否."""

    def __init__(self, spellings: Spellings, year: int | None = None) -> None:
        """Know the words of ``spellings``; the notice's ``year`` may stand among them: 已列入2020年预算."""
        self._year = re.compile(rf"{year}(?:年度?)") if year else None
        self._known = {_key(word): True for word in spellings.yes} | {_key(word): False for word in spellings.no}

    def read(self, text: str) -> bool | None:
        """True for 是, False for 否, None where the cell says neither or both."""
        folded = fold(text)
        if self._year:
            folded = self._year.sub("", folded)
        known = self._known.get(_key(folded))
        if known is not None:
            return known
        if re.sub(r"[√✓✔]", "", folded) == "是否" and len(folded) == 3:
            return _one_tick(text)
        if (ticked := ticks(folded)) is not None:
            said = {self.read(option) for option in ticked}
            return said.pop() if len(said) == 1 else None
        beside = {self._known.get(_key(inside[1:-1])) for inside in _BRACKETED.findall(folded)}
        if {True, False} <= {self._known.get(_key(_BRACKETED.sub("", folded))), *beside}:
            return None
        if _NO_START.match(folded):
            return False
        if _YES_START.match(folded):
            return True
        if _NEGATED.match(folded):
            return False
        return self._known.get(_key(_BRACKETED.sub("", folded)))


def _one_tick(text: str) -> bool | None:
    """是 √ 否 and the like: the word that the one tick stands at."""
    if text.strip()[0] in "√✓✔":
        return True
    if text.strip()[-1] in "√✓✔":
        return False
    beside = next((part for part in text.split() if len(part) == 2), None)
    return None if beside is None else "是" in beside


class Choices:
    """Reads cells that hold one or several words of a vocabulary."""

    def __init__(self, words: Sequence[str], spellings: Mapping[str, Iterable[str]], endings: Sequence[str]) -> None:
        """Know ``words`` and, by word, other ``spellings`` (those of other words are ignored).

        What a word or a cell ends with of ``endings`` may be left out.
        """
        self._endings = sorted(endings, key=len, reverse=True)
        self._words = tuple(words)
        self._known: dict[str, str] = {}
        for word in self._words:
            for spelling in spellings.get(word, ()):
                self._known[_key(spelling)] = word
        for word in self._words:
            self._known |= {_key(word): word, self._stem(word): word}
        numbered = [(re.match(r"^(\D+?)(\d+)$", word), word) for word in self._words]
        self._numbered = {(found[1], int(found[2])): word for found, word in numbered if found}
        self._stems = sorted({stem for stem, _ in self._numbered})

    def one(self, text: str) -> str | Unclear | None:
        """The word that the cell means."""
        folded = fold(text)
        ticked = ticks(folded)
        if ticked is not None:
            found = {self._word(option) for option in ticked}
            return found.pop() if len(found) == 1 else None
        return self._word(folded) or self._one_clause(folded)

    def _one_clause(self, folded: str) -> str | Unclear | None:
        """经专家评审，通过: the one clause that is a word of the vocabulary, where no other takes it back."""
        clauses = [clause for clause in re.split(r"[,，;；:：。\n]", folded) if clause]
        words = {word for clause in clauses if isinstance(word := self._word(clause), str)}
        if (
            len(clauses) < 2
            or len(words) != 1
            or any(_TAKEN_BACK.search(clause) for clause in clauses if not self._word(clause))
        ):
            return None
        return words.pop()

    def several(self, text: str) -> str | Unclear | None:
        """The words that the cell means, in its own order, joined by 、; None where a part means none."""
        folded = fold(re.sub(r"[\n\r\t ]+", "、", text.strip()) if not _word_breaks(text) else text)
        options = ticks(folded)
        if options is None:
            options = [part for part in _SEPARATORS.split(folded) if part]
            whole_cell = self._word(folded)
            options = options if whole_cell is None or len(options) < 2 else [folded]
        read = [self._word(_SHARES.sub("", option) or option) for option in options]
        unclear = next((word for word in read if isinstance(word, Unclear)), None)
        if unclear or not read or None in read:
            return unclear
        return "、".join(dict.fromkeys(str(word) for word in read))

    def _word(self, folded: str) -> str | Unclear | None:
        if folded.startswith(("其他", "其它")) and _OTHER in self._words and not _SEPARATORS.search(folded):
            return _OTHER
        for key in (_key(folded), self._stem(folded)):
            if key in self._known:
                return self._known[key]
        if (word := self._known.get(self._stem(_BRACKETED.sub("", folded)))) is not None:
            words = dict.fromkeys((word, *self._in_brackets(folded)))
            return word if len(words) == 1 else Unclear(tuple(words))
        if self._numbered and (numbered := self._by_number(folded)):
            return numbered
        halves = [word for word in self._words if len(folded) >= 2 and word.endswith(folded)]
        return Unclear(tuple(halves)) if len(halves) > 1 else None

    def _in_brackets(self, folded: str) -> Iterable[str]:
        """Words of the vocabulary that stand in brackets behind another: 优先1（重点2）."""
        for inside in _BRACKETED.findall(folded):
            bare = inside[1:-1]
            word = self._known.get(_key(bare)) or self._known.get(self._stem(bare)) or self._by_number(bare)
            if word:
                yield word

    def _by_number(self, folded: str) -> str | None:
        """优先项目（2）, 重点3类, 第二类重点项目: a class by its stem and its number."""
        stems = [stem for stem in self._stems if stem in folded]
        if len(stems) != 1:
            return None
        rest = folded.replace(stems[0], "", 1)
        rest = re.sub(r"立项|项目|培训|类别|类|第|之|级|条|款|项|[-_—.·、,:;()\[\]【】]", "", rest)
        number = whole(_ROMAN.get(rest, rest), "order") if rest else None
        return self._numbered.get((stems[0], number)) if isinstance(number, int) else None

    def _stem(self, text: str) -> str:
        key = _key(text)
        for ending in self._endings:
            if key.endswith(ending) and len(key) > len(ending) + 1:
                return key.removesuffix(ending)
        return key


def ticks(folded: str) -> list[str] | None:
    """The options ticked in ☑是 □否, 是（√）否（） and the like; None where the cell holds no boxes."""
    folded = _WINGDINGS.sub("☑", folded).replace("£", "□") if "£" in folded else folded
    text = _BRACKET_TICKS.sub(lambda found: "☑" if found[1] else "□", folded)
    boxes = _BOXES.findall(text)
    if not boxes or text in boxes:
        return None
    if len(boxes) == 1 and boxes[0] in _TICKED:
        return [_BOXES.sub("", text)]
    parts = _BOXES.split(text)
    before = not parts[0].strip("、,;/ ")
    options = parts[1:] if before else parts[:-1]
    options = [option.strip("、,;/|()[] ") for option in options]
    marked = [option for option, box in zip(options, boxes, strict=False) if box in _TICKED and option]
    if "□" not in text and not any(box in _UNTICKED for box in boxes) and not before and len(parts) > 2 and parts[-1]:
        return None
    return marked


def _word_breaks(text: str) -> bool:
    """Whether the blanks in the cell only pad single characters, as in 单 位 自 筹."""
    return all(len(part) <= 1 for part in text.split()) if text.split() else True


def _key(text: str) -> str:
    return _PUNCTUATION.sub("", fold(text))
