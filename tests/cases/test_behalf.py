"""Sending on behalf as cases."""

from mailspec.cases.case import Mail, Reaches, Refused

from ..specs import account, build
from .pick import ids, pick

SPEC = build(
    {
        "accounts": {
            "alice": account("alice", aliases=["ceo"], send_on_behalf=["bob", "dave"]),
            "bob": account("bob"),
            "carol": account("carol"),
            "dave": account("dave", state="suspended"),
        },
        "aliases": {"desk": {"to": ["alice"], "send_as": ["bob"], "send_on_behalf": ["group:everyone"]}},
    }
)
CEO = "behalf/ceo@example.org/bob@example.org/"


def test_on_behalf_is_proved_with_and_without_the_header() -> None:
    found = pick(SPEC, f"{CEO}named-ceo@example.org", Mail)
    assert (found.sender, found.authors, found.headers) == (
        "bob@example.org",
        ("ceo@example.org",),
        ("Sender: Me <bob@example.org>",),
    )
    assert isinstance(found.expect, Reaches)
    assert pick(SPEC, f"{CEO}unnamed", Mail).expect == Refused((554,), ("DATA",))
    assert pick(SPEC, f"{CEO}other", Mail).headers == ("Sender: ceo@example.org",)


def test_who_can_not_send_or_sends_as_the_address_has_no_such_case() -> None:
    found = ids(SPEC, "behalf/")
    assert not [name for name in found if "dave" in name or name.startswith("behalf/desk@example.org/bob")]
    assert f"{CEO[:-16]}carol@example.org/stranger" in found
