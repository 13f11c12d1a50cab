"""How reading says that a file, or a sheet of it, cannot be read."""

from flows.errors import HuizongError

SAVE_AGAIN = "请用 Excel 或 WPS 打开后另存为 xlsx 重新报送。"
"""What an office can do about most broken files."""


class Unreadable(HuizongError):  # noqa: N818 - a state of the file, not a fault of the program
    """A file, or a sheet of it, cannot be read; the text is the Chinese sentence for the office."""


class Deferred(Unreadable):
    """A file cannot be read tonight through no fault of its own, and will be in the next night."""


def damaged(what: str) -> Unreadable:
    """The refusal of a file of a known kind that is broken; ``what`` says in Chinese what is wrong with it."""
    return Unreadable(f"文件已损坏（{what}），无法读取。{SAVE_AGAIN}")


def too_many_cells(limit: int) -> str:
    """The sentence about a sheet with more cells than may be read."""
    return (
        f"工作表的单元格超过 {limit // 10_000} 万个（可能有内容误填在很远的行或列），不予读取。"
        "请删除多余的行列后重新报送。"
    )
