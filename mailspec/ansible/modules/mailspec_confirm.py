"""Confirm a switch over a new connection."""

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.mailspec_host import switch, wire
from ansible.module_utils.mailspec_host.failure import answer

DOCUMENTATION = """
module: mailspec_confirm
short_description: Confirm a switch over a new connection
description:
  - C(mailspec_switch) and C(mailspec_rollback) call it when the firewall changed; without it the server goes back.
options: {}
author: mailspec
"""


def main() -> None:
    """Confirm, or say that it is too late."""
    module = AnsibleModule({"payload": {"type": "str", "no_log": True, "required": True}})
    answer(module, lambda: switch.confirm(wire.unpack(module.params["payload"])["run"]))


if __name__ == "__main__":
    main()
