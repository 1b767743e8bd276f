"""Switch: the one moment of change. Files and rows of all services together, then reload and health.

Whatever fails, the state before comes back, of all services.
"""

import json
import os
import shutil
import time
from pathlib import Path
from typing import Any

from . import (
    affected,
    findings,
    generation,
    hand,
    health,
    hyperscan,
    journal,
    lease,
    mailboxes,
    rows,
    services,
    sessions,
    swap,
    tombstone,
    undo,
    watch,
)
from .command import must
from .failure import TroubleError, trouble

_MEGABYTE = 1 << 20
_DERIVED = {"sievec": ".svbin"}
"""What a command that compiles a file calls the second one."""


def switch(run_id: str, about: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Make the staged files and the row changes live; returns the generation and what it changed.

    `about` says what the generation is: `generation` is the one it follows, `files` its entries, `host` what the spec
    says of the server, `schema` the tables where they change, `moves` the logins that are renamed, and by, revision and
    reason. Raises TroubleError with `findings` after everything is back.
    """
    generation.prepare_state()
    with journal.locked(lease.PATIENCE) as alone:
        if not alone:
            raise lease.unlocked()
        lease.renew(run_id)
        done: dict[str, Any] = {}
        try:
            done = _switch(run_id, about, changes)
        finally:
            shutil.rmtree(generation.stage_directory(run_id, False), ignore_errors=True)
            if not done.get("confirm"):
                lease.release(run_id)
        return done


def confirm(run_id: str) -> dict[str, Any]:
    """The controller came over a new connection: the switch counts, unless it has gone back already."""
    with journal.locked(lease.LONG_PATIENCE):
        entry = journal.read()
        confirmed = bool(entry and entry["run"] == run_id)
        if entry and confirmed:
            journal.finish()
            generation.prune(entry["keep"])
            lease.release(run_id)
    return {"confirmed": confirmed, "generation": generation.load()["id"]}


def _switch(run_id: str, about: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    stage, current = generation.stage_directory(run_id, False), generation.load()
    if current["id"] != about["generation"]:
        fact = f"generation {current['id']} came in between, after this run compared {about['generation']}"
        raise TroubleError("stale", fact, "nothing is changed; run again", exit_code=75)
    anew = bool(about["schema"]) and journal.LOOKUP.exists()
    changes = changes | hand.forget() | tombstone.changes(changes, about["moves"], about["schema"] if anew else "")
    found, staged = affected.staged(stage), stage / "files"
    removed = (stage / "removed").read_text(encoding="utf-8").split() if found else []
    put = sorted(f"/{source.relative_to(staged)}" for source in staged.rglob("*") if source.is_file())
    touched, ending = affected.parted(found, current["services"])
    known = affected.lasting(current["services"], touched, ending)
    host = about["host"]
    manifest = {
        "id": current["id"] + 1,
        "previous": current["id"],
        "time": round(time.time()),
        **{key: about[key] for key in ("by", "revision", "reason", "files", "host", "moves")},
        "services": known,
        "canary": _facts(stage, current),
        "changed": {path: _how(path, current, about["files"]) for path in put + removed},
    }
    touched += affected.watching(known, touched, put)
    for service in touched + ending:
        service["restart"] = affected.needs_restart(service, staged)
        service["files"] = [path for path, entry in about["files"].items() if entry["service"] == service["service"]]
    entry = _entry(manifest, put, removed, touched + ending, current) | {"run": run_id, "keep": host["generations"]}
    entry |= {"schema": rows.schema() if anew else "", "rows": rows.inverse(changes, anew=anew)}
    entry["moves"] = mailboxes.paths(about["moves"])
    logins = rows.ways(changes)
    manifest["rows"] = rows.counts(changes, entry["rows"])
    phase, started = "prepare", time.time()
    try:
        _reserve(entry)
        journal.write_private(journal.STATE / journal.JOURNAL, json.dumps(entry))
        target = generation.create(manifest, staged, removed, {"undo": entry["rows"], "schema": entry["schema"]})
        swap.prepare(entry, target / "files")
        hyperscan.take(stage)
        if touched or ending or entry["moves"]:
            watch.start(run_id, about["confirm"])
        phase = "files"
        services.end(ending)
        swap.go_live(entry)
        services.reread(ending)
        _compile(about["files"], put)
        mailboxes.move(entry)
        if changes:
            phase = "rows"
            with journal.lookup() as database:
                journal.change_rows(database, changes, about["schema"] if anew else "")
        health.begin(touched)
        services.bring_up(touched)
        mailboxes.make(rows.shared())
        _end_sessions(logins, rows.ways(changes))
        if sick := health.sick(touched, host, health.FIRST if entry["fresh"] else health.PATIENCE):
            raise TroubleError("health", sick["text"], "", service=sick["service"])
        generation.make_current()
    except Exception as error:
        raise _gone_back(error, phase, touched, started, stage / "etc") from error
    if any(service.get("confirm") and service["changed"] for service in touched):
        (journal.STATE / journal.JOURNAL).replace(journal.STATE / journal.UNCONFIRMED)
        return {"generation": manifest["id"], "files": put, "removed": removed, "confirm": True}
    journal.finish()
    generation.prune(host["generations"])
    return {"generation": manifest["id"], "files": put, "removed": removed}


def _entry(
    manifest: dict[str, Any], put: list[str], drop: list[str], touched: list[dict[str, Any]], current: dict[str, Any]
) -> dict[str, Any]:
    """The journal, without rows."""
    derived = [
        str(Path(path).with_suffix(_DERIVED[command]))
        for path in put + drop
        if (command := (manifest["files"].get(path) or current["files"].get(path) or {}).get("compile"))
    ]
    for path in put + drop:
        if Path(path).is_dir() and not Path(path).is_symlink():
            raise TroubleError(
                "directory", f"{path} is a directory; nothing is changed", "move it away, then run again"
            )
    folders = {str(folder) for path in put for folder in Path(path).parents if not folder.exists()}
    return {
        "generation": manifest["id"],
        "previous": manifest["previous"],
        "put": put,
        "drop": drop,
        "derived": derived,
        "existed": [path for path in put + drop + derived if os.path.lexists(path)],
        "folders": sorted(folders),
        "services": [service for service in touched if service["service"] in current["services"]],
        "fresh": [service for service in touched if service["service"] not in current["services"]],
    }


def _reserve(entry: dict[str, Any]) -> None:
    """Keep enough space for going back when the disk is full then."""
    size = _MEGABYTE + 4 * len(json.dumps(entry["rows"]))
    with (journal.STATE / journal.RESERVE).open("ab") as reserve:
        os.posix_fallocate(reserve.fileno(), 0, size)


def _gone_back(error: Exception, phase: str, touched: list[dict[str, Any]], started: float, etc: Path) -> TroubleError:
    """Go back, and say why, with the lines of the files that it is about."""
    found = trouble(error)
    if phase == "prepare":
        undo.withdraw()
        return TroubleError(found.id, f"{found.fact}; nothing is changed", found.hint)
    sick = [service for service in touched if service["service"] == found.more.get("service")] or touched
    said = [(service["service"], found.fact) for service in sick[:1]]
    said += [(service["service"], line) for service in sick for line in services.words(service, started)]
    entry = undo.go_back(rows=phase == "rows") or {}
    placed = findings.placed(said, etc, {service["service"]: service["files"] for service in touched})
    left = entry.get("trouble")
    state = f"the old one does not come up either: {left}" if left else "the old one is back"
    fact = f"the new generation did not work, {state}: {found.fact}"
    hint = found.hint or "mend the template or the spec, then run again"
    return TroubleError(found.id, fact, hint, findings=placed)


def _facts(stage: Path, current: dict[str, Any]) -> dict[str, Any]:
    """What the canary knew of the spec, for the canary of a rollback."""
    known = stage / "canary.json"
    facts: dict[str, Any] = json.loads(known.read_text()) if known.exists() else current.get("canary", {})
    return facts


def _how(path: str, current: dict[str, Any], files: dict[str, Any]) -> str:
    if path not in files:
        return "removed"
    return "changed" if path in current["files"] else "added"


def _end_sessions(before: dict[str, set[str]], after: dict[str, set[str]]) -> None:
    """Who may not log in any more, or not in each way or to each mailbox, must not stay logged in either."""
    for login in sorted(login for login, ways in before.items() if ways - after.get(login, set())):
        sessions.end(login)


def _compile(files: dict[str, Any], paths: list[str]) -> None:
    for path in paths:
        if (command := files.get(path, {}).get("compile")) and Path(path).exists():
            must([command, path])
