"""Words on sheets beside titles and values, as data: ``schemas/sheet_words.toml``, loaded and checked."""

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from schemas.errors import NoticeError

SHEET_WORDS_FILE = Path(__file__).with_name("sheet_words.toml")


@dataclass(frozen=True)
class SheetWords:
    """What stands on sheets around the projects; each field is a list of the file, which says what it is for.

    A field is named after its table and key: ``totals_words`` is ``words`` in ``[totals]``.
    """

    totals_words: tuple[str, ...]
    totals_subtotals: tuple[str, ...]
    asides_labels: tuple[str, ...]
    asides_notes: tuple[str, ...]
    asides_examples: tuple[str, ...]
    asides_example_titles: tuple[str, ...]
    asides_footers: tuple[str, ...]
    asides_stamps: tuple[str, ...]
    headings_endings: tuple[str, ...]
    hints_words: tuple[str, ...]
    hints_openings: tuple[str, ...]
    titles_tails: tuple[str, ...]
    titles_other_things: tuple[str, ...]
    titles_whole_parts: tuple[str, ...]
    cards_bare_units: tuple[str, ...]
    cards_no_project: tuple[str, ...]
    filer_next_labels: tuple[str, ...]
    filer_measures: tuple[str, ...]
    filer_stamps: tuple[str, ...]
    sheets_other_endings: tuple[str, ...]
    taking_part_openings: tuple[str, ...]


def load_sheet_words(path: Path = SHEET_WORDS_FILE) -> SheetWords:
    """The words in ``path``.

    Raises:
        NoticeError: the file is missing or not as it must be; names the table and key.
    """
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise NoticeError(f"找不到表上字样文件 {path.name}。") from error
    except tomllib.TOMLDecodeError as error:
        raise NoticeError(f"表上字样文件 {path.name} 无法识别：{error}。") from error
    lists = {f"{table}_{key}": words for table, keys in data.items() for key, words in _keys(keys, table, path.name)}
    wanted = [field.name for field in fields(SheetWords)]
    if strange := next((name for name in lists if name not in wanted), None):
        raise NoticeError(f"表上字样文件 {path.name} 中的 {strange.replace('_', '.', 1)} 不是可用的清单。")
    if missing := next((name for name in wanted if name not in lists), None):
        raise NoticeError(f"表上字样文件 {path.name} 缺少清单 {missing}（表名_清单名）。")
    if unusable := next((name for name, words in lists.items() if not _are_words(words)), None):
        raise NoticeError(f"表上字样文件 {path.name} 的清单 {unusable}（表名_清单名）应为一串不空的字样。")
    return SheetWords(**{name: tuple(words) for name, words in lists.items()})


def _keys(table: object, name: str, file: str) -> list[tuple[str, list[str]]]:
    if not isinstance(table, dict):
        raise NoticeError(f"表上字样文件 {file} 的 {name} 应为 [{name}] 下的清单。")
    return list(table.items())


def _are_words(words: object) -> bool:
    return isinstance(words, list) and bool(words) and all(isinstance(word, str) and word.strip() for word in words)
