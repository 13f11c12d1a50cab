"""The year's notice as data: ``schemas/notices/<year>.toml``, loaded and checked."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

NOTICES = Path(__file__).parent / "notices"


class NoticeError(ValueError):
    """The year has no notice, or its file is not as it must be. The text is Chinese and names the file and the line."""


@dataclass(frozen=True)
class Notice:
    """The notice of ``year``: ``vocabularies`` by name, each word in the order of the form."""

    year: int
    title: str
    vocabularies: dict[str, tuple[str, ...]]


def load_notice(year: int, folder: Path = NOTICES) -> Notice:
    """The notice of ``year``.

    Raises:
        NoticeError: there is none, or it cannot be understood.
    """
    path = folder / f"{year}.toml"
    if not path.is_file():
        known = "、".join(sorted(p.stem for p in folder.glob("[0-9]*.toml")))
        raise NoticeError(f"没有 {year} 年的通知规则文件 {path.name}；现有年份：{known}。")
    data = tomllib.loads(path.read_text("utf-8"))
    return Notice(year, data["title"], {k: tuple(v) for k, v in data["vocabularies"].items()})
