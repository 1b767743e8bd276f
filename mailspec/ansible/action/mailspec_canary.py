"""Prove the staged tree with throw-away daemons before anything is switched."""

from typing import Any

from ansible.plugins.action import ActionBase

from mailspec import canary
from mailspec.ansible import controller, findings, folder, remote


class ActionModule(ActionBase):  # type: ignore[misc]
    """The action behind `mailspec_canary`."""

    _supports_check_mode = True

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """Prove; fails with what was tried, the daemons' words, file, template and line."""
        super().run(tmp, task_vars)
        variables = task_vars or {}
        server, path = str(variables["inventory_hostname"]), str(variables["mailspec_folder"])
        found, tree = controller.kept(f"{server}.found"), controller.tree(server)
        payload = {
            "run": found["run"],
            "facts": canary.facts(folder.spec(path), server),
            "files": {path: file.service for path, file in tree.files.items()},
            "services": list(controller.SERVICES),
        }
        result = remote.call(self, "canary", payload, variables)
        if skipped := result.pop("skipped", []):
            result["warnings"] = [*result.get("warnings", []), *skipped]
        if said := result.pop("findings", []):
            result |= {"failed": True, "msg": findings.explained(said, "canary", server, path)}
        return result
