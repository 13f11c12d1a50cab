"""``huizong nightly``: one night."""

from collections.abc import Callable
from contextlib import ExitStack, nullcontext, suppress
from datetime import datetime
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING

import click

from flows import scratch, stopping
from flows.attempts import Ended, begin, end
from flows.cli.chinese import Command
from flows.cli.failures import failure_of
from flows.cli.options import FOLDER, INPUTS, OUTPUTS, YEAR, references_in, year_of_submissions, yearbook
from flows.cli.status import DONE, say
from flows.errors import SettingError
from flows.privacy import close_folder, close_to_others
from flows.sample import lay_out
from flows.screen import harmless, tell
from flows.settings import WAREHOUSE, History, Settings, state_folder, written
from flows.trial import Trial, compared_with
from schemas.words import DISPOSITIONS, FILE_STATUSES

if TYPE_CHECKING:  # their import would cost every command
    from flows.nightly import Outcome
    from flows.telling import Waiting


@click.command("nightly", Command, help="运行一夜：收集、核对、归并、入库、发布")
@YEAR
@INPUTS
@OUTPUTS
@click.option("--accept-fall", is_flag=True, help="本夜比上一夜少了很多文件、申报项目或团组，也照常发布")
@click.option("--full", is_flag=True, help="全部从头计算，不取用以前各夜算过的中间结果（处理意见照旧有效）")
@click.option(
    "--try",
    "folder",
    type=FOLDER,
    metavar="文件夹",
    help="试算：结果放入这个新的文件夹，正式的结果一个字节也不动；之后用 huizong diff --try 看有什么变化",
)
@click.option("--notice", type=FOLDER, metavar="文件.toml", help="与 --try 同用：改按这个通知规则文件核对（如明年的）")
@click.option(
    "--reference",
    type=FOLDER,
    metavar="文件夹",
    help="与 --try 同用：改用其中的参考表（单位名录、指标控制数等），其中没有的照旧",
)
@click.option("--sample", is_flag=True, help="先把随程序带的样例放入空的输入文件夹，再运行")
def nightly(
    year: int | None,
    inputs: Path,
    outputs: Path,
    accept_fall: bool,
    full: bool,
    folder: Path | None,
    notice: Path | None,
    reference: Path | None,
    sample: bool,
) -> int:
    """Run one night, tell what came in and where it went, and let those know who want to; or try one."""
    if sample:
        tell(f"已放入样例 {lay_out(inputs)} 个文件：{inputs}")
    if folder is not None:
        return _try(Trial(folder, notice, reference), year, inputs, outputs)
    if notice or reference:
        raise SettingError(f"{'--notice' if notice else '--reference'} 只用于试算，请同时写明 --try 文件夹。")
    status, ended, year = attempt_night(year, inputs, outputs, accept_fall, full)
    with suppress(SettingError):  # it has been told
        let_know(ended, year, outputs)
    return status


def _try(trial: Trial, year: int | None, inputs: Path, outputs: Path) -> int:
    """Run the night of a trial: nobody is let know, and what falls falls."""
    year = year_of_submissions(year, inputs)
    trial.prepare(Settings(year, inputs.absolute(), outputs.absolute(), state_folder()))
    with trial.state():
        status, _, _ = attempt_night(year, inputs, trial.folder, accept_fall=True, trial=trial)
    if status == DONE:
        compared = compared_with(trial.folder) and f"，看与正式的最近一夜有什么不同：huizong diff --try {trial.folder}"
        tell(f"以上是试算，正式的结果没有改动{compared or '；还没有正式的一夜可比较'}")
    return status


def let_know(ended: Ended, year: int | None, outputs: Path, tries: int = 1) -> None:
    """Let those know who want to how the last of so many ``tries`` ended.

    Raises:
        SettingError: some setting is not as it must be.
    """
    from flows.telling import tell_of

    tell_of(ended, year, written().telling, tell, lambda: _waiting_in(outputs), tries)


