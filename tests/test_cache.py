"""What steps gave is kept under the hash of all that it depends on, and whatever happens to it costs time and nothing else."""

import os
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from flows.cache import NOTHING_KEPT, UNLIKE, Cache, alike_before, begin_alike, digest, note_made_of
from flows.settings import PROJECT
from tests.year import BOOK


@dataclass(frozen=True)
class Told:
    name: str
    days: tuple[date, ...] = ()


FRAME = pd.DataFrame({"a": ["x", None], "b": pd.array([1, None], dtype="Int64"), "c": pd.Categorical(["k", "l"])})
THINGS = [
    "text", b"text", 1, 1.0, True, None, date(2020, 3, 1), Path("a/b"), ["a", "b"], ["ab"], [["a"], "b"], {"a": 1}, {"a": "1"},
    Told("a"), Told("a", (date(2020, 3, 1),)), FRAME, FRAME.iloc[::-1], FRAME.rename(columns={"a": "d"}), FRAME.astype({"b": "str"}),
    BOOK, replace(BOOK, year=2021),
]  # fmt: skip


def test_what_differs_has_another_digest():
    assert len({digest(thing) for thing in THINGS}) == len(THINGS)
    assert digest("a", "b") != digest("ab")


def test_what_is_equal_has_the_same_digest_wherever_it_was_made():
    pieces = pd.concat([FRAME.iloc[:1], FRAME.iloc[1:]])
    assert digest(pieces.astype(FRAME.dtypes.to_dict())) == digest(FRAME)
    assert digest({"b", "a", "c"}) == digest({"c", "b", "a"})
    code = "from flows.cache import digest\nfrom tests.year import BOOK\nprint(digest(BOOK, {'甲', '乙', '丙'}))"
    told = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=PROJECT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in "12"
    ]
    assert told[0] == told[1] == digest(BOOK, {"甲", "乙", "丙"}) + "\n"


def test_what_has_no_digest_is_refused():
    with pytest.raises(TypeError):
        digest(object())


def counted(cache: Cache, depends: object, calls: list[object]) -> object:
    return cache.step("step", depends, lambda: calls.append(depends) or f"made of {depends}").value


def test_a_step_is_done_once(tmp_path):
    calls: list[object] = []
    for _ in range(2):
        assert counted(Cache(tmp_path), "a", calls) == "made of a"
    assert Cache(tmp_path).has(Cache(tmp_path).key("step", "a"))
    assert not Cache(tmp_path, anew=True).has(Cache(tmp_path).key("step", "a"))
    assert not Cache(tmp_path).has(Cache(tmp_path).key("step", "b"))
    assert counted(Cache(tmp_path), "b", calls) == "made of b"
    assert calls == ["a", "b"]


def test_another_program_begins_anew(tmp_path, monkeypatch):
    calls: list[object] = []
    counted(Cache(tmp_path), "a", calls)
    monkeypatch.setattr("flows.cache.store.code_digest", lambda: "another")
    counted(Cache(tmp_path), "a", calls)
    assert calls == ["a", "a"]


def test_anew_takes_nothing_of_earlier_nights_and_leaves_it_for_later_ones(tmp_path):
    calls: list[object] = []
    counted(Cache(tmp_path), "a", calls)
    anew = Cache(tmp_path, anew=True)
    for cache in (anew, anew, Cache(tmp_path)):
        counted(cache, "a", calls)
    assert calls == ["a", "a"]


def harms(path: Path) -> list:
    return [
        lambda: path.write_bytes(b""),
        lambda: path.write_bytes(path.read_bytes()[:-3]),
        lambda: path.write_bytes(b"cbuiltins\nno_such_name\n."),
        lambda: (path.unlink(), path.mkdir()),
    ]


@pytest.mark.parametrize("harm", range(4))
def test_a_result_that_cannot_be_read_is_made_again(tmp_path, harm):
    calls: list[object] = []
    counted(Cache(tmp_path), "a", calls)
    (path,) = [one for one in tmp_path.rglob("*") if one.is_file()]
    harms(path)[harm]()
    assert counted(Cache(tmp_path), "a", calls) == "made of a"
    assert calls == ["a", "a"]


