"""Reference workbooks for tests: a few good rows, of which a test changes the one thing that it is about."""

from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path

from openpyxl import Workbook

from flows.references import References, load_references
from schemas.columns import OPTIONAL_REFERENCES, REFERENCES
from tests.reference_folder import CLASSES

UNITS = [
    ["四川省教育厅", "省教育厅、四川教育厅", "省级", "省级", "教育", "行政机关", "是", "否", "是"],
    ["四川省农业农村厅", "省农业农村厅", "省级", "省级", "农业", "行政机关", "是", "否", "是"],
    ["四川省农学会", "省农学会", "省级", "省级", "农业", "学会", "否", "否", "是"],
    ["绵阳市农业农村局", "绵阳市农业局", "市级", "绵阳市", "农业", "行政机关", "否", "否", "是"],
    ["德阳市农业农村局", None, "市级", "德阳市", "农业", "行政机关", "否", "否", "是"],
    ["中共绵阳市委组织部", "绵阳市委组织部", "市级", "绵阳市", "组织", "党委组织部", "否", "否", "是"],
]
INSTITUTIONS = [
    ["瓦赫宁根农业培训中心", "Wageningen", "瓦赫宁根", "荷兰", "是"],
    ["慕尼黑农业学校", "Muenchen", None, "德国", "否"],
]
COUNTRIES = [["荷兰", "荷兰王国", "否", "否"], ["德国", "Germany", "否", "否"], ["美国", "USA", "是", "否"]]
LAST_YEAR = [
    ["OTM20190001", "四川省农业农村厅", "种薯培训", "荷兰", "瓦赫宁根农业培训中心", 20, 10, "是"],
    ["OTM20190002", "四川省教育厅", "双元制培训", "德国", "慕尼黑农业学校", 20, 20, "是"],
]

WORKBOOKS = REFERENCES | OPTIONAL_REFERENCES


class Books:
    """The four workbooks as lists of rows, row 0 the header; written by :meth:`write`."""

    def __init__(self) -> None:
        rows = {"units": UNITS, "institutions": INSTITUTIONS, "countries": COUNTRIES, "last_year": LAST_YEAR}
        self.rows: dict[str, list[list[object]]] = {
            table: [[column.title for column in WORKBOOKS[table][1]], *deepcopy(own)] for table, own in rows.items()
        }

    def put(self, table: str, name: str, title: str, value: object) -> "Books":
        """Change one value of the row called ``name``."""
        row = next(row for row in self.rows[table] if row[0] == name)
        row[self.rows[table][0].index(title)] = value
        return self

    def again(self, table: str, name: str, **changes: object) -> "Books":
        """Add the row called ``name`` once more, changed by title."""
        row = list(next(row for row in self.rows[table] if row[0] == name))
        for title, value in changes.items():
            row[self.rows[table][0].index(title)] = value
        return self.add(table, row)

    def add(self, table: str, row: Sequence[object]) -> "Books":
        """Add a row; to a workbook that need not be there, its header before it."""
        self.rows.setdefault(table, [[column.title for column in WORKBOOKS[table][1]]]).append(list(row))
        return self

    def write(self, folder: Path) -> Path:
        """Write the workbooks into ``folder``."""
        folder.mkdir(parents=True, exist_ok=True)
        for table in self.rows:
            name, _ = WORKBOOKS[table]
            book = Workbook()
            sheet = book.active
            sheet.title = Path(name).stem
            for row in self.rows[table]:
                sheet.append(row)
            book.save(folder / name)
        return folder

    def load(self, folder: Path) -> References:
        """The registers that they are."""
        return load_references(self.write(folder), classes=CLASSES)
