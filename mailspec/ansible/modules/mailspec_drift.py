"""Compare a server with its current generation."""

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.mailspec_host import drift, wire

DOCUMENTATION = """
module: mailspec_drift
short_description: Compare a server with its current generation
description:
  - Names every file, row, service, port and firewall rule that differs from what the last converge left there.
  - Changes nothing, fails when there is a difference.
options:
  json: {description: A file on the controller for the report of all servers., type: path}
author: mailspec
"""


def main() -> None:
    """Answer what differs."""
    module = AnsibleModule({"payload": {"type": "str", "required": True}}, supports_check_mode=True)
    try:
        found = drift.drift(wire.unpack(module.params["payload"]))
    except OSError as error:
        module.fail_json(msg=f"the server can not be compared: {error}")
    module.exit_json(changed=False, packed=wire.pack(found))


if __name__ == "__main__":
    main()
