"""A strict policy that mail of the server itself fails (RFC 9989)."""

from collections.abc import Iterator

from ...model.dmarc import Proof
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Servers below a domain that wants signatures of its very name."""
    for server in view.spec.servers:
        above = [name for name in view.spec.domains if server.endswith(f".{name}")]
        name = max(above, key=len, default="")
        if name and server not in view.spec.domains and Proof.DKIM in view.spec.domains[name].dmarc.strict:
            fact = f"mail of `{server}` itself, such as bounces, is signed by `{name}`, which `strict` does not count"
            hint = "leave `dkim` out of `strict`, or name the server in a domain of its own"
            yield Advice(("domains", name, "dmarc", "strict"), fact, hint)
