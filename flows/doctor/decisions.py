"""The file of decisions: each of its lines, and all of them against the warehouse."""

from collections.abc import Iterator
from dataclasses import replace

from flows import decision_log
from flows import warehouse as database
from flows.doctor.probe import BAD, GOOD, NOTE, Place, Told, probe
from flows.errors import HuizongError, NightError
from schemas.tables import DataFrame, KeptDecisions

_KEY = ["year", "decision_id"]


@probe("处理意见")
def lines(place: Place) -> Iterator[Told]:
    """What is wrong with the file, and what it or the warehouse lacks."""
    log = decision_log.read_log(place.decision_log)
    for problem in replace(log, damaged=(), unfinished=False).problems():
        yield Told(BAD, f"{problem}。")
    for problem in replace(log, newer=(), unread=None).problems():
        yield Told(BAD, f"{problem}。", lambda: _put_aside(place))
    if log == decision_log.Log(log.decisions) and log.decisions.empty and not database.is_there(place.warehouse):
        yield Told(GOOD, "还没有处理意见")
        return
    try:
        kept = _kept(place)
    except HuizongError as error:
        yield Told(NOTE, f"文件中有 {len(log.decisions)} 条，现在不能与数据库核对：{error}")
        return
    told, known = (frame.set_index(_KEY).index for frame in (log.decisions, kept))
    lost, lacking = int((~told.isin(known)).sum()), int((~known.isin(told)).sum())
    if lost:
        yield Told(NOTE, f"数据库里缺少 {lost} 条，文件里有；下一夜会恢复。")
    if lacking and not log.unread:
        yield Told(NOTE, f"文件里缺少 {lacking} 条，数据库里有；下一夜会补记。", lambda: _add(place))
    if not (lost or lacking or log.unread):
        yield Told(GOOD, f"{len(log.decisions)} 条，与数据库一致")


def _kept(place: Place) -> DataFrame[KeptDecisions]:
    if not database.is_there(place.warehouse):
        raise NightError("没有数据库，下一夜重新建立。")
    with database.read_warehouse(place.warehouse) as connection:
        return database.kept_decisions(connection)


def _put_aside(place: Place) -> str:
    aside = decision_log.put_damaged_aside(place.decision_log)
    return f"损坏的行已移到 {aside.name}。" if aside else "已没有损坏的行。"


def _add(place: Place) -> str:
    """Held open while the file changes: no night can begin meanwhile."""
    with database.read_warehouse(place.warehouse) as connection:
        kept = database.kept_decisions(connection)
        told = decision_log.read_log(place.decision_log).decisions
        lacking = kept[~kept.set_index(_KEY).index.isin(told.set_index(_KEY).index)]
        if problem := decision_log.add(place.decision_log, lacking):
            raise NightError(f"{problem}。")
    return f"已补记 {len(lacking)} 条。"
