"""The screen: what comes from a file does nothing to a terminal, and no password is shown anywhere."""

import io
import os
import stat
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import cli
from flows.error_log import LOG, write_error
from flows.passwords import credentials, hidden
from flows.privacy import close_to_others, for_owner_and_group
from flows.screen import harmless, no_passwords_shown, tell
from flows.settings import PROJECT, STATE_VARIABLE, Settings

ADDRESS = "PREFECT_API_URL"
HOSTILE = "甲\x1b[31m红\x1b]8;;http://x\x07\x9b2J\u202e反\u2066\r\n[red]假的第二行[/red]\u2028乙\x00\ud800"


@given(st.text())
def test_a_line_is_one_line_that_steers_nothing(text):
    said = harmless(text)
    assert not {"Cc", "Cf", "Cs", "Zl", "Zp"} & {unicodedata.category(character) for character in said}


@given(st.text(st.characters(categories=["L", "N", "P", "S"])))
def test_what_is_harmless_is_as_it_was(text):
    assert harmless(text.replace("@", "")) == text.replace("@", "")


def test_hostile_names_are_told_in_one_line():
    out = io.StringIO()
    tell(HOSTILE, out)
    said = out.getvalue()
    assert said.count("\n") == 1
    assert not {"\x1b", "\x9b", "\u202e", "\u2066", "\r", "\x00"} & set(said)
    assert "假的第二行" in said


def test_a_terminal_of_another_country_is_no_error():
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    tell("甲a", out)
    out.seek(0)
    assert out.read() == "?a\n"


@pytest.mark.parametrize("password", ["s3cret-password", "p@ss/word:x", "%E5%AF%86%E7%A0%81abcd", "ab"])
def test_no_form_of_a_password_is_shown(password, monkeypatch, tmp_path, capsys):
    monkeypatch.setenv(ADDRESS, f"http://user:{password}@prefect.example:4200/api")
    for said in (
        f"cannot reach http://user:{password}@prefect.example:4200/api",
        f"nonnumeric port: '{password}@prefect.example'",
    ):
        assert password not in hidden(said)
        with no_passwords_shown():
            print(said)
            print(said, file=sys.stderr)
        write_error(said, tmp_path)
    told = capsys.readouterr()
    assert password not in told.out + told.err + (tmp_path / LOG).read_text("utf-8")
    assert "prefect.example" in told.out


def test_keys_and_tokens_are_hidden_as_well(monkeypatch):
    monkeypatch.setenv("PREFECT_API_KEY", "pnu_0123456789")
    monkeypatch.setenv("PREFECT_API_AUTH_STRING", "admin:open-sesame")
    monkeypatch.setenv(ADDRESS, "https://t0ken-itself@host/api")
    said = hidden("key pnu_0123456789, Basic admin:open-sesame or open-sesame, t0ken-itself")
    assert not {"pnu_0123456789", "open-sesame", "t0ken-itself"} & set(said.replace(",", " ").split())


def test_an_address_is_asked_without_who_asks():
    assert credentials("http://u:p%40x@h:1/api") == ("http://h:1/api", "Basic dTpwQHg=")
    assert credentials("http://h:1/api") == ("http://h:1/api", None)


@pytest.mark.parametrize(
    "address",
    [
        "http://user:S3cretWord@127.0.0.1:9/api",
        "http://user:S3cretWord@127.0.0.1/api",
        "http://user:S3cretWord@/api",
        "user:S3cretWord@127.0.0.1:9/api",
        "ftp://user:S3cretWord@127.0.0.1:9/api",
        "http://user:S3cret/Word@127.0.0.1:9/api",
        "http://user:S3cretWord@[::1/api",
    ],
)
def test_a_night_that_does_not_reach_its_server_says_so_without_the_password(address, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv(ADDRESS, address)
    monkeypatch.setenv(STATE_VARIABLE, str(tmp_path / "state"))
    status = cli.main(["nightly", "--inputs", str(PROJECT / "inputs"), "--outputs", str(tmp_path / "outputs")])
    told = capsys.readouterr()
    log = tmp_path / "state" / LOG
    written = log.read_text("utf-8") if log.exists() else ""
    assert status == cli.WRONG
    assert "S3cret" not in told.out + told.err + written
    assert "Prefect 服务器连不上" in told.err


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_new_files_are_for_owner_and_group(tmp_path):
    before = os.umask(0)
    os.umask(before)
    with for_owner_and_group():
        (tmp_path / "folder").mkdir()
        (tmp_path / "folder" / "file").touch()
    assert not mode(tmp_path / "folder") & stat.S_IRWXO
    assert not mode(tmp_path / "folder" / "file") & stat.S_IRWXO
    assert os.umask(before) == before


def test_what_an_older_program_left_open_is_closed_and_nothing_else(tmp_path):
    for name in ("own", "own/below", "shared"):
        (tmp_path / name).mkdir()
    for name in ("own/below/file", "outside"):
        (tmp_path / name).touch()
    (tmp_path / "own" / "link").symlink_to(tmp_path / "outside")
    for name in ("own", "own/below", "own/below/file", "outside"):
        (tmp_path / name).chmod(0o777)
    (tmp_path / "shared").chmod(0o1777)
    close_to_others(tmp_path / "own", tmp_path / "shared", tmp_path / "missing")
    assert [mode(tmp_path / name) for name in ("own", "own/below", "own/below/file")] == [0o770] * 3
    assert (mode(tmp_path / "outside"), mode(tmp_path / "shared")) == (0o777, 0o1777)


def test_what_the_program_has_written_is_known_from_what_lies_beside_it(tmp_path):
    for name in ("2019", "2020", "别人的"):
        (tmp_path / "outputs" / name).mkdir(parents=True)
    for name in (
        "warehouse.duckdb",
        "warehouse.duckdb.wal",
        "warehouse-第3版-1.duckdb",
        "处理意见.jsonl",
        "别人的.txt",
    ):
        (tmp_path / "outputs" / name).touch()
    own = Settings(2020, tmp_path / "inputs", tmp_path / "outputs", tmp_path / "state").written
    assert {path.name for path in own} == {
        *(
            "state",
            "2019",
            "2020",
            "warehouse.duckdb",
            "warehouse.duckdb.wal",
            "warehouse-第3版-1.duckdb",
            "处理意见.jsonl",
        )
    }


def test_that_nobody_reads_on_ends_nothing():
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as out:
        for _ in range(2):
            tell("下一行", out)
