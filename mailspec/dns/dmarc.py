"""DMARC: what others shall do with mail that forges a domain, and where they report it (RFC 9989, RFC 9990).

Readers of the older RFC 7489 want `p` second and ignore `np` and `t`. Reports about a domain go to an address of
another one only if that one agrees by a record of its own; where it is ours, it does.
"""

from collections.abc import Iterator

from ..model.dmarc import REPORT, Dmarc, Policy, Proof, failure_reports, reports
from ..model.domain import MailDomain
from .record import Record, txt

_REASONS = {
    Policy.NONE: "Others report mail that forges {}, and deliver it.",
    Policy.QUARANTINE: "Others put mail that forges {} into the spam folder.",
    Policy.REJECT: "Others refuse mail that forges {}.",
}


def records(spec: MailDomain) -> Iterator[Record]:
    """One record for each domain, and one for each other domain of ours that takes its reports."""
    for name, domain in spec.domains.items():
        daily, failures = reports(spec, name), failure_reports(spec, name)
        tags = [*_policies(domain.dmarc), *_receivers("rua", daily), *_receivers("ruf", failures)]
        if failures:
            tags.append("fo=1")  # also when only one of DKIM and SPF fails, which is what they are for
        yield txt(f"_dmarc.{name}", "; ".join(tags), _REASONS[domain.dmarc.policy].format(name))
        for host in sorted({address.rpartition("@")[2] for address in (*daily, *failures)}):
            if host != name and host in spec.domains:
                yield txt(f"{name}{REPORT}{host}", "v=DMARC1;", f"Agrees that {host} gets reports about {name}.")


def _policies(dmarc: Dmarc) -> Iterator[str]:
    """Names below the domain that do not exist never send mail, so forging them is refused."""
    yield from ("v=DMARC1", f"p={dmarc.policy}")
    if dmarc.below is not dmarc.policy:
        yield f"sp={dmarc.below}"
    if dmarc.policy is not Policy.NONE:
        yield "np=reject"
    if dmarc.testing:
        yield "t=y"
    for tag, proof in (("adkim", Proof.DKIM), ("aspf", Proof.SPF)):
        if proof in dmarc.strict:
            yield f"{tag}=s"


def _receivers(tag: str, addresses: tuple[str, ...]) -> list[str]:
    return [f"{tag}={','.join(f'mailto:{address}' for address in addresses)}"] if addresses else []
