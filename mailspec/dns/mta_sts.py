"""MTA-STS: that a domain has a policy, which one, and where its file is (RFC 8461)."""

import hashlib
from collections.abc import Iterator

from ..model.domain import MailDomain
from ..model.mta_sts import Mode, hosts
from .record import Record, record, txt

_REASONS = {
    Mode.ENFORCE: "Others send mail to {} over TLS or not at all, as the file says.",
    Mode.TESTING: "Others report where mail to {} could not travel over TLS, and send it all the same.",
    Mode.NONE: "Others forget the policy that {} had.",
}


def records(spec: MailDomain) -> Iterator[Record]:
    """One record for each domain with a policy, and the way to its file where the spec knows the web server."""
    for name, domain in spec.domains.items():
        if domain.mta_sts:
            reason = _REASONS[domain.mta_sts.mode].format(name)
            yield txt(f"_mta-sts.{name}", f"v=STSv1; id={_id(policy(spec, name))};", reason)
            if domain.mta_sts.web:
                reason = f"Serves https://mta-sts.{name}/.well-known/mta-sts.txt with a certificate of that name."
                yield record(f"mta-sts.{name}", "CNAME", [f"{domain.mta_sts.web}."], reason)


def policy(spec: MailDomain, name: str) -> str:
    """The policy file of a domain; empty where it has none."""
    found = spec.domains[name].mta_sts
    if found is None:
        return ""
    lines = ["version: STSv1", f"mode: {found.mode}", *(f"mx: {host}" for host in hosts(spec, name))]
    return "".join(f"{line}\r\n" for line in (*lines, f"max_age: {found.max_age}"))


def policies(spec: MailDomain) -> dict[str, str]:
    """The policy files by the place where the web has them: the host, then the path."""
    found = {name: policy(spec, name) for name in spec.domains}
    return {f"mta-sts.{name}/.well-known/mta-sts.txt": text for name, text in found.items() if text}


def _id(policy: str) -> str:
    """Changes with the policy and never otherwise, so that others fetch the file when there is a new one."""
    return hashlib.sha256(policy.encode()).hexdigest()[:20]
