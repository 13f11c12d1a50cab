"""The doctor: every probe tells of what is broken, mends what is safe, and no broken thing keeps it from looking at others."""

import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from flows import attempts, cli, decision_log, handover
from flows.doctor import BAD, GOOD, NOTE, Place, examine
from flows.doctor.probe import PROBES
from flows.service.lock import alone
from flows.settings import Settings
from tests.nights import INPUTS, STARTED, night
from tests.torture import season

pytestmark = pytest.mark.slow

NOW = STARTED + timedelta(hours=10)


@pytest.fixture(scope="module")
def healthy(tmp_path_factory) -> Path:
    """Inputs, and the outputs of one night over them."""
    folder = tmp_path_factory.mktemp("healthy")
    night(season.make(folder / "inputs"), folder / "outputs")
    return folder


@pytest.fixture
def place(healthy, tmp_path) -> Place:
    shutil.copytree(healthy, tmp_path / "at")
    found = Settings(2020, tmp_path / "at" / "inputs", tmp_path / "at" / "outputs", tmp_path / "state")
    found.state.mkdir(mode=0o750)
    for path in (found.outputs, *found.outputs.rglob("*")):
        path.chmod(0o750 if path.is_dir() else 0o640)
    return Place(found, NOW)


def told(place: Place, name: str | None = None, mend: bool = False) -> dict[str, list[str]]:
    """Sign → what is told with it, of one thing or of all."""
    by_sign: dict[str, list[str]] = {GOOD: [], NOTE: [], BAD: []}
    for _, one in examine(
        Place(place.settings, place.now, mend), [probe for probe in PROBES if name in (None, probe[0])]
    ):
        by_sign[one.sign].append(str(one))
    return by_sign


def not_well(place: Place, name: str | None = None, mend: bool = False) -> list[str]:
    found = told(place, name, mend)
    return [*found[NOTE], *found[BAD]]


def test_all_is_well_after_a_night(place):
    assert not_well(place) == []
    assert len(told(place)[GOOD]) >= 15


