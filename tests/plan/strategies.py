"""Hypothesis: pairs of specs, and specs that say the same in other words."""

from typing import Any

from hypothesis import strategies as st

from mailspec.model.domain import MailDomain
from mailspec.model.secret import Secret
from tests.specs import ED25519, RSA, build, dkim, parts
from tests.strategies import specs

SERVER = "mx1.example.org"
_OTHER_KEY = "AAJL9hEYQBJSeX0+aV068Uayxdj1/Q7OOLn6yOPhjR0="
_ANCHOR = "12345 8 2 " + "AB" * 32
_SENDERS = st.lists(st.sampled_from(["bulk.example", "ads@bulk.example", "friend@example.com"]), max_size=3)
_NETWORKS = st.lists(st.sampled_from(["192.0.2.0/24", "192.0.2.7/32", "2001:db8:7::/48"]), max_size=3)
_POLICIES = st.sampled_from(["none", "quarantine", "reject"])
_DMARC = _POLICIES | st.fixed_dictionaries(
    {
        "policy": _POLICIES,
        "subdomains": st.none() | _POLICIES,
        "testing": st.booleans(),
        "strict": st.lists(st.sampled_from(["dkim", "spf"]), max_size=2),
        "reports": st.lists(st.sampled_from(["alice", "security@shop.example", "us@reports.example"]), max_size=2),
        "failure_reports": st.lists(st.sampled_from(["abuse@shop.example", "us@reports.example"]), max_size=1),
    }
)
_MTA_STS = st.none() | st.fixed_dictionaries(
    {
        "mode": st.sampled_from(["testing", "enforce", "none"]),
        "max_age": st.sampled_from(["1d", "7d"]),
        "hosts": st.lists(st.sampled_from(["mx1.example.org", "*.example.org"]), max_size=2),
        "web": st.none() | st.sampled_from(["www.example.org", "www.example.com", "mx1.example.org"]),
    }
)
_RELAY = st.none() | st.fixed_dictionaries(
    {
        "host": st.sampled_from(["smtp.example.net", "smtp.example.com"]),
        "port": st.sampled_from([465, 587]),
        "tls": st.sampled_from(["verify", "encrypt"]),
        "login": st.just("us"),
        "password": st.just(Secret("relay")),
    }
)
_SPF = st.fixed_dictionaries(
    {
        "include": st.lists(st.sampled_from(["_spf.bulk.example", "mail.example.edu"]), max_size=2),
        "addresses": _NETWORKS,
        "policy": st.sampled_from(["fail", "softfail"]),
    }
)
_RESOLVERS = st.lists(st.sampled_from(["192.0.2.53", "192.0.2.54", "2001:db8::53"]), max_size=3)


@st.composite
def wholes(draw: st.DrawFn) -> MailDomain:
    """A mail domain of which every part may differ."""
    spec = parts(draw(specs()))
    for name, domain in spec["domains"].items():
        policy = draw(_DMARC)
        spec["domains"] = {
            **spec["domains"],
            name: {**dict(domain), "dmarc": policy, "mta_sts": draw(_MTA_STS), "spf": draw(_SPF)},
        }
    keys = dkim("example.org")
    if draw(st.booleans()):
        keys["ed1"] = {**keys["ed1"], "public": draw(st.sampled_from([ED25519, _OTHER_KEY]))}
    if draw(st.booleans()):
        keys["rsa2"] = {**keys["rsa1"], "public": RSA}
    addresses = draw(
        st.lists(
            st.sampled_from(["198.51.100.25", "198.51.100.26", "2001:db8:1::25"]), min_size=1, max_size=3, unique=True
        )
    )
    spec |= {
        "dkim": {"example.org": keys, "shop.example": dkim("shop.example")},
        "servers": {
            SERVER: {
                "addresses": addresses,
                "os": draw(st.sampled_from(["debian-13"] * 5 + ["debian-12"])),
                "web": draw(st.sampled_from([None, None, "www.example.org", SERVER])),
            }
        },
        "firewall": {"ssh": {"port": draw(st.sampled_from([22, 2222])), "from": draw(_NETWORKS)}},
        "limits": {
            "auth_rate": draw(st.sampled_from([10, 20])),
            "recipients": draw(st.sampled_from([100, 200])),
            "sending": {"recipients_per_hour": draw(st.sampled_from([1000, 1500]))},
            "message_size": draw(st.sampled_from(["10M", "50M"])),
        },
        "relay": draw(_RELAY),
        "resolver": {
            "forwarders": draw(_RESOLVERS),
            "root_hints": draw(st.sampled_from([{}, {"ns.world.example": ["192.0.2.2"]}])),
            "trust_anchor": draw(st.sampled_from(["iana", "none", _ANCHOR])),
        },
        "retention": {"accounts": draw(st.sampled_from(["30d", "60d"])), "logs": draw(st.sampled_from(["7d", "2d"]))},
        "spam": {
            "reject": draw(st.sampled_from([15, 20])),
            "mark": draw(st.sampled_from([6, 7])),
            "greylisting": {
                "enabled": draw(st.booleans()),
                "delay": draw(st.sampled_from(["5m", "1m"])),
                "score": draw(st.sampled_from([4, 5])),
            },
            "allow": draw(_SENDERS),
            "deny": draw(_SENDERS),
        },
        "tls": {"source": draw(st.sampled_from(["files", "test-ca"]))},
    }
    return build(spec)


