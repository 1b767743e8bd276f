"""Rollback: an earlier generation becomes the next one, through the same checks, switch and health."""

import base64
import json
from pathlib import Path
from typing import Any

from . import canary, digest, generation, journal, lease, mailboxes, rows, services, stage, switch, tombstone, undo
from .failure import TroubleError


def rollback(wanted: dict[str, Any], check: bool) -> dict[str, Any]:
    """Go back to `wanted["generation"]`, or to the previous one; returns what it changed, with diffs.

    Files become those of that generation, rows those of its time. What users own, mail and passwords, stays.
    """
    if check:
        return _rollback(wanted, check)
    with lease.alone(wanted["lease"]):
        undo.recover()
        mailboxes.forget_old_names()
        lease.take(wanted["lease"], 60)
    try:
        return _rollback(wanted, check)
    except Exception:
        lease.release(wanted["lease"]["run"])
        raise


def _rollback(wanted: dict[str, Any], check: bool) -> dict[str, Any]:
    run, current = wanted["lease"]["run"], generation.load()
    target = generation.load(_number(wanted["generation"], current))
    differing = _differing(target, current)
    back = generation.composed(current["id"], target["id"])
    schema = generation.schema(current["id"], target["id"])
    changes = {table: change for table, change in back.items() if table in digest.KEYS}
    done = {
        "from": current["id"],
        "to": target["id"],
        "files": {path: why for path, (why, _) in differing.items()},
        "diffs": [_diff(path, target, current) for path in differing],
        "rows": rows.counts(changes, rows.inverse(changes, anew=bool(schema))),
    }
    try:
        known = {**current["services"], **target["services"]}
        touched = [known[name] for name in _touched(wanted["order"], differing, target) if name in known]
        wants = wanted | {"anew": bool(schema), "schema": schema or wanted["schema"]}
        for service in touched:
            _stage(service, target, differing, wants, check)
        if touched:
            _prove(target, wanted, check)
        if check:
            return done
        about = {
            "generation": current["id"],
            "host": {**target["host"], "generations": current["host"]["generations"]},
            "by": wanted["lease"]["by"],
            "revision": target.get("revision", ""),
            "reason": f"rollback to {target['id']}",
            "files": target["files"],
            "schema": schema,
            "moves": tombstone.moves(generation.renamed(current["id"], target["id"])),
            "confirm": wanted["confirm"],
        }
        return done | switch.switch(run, about, changes)
    finally:
        stage.discard(run, check)


def _number(asked: int, current: dict[str, Any]) -> int:
    kept = generation.kept()
    number = asked or (kept[-2] if len(kept) > 1 else 0)
    if number in kept[:-1]:
        return number
    fact = (
        f"generation {number} is the current one"
        if number and number == current["id"]
        else (f"generation {number} is not kept here" if number else "there is no earlier generation")
    )
    others = ", ".join(str(one) for one in kept[:-1]) or "none"
    raise TroubleError("no-generation", fact, f"kept besides the current one: {others}")


def _differing(target: dict[str, Any], current: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Which live files are not as the target has them: why, and the service they belong to."""
    found = {}
    for path, entry in {**current["files"], **target["files"]}.items():
        live, wanted = Path(path), generation.directory(target["id"]) / "files" / path.lstrip("/")
        if path not in target["files"]:
            why = "removed" if live.exists() else ""
        elif live.is_symlink() or not live.is_file():
            why = "added"
        elif live.read_bytes() != wanted.read_bytes():
            why = "changed"
        else:
            why = generation.differs(live, entry["owner"], entry["group"], entry["mode"])
        if why:
            found[path] = (why, entry["service"])
    return found


def _touched(order: list[str], differing: dict[str, tuple[str, str]], target: dict[str, Any]) -> list[str]:
    names = {service for _, service in differing.values()}
    names |= services.idle_by_service(target["services"]).keys()
    return [name for name in order if name in names]


def _stage(
    service: dict[str, Any],
    target: dict[str, Any],
    differing: dict[str, tuple[str, str]],
    wanted: dict[str, Any],
    check: bool,
) -> None:
    name = service["service"]
    changed = [path for path, (_, service) in differing.items() if service == name]
    files = {path: entry for path, entry in target["files"].items() if entry["service"] == name}
    payload = {
        "run": wanted["lease"]["run"],
        "service": {**service, "files": list(files), "changed": changed},
        "files": [_sent(path, files[path], target["id"]) for path in changed if path in files],
        "removed": [path for path in changed if path not in files],
        "schema": wanted["schema"],
        "anew": wanted["anew"],
    }
    if findings := stage.stage(payload, check)["findings"]:
        fact = f"generation {target['id']} does not pass the check of {name}; nothing is changed"
        raise TroubleError("check", fact, "name another generation", findings=findings)


def _prove(target: dict[str, Any], wanted: dict[str, Any], check: bool) -> None:
    """Let the canary of that time prove the generation with what is installed today."""
    directory = generation.stage_directory(wanted["lease"]["run"], check)
    services = {path: entry["service"] for path, entry in target["files"].items()}
    order = stage.order(directory, services, wanted["order"])
    found = canary.prove(directory / "etc", directory / "files", {**order, "facts": target["canary"]})["findings"]
    if found:
        fact = f"generation {target['id']} does not pass the canary; nothing is changed"
        raise TroubleError("check", fact, "name another generation", findings=found)
    journal.write_private(directory / "canary.json", json.dumps(target["canary"]))


def _sent(path: str, entry: dict[str, Any], number: int) -> dict[str, Any]:
    data = (generation.directory(number) / "files" / path.lstrip("/")).read_bytes()
    attributes = {key: entry[key] for key in ("owner", "group", "mode")}
    return {"path": path, "content": base64.b64encode(data).decode(), **attributes}


def _diff(path: str, target: dict[str, Any], current: dict[str, Any]) -> dict[str, str]:
    """What `--diff` shows of a file; never a secret."""
    entries = [manifest["files"][path] for manifest in (current, target) if path in manifest["files"]]
    if any(entry["secret"] for entry in entries):
        return {"prepared": f"{path}: holds secrets, content not shown\n"}
    wanted = generation.directory(target["id"]) / "files" / path.lstrip("/")
    files = [file if file.is_file() else Path("/dev/null") for file in (Path(path), wanted)]
    texts = [file.read_text(encoding="utf-8", errors="replace") for file in files]
    header = f"{path} (generation {target['id']})"
    return {"before": texts[0], "after": texts[1], "before_header": path, "after_header": header}
