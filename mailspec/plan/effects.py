"""What happens to the services: read from the roles, which say what reloads and what needs a restart."""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ..tree import Tree
from .differences import Trees
from .statement import Effect, FileChange
from .words import names

ROLES = Path(__file__).parent.parent.parent / "roles"


@cache
def services(roles: Path = ROLES) -> dict[str, dict[str, Any]]:
    """What each role says of its service."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(roles.glob("*/tasks/main.yml")):
        for task in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader):
            if said := task.get("mailspec_stage"):
                found[said["service"]] = said
    return found


def effects(before: Trees, after: Trees, files: tuple[FileChange, ...]) -> Iterator[Effect]:
    """What each service of each server does about the files that differ; rows are read live and move nobody."""
    for server in sorted(after):
        changed = {change.path: change for change in files if change.server == server and change.service != "rows"}
        for service, role in sorted(services().items()):
            own = [path for path, change in changed.items() if change.service == service]
            watched = [path for path in changed if any(fnmatchcase(path, p) for p in role.get("watch", ()))]
            if why := sorted({*own, *watched}):
                had, has = (server in side and _runs(side[server], service) for side in (before, after))
                if had and has:
                    action = _action(role, why, before[server], after[server])
                elif had or has:
                    action = "start" if has else "stop"
                else:
                    continue
                yield Effect(server, service, action, names(why))


def _runs(tree: Tree, service: str) -> bool:
    """Whether a service is there: one without a file of its own is not."""
    return any(file.service == service for file in tree.files.values())


def _action(role: dict[str, Any], paths: list[str], old: Tree, new: Tree) -> str:
    for rule in role.get("restart_on", ()):
        pattern, _, lines = str(rule).partition("#")
        for path in paths:
            if fnmatchcase(path, pattern) and (not lines or _lines(old, path, lines) != _lines(new, path, lines)):
                return "restart"
    return "reload" if role.get("reload") else "none"


def _lines(tree: Tree, path: str, pattern: str) -> list[str]:
    text = tree.files[path].text if path in tree.files else ""
    return [line for line in text.splitlines() if re.search(pattern, line)]
