"""Examples of what a key may hold, for the schema; by class and key. What follows from a default is not repeated."""

from typing import Any

_ALICE: dict[str, Any] = {"name": "Alice Martin", "password": {"hash": "alice"}, "quota": "10G", "aliases": ["info"]}
_STAFF: dict[str, Any] = {"members": ["alice", "bob"], "post": "members"}
_KEY = "2AJL9hEYQBJSeX0+aV068Uayxdj1/Q7OOLn6yOPhjR0="
_DKIM: dict[str, Any] = {"algorithm": "ed25519", "private": "dkim/example.org/ed1", "public": _KEY}

EXAMPLES: dict[str, list[Any]] = {
    "Account.aliases": [["info", "sales@example.net"]],
    "Account.from": ["2026-01-01"],
    "Account.name": ["Alice Martin"],
    "Account.password": [{"owner": "user", "hash": "alice"}],
    "Account.protocols": [["imap", "smtp"]],
    "Account.quota": ["10G", "500M", 0],
    "Account.until": ["2026-12-31"],
    "DkimKey.private": ["dkim/example.org/ed1"],
    "DkimKey.public": [_KEY],
    "Domain.alias_of": ["example.org"],
    "Domain.catch_all": ["alice"],
    "Drift.ignore": [["9100/tcp", "table inet f2b-*"]],
    "Greylisting.delay": ["5m"],
    "Limits.message_size": ["50M"],
    "Lint.silence": [{"no-ipv6": "the provider has none yet"}],
    "List.aliases": [["team"]],
    "List.members": [["alice", "staff", "friend@example.com"]],
    "List.moderators": [["alice"]],
    "List.name": ["Everybody in the office"],
    "Local.dovecot": ["imap_idle_notify_interval = 29 mins"],
    "Local.nftables": ["tcp dport 9100 ip saddr 198.51.100.7 accept"],
    "Local.postfix": ["smtpd_soft_error_limit = 5"],
    "Local.rspamd": [{"local.d/phishing.conf": "openphish_enabled = false;"}],
    "Local.unbound": ['server:\n    local-zone: "lan." static'],
    "MailDomain.accounts": [{"alice": _ALICE}],
    "MailDomain.acknowledge": [{"account-removed:dave@example.org": "left the company"}],
    "MailDomain.default_domain": ["example.org"],
    "MailDomain.dkim": [{"example.org": {"ed1": _DKIM}}],
    "MailDomain.domains": [{"example.org": {}, "example.net": {"alias_of": "example.org"}}],
    "MailDomain.lists": [{"staff": _STAFF}],
    "MailDomain.postmaster": ["alice"],
    "MailDomain.servers": [{"mx1.example.org": {"addresses": ["198.51.100.25", "2001:db8:1::25"]}}],
    "Password.hash": ["alice"],
    "Resolver.forwarders": [["198.51.100.53"]],
    "Resolver.root_hints": [{"ns.example.net": ["198.51.100.2"]}],
    "Retention.accounts": ["30d"],
    "Retention.logs": ["7d"],
    "Server.addresses": [["198.51.100.25", "2001:db8:1::25"]],
    "Server.roles": [["mx", "submission", "mailbox"]],
    "Spam.allow": [["example.edu", "friend@example.com"]],
    "Spam.deny": [["bulk.example"]],
    "Ssh.from": [["198.51.100.0/24", "2001:db8:2::/64"]],
    "Tls.certificates": [{"mx1.example.org": "-----BEGIN CERTIFICATE-----\n..."}],
}
