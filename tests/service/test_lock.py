"""One service a state folder; others are told of it, and nights that are run by hand report to its server."""

import os

import pytest

from flows.errors import SettingError
from flows.prefect_home import join_service
from flows.service.lock import alone, running

ADDRESS = "http://127.0.0.1:4200/api"


def test_another_is_refused_with_since_when_and_where(tmp_path):
    assert running(tmp_path) is None
    with alone(tmp_path, 17, ADDRESS):
        found = running(tmp_path)
        assert (found.pid, found.address) == (17, ADDRESS)
        with pytest.raises(SettingError, match=rf"已在运行（{found.since} 起，进程 17，http://127.0.0.1:4200）"):
            alone(tmp_path, 18, ADDRESS).__enter__()
        assert running(tmp_path).pid == 17
    assert running(tmp_path) is None


def test_one_that_was_killed_is_none(tmp_path):
    (tmp_path / "serve.lock").touch()
    (tmp_path / "serve.json").write_text(f'{{"since": "x", "pid": 1, "address": "{ADDRESS}"}}')
    assert running(tmp_path) is None


def test_a_night_by_hand_takes_the_services_server_and_leaves_another(tmp_path, monkeypatch):
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    assert not join_service(tmp_path)
    assert "PREFECT_API_URL" not in os.environ
    with alone(tmp_path, 17, ADDRESS):
        monkeypatch.setenv("PREFECT_API_URL", "http://prefect.office.cn/api")
        assert not join_service(tmp_path)
        monkeypatch.delenv("PREFECT_API_URL")
        assert join_service(tmp_path)
        assert os.environ["PREFECT_API_URL"] == ADDRESS
        monkeypatch.delenv("PREFECT_API_URL")
