"""Compare a server with its tree."""

from typing import Any

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.mailspec_host import compare, lease, wire
from ansible.module_utils.mailspec_host.failure import answer

DOCUMENTATION = """
module: mailspec_compare
short_description: Compare a server with its tree
description:
  - Asks the server, in one call, what differs from the tree that C(mailspec_render) made.
  - Undoes a switch that did not end. Changes nothing else, but keeps other runs away when something differs.
  - Fails when managed files were changed by hand, unless they may be replaced.
  - Fails when a new account has the name of a removed one whose mailbox is still there, unless it is to have it.
options:
  hand_edits:
    description: What to do about hand edits, instead of what the spec says.
    type: str
    choices: [stop, replace]
  restore:
    description: Accounts that may have the mailbox of a removed one of their name, with commas between them.
    type: str
author: mailspec
"""


def main() -> None:
    """Answer what differs."""
    module = AnsibleModule({"payload": {"type": "str", "no_log": True, "required": True}}, supports_check_mode=True)

    def work() -> dict[str, Any]:
        wanted = wire.unpack(module.params["payload"])
        if run := wanted.get("release"):
            lease.release(run)
            return {"changed": False}
        found = compare.compare(wanted, module.check_mode)
        return {"changed": bool(found["undone"]), "packed": wire.pack(found)}

    answer(module, work)


if __name__ == "__main__":
    main()
