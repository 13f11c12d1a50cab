"""``huizong check``: what a unit, or the desk for it, runs before it submits."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.cli.chinese import Command, WholeNumber
from flows.cli.options import FOLDER, INPUTS, YEAR, plan_year, references_in, yearbook
from flows.cli.status import DONE
from flows.errors import NightError, SettingError, why
from flows.screen import tell

if TYPE_CHECKING:  # their import would cost every command
    from flows.check import Examined
    from flows.references import References
    from flows.settings import ReadLimits
    from schemas.yearbook import Yearbook

_PORT = 4201
_PAGES, _WORKBOOKS = (".html", ".htm"), (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".et", ".csv")
"""How what is written may end."""


@click.command("check", Command, help="报送前自查：同样的规则；几份文件按同一批核对")
@YEAR
@INPUTS
@click.argument("files", nargs=-1, type=FOLDER, metavar="文件…", help="申报表，或放申报表的文件夹")
@click.option("--layout", is_flag=True, help="只说明表头在哪里、每一列读作哪一栏")
@click.option("--html", type=FOLDER, metavar="文件", help="核对结果写成网页")
@click.option("--json", "as_json", is_flag=True, help="核对结果写成 JSON，供其他程序使用")
@click.option("--mark", type=FOLDER, metavar="文件", help="另存一份，有问题的单元格已标注（一次一份文件）")
@click.option("--serve", is_flag=True, help="打开一个网页，把文件拖进去核对，按 Ctrl-C 结束")
@click.option(
    "--host", default="127.0.0.1", metavar="地址", help="网页只在本机（127.0.0.1）打开；改为其他地址前请想好谁能看到"
)
@click.option("--port", type=WholeNumber(), default=_PORT, metavar="端口", help=f"网页的端口，默认 {_PORT}")
def check(
    year: int | None,
    inputs: Path,
    files: tuple[Path, ...],
    *,
    layout: bool,
    html: Path | None,
    as_json: bool,
    mark: Path | None,
    serve: bool,
    host: str,
    port: int,
) -> int:
    """Tell what is wrong with submission workbooks before they are sent."""
    _refuse(files, serve, {"--layout": layout, "--html": html, "--json": as_json, "--mark": mark})
    for way, target in (("--html", html), ("--mark", mark)):
        if target is not None:
            _refuse_to_write_over(way, target, files, inputs)
    from flows import check as checking
    from flows.settings import written

    reference, limits = checking.reference_folder(inputs), written().limits
    # What another program reads holds nothing else.
    book = yearbook(plan_year(year, reference.parent, sys.stderr if as_json else None))
    references = references_in(reference, book, sys.stderr if as_json else None)
    if serve:
        return _serve(book, references, limits, host, port)
    if layout:
        return checking.check(files, book, references, sys.stdout, limits, layout=True)
    found = checking.examine(checking.files_in(files), book, references, limits)
    if as_json:
        from flows.check.records import records

        print(json.dumps(records(found), ensure_ascii=False, indent=2))
    if html:
        from flows.check.page import page

        _write(html, page(found, book.form, book.year).encode("utf-8"))
        tell(f"已生成网页：{html}", sys.stderr if as_json else None)
    if mark:
        _mark(found, mark, book.year, limits)
        tell(f"已另存标注好的副本：{mark}", sys.stderr if as_json else None)
    if not (as_json or html or mark):
        for file in found:
            checking.tell_file(file, book.form, sys.stdout)
    return checking.status_of(found)


def _refuse_to_write_over(way: str, target: Path, files: Sequence[Path], inputs: Path) -> None:
    """What was submitted, and all below the inputs, is never changed, and a page or a copy never takes the place of another file."""
    target, kinds = target.resolve(), _PAGES if way == "--html" else _WORKBOOKS
    if target.suffix.lower() not in kinds:
        raise SettingError(f"{way} 写明的文件应是 {'、'.join(kinds)} 文件，现为“{target.name}”。")
    if target in [file.resolve() for file in files]:
        raise SettingError(f"{way} 写明的就是要核对的文件 {target}，原件不改动。请另写一个文件名。")
    if target.is_relative_to(inputs.resolve()):
        raise SettingError(f"{way} 写明的文件在输入文件夹 {inputs} 中，其中的文件不改动。请写到别处。")
    if target.exists():
        raise SettingError(f"{way} 写明的文件 {target} 已有，没有改动。请另写一个文件名，或先移走。")


def _refuse(files: tuple[Path, ...], serve: bool, ways: dict[str, object]) -> None:
    """What cannot be meant together."""
    if serve and (files or any(ways.values())):
        raise SettingError("--serve 打开网页，不能同时写明文件或其他方式。")
    if not serve and not files:
        raise click.MissingParameter(param=click.get_current_context().command.params[2])
    if ways["--layout"] and sum(map(bool, ways.values())) > 1:
        raise SettingError("--layout 只说明表头，不能与 --html、--json、--mark 同用。")


def _mark(found: "Sequence[Examined]", out: Path, year: int, limits: "ReadLimits") -> None:
    from flows.check.mark import marked
    from flows.read import Failure

    if len(found) != 1:
        raise SettingError(f"--mark 一次标注一份文件，现有 {len(found)} 份。")
    copy = marked(found[0], year, limits)
    if isinstance(copy, Failure):
        raise NightError(f"{found[0].name} 不能标注：{copy.reason}")
    if out.suffix.lower() != Path(copy.name).suffix.lower():
        raise SettingError(f"标注好的副本是 {Path(copy.name).suffix} 格式，请把 {out.name} 的后缀改为它。")
    _write(out, copy.data)


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise SettingError(f"不能写入 {path}（{why(error)}），文件夹不存在或文件正被打开。") from error


def _serve(book: "Yearbook", references: "References", limits: "ReadLimits", host: str, port: int) -> int:
    from flows import scratch
    from flows.check.server import serve
    from flows.settings import state_folder

    scratch.take(state_folder())
    try:
        serve(book, references, limits, host, port, lambda page: tell(f"自查网页（按 Ctrl-C 结束）：{page}"))
    except (OSError, OverflowError) as error:
        told = why(error) if isinstance(error, OSError) else "没有这个端口"
        raise SettingError(f"不能在 {host}:{port} 打开网页（{told}）。请用 --port 换一个端口。") from error
    except KeyboardInterrupt:
        tell("已结束。")
    return DONE
