"""A sheet that takes many whole rows at once, without a call for each of its cells."""

from collections.abc import Mapping
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from flows.publish.workbook.package import Block, marker


@dataclass(frozen=True)
class Rows:
    """Some rows of a sheet as they are in its part: ``size`` of them and their columns, the compressed ``block`` of them and that
    of their ``links``, and the files that these lead to, ``targets``, by their ids; and that of the rows merged over all columns,
    with their number."""

    size: tuple[int, int]
    block: Block
    links: Block
    targets: Mapping[str, str]
    merges: Block
    merged: int


class RowSheet(Worksheet):
    """A sheet of a workbook whose rows go to disk as they come; its ``blocks``, of rows and of their links to ``targets``, are
    compressed already."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self.targets: dict[str, str] = {}
        self._links: list[str] = []
        self._merges: list[str] = []
        self._merged = 0

    def write_rows(self, first: int, rows: Rows) -> None:
        """Write ``rows`` from ``first`` on, below all that was written before."""
        last = first + rows.size[0] - 1
        for row, column in ((first, 0), (last, rows.size[1] - 1)):
            self._check_dimensions(row, column)
        self._write_single_row(last + 1)  # the row before waits for more cells
        self.row_data_fh.write(self._marked(rows.block))
        if rows.links.size:
            self._links.append(self._marked(rows.links))
            self.targets.update(rows.targets)
        if rows.merged:
            self._merges.append(self._marked(rows.merges))
            self._merged += rows.merged

    def _marked(self, block: Block) -> str:
        self.blocks.append(block)
        return marker(len(self.blocks) - 1)

    def _write_merge_cells(self) -> None:
        """What XlsxWriter calls where the merged cells of a sheet stand."""
        if not self._merged:
            super()._write_merge_cells()
            return
        self._xml_start_tag("mergeCells", [("count", len(self.merge) + self._merged)])
        for merged in self.merge:
            self._write_merge_cell(merged)
        self.fh.write("".join(self._merges))
        self._xml_end_tag("mergeCells")

    def _write_hyperlinks(self) -> None:
        """What XlsxWriter calls where the links of a sheet stand."""
        super()._write_hyperlinks()
        if self._links:
            self.fh.write(f"<hyperlinks>{''.join(self._links)}</hyperlinks>")
