"""Tombstones on the controller: which new accounts have the name of a removed one, and what a run says about it."""

import time
from typing import Any

from ..load import Source
from ..model.domain import MailDomain
from ..problem import Problem, SpecError


def renamed(spec: MailDomain) -> dict[str, str]:
    """The login that each renamed account had, by the one it has."""
    return {spec.address(name): spec.address(before) for name, before in spec.renamed.items()}


def refused(spec: MailDomain, found: dict[str, Any], restore: str) -> list[str]:
    """The accounts, as the spec names them, that would get the mailbox of a removed one unasked."""
    asked = {spec.address(name.strip().lower()) for name in restore.split(",") if name.strip()}
    buried = found["tombstones"].keys() - asked
    return [name for name in spec.accounts if spec.address(name) in buried] if buried else []


def text(spec: MailDomain, source: Source, found: dict[str, Any], names: list[str]) -> str:
    """Why the run ends before it changes anything."""
    places = source.places([("accounts", name) for name in names], exact=False)
    problems = []
    for name in names:
        removed = found["tombstones"][spec.address(name)]
        day = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(removed))
        fact = f"`{name}` was removed on {day}, and that mailbox is still there; nothing is changed"
        hint = f"for the same person run again with `-e mailspec_restore={name}`"
        hint += "; for another one choose another name, or purge the mailbox first (`playbooks/purge.yml`)"
        problems.append(Problem(places["accounts", name], "tombstone", fact, hint))
    return f"\n{SpecError(problems)}"