@pytest.mark.parametrize("what", ["text", "cut short", "flipped"])
def test_a_damaged_warehouse_is_told_and_put_aside(place, what):
    path = place.settings.warehouse
    data = bytearray(path.read_bytes())
    if what == "text":
        data = bytearray(b"this is no database" * 100)
    elif what == "cut short":
        data = data[: len(data) // 2]
    else:
        for at in range(20_000, len(data), 4_001):
            data[at] ^= 0xFF
    path.write_bytes(data)
    assert not_well(place, "数据库") != []
    mended = told(place, "数据库", mend=True)
    assert mended[BAD] == []
    assert not path.exists()
    assert [*path.parent.glob("warehouse-损坏-*")] != []
    assert "还没有数据库" in not_well(place, "数据库")[0]


def test_another_programs_database_is_told(place):
    place.settings.warehouse.unlink()
    with duckdb.connect(place.settings.warehouse) as connection:
        connection.execute("CREATE TABLE unit (a INTEGER)")
    assert told(place, "数据库")[BAD] != []


def test_a_locked_warehouse_is_told_with_who_has_it(place):
    with duckdb.connect(place.settings.warehouse):
        assert told(place, "申报文件夹")[GOOD] != []
        assert any("数据库" in line for line in told(place)[BAD]) or not_well(place) == []


def test_a_warehouse_that_is_gone_is_told(place):
    place.settings.warehouse.unlink()
    assert "还没有数据库" in not_well(place, "数据库")[0]


def test_a_night_that_was_not_swapped_in_is_told_and_mended(place):
    published = place.settings.published
    staging = handover.stage(published, "20200101-000000")
    assert "不一致" in not_well(place, "输出")[0]
    assert not_well(place, "输出", mend=True) == []
    assert not staging.exists()
    assert not_well(place, "输出") == []


def test_outputs_that_are_gone_are_told(place):
    shutil.rmtree(place.settings.published)
    assert "不见了" in not_well(place, "输出")[0]


def test_damaged_lines_of_decisions_are_told_and_put_aside(place):
    place.settings.decision_log.write_text('{"half": \nno line\n', "utf-8")
    place.settings.decision_log.chmod(0o640)
    assert not_well(place, "处理意见") != []
    told(place, "处理意见", mend=True)
    assert not_well(place, "处理意见") == []
    assert decision_log.read_log(place.settings.decision_log).damaged == ()


def test_rights_of_others_are_told_and_taken(place):
    place.settings.warehouse.chmod(0o644)
    assert "其他用户" in not_well(place, "权限")[0]
    assert not_well(place, "权限", mend=True) == []
    assert place.settings.warehouse.stat().st_mode & 0o7 == 0


def test_left_overs_are_told_and_removed(place):
    left = place.settings.state / "tmp" / "abc"
    left.mkdir(parents=True)
    left.with_suffix(".lock").touch()
    left.with_suffix(".json").write_text(json.dumps({"temporary": str(left)}))
    assert "残留" not in "".join(not_well(place, "残留"))
    assert not_well(place, "残留") != []
    assert not_well(place, "残留", mend=True) == []
    assert [*left.parent.iterdir()] == []


def test_missing_folders_are_told_and_made(place):
    shutil.rmtree(place.settings.season)
    shutil.rmtree(place.settings.state)
    assert not_well(place, "申报文件夹") != []
    assert not_well(place, "申报文件夹", mend=True) == []
    assert place.settings.season.is_dir()
    assert not_well(place, "文件夹", mend=True) == []
    assert place.settings.state.is_dir()


def test_a_missing_reference_workbook_is_told(place):
    (place.settings.reference / "单位名录.xlsx").unlink()
    assert "单位名录" in told(place, "参考表")[BAD][0]


@pytest.mark.parametrize(("hours", "says"), [(40, "计划任务"), (-48, "时钟")])
def test_when_the_last_night_was(place, hours, says):
    late = Place(place.settings, STARTED + timedelta(hours=hours))
    assert says in not_well(late, "每夜运行")[0]


def test_whether_the_service_is_at_work(place):
    late = Place(place.settings, STARTED + timedelta(hours=27))
    assert "请启动 huizong serve" in not_well(late, "每夜运行")[0]
    with alone(place.settings.state, 4321, "http://127.0.0.1:4200/api"):
        assert "进程号 4321，页面 http://127.0.0.1:4200）" in told(place, "每夜运行")[GOOD][0]
        assert "页面上各次运行" in not_well(late, "每夜运行")[0]


def test_an_attempt_that_came_to_nothing_after_the_last_night_is_told(place):
    state = place.settings.state
    attempt = attempts.begin(state, 2020, place.settings.outputs)
    attempts.end(state, attempt, attempts.Ended("failed", "数据库正被占用。"), 2020)
    assert "未完成：数据库正被占用 →" in not_well(place, "每夜运行")[0]
    other = attempts.begin(state, 2020, place.settings.outputs)
    attempts.end(state, other, attempts.Ended("done", "本夜完成。"), 2020)
    assert not_well(place, "每夜运行") == []


def test_what_nobody_foresaw_is_quoted_from_the_log(place):
    (place.settings.state / "errors.log").write_text("2020-01-01 00:00:00\nTraceback\nValueError: x\n\n")
    assert "ValueError: x" in not_well(place, "出错记录")[0]


def test_nothing_at_all_is_no_traceback(tmp_path):
    nowhere = Settings(2020, tmp_path / "no", tmp_path / "none", tmp_path / "nil")
    assert not_well(Place(nowhere, datetime.now())) != []


def test_a_year_without_a_notice_is_told(place):
    other = Place(Settings(1999, place.settings.inputs, place.settings.outputs, place.settings.state), NOW)
    assert told(other, "年度规则")[BAD] != []


def test_the_command_ends_with_1_where_something_is_wrong(healthy, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("HUIZONG_STATE", str(tmp_path / "state"))
    asked = ["doctor", "--year", "2020", "--inputs", str(INPUTS), "--outputs", str(tmp_path / "outputs")]
    assert cli.main(asked) == cli.FAILED
    assert "还没有数据库" in capsys.readouterr().out
    assert cli.main([*asked, "--mend"]) == cli.FAILED
    assert (tmp_path / "state").is_dir()
    assert [*(tmp_path / "outputs" / "2020").iterdir()] == []
