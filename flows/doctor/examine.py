"""All probes, one after the other."""

import traceback
from collections.abc import Iterator, Sequence

from flows.doctor import folders, inputs, installation, results  # noqa: F401 they declare their probes
from flows.doctor.probe import BAD, GOOD, NOTE, PROBES, Place, Probe, Told
from flows.error_log import write_error
from flows.errors import HuizongError, not_allowed

__all__ = ["BAD", "GOOD", "NOTE", "examine"]


def examine(place: Place, probes: Sequence[tuple[str, Probe]] = PROBES) -> Iterator[tuple[str, Told]]:
    """What each probe tells, with its name. Whatever a probe meets is told of what it looks at; nothing is raised. What one has
    told (that the warehouse cannot be read, say), those that meet the same after it do not tell again."""
    said: set[str] = set()
    for name, probe in probes:
        for told in _asked(place, probe):
            if told.seen not in said:
                said.add(told.seen)
                yield name, told


def _asked(place: Place, probe: Probe) -> Iterator[Told]:
    try:
        yield from probe(place)
    except HuizongError as error:
        yield Told(BAD, str(error))
    except OSError as error:
        yield Told(BAD, not_allowed(error), "请检查权限和磁盘")
    except Exception as error:  # noqa: BLE001 whatever is broken, the other probes are asked
        log = write_error("".join(traceback.format_exception(error)))
        yield Told(BAD, f"检查时程序自身出错：{type(error).__name__}", f"请把 {log} 交给维护人员" if log else "")
