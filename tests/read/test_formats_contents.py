"""The bytes of a file: those that were found or none, never more than the limit."""

import hashlib
import os
from pathlib import Path

import pytest

from flows.read.formats.contents import Fingerprint, FoundFile, fingerprint, take
from flows.read.formats.refusal import Deferred, Unreadable
from flows.settings import ReadLimits

LIMITS = ReadLimits(file_bytes=1000)
DATA = b"some bytes"
SHA256 = hashlib.sha256(DATA).hexdigest()
POSIX = pytest.mark.skipif(os.name != "posix", reason="links and pipes")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    path = tmp_path / "甲.xlsx"
    path.write_bytes(DATA)
    return path


def link(path: Path) -> None:
    other = path.with_name("other")
    path.rename(other)
    path.symlink_to(other)


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def large(path: Path) -> None:
    path.write_bytes(bytes(1001))


BECAME = [
    (Path.unlink, "移走或删除"),
    (large, "超过"),
    pytest.param(link, "是链接", marks=POSIX),
    pytest.param(pipe, "不是普通文件", marks=POSIX),
    pytest.param(folder, "不是普通文件", marks=POSIX),
]


def test_what_was_found_is_taken_with_its_time(place):
    os.utime(place, (1e9, 1e9))
    taken = take(FoundFile(place, SHA256), LIMITS)
    assert (taken.data, taken.modified) == (DATA, 1e9)
    assert take(FoundFile(place), LIMITS) == taken


def test_a_fingerprint_tells_what_is_taken(place):
    assert fingerprint(place, LIMITS) == Fingerprint(SHA256, len(DATA))


def test_other_bytes_are_left_to_the_next_night(place):
    place.write_bytes(DATA[::-1])
    with pytest.raises(Deferred, match="改动（内容与清点时不同）"):
        take(FoundFile(place, SHA256), LIMITS)


@pytest.mark.parametrize(("become", "says"), BECAME)
def test_what_is_no_longer_what_was_found_is_left_to_the_next_night(place, become, says):
    become(place)
    with pytest.raises(Deferred, match=says):
        take(FoundFile(place, SHA256), LIMITS)


@pytest.mark.parametrize(("become", "says"), BECAME)
def test_of_which_nothing_is_known_it_is_the_files_own_fault(place, become, says):
    become(place)
    with pytest.raises(Unreadable, match=says) as refused:
        take(FoundFile(place), LIMITS)
    assert not isinstance(refused.value, Deferred)


def test_an_empty_file_is_empty_and_not_changed(place):
    place.write_bytes(b"")
    with pytest.raises(Unreadable, match="0 字节") as refused:
        take(FoundFile(place, fingerprint(place, LIMITS).sha256), LIMITS)
    assert not isinstance(refused.value, Deferred)


def test_a_copy_elsewhere_is_as_good(place, tmp_path):
    copy = tmp_path / "乙.xlsx"
    copy.write_bytes(DATA)
    place.write_bytes(b"other")
    assert take(FoundFile(place, SHA256, (tmp_path / "gone", copy)), LIMITS).data == DATA


def test_what_is_too_large_is_not_looked_into(place):
    with place.open("wb") as opened:
        opened.truncate(20 * 2**30)
    told = fingerprint(place, LIMITS)
    assert (told.sha256, told.size) == (None, 20 * 2**30)
    assert told.refusal is not None
    assert "超过" in told.refusal


@pytest.mark.parametrize(("become", "says"), [case for case in BECAME if large not in getattr(case, "values", case)])
def test_what_is_gone_before_it_is_hashed_is_left_to_the_next_night(place, become, says):
    become(place)
    with pytest.raises(Deferred, match=says):
        fingerprint(place, LIMITS)
