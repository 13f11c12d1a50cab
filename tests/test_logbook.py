"""What a night did and what it cost: measured step by step, kept in the warehouse, on Prefect's page and in a log."""

import json
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from flows import memory
from flows.attempts import Ended, begin
from flows.cache import Kept
from flows.logbook import log, measured
from tests.first_nights import FirstNights
from tests.frames import filings

FRAME = pd.DataFrame({"a": [1, 2, 3]})


@pytest.mark.parametrize(
    ("given", "rows"),
    [
        (FRAME, 3),
        (Kept("key", FRAME), 3),
        ([Kept("key", FRAME), Kept("key", FRAME)], 6),
        ([["a", "b"], ["c"]], 3),
        ((FRAME, "text"), 3),
        ({"one": FRAME, "two": FRAME}, 6),
        ("text", None),
        (None, None),
        ([], 0),
    ],
)
def test_rows_are_those_of_the_table_that_something_is_about(given, rows):
    assert measured.rows(given) == rows


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_a_step_tells_what_it_took_also_where_it_fails(tmp_path):
    @measured.measured
    def doubled(_year: int, frame: pd.DataFrame) -> pd.DataFrame:
        memory.note_worker(None)
        return pd.concat([frame, frame])

    @measured.measured
    def broken(_frame: pd.DataFrame) -> None:
        raise ValueError("四川省某局 13900000000")

    @measured.of_a_night
    def night() -> list:
        doubled(2020, FRAME)
        with pytest.raises(ValueError):
            broken(FRAME)
        return measured.steps_so_far()[["place", "step", "rows_in", "rows_out"]].to_numpy().tolist()

    with log.of_attempt(tmp_path, begin(tmp_path, 2020)) as opened:
        assert night() == [[1, "doubled", 3, 6]]
    assert measured.steps_so_far().empty
    begun, done, failed = lines(opened.path)
    assert (begun["event"], done["rows_out"], done["level"]) == ("begin", 6, "INFO")
    assert (failed["level"], failed["error"]) == ("ERROR", "ValueError")
    assert "13900000000" not in opened.path.read_text("utf-8")
    moment = datetime.fromisoformat(done["time"])
    assert moment.utcoffset() == timedelta(hours=8)
    assert abs(moment - datetime.now().astimezone()) < timedelta(minutes=5)


def test_outside_of_an_attempt_nothing_is_written(tmp_path):
    log.warn("【注意】")
    assert [*tmp_path.iterdir()] == []


def test_the_log_of_a_night_goes_into_the_history_and_the_others_stay_as_long_as_they_are_kept(tmp_path):
    published = tmp_path / "outputs" / "2020"
    published.mkdir(parents=True)
    state = tmp_path / "state"
    for _ in range(4):
        with log.of_attempt(state, begin(state, 2020)) as opened:
            opened.end(Ended("failed", "数据库正被占用。"), published, kept=2)
    assert len([*(state / "logs").iterdir()]) == 2
    assert lines(opened.path)[-1] | {"time": ""} == {
        "time": "", "level": "ERROR", "event": "end", "how": "failed", "told": "数据库正被占用。",
    }  # fmt: skip
    with log.of_attempt(state, begin(state, 2020)) as opened:
        opened.end(Ended("done", "本夜完成。", run_id="20191202-010000", counts={"files": 3}), published, kept=2)
    assert lines(published / "历史" / "20191202-010000.jsonl")[-1]["counts"] == {"files": 3}
    assert not opened.path.exists()


def test_a_folder_that_takes_no_log_stops_nothing(tmp_path):
    (tmp_path / "logs").touch()
    with log.of_attempt(tmp_path, begin(tmp_path, 2020)) as opened:
        log.note("step")
    assert opened is None


def test_a_whole_night_has_its_steps_in_the_warehouse_on_the_page_and_in_its_log(first_nights: FirstNights):
    with duckdb.connect(first_nights.outputs / "warehouse.duckdb", read_only=True) as connection:
        steps = connection.execute("FROM current_step").df().set_index("step")
        (run_id,) = connection.execute("SELECT run_id FROM current_run").fetchone()
    assert steps.loc["read_ahead", "worker_bytes"] > 2**20
    assert steps.loc["identify_filings", "rows_out"] == 2
    assert (steps["peak_bytes"] > 2**20).all()
    assert steps["place"].tolist() == [*range(1, len(steps) + 1)]

    told = lines(first_nights.outputs / "2020" / "历史" / f"{run_id}.jsonl")
    assert next(line["step"] for line in told if line["event"] == "step") == "read_ahead"
    assert {line["step"] for line in told if line["event"] == "step"} == {*steps.index}
    assert told[-1]["run_id"] == run_id
    everything = json.dumps(told, ensure_ascii=False)
    valid = filings([{}]).iloc[0]
    assert not [valid[name] for name in ("title", "organiser", "contact", "phone") if valid[name] in everything]

    (killed,) = (first_nights.state / "logs").iterdir()
    assert "end" not in {line["event"] for line in lines(killed)}
    with closing(sqlite3.connect(first_nights.state / "prefect" / "prefect.db")) as database:
        ((shown,),) = database.execute("SELECT data FROM artifact WHERE key = 'steps'").fetchall()
    assert "read_ahead" in shown
