"""OLE compound files (xls, WPS et, and everything else that Office once wrote): which streams they hold."""

import io
import struct
from datetime import datetime

import olefile

from flows.read.formats.refusal import damaged

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Compound:
    """An OLE compound file held in memory."""

    def __init__(self, data: bytes) -> None:
        """Open the compound file in ``data``.

        Raises:
            Unreadable: its directory is broken.
        """
        try:
            self._ole = olefile.OleFileIO(io.BytesIO(data))
            self._paths = {"/".join(path): path for path in self._ole.listdir(streams=True, storages=True)}
        except (OSError, ValueError, IndexError, KeyError, TypeError, struct.error, RecursionError) as error:
            raise damaged("OLE 目录有误或不完整") from error

    def has(self, name: str) -> bool:
        """Whether a stream or storage of this name, in any case, stands at the top or below."""
        wanted = name.lower()
        return any(part.lower() == wanted for path in self._paths.values() for part in path)

    def stream(self, name: str) -> bytes:
        """The bytes of the top stream ``name``, in any case.

        Raises:
            Unreadable: its chain of sectors is broken.
        """
        path = next(path for shown, path in self._paths.items() if shown.lower() == name.lower())
        try:
            return self._ole.openstream(path).read()
        except (OSError, ValueError, IndexError, TypeError, struct.error) as error:
            raise damaged("OLE 内容有误或不完整") from error

    @property
    def book(self) -> str | None:
        """The name of the stream that holds a workbook, if any."""
        for name in ("Workbook", "Book"):
            if any(path.lower() == name.lower() for path in self._paths):
                return name
        return None

    @property
    def program(self) -> str:
        """The program that says it wrote the file; empty where none does."""
        try:
            name = self._ole.get_metadata().creating_application
        except (OSError, ValueError, IndexError, TypeError, struct.error):
            return ""
        return name.decode("latin-1") if isinstance(name, bytes) else ""

    @property
    def saved(self) -> datetime | None:
        """When the file says that it was last saved; None where it does not."""
        try:
            saved = self._ole.get_metadata().last_saved_time
        except (OSError, ValueError, TypeError, AttributeError, IndexError, struct.error):
            return None
        return saved if isinstance(saved, datetime) else None
