"""DMARC: what others shall do with mail that forges a domain, and where they report it (RFC 9989, RFC 9990).

Readers of the older RFC 7489 want `p` second and ignore `np`. Reports go to the domain itself, so that nobody has
to authorise a foreign address.
"""

from collections.abc import Iterator

from ..model.domain import MailDomain
from ..model.domains import Dmarc
from .record import Record, txt

_REASONS = {
    Dmarc.NONE: "Others report mail that forges {}, and deliver it.",
    Dmarc.QUARANTINE: "Others put mail that forges {} into the spam folder.",
    Dmarc.REJECT: "Others refuse mail that forges {}.",
}


def records(spec: MailDomain) -> Iterator[Record]:
    """One record for each domain; names below it that do not exist never send mail, so forging them is refused."""
    for name, domain in spec.domains.items():
        tags = ["v=DMARC1", f"p={domain.dmarc.value}"]
        if domain.dmarc is not Dmarc.NONE:
            tags.append("np=reject")
        tags.append(f"rua=mailto:dmarc-reports@{name}")
        yield txt(f"_dmarc.{name}", "; ".join(tags), _REASONS[domain.dmarc].format(name))
