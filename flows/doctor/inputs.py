"""What is read: the years' data files, the reference workbooks, and the submissions."""

from collections.abc import Iterator

from flows.doctor.probe import BAD, GOOD, NOTE, Place, Told, probe
from flows.errors import SettingError

_LISTED = 3


@probe("年度规则")
def years(_place: Place) -> Iterator[Told]:
    """Whether the data files of each year with a notice load."""
    from flows.cli.options import yearbook
    from schemas.yearbook import years_with_notice

    noticed = years_with_notice()
    broken = 0
    for year in noticed:
        try:
            yearbook(year)
        except SettingError as error:
            broken += 1
            yield Told(BAD, f"{year} 年的规则文件有误：{error}")
    if not noticed:
        yield Told(BAD, "没有任何年度的通知规则文件（应在 schemas/notices 中）。请重新安装程序。")
    elif not broken:
        yield Told(GOOD, f"{'、'.join(map(str, noticed))} 年的规则文件都能使用")


@probe("参考表")
def references(place: Place) -> Iterator[Told]:
    """Whether the reference workbooks can be used, and what is wrong in them."""
    from flows.references import load_references

    if not place.reference.is_dir():
        yield Told(BAD, f"没有 {place.reference}，不能核对。请放入单位名录等四张参考表。")
        return
    try:
        problems = load_references(place.reference, state=place.state).problems.fillna("")
    except SettingError as error:
        yield Told(BAD, str(error))
        return
    for found in problems.head(_LISTED).to_dict("records"):
        yield Told(NOTE, f"{found['workbook']}“{found['sheet']}”{found['cell']} {found['message']}")
    if len(problems) > _LISTED:
        yield Told(NOTE, f"参考表共有问题 {len(problems)} 处，全部见异常清单的“名录问题”。")
    if not len(problems):
        yield Told(GOOD, "四张参考表都能使用，没有问题")


@probe("申报表")
def submissions(place: Place) -> Iterator[Told]:
    """Whether there is something to read."""
    found = place.years(place.inputs)
    if not found:
        yield Told(BAD, f"{place.inputs} 中没有年度文件夹（如 {place.now.year}）。请建立并放入申报表。")
        return
    newest = place.inputs / str(found[-1])
    if next(newest.rglob("*.*"), None) is None:
        yield Told(NOTE, f"{newest} 中还没有文件。")
    else:
        yield Told(GOOD, f"{newest} 中有文件")
