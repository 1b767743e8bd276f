"""Switch a server to what was staged."""

from typing import Any

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.mailspec_host import stage, switch, wire
from ansible.module_utils.mailspec_host.failure import answer

DOCUMENTATION = """
module: mailspec_switch
short_description: Switch a server to what was staged
description:
  - Makes the staged files and the changed rows live together, reloads the services and sees that they are well.
  - When they are not, everything goes back and the task fails with the services' own words.
options:
  confirm: {description: Seconds until a new firewall goes back unless it is confirmed., type: int, default: 60}
author: mailspec
"""


def main() -> None:
    """Switch, or in a check only clean up."""
    module = AnsibleModule({"payload": {"type": "str", "no_log": True, "required": True}}, supports_check_mode=True)
    payload = wire.unpack(module.params["payload"])

    def work() -> dict[str, Any]:
        if module.check_mode:
            stage.discard(payload["run"], check=True)
            return {"changed": True}
        return {"changed": True, **switch.switch(payload["run"], payload["about"], payload["rows"])}

    answer(module, work)


if __name__ == "__main__":
    main()
