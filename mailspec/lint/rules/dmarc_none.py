"""A domain that lets others deliver forged mail in its name (RFC 9989)."""

from collections.abc import Iterator

from ...model.dmarc import Policy
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Domains with `dmarc: none`."""
    for name, domain in view.spec.domains.items():
        if domain.dmarc.policy is Policy.NONE:
            fact = f"with `dmarc: none` others deliver mail that forges `{name}`"
            hint = "read the reports for some weeks, then set `dmarc: quarantine`"
            yield Advice(("domains", name, "dmarc"), fact, hint)