def test_where_nothing_can_be_kept_the_step_is_done(tmp_path):
    (tmp_path / "file").touch()
    for cache in (NOTHING_KEPT, Cache(tmp_path / "file")):
        calls: list[object] = []
        counted(cache, "a", calls)
        assert counted(cache, "a", calls) == "made of a"
        assert calls == ["a", "a"]


def test_what_no_night_asks_for_is_forgotten(tmp_path):
    calls: list[object] = []
    for name in ("old", "new"):
        counted(Cache(tmp_path), name, calls)
    old = tmp_path.joinpath(*Cache(tmp_path).key("step", "old").rsplit("-", 1))
    os.utime(old, (1, 1))
    Cache(tmp_path).forget()
    for name in ("old", "new"):
        counted(Cache(tmp_path), name, calls)
    assert calls == ["old", "new", "old"]


def test_of_what_is_made_once_a_night_only_the_last_few_are_kept(tmp_path):
    cache, calls = Cache(tmp_path), []
    for night in range(5):
        counted(cache, night, calls)
        os.utime(tmp_path.joinpath(*cache.key("step", night).rsplit("-", 1)), (2**31 + night,) * 2)
        cache.put(cache.key("file", night), (night,))
    cache.forget()
    assert [night for night in range(5) if cache.get(cache.key("step", night))] == [2, 3, 4]
    assert [night for night in range(5) if cache.get(cache.key("file", night))] == [0, 1, 2, 3, 4]


def test_what_may_be_otherwise_in_the_next_night_is_kept_for_this_one(tmp_path):
    tonight = Cache(tmp_path)
    tonight.put_for_tonight("file-a", ("failed",))
    assert tonight.get("file-a") == ("failed",)
    assert Cache(tmp_path).get("file-a") is None
    assert (tonight.has("file-a"), Cache(tmp_path).has("file-a")) == (True, False)


def written(cache: Cache, path: Path, calls: list[object]) -> bytes:
    def write(to: Path) -> None:
        calls.append(to)
        to.write_bytes(b"rows" * 1000)

    cache.file("data", "a", path, write)
    return path.read_bytes()


@pytest.mark.parametrize("harm", range(-1, 4))
def test_a_file_is_written_once_and_again_where_it_is_not_whole(tmp_path, harm):
    calls: list[object] = []
    kept = tmp_path / "kept"
    first = written(Cache(kept), tmp_path / "first", calls)
    assert written(Cache(kept), tmp_path / "second", calls) == first
    assert len(calls) == 1
    if harm >= 0:
        (path,) = [one for one in kept.rglob("*") if one.is_file()]
        harms(path)[harm]()
        assert written(Cache(kept), tmp_path / "third", calls) == first
        assert len(calls) == 2


def test_what_is_kept_is_made_again_where_it_cannot_be_used(tmp_path):
    cache = Cache(tmp_path)
    made = [cache.step("step", "a", lambda: number, lambda kept: kept > 1).value for number in range(4)]  # noqa: B023 called at once
    assert made == [0, 1, 2, 2]


def test_a_night_is_alike_only_the_last_one_that_was_made_of_the_same(tmp_path):
    first = begin_alike(Cache(tmp_path), 1)
    assert first.kept("told", lambda: "made") == "made"
    note_made_of(first, "these", "night 1")
    again = alike_before(Cache(tmp_path), "these", "night 1")
    assert again is not None
    assert (again.since, again.found("told"), again.kept("told", lambda: "other")) == (1, "made", "made")
    assert again.kept("told", lambda: "other", of="another") == "other"
    for made_of, night in (("others", "night 1"), ("these", "night 2"), ("these", None)):
        assert alike_before(Cache(tmp_path), made_of, night) is None
    assert alike_before(Cache(tmp_path, anew=True), "these", "night 1") is None
    assert begin_alike(Cache(tmp_path), 1).found("told") is None
    assert (UNLIKE.kept("told", lambda: "own"), UNLIKE.found("told")) == ("own", None)
