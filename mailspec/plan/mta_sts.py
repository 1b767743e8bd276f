"""MTA-STS in mail terms: whether others insist on TLS, and at which servers."""

from collections.abc import Iterator

from ..model.mta_sts import Mode, hosts
from .fact import Change, Fact, FactKey, Said, View
from .words import names, time

_DO = {
    Mode.ENFORCE: "hold mail to {} back where TLS fails",
    Mode.TESTING: "report where TLS fails on the way to {}, and send all the same",
    Mode.NONE: "forget the policy of {}",
}


def facts(view: View) -> Iterator[tuple[FactKey, Fact]]:
    """The parts of each policy."""
    for domain, settings in view.spec.domains.items():
        if policy := settings.mta_sts:
            path = ("domains", domain, "mta_sts")
            yield ("tls-policy", domain), Fact(policy.mode, path)
            yield ("tls-policy-age", domain), Fact(policy.max_age, (*path, "max_age"))
            yield ("tls-policy-file", domain), Fact(policy.web, (*path, "web"))
            yield ("tls-policy-hosts", domain), Fact(hosts(view.spec, domain), path)


def said(change: Change) -> Iterator[Said]:
    """Policies that come, go or change; a domain that comes may bring one."""
    yield from _modes(change)
    for found in change.of("tls-policy-hosts"):
        if found.old and found.new:
            old, new = (names(f.value if isinstance(f.value, tuple) else ()) for f in (found.old, found.new))
            text = f"mail to {found.subject} goes only to {new}, by the policy that others keep, instead of {old}"
            yield found.says("tls-policy-hosts", "~", found.subject, text)
    for found in change.of("tls-policy-age"):
        if found.old and found.new:
            old_age, new_age = int(str(found.old.value)), int(str(found.new.value))
            text = f"others keep the policy of {found.subject} for {time(new_age)} instead of {time(old_age)}"
            yield found.says("tls-policy-age", "~more" if new_age > old_age else "~less", found.subject, text)
    for found in change.of("tls-policy-file"):
        if found.old and found.new:
            old_web, new_web = (str(fact.value or "elsewhere") for fact in (found.old, found.new))
            text = f"the policy of {found.subject} is fetched from {new_web}, so far from {old_web}"
            yield found.says("tls-policy-file", "~", found.subject, text)


def _modes(change: Change) -> Iterator[Said]:
    removed = change.removed_domains()
    for found in change.of("tls-policy"):
        domain = found.subject
        if found.new:
            mode = Mode(str(found.new.value))
            case = f"{found.sign}{mode}"
            yield found.says("tls-policy", case, domain, f"others are asked to {_DO[mode].format(domain)} (MTA-STS)")
        elif found.old and domain not in removed:
            case = "-enforce" if found.old.value is Mode.ENFORCE else "-"
            text = f"others no longer find a policy that mail to {domain} needs TLS (MTA-STS)"
            yield found.says("tls-policy", case, domain, text)
