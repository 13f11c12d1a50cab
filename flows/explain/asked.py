"""What is asked for: which group, filing or pair an id, a number or a place names, and what to say where it names none."""

import re

import duckdb
import pandas as pd

from flows.errors import SettingError
from schemas.words import FINDING_STATUSES, LABELS, SEVERITIES
from sql import statement

KINDS = {"group": "团组", "filing": "申报", "pair": "疑似重复"}
"""What may be asked for."""
_MOST_NAMED = 12
_PLACE = re.compile(r"(?P<file>.+?)\s*[#:：]\s*(?P<row>[0-9]{1,7})")


def asked(connection: duckdb.DuckDBPyConnection, what: str, year: int) -> tuple[str, str, str]:
    """Kind, id and the last night that knew it of the one thing of ``year`` that ``what`` names.

    Raises:
        SettingError: it names nothing, or several things.
    """
    named = _named(connection, what, year)
    if named.empty:
        raise SettingError(
            _of_a_file(connection, what, year)
            or f"{year} 年没有“{what}”：请写团组编号、疑似重复的编号、问题的编号、申报编号（都可只写开头几位）、系统项目编号，"
            f"或“文件#行”。{_near(connection, what, year)}"
        )
    exact = named[named["id"].str.casefold().eq(what.casefold())]
    chosen = exact if len(exact) == 1 else named
    if len(chosen) > 1 and (group := _one_group(connection, chosen)):
        return group
    if len(chosen) > 1:
        listed = [f"{KINDS[kind]} {name}" for kind, name in zip(named["kind"], named["id"], strict=True)]
        more = f"等 {len(listed)} 个" if len(listed) > _MOST_NAMED else ""
        raise SettingError(f"“{what}”不止一个：{'、'.join(listed[:_MOST_NAMED])}{more}。请写全编号。")
    kind, found, run_id = chosen.iloc[0][["kind", "id", "run_id"]]
    return str(kind), str(found), str(run_id)


def _named(connection: duckdb.DuckDBPyConnection, what: str, year: int) -> pd.DataFrame:
    if not what:
        return pd.DataFrame()
    named = connection.execute(statement("explain", "asked"), {"what": what, "year": year}).df()
    place = _PLACE.fullmatch(what)
    if named.empty and place:
        asked = {"file": place["file"].replace("\\", "/"), "row": int(place["row"]), "year": year}
        named = connection.execute(statement("explain", "asked_place"), asked).df()
    return _counting(named) if "counts" in named and named["named_by"].eq("number").all() else named


def _counting(named: pd.DataFrame) -> pd.DataFrame:
    """Of the filings with one 系统项目编号 those that no newer version has replaced, as the last night knew them."""
    counting = named[named["counts"]] if named["counts"].any() else named
    return counting[counting["run_id"].eq(counting["run_id"].max())]


def _of_a_file(connection: duckdb.DuckDBPyConnection, what: str, year: int) -> str | None:
    """What there is to tell of a finding that is about a whole file or unit, in a sentence."""
    found = connection.execute(statement("explain", "asked_finding"), {"what": what, "year": year}).df()
    if len(found) != 1:
        return None
    told = found.astype(object).where(found.notna(), None).iloc[0]
    state = FINDING_STATUSES[told["status"]] if told["stands"] else "已消失"
    about = f"文件“{told['file']}”" if told["file"] else told["unit"] or LABELS["all_units"]
    return f"“{told['finding_id']}”是关于{about}的问题（{SEVERITIES[told['severity']]}，{state}），不属于哪一项申报：{told['message']}"


def _near(connection: duckdb.DuckDBPyConnection, what: str, year: int) -> str:
    """The ids most like one that is not known, in a sentence; nothing where none is like it."""
    near = connection.execute(statement("explain", "near"), {"what": what, "year": year}).df()
    listed = "、".join(f"{KINDS[kind]} {name}" for kind, name in zip(near["kind"], near["id"], strict=True))
    return f"相近的有：{listed}。" if listed else ""


def _one_group(connection: duckdb.DuckDBPyConnection, named: pd.DataFrame) -> tuple[str, str, str] | None:
    """The group that all these filings are in: they may share a 系统项目编号."""
    if set(named["kind"]) != {"filing"} or named["run_id"].nunique() > 1:
        return None
    run_id = str(named["run_id"].iloc[0])
    asked = {"run_id": run_id, "ids": named["id"].tolist()}
    groups = connection.execute(statement("explain", "filings"), asked).df()["group_id"]
    return (
        ("group", str(groups.iloc[0]), run_id) if groups.nunique(dropna=False) == 1 and groups.notna().all() else None
    )
