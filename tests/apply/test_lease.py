"""One run at a time works on a server; one that is gone gives way."""

import os
import time
from pathlib import Path
from typing import Any

import pytest

from mailspec.ansible import remote
from mailspec.server import journal, lease
from mailspec.server.failure import TroubleError, trouble


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(journal, "STATE", tmp_path)
    return tmp_path


def owner(run: str, **more: Any) -> dict[str, Any]:
    return {"run": run, "by": "root@desk", "host": "desk", "pid": 1, "started": "1", **more}


def test_a_second_run_is_refused_and_told_who_works_here() -> None:
    lease.take(owner("first"), 60)
    with pytest.raises(TroubleError, match=r"root@desk \(process 1\) works on this server since") as found:
        lease.refuse_others(owner("second"))
    assert found.value.more["exit_code"] == 75
    assert found.value.more["held"]["run"] == "first"
    lease.refuse_others(owner("first"))


def test_a_run_that_is_dead_or_silent_gives_way(state: Path) -> None:
    lease.take(owner("first"), 60)
    lease.refuse_others(owner("second", instead_of="first"))
    past = time.time() - 61
    os.utime(state / lease.NAME, (past, past))
    lease.refuse_others(owner("second"))


def test_a_sign_of_life_renews_a_lease_also_one_that_has_run_out(state: Path) -> None:
    lease.take(owner("first"), 1800)
    lease.renew("first", 60)
    left = (state / lease.NAME).stat().st_mtime + 1800 - time.time()
    assert 50 < left <= 60
    past = time.time() - 4000
    os.utime(state / lease.NAME, (past, past))
    lease.renew("first")
    with pytest.raises(TroubleError, match="works on this server"):
        lease.refuse_others(owner("second"))


def test_a_run_that_lost_its_lease_stops() -> None:
    lease.take(owner("first"), 60)
    lease.take(owner("second"), 60)
    with pytest.raises(TroubleError, match="root@desk took over") as found:
        lease.renew("first")
    assert (found.value.id, found.value.hint) == ("lost", "nothing is half done; run again")
    lease.release("first")
    lease.renew("second")
    lease.release("second")
    with pytest.raises(TroubleError, match="another run came in between"):
        lease.renew("second")


def test_half_a_lease_is_none(state: Path) -> None:
    (state / lease.NAME).write_text('{"run": "fi')
    lease.refuse_others(owner("second"))


def test_the_controller_knows_which_of_its_runs_are_dead() -> None:
    me = remote.owner()
    assert not remote.gone(me)
    assert remote.gone({**me, "started": "1"})
    assert remote.gone({**me, "pid": 2**22 + 1})
    assert not remote.gone({**me, "started": "1", "host": "elsewhere"})


@pytest.mark.parametrize(("code", "name"), [(28, "disk-full"), (30, "read-only"), (18, "mount"), (5, "system")])
def test_an_error_of_the_system_is_told_in_words(code: int, name: str) -> None:
    found = trouble(OSError(code, os.strerror(code), "/etc/postfix/main.cf"))
    assert found.id == name
    assert found.fact.startswith("/etc/postfix/main.cf: ")
    assert found.hint
