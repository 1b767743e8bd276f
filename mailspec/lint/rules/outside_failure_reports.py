"""Parts of private mail for somebody who is not of us (RFC 9991, 6)."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Addresses for failure reports in domains that are not ours."""
    for name, domain in view.spec.domains.items():
        for index, address in enumerate(domain.dmarc.failure_reports):
            if not view.spec.is_ours(view.spec.address(address)):
                fact = f"`{address}` gets parts of mail that people of `{name}` wrote, when it fails on the way"
                hint = "send failure reports to an address of ours; `reports` hold no mail, and may leave"
                yield Advice(("domains", name, "dmarc", "failure_reports", index), fact, hint)
