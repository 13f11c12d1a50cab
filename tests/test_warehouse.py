"""The warehouse: held against the schemas, brought up to date from every earlier version, refused where it is not ours."""

import errno
import hashlib
import os
import re
import shutil
import subprocess
import sys
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

import duckdb
import pandas as pd
import pytest

import sql
from flows import cli, warehouse
from flows.errors import LayoutError, NightError
from flows.warehouse import layout
from flows.warehouse.trouble import trouble
from schemas.warehouse import TABLES, VERSION_TABLE, differences
from schemas.words import LABELS
from tests.damage import cut_short, empty, flipped, text
from tests.nights import INPUTS, STARTED, night, view, without_prefect
from tests.warehouses import FILES, FOLDER, dump, recorded, restore

pytestmark = pytest.mark.slow

OLDER = range(layout.NEWEST)
DECIDED = 2
"""The first version that keeps decisions."""
REWRITTEN = [
    int(name[:4]) - 1
    for name in sql.names("migrations")
    if re.search(
        r"^\s*(UPDATE|INSERT|DELETE)\b|^CREATE TABLE \w+ AS\b", sql.statement("migrations", name), re.MULTILINE
    )
]
"""The versions of which the next one has other rows. One that only adds tables and columns gives a night nothing else to meet."""


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    return tmp_path / "outputs"


