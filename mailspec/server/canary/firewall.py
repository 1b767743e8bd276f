"""What the firewall of the canary lets through: the ports of the spec, and no other."""

import socket

from .network import listening, open_ports
from .trial import ProofError, Trial

_OTHER = 61025
"""A port no spec opens."""
_CLOSED = 0.7
"""Seconds after which a port that does not answer is closed."""
_OPEN = 5


def doors(trial: Trial) -> list[socket.socket]:
    """Listeners where no daemon of the canary is: the port of administrators, and one nobody may reach."""
    families = [socket.AF_INET6 if family == 6 else socket.AF_INET for family in trial.families()]
    return [listening(port, family) for port in (trial.facts["ssh"]["port"], _OTHER) for family in families]


def loopback(trial: Trial) -> None:
    """The daemons reach each other, whatever strangers may."""
    if not _reaches(("127.0.0.1" if 4 in trial.families() else "::1", _OTHER), None, _OPEN):
        raise ProofError("nftables", "the server does not reach itself")


def closed(trial: Trial) -> None:
    """Nobody reaches what is not for them; takes as long as it takes to be sure that nothing answers."""
    ssh = trial.facts["ssh"]
    for family in trial.families():
        if _reaches((trial.server(family), _OTHER), trial.stranger(0, family), _CLOSED):
            raise ProofError("nftables", f"a stranger reaches port {_OTHER}, which no service has")
    if ssh["closed"] and _reaches((trial.server(), ssh["port"]), trial.stranger(), _CLOSED):
        raise ProofError("nftables", f"a stranger reaches port {ssh['port']}, which is for administrators")


def opened(trial: Trial) -> None:
    """Strangers reach mail, administrators the server."""
    ssh = trial.facts["ssh"]
    for family in trial.families():
        server, stranger = trial.server(family), trial.stranger(0, family)
        for port in trial.facts["ports"]:
            if not _reaches((server, int(port)), stranger, _OPEN):
                raise ProofError("nftables", f"a stranger does not reach port {port} at {server}")
    for admin in ssh["admins"]:
        server = trial.server(6 if ":" in admin else 4)
        if not _reaches((server, ssh["port"]), admin, _OPEN):
            raise ProofError("nftables", f"an administrator at {admin} does not reach port {ssh['port']}")


def ports(trial: Trial) -> None:
    """No daemon listens to the world on a port of its own choice."""
    allowed = {int(port) for port in trial.facts["ports"]} | {trial.facts["ssh"]["port"], _OTHER}
    more = sorted(open_ports() - allowed)
    if more:
        names = ", ".join(map(str, more))
        raise ProofError("nftables", f"something listens to the world on port {names}")


def _reaches(target: tuple[str, int], source: str | None, patience: float) -> bool:
    try:
        with socket.create_connection(target, patience, source_address=(source, 0) if source else None):
            return True
    except OSError:
        return False
