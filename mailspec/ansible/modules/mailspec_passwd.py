"""Set passwords that belong to their users."""

from typing import Any

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.mailspec_host import passwd, wire
from ansible.module_utils.mailspec_host.failure import answer

DOCUMENTATION = """
module: mailspec_passwd
short_description: Set passwords that belong to their users
description:
  - A password set here works at once and takes the place of the initial one; no converge and no rollback takes it back.
  - Sessions of the account end.
options:
  answers: {description: A folder for what each server answers., type: path}
  passwords:
    description: A file on the controller with a line for each account, its address and a hash with its {SCHEME}.
    type: path
    required: true
author: mailspec
"""


def main() -> None:
    """Set them, or in a check say whether that would work."""
    module = AnsibleModule({"payload": {"type": "str", "no_log": True, "required": True}}, supports_check_mode=True)
    passwords = wire.unpack(module.params["payload"])

    def work() -> dict[str, Any]:
        (passwd.check if module.check_mode else passwd.put)(passwords)
        return {"changed": True}

    answer(module, work)


if __name__ == "__main__":
    main()