def attempt_night(
    year: int | None,
    inputs: Path,
    outputs: Path,
    accept_fall: bool = False,
    full: bool = False,
    trial: Trial | None = None,
) -> tuple[int, Ended, int | None]:
    """One attempt at a night, told and written down: the exit status, how it ended, and the plan year where one was found."""
    from flows.logbook.log import of_attempt

    attempt = log = None
    with ExitStack() as opened:
        try:
            attempt = begin(state_folder(), year, outputs)
            log = opened.enter_context(of_attempt(state_folder(), attempt))
            year = year_of_submissions(year, inputs)
            outcome = _night(year, inputs, outputs, accept_fall, full, trial)
        except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 however it ended is to be known
            failure = failure_of(error)
            ended = Ended(failure.how, failure.public, failure.passes)
            status = say(failure.told, failure.status)
        else:
            status, ended = DONE, Ended("done", "本夜完成。", run_id=outcome.run_id, counts=_counts(outcome))
        if attempt:
            end(state_folder(), attempt, ended, year)
        if log:
            log.end(ended, outputs.absolute() / str(year) if year else None, _logs_kept())
    return status, ended, year


def _logs_kept() -> int:
    """Of how many nights the logs are kept; where the settings cannot be read, which has been told, what holds without them."""
    try:
        return written().history.log_nights
    except SettingError:
        return History.log_nights


def _waiting_in(outputs: Path) -> "Waiting | None":
    """What waits in the night that the warehouse calls current."""
    from flows import warehouse
    from flows.telling import Waiting

    with warehouse.read_warehouse(outputs.absolute() / WAREHOUSE) as connection:
        return Waiting(**warehouse.waiting(connection))


def _night(year: int, inputs: Path, outputs: Path, accept_fall: bool, full: bool, trial: Trial | None) -> "Outcome":
    from flows.disk import full_disk_told
    from flows.prefect_home import join_service, reach_server, settle_prefect
    from flows.settings import settings

    found = settings(year, inputs, outputs, accept_fall, full)
    scratch.take(found.state)
    service = join_service(found.state)
    reach_server()
    with full_disk_told(found.published, found.state, Path(gettempdir())), _Telling() as report:
        report("启动")
        close_folder(found.outputs)
        close_to_others(*found.written)
        server = settle_prefect(found.state)
        with server or nullcontext():
            book = yearbook(found.year, trial.notice if trial else None)
            references = references_in(trial.registers(found.reference) if trial else found.reference, book)
            from flows.nightly import nightly_over, read_ahead

            ahead = read_ahead(found, book, references, report) if server else None
            if server:
                report("等候 Prefect 的临时服务器")
                server.wait()
        from flows.prefect_runs import close_killed, prune

        close_killed(left["flow_run"] for left in scratch.left_behind(found.state) if "flow_run" in left)
        outcome = nightly_over(found)(found, book, references, datetime.now(), report, ahead)
        if server or service:
            prune()
    _tell(outcome, found.published)
    return outcome


def _tell(outcome: "Outcome", published: Path) -> None:
    counted = "，".join(f"{FILE_STATUSES[word]} {number} 个" for word, number in outcome.unread.items())
    unread = f"（其中{counted}）" if counted else ""
    for told in outcome.told:
        tell(f"{_TO_ALL}{told}。")
    tell(f"本夜 {outcome.run_id} 完成，结果在 {published}")
    tell(
        f"文件 {outcome.files} 个{unread}，申报项目 {outcome.filings} 项，团组 {outcome.groups} 个，问题 {outcome.findings} 条"
    )
    tell("去向：" + "，".join(f"{DISPOSITIONS[word]} {number}" for word, number in outcome.went.items()))
    if stopping.came():
        tell("中止的信号到来时，本夜已经入库并发布。")


def _counts(outcome: "Outcome") -> dict[str, int]:
    """What a night counted."""
    counted = ("files", "filings", "groups", "findings")
    return {name: getattr(outcome, name) for name in counted} | {"unread": sum(outcome.unread.values())} | outcome.went


_TO_ALL = "【注意】"
"""How a line begins that everybody must be told."""


class _Telling:
    """Says what the night is at: a live line on a terminal, plain lines elsewhere."""

    def __enter__(self) -> Callable[[str], None]:
        from rich.console import Console

        self._console = Console(stderr=False, highlight=False, emoji=False)
        self._status = self._console.status("") if self._console.is_terminal else None
        if self._status:
            self._status.start()
        return self._tell

    def __exit__(self, *_: object) -> None:
        if self._status:
            self._status.stop()

    def _tell(self, what: str) -> None:
        from rich import markup

        from flows.logbook.log import warn

        if what.startswith(_TO_ALL):
            warn(what.removeprefix(_TO_ALL))
        now = f"{datetime.now():%H:%M:%S}"
        if self._status:
            shown = markup.escape(harmless(what))
            self._console.print(f"[dim]{now}[/dim] {shown}")
            self._status.update(shown)
        else:
            tell(f"{now} {what}")
