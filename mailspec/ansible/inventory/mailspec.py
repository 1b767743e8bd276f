"""The servers of a spec as an Ansible inventory: `ansible-playbook -i inventories/demo site.yml`."""

from pathlib import Path
from typing import Any

from ansible.errors import AnsibleParserError
from ansible.plugins.inventory import BaseInventoryPlugin

DOCUMENTATION = """
name: mailspec
plugin_type: inventory
short_description: The servers of a mail spec
description:
  - Reads C(mail.yml) of an inventory folder; each server is a host, in groups by role and release.
  - C(ansible_host) is the first address of the server; C(host_vars/) beside the spec may say otherwise.
options: {}
author: mailspec
"""


class InventoryModule(BaseInventoryPlugin):  # type: ignore[misc]
    """Hosts from the spec; every other file of its folder is a part of the spec, not an inventory."""

    NAME = "mailspec"

    def verify_file(self, path: str) -> bool:
        """Whether the file belongs to a spec folder."""
        return any((parent / "mail.yml").is_file() for parent in list(Path(path).parents)[:2])

    def parse(self, inventory: Any, loader: Any, path: str, cache: bool = True) -> None:
        """Add the servers; a spec with problems ends the run with all of them."""
        super().parse(inventory, loader, path, cache)
        if Path(path).name != "mail.yml":
            return
        from mailspec.ansible import folder
        from mailspec.problem import SpecError

        try:
            spec = folder.read(Path(path), loader)
        except SpecError as error:
            raise AnsibleParserError(str(error)) from None
        here = str(Path(path).resolve().parent)
        inventory.add_group("mailspec")
        for name, server in spec.servers.items():
            other = inventory.hosts[name].vars.get("mailspec_folder") if name in inventory.hosts else None
            if other and other != here:
                raise AnsibleParserError(_twice(name, Path(path), Path(other)))
            inventory.add_host(name, group="mailspec")
            inventory.set_variable(name, "ansible_host", str(server.addresses[0]))
            inventory.set_variable(name, "mailspec_folder", here)
            inventory.set_variable(name, "mailspec_release", server.os.value)
            for label in (server.os.value, *server.roles):
                group = inventory.add_group(label.replace("-", "_"))
                inventory.add_host(name, group=group)


def _twice(server: str, path: Path, other: Path) -> str:
    from mailspec import files
    from mailspec.problem import SpecError

    fact = f"the server `{server}` already stands in {files.name(other / 'mail.yml')}"
    return str(
        SpecError.at(files.name(path), "server-twice", fact, "a server belongs to one spec: remove it from the other")
    )
