"""Specs for tests: the smallest one, one with every feature, and a way to vary them."""

from functools import cache
from typing import Any

from mailspec.keys import authority, certificate
from mailspec.model.domain import MailDomain
from mailspec.model.secret import Secret

RSA = (
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEApdUO2HAME2wpin2Tb+1t34C7mjxz6u7VAian797Yy0fzUeuwd9CxsS1d"
    "tvFXabm19L5JejsDf/C+qdxF2jAxVzdl/J55Ku/Qq9cMuVIgD2IbizNyfHEVuxawJ5pHVlMhRKimgkLOuA3U/4WXl/X2iSlOm+sG"
    "mHRZ7limH1GSwTIKje9e/9G4YzPYrweH7EQfvKIIRTH6F8fl3CJSTvx510qtUOUCu5nHQI8jzNxxq51YLGyF5q0Ym302fmr1w1ot"
    "a+tnzT/5U89GcfyDPkHFX08IbjQ7xTz2LmpHo7OcRrJnu1Icv+iRdY3/xtK58nKhrSYHDnRA7R1wTo9Ap3a+JwIDAQAB"
)
ED25519 = "2AJL9hEYQBJSeX0+aV068Uayxdj1/Q7OOLn6yOPhjR0="


def account(login: str, **more: Any) -> dict[str, Any]:
    """An account whose hash is the secret of its login."""
    return {"password": {"hash": Secret(f"account/{login}")}, **more}


def dkim(domain: str) -> dict[str, Any]:
    """Both keys of a domain."""
    return {
        "rsa1": {"algorithm": "rsa", "public": RSA, "private": Secret(f"dkim/{domain}/rsa1")},
        "ed1": {"algorithm": "ed25519", "public": ED25519, "private": Secret(f"dkim/{domain}/ed1")},
    }


SMALL: dict[str, Any] = {
    "mailspec": 1,
    "postmaster": "alice",
    "domains": {"example.org": {}},
    "servers": {"mx1.example.org": {"addresses": ["198.51.100.25", "2001:db8:1::25"]}},
    "accounts": {"alice": account("alice")},
    "dkim": {"example.org": dkim("example.org")},
}

FULL: dict[str, Any] = {
    "mailspec": 1,
    "postmaster": "alice",
    "default_domain": "example.org",
    "domains": {
        "example.org": {},
        "example.net": {"alias_of": "example.org"},
        "shop.example": {"catch_all": "bob", "dmarc": "reject"},
    },
    "servers": {"mx1.example.org": {"addresses": ["198.51.100.25", "2001:db8:1::25"]}},
    "accounts": {
        "alice": account("alice", name="Alice Martin", quota="10G", aliases=["alice.martin", "info@shop.example"]),
        "bob": account("bob", aliases=["security"]),
        "carol": account("carol", state="archived", aliases=["former"]),
        "dave@shop.example": account("dave", app_passwords={"phone": {"hash": Secret("app/dave/phone")}}),
    },
    "lists": {
        "board": {"members": ["alice"], "post": "moderators", "moderators": ["bob"]},
        "everyone": {"members": ["staff", "dave@shop.example", "friend@example.com"], "post": "anyone"},
        "staff": {"members": ["alice", "bob", "carol"], "aliases": ["team"]},
        "town": {"members": ["bob"], "post": "domain"},
    },
    "dkim": {"example.org": dkim("example.org"), "shop.example": dkim("shop.example")},
}


def build(changes: dict[str, Any] | None = None, base: dict[str, Any] | None = None) -> MailDomain:
    """The model of a spec with some of its top-level keys replaced."""
    return MailDomain.model_validate({**(base or SMALL), **(changes or {})})


def full(**changes: Any) -> MailDomain:
    """The spec with every feature."""
    return build(changes, FULL)


def parts(spec: MailDomain) -> dict[str, Any]:
    """The top-level keys of a spec."""
    return {name: getattr(spec, name) for name in MailDomain.model_fields}


@cache
def chain(server: str = "mx1.example.org") -> str:
    """A certificate chain for a server."""
    return certificate(server, *authority())[0]


def complete(spec: MailDomain) -> MailDomain:
    """The spec with a certificate for each server, so that it can be rendered."""
    certificates = {name: chain(name) for name in spec.servers}
    return MailDomain.model_validate({**parts(spec), "tls": {"certificates": certificates}})
