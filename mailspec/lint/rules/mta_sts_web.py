"""A TLS policy that is looked for where nothing answers HTTPS (RFC 8461, 3.3)."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.ERROR


def check(view: View) -> Iterator[Advice]:
    """Policies whose `web` is a server of ours without a web service."""
    for name, domain in view.spec.domains.items():
        host = domain.mta_sts.web if domain.mta_sts else None
        if host in view.spec.servers and not view.spec.servers[host].web:
            fact = f"the policy of `{name}` is fetched from `{host}`, which answers no HTTPS"
            hint = f"add `web: {host}` to that server, or name the web server that has the file"
            yield Advice(("domains", name, "mta_sts", "web"), fact, hint)