@st.composite
def edits(draw: st.DrawFn) -> tuple[MailDomain, MailDomain]:
    """Two specs that differ in some of their parts and share the rest; they fit together in any mixture."""
    one, other = draw(wholes()), draw(wholes())
    taken = draw(
        st.sets(
            st.sampled_from(["dkim", "firewall", "limits", "relay", "resolver", "retention", "servers", "spam", "tls"])
        )
    )
    people = draw(st.sampled_from(["same", "some", "some", "other"]))
    if people == "other":
        taken |= {"accounts", "aliases", "domains", "groups", "lists"}
    spec = build({**parts(one), **{key: parts(other)[key] for key in taken}})
    return one, build({**parts(spec), "lists": draw(_touched(spec))}) if people == "some" else spec


@st.composite
def _touched(draw: st.DrawFn, spec: MailDomain) -> dict[str, Any]:
    """The lists of a spec, with some members, moderators and rules more or less."""
    lists: dict[str, Any] = {}
    for name, entry in spec.lists.items():
        known = st.sampled_from([*entry.members, "alice", "friend@example.com", "new@example.com"])
        lists[name] = {
            "members": draw(st.just(entry.members) | st.lists(known, min_size=1, unique=True)),
            "moderators": draw(st.just(entry.moderators) | st.lists(known, min_size=1, unique=True)),
            "aliases": draw(st.sampled_from([entry.aliases, ()])),
            "post": draw(st.sampled_from([entry.post, entry.post, "anyone", "moderators"])),
        }
    if draw(st.booleans()):
        lists["fresh"] = {"members": ["alice", *draw(st.lists(st.sampled_from([*lists, "bob"]), unique=True))]}
    return lists


@st.composite
def reworded(draw: st.DrawFn) -> tuple[MailDomain, MailDomain]:
    """A spec, and one that does the same in other words."""
    spec = draw(wholes())
    full = {"alice": "alice@example.org", "bob": "bob@example.net", "info": "info@example.org"}
    lists: dict[str, Any] = {}
    for name, entry in spec.lists.items():
        renamed = [full.get(member, member) for member in entry.members]
        people = [address for _, address in spec.people(entry.members)]
        written_out = draw(st.booleans()) and people
        members = draw(st.permutations(people if written_out else renamed))
        if draw(st.booleans()):
            members = [*members, members[0]]
        moderators = list(entry.moderators) if entry.post == "moderators" or draw(st.booleans()) else ["alice"]
        lists[name] = {
            "name": "Another word",
            "members": members,
            "moderators": moderators[::-1],
            "aliases": entry.aliases,
            "post": entry.post,
        }
    accounts = {
        full.get(name, name): {
            **{field.alias or key: getattr(entry, key) for key, field in type(entry).model_fields.items()},
            "aliases": draw(st.permutations(entry.aliases)),
        }
        for name, entry in spec.accounts.items()
    }
    accounts = {("alice" if name == "alice@example.org" else name): entry for name, entry in accounts.items()}
    spam = {
        "deny": [*spec.spam.deny[::-1], *spec.spam.deny],
        "allow": spec.spam.allow[::-1],
        "reject": spec.spam.reject,
        "mark": spec.spam.mark,
    }
    greylisting = {key: getattr(spec.spam.greylisting, key) for key in ("enabled", "score", "delay")}
    if not greylisting["enabled"]:
        greylisting["delay"] = "7m"
    changes = {
        "accounts": dict(draw(st.permutations(list(accounts.items())))),
        "domains": dict(draw(st.permutations(list(spec.domains.items())))),
        "firewall": {
            "ssh": {
                "port": spec.firewall.ssh.port,
                "from": [*map(str, spec.firewall.ssh.from_[::-1]), *map(str, spec.firewall.ssh.from_[:1])],
            }
        },
        "lists": dict(draw(st.permutations(list(lists.items())))),
        "resolver": {
            "forwarders": spec.resolver.forwarders[::-1],
            "root_hints": spec.resolver.root_hints,
            "trust_anchor": spec.resolver.trust_anchor,
        },
        "servers": {
            SERVER: {
                "addresses": spec.servers[SERVER].addresses[::-1],
                "os": spec.servers[SERVER].os,
                "web": spec.servers[SERVER].web,
                "roles": ["mx", "mailbox", "submission"],
            }
        },
        "spam": {**spam, "greylisting": greylisting},
    }
    return spec, build({**parts(spec), **changes})
