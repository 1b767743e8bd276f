"""Switch a server to what was staged, with the rows that differ."""

from pathlib import Path
from typing import Any

from ansible.plugins.action import ActionBase

from mailspec.ansible import controller, findings, folder, lookup, remote
from mailspec.host import Host
from mailspec.rows import SCHEMA


class ActionModule(ActionBase):  # type: ignore[misc]
    """The action behind `mailspec_switch`."""

    _supports_check_mode = True

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """Switch; on failure the old generation is back and the services' own words are the message."""
        super().run(tmp, task_vars)
        variables = task_vars or {}
        server, path = str(variables["inventory_hostname"]), str(variables["mailspec_folder"])
        tree, found, spec = controller.tree(server), controller.kept(f"{server}.found"), folder.spec(path)
        host = Host(spec, server)
        about = {
            "generation": found["generation"],
            "files": {path: controller.entry(file) for path, file in tree.files.items()},
            "host": {
                "generations": spec.servers[server].generations,
                "addresses": [*host.ipv4, *host.ipv6],
                "ports": host.ports,
            },
            "by": remote.by(),
            "revision": remote.revision(Path(path)),
            "reason": "apply",
            "schema": SCHEMA if found["is_outdated"] else "",
            "moves": found["moves"],
            "confirm": remote.patience(self),
        }
        vault = controller.vault(path, self._loader, server)
        payload = {"run": found["run"], "about": about, "rows": lookup.payload(vault, found["rows"])}
        result = remote.call(self, "switch", payload, variables)
        if result.pop("confirm", False):
            confirmed = remote.confirm(self, found["run"], result["generation"], variables)
            result |= {key: value for key, value in confirmed.items() if key in {"failed", "msg", "exit_code"}}
        if said := result.pop("findings", []):
            result["msg"] += f"\n{findings.placed(said, 'health', server, path)}"
        if self._task.diff:
            moves = [{"prepared": f"mailbox of {old} moves to {new}\n"} for old, new in found["moves"]]
            result["diff"] = [*moves, *lookup.diffs(found["rows"])]
        return result
