"""The warehouse: whether it opens, is whole, is ours and of this program's version, and how its last night ended."""

from collections.abc import Iterator

from flows import warehouse as database
from flows.doctor.probe import BAD, GOOD, NOTE, Place, Told, probe
from flows.errors import DamagedWarehouseError, ForeignWarehouseError, WarehouseBusyError

_NIGHT_HOURS = 36
"""A night that is longer ago than this has been left out."""

_RUN = "请运行 huizong nightly，或检查每夜的定时任务"


@probe("数据库")
def sound(place: Place) -> Iterator[Told]:
    """Whether the warehouse can be read to its last row."""
    path = place.warehouse
    if not database.is_there(path):
        yield _lost(place)
        return
    try:
        version = database.read_through(path)
    except WarehouseBusyError as error:
        yield Told(NOTE, f"现在不能检查：{error}")
    except DamagedWarehouseError as error:
        yield Told(BAD, str(error), lambda: _aside(place, "损坏"))
    except ForeignWarehouseError as error:
        yield Told(BAD, str(error), lambda: _aside(place, "外来"))
    else:
        if version is None:
            yield Told(NOTE, f"{path} 是空的；下一夜会建立各表，处理意见由“{place.decision_log.name}”恢复。")
        elif version < database.NEWEST:
            yield Told(NOTE, f"{path} 是旧的第 {version} 版；下一夜会先留副本，再升级到第 {database.NEWEST} 版。")
        else:
            yield Told(GOOD, f"{path} 完好，第 {version} 版")


def _lost(place: Place) -> Told:
    if place.years(place.outputs):
        return Told(
            BAD,
            f"没有 {place.warehouse}，而 {place.outputs} 中有以前的结果：数据库丢失。有备份的请先放回；"
            f"否则运行 huizong nightly 重新建立，处理意见由“{place.decision_log.name}”恢复。",
        )
    return Told(GOOD, f"还没有 {place.warehouse}：还没有运行过")


def _aside(place: Place, what: str) -> str:
    return f"已改名为 {database.put_aside(place.warehouse, what).name} 留存；下一夜重新建立数据库，处理意见自动恢复。"


@probe("最近一夜")
def last_night(place: Place) -> Iterator[Told]:
    """How the last night of each year ended, and how long it is ago."""
    if not place.warehouse.is_file():
        yield Told(NOTE, f"没有任何一夜。{_RUN}。")
        return
    with database.read_warehouse(place.warehouse) as connection:
        nights = database.last_nights(connection)
    if not nights:
        yield Told(NOTE, f"数据库里没有任何一夜。{_RUN}。")
        return
    for night in nights:
        if night.status != "complete" or night.ended_at is None:
            yield Told(BAD, f"{night.year} 年 {night.run_id} 一夜没有完成。{_RUN}。")
        elif not night.even:
            yield Told(
                BAD, f"{night.year} 年 {night.run_id} 一夜对账不平。请告知维护人员，并重新运行 huizong nightly。"
            )
        else:
            yield Told(GOOD, f"{night.year} 年 {night.run_id} 完成，申报项目 {night.filings} 项，对账平")
    newest = max(nights, key=lambda night: night.number)
    hours = (place.now - newest.started_at).total_seconds() / 3600
    if hours > _NIGHT_HOURS:
        yield Told(NOTE, f"最近一夜 {newest.run_id} 已是 {hours:.0f} 小时以前。{_RUN}。")
    elif hours < -1:
        yield Told(NOTE, f"最近一夜 {newest.run_id} 晚于现在：本机的时钟可能被拨回。请校正时钟；各夜的先后不受影响。")
