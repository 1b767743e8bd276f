"""A domain that nobody sends from, and that forgers may use."""

from collections.abc import Iterator

from ...model.dmarc import Policy
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Domains without any address of their own whose policy is not `reject`."""
    domains = view.spec.domains
    idle = {name: domain for name, domain in domains.items() if not domain.alias_of}
    for route in view.named:
        idle.pop(route.address.partition("@")[2], None)
        if not idle:
            return
    for name, domain in idle.items():
        policy = domain.dmarc.policy
        if policy is not Policy.REJECT:
            fact = f"`{name}` has no address of its own, so all mail from it is forged; its policy is `{policy}`"
            yield Advice(("domains", name), fact, "set `dmarc: reject`, or make it an alias of another domain")
