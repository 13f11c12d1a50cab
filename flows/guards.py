"""Guards: a night that holds far less than the last one of its year is stopped before anything of it is kept or published.

The count that comes out even says that nothing was lost on the way through the rooms; this says that nothing was lost before:
a share that is not connected, a folder half synchronised, a setting that makes every file unreadable.
"""

from collections.abc import Iterator

import pandas as pd

from flows.settings import Guards
from flows.warehouse import LastNight
from schemas.tables import DataFrame, EarlierFiles, Files

LIKELY = (
    "可能的原因：共享文件夹没有连好或没有同步完，一批文件被移走或损坏，程序或当年的通知、栏目名称、归并设置被改错。"
    "如确属有意（例如撤回了一批申报表），请用 huizong nightly --accept-fall 再运行一次。"
)
"""What may be behind a fall, and how to let it pass."""


def falls(yesterday: LastNight, files: DataFrame[Files], groups: int, guards: Guards) -> list[str]:
    """What fell too far against the night before of the same year, a Chinese clause each; none where there was no night.

    ``files`` are tonight's, ``groups`` how many groups were formed.
    """
    return [
        *_unreadable(yesterday.files, files, guards),
        *_fallen("申报项目", "项", yesterday.filings, int(files["filings"].sum()), guards.filings_fall_most, guards),
        *_fallen("团组", "个", yesterday.groups, groups, guards.groups_fall_most, guards),
    ]


def _unreadable(before: DataFrame[EarlierFiles], now: DataFrame[Files], guards: Guards) -> Iterator[str]:
    """Files that were readable and are no longer. One that is gone is none of them; one that moved is the same file."""
    was = before[_readable(before)]
    tonight = now.assign(readable=_readable(now))
    by_path = was["path"].map(tonight.set_index("path")["readable"]).astype("boolean")
    by_bytes = tonight.dropna(subset="sha256").drop_duplicates("sha256").set_index("sha256")["readable"]
    still = by_path.fillna(was["sha256"].map(by_bytes).astype("boolean")).dropna()
    there, lost = len(still), int((~still).sum())
    most = max(guards.files_slack, _share(1 - guards.readable_share_least, there))
    if lost > most:
        yield (
            f"上一夜读得出、现在还在的文件有 {there} 个，本夜只读得出 {there - lost} 个"
            f"（至少应读出 {guards.readable_share_least:.0%}，即 {there - most} 个）"
        )


def _readable(files: pd.DataFrame) -> pd.Series:
    """Whether each file could be read; a copy of one that could not be read could not be read either."""
    unread = files["status"].isin(("unreadable", "failed", "deferred", "skipped"))
    return ~unread & ~files["sha256"].isin(files.loc[unread, "sha256"].dropna())


def _fallen(what: str, unit: str, before: int, now: int, share: float, guards: Guards) -> Iterator[str]:
    most = max(guards.count_slack, _share(share, before))
    if before - now > most:
        yield (
            f"{what}上一夜 {before} {unit}，本夜 {now} {unit}，少了 {before - now} {unit}（最多可少 {share:.0%}，即 {most} {unit}）"
        )


def _share(share: float, of: int) -> int:
    """The whole part of a share; 0.3 of 10 is 3, whatever floats make of it."""
    return int(round(share * of, 6))
