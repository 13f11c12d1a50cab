"""The command line: ``huizong``. The outermost door; heavy rooms are opened only by the command that needs them."""

import argparse
import re
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

from flows.errors import HuizongError, SettingError, why
from schemas.words import DISPOSITIONS

if TYPE_CHECKING:  # their import would cost every command
    from flows.references import References
    from schemas.yearbook import Yearbook

DONE, FAILED, WRONG = 0, 1, 2
"""Exit statuses: the work is done; it failed and what stood stands; the command or a setting was wrong."""

DEFAULT_YEAR = 2020


def run() -> NoReturn:
    """The program ``huizong``: one command, then the end of the process."""
    status = main()
    if "prefect" in sys.modules:
        from flows.prefect_home import close_standard_error

        close_standard_error()
    raise SystemExit(status)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status. Whatever goes wrong is one Chinese line on standard error."""
    asked = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, _stop)
    try:
        return asked.command(asked)
    except SettingError as error:
        return _say(f"设置有误：{error}", WRONG)
    except HuizongError as error:
        return _say(f"未完成：{error}", FAILED)
    except KeyboardInterrupt:
        return _say("已中止，原有结果保持不变。", FAILED)
    except Exception as error:  # noqa: BLE001 the outermost door: the operator gets a sentence, the log the rest
        return _say(f"未完成，原有结果保持不变：{type(error).__name__}：{error}{_logged(error)}", FAILED)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="huizong",
        description="因公出国（境）培训项目计划：每夜汇总各单位申报表，核对通知条款，归并重复团组。",
        add_help=False,
    )
    _chinese(parser)
    commands = parser.add_subparsers(title="命令", metavar="命令", required=True)

    def command(name: str, run: Callable[[argparse.Namespace], int], told: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=told, description=told, add_help=False)
        _chinese(added)
        added.add_argument(
            "--year", type=int, default=DEFAULT_YEAR, metavar="年份", help=f"计划年度，默认 {DEFAULT_YEAR}"
        )
        added.set_defaults(command=run)
        return added

    def folders(added: argparse.ArgumentParser) -> None:
        added.add_argument(
            "--inputs", type=Path, default=Path("inputs"), metavar="文件夹", help="输入文件夹，默认 inputs"
        )

    nightly = command("nightly", _nightly, "运行一夜：收集、核对、归并、入库、发布")
    folders(nightly)
    nightly.add_argument(
        "--outputs", type=Path, default=Path("outputs"), metavar="文件夹", help="输出文件夹，默认 outputs"
    )

    template = command("template", _template, "生成空白申报表")
    folders(template)
    template.add_argument("--unit", metavar="单位", help="填报单位，写入表头")
    template.add_argument("-o", "--output", type=Path, metavar="文件", help="输出文件，默认“<单位><年份>年申报表.xlsx”")

    check = command("check", _check, "报送前自查：一份文件，同样的规则")
    folders(check)
    check.add_argument("files", nargs="+", type=Path, metavar="文件", help="申报表")

    rules = command("rules", _rules, "通知的每一条由什么核对，昨夜发现多少问题")
    rules.add_argument("--format", choices=("text", "markdown", "json", "xlsx"), default="text", help="格式，默认 text")
    rules.add_argument("-o", "--output", type=Path, metavar="文件", help="输出文件；xlsx 默认“通知规则<年份>.xlsx”")
    rules.add_argument(
        "--outputs",
        type=Path,
        default=Path("outputs"),
        metavar="文件夹",
        help="输出文件夹（昨夜的问题数），默认 outputs",
    )
    rules.add_argument("--no-findings", action="store_true", help="不列昨夜的问题数")

    explain = command("explain", _explain, "为什么这些申报是同一团组，一条申报的来龙去脉")
    explain.add_argument(
        "what", metavar="编号", help="团组、申报、疑似重复的编号（可只写开头几位），系统项目编号，或“文件#行”"
    )
    explain.add_argument(
        "--outputs", type=Path, default=Path("outputs"), metavar="文件夹", help="输出文件夹，默认 outputs"
    )
    explain.add_argument("--html", type=Path, metavar="文件", help="写成网页，不联网也能打开")
    return parser


class _Parser(argparse.ArgumentParser):
    """A parser that says in one Chinese line what is wrong with a command."""

    def error(self, message: str) -> NoReturn:
        for said, meant in _USAGE_ERRORS:
            if found := re.fullmatch(said, message, re.DOTALL):
                message = meant.format(*found.groups())
                break
        self.exit(_say(f"命令有误：{message}。用法见 {self.prog} --help。", WRONG))


_USAGE_ERRORS = (
    (r"unrecognized arguments: (.+)", "不认识的参数 {0}"),
    (r"the following arguments are required: (.+)", "缺少 {0}"),
    (r"argument (?:.+/)?(\S+): expected (?:one|at least one) argument", "参数 {0} 后面缺少内容"),
    (r"argument (?:.+/)?(\S+): invalid int value: (.+)", "参数 {0} 应为整数，现为 {1}"),
    (r"argument (?:.+/)?(\S+): invalid choice: (.+?) \(choose from (.+)\)", "{0} {1} 不在可用的范围内：{2}"),
    (r"ambiguous option: (\S+) could match (.+)", "参数 {0} 写得不全，可能是 {1}"),
)
"""What argparse says of a wrong command, and the same in Chinese."""


def commands() -> dict[str, str]:
    """Every command and what it does, as ``huizong --help`` says it."""
    listed = next(action for action in _parser()._actions if isinstance(action, argparse._SubParsersAction))
    return {action.dest: str(action.help) for action in listed._choices_actions}


def _chinese(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-h", "--help", action="help", help="显示本说明")
    parser._positionals.title = "参数"
    parser._optionals.title = "选项"


def _nightly(asked: argparse.Namespace) -> int:
    from flows.prefect_home import reach_server, settle_prefect
    from flows.settings import settings

    found = settings(asked.year, asked.inputs, asked.outputs)
    book, references = _year(asked.year), _references(found.reference)
    reach_server()
    settle_prefect(found.state)
    with _Telling() as tell:
        tell("启动")
        from flows.nightly import nightly

        outcome = nightly(found, book, references, datetime.now(), tell)
    unread = f"（其中无法读取 {outcome.unread} 个）" if outcome.unread else ""
    print(f"本夜 {outcome.run_id} 完成，结果在 {found.published}")
    print(
        f"文件 {outcome.files} 个{unread}，申报项目 {outcome.filings} 项，团组 {outcome.groups} 个，问题 {outcome.findings} 条"
    )
    print("去向：" + "，".join(f"{DISPOSITIONS[word]} {number}" for word, number in outcome.went.items()))
    return DONE


def _template(asked: argparse.Namespace) -> int:
    from flows.publish.template import write_submission

    notice = _year(asked.year).notice
    reference = asked.inputs / "reference"
    references = _references(reference) if reference.is_dir() else None
    path = asked.output or Path(f"{_file_name(asked.unit or '')}{asked.year}年申报表.xlsx")
    if not path.parent.is_dir():
        raise SettingError(f"找不到文件夹：{path.parent}。")
    try:
        write_submission(path, notice, references, unit=asked.unit)
    except OSError as error:
        raise SettingError(f"不能写入 {path}（{why(error)}），文件可能正被打开。") from error
    print(f"已生成空白申报表：{path}")
    return DONE


def _check(asked: argparse.Namespace) -> int:
    from flows.check import check, reference_folder

    return check(asked.files, _year(asked.year), _references(reference_folder(asked.inputs)), sys.stdout)


def _rules(asked: argparse.Namespace) -> int:
    from flows import rulebook

    notice = _year(asked.year).notice
    table = rulebook.coverage(notice, None if asked.no_findings else _last_night(asked.outputs, asked.year))
    path = asked.output or (Path(f"通知规则{asked.year}.xlsx") if asked.format == "xlsx" else None)
    if path is None:
        print(rulebook.TEXT_FORMATS[asked.format](notice, table), end="")
        return DONE
    try:
        if asked.format == "xlsx":
            rulebook.write_workbook(path, notice, table, datetime.now())
        else:
            path.write_text(rulebook.TEXT_FORMATS[asked.format](notice, table), "utf-8")
    except OSError as error:
        raise SettingError(f"不能写入 {path}（{why(error)}），文件夹不存在或文件正被打开。") from error
    print(f"已生成通知规则：{path}")
    return DONE


def _explain(asked: argparse.Namespace) -> int:
    from flows.explain import explain

    return explain(asked.what, asked.year, asked.outputs / "warehouse.duckdb", asked.html, sys.stdout)


def _last_night(outputs: Path, year: int) -> dict[tuple[str, str], int] | None:
    """How many findings each rule made; a warehouse that cannot be asked right now is told, the rules are shown anyway."""
    from flows.warehouse import findings_by_rule

    try:
        return findings_by_rule(outputs / "warehouse.duckdb", year)
    except HuizongError as error:
        _say(f"昨夜的问题数未列：{error}", DONE)
        return None


def _year(year: int) -> "Yearbook":
    from flows.validate import rule_book
    from schemas.notice import NoticeError
    from schemas.yearbook import load_yearbook

    try:
        book = load_yearbook(year)
        rule_book(book.notice)
    except NoticeError as error:
        raise SettingError(str(error)) from error
    return book


def _references(folder: Path) -> "References":
    from flows.references import load_references

    return load_references(folder)


def _file_name(text: str) -> str:
    return "".join(c for c in text if c not in '\\/:*?"<>|' and c.isprintable()).strip(". ")


class _Telling:
    """Says what the night is at: a live line on a terminal, plain lines elsewhere."""

    def __enter__(self) -> Callable[[str], None]:
        from rich.console import Console

        self._console = Console(stderr=False, highlight=False)
        self._status = self._console.status("") if self._console.is_terminal else None
        if self._status:
            self._status.start()
        return self._tell

    def __exit__(self, *_: object) -> None:
        if self._status:
            self._status.stop()

    def _tell(self, what: str) -> None:
        now = f"{datetime.now():%H:%M:%S}"
        if self._status:
            self._console.print(f"[dim]{now}[/dim] {what}")
            self._status.update(what)
        else:
            print(now, what, flush=True)


def _say(line: str, status: int) -> int:
    print(line, file=sys.stderr)
    return status


def _logged(error: BaseException) -> str:
    """Where the whole story of an unforeseen error was written."""
    import traceback

    from flows.error_log import write_error

    path = write_error("".join(traceback.format_exception(error)))
    return f"（详情见 {path}）" if path else ""


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    run()
