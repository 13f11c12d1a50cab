"""What is asked for: which group, filing or pair an id, a number, a place or a project's name means, and what to say where it is
none."""

import re

import duckdb
import pandas as pd
from rapidfuzz import fuzz, process

from flows.errors import SettingError
from schemas.tables import as_objects
from schemas.words import FINDING_STATUSES, LABELS, SEVERITIES
from sql import statement

KINDS = {"group": "团组", "filing": "申报", "pair": "疑似重复"}
"""What may be asked for."""
_MOST_NAMED, _MOST_NEAR = 12, 5
_NEAR = 60
"""How alike, out of 100, a name must be to what is asked for to be told as near."""
_PLACE = re.compile(r"(?P<file>.+?)\s*[#:：]\s*(?P<row>[0-9]{1,7})")


def asked(connection: duckdb.DuckDBPyConnection, what: str, year: int) -> tuple[str, str, str]:
    """Kind, id and the last night that knew it of the one thing of ``year`` that ``what`` names.

    Raises:
        SettingError: it names nothing, or several things.
    """
    named = _named(connection, what, year)
    if named.empty and (told := _of_a_file(connection, what, year)):
        raise SettingError(told)
    if named.empty:
        return _called(connection, what, year)
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


def _called(connection: duckdb.DuckDBPyConnection, what: str, year: int) -> tuple[str, str, str]:
    """What is asked for by 项目名称, or a part of it.

    Raises:
        SettingError: nothing is so called, or several groups are; those are told, or what is called much the same.
    """
    found = connection.execute(statement("explain", "asked_title"), {"what": what, "year": year}).df()
    for these in (found[found["exactly"] & found["is_last"]], found[found["is_last"]], found):
        if len(these) == 1:
            kind, name, run_id = these.iloc[0][["kind", "id", "run_id"]]
            return str(kind), str(name), str(run_id)
        if len(these):
            listed = [
                f"{KINDS[row.kind]} {row.id}“{row.title}”（{row.unit if isinstance(row.unit, str) else '单位未识别'}）"
                for row in these.head(_MOST_NAMED).itertuples()
            ]
            more = f"等 {len(these)} 个" if len(these) > _MOST_NAMED else ""
            raise SettingError(f"“{what}”有 {len(these)} 个项目，请写其中一个的编号：{'；'.join(listed)}{more}。")
    raise SettingError(
        f"{year} 年没有“{what}”：请写团组编号、疑似重复的编号、问题的编号、申报编号（都可只写开头几位）、系统项目编号，"
        f"“文件#行”，或项目名称（可只写一部分）。{_near(connection, what, year)}"
    )


def _counting(named: pd.DataFrame) -> pd.DataFrame:
    """Of the filings with one 系统项目编号 those that no newer version has replaced, as the last night knew them."""
    counting = named[named["counts"]] if named["counts"].any() else named
    return counting[counting["run_id"].eq(counting["run_id"].max())]


def _of_a_file(connection: duckdb.DuckDBPyConnection, what: str, year: int) -> str | None:
    """What there is to tell of a finding that is about a whole file or unit, in a sentence."""
    found = connection.execute(statement("explain", "asked_finding"), {"what": what, "year": year}).df()
    if len(found) != 1:
        return None
    told = as_objects(found).iloc[0]
    state = FINDING_STATUSES[told["status"]] if told["stands"] else "已消失"
    about = f"文件“{told['file']}”" if told["file"] else told["unit"] or LABELS["all_units"]
    return f"“{told['finding_id']}”是关于{about}的问题（{SEVERITIES[told['severity']]}，{state}），不属于哪一项申报：{told['message']}"


def _near(connection: duckdb.DuckDBPyConnection, what: str, year: int) -> str:
    """The ids and names most like one that is not known, in a sentence; nothing where none is like it."""
    near = connection.execute(statement("explain", "near"), {"what": what, "year": year}).df()
    ids = [f"{KINDS[kind]} {name}" for kind, name in zip(near["kind"], near["id"], strict=True)]
    titles = connection.execute(statement("explain", "titles"), {"year": year}).df()["title"]
    like = process.extract(what, titles, scorer=fuzz.partial_ratio, score_cutoff=_NEAR, limit=_MOST_NEAR)
    listed = "、".join([*ids, *(f"“{title}”" for title, _, _ in like)])
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
