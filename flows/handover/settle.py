"""After a night that was killed, or a warehouse that was put back: the published folder is that of the current night."""

from pathlib import Path

from flows.errors import NightError, why
from flows.handover.night_folder import HISTORY, NightFolder, discard, is_unfinished, said, stage, staged
from flows.handover.ready import Ready, make_ready
from flows.handover.retire import retire
from flows.handover.swap import swap_in


def apart(published: Path, current: str) -> bool:
    """Whether ``published`` is not that of the night ``current``, or a night that was killed has left something beside it."""
    night = said(published)
    return any(staged(published)) or (night is not None and night.run_id != current)


def settle(published: Path, current: str | None) -> list[str]:
    """Bring ``published`` to the night ``current`` of its year, as the warehouse says, and tidy up after a kill.

    The caller holds the warehouse, or knows that no night is running. Gives, in Chinese, what was done; nothing where all is
    in its place. A folder that no night of this program wrote is left as it is.

    Raises:
        NightError: the folder cannot be changed; says why.
    """
    try:
        return [*_tidy(published, current), *_bring_back(published, current)]
    except OSError as error:
        raise NightError(
            f"输出文件夹 {published} 与数据库里的最近一夜 {current} 不一致，又不能改动它（{why(error)}）。请检查该文件夹的权限和磁盘。"
        ) from error


def _tidy(published: Path, current: str | None) -> list[str]:
    """Finish what nights that were killed had begun."""
    told = []
    for folder, made_by in staged(published):
        night = said(folder)
        if is_unfinished(folder):
            discard(folder)
        elif night is None or night.run_id != made_by:
            retire(folder, published)  # it was published, and has changed places already
        elif night.run_id == current:
            told += _publish(folder, published, night)
        else:
            discard(folder)  # the warehouse has never had this night
    return told


def _bring_back(published: Path, current: str | None) -> list[str]:
    """Publish the current night's folder from the history, where the published one is of a night that the warehouse does not
    call current: somebody has put an older warehouse back."""
    night = said(published)
    kept = published / HISTORY / (current or "")
    if night is None or current is None or night.run_id == current or said(kept) is None:
        return []
    folder = stage(published, current)
    discard(folder)
    kept.rename(folder)
    swap_in(make_ready(folder, published, current))
    return [
        f"数据库里的最近一夜是 {current}，输出文件夹原是 {night.run_id} 一夜的，已从“{HISTORY}”换回 {current}。"
        "如果数据库是误换成旧的，请从备份恢复。"
    ]


def _publish(folder: Path, published: Path, night: NightFolder) -> list[str]:
    """Let a night that the warehouse has, and that was killed before it was published, take its place."""
    notes = swap_in(Ready(folder, published, night))
    return [f"{night.run_id} 一夜入库后没有来得及换上输出文件夹，现已换上。", *notes]
