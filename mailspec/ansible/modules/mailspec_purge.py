"""Show the mailboxes of removed accounts, and delete those that are named."""

from typing import Any

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.mailspec_host import purge, wire
from ansible.module_utils.mailspec_host.failure import answer

DOCUMENTATION = """
module: mailspec_purge
short_description: Show the mailboxes of removed accounts, and delete those that are named
description:
  - Shows each tombstone of the server with its age and size.
  - Deletes the mailboxes that are named, with the passwords their users set; what was deleted can not come back.
options:
  early: {description: Whether one that is named may be younger than the retention time., type: bool, default: false}
  logins: {description: "Their names with commas between them, or C(expired) for all that are old enough.", type: str}
author: mailspec
"""


def main() -> None:
    """Show, and delete what is asked for; a check deletes nothing."""
    module = AnsibleModule({"payload": {"type": "str", "no_log": True, "required": True}}, supports_check_mode=True)

    def work() -> dict[str, Any]:
        found = purge.purge(wire.unpack(module.params["payload"]), module.check_mode)
        return {"changed": any(entry["purged"] for entry in found), "found": found}

    answer(module, work)


if __name__ == "__main__":
    main()
