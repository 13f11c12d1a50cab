"""What nights have left: the warehouse, the published folder, the file of decisions, and when the last night was."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from flows import decision_log, handover, warehouse
from flows.doctor.probe import BAD, GOOD, NOTE, Place, Told, probe
from flows.errors import DamagedWarehouseError
from flows.outputs import settle_outputs

_NO_LONGER_NIGHTLY = timedelta(hours=36)
"""A last night that is longer ago than this: nobody runs it any more, or it fails."""


@probe("数据库")
def database(place: Place) -> Iterator[Told]:
    """The warehouse opens, every row of it can be read, its version is known, and its last night is complete and even."""
    path = place.settings.warehouse
    if not warehouse.is_there(path):
        yield Told(NOTE, f"还没有数据库 {path}", "第一夜会建立；如果原来有过，请从备份恢复，处理意见会从其记录文件恢复")
        return
    try:
        warehouse.read_through(path)
    except DamagedWarehouseError as error:
        yield place.mended(
            str(error), "已改名留存，下一夜重新建立，处理意见从其记录文件恢复",
            "请从备份恢复；没有备份的，下一夜会把它改名留存并重新建立", lambda: warehouse.put_aside_if_damaged(path),
        )  # fmt: skip
        return
    with warehouse.read_warehouse(path) as connection:
        run = warehouse.view(connection, "current_run")
        uneven = warehouse.view(connection, "reconciliation").query("not even")
    yield Told(GOOD, f"数据库 {path} 完好，{path.stat().st_size / 2**20:.1f} MB")
    if len(uneven):
        yield Told(BAD, f"最近一夜对账不平：{uneven.iloc[0]['path']}", "请告知维护人员")
    elif len(run):
        yield Told(GOOD, f"最近一夜 {run.iloc[0]['run_id']} 对账平，申报项目 {run.iloc[0]['filings']} 项")


@probe("输出")
def outputs(place: Place) -> Iterator[Told]:
    """The published folders are those of the nights that the warehouse calls current."""
    path = place.settings.warehouse
    if not warehouse.is_there(path):
        return
    with warehouse.read_warehouse(path) as connection:
        nights = warehouse.current_nights(connection)
    apart = [year for year, run_id in nights.items() if handover.apart(place.settings.outputs / str(year), run_id)]
    missing = [year for year in nights if not (place.settings.outputs / str(year)).is_dir()]
    for year in missing:
        yield Told(NOTE, f"{year} 年的输出文件夹不见了", "重新运行一夜 huizong nightly 即重新生成")
    for year in apart:
        yield place.mended(
            f"{year} 年的输出文件夹与数据库里的最近一夜 {nights[year]} 不一致，或有没换完的一夜",
            "已换好", "运行任一命令（如 huizong rules）即换好", lambda: settle_outputs(place.settings.outputs),
        )  # fmt: skip
    if not apart and not missing:
        yield Told(GOOD, "输出文件夹是数据库里最近一夜的")


@probe("处理意见")
def decisions(place: Place) -> Iterator[Told]:
    """Every line of the file of decisions is whole."""
    path = place.settings.decision_log
    log = decision_log.read_log(path)
    if log.unread:
        yield Told(BAD, next(log.problems()))
    for problem in () if log.unread else log.problems():
        yield Told(NOTE, problem)
    if (log.damaged or log.unfinished) and place.mend:
        aside = decision_log.put_damaged_aside(path)
        yield Told(GOOD, f"损坏的行已移到 {aside}")
    if not log.unread:
        yield Told(GOOD, f"记录文件里有处理意见 {len(log.decisions)} 条")
    yield from _lacking(place, path, {*log.decisions["decision_id"]})


def _lacking(place: Place, path: Path, told: set[str]) -> Iterator[Told]:
    """What the warehouse has and the file has not, and the other way round."""
    if not warehouse.is_there(place.settings.warehouse):
        return
    with warehouse.read_warehouse(place.settings.warehouse) as connection:
        known = {*warehouse.kept_decisions(connection)["decision_id"]}
    if known - told:
        yield Told(NOTE, f"{path.name} 缺少数据库里的处理意见 {len(known - told)} 条", "下一夜会自动补记")
    if told - known:
        yield Told(NOTE, f"数据库缺少 {path.name} 里的处理意见 {len(told - known)} 条", "下一夜会自动恢复")


@probe("每夜运行")
def schedule(place: Place) -> Iterator[Told]:
    """When the last night of the year was."""
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
        yield Told(NOTE, seen + since, "申报季内应每夜运行：请检查计划任务")
    elif ago < timedelta(0):
        yield Told(NOTE, f"{seen}，比现在还晚", "机器的时钟被调过，请校准；各夜按编号排序，不受影响")
    else:
        yield Told(GOOD, seen)
