"""A full disk is a sentence that names the folder, and what stood stands."""

import errno
import re
from pathlib import Path

import duckdb
import pytest

from flows import cli, disk, warehouse
from flows.errors import NightError, SettingError
from tests.small_disk import fill

INPUTS = Path(__file__).resolve().parents[1] / "inputs"


@pytest.mark.parametrize("full", ["outputs", "state"])
def test_a_night_is_not_begun_on_a_disk_of_a_few_hundred_kb(full, small_disk, tmp_path, monkeypatch, capsys):
    folders = {"outputs": tmp_path / "outputs", "state": tmp_path / "state"}
    folders[full] = small_disk("small", 400)
    monkeypatch.setenv("HUIZONG_STATE", str(folders["state"]))
    asked = ["nightly", "--inputs", str(INPUTS), "--outputs", str(folders["outputs"])]
    assert cli.main(asked) == cli.FAILED
    (said,) = capsys.readouterr().err.splitlines()
    assert "磁盘已满" in said
    assert str(tmp_path / "small") in said


def test_a_disk_that_fills_up_at_commit_is_told_and_the_warehouse_is_as_it_was(small_disk):
    path = small_disk("outputs", 30_000) / "warehouse.duckdb"
    with warehouse.open_warehouse(path):
        pass
    fill(path.parent)
    with (
        pytest.raises(NightError, match=rf"磁盘已满（{re.escape(str(path.parent))}）"),
        warehouse.open_warehouse(path) as connection,
        warehouse.transaction(connection),
    ):
        connection.execute("CREATE TABLE much AS SELECT i, random() AS r FROM range(1000000) AS q(i)")
    (path.parent / "full").unlink()
    with warehouse.open_warehouse(path) as connection:
        assert "much" not in warehouse.view(connection, "duckdb_tables")["table_name"].tolist()


def test_what_fails_without_room_is_told_by_the_folder_that_has_none(small_disk, tmp_path):
    small = small_disk("small", 400)
    fill(small)
    with pytest.raises(NightError, match=re.escape(str(small))), disk.full_disk_told(tmp_path, small):
        (small / "workbook").write_text("x" * 100_000)
    with pytest.raises(NightError, match=re.escape(str(small))), disk.full_disk_told(tmp_path, small):
        raise RuntimeError("what a library makes of it")


def test_a_library_that_hides_the_number_of_the_error_is_understood(tmp_path):
    hidden = ValueError("not written")
    hidden.__cause__ = OSError(errno.ENOSPC, "No space left on device")
    with pytest.raises(NightError, match="磁盘已满"), disk.full_disk_told(tmp_path):
        raise hidden


def test_other_errors_stay_what_they_are(tmp_path):
    for error in (ValueError("x"), SettingError("x"), OSError(errno.EACCES, "x"), duckdb.Error("x")):
        with pytest.raises(type(error)), disk.full_disk_told(tmp_path):
            raise error


def test_a_disk_that_is_only_read_is_told(small_disk, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("HUIZONG_STATE", str(tmp_path / "state"))
    outputs = small_disk("outputs", 400, ",ro")
    assert cli.main(["nightly", "--inputs", str(INPUTS), "--outputs", str(outputs)]) == cli.WRONG
    (said,) = capsys.readouterr().err.splitlines()
    assert "磁盘只读" in said
    assert str(outputs) in said
