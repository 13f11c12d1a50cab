"""What was checked, on a page that needs no network; and the page onto which files are dropped."""

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from flows.check.examine import Examined
from flows.check.records import records
from flows.check.text import told_of
from flows.publish.pages import template
from flows.publish.returned import Marked
from flows.screen import harmless
from schemas.form import Form
from schemas.words import SEVERITIES

_SAID = {"clean": "没有要更正的", "unreadable": "无法读取"}


def page(files: Sequence[Examined], form: Form, year: int) -> str:
    """A page of its own about the files."""
    wrong = sum(1 for file in files if file.status)
    said = (
        f"共 {len(files)} 份文件，其中 {wrong} 份有问题或无法读取。"
        if wrong
        else f"共 {len(files)} 份文件，没有要更正的。"
    )
    return template(__package__).render(
        part=False, nonce=None, year=year, said=said, files=[_told(file, form) for file in files]
    )


def part(file: Examined, form: Form, copy: Marked | None) -> str:
    """What a page shows of one file, with the copy to take away."""
    return template(__package__).render(part=True, files=[_told(file, form, copy)])


def desk(year: int, nonce: str, most: int) -> str:
    """The page onto which files of at most so many bytes are dropped; only the script that carries ``nonce`` runs on it."""
    said = "与每夜汇总同样的规则；同一单位的几份文件请逐份核对，跨文件的重复申报以每夜汇总为准。"
    return template(__package__).render(part=False, nonce=nonce, most=most, year=year, said=said, files=[])


def _told(file: Examined, form: Form, copy: Marked | None = None) -> Mapping[str, Any]:
    (record,) = records([file])
    findings = [
        {**one, "title": form.titles.get(one["column"] or "", one["column"])} for one in record.get("findings", ())
    ]
    counts = [(word, sum(one["severity"] == key for one in findings)) for key, word in SEVERITIES.items()]
    counted = "，".join(f"{word} {count} 条" for word, count in counts if count)
    empty = "没有读到申报项目" if file.readings is not None and file.readings.filings.empty else ""
    return {
        "name": harmless(file.name),
        "state": record["status"],
        "said": "，".join(filter(None, (_SAID.get(record["status"]), counted or empty))),
        "reason": record.get("reason"),
        "findings": findings,
        "understood": "\n".join(harmless(line) for line in told_of(file, form)) if file.readings is not None else "",
        "marked": copy and {"name": copy.name, "data": base64.b64encode(copy.data).decode()},
    }
