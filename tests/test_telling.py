"""How a night ended is told to whoever is named, by real servers on this machine; what cannot be sent harms nothing."""

import json
import socket
from collections.abc import Iterator
from datetime import date
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from aiosmtpd.controller import Controller

from flows.attempts import Ended
from flows.passwords import hidden
from flows.settings import TELL_VARIABLE, Telling
from flows.telling import Waiting, message_of, tell_of

TODAY = date(2019, 12, 10)
DONE = Ended(
    "done",
    "本夜完成。",
    run_id="20191210-020000",
    counts={"files": 82, "filings": 258, "groups": 228, "findings": 209, "unread": 2, "included": 160},
)
WAITING = Waiting(held=18, oldest=date(2019, 12, 3), fresh=5, offered=4)
AWAY = Ended("wrong", "设置有误：找不到输入文件夹：/share/inputs。", passes=True)
FAULT = Ended("failed", "程序自身出错，原因写在状态文件夹的 errors.log 中。")


def test_a_night_that_is_done_is_told_with_its_counts_and_what_waits_since_when():
    message = message_of(DONE, 2020, TODAY, WAITING)
    assert message.title == "因公出国（境）培训计划汇总 2020 年度：本夜完成"
    assert message.body.splitlines() == [
        "20191210-020000：文件 82 个，申报项目 258 项，团组 228 个，问题 209 条。",
        "有 2 个文件没有读出，见“异常清单”的“文件清单”。",
        "新发现问题 5 条。",
        "等待处理：待核 18 条，最早的已等 7 天；疑似重复 4 对。",
    ]


def test_a_failure_is_told_with_what_failed_and_what_to_do():
    away = message_of(AWAY, None, TODAY, tries=4)
    assert away.title == "因公出国（境）培训计划汇总：本夜没有运行"
    assert away.body.splitlines()[:2] == [AWAY.told, "已试 4 次。"]
    assert "huizong nightly" in away.body
    assert "huizong doctor" in message_of(FAULT, 2020, TODAY).body


@pytest.fixture
def mail(monkeypatch) -> Iterator[list]:
    """The messages that a mail server of this machine was given."""
    received: list = []

    class Keep:
        async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 the library's name
            received.append(message_from_bytes(envelope.content, policy=policy.default))
            return "250 OK"

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(Keep(), hostname="127.0.0.1", port=port)
    server.start()
    monkeypatch.setenv(
        TELL_VARIABLE, f"mailto://127.0.0.1:{port}/?from=huizong@office.cn&to=desk@office.cn&mode=insecure"
    )
    yield received
    server.stop()


@pytest.fixture
def webhook() -> Iterator[tuple[str, list]]:
    """The address of a server of this machine that takes JSON, and what it was given."""
    received: list = []

    class Keep(BaseHTTPRequestHandler):
        def do_POST(self):
            received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Keep)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"json://127.0.0.1:{server.server_port}/hook", received
    server.shutdown()


def told(ended, telling=Telling(), **more) -> list[str]:  # noqa: B008 it never changes
    lines: list[str] = []
    tell_of(ended, 2020, telling, lines.append, **more)
    return lines


@pytest.mark.slow
def test_by_mail(mail):
    assert told(DONE, waiting=lambda: WAITING) == []
    (message,) = mail
    assert message["subject"] == message_of(DONE, 2020, TODAY).title
    assert message["to"] == "desk@office.cn"
    assert "待核 18 条" in str(message.get_body(("plain", "html")).get_content())


def test_by_a_web_hook_also_where_another_address_fails(webhook, monkeypatch, caplog):
    address, received = webhook
    monkeypatch.setenv(TELL_VARIABLE, f"json://127.0.0.1:1/closed-door {address} nonsense")
    (line,) = told(AWAY, tries=3)
    assert "有 2 个地址没有发出（第 1 个、第 3 个）" in line
    assert "closed-door" not in line
    assert caplog.records == [], "Apprise tells nothing besides"
    assert [message["message"] for message in received] == [message_of(AWAY, 2020, TODAY, tries=3).body]


def test_only_what_is_wanted(webhook, monkeypatch):
    address, received = webhook
    monkeypatch.setenv(TELL_VARIABLE, address)
    assert told(DONE, Telling(when=("failed",))) == []
    assert received == []
    told(FAULT, Telling(when=("failed",)))
    assert len(received) == 1


def test_where_nobody_is_named_nothing_is_looked_up(monkeypatch):
    monkeypatch.delenv(TELL_VARIABLE, raising=False)
    assert told(DONE, waiting=lambda: pytest.fail("looked up")) == []


def test_what_goes_wrong_with_it_is_one_line(webhook, monkeypatch):
    def broken() -> Waiting:
        raise RuntimeError("no warehouse")

    monkeypatch.setenv(TELL_VARIABLE, webhook[0])
    assert told(DONE, waiting=broken) == ["【注意】结果的消息没有发出（RuntimeError）。"]


def test_the_addresses_are_never_shown(monkeypatch):
    monkeypatch.setenv(TELL_VARIABLE, "wecombot://ab12cd34-99 mailto://desk:geheimwort@mail.office.cn")
    assert "geheimwort" not in hidden("refused by mail.office.cn for desk with geheimwort")
    assert "ab12cd34" not in hidden("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=ab12cd34-99")
