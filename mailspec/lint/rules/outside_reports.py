"""Reports for a domain that has to agree to get them (RFC 9990, 4)."""

from collections.abc import Iterator

from ...model.dmarc import REPORT
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO


def check(view: View) -> Iterator[Advice]:
    """Report addresses in domains that are not ours."""
    for name, domain in view.spec.domains.items():
        for key in ("reports", "failure_reports"):
            for index, address in enumerate(getattr(domain.dmarc, key)):
                if not view.spec.is_ours(view.spec.address(address)):
                    record = f"{name}{REPORT}{address.rpartition('@')[2]}"
                    fact = f"`{address}` gets reports only if its domain publishes `{record}`"
                    hint = "ask its operator, and silence this finding once the record is there"
                    yield Advice(("domains", name, "dmarc", key, index), fact, hint)
