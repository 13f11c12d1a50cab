"""What the offices hand in and the reference workbooks."""

import os
from collections.abc import Iterator

from flows.doctor.probe import BAD, GOOD, NOTE, Place, Told, probe
from flows.references import load_references

_LISTED = 5


@probe("申报文件夹")
def submissions(place: Place) -> Iterator[Told]:
    """The folder of the year is there, and can be read."""
    season = place.settings.season
    if not season.is_dir():
        yield place.mended(
            f"没有 {place.settings.year} 年的申报文件夹 {season}",
            "已建立",
            "请建立并放入申报表",
            lambda: season.mkdir(parents=True),
        )
        return
    if not os.access(season, os.R_OK | os.X_OK):
        yield Told(BAD, f"申报文件夹 {season} 不能读取", "请检查权限")
        return
    found = sum(len(names) for _, _, names in os.walk(season))
    if found:
        yield Told(GOOD, f"申报文件夹 {season} 有文件 {found} 个")
    else:
        yield Told(NOTE, f"申报文件夹 {season} 是空的", "请放入申报表")


@probe("参考表")
def references(place: Place) -> Iterator[Told]:
    """The reference workbooks can be read, and do not contradict themselves."""
    problems = load_references(place.settings.reference).problems.fillna("")
    if problems.empty:
        yield Told(GOOD, f"参考表 {place.settings.reference} 没有发现问题")
    for row in problems.head(_LISTED).to_dict("records"):
        yield Told(NOTE, f"{row['workbook']}“{row['sheet']}”{row['cell']}：{row['message']}", row["advice"])
    if len(problems) > _LISTED:
        yield Told(NOTE, f"参考表另有问题 {len(problems) - _LISTED} 处", "全部列在异常清单的“名录问题”表里")
