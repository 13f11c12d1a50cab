"""What nights have left: the warehouse, the published folder, the file of decisions, and when the last night was."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from flows import decision_log, handover, warehouse
from flows.attempts import HOW, attempts
from flows.decide import lost_in
from flows.doctor.probe import BAD, GOOD, NOTE, Place, Told, probe
from flows.errors import DamagedWarehouseError, ForeignWarehouseError, NightError, WarehouseBusyError
from flows.outputs import settle_outputs
from flows.service.lock import running
from schemas.tables import DataFrame, KeptDecisions

_NO_LONGER_NIGHTLY = timedelta(hours=26)
"""A last night that is longer ago than a day, and the time that a night may take: nobody runs it any more, or it fails."""


@probe("数据库")
def database(place: Place) -> Iterator[Told]:
    """The warehouse opens, every row of it can be read, it is ours, and its version is known."""
    path = place.settings.warehouse
    if not warehouse.is_there(path):
        yield _missing(place)
        return
    try:
        version = warehouse.read_through(path)
    except WarehouseBusyError as error:
        yield Told(NOTE, f"现在不能检查：{error}")
    except DamagedWarehouseError as error:
        yield _put_aside(place, str(error), "损坏")
    except ForeignWarehouseError as error:
        yield _put_aside(place, str(error), "外来")
    else:
        if version is None:
            yield Told(NOTE, f"数据库 {path} 是空的", "下一夜会建立各表，处理意见从其记录文件恢复")
        elif version < warehouse.NEWEST:
            yield Told(NOTE, f"数据库 {path} 是旧的第 {version} 版", "下一夜会先留副本再自动升级，各夜都保留")
        else:
            yield Told(GOOD, f"数据库 {path} 完好，第 {version} 版，{path.stat().st_size / 2**20:.1f} MB")


def _missing(place: Place) -> Told:
    path = place.settings.warehouse
    if place.settings.decision_log.exists() or any(place.settings.outputs.glob("[0-9]*/*.xlsx")):
        return Told(
            BAD,
            f"还没有数据库 {path}，而以前的结果还在：数据库丢失",
            "请从备份恢复；没有备份的，下一夜会重新建立，处理意见从其记录文件恢复",
        )
    return Told(NOTE, f"还没有数据库 {path}", "第一夜会建立")


def _put_aside(place: Place, seen: str, what: str) -> Told:
    return place.mended(
        seen,
        "已改名留存，下一夜重新建立，处理意见从其记录文件恢复",
        "请从备份恢复；没有备份的，改名留存后下一夜会重新建立",
        lambda: warehouse.put_aside(place.settings.warehouse, what),
        BAD,
    )


@probe("最近一夜")
def last_nights(place: Place) -> Iterator[Told]:
    """The last night of each year is complete, and its count comes out even."""
    if not warehouse.is_there(place.settings.warehouse):
        return
    with warehouse.read_warehouse(place.settings.warehouse) as connection:
        nights = warehouse.last_nights(connection)
    for night in nights:
        name = f"{night.year} 年的最近一夜 {night.run_id}"
        if night.status != "complete" or night.ended_at is None:
            yield Told(BAD, f"{name} 没有完成", "请重新运行 huizong nightly")
        elif not night.even:
            yield Told(BAD, f"{name} 对账不平", "请告知维护人员")
        else:
            yield Told(GOOD, f"{name} 对账平，申报项目 {night.filings} 项")


@probe("输出")
def outputs(place: Place) -> Iterator[Told]:
    """The published folders are those of the nights that the warehouse calls current."""
    path = place.settings.warehouse
    if not warehouse.is_there(path):
        return
    with warehouse.read_warehouse(path) as connection:
        nights = warehouse.current_nights(connection)
        lost = lost_in(place.settings.outputs, warehouse.numbered_nights(connection))
    for year, unknown in lost.items():
        listed = "、".join(night.run_id for night in unknown)
        yield Told(
            BAD, f"{year} 年的输出文件夹里有 {listed} 一夜，数据库里没有：数据库换成了旧的", "请从备份恢复数据库"
        )
    apart = [year for year, run_id in nights.items() if handover.apart(place.settings.outputs / str(year), run_id)]
    missing = [year for year in nights if not (place.settings.outputs / str(year)).is_dir()]
    for year in missing:
        yield Told(NOTE, f"{year} 年的输出文件夹不见了", "重新运行一夜 huizong nightly 即重新生成")
    for year in apart:
        yield place.mended(
            f"{year} 年的输出文件夹与数据库里的最近一夜 {nights[year]} 不一致，或有没换完的一夜",
            "已换好", "运行任一命令（如 huizong rules）即换好", lambda: settle_outputs(place.settings.outputs),
        )  # fmt: skip
    if not (apart or missing or lost):
        yield Told(GOOD, "输出文件夹是数据库里最近一夜的")


@probe("处理意见")
def decisions(place: Place) -> Iterator[Told]:
    """Every line of the file of decisions is whole."""
    path = place.settings.decision_log
    log = decision_log.read_log(path)
    for problem in replace(log, damaged=(), unfinished=False).problems():
        yield Told(BAD, problem)
    for problem in replace(log, newer=(), unread=None).problems():
        yield place.mended(problem, "已移到一旁", "请从备份恢复", lambda: decision_log.put_damaged_aside(path), BAD)
    if not log.unread:
        yield Told(GOOD, f"记录文件里有处理意见 {len(log.decisions)} 条")
        yield from _lacking(place)


def _lacking(place: Place) -> Iterator[Told]:
    """What the warehouse has and the file has not, and the other way round."""
    path = place.settings.decision_log
    if not warehouse.is_there(place.settings.warehouse):
        return
    # Held open while the file changes: no night can begin meanwhile.
    with warehouse.read_warehouse(place.settings.warehouse) as connection:
        lacking, lost = decision_log.compared(decision_log.read_log(path), warehouse.kept_decisions(connection))
        if len(lacking):
            seen = f"{path.name} 缺少数据库里的处理意见 {len(lacking)} 条"
            yield place.mended(seen, "已补记", "下一夜会自动补记", lambda: _add(place, lacking))
    if len(lost):
        yield Told(NOTE, f"数据库缺少 {path.name} 里的处理意见 {len(lost)} 条", "下一夜会自动恢复")


def _add(place: Place, lacking: DataFrame[KeptDecisions]) -> None:
    if problem := decision_log.add(place.settings.decision_log, lacking):
        raise NightError(problem)


@probe("每夜运行")
def schedule(place: Place) -> Iterator[Told]:
    """Whether the service is at work, when the last night of the year was, and what has become of attempts since."""
    service = running(place.settings.state)
    if service:
        page = service.address.removesuffix("/api")
        yield Told(GOOD, f"huizong serve 正在运行（{service.since} 起，进程号 {service.pid}，页面 {page}）")
    path = place.settings.warehouse
    if not warehouse.is_there(path):
        return
    with warehouse.read_warehouse(path) as connection:
        runs = warehouse.view(connection, "run")
    runs = runs[runs["year"].eq(place.settings.year)].sort_values("number")
    if runs.empty:
        yield Told(NOTE, f"{place.settings.year} 年还没有运行过一夜", "请运行 huizong nightly，并安排每夜运行")
        return
    last = runs.iloc[-1]["started_at"].to_pydatetime()
    ago = place.now - last
    seen = f"最近一夜是 {last:%Y-%m-%d %H:%M}"
    if ago > _NO_LONGER_NIGHTLY:
        since = f"，已过去 {ago.days} 天 {ago.seconds // 3600} 小时"
        advice = "请看页面上各次运行" if service else "申报季内应每夜运行：请启动 huizong serve，或检查计划任务"
        yield Told(NOTE, seen + since, advice)
    elif ago < timedelta(0):
        yield Told(NOTE, f"{seen}，比现在还晚", "机器的时钟被调过，请校准；各夜按编号排序，不受影响")
    else:
        yield Told(GOOD, seen)
    yield from _failed_since(place, last)


def _failed_since(place: Place, last: datetime) -> Iterator[Told]:
    """The last attempt, where it came after the ``last`` night and nothing has come of it."""
    outputs = str(place.settings.outputs)
    tried = [one for one in attempts(place.settings.state) if one.outputs in (None, outputs) and not one.at_work]
    if not tried or tried[-1].began <= last or (tried[-1].ended and tried[-1].ended.how == "done"):
        return
    ended = tried[-1].ended
    how = f"{HOW[ended.how]}：{ended.told.rstrip('。')}" if ended else "被强行结束"
    yield Told(NOTE, f"其后 {tried[-1].began:%Y-%m-%d %H:%M} 的一次{how}", "各次怎样结束，见 huizong nights")
