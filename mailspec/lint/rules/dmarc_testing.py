"""A trial of a policy that others take for none, or for no trial (RFC 9989)."""

from collections.abc import Iterator

from ...model.dmarc import Policy
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Domains with `testing` beside another policy than `reject`."""
    for name, domain in view.spec.domains.items():
        if domain.dmarc.testing and domain.dmarc.policy is not Policy.REJECT:
            fact = f"a trial of `{domain.dmarc.policy}` means `none` for `{name}`, so forged mail is delivered"
            hint = "set `policy: reject` for a trial of it, or leave `testing` out"
            yield Advice(("domains", name, "dmarc", "testing"), fact, hint)
