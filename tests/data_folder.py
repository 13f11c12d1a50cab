"""A copy of the program's data files of 2020 that a test may change, and a second year beside it."""

import re
import shutil
from pathlib import Path

from schemas.yearbook import DATA, Yearbook, load_yearbook

OUT_OF_THE_WAY = 900
"""Years by which the forms of later years are moved: none of theirs is any test's, and their columns stay known."""


class Folder:
    """The data files in a folder of their own."""

    def __init__(self, path: Path) -> None:
        """A copy of the program's at ``path``."""
        self.path = path
        for name in ("forms", "titles", "linkage", "notices"):
            shutil.copytree(DATA / name, path / name)
        for file in DATA.glob("*.toml"):
            shutil.copy(file, path)
        for later in [file for file in path.glob("*/*.toml") if int(file.stem) > 2020]:
            if later.parent.name == "forms":
                later.rename(later.with_stem(str(int(later.stem) + OUT_OF_THE_WAY)))
            else:
                later.unlink()

    def change(self, name: str, *changes: tuple[str, str], to: str | None = None) -> str:
        """Write the file ``name`` with replacements, perhaps as another one; gives its text."""
        text = (self.path / name).read_text("utf-8")
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        (self.path / (to or name)).write_text(text, "utf-8")
        return text

    def without(self, name: str, table: str, to: str | None = None) -> None:
        """Write the file ``name`` without one of its tables, perhaps as another one."""
        text = (self.path / name).read_text("utf-8")
        found = re.search(rf"^\[{re.escape(table)}\]\n.*?(?=^\[|^# ─|\Z)", text, re.MULTILINE | re.DOTALL)
        assert found, table
        (self.path / (to or name)).write_text(text.replace(found[0], ""), "utf-8")

    def load(self, year: int = 2020) -> Yearbook:
        """The data of ``year``."""
        return load_yearbook(year, self.path)

    def add_2021(self) -> None:
        """2021 with a form, titles and linking settings of its own: 培训领域 has another title, 绿色通道依据 is gone."""
        self.change("notices/2020.toml", ("year = 2020", "year = 2021"), to="notices/2021.toml")
        self.without("forms/2020.toml", "filing.green_channel", to="forms/2021.toml")
        self.change("forms/2021.toml", ('title = "培训领域"', 'title = "培训主题方向"'), ("width = 36", "width = 40"))
        self.change(
            "titles/2020.toml", ('names = ["培训天数",', 'names = ["研修日数", "培训天数",'), to="titles/2021.toml"
        )
        self.change("linkage/2020.toml", ("merge = 0.98", "merge = 0.9999999"), to="linkage/2021.toml")
