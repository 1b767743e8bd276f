"""MTA-STS: that a domain has a policy, which one, and where its file is (RFC 8461)."""

import hashlib
from collections.abc import Iterator

from ..model.domain import MailDomain
from ..model.mta_sts import Mode
from ..mta_sts import policy
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


def _id(policy: str) -> str:
    """Changes with the policy and never otherwise, so that others fetch the file when there is a new one."""
    return hashlib.sha256(policy.encode()).hexdigest()[:20]
