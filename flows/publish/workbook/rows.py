"""Rows of a table as a sheet has them: XML, compressed, whole columns at a time."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from xml.sax.saxutils import quoteattr

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from xlsxwriter.format import Format
from xlsxwriter.url import Url, UrlTypes
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from flows.publish.workbook.package import deflated
from flows.publish.workbook.sheet import Rows
from flows.publish.workbook.texts import matching

_NOT_PLAIN = r"[&<>\x00-\x08\x0b-\x1f\x{fffe}\x{ffff}]|_x[0-9a-fA-F]{4}_|\A[\s\pZ\x{85}]|[\s\pZ\x{85}]\z"
"""In text that XML or Excel would take for something else, or would lose."""

Places = npt.NDArray[np.intp]
Values: TypeAlias = "pa.StringArray | Sequence[Any]"
"""Texts, or numbers and what is shown as text in their place."""


@dataclass(frozen=True)
class CellsOfColumn:
    """Some rows of a column: the different ``values`` in it (text, numbers); of each row the place of its value among these (-1:
    blank) and of its look among ``looks``; and where those that are ``links`` lead, by the place of the row."""

    values: Values
    value: Places
    looks: Sequence[Format]
    look: Places
    links: Mapping[int, str]


def rows_of(first: int, heights: Sequence[float], columns: Sequence[CellsOfColumn], across: Sequence[int] = ()) -> Rows:
    """Rows from ``first`` on, ``heights`` in points, those at the places ``across`` merged over all columns: what
    ``set_row``, ``write_string``, ``write_number``, ``write_blank`` and
    ``write_url`` write, but that links to one file share their relationship."""
    links, targets = _links(first, columns)
    last = xl_col_to_name(len(columns) - 1)
    merged = "".join(f'<mergeCell ref="A{first + place + 1}:{last}{first + place + 1}"/>' for place in across)
    return Rows(
        (len(heights), len(columns)),
        deflated(_xml(first, heights, columns)),
        deflated(links),
        targets,
        deflated(merged.encode()),
        len(across),
    )


def _links(first: int, columns: Sequence[CellsOfColumn]) -> tuple[bytes, dict[str, str]]:
    """The links of rows as XML, in the order of the cells, and the targets of those to files, by id."""
    parsed: dict[str, Url] = {}
    told: list[tuple[int, int, str]] = []
    targets: dict[str, str] = {}
    for position, column in enumerate(columns):
        letters = xl_col_to_name(position)
        for place, to in column.links.items():
            file, _, anchor = to.partition("#")
            url = parsed.get(file) or parsed.setdefault(file, Url(file))
            if url._link_type is UrlTypes.INTERNAL:
                shown = str(column.values[column.value[place]])
                leads = f"location={quoteattr(url._link)} display={quoteattr(shown)}"
            else:
                target = url._target()
                identity = f"rId{hashlib.sha256(target.encode()).hexdigest()[:16]}"
                targets[identity] = target
                leads = f'r:id="{identity}"' + (f" location={quoteattr(anchor)}" if anchor else "")
            told.append((place, position, f'<hyperlink ref="{letters}{first + place + 1}" {leads}/>'))
    return "".join(link for *_, link in sorted(told)).encode(), targets


def _xml(first: int, heights: Sequence[float], columns: Sequence[CellsOfColumn]) -> memoryview:
    """The rows as XML."""
    numbers = pa.array(np.arange(first + 1, first + 1 + len(heights))).cast(pa.string())
    tall, places = np.unique(np.array(heights), return_inverse=True)
    begins = [f'" ht="{_in_pixels(height):.16g}" customHeight="1">' for height in tall.tolist()]
    pieces: list[Any] = ['<row r="', numbers, _spread(begins, places)]
    for position, column in enumerate(columns):
        pieces += [f'<c r="{xl_col_to_name(position)}', numbers, *_cells(column)]
    joined = pc.binary_join_element_wise(*pieces, "</row>", "")
    _, offsets, text = joined.buffers()
    ends = np.frombuffer(offsets, dtype=np.int32)
    return memoryview(text)[ends[joined.offset] : ends[joined.offset + len(joined)]]


def _cells(column: CellsOfColumn) -> tuple[pa.Array, pa.Array]:
    """Each cell behind its place: its style, and what it holds."""
    styles = _spread([f'" s="{look._get_xf_index()}"' for look in column.looks], column.look)
    if isinstance(column.values, pa.Array):
        contents = pc.binary_join_element_wise(' t="inlineStr"><is><t>', column.values, "</t></is></c>", "")
        special = pa.array(matching(column.values, _NOT_PLAIN))
        instead = pa.array([_content(text) for text in column.values.filter(special).to_pylist()], pa.string())
        contents = pc.replace_with_mask(contents, special, instead)
    else:
        contents = pa.array([_content(value) for value in column.values], pa.string())
    blank = pa.array(column.value, mask=column.value < 0)
    return styles, contents.take(blank).fill_null("/>")


def _spread(texts: Sequence[str], places: Places) -> pa.Array:
    return pa.array(texts, pa.string()).take(pa.array(places))


def _content(value: float | str | None) -> str:
    """What a cell holds, behind its style; of what is missing nothing is asked."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return f"><v>{value:.16G}</v></c>"
    kept = ' xml:space="preserve"' if value[:1].isspace() or value[-1:].isspace() else ""
    held = Worksheet._escape_control_characters(value)
    return f' t="inlineStr"><is><t{kept}>{held.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")}</t></is></c>'


def _in_pixels(points: float) -> float:
    """Points that are whole pixels of a screen, as Excel has the heights of rows."""
    return int(points * 4 / 3 + 0.5) * 0.75
