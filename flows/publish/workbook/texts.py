"""What ``text`` says of one text, of many at once: few of them need more than a look."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from flows.publish.workbook.text import LIKE_A_FORMULA, LONGEST, UNHOLDABLE, lines, safe, shortened

Flags = npt.NDArray[np.bool_]

_TO_MEND = f"[\r{UNHOLDABLE}]"
"""What :func:`safe` may change; halves of characters no column of texts can hold."""
_FORMULA = r"\A[" + "".join(rf"\x{{{ord(sign):x}}}" for sign in LIKE_A_FORMULA) + "]"


def safe_texts(texts: pa.StringArray) -> pa.StringArray:
    """:func:`safe` of each."""
    long = _numbers(pc.utf8_length(texts)) > LONGEST // 2
    return mended(texts, matching(texts, _TO_MEND) | long, safe)


def shortened_texts(texts: pa.StringArray, width: float, most_lines: int) -> pa.StringArray:
    """:func:`shortened` of each."""
    long = _numbers(pc.utf8_length(texts)) * 2 >= most_lines * width
    return mended(texts, long | _broken(texts), lambda text: shortened(text, width, most_lines))


def lines_of(texts: pa.StringArray, width: float) -> npt.NDArray[np.float64]:
    """:func:`lines` of each."""
    characters = _numbers(pc.utf8_length(texts))
    room = max(2.0, width - 1)
    wide = (characters + _numbers(pc.binary_length(texts))) / 2
    needed = np.where(2 * characters > room, np.maximum(1, np.ceil(wide / room)), 1.0)
    broken = _broken(texts)
    needed[broken] = [lines(text, width) for text in texts.filter(pa.array(broken)).to_pylist()]
    return needed


def like_formulas(texts: pa.StringArray) -> Flags:
    """Whether an office program may take each for a formula."""
    return matching(texts, _FORMULA)


def matching(texts: pa.StringArray, pattern: str) -> Flags:
    """Whether a regular expression (of RE2) is found in each."""
    return pc.match_substring_regex(texts, pattern).to_numpy(zero_copy_only=False)


def mended(texts: pa.StringArray, which: Flags, mend: Callable[[str], str]) -> pa.StringArray:
    """``texts`` with some of them mended."""
    if not which.any():
        return texts
    chosen = pa.array(which)
    instead = pa.array([mend(text) for text in texts.filter(chosen).to_pylist()], pa.string())
    return pc.replace_with_mask(texts, chosen, instead)


def _broken(texts: pa.StringArray) -> Flags:
    return pc.match_substring(texts, "\n").to_numpy(zero_copy_only=False)


def _numbers(lengths: pa.Array) -> npt.NDArray[np.int64]:
    return lengths.to_numpy().astype(np.int64)
