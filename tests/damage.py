"""What may happen to a database file."""

import os
from pathlib import Path


def text(path: Path) -> None:
    path.write_text("这里原来是数据库。" * 50, "utf-8")


def empty(path: Path) -> None:
    path.write_bytes(b"")


def cut_short(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def flipped(path: Path) -> None:
    """Every block of rows damaged, the head of the file sound: it opens, and cannot be read."""
    data = bytearray(path.read_bytes())
    for place in range(3 * 4096 + 5000, len(data), 2**14):
        data[place] ^= 0xFF
    path.write_bytes(data)
