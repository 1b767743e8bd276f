"""Switch a server to what was staged."""

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.mailspec_host import stage, switch, wire

DOCUMENTATION = """
module: mailspec_switch
short_description: Switch a server to what was staged
description:
  - Makes the staged files and the changed rows live together, reloads the services and sees that they are well.
  - When they are not, everything goes back and the task fails with the services' own words.
options: {}
author: mailspec
"""


def main() -> None:
    """Switch, or in a check only clean up."""
    module = AnsibleModule({"payload": {"type": "str", "no_log": True, "required": True}}, supports_check_mode=True)
    payload = wire.unpack(module.params["payload"])
    if module.check_mode:
        stage.discard(payload["run"], check=True)
        module.exit_json(changed=True)
    try:
        done = switch.switch(payload["run"], payload["about"], payload["rows"])
    except switch.SwitchError as error:
        module.fail_json(msg=f"the new generation did not work, the old one is back: {error}")
    module.exit_json(changed=True, **done)


if __name__ == "__main__":
    main()
