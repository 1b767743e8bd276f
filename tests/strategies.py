"""Hypothesis: mail domains that are valid, of any shape."""

from typing import Any

from hypothesis import strategies as st

from mailspec.model.domain import MailDomain
from mailspec.model.secret import Secret
from tests.specs import SMALL, account, build

SHARED = ("desk", "orders@shop.example", "webmaster")
BOXES = ("team", "stock@shop.example")
PEOPLE = ("alice", "bob", "carol", "dave", "erin@shop.example")
PATTERNS = {
    "desk": ["desk-*", "x?@shop.example"],
    "orders@shop.example": ["ord[0-9]*@shop.example", "list*"],
    "webmaster": ["web-?*", "a??ce-*@shop.example"],
}
APPS = ("laptop", "phone")
ALIASES = ("info", "sales@shop.example", "abuse", "security", "a.b-c_d", "x@shop.example")
GROUPS = ("leads", "staff", "others")
OUTSIDE = ("friend@example.com", "list@example.edu")
DOMAINS = ("example.org", "shop.example", "example.net", "elsewhere.example")
SCRIPTS = {
    "sieve/file.sieve": 'require "fileinto";\nkeep;',
    "sieve/send.sieve": 'require "copy";\nredirect :copy "friend@example.com";',
}


_answers = st.fixed_dictionaries(
    {
        "text": st.sampled_from(["Away.", 'I am "away".\nBack on 7 January: \\o/ ${x}']),
        "subject": st.sampled_from([None, "Away"]),
        "until": st.sampled_from([None, "2027-01-06", "2099-12-31"]),
        "days": st.integers(1, 30),
        "addresses": st.sampled_from([[], ["desk"], ["old@example.com", "desk"]]),
    }
)
_all = ["imap", "pop3", "sieve", "smtp"]


def _apps(name: str) -> st.SearchStrategy[dict[str, Any]]:
    """An app password of some kind."""
    return st.fixed_dictionaries(
        {
            "hash": st.just(Secret(f"app/{name}")),
            "protocols": st.lists(st.sampled_from(_all), min_size=1),
            "networks": st.lists(st.sampled_from(["198.51.100.0/24", "198.51.100.7", "2001:db8::/32"]), max_size=2),
            "until": st.none() | st.sampled_from(["2026-12-31", "2099-12-31"]),
        }
    )


_lives = st.fixed_dictionaries(
    {
        "state": st.sampled_from(["active", "active", "archived", "archived", "send-blocked", "suspended"]),
        "protocols": st.just(_all) | st.just(_all) | st.lists(st.sampled_from(_all), min_size=1),
        "app_passwords": st.just({}) | st.fixed_dictionaries({}, optional={name: _apps(name) for name in APPS}),
    }
)


_who = st.lists(st.sampled_from([*PEOPLE, "everyone", "group:staff"]), max_size=2)
_shared = st.fixed_dictionaries(
    {
        "shared": st.fixed_dictionaries(dict.fromkeys(("read", "write", "manage", "send_as"), _who)),
        "state": st.sampled_from(["active", "active", "archived"]),
        "receive": st.booleans(),
        "quota": st.integers(0, 2**40),
    }
)


