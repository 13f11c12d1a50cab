"""The sheets 文件清单, 对账 and 分单位对账: every file found, and whether the filings read are the sum of where they went."""

import pandas as pd

from flows.publish.exceptions.links import OPENS, Links
from flows.publish.night import Night
from flows.publish.workbook import WHOLE, Table
from schemas.sheets import Sheet
from schemas.words import DISPOSITIONS, FILE_STATUSES

_MARKS = {
    "unreadable": "prohibit",
    "failed": "prohibit",
    "deferred": "hold",
    "empty": "hold",
    "superseded": "advise",
    "duplicate": "advise",
    "skipped": "faint",
}
"""Status of a file → its mark."""


def file_list(sheet: Sheet, night: Night, links: Links) -> Table:
    """Every file found, read or not, and why."""
    files = night.view(sheet.view)
    opens = links.files(files["path"].where(files["status"].ne("skipped")))
    frame = files.assign(status=files["status"].map(FILE_STATUSES), opens=opens.mask(opens.notna(), OPENS))
    counts = "，".join(f"{word} {number} 个" for word, number in frame["status"].value_counts().items())
    return night.table(
        sheet,
        frame,
        f"共发现文件 {len(frame)} 个{'：' + counts if counts else ''}。",
        marks={"status": files["status"].map(_MARKS)},
        links={"opens": opens},
        most_lines={"path": WHOLE},
    )


def reconciled(sheet: Sheet, night: Night) -> Table:
    """The filings read beside where they went, by file or by unit; the last row is the total."""
    account = night.view(sheet.view)
    even = account["even"].astype(bool)
    frame = account.assign(sum=account[list(DISPOSITIONS)].sum(axis=1), even=even.map({True: "相符", False: "不符"}))
    total = pd.Series("total", index=frame.index).where(frame.index == len(frame) - 1)
    marks = {column.name: total for column in sheet.columns}
    marks["even"] = even.map({True: "good", False: "prohibit"})
    verdict = "相符" if even.all() else "不符"
    told = f"读到的申报项目数应等于各去向之和。本夜：{verdict}。"
    return night.table(sheet, frame, told, marks=marks, most_lines={"path": WHOLE})
