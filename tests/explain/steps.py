"""Walking through explanations."""

from collections.abc import Iterator

from mailspec.explain import Step, explain
from mailspec.model.domain import MailDomain


def steps(step: Step) -> Iterator[Step]:
    """A step and all below it."""
    yield step
    for below in step.next:
        yield from steps(below)


def ends(spec: MailDomain, address: str) -> frozenset[str]:
    """The mailboxes and external addresses an explanation ends in."""
    found = {step.address for step in steps(explain(spec, address).mail) if step.kind in {"mailbox", "outside"}}
    return frozenset(name if not spec.is_ours(name) else spec.address(name) for name in found)