@st.composite
def specs(draw: st.DrawFn) -> MailDomain:
    """A domain with some accounts of any state, aliases, lists of lists, a catch-all and an alias domain."""
    owners = {alias: draw(st.sampled_from((*PEOPLE, "nobody"))) for alias in ALIASES}
    accounts = {
        name: account(
            name,
            aliases=[alias for alias, owner in owners.items() if owner == name],
            **({} if name == "alice" else draw(_lives)),
            receive=name == "alice" or name in {owners["abuse"], owners["security"]} or draw(st.booleans()),
            quota=draw(st.integers(0, 2**40)),
            groups=draw(st.sets(st.sampled_from(GROUPS)).map(sorted)),
            department=draw(st.sampled_from([None, "sales", "support"])),
            vacation=draw(st.none() | st.none() | _answers),
            send_on_behalf=draw(st.lists(st.sampled_from([*PEOPLE, "group:staff"]), max_size=2)),
            sending=draw(st.sampled_from([None, None, {}, {"messages_per_hour": 20}, {"recipients_per_hour": 2000}])),
            sieve=draw(st.sampled_from([None, None, *SCRIPTS])),
            name=draw(st.none() | st.sampled_from(["Zoë", "O'Neil", "名前", "a; b # c", '"quoted"', "\\back"])),
        )
        for name in PEOPLE
    }
    for name in draw(st.sets(st.sampled_from(BOXES))):
        accounts[name] = draw(_shared)
    groups = draw(_groups())
    referred = [f"group:{name}" for name in ("everyone", *groups)]
    lists: dict[str, Any] = {}
    for index in range(draw(st.integers(0, 4))):
        known = st.sampled_from([*PEOPLE, *OUTSIDE, *lists, *referred, "everyone"])
        post = draw(st.sampled_from(["anyone", "domain", "members", "moderators"]))
        lists[f"list{index}"] = {
            "members": draw(st.lists(known, min_size=1, unique=True)),
            "moderators": draw(st.lists(known, min_size=1, unique=True)),
            "aliases": [f"alias{index}"] if draw(st.booleans()) else [],
            "post": post,
        }
    shared: dict[str, Any] = {}
    for name in SHARED:
        known = st.sampled_from([*PEOPLE, *OUTSIDE, *lists, *shared, *referred])
        who = st.sampled_from([*PEOPLE, *referred])
        shared[name] = {
            "to": draw(st.lists(known, min_size=1, max_size=3)),
            "send_as": draw(st.lists(who, max_size=2)),
            "post": "anyone" if name == "webmaster" else draw(st.sampled_from(["anyone", "domain"])),
            "send_on_behalf": draw(st.lists(who, max_size=2)),
            "patterns": draw(st.lists(st.sampled_from(PATTERNS[name]), max_size=2, unique=True)),
        }
    for name in PEOPLE:
        # to those who come later, lest mail runs in a circle
        later = st.sampled_from([*PEOPLE[PEOPLE.index(name) + 1 :], *OUTSIDE])
        if name != "alice" and accounts[name]["receive"] and draw(st.booleans()):
            to = draw(st.lists(later, min_size=1, max_size=2, unique=True))
            accounts[name]["forward"] = {"to": to, "keep": draw(st.booleans())}
    catch_all = draw(st.none() | st.just("alice"))
    domains: dict[str, Any] = {"example.org": {}, "shop.example": {}, "example.net": {"alias_of": "example.org"}}
    if catch_all:
        domains["shop.example"]["catch_all"] = catch_all
    for name in ("example.org", "shop.example"):
        domains[name]["separator"] = draw(st.sampled_from([None, "-", "_", "."]))
    changes = {"default_domain": "example.org", "domains": domains, "accounts": accounts}
    if draw(st.booleans()):
        domains["example.org"]["sieve"] = draw(st.sampled_from(sorted(SCRIPTS)))
    changes |= {"sieve": SCRIPTS, "aliases": shared, "groups": groups, "lists": lists}
    return build(changes, SMALL)


@st.composite
def _groups(draw: st.DrawFn) -> dict[str, Any]:
    """Groups with members, a department and exceptions; each may name those before it."""
    groups: dict[str, Any] = {}
    for name in GROUPS:
        known = st.sampled_from([*PEOPLE, *OUTSIDE, "everyone", *(f"group:{known}" for known in groups)])
        groups[name] = {
            "members": draw(st.lists(known, max_size=3)),
            "where": draw(st.none() | st.sampled_from([{"department": "sales"}, {"department": "support"}])),
            "except": draw(st.lists(known, max_size=2)),
        }
    return groups


def addresses() -> st.SearchStrategy[str]:
    """Addresses that such a domain may know, or not."""
    names = [
        *(name.partition("@")[0] for name in (*PEOPLE, *ALIASES, *SHARED)),
        "list0",
        "list3",
        "alias1",
        "nobody",
        "ord7",
        "root",
    ]
    return st.builds(
        lambda local, detail, domain: f"{local}{detail}@{domain}",
        st.sampled_from(names),
        st.sampled_from(["", "+x", "+", "-x", "_x", ".web", "-x+y"]),
        st.sampled_from(DOMAINS),
    )
