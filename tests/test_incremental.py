"""A night that takes what earlier nights gave is a night from scratch: over weeks of random changes, table by table."""

import gzip
import os
import random
import shutil
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from flows.errors import NightError
from flows.publish import write_submission
from schemas.warehouse import TABLES
from tests.examples import examples
from tests.formats import parts
from tests.frames import VALID
from tests.nights import INPUTS, STARTED, night, view
from tests.year import BOOK

pytestmark = pytest.mark.slow

UNITS = ("四川省农业农村厅", "四川省水利厅", "绵阳市农业农村局", "四川省科学技术厅")
TOPICS = ("马铃薯脱毒种薯繁育", "柑橘采后商品化处理", "水库大坝安全监测", "花椒病虫害绿色防控")
SAME = "文件、参考表和处理意见都与上一夜相同"
DYING = (("核对", SAME), ("比对", SAME), ("入库",), ("生成全省计划",))
"""What a night says when it is killed; one that is made of the same as the night before does not say all."""
OF_THE_NIGHT = ["run_id", "number", "started_at", "ended_at", "shown_in", "shown_number", "decided_at", "decision_id"]
"""Columns that say which night it was."""


class Office:
    """Inputs, with what people do to them; every deed is drawn from ``chance``."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.inputs, self.chance = folder / "inputs", chance
        shutil.copytree(INPUTS / "reference", self.inputs / "reference")
        self.season.mkdir()
        for _ in range(4):
            self.drop()

    @property
    def season(self) -> Path:
        return self.inputs / "2020"

    @property
    def files(self) -> list[Path]:
        return sorted(self.season.glob("*.xlsx"))

    def drop(self, path: Path | None = None) -> None:
        """A unit sends a workbook of a few projects, perhaps one that another unit sends too."""
        unit = self.chance.choice(UNITS)
        path = path or self.season / f"{unit}{self.chance.randrange(100)}.xlsx"
        rows = [self._project(number) for number in range(1, self.chance.randint(2, 4))]
        write_submission(path, BOOK, None, unit=unit, filings=rows)

    def _project(self, number: int) -> dict[str, object]:
        topic = self.chance.choice(TOPICS)
        days = self.chance.choice((14, 21, 400))
        start = date(2020, 3, 1)
        return VALID | {
            "seq": number,
            "title": f"{topic}技术培训",
            "content": f"{topic}的品种、栽培、采后处理与质量控制，实地考察示范基地并跟班学习{number}。",
            "otm_no": f"OTM2020{self.chance.randrange(40):04d}",
            "headcount": self.chance.choice((12, 20, 25, None)),
            "days": days,
            "start_date": start,
            "end_date": start + timedelta(days - 1),
        }

    def correct(self) -> None:
        """A unit sends another workbook under the same name."""
        if self.files:
            self.drop(self.chance.choice(self.files))

    def remove(self) -> None:
        if len(self.files) > 3:
            self.chance.choice(self.files).unlink()

    def rename(self) -> None:
        if self.files:
            path = self.chance.choice(self.files)
            path.rename(path.with_name(f"改名{self.chance.randrange(1000)}{path.name}"))

    def copy(self) -> None:
        if self.files:
            path = self.chance.choice(self.files)
            shutil.copy(path, path.with_name(f"副本{self.chance.randrange(1000)}{path.name}"))

    def spoil(self) -> None:
        (self.season / f"坏{self.chance.randrange(3)}.xlsx").write_bytes(self.chance.randbytes(50))

    def refer(self) -> None:
        """Somebody changes a row of a reference workbook."""
        path = self.inputs / "reference" / "国家地区.xlsx"
        book = load_workbook(path)
        sheet = book.worksheets[0]
        row = self.chance.randint(2, sheet.max_row)
        cell = sheet.cell(row, 3)
        cell.value = "否" if cell.value == "是" else "是"
        book.save(path)

    def allot(self) -> None:
        """Somebody changes the number of people that the plan may hold, on which nothing rests but the line in the plan."""
        path = self.inputs / "reference" / "指标控制数.xlsx"
        book = Workbook()
        for row in (("范围", "名称", "人数"), ("全省", None, self.chance.randrange(100))):
            book.active.append(row)
        book.save(path)

    def again(self) -> None:
        """Nothing changes."""


DEEDS: Sequence[Callable[[Office], None]] = (
    Office.drop, Office.correct, Office.remove, Office.rename, Office.copy, Office.spoil, Office.refer, Office.allot,
    Office.again,
)  # fmt: skip


class Side:
    """The outputs of one way of doing nights."""

    def __init__(self, folder: Path, full: bool) -> None:
        self.outputs, self.full = folder, full

    def night(self, office: Office, at: datetime, report: Callable[[str], None] = lambda _: None) -> None:
        night(office.inputs, self.outputs, at, report, full=self.full)

    def decide(self, seed: int) -> None:
        """A reviewer decides on some of the findings: those that stand at the same places on both sides."""
        path = self.outputs / "2020" / "异常清单.xlsx"
        chance, book = random.Random(seed), load_workbook(path)
        sheet = book["问题清单"]
        header = next(row for row in range(1, 9) if sheet.cell(row, 1).value == "项目名称")
        titles = {cell.value: cell.column for cell in sheet[header]}
        for row in range(header + 1, sheet.max_row + 1):
            if chance.random() < 0.3:
                sheet.cell(row, titles["处理意见"]).value = chance.choice(("同意", "退回", "剔除", None))
                sheet.cell(row, titles["处理人"]).value = "张三"
        book.save(path)
        os.utime(path, (1, 1))

    def kept(self) -> dict[str, pd.DataFrame]:
        """Every table of the current night, without what says which night it was and by which steps it was made."""
        return {
            name: _plain(name, view(self.outputs, f"current_{name}" if name not in ("decision", "run") else name))
            for name in TABLES.keys() - {"step"}
        }

    def put_out(self) -> dict[str, dict[str, bytes]]:
        """Every file that was put out, workbooks part by part, without the name of the night."""
        folder = self.outputs / "2020"
        (run_id,) = view(self.outputs, "current_run")["run_id"]
        return {
            path.relative_to(folder).as_posix(): {
                name: data.replace(run_id.encode(), b"") for name, data in _told_in(path).items()
            }
            for path in sorted(folder.rglob("*"))
            if "历史" not in path.parts and path.is_file() and path.name != "本夜.json"
        }


def _told_in(path: Path) -> dict[str, bytes]:
    data = path.read_bytes()
    if path.suffix == ".xlsx":
        return parts(data)
    return {"": gzip.decompress(data) if path.suffix == ".gz" else data}


def _plain(name: str, table: pd.DataFrame) -> pd.DataFrame:
    of_a_saving = ["sha256", "saved_at"] if name == "decision_workbook" else []
    dropped = [*OF_THE_NIGHT, *of_a_saving]
    told = table.drop(columns=[*table.columns.intersection(dropped)]).astype(str)
    return told.sort_values([*told.columns], ignore_index=True)


@examples(1, phases=[Phase.explicit, Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6))
def test_a_night_is_what_it_would_be_from_scratch(tmp_path_factory, seed):
    weeks(tmp_path_factory.mktemp("weeks"), seed, nights=3)


def weeks(folder: Path, seed: int, nights: int) -> None:
    """Nights with changes between them, each done in both ways, one of them killed now and then."""
    chance = random.Random(seed)
    office = Office(folder, chance)
    changed, scratch = Side(folder / "changed", full=False), Side(folder / "scratch", full=True)
    for number in range(nights):
        at = STARTED + timedelta(days=number)
        if number and number % 3 != 2:  # every third night nothing changes
            for deed in chance.sample(DEEDS, chance.randint(1, 2)):
                deed(office)
            if chance.random() < 0.4:
                words = chance.randrange(10**6)
                for side in (changed, scratch):
                    side.decide(words)
        if number and chance.random() < 0.3:
            with pytest.raises(NightError):
                changed.night(office, at - timedelta(hours=1), _dying(chance.choice(DYING)))
        for side in (changed, scratch):
            side.night(office, at)
        expected = scratch.kept()
        for name, table in changed.kept().items():
            pd.testing.assert_frame_equal(table, expected[name], obj=f"{name} in night {number} of seed {seed}")
        assert changed.put_out() == scratch.put_out()


def _dying(when: tuple[str, ...]) -> Callable[[str], None]:
    def report(told: str) -> None:
        if told.startswith(when):
            raise NightError("killed")

    return report
