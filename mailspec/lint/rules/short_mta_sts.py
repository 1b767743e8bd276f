"""A TLS policy that others soon forget (RFC 8461, 3.2)."""

from collections.abc import Iterator

from ...model.mta_sts import WEEK, Mode
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Enforced policies that are kept for less than a week."""
    for name, domain in view.spec.domains.items():
        if domain.mta_sts and domain.mta_sts.mode is Mode.ENFORCE and domain.mta_sts.max_age < WEEK:
            fact = f"others forget the policy of `{name}` within a week, and then fetch it anew"
            hint = "leave `max_age` out for a week, or set some weeks: then an attacker has to wait that long"
            yield Advice(("domains", name, "mta_sts", "max_age"), fact, hint)
