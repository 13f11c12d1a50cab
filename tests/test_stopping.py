"""A program that is asked to stop stops, whatever Python is at when the signal comes."""

import subprocess
import sys

import pytest

from flows.settings import PROJECT

LET_GO = """
import os, signal, time, weakref
from flows import stopping

class Thing: pass

def stopped(_): os.kill(os.getpid(), signal.SIGTERM); sum(range(10_000))

stopping.hear()
thing = Thing()
reference = weakref.ref(thing, stopped)
try:
    del thing
    time.sleep(20)
except stopping.Stopped:
    print("stopped", stopping.came())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="os.kill is another thing there")
def test_a_signal_that_comes_where_exceptions_are_only_printed_is_raised_once_more():
    done = subprocess.run(
        [sys.executable, "-c", LET_GO], cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.stdout, done.stderr) == ("stopped True\n", "")
