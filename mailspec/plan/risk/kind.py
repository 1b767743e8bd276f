"""A kind of statement: what it means, how risky each case is and why, and which files and records it accounts for.

A case is a sign, and a word where the risk depends on more than that.
"""

from dataclasses import dataclass

from ..statement import Risk

AREAS = ("Receiving", "Sending", "Lists", "Accounts", "Spam", "Servers", "TLS", "DNS", "Other")
"""The parts of a plan, in the order people read them."""

SAFE = (Risk.SAFE, "")

MAIL = ("rows/route", "rows/closed", "rows/pattern", "rows/list", "rows/member", "rows/control")
ACCOUNT = (
    *(*MAIL, "rows/account", "rows/app_password", "rows/behalf", "rows/sender", "rows/sending", "rows/poster"),
    *("rows/moderator", "rows/shared", "/etc/dovecot/shared.acl"),
)
MAILING = (*MAIL, "rows/mailing", "rows/moderator", "rows/poster")
KEY = ("/etc/rspamd/local.d/dkim_signing.conf", "/etc/rspamd/dkim/*", "dns/TXT/*._domainkey.*")
POLICY = ("/etc/nginx/mta-sts/*", "/etc/nginx/nginx.conf")
DOMAIN = (*ACCOUNT, "rows/domain", "rows/mailing", "dns/*", *KEY, "/etc/default/postsrsd", *POLICY)
RELAY = ("/etc/postfix/main.cf", "/etc/postfix/master.cf", "/etc/postfix/relay_password")
RESOLVER = ("/etc/unbound/*", "/etc/default/unbound", "/etc/postfix/main.cf")

WEB = (
    *("/etc/nginx/*", "/etc/rspamd/lua/mailspec/copy.lua", "/etc/rspamd/lua/mailspec/web.lua", "/etc/rspamd/web.key"),
    *("/etc/systemd/system/mailspec-web*", "/etc/systemd/system/nginx.service.d/*", "/usr/local/lib/mailspec/web.py"),
    *("dns/A/*", "dns/AAAA/*", "rows/control"),
)


def danger(reason: str) -> tuple[Risk, str]:
    """Loses mail, opens something, weakens a proof of identity, or removes what can not be made again."""
    return Risk.DANGER, reason


def review(reason: str) -> tuple[Risk, str]:
    """Somebody should know before it happens."""
    return Risk.REVIEW, reason


@dataclass(frozen=True)
class Kind:
    """One kind of statement."""

    area: str
    """Where it belongs, one of `AREAS`."""
    meaning: str
    """One sentence for the reference."""
    cases: dict[str, tuple[Risk, str]]
    """The risk and its reason, by case."""
    covers: tuple[str, ...] = ()
    """Patterns of what it accounts for: paths on a server, `rows/<table>`, `dns/<type>/<name>`."""
