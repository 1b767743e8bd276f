"""PTR: the name of each address, equal to the greeting of the server (RFC 1912, 2.1).

Whoever gave you the addresses publishes these.
"""

from collections.abc import Iterator

import dns.reversename

from ..model.domain import MailDomain
from .record import Record, record


def records(spec: MailDomain) -> Iterator[Record]:
    """One record for each address."""
    for name, server in spec.servers.items():
        for address in server.addresses:
            reverse = dns.reversename.from_address(str(address)).to_text(omit_final_dot=True)
            yield record(
                reverse, "PTR", [f"{name}."], f"Many refuse mail from {address} unless it has the name {name}."
            )
