"""A TLS policy that protects nobody yet (RFC 8461, 5)."""

from collections.abc import Iterator

from ...model.mta_sts import Mode
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO


def check(view: View) -> Iterator[Advice]:
    """Policies in `testing`."""
    for name, domain in view.spec.domains.items():
        if domain.mta_sts and domain.mta_sts.mode is Mode.TESTING:
            fact = f"the policy of `{name}` is a trial: mail still travels in the open where TLS fails"
            hint = "read what `tls-reports` gets for some weeks, then set `mode: enforce`"
            yield Advice(("domains", name, "mta_sts", "mode"), fact, hint)
