"""A domain of which others refuse nothing, by SPF or by DMARC."""

from collections.abc import Iterator

from ...model.dmarc import Policy
from ...model.spf import Others
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Domains with `policy: softfail` that DMARC does not protect either."""
    for name, domain in view.spec.domains.items():
        if domain.spf.policy is Others.SOFTFAIL and domain.dmarc.policy is Policy.NONE:
            fact = f"with `softfail` and `dmarc: none` others deliver mail from `{name}` wherever it comes from"
            hint = "name whoever else sends and leave `policy` out, or set `dmarc: quarantine`"
            yield Advice(("domains", name, "spf", "policy"), fact, hint)
