"""Every attempt at a night is written down with how it ended, whatever became of the file before."""

import json
import os
from datetime import datetime, timedelta

from flows import attempts
from flows.attempts import Ended, begin, end


def test_an_attempt_is_known_from_its_beginning_to_its_end(tmp_path):
    first = begin(tmp_path, None)
    assert [(one.id, one.ended) for one in attempts.attempts(tmp_path)] == [(first.id, None)]
    second = begin(tmp_path, 2020)
    end(tmp_path, second, Ended("done", "本夜完成。", run_id="20191203-010000", counts={"files": 3}), 2020)
    end(tmp_path, first, Ended("failed", "数据库正被占用", passes=True), 2019)
    one, two = attempts.attempts(tmp_path)
    assert (one.id, one.year, one.ended.passes, one.ended.how) == (first.id, 2019, True, "failed")
    assert (two.ended.run_id, two.ended.counts, two.year) == ("20191203-010000", {"files": 3}, 2020)
    assert one.began_at <= two.began_at <= two.ended_at


def test_a_line_that_was_cut_off_or_is_none_costs_no_other(tmp_path):
    killed = begin(tmp_path, 2020)
    with (tmp_path / attempts.FILE).open("a", encoding="utf-8") as file:
        file.write('[]\n{"id": 3}\nno line\n{"id": "x", "ended_at": "2')
    after = begin(tmp_path, 2020)
    assert [one.id for one in attempts.attempts(tmp_path)] == [killed.id, after.id]


def test_only_the_latest_are_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(attempts, "KEPT", 3)
    known = [begin(tmp_path, 2020).id for _ in range(9)]
    kept = [one.id for one in attempts.attempts(tmp_path)]
    assert kept == known[-len(kept) :]
    assert 3 <= len(kept) <= 2 * 3


def test_a_state_folder_that_cannot_be_written_harms_nothing_at_the_end(tmp_path):
    attempt = begin(tmp_path, 2020)
    (tmp_path / attempts.FILE).unlink()
    (tmp_path / attempts.FILE).mkdir()
    end(tmp_path, attempt, Ended("done", "本夜完成。"), 2020)
    assert attempts.attempts(tmp_path) == []


def test_an_attempt_is_at_work_while_its_process_is_and_not_where_another_has_its_number(tmp_path):
    parent = os.getppid()
    mine = begin(tmp_path, 2020, tmp_path)
    assert attempts.attempts(tmp_path)[0].at_work
    assert attempts.at_work(tmp_path) is None  # it is this program's own

    def other(pid: int, began: datetime) -> None:
        line = {"id": str(pid), "pid": pid, "began_at": began.astimezone().isoformat(), "year": 2020}
        (tmp_path / attempts.FILE).write_text(json.dumps(line), "utf-8")

    other(parent, datetime.now())
    assert attempts.at_work(tmp_path).pid == parent
    assert attempts.at_work(tmp_path, mine.pid) is None
    other(parent, datetime.now() - timedelta(days=400))
    assert attempts.at_work(tmp_path) is None
    other(2**22 + 1, datetime.now())
    assert attempts.at_work(tmp_path) is None
