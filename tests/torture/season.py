"""A small season, and what its nights leave."""

import shutil
from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from flows import warehouse
from flows.handover.night_folder import said
from flows.outputs import settle_outputs
from flows.publish import write_submission
from tests.frames import VALID
from tests.nights import INPUTS
from tests.year import BOOK

YEAR = 2020
WORKBOOKS = ("全省计划.xlsx", "异常清单.xlsx")
PEOPLES = {"王处/看过.txt": "his", "notes.txt": "mine"}
"""What people keep among the outputs."""


def make(inputs: Path) -> Path:
    """Two submissions, one of which is returned, and a broken one."""
    shutil.copytree(INPUTS / "reference", inputs / "reference")
    (inputs / "2020").mkdir()
    submit(inputs, "四川省农业农村厅", headcount=20)
    submit(inputs, "绵阳市农业农村局", headcount=26)
    (inputs / "2020" / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    return inputs


def submit(inputs: Path, unit: str, headcount: int) -> None:
    """One submission with one project; of more than 25 people it is to be returned or held."""
    start = date(2020, 3, 1)
    row = {**VALID, "seq": 1, "headcount": headcount, "start_date": start, "end_date": date(2020, 3, 21)}
    row |= {"organiser": unit, "otm_no": f"OTM2020{abs(hash_of(unit)) % 10000:04d}", "title": f"{unit}栽培技术培训"}
    write_submission(inputs / "2020" / f"{unit}.xlsx", BOOK, None, unit, [row])


def hash_of(text: str) -> int:
    """A number that is the same in every process."""
    return sum(ord(character) * (place + 1) for place, character in enumerate(text))


def keep_peoples(outputs: Path) -> None:
    """What people put among the outputs."""
    for name, text in PEOPLES.items():
        path = outputs / str(YEAR) / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)


def current(outputs: Path) -> str:
    """The night that the warehouse calls current."""
    with warehouse.read_warehouse(outputs / "warehouse.duckdb") as connection:
        return warehouse.current_nights(connection)[YEAR]


def returned(outputs: Path) -> set[str]:
    """The return copies, by their paths."""
    folder = outputs / str(YEAR) / "退回修改"
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def what_is_not_whole(outputs: Path, expected: dict[str, set[str]]) -> list[str]:
    """How the outputs, as they lie there, are not those of one night; ``expected`` are the return copies of each night."""
    folder = outputs / str(YEAR)
    night = said(folder)
    if night is None:
        return ["the folder does not say which night it is of"]
    wrong = [f"{name} is not there" for name in night.outputs if not (folder / name).exists()]
    for name in WORKBOOKS:
        if (folder / name).exists() and night.run_id not in text_of(folder / name):
            wrong.append(f"{name} is not of {night.run_id}")
    if returned(outputs) != expected.get(night.run_id, returned(outputs)):
        wrong.append(f"the return copies are not those of {night.run_id}")
    wrong += [f"{name} is lost" for name, text in PEOPLES.items() if not is_kept(folder / name, text)]
    return wrong


def is_kept(path: Path, text: str) -> bool:
    """Whether what somebody wrote is still there."""
    return path.is_file() and path.read_text() == text


def text_of(path: Path) -> str:
    """All that stands in a workbook."""
    book = load_workbook(path, read_only=True)
    try:
        return "\n".join(
            str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell
        )
    finally:
        book.close()


def what_is_apart(outputs: Path, nights: set[str]) -> list[str]:
    """How warehouse, outputs and history differ once a command has settled them."""
    settle_outputs(outputs)
    folder, run_id = outputs / str(YEAR), current(outputs)
    night = said(folder)
    wrong = [] if night and night.run_id == run_id else [f"the folder says {night}, the warehouse {run_id}"]
    kept = {path.name for path in (folder / "历史").glob("*") if path.is_dir()}
    if kept != nights - {run_id}:
        wrong.append(f"the history has {sorted(kept)}, not {sorted(nights - {run_id})}")
    beside = {path.name for path in outputs.iterdir()} - {"2020", "warehouse.duckdb", "warehouse.duckdb.wal", ".state"}
    wrong += [f"{name} is left" for name in sorted(beside) if not name.startswith("处理意见")]
    return wrong
