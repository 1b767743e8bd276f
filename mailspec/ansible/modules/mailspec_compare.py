"""Compare a server with its tree."""

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.mailspec_host import compare, wire

DOCUMENTATION = """
module: mailspec_compare
short_description: Compare a server with its tree
description:
  - Asks the server, in one call, what differs from the tree that C(mailspec_render) made.
  - Undoes a switch that did not end. Changes nothing else, but keeps other runs away when something differs.
  - Fails when managed files were changed by hand, unless they may be replaced.
options:
  hand_edits:
    description: What to do about hand edits, instead of what the spec says.
    type: str
    choices: [stop, replace]
author: mailspec
"""


def main() -> None:
    """Answer what differs."""
    module = AnsibleModule({"payload": {"type": "str", "no_log": True, "required": True}}, supports_check_mode=True)
    found = compare.compare(wire.unpack(module.params["payload"]), module.check_mode)
    module.exit_json(changed=bool(found["undone"]), packed=wire.pack(found))


if __name__ == "__main__":
    main()
