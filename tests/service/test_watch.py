"""What asks for another night, and what does not."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.service.watch import watch

SOON, QUIET = 0.05, 0.15


class Folders:
    def __init__(self, folder: Path) -> None:
        self.inputs, self.outputs, self.memory = folder / "inputs", folder / "outputs", folder / "watched.json"
        (self.inputs / "2020").mkdir(parents=True)
        (self.outputs / "2020").mkdir(parents=True)

    def night(self, run_id: str, name: str = "异常清单.xlsx") -> None:
        """What a night publishes."""
        told = {"run_id": run_id, "outputs": [], "carried": [], "as_read": {}, "whole": True}
        (self.outputs / "2020" / name).write_text(run_id)
        (self.outputs / "2020" / "本夜.json").write_text(json.dumps(told))

    def asked(self, *deeds: Callable[[], object], seconds: float = 1.0) -> int:
        """How many nights are asked for while the deeds are done, one after the other."""

        async def count() -> int:
            nights = 0

            async def listen() -> None:
                nonlocal nights
                async for _ in watch(self.inputs, self.outputs, self.memory, QUIET, SOON):
                    nights += 1

            listening = asyncio.create_task(listen())
            await asyncio.sleep(0.4)
            for deed in deeds:
                deed()
                await asyncio.sleep(seconds)
            listening.cancel()
            return nights

        return asyncio.run(count())


@pytest.fixture
def folders(tmp_path) -> Folders:
    folders = Folders(tmp_path)
    folders.night("20191202-010000")
    assert folders.asked() == 1, "nothing is remembered: the first night is to come"
    return folders


def dropped(folders: Folders) -> Callable[[], object]:
    return lambda: (folders.inputs / "2020" / "成都市.xlsx").write_text("new")


def test_a_dropped_file_asks_once(folders):
    assert folders.asked(dropped(folders)) == 1


def test_so_does_a_saved_workbook_with_decisions(folders):
    workbook = folders.outputs / "2020" / "异常清单.xlsx"
    assert folders.asked(lambda: workbook.write_text("decided, and longer")) == 1


def test_what_a_night_publishes_asks_for_nothing(folders):
    assert folders.asked(lambda: folders.night("20191203-010000")) == 0


def test_a_workbook_that_was_saved_while_the_night_ran_asks_for_the_next(folders):
    def saved_meanwhile() -> None:
        (folders.outputs / "2020" / "异常清单.xlsx").write_text("decided while the night ran")
        folders.night("20191203-010000", "异常清单-20191203-010000.xlsx")

    assert folders.asked(saved_meanwhile) == 1


def test_an_office_program_that_opens_a_workbook_asks_for_nothing(folders):
    assert folders.asked(lambda: (folders.inputs / "2020" / "~$成都市.xlsx").write_text("me")) == 0


def test_what_changed_while_nobody_watched_asks_when_somebody_does(folders):
    assert folders.asked() == 0
    dropped(folders)()
    assert folders.asked() == 1
    assert folders.asked() == 0


def test_so_does_a_workbook_that_was_saved_meanwhile(folders):
    (folders.outputs / "2020" / "异常清单.xlsx").write_text("decided, and longer")
    assert folders.asked() == 1


def test_a_memory_that_is_none_costs_a_night_at_most(folders):
    folders.memory.write_text("{}")
    assert folders.asked() == 1


def test_it_waits_until_all_is_quiet(folders):
    files = [lambda n=n: (folders.inputs / "2020" / f"{n}.xlsx").write_text("new") for n in range(4)]
    assert folders.asked(*files, seconds=0.08) <= 1


def test_a_share_that_went_away_asks_where_it_came_back_changed(folders):
    elsewhere = folders.inputs.with_name("away")
    away, back = lambda: folders.inputs.rename(elsewhere), lambda: elsewhere.rename(folders.inputs)
    assert folders.asked(away, back) == 0, "what is there again is what it was"
    assert folders.asked(away, lambda: (elsewhere / "2020" / "新.xlsx").write_text("new"), back) == 1
