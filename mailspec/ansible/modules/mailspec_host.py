"""The door of a server: every call comes in here, so that Ansible packs one module a run for all of them.

Each piece of work imports what it needs when it is asked for: what nobody asked for would only take time.
"""

import json
from typing import Any

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.mailspec_host import wire
from ansible.module_utils.mailspec_host.failure import answer

DOCUMENTATION = """
module: mailspec_host
short_description: Do a piece of work on a server
description:
  - What the actions of mailspec ask of a server; a playbook uses those.
options:
  work: {description: What to do., type: str, required: true}
  payload: {description: What it needs to know, packed., type: str, required: true}
author: mailspec
"""


def canary(asked: Any, check: bool) -> dict[str, Any]:
    """Prove the staged tree; answer what speaks against the switch."""
    from ansible.module_utils.mailspec_host import canary, generation, journal, lease, stage

    if not check:
        lease.renew(asked["run"])
    directory = generation.stage_directory(asked["run"], check)
    order = stage.order(directory, asked["files"], asked["services"])
    found = canary.prove(directory / "etc", directory / "files", {**order, "facts": asked["facts"]})
    if found["findings"]:
        stage.discard(asked["run"], check)
    else:
        journal.write_private(directory / "canary.json", json.dumps(asked["facts"]))
    return {"changed": False, **found}


def compare(asked: Any, check: bool) -> dict[str, Any]:
    """Answer what differs from the tree."""
    from ansible.module_utils.mailspec_host import compare

    found = compare.compare(asked, check)
    return {"changed": bool(found["undone"]), "packed": wire.pack(found)}


def confirm(asked: Any, _: bool) -> dict[str, Any]:
    """Confirm a switch over a new connection, or say that it is too late."""
    from ansible.module_utils.mailspec_host import switch

    return {**switch.confirm(asked["run"])}


def drift(asked: Any, _: bool) -> dict[str, Any]:
    """Answer what differs from the current generation."""
    from ansible.module_utils.mailspec_host import drift

    return {"changed": False, "packed": wire.pack(drift.drift(asked))}


def generations(asked: Any, _: bool) -> dict[str, Any]:
    """Answer which generations there are, or what differs between two of them."""
    from ansible.module_utils.mailspec_host import history

    found: Any = history.generations()
    if asked["before"]:
        found = history.difference(asked["before"], asked["after"])
    return {"changed": False, "packed": wire.pack(found)}


def passwd(asked: Any, check: bool) -> dict[str, Any]:
    """Set passwords that belong to their users, or in a check say whether that would work."""
    from ansible.module_utils.mailspec_host import passwd

    (passwd.check if check else passwd.put)(asked)
    return {"changed": True}


def purge(asked: Any, check: bool) -> dict[str, Any]:
    """Show what removed accounts left, and delete what is named; a check deletes nothing."""
    from ansible.module_utils.mailspec_host import purge

    found = purge.purge(asked, check)
    return {"changed": any(entry["purged"] for entry in found), "found": found}


def release(asked: Any, _: bool) -> dict[str, Any]:
    """Give back the lease that a comparison took."""
    from ansible.module_utils.mailspec_host import lease

    lease.release(asked["run"])
    return {"changed": False}


def rollback(asked: Any, check: bool) -> dict[str, Any]:
    """Go back to an earlier generation, or in a check say what would change."""
    from ansible.module_utils.mailspec_host import rollback

    return {"changed": True, **rollback.rollback(asked, check)}


def stage(asked: Any, check: bool) -> dict[str, Any]:
    """Stage and check the files of one service; answer what the checker said."""
    from ansible.module_utils.mailspec_host import stage

    return {"changed": True, **stage.stage(asked, check)}


def switch(asked: Any, check: bool) -> dict[str, Any]:
    """Switch to what was staged, or in a check only clean up."""
    from ansible.module_utils.mailspec_host import stage, switch

    if check:
        stage.discard(asked["run"], check)
        return {"changed": True}
    return {"changed": True, **switch.switch(asked["run"], asked["about"], asked["rows"])}


WORK = (canary, compare, confirm, drift, generations, passwd, purge, release, rollback, stage, switch)


def main() -> None:
    """Do what is asked, and answer."""
    known = {work.__name__: work for work in WORK}
    arguments = {
        "work": {"type": "str", "required": True, "choices": sorted(known)},
        "payload": {"type": "str", "no_log": True, "required": True},
    }
    module = AnsibleModule(arguments, supports_check_mode=True)
    work, payload = known[module.params["work"]], module.params["payload"]
    answer(module, lambda: work(wire.unpack(payload), module.check_mode))


if __name__ == "__main__":
    main()
