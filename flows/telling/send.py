"""Messages are sent by Apprise. The addresses are secrets; what cannot be sent is told on the screen and harms nothing."""

import logging
import os
from collections.abc import Callable, Sequence
from datetime import date
from typing import cast

from flows.attempts import Ended
from flows.settings import TELL_VARIABLE, Telling
from flows.telling.message import Message, Waiting, message_of


def tell_of(
    ended: Ended,
    year: int | None,
    telling: Telling,
    report: Callable[[str], None],
    waiting: Callable[[], Waiting | None] = lambda: None,
    tries: int = 1,
) -> None:
    """Tell of an attempt that ended, where that is wanted and somebody is named. What goes wrong with it is told by ``report``
    in one line, without the address."""
    word = "done" if ended.how == "done" else "failed"
    if word not in telling.when or not (os.environ.get(TELL_VARIABLE) or telling.block):
        return
    try:
        addresses = _addresses(telling)
        failed = send(message_of(ended, year, date.today(), waiting(), tries), addresses)
    except Exception as error:  # noqa: BLE001 whatever becomes of the message, the night is what it is
        report(f"【注意】结果的消息没有发出（{type(error).__name__}）。")
        return
    if failed:
        told = "、".join(f"第 {place} 个" for place in failed)
        report(f"【注意】结果的消息有 {len(failed)} 个地址没有发出（{told}），请检查 {TELL_VARIABLE}。")


def send(message: Message, addresses: Sequence[str]) -> list[int]:
    """Send the message to each address, in Apprise's way of writing them; gives which of them, counted from 1, did not take
    it."""
    import apprise

    logging.getLogger("apprise").setLevel(logging.CRITICAL)  # what was not sent is told in one line, by us
    failed = []
    for place, address in enumerate(addresses, start=1):
        sender = apprise.Apprise()
        if not sender.add(address) or not sender.notify(body=message.body, title=message.title):
            failed.append(place)
    return failed


def _addresses(telling: Telling) -> list[str]:
    said = os.environ.get(TELL_VARIABLE, "")
    if not said and telling.block:
        from prefect.blocks.system import Secret

        said = str(cast("Secret[str]", Secret.load(telling.block)).get())
    return said.split()
