"""The door of a server: every call comes in here.

Each piece of work imports what it needs when it is asked for: what nobody asked for would only take time.
"""

import json
import sys
import syslog
from typing import Any

from . import failure, wire


def canary(asked: Any, check: bool) -> dict[str, Any]:
    """Prove the staged tree; answer what speaks against the switch."""
    from . import canary, generation, journal, lease, stage

    if not check:
        lease.renew(asked["run"])
    directory = generation.stage_directory(asked["run"], check)
    order = stage.order(directory, asked["files"], asked["services"])
    found = canary.prove(directory / "etc", directory / "files", {**order, "facts": asked["facts"]})
    if found["findings"]:
        stage.discard(asked["run"], check)
    else:
        journal.write_private(directory / "canary.json", json.dumps(asked["facts"]))
    return {"changed": False, **found}


def compare(asked: Any, check: bool) -> dict[str, Any]:
    """Answer what differs from the tree."""
    from . import compare

    found = compare.compare(asked, check)
    return {"changed": bool(found["undone"]), "packed": wire.pack(found)}


def confirm(asked: Any, _: bool) -> dict[str, Any]:
    """Confirm a switch over a new connection, or say that it is too late."""
    from . import switch

    return {**switch.confirm(asked["run"])}


def drift(asked: Any, _: bool) -> dict[str, Any]:
    """Answer what differs from the current generation."""
    from . import drift

    return {"changed": False, "packed": wire.pack(drift.drift(asked))}


def generations(asked: Any, _: bool) -> dict[str, Any]:
    """Answer which generations there are, or what differs between two of them."""
    from . import history

    found: Any = history.generations()
    if asked["before"]:
        found = history.difference(asked["before"], asked["after"])
    return {"changed": False, "packed": wire.pack(found)}


def passwd(asked: Any, check: bool) -> dict[str, Any]:
    """Set passwords that belong to their users, or in a check say whether that would work."""
    from . import passwd

    (passwd.check if check else passwd.put)(asked)
    return {"changed": True}


def purge(asked: Any, check: bool) -> dict[str, Any]:
    """Show what removed accounts left, and delete what is named; a check deletes nothing."""
    from . import purge

    found = purge.purge(asked, check)
    return {"changed": any(entry["purged"] for entry in found), "found": found}


def release(asked: Any, _: bool) -> dict[str, Any]:
    """Give back the lease that a comparison took."""
    from . import lease

    lease.release(asked["run"])
    return {"changed": False}


def rollback(asked: Any, check: bool) -> dict[str, Any]:
    """Go back to an earlier generation, or in a check say what would change."""
    from . import rollback

    return {"changed": True, **rollback.rollback(asked, check)}


def stage(asked: Any, check: bool) -> dict[str, Any]:
    """Stage and check the files of one service; answer what the checker said."""
    from . import stage

    return {"changed": True, **stage.stage(asked, check)}


def switch(asked: Any, check: bool) -> dict[str, Any]:
    """Switch to what was staged, or in a check only clean up."""
    from . import stage, switch

    if check:
        stage.discard(asked["run"], check)
        return {"changed": True}
    return {"changed": True, **switch.switch(asked["run"], asked["about"], asked["rows"])}


WORK = (canary, compare, confirm, drift, generations, passwd, purge, release, rollback, stage, switch)


def main(name: str, payload: str, check: bool) -> None:
    """Do what is asked, and print the answer; the journal tells that somebody asked."""
    known = {work.__name__: work for work in WORK}
    syslog.openlog("mailspec", syslog.LOG_PID)
    syslog.syslog(f"{name}, for a check" if check else name)
    found = failure.answer(lambda: known[name](wire.unpack(payload), check))
    sys.stdout.write(json.dumps(found) + "\n")
