"""Stage and check the differing files of one service."""

from pathlib import Path
from typing import Any

from ansible.plugins.action import ActionBase

from mailspec import local
from mailspec.ansible import controller
from mailspec.ansible.module_utils.mailspec_host import wire
from mailspec.load import Source
from mailspec.model.domain import MailDomain
from mailspec.problem import Place, Problem, SpecError
from mailspec.render import template_line
from mailspec.rows import SCHEMA, WATCH
from mailspec.tree import Tree

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
        server, arguments = str(variables["inventory_hostname"]), self._task.args
        tree, found = controller.tree(server), controller.kept(f"{server}.found")
        vault = controller.vault(str(variables["mailspec_folder"]), self._loader, server)
        name = str(arguments["service"])
        differing = [path for path, why in found["files"].items() if why["service"] == name]
        files = [tree.files[path] for path in differing if path in tree.files]
        removed = [path for path in differing if path not in tree.files]
        service = {key: arguments.get(key) or [] for key in _LISTS} | {
            "service": name,
            "files": [path for path, file in tree.files.items() if file.service == name],
            "changed": differing,
        }
        payload = {
            "run": found["run"],
            "service": service,
            "files": [controller.sent(file, vault) for file in files],
            "removed": removed,
            "schema": SCHEMA,
            "watch": WATCH,
        }
        result: dict[str, Any] = self._execute_module(
            module_name="mailspec_stage", module_args={"payload": wire.pack(payload)}, task_vars=variables
        )
        if self._task.diff:
            result["diff"] = controller.file_diffs(files, found["files"])
            result["diff"] += controller.removal_diffs(removed, found["files"])
        if findings := result.pop("findings", []):
            source, templates = Source(Path(str(variables["mailspec_folder"]))), Path(controller.kept("templates"))
            spec = source.spec()
            error = SpecError([_problem(finding, name, tree, source, spec, templates) for finding in findings])
            result |= {
                "failed": True,
                "msg": f"{name} on {server} keeps its configuration; nothing is changed\n\n{error}",
            }
        return result


def _problem(
    finding: dict[str, Any], service: str, tree: Tree, source: Source, spec: MailDomain, templates: Path
) -> Problem:
    file = tree.files.get(finding["path"])
    if not file:
        return Problem(Place(service), "check", finding["text"], "what runs on the server is untouched")
    fact = f"{file.path}:{finding['line'] or 1}: {finding['text']}"
    if finding["line"] and (place := local.place(source, spec, file, finding["line"])):
        return Problem(place, "check", fact, "mend the fragment; what runs on the server is untouched")
    line = template_line(spec, tree.server, file, finding["line"], templates) if finding["line"] else 1
    hint = "mend the template; what runs on the server is untouched"
    return Problem(Place(f"templates/{file.template}", line), "check", fact, hint)
