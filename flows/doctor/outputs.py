"""The outputs: whether each year's folder is that of the night which the warehouse calls current."""

from collections.abc import Iterator

from flows import handover
from flows import warehouse as database
from flows.doctor.probe import BAD, GOOD, NOTE, Place, Told, probe
from flows.outputs import settle_outputs

_WORKBOOKS = ("全省计划.xlsx", "异常清单.xlsx")


@probe("输出")
def folders(place: Place) -> Iterator[Told]:
    """Each year's folder against the warehouse."""
    if not place.warehouse.is_file():
        return
    with database.read_warehouse(place.warehouse) as connection:
        nights = database.current_nights(connection)
    for year, run_id in nights.items():
        published = place.outputs / str(year)
        missing = [name for name in _WORKBOOKS if not (published / name).is_file()]
        if handover.apart(published, run_id):
            yield Told(
                BAD,
                f"{published} 与数据库里的最近一夜 {run_id} 不一致，或有没有换完的文件夹。运行任一命令即可理顺。",
                lambda: "；".join(settle_outputs(place.outputs)) or "已理顺。",
            )
        elif missing:
            yield Told(
                NOTE, f"{published} 中没有 {'、'.join(missing)}（被移走或改名）。运行一夜 huizong nightly 即重新生成。"
            )
        else:
            yield Told(GOOD, f"{published} 是最近一夜 {run_id} 的")
