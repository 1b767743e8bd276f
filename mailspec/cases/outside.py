"""The domains of other people: two that every test knows, and those the spec names."""

from ..model.domain import MailDomain
from ..model.groups import references

FRIEND = "friend.example"
"""Signs its mail, publishes SPF and asks to reject forgeries."""
DUBIOUS = "dubious.example"
"""Signs nothing, and asks to put mail aside that does not come from its own server."""
PLAIN = "plain.example"
"""Publishes nothing but its MX."""
RELAY = f"relay.{FRIEND}"
"""A server that takes mail to everybody, where the spec has one that does."""
STRANGER = f"stranger@{FRIEND}"
"""A sender nobody here knows, with nothing to hide."""
REFUSING = f"refuse@{FRIEND}"
"""An address the far end refuses."""
SELECTOR = "test"
"""The DKIM selector of every domain outside but `PLAIN`."""


def outside_domains(spec: MailDomain) -> list[str]:
    """The domains of other people that the spec names, sorted."""
    names = [*spec.spam.allow, *spec.spam.deny]
    for name, _ in references(spec):
        names += [address for _, address in spec.people([name])]
    found = {name.rpartition("@")[2] for name in names}
    return sorted(found - spec.domains.keys())
