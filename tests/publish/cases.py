"""What the tests of returned workbooks share: a letter, marks, and an office with files to send back."""

import hashlib
from pathlib import Path

import pandas as pd

from flows.publish import Copy, write_returns
from flows.publish.returned import FOLDER
from flows.publish.returned.letter import AUTHOR, FILLS, Letter, Line, Mark
from flows.settings import Settings
from schemas.tables import TEXT, Files
from tests import formats, frames

UNIT, OTHER = "成都市科学技术局", "绵阳市水务局"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301010018dd8d"
    "b00000000049454e44ae426082"
)
RED = FILLS["return"]


def letter(*texts: str) -> Letter:
    line = Line(
        ("退回修改", "四（三）", "项目申报", "C4", "某项目", "人数", "25", *(texts or ("超过。", "压缩。"))),
        "return",
        "项目申报",
        "C4",
    )
    return Letter("修改意见：a.xlsx", ("请更正。", f"制表：{AUTHOR}"), (line,))


def letter_about(marks: list[Mark]) -> Letter:
    lines = [Line(("退回修改", "四（三）", m.sheet, m.cell, *["…"] * 5), m.severity, m.sheet, m.cell) for m in marks]
    return Letter("修改意见：a.xlsx", (f"制表：{AUTHOR}",), tuple(lines))


def mark(cell: str, text: str = "超过 20 人。", sheet: str = "项目申报", severity: str = "return") -> Mark:
    return Mark(sheet, cell, severity, text)


def changed(before: bytes, after: bytes) -> set[str]:
    old, new = formats.parts(before), formats.parts(after)
    assert set(old) <= set(new), "a part was lost"
    return {name for name in old if old[name] != new[name]}


class Office:
    """A season of files in a folder and what the warehouse says of it."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(2020, folder / "inputs", folder / "outputs", folder / "state", workers=1)
        self.staging = folder / "staging"
        self.files: list[dict] = []
        self.findings: list[dict] = []
        self.filings: list[dict] = []
        self.participants: list[dict] = []
        self.written: list[Copy] = []

    def file(self, path: str, data: bytes, unit: str | None = UNIT, status: str = "read", reason: str | None = None):
        """A file that was dropped."""
        location = self.settings.inputs / path
        location.parent.mkdir(parents=True, exist_ok=True)
        location.write_bytes(data)
        held = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
        self.files.append({"path": path, "unit": unit, "status": status, "reason": reason, "filings": 0, **held})

    def find(self, file: str, **what: object) -> None:
        """A finding about a file."""
        self.findings.append(
            {"file": file, "unit": UNIT, "sheet": "项目申报", "cell": "C4", "value": "25", "filing_id": None, **what}
        )

    def _said(self) -> dict[str, pd.Series]:
        """What reviewers said of the findings."""
        names = ("verdict", "note", "reviewer", "to_unit")
        return {name: pd.Series([row.get(name) for row in self.findings], dtype=TEXT) for name in names}

    def back(self) -> dict[str, Path]:
        """Write the copies; path below 退回修改 → where it is."""
        files = pd.DataFrame(self.files, columns=Files.names()).astype(Files.dtypes())
        filings = frames.filings(self.filings).assign(group_id=[row.get("group_id") for row in self.filings])
        views = {
            "current_finding": frames.findings(self.findings).assign(**self._said()),
            "current_file": files,
            "current_filing": filings.astype({"group_id": TEXT}),
            "current_participant": frames.participants(self.participants),
        }
        self.written = write_returns(self.staging, views.__getitem__, self.settings)
        found = {p.relative_to(self.staging / FOLDER).as_posix(): p for p in self.staging.rglob("*") if p.is_file()}
        assert set(found) == {copy.name.as_posix() for copy in self.written}
        assert len(found) == len(self.written)
        return found
