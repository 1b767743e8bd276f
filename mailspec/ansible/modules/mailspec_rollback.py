"""Bring a server back to an earlier generation."""

from typing import Any

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.mailspec_host import rollback, wire
from ansible.module_utils.mailspec_host.failure import answer

DOCUMENTATION = """
module: mailspec_rollback
short_description: Bring a server back to an earlier generation
description:
  - Files and rows become those of an earlier generation, through the same checks, switch and health as a converge.
  - Mail, and passwords that users changed, stay as they are.
options:
  confirm: {description: Seconds until a new firewall goes back unless it is confirmed., type: int, default: 60}
  generation: {description: The number of the generation; the previous one by default., type: int}
author: mailspec
"""


def main() -> None:
    """Go back, or in a check say what would change."""
    module = AnsibleModule({"payload": {"type": "str", "no_log": True, "required": True}}, supports_check_mode=True)

    def work() -> dict[str, Any]:
        return {"changed": True, **rollback.rollback(wire.unpack(module.params["payload"]), module.check_mode)}

    answer(module, work)


if __name__ == "__main__":
    main()
