"""Stage and check the differing files of one service."""

from typing import Any

from ansible.plugins.action import ActionBase

from mailspec.ansible import controller, findings, folder, remote
from mailspec.rows import SCHEMA

_LISTS = (
    *("units", "prepare", "check", "harmless", "apply", "reload", "restart_on", "listen", "probe", "watch"),
    *("folders", "grown"),
)


class ActionModule(ActionBase):  # type: ignore[misc]
    """The action behind `mailspec_stage`."""

    _supports_check_mode = True

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """Stage and check; fails with file, template and line of what the service's checker said."""
        super().run(tmp, task_vars)
        variables = task_vars or {}
        server, path = str(variables["inventory_hostname"]), str(variables["mailspec_folder"])
        arguments = self._task.args
        tree, found = controller.tree(server), controller.kept(f"{server}.found")
        vault = folder.vault(path, self._loader, server)
        name = str(arguments["service"])
        differing = [path for path, why in found["files"].items() if why["service"] == name]
        files = [tree.files[path] for path in differing if path in tree.files]
        removed = [path for path in differing if path not in tree.files]
        service = {key: arguments.get(key) or [] for key in _LISTS} | {
            "service": name,
            "confirm": bool(arguments.get("confirm")),
            "files": [path for path, file in tree.files.items() if file.service == name],
            "changed": differing,
        }
        payload = {
            "run": found["run"],
            "service": service,
            "files": [controller.sent(file, vault) for file in files],
            "removed": removed,
            "schema": SCHEMA,
            "anew": found["is_outdated"],
        }
        result = remote.call(self, "stage", payload, variables)
        if self._task.diff:
            result["diff"] = controller.file_diffs(files, found["files"])
            result["diff"] += controller.removal_diffs(removed, found["files"])
        if unchecked := result.pop("unchecked", []):
            result["warnings"] = [*result.get("warnings", []), *(f"{name} is not checked: {why}" for why in unchecked)]
        if said := result.pop("findings", []):
            result |= {"failed": True, "msg": findings.explained(said, name, server, path)}
        return result
