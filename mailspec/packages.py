"""The packages of a server."""

from .model import web
from .model.domain import MailDomain
from .model.servers import Release

_COMMON = (
    "dovecot-core dovecot-imapd dovecot-lmtpd dovecot-managesieved dovecot-pop3d dovecot-sieve dovecot-sqlite "
    "mlmmj nftables postfix postfix-pcre postfix-sqlite postsrsd rspamd unbound dns-root-data"
)
PACKAGES = {
    "debian-12": tuple(sorted(f"{_COMMON} redis-server".split())),
    "debian-13": tuple(sorted(f"{_COMMON} dovecot-flatcurve valkey-server".split())),
}
"""The packages of the whole stack, by release."""

WEB = ("nginx",)
"""What answers HTTPS."""
_LOGIN = ("libsasl2-modules",)
"""What Postfix needs to log in elsewhere."""


def packages(spec: MailDomain, release: Release) -> tuple[str, ...]:
    """What to install on a server of a release, sorted."""
    logs_in = spec.relay and spec.relay.login
    more = (*(_LOGIN if logs_in else ()), *(WEB if web.name(spec) else ()))
    return tuple(sorted((*PACKAGES[release.value], *more)))
