"""Ask a server what differs from its tree."""

import secrets
import time
from typing import Any

from ansible.errors import AnsibleError
from ansible.plugins.action import ActionBase

from mailspec import garbage
from mailspec.ansible import controller, folder, hand_edits, remote, tombstone
from mailspec.server import digest, wire


class ActionModule(ActionBase):  # type: ignore[misc]
    """The action behind `mailspec_compare`; its result holds names only."""

    _supports_check_mode = True

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """Compare; the details wait for the tasks that follow."""
        super().run(tmp, task_vars)
        variables = task_vars or {}
        server = str(variables["inventory_hostname"])
        tree, spec = controller.tree(server), folder.spec(str(variables["mailspec_folder"]))
        path, arguments = str(variables["mailspec_folder"]), self._task.args
        try:
            policy = hand_edits.policy(arguments.get("hand_edits"), spec.hand_edits.value)
        except ValueError as error:
            raise AnsibleError(str(error)) from None
        vault = controller.vault(path, self._loader, server)
        key = secrets.token_bytes(32)
        files = {
            name: {**controller.entry(file), "digest": digest.content(key, controller.content(file, vault))}
            for name, file in tree.files.items()
        }
        with garbage.paused():
            lookup = folder.lookup(path, self._loader, server)
            digests = lookup.wanted(key)
        wanted = {
            "key": key.hex(),
            "files": files,
            "rows": digests,
            "packages": list(tree.packages),
            "hand_edits": policy.value,
            "renamed": tombstone.renamed(spec),
        }
        result = remote.call_alone(self, "compare", wanted, variables)
        if result.get("failed"):
            return result
        found = wire.unpack(result.pop("packed"))
        about = found.pop("about")
        if found["stopped"]:
            return {**result, "failed": True, "msg": hand_edits.stopped(server, found["generation"], found["stopped"])}
        if buried := tombstone.refused(spec, found, str(arguments.get("restore") or "")):
            if not self._task.check_mode:
                remote.call(self, "release", {"run": result["run"]}, variables)
            return {**result, "failed": True, "msg": tombstone.text(spec, folder.source(path), found, buried)}
        changes = lookup.changes(key, found.pop("rows"))
        touched = {entry["service"] for entry in found["files"].values()} | found["idle"].keys()
        if not found["has_rows"]:
            touched.add("base")  # it makes the database
        controller.keep(f"{server}.found", {**found, "run": result["run"], "rows": changes})
        warnings = hand_edits.put_right(found)
        if about["reason"].startswith("rollback") and (touched or changes):
            warnings = [*warnings, _replaces(server, found["generation"], about)]
        return {
            **result,
            "changed": bool(found["undone"]),
            "generation": found["generation"],
            "packages": found["packages"],
            "services": [name for name in controller.SERVICES if name in touched],
            "rows": bool(changes) or bool(found["rows_by_hand"]) or not found["has_rows"],
            "warnings": warnings,
        }


def _replaces(server: str, generation: int, about: dict[str, Any]) -> str:
    when = time.strftime("%Y-%m-%d %H:%M", time.localtime(about["time"]))
    return (
        f"{server} is on generation {generation}, a {about['reason']} by {about['by']} at {when}; "
        "this run replaces it by the spec, so revert the spec too unless that is what you want"
    )