@pytest.fixture
def path(outputs: Path) -> Path:
    """Where a test's warehouse stands."""
    return outputs / "warehouse.duckdb"


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The submissions that the recorded warehouses are about."""
    inputs = tmp_path_factory.mktemp("season") / "inputs"
    shutil.copytree(INPUTS / "reference", inputs / "reference")
    for file in FILES:
        (inputs / "2020" / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(INPUTS / "2020" / file, inputs / "2020" / file)
    return inputs


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def contents(path: Path) -> str:
    """Everything that a warehouse holds, as text."""
    with duckdb.connect(path, read_only=True) as connection:
        return dump(connection)


def rows(connection: duckdb.DuckDBPyConnection) -> dict[str, pd.DataFrame]:
    """Every table that a night adds rows to, in one order."""
    tables = layout.found_tables(connection)
    return {table: connection.execute(f"FROM {table} ORDER BY ALL").df() for table in TABLES if table in tables}


def views(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    return dict(connection.execute("SELECT view_name, sql FROM duckdb_views() WHERE NOT internal").fetchall())


def copies(outputs: Path) -> list[Path]:
    return sorted(outputs.glob("warehouse-*.duckdb"))


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict, dict, list]:
    """The tables, views and macros of a warehouse that is new today."""
    with warehouse.open_warehouse(tmp_path_factory.mktemp("fresh") / "warehouse.duckdb") as connection:
        return laid_out(connection)


def laid_out(connection: duckdb.DuckDBPyConnection) -> tuple[dict, dict, list]:
    macros = (
        "SELECT function_name, function_type, parameters FROM duckdb_functions() "
        "WHERE function_type IN ('macro', 'table_macro') AND NOT internal ORDER BY ALL"
    )
    return layout.found_tables(connection), views(connection), connection.execute(macros).fetchall()


def assert_like(connection: duckdb.DuckDBPyConnection, fresh: tuple[dict, dict, list]) -> None:
    """A warehouse that was brought up to date is like one that is new."""
    tables, seen, macros = laid_out(connection)
    stale = ", ".join(sorted(seen.keys() - fresh[1].keys()))
    assert not stale, f"a migration must drop what is no longer in sql/views: {stale}"
    assert (tables, seen, macros) == fresh


# ── made from the schemas ────────────────────────────────────────────────────


def test_the_sql_of_the_tables_is_what_the_schemas_declare():
    with duckdb.connect() as connection:
        for name in sql.names("tables"):
            connection.execute(sql.statement("tables", name))
        assert differences(layout.found_tables(connection)) == []


def test_every_table_has_one_file_and_every_file_one_table():
    assert set(sql.names("tables")) == {*TABLES, VERSION_TABLE}


def test_every_table_of_a_night_has_a_view_of_the_current_night():
    of_all_nights = {"decision"}
    assert {f"current_{table}" for table in TABLES.keys() - of_all_nights} <= set(sql.names("views"))


@pytest.mark.parametrize("folder", ["tables", "macros", "views"])
def test_a_statement_makes_what_its_file_is_called_and_says_what_one_row_is(folder):
    for name in sql.names(folder):
        statement = sql.statement(folder, name)
        made = rf"^CREATE (TABLE IF NOT EXISTS|OR REPLACE VIEW|OR REPLACE MACRO) {name}[ (]"
        assert re.search(made, statement, re.MULTILINE), name
        assert name == VERSION_TABLE or statement.startswith("-- One row"), name


@pytest.mark.parametrize(
    ("slip", "told"),
    [
        ("ALTER TABLE filing DROP COLUMN theme", "表 filing 没有栏目 theme（应为 VARCHAR）"),
        ("ALTER TABLE filing ADD COLUMN colour VARCHAR", "表 filing 多出栏目 colour"),
        ("ALTER TABLE filing ALTER days TYPE VARCHAR", "表 filing 的栏目 days 是 VARCHAR，应为 BIGINT"),
        ("ALTER TABLE filing ALTER file DROP NOT NULL", "表 filing 的栏目 file 是 VARCHAR，应为 VARCHAR NOT NULL"),
        ("DROP TABLE unit", "没有表 unit"),
    ],
)
def test_a_table_that_the_schemas_do_not_declare_is_told(slip, told):
    with duckdb.connect() as connection:
        for name in sql.names("tables"):
            connection.execute(sql.statement("tables", name))
        connection.execute(slip)
        assert differences(layout.found_tables(connection)) == [told]


def test_a_warehouse_that_is_not_what_the_schemas_declare_stops_the_night_before_it_begins(path):
    with warehouse.open_warehouse(path) as connection:
        connection.execute("ALTER TABLE filing DROP COLUMN theme")
    with pytest.raises(LayoutError, match="表 filing 没有栏目 theme"), warehouse.open_warehouse(path):
        pass


def test_a_command_over_such_a_warehouse_says_so_and_leaves_the_story_in_the_log(
    inputs, path, outputs, monkeypatch, capsys
):
    monkeypatch.setenv("HUIZONG_STATE", str(outputs / ".state"))
    with warehouse.open_warehouse(path) as connection:
        connection.execute("ALTER TABLE filing DROP COLUMN theme")
    with without_prefect():
        assert cli.main(["nightly", "--inputs", str(inputs), "--outputs", str(outputs)]) == cli.FAILED
    (said,) = capsys.readouterr().err.splitlines()
    assert "表 filing 没有栏目 theme" in said
    assert "errors.log" in said
    assert "hold_against_schemas" in (outputs / ".state" / "errors.log").read_text("utf-8")


def slip(name: str):
    """A night whose frames have a column or a table too many or too few."""
    frames = {
        table: pd.DataFrame({c: [] for c in columns if c not in ("run_id", "year")})
        for table, columns in TABLES.items()
    }
    if name == "extra column":
        frames["filing"]["colour"] = []
    elif name == "missing column":
        del frames["filing"]["theme"]
    elif name == "extra table":
        frames["colour"] = frames["unit"]
    else:
        del frames["unit"]
    return warehouse.NightTables("r", 2020, frames)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("extra column", "表 filing 没有栏目 colour"),
        ("missing column", "表 filing 的栏目 theme 没有数据"),
        ("extra table", "没有表 colour"),
        ("missing table", "表 unit 没有数据"),
    ],
)
def test_no_column_is_dropped_in_silence(path, name, told):
    with warehouse.open_warehouse(path) as connection:
        with pytest.raises(LayoutError, match=told), warehouse.transaction(connection):
            warehouse.load(connection, slip(name))
        assert all(rows.empty for rows in rows(connection).values())


# ── versions ─────────────────────────────────────────────────────────────────


def test_a_layout_that_changes_is_a_version_of_its_own(fresh):
    next_one = f"write sql/migrations/{layout.NEWEST + 1:04}_….sql, then run python -m tests.warehouses"
    assert recorded() == list(range(layout.NEWEST + 1)), "a version has no file: run python -m tests.warehouses"
    with duckdb.connect() as connection:
        connection.execute((FOLDER / f"{layout.NEWEST}.sql").read_text("utf-8"))
        assert layout.found_tables(connection) == fresh[0], f"sql/tables has changed: {next_one}"


def test_migrations_are_numbered_one_by_one_and_say_why():
    names = sql.names("migrations")
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    assert all(sql.statement("migrations", name).startswith("-- Why: ") for name in names)


def test_a_new_warehouse_is_the_newest(path, fresh):
    with warehouse.open_warehouse(path, report=pytest.fail) as connection:
        assert layout.version_of(connection, path) == layout.NEWEST
    with warehouse.open_warehouse(path, report=pytest.fail) as connection:
        assert_like(connection, fresh)
        assert len(warehouse.view(connection, VERSION_TABLE)) == 1


@pytest.mark.parametrize("version", OLDER)
def test_an_older_warehouse_is_recognised_copied_and_brought_up_to_date(path, outputs, version, fresh):
    restore(version, path)
    left, before = sha256(path), contents(path)
    with duckdb.connect(path, read_only=True) as connection:
        assert layout.version_of(connection, path) == version
        had = rows(connection)
    told: list[str] = []
    with warehouse.open_warehouse(path, told.append) as connection:
        assert_like(connection, fresh)
        assert layout.version_of(connection, path) == layout.NEWEST
        has = rows(connection)
        for table, frame in had.items():
            pd.testing.assert_frame_equal(has[table][list(frame.columns)], frame)
        for name in views(connection):
            warehouse.view(connection, name)
        assert len(warehouse.view(connection, "current_filing")) == had["run"]["filings"].iloc[-1]
        assert warehouse.view(connection, "label").iloc[0].to_dict() == LABELS
        assert set(has["word"]["run_id"]) == set(has["run"]["run_id"])
    (copy,) = copies(outputs)
    assert sha256(copy) == left
    assert contents(copy) == before
    (line,) = told
    assert f"第 {version} 版" in line
    assert copy.name in line


@pytest.mark.parametrize("version", sorted({0, DECIDED, *REWRITTEN, layout.NEWEST - 1}))
def test_a_night_runs_over_an_older_warehouse(inputs, path, outputs, version, fresh, kept):
    restore(version, path)
    night(inputs, outputs, STARTED + timedelta(days=2), kept=kept)
    assert len(view(outputs, "run")) == 3
    decided = view(outputs, "decision_state")
    assert decided["verdict"].tolist() == ["同意"] * (version >= DECIDED)
    assert decided["applied"].all()
    with duckdb.connect(path, read_only=True) as connection:
        assert_like(connection, fresh)


def test_the_last_night_is_one_of_the_same_year(path):
    restore(layout.NEWEST, path)
    with warehouse.open_warehouse(path) as connection:
        last, none = warehouse.last_night(connection, 2020), warehouse.last_night(connection, 2021)
    assert (last.run_id, len(last.files), last.filings, last.groups) == ("20191203-010000", 3, 10, 9)
    assert (none.run_id, len(none.files), none.filings, none.groups) == (None, 0, 0, 0)


def test_a_warehouse_that_a_later_program_had_begun_to_fill_is_finished(path, fresh):
    """The first programs added the tables that were missing, not the columns."""
    restore(0, path)
    with duckdb.connect(path) as connection:
        connection.execute(sql.statement("migrations", "0002_decisions"))
        connection.execute(sql.statement("migrations", "0004_notice_limits"))
        connection.execute("INSERT INTO notice_limit VALUES ('r', 2020, 'days', 21)")
    with warehouse.open_warehouse(path) as connection:
        assert_like(connection, fresh)
        assert len(warehouse.view(connection, "notice_limit")) == 1


def test_what_a_person_added_to_the_warehouse_stays(path):
    restore(3, path)
    with duckdb.connect(path) as connection:
        connection.execute("CREATE TABLE mine AS SELECT 1 AS one")
        connection.execute("CREATE VIEW seen AS SELECT title FROM filing")
    with warehouse.open_warehouse(path) as connection:
        assert warehouse.view(connection, "mine")["one"].tolist() == [1]
        assert len(warehouse.view(connection, "seen"))


def kill_while_migrating(path: Path) -> None:
    """A program of its own that dies after the migrations, before they are committed."""
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom flows import warehouse\nfrom flows.warehouse import layout\n"
        "layout.hold_against_schemas = lambda *_: os._exit(9)\n"
        "with warehouse.open_warehouse(Path(sys.argv[1])): pass"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(path)], cwd=Path(__file__).parents[1], check=False)
    assert killed.returncode == 9


def test_killed_in_the_middle_the_old_one_is_whole(path, outputs, fresh):
    restore(1, path)
    before = contents(path)
    kill_while_migrating(path)
    assert contents(path) == before
    with warehouse.open_warehouse(path) as connection:
        assert_like(connection, fresh)
    assert len(copies(outputs)) == 1


def test_a_migration_that_fails_leaves_the_old_one_whole(path, monkeypatch):
    restore(1, path)
    before = contents(path)
    monkeypatch.setitem(layout._MIGRATIONS, 4, "0001_how_groups_were_merged")
    monkeypatch.setattr(layout.sql, "statement", _broken(layout.sql.statement))
    with pytest.raises(NightError, match="打不开"), warehouse.open_warehouse(path):
        pass
    assert contents(path) == before


def _broken(statement):
    return lambda folder, name: "SELECT * FROM nowhere" if name.startswith("0001") else statement(folder, name)


def test_rows_that_a_killed_night_left_in_the_log_are_in_the_copy_too(path, outputs):
    restore(4, path)
    code = (
        "import duckdb, os, sys\nc = duckdb.connect(sys.argv[1])\n"
        "c.execute(\"INSERT INTO notice_limit VALUES ('r', 2020, 'late', 1)\")\nos._exit(9)"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    assert path.with_name("warehouse.duckdb.wal").exists()
    with warehouse.open_warehouse(path) as connection:
        assert "late" in warehouse.view(connection, "notice_limit")["name"].tolist()
    (copy,) = copies(outputs)
    assert "'late'" in contents(copy)


def test_of_each_version_the_newest_copy_is_kept(path, outputs):
    outputs.mkdir()
    for name in ("第3版-20200101-000000", "第3版-20200102-000000", "第4版-20200101-000000"):
        (outputs / f"warehouse-{name}.duckdb").touch()
    restore(3, path)
    with warehouse.open_warehouse(path):
        pass
    kept = [copy.name for copy in copies(outputs)]
    assert len(kept) == 2
    assert "warehouse-第4版-20200101-000000.duckdb" in kept


def test_without_room_for_the_copy_nothing_is_changed(path, outputs, monkeypatch):
    restore(3, path)
    before = sha256(path)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(NightError, match=r"磁盘已满.*没有改动"), warehouse.open_warehouse(path):
        pass
    assert sha256(path) == before
    assert copies(outputs) == []


# ── what is refused ──────────────────────────────────────────────────────────


def newer(path: Path) -> str:
    """A warehouse of the version after the newest; its bytes."""
    restore(layout.NEWEST, path)
    with duckdb.connect(path) as connection:
        connection.execute(sql.statement("ask", "reach_version"), {"version": layout.NEWEST + 1})
    return sha256(path)


@pytest.mark.parametrize("door", [warehouse.open_warehouse, warehouse.read_warehouse])
def test_a_newer_warehouse_is_refused_and_untouched(path, outputs, door):
    before = newer(path)
    with pytest.raises(NightError, match=rf"第 {layout.NEWEST + 1} 版.*第 {layout.NEWEST} 版.*更新的程序"), door(path):
        pass
    assert sha256(path) == before
    assert copies(outputs) == []


def test_a_night_over_a_newer_warehouse_ends_with_1(inputs, path, outputs, capsys):
    before = newer(path)
    with without_prefect():
        assert cli.main(["nightly", "--year", "2020", "--inputs", str(inputs), "--outputs", str(outputs)]) == cli.FAILED
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert sha256(path) == before


def test_a_file_that_is_no_database_is_told(path, outputs):
    outputs.mkdir()
    path.write_bytes(b"not a database" * 100)
    for door in (warehouse.open_warehouse, warehouse.read_warehouse):
        with pytest.raises(NightError, match="打不开"), door(path):
            pass


def test_a_damaged_warehouse_is_told(path):
    restore(layout.NEWEST, path)
    damaged = bytearray(path.read_bytes())
    damaged[12288:] = bytes(len(damaged) - 12288)
    path.write_bytes(damaged)
    with pytest.raises(NightError, match="打不开"), warehouse.open_warehouse(path):
        pass


DAMAGES = [text, empty, cut_short, flipped]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_warehouse_is_put_aside_as_it_is(path, outputs, damage):
    restore(layout.NEWEST, path)
    damage(path)
    before = sha256(path)
    said = warehouse.put_aside_if_damaged(path, outputs)
    (aside,) = outputs.glob("warehouse-损坏-*.duckdb")
    assert said is not None
    assert aside.name in said
    assert sha256(aside) == before
    assert not path.exists()


def test_two_damaged_warehouses_do_not_take_each_others_place(path, outputs):
    outputs.mkdir()
    for words in ("first", "second"):
        path.write_text(words)
        os.utime(path, (10**9, 10**9))
        warehouse.put_aside_if_damaged(path, outputs)
    assert sorted(aside.read_text() for aside in outputs.glob("warehouse-损坏-*.duckdb")) == ["first", "second"]


def test_a_sound_warehouse_is_not_put_aside(path, outputs):
    assert warehouse.put_aside_if_damaged(path, outputs) is None
    restore(layout.NEWEST, path)
    before = sha256(path)
    assert warehouse.put_aside_if_damaged(path, outputs) is None
    assert sha256(path) == before


def test_a_warehouse_that_nobody_touched_is_not_read_through_and_once_only(path, outputs, monkeypatch):
    read: list[Path] = []
    monkeypatch.setattr("flows.warehouse.open.read_through", read.append)
    restore(layout.NEWEST, path)
    for touch, times in ((False, 0), (True, 1)):
        warehouse.note_untouched(path, outputs)
        if touch:
            path.write_bytes(path.read_bytes())
        warehouse.put_aside_if_damaged(path, outputs)
        assert len(read) == times
    warehouse.put_aside_if_damaged(path, outputs)
    assert len(read) == 2


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_warehouse_is_a_sentence_with_advice_in_every_command(inputs, path, outputs, damage, capsys):
    restore(layout.NEWEST, path)
    damage(path)
    cli.main(["rules", "--year", "2020", "--outputs", str(outputs)])
    (of_rules,) = capsys.readouterr().err.splitlines()
    assert cli.main(["explain", "某某", "--year", "2020", "--outputs", str(outputs)]) == cli.FAILED
    (of_explain,) = capsys.readouterr().err.splitlines()
    for said in (of_rules, of_explain):
        assert "huizong doctor --mend" in said
        assert not re.search("Error|[Cc]orrupt|checksum", said)


@pytest.mark.parametrize(
    "door",
    [
        warehouse.open_warehouse,
        warehouse.read_warehouse,
        lambda path: warehouse.put_aside_if_damaged(path, path.parent),
    ],
)
def test_a_folder_in_its_place_is_told_and_left(path, door):
    path.mkdir(parents=True)
    with pytest.raises(NightError, match="它是文件夹"), door(path) or nullcontext():
        pass
    assert path.is_dir()


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ('IO Error: Could not write file "w": No space left on device', "磁盘已满"),
        ('IO Error: Cannot open file "w": Permission denied', "没有读写权限"),
        ('IO Error: Cannot open file "w": Read-only file system', "磁盘只读"),
        ("IO Error: Trying to read a database file with version number 999, but we can only read 64", "更新的 DuckDB"),
        ("TransactionContext Error: Failed to commit: Could not write: No space left on device", "磁盘已满"),
        ("Out of Memory Error: failed to allocate", "内存不足"),
        ('IO Error: Could not read from file "w": Input/output error', "磁盘读写出错"),
    ],
)
def test_what_duckdb_says_is_a_sentence_that_names_the_warehouse(says, told, path):
    said = str(trouble(path, duckdb.Error(says)))
    assert said.startswith(f"数据库 {path} ")
    assert told in said
    assert not re.search("Error|file", said)


@pytest.mark.parametrize("table", ["run", "runner"])
def test_another_programs_database_is_refused(path, outputs, table):
    outputs.mkdir()
    with duckdb.connect(path) as connection:
        connection.execute(f"CREATE TABLE {table} (distance DOUBLE)")
    before = sha256(path)
    for door in (warehouse.open_warehouse, warehouse.read_warehouse):
        with pytest.raises(NightError, match=r"不是汇总程序的数据库.*没有改动"), door(path):
            pass
    assert sha256(path) == before


# ── who only reads ───────────────────────────────────────────────────────────


def test_the_rules_are_shown_without_the_counts_of_an_older_warehouse(path, outputs, capsys):
    restore(2, path)
    before = sha256(path)
    assert cli.main(["rules", "--year", "2020", "--outputs", str(outputs)]) == cli.DONE
    said = capsys.readouterr()
    assert "headcount" in said.out
    assert len(said.err.splitlines()) == 1
    assert "第 2 版" in said.err
    assert "先运行一夜" in said.err
    assert sha256(path) == before


def test_explaining_from_an_older_warehouse_says_that_a_night_must_run_first(path, outputs, capsys):
    restore(2, path)
    before = sha256(path)
    assert cli.main(["explain", "某某", "--year", "2020", "--outputs", str(outputs)]) == cli.FAILED
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1
    assert "先运行一夜" in said
    assert sha256(path) == before


def test_a_warehouse_without_a_night_says_so(path, outputs):
    outputs.mkdir()
    duckdb.connect(path).close()
    with pytest.raises(NightError, match="还没有任何一夜"), warehouse.read_warehouse(path):
        pass
