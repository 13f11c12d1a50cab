"""The sheet 名录问题: what is wrong in the reference workbooks, which the office itself keeps and can mend."""

import pandas as pd

from flows.publish.exceptions.links import Links
from flows.publish.night import Night
from flows.publish.workbook import WHOLE, Table
from schemas.sheets import Sheet


def registers(sheet: Sheet, night: Night, links: Links) -> Table:
    """The problems in the order of workbooks and cells, each with a link to its cell."""
    problems = night.view(sheet.view)
    return night.table(
        sheet,
        problems,
        f"{counted(problems)}。互相矛盾或不能识别的内容不据以退回或不予受理，有关项目先作待核；更正参考表后，下一夜重新核对。",
        links={"cell": links.cells(problems)},
        most_lines={"message": WHOLE, "value": 8},
        colour="#7F6000" if len(problems) else None,
    )


def counted(problems: pd.DataFrame) -> str:
    """How many problems there are, by workbook."""
    counts = "，".join(
        f"{name.removesuffix('.xlsx')} {n} 处" for name, n in problems["workbook"].value_counts(sort=False).items()
    )
    return f"参考表共有问题 {len(problems)} 处：{counts}" if len(problems) else "参考表没有发现问题"
