"""SPF in mail terms: who else sends mail as a domain."""

from collections.abc import Iterator

from ..model.spf import Others, spoken
from .fact import Change, Difference, Fact, FactKey, Said, View
from .words import names

_REST = {Others.FAIL: "refuse", Others.SOFTFAIL: "only suspect"}


def facts(view: View) -> Iterator[tuple[FactKey, Fact]]:
    """The senders of each domain besides our servers, and what becomes of mail from anywhere else."""
    for domain, settings in view.spec.domains.items():
        yield ("outside-mail", domain), Fact(settings.spf.policy, ("domains", domain, "spf", "policy"))
        yield ("outside-senders", domain), Fact(settings.spf.senders, ("domains", domain, "spf"))


def said(change: Change) -> Iterator[Said]:
    """What becomes of the senders of each domain, also of one that comes."""
    for found in change.of("outside-mail"):
        if found.old and found.new:
            old, new = (Others(str(fact.value)) for fact in (found.old, found.new))
            text = f"others are asked to {_REST[new]} mail from {found.subject} that comes from anywhere else"
            case = "~stricter" if new is Others.FAIL else "~weaker"
            yield found.says("outside-mail", case, found.subject, f"{text}, so far to {_REST[old]} it")
    for found in change.of("outside-senders"):
        if found.new:
            yield from _senders(found)


def _senders(found: Difference) -> Iterator[Said]:
    old, new = (set(fact.value) if fact and isinstance(fact.value, tuple) else set() for fact in (found.old, found.new))
    more, less = (names(map(spoken, senders)) for senders in (new - old, old - new))
    domain = found.subject
    if more and less:
        text = f"{more} may send mail as {domain} instead of {less}"
        yield found.says("outside-senders", "~", domain, text)
    elif more:
        yield found.says("outside-senders", "+", domain, f"{more} may send mail as {domain} as well")
    elif less:
        yield found.says("outside-senders", "-", domain, f"{less} may no longer send mail as {domain}")
