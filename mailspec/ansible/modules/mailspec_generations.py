"""List the generations of a server, or what differs between two of them."""

from typing import Any

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.mailspec_host import history, wire
from ansible.module_utils.mailspec_host.failure import answer

DOCUMENTATION = """
module: mailspec_generations
short_description: List the generations of a server, or what differs between two of them
description:
  - Changes nothing, and shows no secret.
options:
  before: {description: The generation to compare with., type: int}
  after: {description: The generation that is compared., type: int}
author: mailspec
"""


def main() -> None:
    """Answer what was asked."""
    module = AnsibleModule({"payload": {"type": "str", "no_log": True, "required": True}}, supports_check_mode=True)
    asked = wire.unpack(module.params["payload"])

    def work() -> dict[str, Any]:
        if asked["before"]:
            return {"changed": False, "packed": wire.pack(history.difference(asked["before"], asked["after"]))}
        return {"changed": False, "packed": wire.pack(history.generations())}

    answer(module, work)


if __name__ == "__main__":
    main()
