"""DMARC in mail terms: what others do with forgeries, what proves mail, who gets the reports."""

from collections.abc import Iterator

from ..model.dmarc import Policy, Proof, failure_reports, reports
from .fact import Change, Difference, Fact, FactKey, Said, View
from .words import names

_WHAT = {Policy.NONE: "deliver {}", Policy.QUARANTINE: "treat {} as spam", Policy.REJECT: "refuse {}"}


def facts(view: View) -> Iterator[tuple[FactKey, Fact]]:
    """What the record of each domain says."""
    for domain, settings in view.spec.domains.items():
        path, dmarc = ("domains", domain, "dmarc"), settings.dmarc
        yield ("failure-reports", domain), Fact(failure_reports(view.spec, domain), path)
        yield ("forgery-policy", domain), Fact(dmarc.policy, path)
        yield ("forgery-policy-below", domain), Fact(dmarc.below, path)
        yield ("forgery-proof", domain), Fact(dmarc.strict, path)
        yield ("forgery-reports", domain), Fact(reports(view.spec, domain), path)
        yield ("forgery-trial", domain), Fact(dmarc.testing, path)


def said(change: Change) -> Iterator[Said]:
    """What changes in a record; that of a domain that comes or goes is in its own statement."""
    for kind, tell in _TELL.items():
        for found in change.of(kind):
            if found.old and found.new:
                yield from tell(change, found, found.old, found.new)


def _policy(_change: Change, found: Difference, old: Fact, new: Fact) -> Iterator[Said]:
    yield _asked(found, f"mail that forges {found.subject}", Policy(str(old.value)), Policy(str(new.value)))


def _below(change: Change, found: Difference, old: Fact, new: Fact) -> Iterator[Said]:
    """Where names below follow the domain, before and after, the statement about the domain says it."""
    own = ("forgery-policy", found.subject)
    if change.old[own] != old or change.new[own] != new:
        forged = f"mail that forges a name below {found.subject}"
        yield _asked(found, forged, Policy(str(old.value)), Policy(str(new.value)))


def _asked(found: Difference, forged: str, old: Policy, new: Policy) -> Said:
    text = f"others are asked to {_WHAT[new].format(forged)}, so far to {_WHAT[old].format('it')}"
    case = "~stricter" if new.rank > old.rank else "~weaker"
    return found.says(found.key[0], "~none" if new is Policy.NONE else case, found.subject, text)


def _proof(_change: Change, found: Difference, old: Fact, new: Fact) -> Iterator[Said]:
    before, after = (frozenset(f.value) if isinstance(f.value, frozenset) else frozenset() for f in (old, new))
    text = f"mail from {found.subject} is proved by {_counts(after)}, so far by {_counts(before)}"
    yield found.says("forgery-proof", "~looser" if before - after else "~stricter", found.subject, text)


def _counts(strict: frozenset[str]) -> str:
    return " or ".join(
        f"{proof.upper()} of {'that very name' if proof in strict else 'any name of the same owner'}" for proof in Proof
    )


def _reports(change: Change, found: Difference, old: Fact, new: Fact) -> Iterator[Said]:
    text = f"reports about mail that forges {found.subject} go to {_who(new)} instead of {_who(old)}"
    yield found.says("forgery-reports", _where(change, new), found.subject, text)


def _samples(change: Change, found: Difference, old: Fact, new: Fact) -> Iterator[Said]:
    failed = f"parts of mail that fails as mail from {found.subject}"
    text = f"{failed} go to {_who(new)} instead of {_who(old)}"
    yield found.says("failure-reports", _where(change, new) if new.value else "~nobody", found.subject, text)


def _who(fact: Fact) -> str:
    return names(fact.value if isinstance(fact.value, tuple) else ()) or "nobody"


def _where(change: Change, fact: Fact) -> str:
    found = fact.value if isinstance(fact.value, tuple) else ()
    return "~" if all(change.after.spec.is_ours(address) for address in found) else "~outside"


def _trial(_change: Change, found: Difference, _old: Fact, new: Fact) -> Iterator[Said]:
    if new.value:
        text = f"others are asked to act one step milder on mail that forges {found.subject}, for a trial"
        yield found.says("forgery-trial", "~on", found.subject, text)
    else:
        text = f"the trial of the policy for mail that forges {found.subject} is over"
        yield found.says("forgery-trial", "~off", found.subject, text)


_TELL = {
    "failure-reports": _samples,
    "forgery-policy": _policy,
    "forgery-policy-below": _below,
    "forgery-proof": _proof,
    "forgery-reports": _reports,
    "forgery-trial": _trial,
}
