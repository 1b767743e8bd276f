"""Prove the staged tree with throw-away daemons."""

import json
from typing import Any

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.mailspec_host import canary, generation, journal, lease, stage, wire
from ansible.module_utils.mailspec_host.failure import answer

DOCUMENTATION = """
module: mailspec_canary
short_description: Prove the staged tree with throw-away daemons
description:
  - Starts Unbound, the store, Rspamd, Dovecot and Postfix with the staged files in namespaces of their own.
  - They must sign, deliver and refuse what they are there for, and say nothing unexpected.
  - Nothing of it touches what runs on the server, and nothing stays.
options: {}
author: mailspec
"""


def main() -> None:
    """Prove, and answer what speaks against the switch."""
    module = AnsibleModule({"payload": {"type": "str", "no_log": True, "required": True}}, supports_check_mode=True)
    payload = wire.unpack(module.params["payload"])

    def work() -> dict[str, Any]:
        if not module.check_mode:
            lease.renew(payload["run"])
        directory = generation.stage_directory(payload["run"], module.check_mode)
        order = stage.order(directory, payload["files"], payload["services"])
        found = canary.prove(directory / "etc", directory / "files", {**order, "facts": payload["facts"]})
        if found["findings"]:
            stage.discard(payload["run"], module.check_mode)
        else:
            journal.write_private(directory / "canary.json", json.dumps(payload["facts"]))
        return {"changed": False, **found}

    answer(module, work)


if __name__ == "__main__":
    main()
