"""What does not fit together between columns and workbooks: a city unit without its 市州, a country that nobody knows."""

from collections.abc import Mapping

from flows.read import name_key
from flows.references.entries import Entries
from flows.references.problems import HARMLESS
from schemas.columns import by_name
from schemas.words import LEVELS, REGIONS

_PROVINCIAL_LEVEL, _PROVINCE = LEVELS[0], REGIONS[0]


def settle_regions(units: Entries) -> None:
    """A unit below the province needs its 市州: without it nobody knows whether two units are of one region."""
    region = by_name(units.columns)["region"]
    open_already = {(doubt.entry, doubt.column) for doubt in units.doubts}
    for entry in units.entries:
        level, said = entry.values["level"], entry.values["region"]
        if level is None or (entry.name, "region") in open_already:
            continue
        if level != _PROVINCIAL_LEVEL and said in (None, _PROVINCE):
            shown = "为空" if said is None else f"是“{said}”"
            cell = entry.cells["region"][0] if entry.cells["region"] else units.beside(entry.at, region)
            advice = f"请填写“{entry.name}”所在的市（州）。"
            told = f"“{entry.name}”是{level}单位，{region.title}{shown}。"
            if region.title in units.header:  # else it is said once, of the column
                units.problem("no-region", cell, region.title, told, advice=advice)
            units.doubt(entry, region)
            entry.values["region"] = None
        elif level == _PROVINCIAL_LEVEL and said not in (None, _PROVINCE):
            told = f"“{entry.name}”是省级单位，{region.title}写的是“{said}”。"
            advice = f"省级单位的{region.title}请填“{_PROVINCE}”；层级有误的，请更正层级。"
            units.problem(
                "region-of-province", entry.cells["region"][0], region.title, told, effect=HARMLESS, advice=advice
            )


def settle_figures(last_year: Entries) -> None:
    """More people sent than approved is a slip of one of the two."""
    for entry in last_year.entries:
        approved, executed = entry.values["approved"], entry.values["executed"]
        if isinstance(approved, int) and isinstance(executed, int) and executed > approved:
            title = by_name(last_year.columns)["executed"].title
            told = f"项目 {entry.name} 执行 {executed} 人，多于批复的 {approved} 人。"
            cell = entry.cells["executed"][0]
            last_year.problem("more-executed", cell, title, told, effect="执行率按所填数字计算。")


def tell_strangers(register: Entries, column: str, known: Mapping[str, str | None], workbook: str, effect: str) -> None:
    """Tell of the names in ``column`` that ``workbook`` does not have, or of which it does not say whose they are."""
    names = {name_key(name): own for name, own in known.items()}
    title = by_name(register.columns)[column].title
    for entry in register.entries:
        said = entry.values[column]
        if isinstance(said, str) and names.get(name_key(said)) is None:
            whose = "不止一行用作别名" if name_key(said) in names else "没有列出"
            told = f"“{entry.name}”的{title}“{said}”，{workbook}{whose}。"
            advice = f"请改用{workbook}中的名称，或在{workbook}中补上。"
            register.problem("stranger", entry.cells[column][0], title, told, effect=effect, advice=advice)
