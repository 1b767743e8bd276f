"""Specs on disk for lint."""

import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from mailspec.lint import rules
from mailspec.load import Source
from mailspec.model.domain import MailDomain
from mailspec.model.secret import Secret
from tests import strategies
from tests.specs import account, chain, parts

BAD: dict[str, Any] = {
    "mailspec": 1,
    "postmaster": "alice",
    "domains": {"example.org": {"dmarc": "none"}},
    "servers": {"mx1.example.org": {"addresses": ["198.51.100.25"]}},
    "accounts": {
        "alice": {"name": "Alice", "password": {"hash": Secret("alice")}},
        "dave": {"password": {"hash": Secret("dave")}, "state": "archived"},
    },
    "lists": {"sales": {"members": ["dave"], "post": "anyone"}},
    "tls": {"source": "test-ca"},
}
"""One error, one warning, one info."""


def yaml(data: Any) -> str:
    """The data as YAML, one top-level key a line, every text in quotes."""
    return "".join(f"{key}: {_flow(value)}\n" for key, value in data.items())


def _flow(data: Any) -> str:
    if isinstance(data, dict):
        return "{" + ", ".join(f"{json.dumps(key)}: {_flow(value)}" for key, value in data.items()) + "}"
    if isinstance(data, list | tuple):
        return "[" + ", ".join(_flow(value) for value in data) + "]"
    return f"!secret {json.dumps(data.name)}" if isinstance(data, Secret) else json.dumps(data)


def source(folder: Path, **changes: Any) -> Source:
    """A spec with three findings, some of its top-level keys replaced, in the files of a folder."""
    (folder / "mail.yml").write_text(yaml({**BAD, **changes}), encoding="utf-8")
    return Source(folder)


_NAMES = ("mx1.example.org", "example.org", "static-100-25.isp.example", "a_b.local", "mail.shop.example")
_ADDRESSES = ("198.51.100.25", "10.0.0.25", "9.9.9.9", "2001:db8:1::25", "fd00::25", "2620:fe::fe")
_NETWORKS = ("0.0.0.0/0", "198.51.100.0/24", "10.0.0.0/8", "2001:db8::/32", "::/0")
_SENDERS = ("example.org", "alice", "gmail.com", "friend@gmial.com", "exаmple.edu", "a@bulk.example", "bulk.example")  # noqa: RUF001
_POLICIES = st.sampled_from(["none", "quarantine", "reject"])
_TO = st.lists(st.sampled_from(["alice", "abuse", "security", "us@reports.example"]), max_size=3)
_DMARC = _POLICIES | st.fixed_dictionaries(
    {
        "policy": _POLICIES,
        "subdomains": st.none() | _POLICIES,
        "testing": st.booleans(),
        "strict": st.lists(st.sampled_from(["dkim", "spf"]), max_size=2),
        "reports": _TO,
        "failure_reports": _TO,
    }
)


_MTA_STS = st.none() | st.fixed_dictionaries(
    {
        "mode": st.sampled_from(["testing", "enforce", "none"]),
        "max_age": st.sampled_from(["1d", "7d", "4w"]),
        "hosts": st.lists(st.sampled_from(["mx1.example.org", "*.example.org", "mail.isp.example"]), max_size=2),
        "web": st.none() | st.sampled_from(["www.example.org", "mx1.example.org"]),
    }
)
_RELAY = st.none() | st.fixed_dictionaries(
    {"host": st.just("smtp.example.net"), "tls": st.sampled_from(["verify", "encrypt", "none"])}
)
_SPF = st.fixed_dictionaries(
    {
        "include": st.lists(st.sampled_from("abcdefghijkl").map("{}.example".format), max_size=12),
        "addresses": st.lists(st.sampled_from(_NETWORKS), max_size=2),
        "policy": st.sampled_from(["fail", "softfail"]),
    }
)


@st.composite
def specs(draw: st.DrawFn) -> MailDomain:
    """A domain of any shape, with any settings of its servers, its filter and its silences."""
    base = draw(strategies.specs())
    mark = draw(st.integers(1, 40))
    server = draw(st.sampled_from(_NAMES))
    some = st.lists(st.sampled_from(_SENDERS), max_size=4)
    domains = {
        name: {
            "alias_of": domain.alias_of,
            "catch_all": domain.catch_all,
            "dmarc": draw(_DMARC),
            "spf": draw(_SPF),
            "mta_sts": draw(_MTA_STS),
        }
        for name, domain in base.domains.items()
    }
    silenced = st.sampled_from([*rules(), "no-rule", *(f"{id_}:{server}" for id_ in rules())])
    changes: dict[str, Any] = {
        "accounts": {**base.accounts, "test": account("test", aliases=["a.lice"]), "twin": account("test")},
        "domains": {**domains, "idle.example": {"dmarc": draw(_DMARC)}},
        "servers": {
            server: {
                "addresses": draw(st.lists(st.sampled_from(_ADDRESSES), min_size=1, max_size=3)),
                "web": draw(st.sampled_from([None, "www.example.org"])),
            }
        },
        "spam": {
            "mark": mark,
            "reject": mark + draw(st.integers(1, 40)),
            "allow": [name for name in draw(some) if "." in name],
            "deny": [name for name in draw(some) if "." in name],
            "greylisting": {"enabled": draw(st.booleans()), "score": 0, "delay": draw(st.integers(60, 3600))},
        },
        "tls": {"source": draw(st.sampled_from(["files", "test-ca"])), "certificates": {server: chain()}},
        "retention": {"accounts": f"{draw(st.integers(1, 999))}d", "logs": f"{draw(st.integers(1, 99))}d"},
        "relay": draw(_RELAY),
        "resolver": {
            "forwarders": draw(st.lists(st.sampled_from(_ADDRESSES), max_size=2)),
            "root_hints": draw(st.sampled_from([{}, {"ns.world.example": ["198.51.100.2"]}])),
            "trust_anchor": draw(st.sampled_from(["iana", "none"])),
        },
        "firewall": {
            "ssh": {
                "port": draw(st.sampled_from([22, 465, 993])),
                "from": draw(st.lists(st.sampled_from(_NETWORKS), max_size=2)),
            }
        },
        "limits": {
            "message_size": draw(st.integers(2**20, 2**30)),
            "recipients": draw(st.integers(100, 10000)),
            "auth_rate": draw(st.integers(1, 1000)),
        },
        "lint": {"silence": dict.fromkeys(draw(st.lists(silenced, max_size=5)), "meant")},
    }
    return MailDomain.model_validate({**parts(base), **changes})
