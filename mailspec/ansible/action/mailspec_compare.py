"""Ask a server what differs from its tree."""

import secrets
import time
from typing import Any

from ansible.plugins.action import ActionBase

from mailspec.ansible import controller, remote
from mailspec.ansible.module_utils.mailspec_host import digest, wire


class ActionModule(ActionBase):  # type: ignore[misc]
    """The action behind `mailspec_compare`; its result holds names only."""

    _supports_check_mode = True

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """Compare; the details wait for the tasks that follow."""
        super().run(tmp, task_vars)
        variables = task_vars or {}
        server = str(variables["inventory_hostname"])
        tree = controller.tree(server)
        vault = controller.vault(str(variables["mailspec_folder"]), self._loader)
        key = secrets.token_bytes(32)
        files = {
            path: {**controller.entry(file), "digest": digest.content(key, controller.content(file, vault))}
            for path, file in tree.files.items()
        }
        rows = {
            table: {
                name: digest.summary(key, bucket)
                for name, bucket in digest.buckets(key, table, (controller.filled(row, vault) for row in found)).items()
            }
            for table, found in tree.rows.items()
        }
        wanted = {"key": key.hex(), "files": files, "rows": rows, "packages": list(tree.packages)}
        result = remote.call_alone(self, "mailspec_compare", wanted, variables)
        if result.get("failed"):
            return result
        found = wire.unpack(result.pop("packed"))
        about = found.pop("about")
        changes = controller.row_changes(tree, vault, key, found.pop("rows"))
        touched = {entry["service"] for entry in found["files"].values()} | found["idle"].keys()
        if not found["has_rows"]:
            touched.add("base")  # it makes the database
        controller.keep(f"{server}.found", {**found, "run": result["run"], "rows": changes})
        if about["reason"].startswith("rollback") and (touched or changes):
            self._display.warning(_replaces(server, found["generation"], about))
        return {
            **result,
            "changed": bool(found["undone"]),
            "generation": found["generation"],
            "packages": found["packages"],
            "services": [name for name in controller.SERVICES if name in touched],
            "rows": bool(changes) or not found["has_rows"],
            "hand_edits": sorted(path for path, why in found["files"].items() if why["why"] == "changed by hand"),
        }


def _replaces(server: str, generation: int, about: dict[str, Any]) -> str:
    when = time.strftime("%Y-%m-%d %H:%M", time.localtime(about["time"]))
    return (
        f"{server} is on generation {generation}, a {about['reason']} by {about['by']} at {when}; "
        "this run replaces it by the spec, so revert the spec too unless that is what you want"
    )
