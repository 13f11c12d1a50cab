"""Warehouse and file held against each other when a night begins: what one lacks it gets from the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import duckdb

from flows import warehouse
from flows.decision_log.file import NAME, Log, add, read_log
from schemas.tables import DataFrame, KeptDecisions

_LOST = (
    "数据库里没有 {run_ids} 一夜，而输出文件夹里有它的各表：数据库丢失、损坏、被清空或换成了旧的；"
    "缺少的各夜没有恢复，如有备份请保留"
)
_BROUGHT = "数据库里缺少处理意见 {count} 条，已从“{name}”恢复，值未变的照常有效"
_ADDED = "“{name}”补记处理意见 {count} 条"


@dataclass(frozen=True)
class Recovered:
    """``told`` what everybody must know, in Chinese, ``quiet`` what a log may tell; ``lost`` the nights of every year
    that the warehouse has lost, where a file of the outputs tells of them."""

    told: tuple[str, ...] = ()
    quiet: tuple[str, ...] = ()
    lost: tuple[warehouse.Night, ...] = ()


def compared(log: Log, kept: DataFrame[KeptDecisions]) -> tuple[DataFrame[KeptDecisions], DataFrame[KeptDecisions]]:
    """What of the decisions ``kept`` in the warehouse the file is lacking, and what of those in the file the warehouse has
    lost."""
    known = kept.set_index(["year", "decision_id"]).index
    told = log.decisions.set_index(["year", "decision_id"]).index
    return kept[~known.isin(told)], log.decisions[~told.isin(known)]


def recover(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    year: int,
    lost_nights: Mapping[int, Sequence[warehouse.Night]] = MappingProxyType({}),
) -> Recovered:
    """Bring back into the warehouse the decisions that only the file at ``path`` has, and add to it those that it lacks.

    ``lost_nights`` are, by plan year, those that the warehouse has lost. That decisions came back is told until a night of
    their year has come to its end. Nothing about the file stops a night.
    """
    log, kept = read_log(path), warehouse.kept_decisions(connection)
    lacking, lost = compared(log, kept)
    warehouse.bring_back(connection, lost)
    unwritten = None if log.unread else add(path, lacking)
    if len(lacking) and not unwritten:
        log = read_log(path)
    back = warehouse.brought_back(connection, year)
    of_year = [night.run_id for night in lost_nights.get(year, ())]
    loud = [_LOST.format(run_ids="、".join(of_year))] if of_year else []
    loud += [_BROUGHT.format(count=back, name=NAME)] if back else []
    everything = tuple(night for nights in lost_nights.values() for night in nights)
    quiet = [_ADDED.format(count=len(lacking), name=NAME)] if len(lacking) and not (unwritten or log.unread) else []
    return Recovered((*loud, *log.problems(), *([unwritten] if unwritten else [])), tuple(quiet), everything)
